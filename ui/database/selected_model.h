#pragma once
#include "tables/tables.h"

#include <QAbstractTableModel>

namespace orderlab::ui {

/// What a SELECT gave. GUI thread.
class SelectedModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    void show(Selected selected);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Selected m_selected;
};

} // namespace orderlab::ui
