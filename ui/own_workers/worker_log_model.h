#pragma once
#include "base/uuid.h"
#include "ui/bridge/worker_output.h"

#include <QAbstractTableModel>

#include <optional>

namespace orderlab::ui {

/// What own workers have said, and which of their attempts failed: the newest `lines_max`, in the order in which they
/// came. GUI thread.
class WorkerLogModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Member, Text, ColumnCount };
    static constexpr std::size_t lines_max = 2'000;
    static constexpr int time_role = Qt::UserRole; ///< For sorting.

    struct Line : WorkerOutput::Line {
        OrderId order = {};   ///< Of an attempt that failed; null: a line of standard error.
        bool is_last = false; ///< It was given up.
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Times are shown since `start_us`; nothing: as the time of day.
    void setStart(std::optional<std::int64_t> start_us) { m_start_us = start_us; }
    void append(std::vector<Line> lines);
    void clear();
    /// Forgets attempts that failed, or what was said.
    void forget(bool attempts);
    const Line& line(int row) const { return m_lines[std::size_t(row)]; }
    /// With tabs between the columns.
    QString text(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString cell(const Line& line, int column) const;

    std::deque<Line> m_lines;
    std::optional<std::int64_t> m_start_us;
};

} // namespace orderlab::ui
