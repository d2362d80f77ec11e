#include "ui/models/orders_model.h"

#include <algorithm>
#include <bit>

namespace orderlab::ui {

namespace {

constexpr std::uint32_t sequence_max = 0xf0000000; ///< Then rows are numbered anew.

/// The journal of this run does not know who made an order of an earlier one, nor whether it has ended before.
OrderState completed(OrderState order, const OrderState& known)
{
    if (order.user != 0 || known.user == 0)
        return order;
    order.user = known.user;
    order.currency = known.currency;
    order.amount_minor = known.amount_minor;
    order.accepted_us = known.accepted_us;
    if (isFinal(known.status) && !isFinal(order.status)) {
        order.status = known.status;
        order.final_us = known.final_us;
    }
    if (!isFinal(order.status))
        order.dead_letters = std::max(order.dead_letters, known.dead_letters);
    return order;
}

} // namespace

OrdersModel::OrdersModel(const JournalNames& names, std::size_t rows_max, QObject* parent)
    : QAbstractTableModel(parent), m_names(names), m_rows_max(rows_max)
{}

void OrdersModel::note(std::span<const Entry> entries)
{
    for (const Entry& entry : entries) {
        if (entry.order.isNull())
            continue;
        ++m_noted;
        const int row = rowInRun(entry.order);
        if (row >= 0 && std::exchange(m_rows[std::size_t(row)].round, m_round) != m_round)
            m_touched.push_back(sequenceOf(row));
    }
}

void OrdersModel::flush(const WorldState& latest)
{
    update(latest);
    takeNew(latest);
    trim();
    m_noted = 0;
}

/// -1 when the run has no such order.
int OrdersModel::rowInRun(const Uuid& id) const
{
    const std::uint32_t found =
        m_table.find(hashValue(id), [&](std::uint32_t sequence) { return m_rows[sequence - m_first].state.id == id; });
    return found == PositionTable::npos ? -1 : rowOfSequence(found);
}

/// Most orders follow each other in both, so that they need not be looked for.
std::vector<int> OrdersModel::rowsOf(std::span<const OrderState> orders) const
{
    std::vector<int> rows(orders.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < orders.size(); ++i) {
        const bool is_next = next < m_rows.size() && m_rows[next].state.id == orders[i].id;
        rows[i] = is_next ? int(next) : rowInRun(orders[i].id);
        next = std::size_t(rows[i] + 1);
    }
    return rows;
}

/// What the run has met since its newest row. Among it may be orders that have a row already: those of earlier runs,
/// and those that the fold had forgotten.
void OrdersModel::takeNew(const WorldState& latest)
{
    if (m_is_cut)
        return;
    const auto& orders = latest.orders();
    std::vector<OrderState> fresh;
    for (std::size_t i = orders.size(); i-- > 0 && fresh.size() < m_rows_max;) {
        const int row = rowInRun(orders[i].id);
        if (row >= int(m_earlier) && row + 1 == int(m_rows.size()))
            break;
        if (row < 0)
            fresh.push_back(orders[i]);
    }
    std::reverse(fresh.begin(), fresh.end());
    append(fresh);
    if (m_is_latest)
        show(m_rows.size());
}

/// They are hidden at first.
void OrdersModel::append(std::span<const OrderState> orders)
{
    for (const OrderState& order : orders) {
        m_table.insert(hashValue(order.id), m_first + std::uint32_t(m_rows.size()));
        m_rows.push_back({order, 0});
    }
}

void OrdersModel::prepend(std::span<const OrderState> orders)
{
    if (orders.empty())
        return;
    beginInsertRows({}, 0, int(orders.size()) - 1);
    for (std::size_t i = orders.size(); i-- > 0;) {
        m_rows.push_front({orders[i], 0});
        m_table.insert(hashValue(orders[i].id), --m_first);
    }
    m_shown += orders.size();
    endInsertRows();
}

/// The first `count` rows of the run are shown.
void OrdersModel::show(std::size_t count)
{
    if (count > m_shown) {
        beginInsertRows({}, int(m_shown), int(count) - 1);
        m_shown = count;
        endInsertRows();
    } else if (count < m_shown) {
        beginRemoveRows({}, int(count), int(m_shown) - 1);
        m_shown = count;
        endRemoveRows();
    }
}

void OrdersModel::dropHidden(std::size_t first)
{
    if (first >= m_rows.size())
        return;
    for (std::size_t row = first; row < m_rows.size(); ++row)
        m_table.erase(hashValue(m_rows[row].state.id), m_first + std::uint32_t(row));
    m_rows.resize(first);
    const std::uint32_t end = m_first + std::uint32_t(first);
    std::erase_if(m_touched, [end](std::uint32_t sequence) { return sequence >= end; });
    m_is_cut = true;
}

void OrdersModel::dropFirst(std::size_t count)
{
    const std::size_t seen = std::min(count, m_shown);
    if (seen > 0)
        beginRemoveRows({}, 0, int(seen) - 1);
    for (std::size_t row = 0; row < count; ++row)
        m_table.erase(hashValue(m_rows[row].state.id), m_first + std::uint32_t(row));
    m_rows.erase(m_rows.begin(), m_rows.begin() + std::ptrdiff_t(count));
    m_first += std::uint32_t(count);
    m_shown -= seen;
    m_earlier -= std::min(count, m_earlier);
    m_then.erase(m_then.begin(), std::lower_bound(m_then.begin(), m_then.end(), m_first, Then::isBefore));
    std::erase_if(m_touched, [this](std::uint32_t sequence) { return sequence < m_first; });
    if (seen > 0)
        endRemoveRows();
    if (m_first < sequence_max)
        return;
    beginResetModel();
    const std::uint32_t back = m_first - first_sequence;
    for (Then& then : m_then)
        then.sequence -= back;
    for (std::uint32_t& sequence : m_touched)
        sequence -= back;
    m_first = first_sequence;
    m_table.clear();
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        m_table.insert(hashValue(m_rows[row].state.id), m_first + std::uint32_t(row));
    endResetModel();
}

void OrdersModel::trim()
{
    if (m_rows.size() > m_rows_max)
        dropFirst(m_rows.size() - m_rows_max);
}

void OrdersModel::update(const WorldState& latest)
{
    std::vector<int> changed;
    for (const std::uint32_t sequence : m_touched) {
        const int row = rowOfSequence(sequence);
        OrderState& known = m_rows[std::size_t(row)].state;
        const OrderState* const order = latest.findOrder(known.id);
        if (!order)
            continue;
        const OrderState news = completed(*order, known);
        if (known == news)
            continue;
        known = news;
        if (row < int(m_shown) && &stateAt(row) == &known)
            changed.push_back(row);
    }
    m_touched.clear();
    ++m_round;
    std::sort(changed.begin(), changed.end());
    announce(changed);
}

void OrdersModel::announce(const std::vector<int>& rows)
{
    for (std::size_t i = 0; i < rows.size();) {
        std::size_t last = i;
        while (last + 1 < rows.size() && rows[last + 1] == rows[last] + 1)
            ++last;
        Q_EMIT dataChanged(index(rows[i], 0), index(rows[last], ColumnCount - 1));
        i = last + 1;
    }
    if (!rows.empty())
        Q_EMIT rowsChanged(rows);
}

/// Each in its row, where it has one; by row, as an order of an earlier run is met late, but stands before the others.
std::vector<OrdersModel::Then> OrdersModel::thenOf(std::span<const OrderState> orders,
                                                   const std::vector<int>& rows) const
{
    std::vector<Then> then;
    then.reserve(orders.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i] >= 0)
            then.push_back({sequenceOf(rows[i]), completed(orders[i], m_rows[std::size_t(rows[i])].state)});
    }
    std::sort(then.begin(), then.end(), [](const Then& a, const Then& b) { return a.sequence < b.sequence; });
    return then;
}

