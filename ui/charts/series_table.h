#pragma once
#include "ui/charts/line_chart.h"

#include <QAbstractTableModel>

namespace orderlab::ui {

/// What charts show, as a table: a row for each time, a column for each line. GUI thread.
class SeriesTable final : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    struct Chart {
        QString title, unit;
        std::vector<ChartLine> lines;
    };
    void show(const std::vector<Chart>& charts);

    /// Of a row.
    double secondsOf(int row) const { return m_seconds[std::size_t(row)]; }
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Column {
        QString title;
        std::vector<std::optional<double>> values; ///< Beside m_seconds.
    };
    std::vector<double> m_seconds;
    std::vector<Column> m_columns;
};

} // namespace orderlab::ui
