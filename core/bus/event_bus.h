#pragma once
#include "base/time.h"
#include "bus/broker_faults.h"
#include "bus/topic_browser.h"
#include "domain/log_extent.h"
#include "runtime/task.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>

namespace orderlab {

/// One partition of one topic.
struct TopicPartition {
    EventType topic = EventType::OrderCreated;
    std::uint16_t partition = 0;
    auto operator<=>(const TopicPartition&) const = default;
};

/// The position of an event in the log.
struct Position {
    TopicPartition where;
    std::int64_t offset = 0;
    bool operator==(const Position&) const = default;
};

/// Consecutive events of one partition. `owner` keeps the events alive; they are immutable.
struct DeliveryBatch {
    TopicPartition where;
    std::int64_t first_offset = 0;
    std::span<const Event> events;
    std::shared_ptr<const void> owner;

    std::int64_t endOffset() const { return first_offset + std::int64_t(events.size()); }
};

/// When a member gets the next events of a partition.
enum class InFlight : std::uint8_t {
    UntilCommitted, ///< After commit() or seek() was called for all events that were delivered of the partition.
    Unlimited,      ///< At once, whatever is committed, as with Kafka's own consumers.
};

struct SubscribeOptions {
    std::string group;
    std::string member; ///< Unique in the group.
    std::vector<EventType> topics;
    InFlight in_flight = InFlight::UntilCommitted;
    /// A member that has events in hand and gives no sign of life (poll(), commit(), seek(), keepAlive()) for so long
    /// hangs: it is removed from the group, as by Kafka's max.poll.interval.ms, and its partitions are assigned to
    /// others.
    Duration session_timeout{std::chrono::seconds{10}};
};

/// One member of a consumer group. Any thread; several coroutines may poll at once and get different partitions.
class Consumer {
public:
    virtual ~Consumer() = default;

    /// Waits for events on any partition assigned to this member and returns up to `max` of one partition.
    /// Errors: Closed once this consumer or the bus is closed, or the member was removed from the group (it may
    /// subscribe again); Unavailable (Later). Cancellation loses no event; it may end with canceledError() instead of
    /// the exception.
    virtual Task<Result<DeliveryBatch>> poll(std::size_t max) = 0;
    /// The group will not see offsets below `next_offset` of the partition again.
    /// Errors: Conflict (Never) when the partition is no longer assigned to this member: its new owner gets the
    /// uncommitted events again; Unavailable (Later), Closed.
    virtual Task<Result<void>> commit(TopicPartition where, std::int64_t next_offset) = 0;
    /// The next delivery of the partition begins at `offset`, or at the nearest that is retained. Commits nothing.
    /// Errors: as commit().
    virtual Task<Result<void>> seek(TopicPartition where, std::int64_t offset) = 0;
    /// A sign of life from a member that works on one batch for long; see SubscribeOptions::session_timeout. Never
    /// blocks.
    virtual void keepAlive() = 0;
    /// No more deliveries: polls end with Closed. Commits still work until close(). Idempotent.
    virtual void drain() = 0;
    /// Leaves the group; polls end with Closed. Uncommitted events are delivered again to other members. Idempotent.
    virtual Task<void> close() = 0;
};

/// Where one group is in one partition.
struct PartitionStatus {
    TopicPartition where;
    std::string member;         ///< Empty: assigned to nobody.
    std::int64_t committed = 0; ///< The next offset that the group will handle.
    std::int64_t end = 0;       ///< One past the last event.
    std::int64_t earliest = 0;  ///< The first offset that is retained.
    /// When the first uncommitted event was appended; empty without a lag, or if it is not known.
    std::optional<TimePoint> waiting_since = {};
    /// Events that the group has yet to read. Those that the log has dropped do not count: the group continues with the
    /// first that is retained.
    std::int64_t lag() const { return end - std::max(isBeyondEnd() ? earliest : committed, earliest); }
    /// Events that the log dropped before the group had committed them.
    std::int64_t missed() const { return isBeyondEnd() ? 0 : std::max<std::int64_t>(0, earliest - committed); }
    /// The log is not the one that the offset was committed in, or has lost its end: the group begins with the first
    /// event.
    bool isBeyondEnd() const { return committed > end; }
};
struct GroupStatus {
    std::string group;
    std::vector<std::string> members;
    std::vector<PartitionStatus> partitions;
    /// Some members use Kafka's consumer protocol (KIP-848), which this client cannot describe: `members` lists only
    /// those of this process.
    bool has_unknown_members = false;
};

/// Where a group shall continue.
enum class OffsetTarget : std::uint8_t {
    Earliest, ///< At the first event that is retained.
    Latest,   ///< At the end: with events that are appended from now on.
    Offset,   ///< At GroupReset::offset, or the nearest that is retained.
    Time,     ///< At the first event that was appended at GroupReset::time or later.
};
struct GroupReset {
    std::string group;
    OffsetTarget target = OffsetTarget::Earliest;
    std::int64_t offset = 0;
    TimePoint time;
    std::optional<EventType> topic;         ///< Only this topic; empty: all that the group has read.
    std::optional<std::uint16_t> partition; ///< Only this partition of each topic.
    bool dry_run = false;                   ///< Changes nothing; only returns what it would do.
    bool while_active = false;              ///< Of a dry run: also while the group has members, who go on meanwhile.
};
/// What a reset does to one partition.
struct OffsetChange {
    TopicPartition where;
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t end = 0;
    /// Events that the group would see again; negative: events that it would skip.
    std::int64_t seenAgain() const { return from - to; }
    bool operator==(const OffsetChange&) const = default;
};

/// What one group has taken over from another.
struct OffsetsTaken {
    std::size_t partitions = 0;            ///< 0: there was nothing to take over.
    std::vector<std::string> still_active; ///< Members that the old group still has.
};

/// A dead letter as it is published for other programs.
struct DeadLetterNotice {
    Uuid id; ///< Of the dead letter; the same each time the group gives the event up.
    std::string group;
    Event event;     ///< Or a record that is none of ours.
    Position source; ///< Where it was delivered from.
    std::int32_t attempts = 0;
    ErrorCode code = ErrorCode::Internal; ///< The last attempt's, as is the next.
    std::string error;
    TimePoint given_up_at;
};

/// A log with Kafka's model: a topic an event type, partitions by key (the order's id), append only, offsets, consumer
/// groups. Delivery is at least once: what a group has not committed is delivered again. Any thread.
class EventBus {
public:
    virtual ~EventBus() = default;

