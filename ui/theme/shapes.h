#pragma once
#include "domain/event.h"

#include <QPainterPath>
#include <QString>

class QPainter;

namespace orderlab::ui {

/// The shape of an event type: circle, diamond, triangle, square, pentagon, so that types can be told apart without
/// colour. Fits a circle of `radius` around `centre`.
QPainterPath eventShape(EventType type, QPointF centre, double radius);
/// The hexagon that stands for dead letters.
QPainterPath deadLetterShape(QPointF centre, double radius);
/// "circle", "diamond"…: for accessible texts and the legend.
QString shapeName(EventType type);
/// For people: "order created".
QString eventTitle(EventType type);

} // namespace orderlab::ui
