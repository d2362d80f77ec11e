#include "ui/models/groups_model.h"

#include "ui/models/format.h"
#include "ui/models/row_trouble.h"

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr std::int64_t late_us = 1'000'000;

} // namespace

GroupsModel::GroupsModel(const JournalNames& names, QObject* parent) : QAbstractTableModel(parent), m_names(names) {}

std::vector<GroupsModel::Row> GroupsModel::rowsOf(const WorldState& world, const LogTail& tail,
                                                  std::int64_t now_us) const
{
    std::vector<Row> rows;
    for (const GroupState& group : world.groups()) {
        for (const GroupPartitionState& place : group.partitions) {
            Row row;
            row.group = m_names.groupLabel(group.name);
            row.topic = m_names.text(place.topic);
            row.partition = place.partition;
            row.member = m_names.groupLabel(place.member);
            row.committed = place.committed;
            const TopicState* topic = world.findTopic(place.topic);
            if (topic && place.partition < topic->partitions.size())
                row.end = topic->partitions[place.partition].end;
            row.end = std::max(row.end, row.committed);
            const auto type = m_names.topic(place.topic);
            if (row.lag() > 0 && type) {
                if (const auto published = tail.publishedAt(*type, place.partition, row.committed))
                    row.lag_us = std::max<std::int64_t>(0, now_us - *published) / 100'000 * 100'000;
            }
            rows.push_back(std::move(row));
        }
    }
    // Topics in the order of an order's life, as everywhere else.
    const auto place = [](const Row& row) {
        const auto type = eventTypeOf(row.topic.toStdString());
        return std::pair(type ? int(*type) : int(event_type_count), row.partition);
    };
    for (auto first = rows.begin(); first != rows.end();) {
        const auto last = std::find_if(first, rows.end(), [&](const Row& row) { return row.group != first->group; });
        std::stable_sort(first, last, [&](const Row& a, const Row& b) { return place(a) < place(b); });
        first = last;
    }
    return rows;
}

void GroupsModel::addRates(std::vector<Row>& rows, std::int64_t now_us)
{
    constexpr std::int64_t window_us = 1'000'000;
    if (m_rates.size() != rows.size()) {
        m_rates.assign(rows.size(), 0);
        m_rates_base.clear();
    }
    if (m_rates_base.empty() || now_us - m_rates_us >= window_us) {
        const double seconds = double(now_us - m_rates_us) / 1e6;
        for (std::size_t i = 0; i < m_rates_base.size(); ++i)
            m_rates[i] = std::max(0.0, double(rows[i].committed - m_rates_base[i]) / seconds);
        m_rates_base.clear();
        for (const Row& row : rows)
            m_rates_base.push_back(row.committed);
        m_rates_us = now_us;
    }
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i].rate = m_rates[i];
}

void GroupsModel::refresh(const WorldState& world, const LogTail& tail, std::int64_t now_us)
{
    std::vector<Row> rows = rowsOf(world, tail, now_us);
    addRates(rows, now_us);
    std::int64_t lag_max = 20;
    for (const Row& row : rows)
        lag_max = std::max(lag_max, row.lag());
    const bool scale_changed = lag_max != m_lag_max;
    m_lag_max = lag_max;
    show(std::move(rows));
    if (scale_changed && !m_rows.empty())
        Q_EMIT dataChanged(index(0, Bar), index(int(m_rows.size()) - 1, Bar));
}

void GroupsModel::show(std::vector<Row> rows)
{
    const bool same_places = rows.size() == m_rows.size()
                             && std::equal(rows.begin(), rows.end(), m_rows.begin(),
                                           [](const Row& a, const Row& b) { return a.samePlace(b); });
    if (!same_places) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    for (std::size_t i = 0; i < rows.size();) {
        if (rows[i] == m_rows[i]) {
            ++i;
            continue;
        }
        const std::size_t first = i;
        while (i < rows.size() && !(rows[i] == m_rows[i])) {
            m_rows[i] = std::move(rows[i]);
            ++i;
        }
        Q_EMIT dataChanged(index(int(first), 0), index(int(i) - 1, ColumnCount - 1));
    }
}

bool GroupsModel::hasLag() const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [](const Row& row) { return row.lag() > 0 || row.rate > 0; });
}

int GroupsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int GroupsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString GroupsModel::display(const Row& row, int column) const
{
    switch (column) {
    case Group: return row.group;
    case Topic: return row.topic;
    case Partition: return QString::number(row.partition);
    case Member: return row.member.isEmpty() ? tr("nobody") : row.member;
    case Committed: return grouped(row.committed);
    case End: return grouped(row.end);
    case Lag: return grouped(row.lag());
    case LagTime:
        return row.lag_us < 0    ? QStringLiteral("–")
               : row.lag_us == 0 ? QStringLiteral("< 0.1 s")
                                 : durationText(row.lag_us);
    case Rate: return row.rate > 0 ? rateText(row.rate) : QStringLiteral("–");
    default: return {};
    }
}

QVariant GroupsModel::sortValue(const Row& row, int column) const
{
    switch (column) {
    case Partition: return row.partition;
    case Committed: return qlonglong(row.committed);
    case End: return qlonglong(row.end);
    case Lag:
    case Bar: return qlonglong(row.lag());
    case LagTime: return qlonglong(row.lag_us);
    case Rate: return row.rate;
    default: return display(row, column);
    }
}

QVariant GroupsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || std::size_t(index.row()) >= m_rows.size())
        return {};
    const Row& row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return display(row, index.column());
    case Qt::TextAlignmentRole: return int(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        if (index.column() == Group && row.lag_us > late_us)
            return tr("L: its oldest event has waited for more than a second");
        return index.column() == Bar ? QVariant(counted(row.lag(), QT_TRANSLATE_N_NOOP("counted", "%n events behind")))
                                     : QVariant();
    case SortRole: return sortValue(row, index.column());
    case LagShareRole: return double(row.lag()) / double(m_lag_max);
    case BehindRole: return row.lag_us > late_us;
    case GroupRole: return row.group;
    case trouble_role: return int(row.lag_us > late_us ? RowTrouble::Late : RowTrouble::None);
    case mark_role: return index.column() == Group && row.lag_us > late_us ? QVariant(QStringLiteral("L")) : QVariant();
    default: return {};
    }
}

QVariant GroupsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const QStringList titles = {tr("Group"), tr("Topic"), tr("Partition"), tr("Member"), tr("Committed"),
                                       tr("End"),   tr("Lag"),   tr("Lag, time"), tr("Rate"),   QString()};
    return titles.value(section);
}

} // namespace orderlab::ui
