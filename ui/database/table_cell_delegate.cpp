#include "ui/database/table_cell_delegate.h"

#include "ui/database/table_page_model.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace orderlab::ui {

namespace {

QColor colourOf(RowChange change)
{
    const Palette& p = colours();
    switch (change) {
    case RowChange::Added: return p.ok;
    case RowChange::Changed: return p.warning;
    case RowChange::Gone: return p.failure;
    case RowChange::Same: break;
    }
    return p.text;
}

} // namespace

void TableCellDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const QVariant style = index.data(TablePageModel::StyleRole);
    const RowChange change = RowChange(index.data(TablePageModel::ChangeRole).toInt());
    const bool is_change_column = !style.isValid() && change != RowChange::Same;
    const bool is_changed = index.data(TablePageModel::CellChangedRole).toBool();
    const bool is_touched = index.data(TablePageModel::TouchedRole).toBool();
    const QFont::Weight weight = is_changed || is_change_column || is_touched ? QFont::DemiBold : QFont::Normal;
    option->font = style.isValid() && CellStyle(style.toInt()) != CellStyle::Words ? Theme::monoFont(11.5, weight)
                                                                                   : Theme::textFont(12, weight);
    option->state &= ~QStyle::State_HasFocus;
    if (is_touched)
        option->backgroundBrush = colours().raised;
    if (style.isValid() && CellStyle(style.toInt()) == CellStyle::Mono)
        option->textElideMode = Qt::ElideLeft;
    if (index.data(TablePageModel::NullRole).toBool()) {
        option->font.setItalic(true);
        option->palette.setColor(QPalette::Text, colours().faint);
    } else if (is_change_column || is_changed) {
        option->palette.setColor(QPalette::Text, colourOf(change));
    } else if (change == RowChange::Gone) {
        option->font.setStrikeOut(true);
        option->palette.setColor(QPalette::Text, colours().muted);
    }
}

void TableCellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (index.column() == 0 && index.data(TablePageModel::TouchedRole).toBool()) {
        // A bar, not only a colour: the row that the chosen step of the story has touched.
        painter->fillRect(QRect(option.rect.left(), option.rect.top() + 2, 4, option.rect.height() - 4),
                          colours().accent);
    }
    if (!index.data(TablePageModel::CellChangedRole).toBool())
        return;
    constexpr int corner = 6;
    const QPoint top = option.rect.topLeft();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colours().warning);
    painter->drawPolygon(QPolygon({top, top + QPoint(corner, 0), top + QPoint(0, corner)}));
    painter->restore();
}

} // namespace orderlab::ui
