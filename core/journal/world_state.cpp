#include "journal/world_state.h"

#include "domain/group_name.h"
#include "domain/group_roles.h"

#include <limits>
#include <numeric>

namespace orderlab {

namespace {

constexpr std::size_t topics_max = 256;
constexpr std::size_t groups_max = 256;
constexpr std::size_t letters_max = 65'536;
constexpr std::uint16_t no_position = 0xffff;
/// Entries ahead whose place in the order index is fetched from memory already.
constexpr std::size_t prefetch_distance = 8;

/// The element of `items` called `name`, made when it is new; null at the bound.
template <typename Item>
Item* itemAt(std::vector<Item>& items, std::vector<std::uint16_t>& index, NameId name, std::size_t items_max)
{
    if (name == 0)
        return nullptr;
    if (index.size() <= name)
        index.resize(std::size_t(name) + 1, no_position);
    if (index[name] == no_position) {
        if (items.size() == items_max)
            return nullptr;
        index[name] = std::uint16_t(items.size());
        items.emplace_back().name = name;
    }
    return &items[index[name]];
}

template <typename Item>
const Item* findItem(const std::vector<Item>& items, const std::vector<std::uint16_t>& index, NameId name)
{
    return name < index.size() && index[name] != no_position ? &items[index[name]] : nullptr;
}

std::uint64_t letterHash(const Uuid& event, NameId group)
{
    return hashValue(event) ^ (std::uint64_t(group) * 0x9e3779b97f4a7c15ull);
}

void increment(std::uint8_t& saturating)
{
    if (saturating != 255)
        ++saturating;
}

} // namespace

WorldState::WorldState(const Names& names, std::size_t orders_max)
    : m_names(&names), m_orders_max(std::clamp<std::size_t>(orders_max, 8, 100'000'000))
{}

void WorldState::apply(std::span<const Entry> entries)
{
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (i + prefetch_distance < entries.size())
            m_order_index.prefetch(hashValue(entries[i + prefetch_distance].order));
        apply(entries[i]);
    }
}

void WorldState::apply(const Entry& entry)
{
    ++m_entries_applied;
    m_time_us = std::max(m_time_us, entry.time_us);
    countEntry(entry);
    // A fault can strike an order that is then not accepted.
    if (!entry.order.isNull() && entry.kind != EntryKind::FaultInjected)
        applyToOrder(entry);
    if (entry.kind == EntryKind::BusSwitched)
        forgetOffsets();
    if (entry.kind == EntryKind::LogReplaced)
        forgetOffsets(entry.topic, entry.partition);
    applyToTopic(entry);
    m_disturbances.apply(entry, *m_names);
    // A fault tells whom it struck; that is no work of a group, and its names may be without prefix.
    if (entry.group != 0 && entry.kind != EntryKind::FaultInjected)
        applyToGroup(entry);
}

void WorldState::countEntry(const Entry& entry)
{
    switch (entry.kind) {
    case EntryKind::EventEmitted: ++m_totals.emitted; break;
    case EntryKind::EventPublished: ++m_totals.published; break;
    case EntryKind::EventDelivered: ++m_totals.deliveries; break;
    case EntryKind::EventHandled: ++m_totals.handled; break;
    case EntryKind::DuplicateSkipped: ++m_totals.duplicates_skipped; break;
    case EntryKind::AttemptFailed: ++m_totals.attempts_failed; break;
    case EntryKind::RetryScheduled: ++m_totals.retries; break;
    case EntryKind::DeadLettered: ++m_totals.dead_letters; break;
    case EntryKind::GatewayCharged: ++m_totals.charges; break;
    case EntryKind::GatewayRefunded: ++m_totals.refunds; break;
    case EntryKind::NotificationWritten: ++m_totals.notifications; break;
    case EntryKind::EntriesMissed: m_entries_missed += std::uint64_t(std::max(entry.value, 0)); break;
    default: break;
    }
}

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

/// Another log: its partitions begin anew.
void WorldState::forgetOffsets()
{
    for (TopicState& topic : m_topics)
        topic.partitions.clear();
    for (GroupState& group : m_groups) {
        for (GroupPartitionState& partition : group.partitions)
            partition.delivered = partition.committed = 0;
    }
}

