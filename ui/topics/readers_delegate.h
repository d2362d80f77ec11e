#pragma once
#include "ui/panels/delegates.h"

namespace orderlab::ui {

/// Who has read a record: a letter for each group, filled, framed or faint; RecordModel::ReadersRole.
class ReadersDelegate final : public CellDelegate {
    Q_OBJECT
public:
    explicit ReadersDelegate(QObject* parent = nullptr) : CellDelegate(false, parent) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace orderlab::ui
