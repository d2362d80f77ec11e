#include "ui/panels/delegates.h"

#include "ui/models/groups_model.h"
#include "ui/models/orders_model.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPainter>

namespace orderlab::ui {

StatusColours statusColours(const QString& status)
{
    const Palette& p = colours();
    if (status == QLatin1String("paid"))
        return {p.ok, p.ok_fill};
    if (status == QLatin1String("failed"))
        return {p.failure, p.failure_fill};
    if (status == QLatin1String("dead-lettered"))
        return {p.dead, p.dead_fill};
    if (status == QLatin1String("canceled"))
        return {p.muted, p.neutral_fill};
    return {p.events[0], p.neutral_fill};
}

void CellDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->font = m_mono ? Theme::monoFont(12) : Theme::textFont(12);
    option->state &= ~QStyle::State_HasFocus;
    const bool lag_column = index.column() == GroupsModel::Lag || index.column() == GroupsModel::LagTime;
    if (lag_column && index.data(GroupsModel::BehindRole).toBool())
        option->palette.setColor(QPalette::Text, colours().warning);
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), metrics::row_height};
}

void StatusDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString status = cell.text;
    cell.text.clear();
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    const QFont font = Theme::textFont(11, QFont::Medium);
    const double width = QFontMetricsF(font).horizontalAdvance(status) + 16;
    const QRectF chip(option.rect.left() + 5, option.rect.center().y() - 8, std::min(width, option.rect.width() - 8.0),
                      18);
    const auto [text, fill] = statusColours(status);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(fill);
    painter->drawRoundedRect(chip, 9, 9);
    painter->setPen(text);
    painter->setFont(font);
    painter->drawText(chip, Qt::AlignCenter, status);
    if (!index.data(OrdersModel::BrokenRole).toString().isEmpty()) {
        painter->setPen(colours().dead);
        painter->setFont(Theme::textFont(12, QFont::Bold));
        painter->drawText(QRectF(chip.right() + 4, chip.top(), 14, chip.height()), Qt::AlignCenter,
                          QStringLiteral("✕"));
    }
    painter->restore();
}

void LagBarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    CellDelegate::paint(painter, option, index);
    const double share = index.data(GroupsModel::LagShareRole).toDouble();
    const bool behind = index.data(GroupsModel::BehindRole).toBool();
    const double width = std::max(2.0, share * (option.rect.width() - 24));
    const QRectF bar(option.rect.left() + 6, option.rect.center().y() - 4, width, 9);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(behind ? colours().warning : share > 0 ? colours().accent : colours().border);
    painter->drawRoundedRect(bar, 2, 2);
    painter->restore();
}

} // namespace orderlab::ui
