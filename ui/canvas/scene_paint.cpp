#include "ui/canvas/scene_paint.h"

#include "ui/canvas/shaped_texts.h"
#include "ui/theme/palette.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace orderlab::ui {

void text(QPainter& painter, const QRectF& box, int flags, const QFont& font, const QColor& colour, const QString& what)
{
    const ShapedText& shaped = shapedText(font, what, box.width());
    QPointF at = box.topLeft();
    if (flags & Qt::AlignRight)
        at.setX(box.right() - shaped.width);
    else if (flags & Qt::AlignHCenter)
        at.setX(box.center().x() - shaped.width / 2);
    if (flags & Qt::AlignVCenter)
        at.setY(box.center().y() - shaped.height / 2);
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawStaticText(at, shaped.text);
}

void card(QPainter& painter, const QRectF& box, const QColor& fill, const QColor& line, double width)
{
    painter.setPen(QPen(line, width));
    painter.setBrush(fill);
    painter.drawRoundedRect(box, 10, 10);
}

void chip(QPainter& painter, const QRectF& box, const QColor& fill, const QFont& font, const QColor& colour,
          const QString& what)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    text(painter, box, Qt::AlignCenter, font, colour, what);
}

void triangle(QPainter& painter, QPointF tip, double size)
{
    painter.drawPolygon(QPolygonF({tip, tip + QPointF(size, size * 1.5), tip + QPointF(-size, size * 1.5)}));
}

void groupMark(QPainter& painter, QPointF tip, double size, std::size_t group)
{
    const double height = size * 1.5;
    switch (group % 4) {
    case 0: return triangle(painter, tip, size);
    case 1:
        return painter.drawRect(QRectF(tip.x() - height * 0.45, tip.y() + height * 0.1, height * 0.9, height * 0.9));
    case 2:
        return painter.drawPolygon(
            QPolygonF({tip, tip + QPointF(height * 0.56, height * 0.56), tip + QPointF(0, height * 1.12),
                       tip + QPointF(-height * 0.56, height * 0.56)}));
    default: return painter.drawEllipse(tip + QPointF(0, height * 0.55), height * 0.5, height * 0.5);
    }
}

void troubleChip(QPainter& painter, const QRectF& room, Qt::Alignment side, const Trouble& trouble,
                 const Palette& palette)
{
    const QFont font = Theme::textFont(11, QFont::DemiBold);
    QString words = trouble.text();
    if (textWidth(font, words) + 16 > room.width())
        words = trouble.what;
    const double width = std::min(room.width(), textWidth(font, words) + 16);
    const double left = side.testFlag(Qt::AlignRight) ? room.right() - width : room.left();
    const QRectF box(left, room.center().y() - 9, width, 18);
    painter.setPen(QPen(palette.failure, 1));
    painter.setBrush(palette.failure_fill);
    painter.drawRoundedRect(box, 9, 9);
    text(painter, box, Qt::AlignCenter, font, palette.failure, words);
}

} // namespace orderlab::ui
