#pragma once
#include <QAccessible>
#include <QRectF>

class QPainter;
class QWidget;

// What views need that are drawn by hand.

namespace orderlab::ui {

/// The mark of a view that is drawn by hand and has the focus: a line in the accent's colour inside of `view`, as the
/// style sheet draws it around tables.
void drawFocusFrame(QPainter& painter, const QRectF& view);
/// What such a view is to a screen reader. In its constructor. GUI thread.
void setAccessibleRole(QWidget* widget, QAccessible::Role role);

} // namespace orderlab::ui
