#include "journal/world_state.h"

#include "domain/group_name.h"
#include "domain/group_roles.h"

#include <limits>

namespace orderlab {

namespace {

constexpr std::size_t topics_max = 256;
constexpr std::size_t groups_max = 256;
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
    case EntryKind::RedisAway:
    case EntryKind::RedisBack:
    case EntryKind::RedisLooked: applyToRedis(entry); break;
    default: break;
    }
}

void WorldState::applyToRedis(const Entry& entry)
{
    m_redis.is_used = true;
    if (entry.kind != EntryKind::RedisLooked) {
        m_redis.is_away = entry.kind == EntryKind::RedisAway;
        return;
    }
    const std::string_view answer = m_names->text(entry.detail);
    const std::pair<std::string_view, std::int64_t RedisState::*> counters[] = {
        {"hit", &RedisState::hits},
        {"miss", &RedisState::misses},
        {"unanswered", &RedisState::unanswered},
        {"forgotten", &RedisState::forgotten},
        {"unconfirmed", &RedisState::unconfirmed}};
    for (const auto& [name, counter] : counters) {
        if (answer == name)
            m_redis.*counter += std::max(entry.value, 0);
    }
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
           && m_disturbances == other.m_disturbances && m_redis == other.m_redis && m_groups == other.m_groups
           && m_group_works == other.m_group_works && m_time_us == other.m_time_us
           && m_entries_applied == other.m_entries_applied && m_entries_missed == other.m_entries_missed;
}

bool WorldState::isQuiet() const
{
    if (m_totals.in_flight > 0 || m_totals.outboxWaiting() > 0)
        return false;
    for (const GroupWork& work : m_group_works) {
        if (!work.inWork().isEmpty())
            return false;
    }
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
