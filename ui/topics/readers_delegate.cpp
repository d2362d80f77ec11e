#include "ui/topics/readers_delegate.h"

#include "ui/theme/theme.h"
#include "ui/topics/record_model.h"

#include <QApplication>
#include <QPainter>

#include <cmath>

namespace orderlab::ui {

namespace {

constexpr double chip_side = 15;
constexpr double chip_gap = 3;

QColor chipColour(int place)
{
    return colours().groups[std::size_t(place) % colours().groups.size()];
}

/// Black or white, whichever is easier to read on it.
QColor letterOn(const QColor& fill)
{
    const auto part = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    const double luminance = 0.2126 * part(fill.redF()) + 0.7152 * part(fill.greenF()) + 0.0722 * part(fill.blueF());
    return luminance > 0.179 ? QColor(Qt::black) : QColor(Qt::white);
}

} // namespace

void ReadersDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    cell.text.clear();
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(Theme::textFont(10, QFont::Bold));
    double x = option.rect.left() + 6;
    const auto readers = index.data(RecordModel::ReadersRole).value<QList<RecordModel::Reader>>();
    for (const RecordModel::Reader& reader : readers) {
        const QRectF box(x, option.rect.center().y() - chip_side / 2 + 0.5, chip_side, chip_side);
        const QColor colour = chipColour(reader.colour);
        const QString letter = reader.group.left(1).toUpper();
        switch (reader.state) {
        case RecordModel::Reader::State::Read:
            painter->setPen(Qt::NoPen);
            painter->setBrush(colour);
            painter->drawRoundedRect(box, 4, 4);
            painter->setPen(letterOn(colour));
            break;
        case RecordModel::Reader::State::Next:
            painter->setPen(QPen(colour, 1.6));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(box.adjusted(0.8, 0.8, -0.8, -0.8), 4, 4);
            painter->setPen(colours().text);
            break;
        case RecordModel::Reader::State::Waits: painter->setPen(colours().faint); break;
        }
        painter->drawText(box, Qt::AlignCenter, letter);
        x += chip_side + chip_gap;
    }
    painter->restore();
}

} // namespace orderlab::ui
