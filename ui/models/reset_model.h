#pragma once
#include "bus/event_bus.h"

#include <QAbstractTableModel>

namespace orderlab::ui {

/// What a move of a group's offsets does to each partition: from where to where, and what that means. GUI thread.
class ResetModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Topic, Partition, From, To, Effect, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void show(std::vector<OffsetChange> changes);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<OffsetChange> m_changes;
};

} // namespace orderlab::ui