void WorldState::forgetOffsets(NameId topic, std::uint16_t partition)
{
    for (TopicState& state : m_topics) {
        if (state.name == topic && partition < state.partitions.size())
            state.partitions[partition] = {};
    }
    for (GroupState& group : m_groups) {
        for (GroupPartitionState& state : group.partitions) {
            if (state.topic == topic && state.partition == partition)
                state.delivered = state.committed = 0;
        }
    }
}

void WorldState::applyToTopic(const Entry& entry)
{
    const bool published = entry.kind == EntryKind::EventPublished;
    const bool delivered = entry.kind == EntryKind::EventDelivered;
    if (!published && !delivered && entry.kind != EntryKind::OffsetCommitted)
        return;
    TopicState* topic = itemAt(m_topics, m_topic_index, entry.topic, topics_max);
    if (!topic)
        return;
    if (topic->partitions.size() <= entry.partition)
        topic->partitions.resize(std::size_t(entry.partition) + 1);
    topic->published += published;
    // What was delivered is in the log, even where the relay's own word comes later; so no lag is ever below 0.
    const bool has_event = (published || delivered) && entry.offset < std::numeric_limits<std::int64_t>::max();
    std::int64_t& end = topic->partitions[entry.partition].end;
    end = std::max(end, entry.offset + has_event);
}

void WorldState::applyToGroup(const Entry& entry)
{
    GroupState* group = itemAt(m_groups, m_group_index, entry.group, groups_max);
    if (!group)
        return;
    if (m_group_works.size() < m_groups.size())
        m_group_works.resize(m_groups.size());
    m_group_works[std::size_t(group - m_groups.data())].apply(*group, entry, *m_names);
}

const OrderState* WorldState::findOrder(OrderId id) const
{
    const auto at = m_order_index.find(hashValue(id), [&](std::uint32_t i) { return m_orders[i].id == id; });
    return at == PositionTable::npos ? nullptr : &m_orders[at];
}

const GroupState* WorldState::findGroup(NameId name) const
{
    return findItem(m_groups, m_group_index, name);
}

const TopicState* WorldState::findTopic(NameId name) const
{
    return findItem(m_topics, m_topic_index, name);
}

ServiceState WorldState::database(std::int64_t now_us) const
{
    ServiceState found = m_disturbances.database(now_us);
    if (found.is_away)
        return found;
    for (const GroupState& group : m_groups) {
        // Who pays also waits for the gateway.
        if (m_disturbances.circuit().is_open && isGroupNamed(m_names->text(group.name), group_roles.pays))
            continue;
        for (const MemberState& member : group.members) {
            if (member.activity == MemberActivity::Paused && (!found.is_away || member.since_us < found.since_us))
                found = {true, member.since_us, 0, member.error};
        }
    }
    return found;
}

bool WorldState::operator==(const WorldState& other) const
{
    return m_orders_max == other.m_orders_max && m_totals == other.m_totals && m_orders == other.m_orders
           && m_orders_forgotten == other.m_orders_forgotten && m_in_flight_forgotten == other.m_in_flight_forgotten
           && m_dead_lettered_forgotten == other.m_dead_lettered_forgotten && m_letters == other.m_letters
           && m_letters_waiting == other.m_letters_waiting && m_topics == other.m_topics
           && m_disturbances == other.m_disturbances && m_groups == other.m_groups
           && m_group_works == other.m_group_works && m_time_us == other.m_time_us
           && m_entries_applied == other.m_entries_applied && m_entries_missed == other.m_entries_missed;
}

bool WorldState::isQuiet() const
{
    if (m_totals.in_flight > 0 || m_totals.outboxWaiting() > 0)
        return false;
    for (const GroupState& group : groups()) {
        for (const GroupPartitionState& place : group.partitions) {
            const TopicState* topic = findTopic(place.topic);
            if (topic && place.partition < topic->partitions.size()
                && place.committed < topic->partitions[place.partition].end)
                return false;
        }
    }
    return true;
}

} // namespace orderlab
