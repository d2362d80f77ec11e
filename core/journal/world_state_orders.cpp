#include "journal/world_state.h"

#include <numeric>

namespace orderlab {

// What becomes of orders, and of their dead letters.

namespace {

constexpr std::size_t letters_max = 65'536;

void increment(std::uint8_t& saturating)
{
    if (saturating != 255)
        ++saturating;
}

} // namespace

std::int64_t& WorldState::bucketOf(const OrderState& order)
{
    switch (order.status) {
    case OrderStatus::Paid: return m_totals.paid;
    case OrderStatus::Failed: return m_totals.failed;
    case OrderStatus::Canceled: return m_totals.canceled;
    case OrderStatus::Created: break;
    }
    return order.dead_letters > 0 ? m_totals.dead_lettered : m_totals.in_flight;
}

/// The position of the order that `entry` is about; npos where it is one of those forgotten.
std::uint32_t WorldState::orderAt(const Entry& entry)
{
    const std::uint64_t hash = hashValue(entry.order);
    const std::uint32_t found =
        m_order_index.find(hash, [&](std::uint32_t at) { return m_orders[at].id == entry.order; });
    if (found != PositionTable::npos)
        return found;
    // Until something was forgotten, an unknown order is one whose acceptance is not in the journal, or not yet. Later
    // only what opens an order does, or what settles one that is not among those forgotten.
    const bool settles_unknown = entry.kind == EntryKind::StatusChanged && statusOf(entry.detail) >= 0
                                 && m_in_flight_forgotten + m_dead_lettered_forgotten == 0;
    if (m_orders_forgotten > 0 && entry.kind != EntryKind::OrderAccepted && !settles_unknown)
        return PositionTable::npos;
    if (m_orders.size() >= m_orders_max)
        forgetOrders();
    OrderState order;
    order.id = OrderId{entry.order};
    order.accepted_us = order.updated_us = entry.time_us;
    const auto position = std::uint32_t(m_orders.size());
    m_orders.push_back(order);
    m_order_index.insert(hash, position);
    ++m_totals.accepted;
    ++m_totals.in_flight;
    return position;
}

void WorldState::applyToOrder(const Entry& entry)
{
    const std::uint32_t position = orderAt(entry);
    if (position == PositionTable::npos) {
        if (entry.kind == EntryKind::StatusChanged && statusOf(entry.detail) >= 0)
            settleForgotten(OrderStatus(statusOf(entry.detail)));
        return;
    }
    OrderState& order = m_orders[position];
    order.updated_us = std::max(order.updated_us, entry.time_us);
    switch (entry.kind) {
    case EntryKind::OrderAccepted: acceptOrder(order, entry); break;
    case EntryKind::StatusChanged:
        if (const int status = statusOf(entry.detail); status >= 0)
            changeStatus(order, OrderStatus(status), entry.time_us);
        break;
    case EntryKind::AttemptFailed: increment(order.attempts_failed); break;
    case EntryKind::DuplicateSkipped: increment(order.duplicates_skipped); break;
    case EntryKind::DeadLettered:
    case EntryKind::DeadLetterReplayed: applyLetter(order, entry); break;
    case EntryKind::DeadLetterDiscarded: discardLetter(entry); break;
    default: break;
    }
}

void WorldState::acceptOrder(OrderState& order, const Entry& entry)
{
    order.accepted_us = entry.time_us;
    order.amount_minor = entry.value;
    order.user = entry.actor;
    order.currency = entry.detail;
}

/// Follows the row, also where it makes a move that is not legal: showing that is what the lab is for.
void WorldState::changeStatus(OrderState& order, OrderStatus status, std::int64_t time_us)
{
    --bucketOf(order);
    order.status = status;
    ++bucketOf(order);
    order.final_us = isFinal(status) ? time_us : 0;
}

/// Given up, or given back to its group. Told by different threads: a replay may be heard of after the failure that
/// followed it.
void WorldState::applyLetter(OrderState& order, const Entry& entry)
{
    const bool waits = entry.kind == EntryKind::DeadLettered;
    if (const std::uint32_t at = letterAt(entry); at != PositionTable::npos) {
        Letter& letter = m_letters[at];
        const bool is_news = entry.time_us >= letter.time_us && letter.is_waiting != waits;
        letter.time_us = std::max(letter.time_us, entry.time_us);
        if (!is_news)
            return;
        m_letters_waiting += letter.is_discarded ? 0 : int(waits) - int(letter.is_waiting);
        letter.is_waiting = waits;
    }
    --bucketOf(order);
    if (waits)
        increment(order.dead_letters);
    else if (order.dead_letters > 0)
        --order.dead_letters;
    ++bucketOf(order);
}

/// The order counts as dead-lettered still; only nobody has to decide about it any more.
void WorldState::discardLetter(const Entry& entry)
{
    const std::uint32_t at = findLetter(entry);
    if (at == PositionTable::npos || m_letters[at].is_discarded)
        return;
    m_letters_waiting -= m_letters[at].is_waiting;
    m_letters[at].is_discarded = true;
}

std::uint32_t WorldState::findLetter(const Entry& entry) const
{
    return m_letter_index.find(letterHash(entry.event, entry.group), [&](std::uint32_t at) {
        return m_letters[at].event == entry.event && m_letters[at].group == entry.group;
    });
}

/// npos where it cannot be told from others.
std::uint32_t WorldState::letterAt(const Entry& entry)
{
    if (entry.event.isNull())
        return PositionTable::npos;
    const std::uint64_t hash = letterHash(entry.event, entry.group);
    const std::uint32_t found = findLetter(entry);
    if (found != PositionTable::npos)
        return found;
    if (m_letters.size() >= letters_max)
        forgetReplayedLetters();
    if (m_letters.size() >= letters_max)
        return PositionTable::npos;
    // A letter that is replayed here for the first time was given up before the journal began, or waits already.
    Letter letter;
    letter.event = entry.event;
    letter.group = entry.group;
    letter.is_waiting = entry.kind == EntryKind::DeadLetterReplayed;
    m_letters_waiting += letter.is_waiting;
    letter.time_us = entry.time_us;
    m_letters.push_back(letter);
    m_letter_index.insert(hash, std::uint32_t(m_letters.size() - 1));
    return std::uint32_t(m_letters.size() - 1);
}

void WorldState::forgetReplayedLetters()
{
    std::erase_if(m_letters, [](const Letter& letter) { return !letter.is_waiting; });
    m_letter_index.clear();
    for (std::uint32_t at = 0; at < m_letters.size(); ++at) {
        m_letter_index.insert(letterHash(m_letters[at].event, m_letters[at].group), at);
    }
}

/// An order that was forgotten before it was final has become so.
void WorldState::settleForgotten(OrderStatus status)
{
    if (!isFinal(status))
        return;
    if (m_in_flight_forgotten > 0) {
        --m_in_flight_forgotten;
        --m_totals.in_flight;
    } else {
        --m_dead_lettered_forgotten;
        --m_totals.dead_lettered;
    }
    OrderState settled;
    settled.status = status;
    ++bucketOf(settled);
}

/// Forgets an eighth of the orders: the final ones that became so longest ago, then the oldest others.
void WorldState::forgetOrders()
{
    const std::size_t count = std::max<std::size_t>(m_orders_max / 8, 1);
    std::vector<std::uint32_t> candidates(m_orders.size());
    std::iota(candidates.begin(), candidates.end(), 0u);
    const auto goes_first = [&](std::uint32_t a, std::uint32_t b) {
        const OrderState &left = m_orders[a], &right = m_orders[b];
        if (isFinal(left.status) != isFinal(right.status))
            return isFinal(left.status);
        if (left.final_us != right.final_us)
            return left.final_us < right.final_us;
        return a < b;
    };
    const auto end = candidates.begin() + std::ptrdiff_t(count);
    std::nth_element(candidates.begin(), end, candidates.end(), goes_first);
    std::vector<bool> goes(m_orders.size());
    for (auto at = candidates.begin(); at != end; ++at) {
        goes[*at] = true;
        const std::int64_t& bucket = bucketOf(m_orders[*at]);
        m_in_flight_forgotten += &bucket == &m_totals.in_flight;
        m_dead_lettered_forgotten += &bucket == &m_totals.dead_lettered;
    }
    m_order_index.clear();
    std::uint32_t kept = 0;
    for (std::size_t i = 0; i < goes.size(); ++i) {
        if (goes[i])
            continue;
        m_orders[kept] = m_orders[i];
        m_order_index.insert(hashValue(m_orders[kept].id), kept);
        ++kept;
    }
    m_orders.resize(kept);
    m_orders_forgotten += count;
}

int WorldState::statusOf(NameId name)
{
    if (m_status_cache.size() <= name)
        m_status_cache.resize(std::size_t(name) + 1, -2);
    if (m_status_cache[name] == -2) {
        const auto status = orderStatusOf(m_names->text(name));
        m_status_cache[name] = status ? std::int8_t(*status) : std::int8_t(-1);
    }
    return m_status_cache[name];
}

const OrderState* WorldState::findOrder(OrderId id) const
{
    const auto at = m_order_index.find(hashValue(id), [&](std::uint32_t i) { return m_orders[i].id == id; });
    return at == PositionTable::npos ? nullptr : &m_orders[at];
}

} // namespace orderlab
