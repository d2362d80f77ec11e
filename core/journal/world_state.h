#pragma once
#include "domain/event.h"
#include "journal/disturbances.h"
#include "journal/events_in_work.h"
#include "journal/names.h"
#include "journal/position_table.h"

#include <algorithm>
#include <span>
#include <vector>

namespace orderlab {

/// An order as the journal tells it.
struct OrderState {
    OrderId id;
    std::int64_t accepted_us = 0;
    std::int64_t updated_us = 0; ///< Of the latest entry about it.
    std::int64_t final_us = 0;   ///< When it became paid, failed or canceled; 0 before.
    std::int64_t amount_minor = 0;
    NameId user = 0;
    NameId currency = 0;
    OrderStatus status = OrderStatus::Created;
    std::uint8_t attempts_failed = 0; ///< Saturates at 255, as the next two.
    std::uint8_t duplicates_skipped = 0;
    std::uint8_t dead_letters = 0; ///< That wait for a person, or were discarded.

    bool operator==(const OrderState&) const = default;
};

/// accepted = paid + failed + canceled + dead_lettered + in_flight, at every moment: an order that is not final counts
/// as dead_lettered when one of its events is (waiting, or discarded), else as in_flight; a dead letter that is
/// replayed puts it back there.
struct Totals {
    std::int64_t accepted = 0, paid = 0, failed = 0, canceled = 0, dead_lettered = 0, in_flight = 0;
    std::int64_t emitted = 0, published = 0, deliveries = 0, handled = 0, attempts_failed = 0, retries = 0,
                 duplicates_skipped = 0, dead_letters = 0, charges = 0, refunds = 0, notifications = 0;

    bool operator==(const Totals&) const = default;
    /// At most this many rows wait for the relay. Never below 0: an event may be published before the thread that
    /// emitted it has said so, and twice when the relay dies between publishing and marking.
    std::int64_t outboxWaiting() const { return std::max<std::int64_t>(emitted - published, 0); }
};

/// First looks into Redis by their answers, as counted by RedisLooked; all 0 while Redis is not used.
struct RedisState {
    std::int64_t hits = 0, misses = 0, unanswered = 0;
    std::int64_t forgotten = 0;   ///< Of the misses: the store knew.
    std::int64_t unconfirmed = 0; ///< Of the hits: the store did not know.
    bool is_away = false;
    bool is_used = false; ///< Some entry has told of it.

    bool operator==(const RedisState&) const = default;
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
    std::uint8_t attempt = 0;         ///< Of what it handles, or will try next.
    NameId topic = 0;                 ///< Of what it handles.
    OrderId order;                    ///< Of what it handles.
    std::int64_t since_us = 0;        ///< Of the last change of activity.
    std::int64_t next_attempt_us = 0; ///< While Retrying.
    NameId error = 0;                 ///< Of the last failed attempt or pause.
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
    std::vector<MemberState> members;            ///< In order of joining.
    std::vector<GroupPartitionState> partitions; ///< By topic name, then number.
    std::int64_t handled = 0, attempts_failed = 0, duplicates_skipped = 0, dead_letters = 0;
    std::int64_t parked = 0; ///< Events that wait in the retry topic, or are tried from there.

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

/// What a group's members are seen to do: the part of the fold behind MemberState and GroupPartitionState. A member
/// handles several partitions at once and shows one; a partition's events are handled one after the other, and the
/// latest news of them are shown. Which events are in work is not decided here: inWork() counts each.
class GroupWork {
public:
    void apply(GroupState& group, const Entry& entry, const Names& names);
    const EventsInWork& inWork() const { return m_in_work; }
    bool operator==(const GroupWork&) const;

private:
    /// What is in hand from one partition; lies beside GroupState::partitions.
    struct Work {
        MemberActivity activity = MemberActivity::Idle;
        bool is_open = false; ///< An event is delivered and not settled.
        std::uint8_t attempt = 0;
        NameId member = 0;
        NameId error = 0;
        OrderId order;
        std::int64_t next_attempt_us = 0;
        bool operator==(const Work&) const = default;
    };
    /// Lies beside GroupState::members.
    struct Member {
        std::uint32_t active = 0;                  ///< Partitions with an activity other than Idle.
        std::uint32_t shown = PositionTable::npos; ///< The partition that MemberState tells of.
        bool operator==(const Member&) const = default;
    };

    std::uint32_t findMember(const GroupState& group, NameId name) const;
    std::uint32_t memberAt(GroupState& group, NameId name);
    std::uint32_t partitionAt(GroupState& group, const Entry& entry, const Names& names);
    std::uint32_t insertPartition(GroupState& group, const Entry& entry, const Names& names);
    void deliver(GroupState& group, std::uint32_t partition, const Entry& entry);
    void fail(GroupState& group, const Entry& entry);
    void keep(GroupState& group, std::uint32_t partition, const Entry& entry);
    void settle(GroupState& group, std::uint32_t partition, const Entry& entry, EventProgress::Outcome outcome);
    void pauseOrResume(GroupState& group, std::uint32_t partition, const Entry& entry);
    void crash(GroupState& group, const Entry& entry);
    void leave(GroupState& group, const Entry& entry);
    void setActivity(GroupState& group, std::uint32_t partition, MemberActivity activity, std::int64_t now_us);
    void show(GroupState& group, std::uint32_t member, std::int64_t now_us);

