#pragma once
#include "domain/event.h"

#include <QColor>
#include <QPainterPath>
#include <QString>

#include <span>

namespace orderlab::ui {

/// How an event type is drawn. Types can be told apart without colour.
struct EventFace {
    EventType type;
    const char* shape;                                   ///< For accessible texts and the legend: "circle".
    QPainterPath (*path)(QPointF centre, double radius); ///< Fits a circle of `radius`.
    QRgb dark, light, contrast;                          ///< In each theme.
};

/// By EventType.
const EventFace& faceOf(EventType type);
inline QPainterPath eventShape(EventType type, QPointF centre, double radius)
{
    return faceOf(type).path(centre, radius);
}
/// The hexagon that stands for dead letters.
QPainterPath deadLetterShape(QPointF centre, double radius);
/// "circle", "diamond"…
QString shapeName(EventType type);
/// For people: "order created".
QString eventTitle(EventType type);

} // namespace orderlab::ui