void OrdersModel::showMoment(const WorldState& moment)
{
    m_is_latest = false;
    const auto& all = moment.orders();
    const std::span orders = std::span(all).last(std::min(all.size(), m_rows_max));
    std::vector<int> rows = rowsOf(orders);
    const auto isOfRun = [this](int row) { return row >= int(m_earlier); };
    const auto first_known = std::size_t(std::find_if(rows.begin(), rows.end(), isOfRun) - rows.begin());
    // An order that was forgotten and has come again is among the last ones, with an old row.
    const auto newest = std::size_t(std::max_element(rows.begin(), rows.end()) - rows.begin());
    const bool any_known = newest < rows.size() && isOfRun(rows[newest]);
    const std::size_t newer = any_known ? newest + 1 : 0; // Than all that are known.
    // Without any, the run's rows are all older, or all newer.
    const bool are_older = !any_known && m_rows.size() > m_earlier && !orders.empty()
                           && m_rows.back().state.accepted_us <= orders.front().accepted_us;
    const std::size_t count = any_known ? std::size_t(rows[newest]) + 1 : are_older ? m_rows.size() : m_earlier;
    if (count < m_shown)
        show(count);
    std::vector<OrderState> fresh;
    for (std::size_t i = newer; i < rows.size(); ++i) {
        if (rows[i] < 0)
            fresh.push_back(orders[i]);
    }
    if (!fresh.empty()) {
        dropHidden(count);
        append(fresh);
        rows = rowsOf(orders);
    }
    setThen(thenOf(orders, rows));
    show(count + fresh.size());
    if (m_shown > m_rows_max)
        dropFirst(m_shown - m_rows_max);
    // Rows that had made room are wanted again.
    if (m_earlier == 0 && any_known && rows[first_known] == 0 && m_first < sequence_max) {
        const std::size_t room = std::min(first_known, m_rows_max - m_shown);
        prepend(orders.subspan(first_known - room, room));
    }
    if (m_rows.size() > m_rows_max)
        dropHidden(std::max(m_shown, m_rows_max));
}