    std::vector<Work> m_works;
    std::vector<Member> m_members;
    PositionTable m_member_index;
    PositionTable m_partition_index;
    EventsInWork m_in_work;
};

/// The state of the whole system as a fold of journal entries: what the screen shows, live and in replay alike.
/// A value: copying it makes a keyframe (a few block copies). One thread at a time. `names` is the table of the journal
/// or recording that the entries come from and must outlive it.
///
/// Entries of different threads may come in any order: nothing here needs a cause before its effect. An order is known
/// from the first entry about it on, and counts as accepted from then on, as it must have been; so the totals add up in
/// a recording that begins in the middle, too.
///
/// Memory is bounded: at `orders_max` the eighth that became final longest ago is forgotten at once, which costs a
/// constant time an order (totals still count them). Orders that are not final go, oldest first, only when there are
/// too few final ones. At most 65,536 dead letters are told apart; beyond them a letter that is given up twice counts
/// twice. At most 256 topics, 256 groups, 1,024 members and 4,096 partitions a group are told apart. Events in work:
/// see EventsInWork.
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
    /// Dead letters that wait for a person: neither replayed nor discarded since.
    std::int64_t deadLettersWaiting() const { return m_letters_waiting; }
    /// Orders that were forgotten to stay within the bound.
    std::uint64_t ordersForgotten() const { return m_orders_forgotten; }
    const std::vector<TopicState>& topics() const { return m_topics; }
    const std::vector<GroupState>& groups() const { return m_groups; }
    const GroupState* findGroup(NameId name) const;
    const TopicState* findTopic(NameId name) const;
    /// What is broken, and where faults strike.
    const Disturbances& disturbances() const { return m_disturbances; }
    /// The database as its callers find it: away by the fault plan, or because work has paused for want of it.
    ServiceState database(std::int64_t now_us) const;
    ServiceState broker(std::int64_t now_us) const { return m_disturbances.broker(now_us); }
    const RedisState& redis() const { return m_redis; }
    /// Nothing is under way: every order is final or dead-lettered, every group has committed all that was published,
    /// and none has an event in work.
    bool isQuiet() const;
    std::uint64_t entriesApplied() const { return m_entries_applied; }
    std::uint64_t entriesMissed() const { return m_entries_missed; }
    const Names& names() const { return *m_names; }

    /// Puts orders and dead letters, which are nearly all of a state, into few bytes at the end of `out` (about 30 for
    /// an order instead of 80), and returns the rest: nothing may be asked of it before it is given the same bytes by
    /// unpack(). The form is of this program only. False: `bytes` are not of this state.
    WorldState packed(std::string& out);
    bool unpack(std::string_view bytes);

    /// Equal in everything shown and in how further entries fold. Names are compared by number.
    bool operator==(const WorldState&) const;

private:
    /// A dead letter: one a group and event.
    struct Letter {
        Uuid event;
        NameId group = 0;
        bool is_waiting = false;
        bool is_discarded = false;
        std::int64_t time_us = 0; ///< Of the latest entry about it: an older one that comes later tells no news.
        bool operator==(const Letter&) const = default;
    };
    /// Positions in a vector by the name of what is there; a name's number is small, so this is one look.
    using NameIndex = std::vector<std::uint16_t>;

    std::uint32_t orderAt(const Entry& entry);
    void applyToOrder(const Entry& entry);
    void acceptOrder(OrderState& order, const Entry& entry);
    void changeStatus(OrderState& order, OrderStatus status, std::int64_t time_us);
    void applyLetter(OrderState& order, const Entry& entry);
    static std::uint64_t letterHash(const Uuid& event, NameId group)
    {
        return hashValue(event) ^ (std::uint64_t(group) * 0x9e3779b97f4a7c15ull);
    }
    std::uint32_t letterAt(const Entry& entry);
    void discardLetter(const Entry& entry);
    std::uint32_t findLetter(const Entry& entry) const;
    void forgetReplayedLetters();
    void settleForgotten(OrderStatus status);
    void forgetOrders();
    std::int64_t& bucketOf(const OrderState& order);
    void countEntry(const Entry& entry);
    void applyToTopic(const Entry& entry);
    void applyToRedis(const Entry& entry);
    void forgetOffsets();
    void forgetOffsets(NameId topic, std::uint16_t partition);
    void applyToGroup(const Entry& entry);
    /// -1 when the name is no status.
    int statusOf(NameId name);

    const Names* m_names;
    std::size_t m_orders_max;
    Totals m_totals;
    std::vector<OrderState> m_orders;
    PositionTable m_order_index;
    std::uint64_t m_orders_forgotten = 0;
    std::int64_t m_in_flight_forgotten = 0;     ///< Of those forgotten: still counted as in flight…
    std::int64_t m_dead_lettered_forgotten = 0; ///< …and as dead-lettered.
    std::vector<Letter> m_letters;
    PositionTable m_letter_index;
    std::int64_t m_letters_waiting = 0;
    std::vector<TopicState> m_topics;
    NameIndex m_topic_index;
    std::vector<GroupState> m_groups;
    std::vector<GroupWork> m_group_works; ///< Beside m_groups.
    NameIndex m_group_index;
    Disturbances m_disturbances;
    RedisState m_redis;
    std::vector<std::int8_t> m_status_cache; ///< By NameId: -2 not looked up yet.
    std::int64_t m_time_us = 0;              ///< Of the latest entry; 0 before the first.
    std::uint64_t m_entries_applied = 0;
    std::uint64_t m_entries_missed = 0;
};

} // namespace orderlab
