#include "ui/models/orders_filter.h"
#include "ui/models/orders_model.h"

#include <algorithm>

namespace orderlab::ui {

// How the rows that are shown follow those of the source.

namespace {

constexpr std::size_t places_max = 8; ///< At more, rows are first put together.

} // namespace

/// Which of the source's rows, by their sequence numbers.
class OrdersFilter::Marks {
public:
    explicit Marks(const OrdersModel& orders)
        : m_first(orders.sequenceOf(0)), m_marks(std::size_t(orders.rowCount()), false)
    {}
    void set(std::uint32_t sequence, bool is_marked = true) { m_marks[sequence - m_first] = is_marked; }
    bool has(std::uint32_t sequence) const
    {
        return sequence - m_first < m_marks.size() && m_marks[sequence - m_first];
    }

private:
    std::uint32_t m_first;
    std::vector<bool> m_marks;
};

void OrdersFilter::setSourceModel(QAbstractItemModel* model)
{
    Q_ASSERT(!m_orders);
    beginResetModel();
    QAbstractProxyModel::setSourceModel(model);
    m_orders = qobject_cast<const OrdersModel*>(model);
    m_rows = matching();
    sortRows(m_rows);
    endResetModel();
    connect(m_orders, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { sourceInserted(first, last); });
    connect(m_orders, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex&, int first, int last) { sourceRemoves(first, last); });
    connect(m_orders, &OrdersModel::rowsChanged, this, &OrdersFilter::sourceChanged);
    connect(m_orders, &QAbstractItemModel::modelAboutToBeReset, this, [this] { beginResetModel(); });
    connect(m_orders, &QAbstractItemModel::modelReset, this, [this] {
        m_rows = matching();
        sortRows(m_rows);
        endResetModel();
    });
}

QModelIndex OrdersFilter::index(int row, int column, const QModelIndex& parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

int OrdersFilter::columnCount(const QModelIndex& parent) const
{
    return m_orders && !parent.isValid() ? m_orders->columnCount() : 0;
}

QVariant OrdersFilter::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_orders ? m_orders->headerData(section, orientation, role) : QVariant();
}

QModelIndex OrdersFilter::mapToSource(const QModelIndex& index) const
{
    if (!index.isValid() || std::size_t(index.row()) >= m_rows.size())
        return {};
    const std::uint32_t sequence = m_rows[std::size_t(viewRow(std::size_t(index.row())))];
    return m_orders->index(m_orders->rowOfSequence(sequence), index.column());
}

QModelIndex OrdersFilter::mapFromSource(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    const std::uint32_t sequence = m_orders->sequenceOf(index.row());
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), sequence,
                                        [this](std::uint32_t a, std::uint32_t b) { return isBefore(a, b); });
    if (found == m_rows.end() || *found != sequence)
        return {};
    return createIndex(viewRow(std::size_t(found - m_rows.begin())), index.column());
}

