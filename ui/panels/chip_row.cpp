#include "ui/panels/chip_row.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace orderlab::ui {

ChipRow::ChipRow(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(20);
}

void ChipRow::show(std::vector<Chip> chips)
{
    m_chips = std::move(chips);
    setAccessibleName(texts().join(QStringLiteral(", ")));
    update();
}

QStringList ChipRow::texts() const
{
    QStringList texts;
    for (const Chip& chip : m_chips)
        texts << chip.text;
    return texts;
}

void ChipRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont font = Theme::textFont(11, QFont::Medium);
    painter.setFont(font);
    double x = 0;
    for (const Chip& chip : m_chips) {
        const QRectF box(x, 0, QFontMetricsF(font).horizontalAdvance(chip.text) + 18, height());
        if (box.right() > width())
            break;
        painter.setPen(Qt::NoPen);
        painter.setBrush(chip.fill);
        painter.drawRoundedRect(box, 10, 10);
        painter.setPen(chip.colour);
        painter.drawText(box, Qt::AlignCenter, chip.text);
        x = box.right() + 6;
    }
}

} // namespace orderlab::ui
