#pragma once
#include "observe/log_levels.h"
#include "ui/bridge/lab_bridge.h"

#include <QAbstractTableModel>

#include <deque>

namespace orderlab::ui {

/// What is told of each line of the log, oldest first: the lines that a server would write for the entries of the run
/// (observe/journal_log.h). Rows are entries that are worth a line and match the filter, at most `rows_max`: the
/// newest. A filter looks through at most `scan_max` entries. GUI thread.
class LogModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Level, Area, Message, Order, Group, Attempt, ColumnCount };
    static constexpr std::size_t rows_max = 50'000;
    static constexpr std::uint64_t scan_max = 300'000;

    struct Filter {
        LogLevel least = LogLevel::Debug;
        QString text; ///< In the message, the group, or the order's id; empty: all.
        std::optional<TimeRange::Span> span;
        bool operator==(const Filter&) const = default;
    };

    explicit LogModel(const LabBridge& bridge, QObject* parent = nullptr);

    /// Looks through the run anew.
    void setFilter(const Filter& filter);
    /// Takes in what has come.
    void read();
    /// It is another run.
    void forget();
    /// Entries before this one have happened; later ones are dim.
    void setMoment(std::uint64_t index);
    /// The first row that has not happened; as many as have.
    int rowsPassed() const;

    std::uint64_t entryOf(int row) const { return m_rows[std::size_t(row)]; }
    OrderId orderOf(int row) const;
    /// Whether older entries were not looked through.
    std::uint64_t skipped() const { return m_skipped; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool matches(const Entry& entry) const;
    QString textOf(const Entry& entry, int column) const;

    const LabBridge& m_bridge;
    Filter m_filter;
    std::deque<std::uint64_t> m_rows; ///< Places in the timeline.
    std::uint64_t m_read = 0;         ///< Entries before this one were looked at.
    std::uint64_t m_skipped = 0;
    std::uint64_t m_moment = 0;
};

} // namespace orderlab::ui
