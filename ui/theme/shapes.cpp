#include "ui/theme/shapes.h"

#include <QPolygonF>

#include <cmath>
#include <numbers>

namespace orderlab::ui {

namespace {

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

} // namespace

QPainterPath eventShape(EventType type, QPointF centre, double radius)
{
    constexpr double up = -std::numbers::pi / 2;
    QPainterPath path;
    switch (type) {
    case EventType::OrderCreated: path.addEllipse(centre, radius * 0.88, radius * 0.88); return path;
    case EventType::PaymentSucceeded: return polygon(centre, radius * 1.1, 4, up);
    case EventType::PaymentFailed: return polygon(centre + QPointF(0, radius * 0.15), radius * 1.1, 3, up);
    case EventType::OrderCanceled: return polygon(centre, radius * 1.08, 4, up + std::numbers::pi / 4);
    case EventType::PaymentRefunded: return polygon(centre, radius, 5, up);
    }
    return path;
}

QPainterPath deadLetterShape(QPointF centre, double radius) { return polygon(centre, radius, 6, 0); }

QString shapeName(EventType type)
{
    switch (type) {
    case EventType::OrderCreated: return QStringLiteral("circle");
    case EventType::PaymentSucceeded: return QStringLiteral("diamond");
    case EventType::PaymentFailed: return QStringLiteral("triangle");
    case EventType::OrderCanceled: return QStringLiteral("square");
    case EventType::PaymentRefunded: return QStringLiteral("pentagon");
    }
    return {};
}

QString eventTitle(EventType type)
{
    switch (type) {
    case EventType::OrderCreated: return QStringLiteral("order created");
    case EventType::PaymentSucceeded: return QStringLiteral("payment succeeded");
    case EventType::PaymentFailed: return QStringLiteral("payment failed");
    case EventType::OrderCanceled: return QStringLiteral("order canceled");
    case EventType::PaymentRefunded: return QStringLiteral("payment refunded");
    }
    return {};
}

} // namespace orderlab::ui
