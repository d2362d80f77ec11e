#include "ui/theme/event_faces.h"

#include "ui/theme/core_text.h"

#include <QCoreApplication>
#include <QPolygonF>

#include <cmath>
#include <numbers>

namespace orderlab::ui {

namespace {

constexpr double up = -std::numbers::pi / 2;

QPainterPath polygon(QPointF centre, double radius, int corners, double first_angle)
{
    QPolygonF points;
    for (int i = 0; i < corners; ++i) {
        const double angle = first_angle + 2 * std::numbers::pi * i / corners;
        points << centre + QPointF(std::cos(angle), std::sin(angle)) * radius;
    }
    QPainterPath path;
    path.addPolygon(points);
    path.closeSubpath();
    return path;
}

QPainterPath circle(QPointF centre, double radius)
{
    QPainterPath path;
    path.addEllipse(centre, radius * 0.88, radius * 0.88);
    return path;
}

constexpr EventFace faces[] = {
    {EventType::OrderCreated, QT_TRANSLATE_NOOP("EventFaces", "circle"), circle, 0x56b4e9, 0x15699f, 0x7cc4ff},
    {EventType::PaymentSucceeded, QT_TRANSLATE_NOOP("EventFaces", "diamond"),
     [](QPointF centre, double r) { return polygon(centre, r * 1.1, 4, up); }, 0x2cc295, 0x0f9a70, 0x4dffc0},
    {EventType::PaymentFailed, QT_TRANSLATE_NOOP("EventFaces", "triangle"),
     [](QPointF centre, double r) { return polygon(centre + QPointF(0, r * 0.15), r * 1.1, 3, up); }, 0xf0703a,
     0xd9571d, 0xff8a4d},
    {EventType::OrderCanceled, QT_TRANSLATE_NOOP("EventFaces", "square"),
     [](QPointF centre, double r) { return polygon(centre, r * 1.08, 4, up + std::numbers::pi / 4); }, 0xc3ccdf,
     0x5f6b85, 0xffffff},
    {EventType::PaymentRefunded, QT_TRANSLATE_NOOP("EventFaces", "pentagon"),
     [](QPointF centre, double r) { return polygon(centre, r, 5, up); }, 0xb79bff, 0x7a52d6, 0xd0b8ff},
};
static_assert(std::size(faces) == event_type_count, "each event type has a face");
static_assert(
    [] {
        for (std::size_t i = 0; i < event_type_count; ++i) {
            if (faces[i].type != EventType(i))
                return false;
        }
        return true;
    }(),
    "the faces are in the order of the enum");

} // namespace

const EventFace& faceOf(EventType type)
{
    return faces[std::size_t(type)];
}

QPainterPath deadLetterShape(QPointF centre, double radius)
{
    return polygon(centre, radius, 6, 0);
}

QString shapeName(EventType type)
{
    return QCoreApplication::translate("EventFaces", faceOf(type).shape);
}

QString eventTitle(EventType type)
{
    return coreText(event_types[std::size_t(type)].title);
}

} // namespace orderlab::ui