void OrdersModel::showLatest(const WorldState& latest)
{
    m_is_latest = true;
    m_is_cut = false;
    const auto& orders = latest.orders();
    const std::vector<int> rows = rowsOf(orders);
    const std::vector<Then> then = thenOf(orders, rows);
    setThen(then);
    // As they are now is as they are from now on.
    for (const Then& now : then)
        m_rows[now.sequence - m_first].state = now.state;
    setThen({});
    takeNew(latest);
    show(m_rows.size());
    trim();
}

/// Shows orders as they were at another moment. Announces what differs from what is shown.
void OrdersModel::setThen(std::vector<Then> then)
{
    std::vector<int> changed;
    const auto seen = [this](const std::vector<Then>& states, std::vector<Then>::const_iterator& at,
                             std::uint32_t sequence) -> const OrderState& {
        return at != states.end() && at->sequence == sequence ? (at++)->state : m_rows[sequence - m_first].state;
    };
    const std::uint32_t end = m_first + std::uint32_t(m_shown);
    auto before = m_then.cbegin();
    auto after = then.cbegin();
    while (before != m_then.cend() || after != then.cend()) {
        const std::uint32_t sequence = before == m_then.cend() ? after->sequence
                                       : after == then.cend()  ? before->sequence
                                                               : std::min(before->sequence, after->sequence);
        if (sequence >= end)
            break;
        if (!(seen(m_then, before, sequence) == seen(then, after, sequence)))
            changed.push_back(rowOfSequence(sequence));
    }
    m_then = std::move(then);
    announce(changed);
}

void OrdersModel::beginAnew(const WorldState& latest)
{
    const auto& orders = latest.orders();
    std::size_t same = m_earlier;
    while (same < m_rows.size() && same - m_earlier < orders.size()
           && m_rows[same].state.id == orders[same - m_earlier].id)
        ++same;
    if (m_shown > same)
        show(same);
    dropHidden(same);
    m_is_cut = false;
    std::vector<Then> then; // As they are in the new run.
    for (std::size_t row = m_earlier; row < same; ++row)
        then.push_back({sequenceOf(int(row)), orders[row - m_earlier]});
    setThen(then);
    for (const Then& now : then)
        m_rows[now.sequence - m_first].state = now.state;
    setThen({});
    m_touched.clear();
    takeNew(latest);
    trim();
}

void OrdersModel::addEarlier(std::vector<OrderState> orders)
{
    std::erase_if(orders, [this](const OrderState& order) { return rowInRun(order.id) >= 0; });
    const std::size_t room = m_rows_max - std::min(m_rows.size(), m_rows_max);
    if (orders.size() > room)
        orders.erase(orders.begin(), orders.end() - std::ptrdiff_t(room));
    m_earlier += orders.size();
    prepend(orders);
}

void OrdersModel::setRunBegan(std::int64_t time_us)
{
    m_run_began_us = time_us;
    std::vector<int> rows(m_shown);
    for (std::size_t row = 0; row < rows.size(); ++row)
        rows[row] = int(row);
    announce(rows);
}

void OrdersModel::setBroken(std::unordered_map<Uuid, QString, UuidHash> broken)
{
    const auto before = std::exchange(m_broken, std::move(broken));
    std::vector<int> changed;
    const auto note = [&](const Uuid& order) {
        if (const int row = rowOf(OrderId(order)); row >= 0)
            changed.push_back(row);
    };
    for (const auto& [order, words] : m_broken) {
        const auto found = before.find(order);
        if (found == before.end() || found->second != words)
            note(order);
    }
    for (const auto& [order, words] : before) {
        if (!m_broken.contains(order))
            note(order);
    }
    std::sort(changed.begin(), changed.end());
    announce(changed);
}

OrderId OrdersModel::orderAt(int row) const
{
    return m_rows.at(std::size_t(row)).state.id;
}

int OrdersModel::rowOf(OrderId id) const
{
    const int row = rowInRun(id);
    return row < int(m_shown) ? row : -1;
}

const OrderState& OrdersModel::stateAt(int row) const
{
    if (!m_then.empty()) {
        const std::uint32_t sequence = sequenceOf(row);
        const auto then = std::lower_bound(m_then.begin(), m_then.end(), sequence, Then::isBefore);
        if (then != m_then.end() && then->sequence == sequence)
            return then->state;
    }
    return m_rows[std::size_t(row)].state;
}

std::size_t OrdersModel::memory() const
{
    constexpr std::size_t bytes_a_place = 8; // Of a PositionTable, at most half full.
    return m_rows.size() * sizeof(Row) + std::bit_ceil(2 * m_rows.size() + 1) * bytes_a_place
           + m_then.capacity() * sizeof(Then);
}

int OrdersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_shown);
}

int OrdersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

} // namespace orderlab::ui
