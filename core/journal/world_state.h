#pragma once
#include "domain/event.h"
#include "journal/names.h"

#include <array>
#include <span>
#include <unordered_map>
#include <vector>

namespace orderlab {

/// An order as the journal tells it.
struct OrderState {
    OrderId id;
    std::int64_t accepted_us = 0;
    std::int64_t updated_us = 0; ///< Of the last entry about it.
    std::int64_t amount_minor = 0;
    NameId user = 0;
    NameId currency = 0;
    OrderStatus status = OrderStatus::Created;
    std::uint8_t attempts_failed = 0; ///< Saturates at 255, as the next two.
    std::uint8_t duplicates_skipped = 0;
    std::uint8_t dead_letters = 0;

    bool operator==(const OrderState&) const = default;
};

/// accepted = paid + failed + canceled + dead_lettered + in_flight, at every moment: an order that is not final counts
/// as dead_lettered when one of its events is, else as in_flight.
struct Totals {
    std::int64_t accepted = 0, paid = 0, failed = 0, canceled = 0, dead_lettered = 0, in_flight = 0;
    std::int64_t emitted = 0, published = 0, deliveries = 0, handled = 0, attempts_failed = 0, retries = 0,
                 duplicates_skipped = 0, dead_letters = 0, charges = 0, refunds = 0, notifications = 0;

    bool operator==(const Totals&) const = default;
    std::int64_t outboxWaiting() const { return emitted - published; } ///< At most this many rows wait for the relay.
};

/// What a member of a group is doing.
enum class MemberActivity : std::uint8_t {
    Idle,     ///< Waits for events.
    Busy,     ///< Handles one.
    Retrying, ///< Waits for the next attempt of one that failed.
    Paused,   ///< Waits for infrastructure.
};

struct MemberState {
    NameId name = 0;
    MemberActivity activity = MemberActivity::Idle;
    std::uint8_t attempt = 0;   ///< Of what it handles, or will try next.
    NameId topic = 0;           ///< Of what it handles.
    OrderId order;              ///< Of what it handles.
    std::int64_t since_us = 0;  ///< Of the last change of activity.
    std::int64_t next_attempt_us = 0; ///< While Retrying.
    NameId error = 0;           ///< Of the last failed attempt.
    std::int64_t handled = 0;

    bool operator==(const MemberState&) const = default;
};

/// A group's place in one partition.
struct GroupPartitionState {
    NameId topic = 0;
    std::uint16_t partition = 0;
    NameId member = 0; ///< 0: nobody has it.
    std::int64_t committed = 0;
    std::int64_t delivered = 0; ///< One past the last delivered offset.
    std::int64_t last_commit_us = 0;

    bool operator==(const GroupPartitionState&) const = default;
};

struct GroupState {
    NameId name = 0;
    std::vector<MemberState> members;                ///< In order of joining.
    std::vector<GroupPartitionState> partitions;     ///< By topic name, then number.
    std::int64_t handled = 0, attempts_failed = 0, duplicates_skipped = 0, dead_letters = 0;

    bool operator==(const GroupState&) const = default;
};

struct PartitionState {
    std::int64_t end = 0; ///< One past the last published offset.
    bool operator==(const PartitionState&) const = default;
};
struct TopicState {
    NameId name = 0;
    std::vector<PartitionState> partitions;
    std::int64_t published = 0;
    bool operator==(const TopicState&) const = default;
};

/// The state of the whole system as a fold of journal entries: what the screen shows, live and in replay alike.
/// A value: copying it makes a keyframe. One thread at a time. `names` is the table of the journal or recording that
/// the entries come from and must outlive it.
///
/// Memory is bounded: past `orders_max` the order that became final longest ago is forgotten (totals still count it).
class WorldState {
public:
    explicit WorldState(const Names& names, std::size_t orders_max = 200'000);

    void apply(const Entry& entry);
    void apply(std::span<const Entry> entries);

    const Totals& totals() const { return m_totals; }
    /// In order of acceptance.
    const std::vector<OrderState>& orders() const { return m_orders; }
    /// Null when unknown or forgotten.
    const OrderState* findOrder(OrderId id) const;
    /// Orders that were forgotten to stay within the bound.
    std::uint64_t ordersForgotten() const { return m_orders_forgotten; }
    const std::vector<TopicState>& topics() const { return m_topics; }
    const std::vector<GroupState>& groups() const { return m_groups; }
    const GroupState* findGroup(NameId name) const;
    const TopicState* findTopic(NameId name) const;
    std::int64_t timeUs() const { return m_time_us; } ///< Of the last entry; 0 before the first.
    std::uint64_t entriesApplied() const { return m_entries_applied; }
    std::uint64_t entriesMissed() const { return m_entries_missed; }
    const Names& names() const { return *m_names; }

    bool operator==(const WorldState&) const;

private:
    const Names* m_names;
    std::size_t m_orders_max;
    Totals m_totals;
    std::vector<OrderState> m_orders;
    std::uint64_t m_orders_forgotten = 0;
    std::vector<TopicState> m_topics;
    std::vector<GroupState> m_groups;
    std::int64_t m_time_us = 0;
    std::uint64_t m_entries_applied = 0;
    std::uint64_t m_entries_missed = 0;
};

} // namespace orderlab
