#pragma once
#include <QStyledItemDelegate>

namespace orderlab::ui {

/// A cell of a table: ids and times in the mono font and cut at their beginning, where they are alike; NULL told from
/// empty; what has changed marked by a corner and bold letters. GUI thread.
class TableCellDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace orderlab::ui
