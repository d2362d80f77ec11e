#pragma once
#include "ui/canvas/failure_marks.h"

#include <QColor>
#include <QFont>
#include <QRectF>

class QPainter;

namespace orderlab::ui {

struct Palette;

/// How what is out of order looks beside its words.
inline constexpr double dimmed = 0.42;

// What the parts of the scene are drawn with. Texts that are too long end in "…".
void text(QPainter& painter, const QRectF& box, int flags, const QFont& font, const QColor& colour,
          const QString& what);
void card(QPainter& painter, const QRectF& box, const QColor& fill, const QColor& line, double width = 1.5);
void chip(QPainter& painter, const QRectF& box, const QColor& fill, const QFont& font, const QColor& colour,
          const QString& what);
/// A chip with all that is known, or with less where there is no room; as wide as its words, at the left or right of
/// `room`.
void troubleChip(QPainter& painter, const QRectF& room, Qt::Alignment side, const Trouble& trouble,
                 const Palette& palette);
void triangle(QPainter& painter, QPointF tip, double size);
/// The mark of the group at this place, below `tip`: triangle, square, diamond, disc. So marks are told apart by more
/// than their hue.
void groupMark(QPainter& painter, QPointF tip, double size, std::size_t group);

} // namespace orderlab::ui
