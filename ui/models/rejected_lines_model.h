#pragma once
#include "lab/order_import.h"

#include <QAbstractTableModel>

namespace orderlab::ui {

/// The lines of an order file that are no orders, and why. GUI thread.
class RejectedLinesModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Line, Field, Reason, Text, ColumnCount };

    explicit RejectedLinesModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}
    void add(std::vector<RejectedLine> lines);
    const std::vector<RejectedLine>& lines() const { return m_lines; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<RejectedLine> m_lines;
};

} // namespace orderlab::ui