void OrdersFilter::rearrange(Rows rows, bool is_descending)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    Marks kept(*m_orders);
    std::vector<std::uint32_t> sequences;
    for (const QModelIndex& index : before) {
        sequences.push_back(m_rows[std::size_t(viewRow(std::size_t(index.row())))]);
        kept.set(sequences.back());
    }
    m_rows = std::move(rows);
    m_is_descending = is_descending;
    QModelIndexList after(before.size());
    for (std::size_t at = 0; at < m_rows.size() && !before.isEmpty(); ++at) {
        if (!kept.has(m_rows[at]))
            continue;
        for (qsizetype i = 0; i < before.size(); ++i) {
            if (sequences[std::size_t(i)] == m_rows[at])
                after[i] = createIndex(viewRow(at), before[i].column());
        }
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

/// Of two lists in order.
OrdersFilter::Rows OrdersFilter::merged(const Rows& sorted, const Rows& fresh) const
{
    Rows all;
    all.reserve(sorted.size() + fresh.size());
    auto from = sorted.begin();
    for (const std::uint32_t sequence : fresh) {
        const auto to = std::lower_bound(from, sorted.end(), sequence,
                                         [this](std::uint32_t a, std::uint32_t b) { return isBefore(a, b); });
        all.insert(all.end(), from, to);
        all.push_back(sequence);
        from = to;
    }
    all.insert(all.end(), from, sorted.end());
    return all;
}

/// In one place.
void OrdersFilter::addAt(std::size_t at, const Rows& rows)
{
    const int first = m_is_descending ? int(m_rows.size() - at) : int(at);
    beginInsertRows({}, first, first + int(rows.size()) - 1);
    m_rows.insert(m_rows.begin() + std::ptrdiff_t(at), rows.begin(), rows.end());
    endInsertRows();
}

/// Rows in the order of the source.
void OrdersFilter::add(Rows rows)
{
    if (rows.empty())
        return;
    sortRows(rows);
    const auto isLess = [this](std::uint32_t a, std::uint32_t b) { return isBefore(a, b); };
    if (m_rows.empty() || isBefore(m_rows.back(), rows.front()))
        return addAt(m_rows.size(), rows);
    if (isBefore(rows.back(), m_rows.front()))
        return addAt(0, rows);
    if (rows.size() <= places_max) {
        for (const std::uint32_t sequence : rows) {
            const auto place = std::lower_bound(m_rows.begin(), m_rows.end(), sequence, isLess);
            addAt(std::size_t(place - m_rows.begin()), {sequence});
        }
        return;
    }
    Rows all = merged(m_rows, rows);
    addAt(m_is_descending ? 0 : m_rows.size(), rows); // Below.
    rearrange(std::move(all), m_is_descending);
}

void OrdersFilter::removeAt(std::size_t first, std::size_t last)
{
    const int one = viewRow(first), other = viewRow(last);
    beginRemoveRows({}, std::min(one, other), std::max(one, other));
    m_rows.erase(m_rows.begin() + std::ptrdiff_t(first), m_rows.begin() + std::ptrdiff_t(last) + 1);
    endRemoveRows();
}

void OrdersFilter::remove(const Marks& gone)
{
    std::vector<std::pair<std::size_t, std::size_t>> places; // First and last.
    std::size_t count = 0;
    for (std::size_t at = 0; at < m_rows.size(); ++at) {
        if (!gone.has(m_rows[at]))
            continue;
        ++count;
        if (!places.empty() && places.back().second + 1 == at)
            places.back().second = at;
        else if (places.size() <= places_max)
            places.emplace_back(at, at);
    }
    if (places.size() <= places_max) {
        for (auto place = places.rbegin(); place != places.rend(); ++place)
            removeAt(place->first, place->second);
        return;
    }
    Rows rows = m_rows;
    // What goes is put below the others, which is at the begin where the last one is on top.
    std::stable_partition(rows.begin(), rows.end(),
                          [&](std::uint32_t sequence) { return gone.has(sequence) == m_is_descending; });
    rearrange(std::move(rows), m_is_descending);
    const std::size_t first = m_is_descending ? 0 : m_rows.size() - count;
    removeAt(first, first + count - 1);
}

void OrdersFilter::sourceInserted(int first, int last)
{
    Rows rows;
    m_orders->forEach(first, last, [&](std::uint32_t sequence, const OrderState& order) {
        if (accepts(order))
            rows.push_back(sequence);
    });
    add(std::move(rows));
}

void OrdersFilter::sourceRemoves(int first, int last)
{
    Marks gone(*m_orders);
    for (int row = first; row <= last; ++row)
        gone.set(m_orders->sequenceOf(row));
    remove(gone);
}

void OrdersFilter::sourceChanged(const std::vector<int>& rows)
{
    Marks changed(*m_orders), gone(*m_orders);
    for (const int row : rows)
        changed.set(m_orders->sequenceOf(row));
    // Those that are shown, by what becomes of them.
    Rows stay;
    bool any_gone = false, any_moved = false;
    for (std::size_t at = 0; at < m_rows.size(); ++at) {
        const std::uint32_t sequence = m_rows[at];
        if (!changed.has(sequence))
            continue;
        changed.set(sequence, false);
        if (!accepts(m_orders->stateAt(m_orders->rowOfSequence(sequence)))) {
            gone.set(sequence);
            any_gone = true;
            continue;
        }
        stay.push_back(sequence);
        any_moved = any_moved || (at > 0 && !isBefore(m_rows[at - 1], sequence))
                    || (at + 1 < m_rows.size() && !isBefore(sequence, m_rows[at + 1]));
    }
    Rows come;
    for (const int row : rows) {
        const std::uint32_t sequence = m_orders->sequenceOf(row);
        if (changed.has(sequence) && accepts(m_orders->stateAt(row)))
            come.push_back(sequence);
    }
    if (any_gone)
        remove(gone);
    if (any_moved) { // Others lie in their order still.
        Marks moved(*m_orders);
        for (const std::uint32_t sequence : stay)
            moved.set(sequence);
        Rows others;
        std::copy_if(m_rows.begin(), m_rows.end(), std::back_inserter(others),
                     [&](std::uint32_t sequence) { return !moved.has(sequence); });
        std::sort(stay.begin(), stay.end());
        sortRows(stay);
        rearrange(merged(others, stay), m_is_descending);
    }
    add(std::move(come));
    if (stay.empty())
        return;
    // Ascending by now, so that the first and the last one tell where the others are.
    const auto placeOf = [this](std::uint32_t sequence) {
        const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), sequence,
                                            [this](std::uint32_t a, std::uint32_t b) { return isBefore(a, b); });
        return viewRow(std::size_t(found - m_rows.begin()));
    };
    const int one = placeOf(stay.front()), other = placeOf(stay.back());
    Q_EMIT dataChanged(index(std::min(one, other), 0), index(std::max(one, other), columnCount() - 1));
}

/// From the rows that were shown to those that match now.
void OrdersFilter::refilter()
{
    if (!m_orders)
        return;
    Rows wanted = matching();
    Marks gone(*m_orders);
    for (const std::uint32_t sequence : m_rows)
        gone.set(sequence);
    Rows fresh;
    for (const std::uint32_t sequence : wanted) {
        if (!gone.has(sequence))
            fresh.push_back(sequence);
        gone.set(sequence, false);
    }
    remove(gone);
    add(std::move(fresh));
}

} // namespace orderlab::ui
