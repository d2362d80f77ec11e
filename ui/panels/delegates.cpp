#include "ui/panels/delegates.h"

#include "ui/models/groups_model.h"
#include "ui/models/orders_model.h"
#include "ui/models/row_trouble.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPainter>

namespace orderlab::ui {

namespace {

constexpr int tint_alpha = 150;
constexpr int match_alpha = 70;
constexpr int mark_size = 14;

} // namespace

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

void CellDelegate::paintTint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const auto trouble = RowTrouble(index.data(trouble_role).toInt());
    if (trouble == RowTrouble::None || option.state.testFlag(QStyle::State_Selected))
        return;
    QColor tint = trouble == RowTrouble::Broken ? colours().dead_fill : colours().warning_fill;
    tint.setAlpha(tint_alpha);
    painter->fillRect(option.rect, tint);
}

/// A line below what was found, and a veil over it: the text keeps its contrast.
void CellDelegate::paintMatch(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QString wanted = option.widget ? option.widget->property(wanted_property).toString() : QString();
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const qsizetype at = wanted.isEmpty() ? -1 : cell.text.indexOf(wanted, 0, Qt::CaseInsensitive);
    if (at < 0)
        return;
    const QStyle* const style = option.widget->style();
    const QRect text =
        style->subElementRect(QStyle::SE_ItemViewItemText, &cell, option.widget)
            .adjusted(style->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, option.widget) + 1, 0, 0, 0);
    const QFontMetricsF font(cell.font);
    const double left = text.left() + font.horizontalAdvance(cell.text.left(at));
    const QRectF mark(left, text.center().y() - font.height() / 2,
                      font.horizontalAdvance(cell.text.mid(at, wanted.size())), font.height());
    QColor veil = colours().accent;
    veil.setAlpha(match_alpha);
    painter->save();
    painter->setClipRect(option.rect);
    painter->fillRect(mark, veil);
    painter->setPen(QPen(colours().accent, 1.5));
    painter->drawLine(mark.bottomLeft(), mark.bottomRight());
    painter->restore();
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    paintTint(painter, option, index);
    QStyledItemDelegate::paint(painter, option, index);
    paintMatch(painter, option, index);
    const QString letter = index.data(mark_role).toString();
    if (letter.isEmpty())
        return;
    const bool is_broken = RowTrouble(index.data(trouble_role).toInt()) == RowTrouble::Broken;
    const QRectF mark(option.rect.right() - mark_size - 4.0, option.rect.center().y() - mark_size / 2.0, mark_size,
                      mark_size);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(is_broken ? colours().dead : colours().warning, 1));
    painter->setBrush(colours().panel);
    painter->drawRoundedRect(mark, 3, 3);
    painter->setFont(Theme::textFont(10, QFont::Bold));
    painter->drawText(mark, Qt::AlignCenter, letter);
    painter->restore();
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), metrics::row_height};
}

void StatusDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    paintTint(painter, option, index);
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
