#pragma once
#include "journal/world_state.h"
#include "ui/models/log_tail.h"

#include <QAbstractTableModel>

namespace orderlab::ui {

/// Every consumer group's place in every partition: committed offset, end of the log, lag. GUI thread.
/// refresh() compares with what is shown and announces only rows that differ; rows come and go as partitions do.
class GroupsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Group, Topic, Partition, Member, Committed, End, Lag, LagTime, Rate, Bar, ColumnCount };
    enum Role {
        SortRole = Qt::UserRole,
        LagShareRole = Qt::UserRole + 16, ///< 0 to 1: the lag against the largest one (at least 20 events).
        BehindRole,                       ///< Whether the oldest event has waited for more than a second.
        GroupRole,
    };

    explicit GroupsModel(const JournalNames& names, QObject* parent = nullptr);

    void refresh(const WorldState& world, const LogTail& tail, std::int64_t now_us);
    bool hasLag() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString group, topic, member;
        int partition = 0;
        std::int64_t committed = 0, end = 0, lag_us = -1; ///< lag_us -1: no lag, or its time is not known.
        double rate = 0;
        std::int64_t lag() const { return end - committed; }
        bool samePlace(const Row& other) const
        {
            return group == other.group && topic == other.topic && partition == other.partition;
        }
        bool operator==(const Row&) const = default;
    };
    std::vector<Row> rowsOf(const WorldState& world, const LogTail& tail, std::int64_t now_us) const;
    void addRates(std::vector<Row>& rows, std::int64_t now_us);
    void show(std::vector<Row> rows);
    QString display(const Row& row, int column) const;
    QVariant sortValue(const Row& row, int column) const;

    const JournalNames& m_names;
    std::vector<Row> m_rows;
    std::int64_t m_lag_max = 20;
    std::int64_t m_rates_us = 0;            ///< When rates were last measured.
    std::vector<std::int64_t> m_rates_base; ///< Committed offsets then, a row.
    std::vector<double> m_rates;
};

} // namespace orderlab::ui