    /// Appends the events, those of one partition in the given order, and resolves once the log has them all; the
    /// caller keeps them alive until then. The journal gets an EventPublished entry for each. Waits while a partition
    /// is full (an event that a group has not committed is never dropped). One that could not be decoded is appended
    /// as the record that it was.
    /// Errors: Unavailable (Later), Closed (Never). An error says nothing about which events were appended: publishing
    /// the same events again is safe, as consumers know events by their id.
    virtual Task<Result<std::vector<Position>>> publish(std::span<const Event> events) = 0;
    /// Whether the log has a topic of dead letters, because other programs can read it.
    virtual bool hasDeadLetterTopic() const = 0;
    /// Appends the dead letters to that topic, which no group reads here, and resolves once the log has them all.
    /// Publishing one again is harmless. Errors: Unavailable (Later), Closed (Never); Rejected (Never) if there is no
    /// such topic.
    virtual Task<Result<void>> publishDeadLetters(std::span<const DeadLetterNotice> letters) = 0;
    /// Joins a group. A new group starts at the oldest retained offset.
    /// Errors: AlreadyExists when the member's name is taken; Unavailable (Later), Closed.
    virtual Task<Result<std::shared_ptr<Consumer>>> subscribe(SubscribeOptions options) = 0;
    /// All groups that have read this bus's topics, in whatever process. Errors: Unavailable (Later), Closed.
    virtual Task<Result<std::vector<GroupStatus>>> groups() = 0;
    /// Moves a group's committed offsets and returns what it did, read back afterwards. Events that the group sees
    /// again are not handled twice as long as the inbox is on.
    /// Errors: NotFound for a group, topic or partition that it has not read; Conflict (Later) while it has members,
    /// which the message names (but see GroupReset::while_active); InvalidArgument for an offset below 0; Unavailable
    /// (Later), Closed.
    virtual Task<Result<std::vector<OffsetChange>>> resetGroup(GroupReset reset) = 0;
    /// The first and last offset of each partition. `last`: what was found before, maybe by another process or run. A
    /// missing topic is created again. If a partition is another log than in `last`, its generation is one higher, and
    /// the members of this process read it from its start. Empty for a log that never drops an event that a group has
    /// yet to read.
    /// Errors: Unavailable (Later), Closed.
    virtual Task<Result<std::vector<LogExtent>>> lookAtLog(std::vector<LogExtent> last)
    {
        (void)last;
        co_return std::vector<LogExtent>{};
    }
    /// For a group that has a new name: commits for `to` the offsets of `from`, unless `to` has committed something
    /// itself. The offsets of `from` stay. Errors: Unavailable (Later), Closed.
    virtual Task<Result<OffsetsTaken>> takeOffsets(std::string from, std::string to)
    {
        (void)from;
        (void)to;
        co_return OffsetsTaken{};
    }
    /// Ends all calls with Closed. Call it before the bus is destroyed. Idempotent; may be called concurrently.
    virtual Task<void> close() = 0;
    virtual std::uint16_t partitionCount() const = 0;
    /// Why the brokers cannot be reached, for people, whether or not anything is published. Empty: they answered the
    /// last question. When they go down, this is noticed within seconds. Never blocks.
    virtual std::string trouble() const { return {}; }
    /// Makes its brokers fail for real; null: it has no brokers.
    virtual std::shared_ptr<BrokerFaults> brokerFaults() const { return nullptr; }
    /// Looks into its topics record by record; null: it cannot be looked into. Never blocks.
    virtual std::shared_ptr<TopicBrowser> browser() const { return nullptr; }
    /// Which log this is, the same after a restart and in every process: "kafka <cluster id> <topic prefix>". Empty for
    /// a log that is lost with its process: events that were published to it and not handled must be published again.
    virtual std::string identity() const = 0;
    /// For people: "memory", "Kafka at localhost:9092". Never a secret.
    virtual std::string description() const = 0;
};

} // namespace orderlab
