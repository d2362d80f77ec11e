#pragma once
#include "base/time.h"
#include "bus/broker_faults.h"
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

/// Where the log has an event.
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

/// What a member may have in its hands.
enum class InFlight : std::uint8_t {
    UntilCommitted, ///< A partition is delivered on only after commit() (or seek()) was called for all that was delivered of it.
    Unlimited,      ///< Deliveries go on; commits follow when they may, as Kafka's consumers do.
};

struct SubscribeOptions {
    std::string group;
    std::string member; ///< Unique in the group.
    std::vector<EventType> topics;
    InFlight in_flight = InFlight::UntilCommitted;
    /// A member that has something in its hands and gives no sign of life (poll(), commit(), seek(), keepAlive()) for so
    /// long is put out of the group, as by Kafka's max.poll.interval.ms: it hangs, and others go on with its partitions.
    Duration session_timeout{std::chrono::seconds{10}};
};

/// One member of a consumer group. Any thread; several coroutines may poll at once and get different partitions.
class Consumer {
public:
    virtual ~Consumer() = default;

    /// Waits for events on any partition assigned to this member and returns up to `max` of one partition.
    /// Errors: Closed once this consumer or the bus is closed, or the member was put out of the group: it may subscribe
    /// anew; Unavailable (Later). Cancellation loses nothing; it may end with canceledError() instead of the exception.
    virtual Task<Result<DeliveryBatch>> poll(std::size_t max) = 0;
    /// The group will not see offsets below `next_offset` of the partition again.
    /// Errors: Conflict (Never) when the partition is no longer this member's: what was delivered will be delivered
    /// again to its new owner; Unavailable (Later), Closed.
    virtual Task<Result<void>> commit(TopicPartition where, std::int64_t next_offset) = 0;
    /// Delivery of the partition goes on at `offset` (bounded by what is retained). Commits nothing.
    virtual Task<Result<void>> seek(TopicPartition where, std::int64_t offset) = 0;
    /// A sign of life from a member that is busy with one batch for long on purpose; see SubscribeOptions::session_timeout.
    virtual void keepAlive() = 0;
    /// Delivers nothing more: polls end with Closed. Commits still work, until close(). Idempotent.
    virtual void drain() = 0;
    /// Leaves the group; polls end with Closed. What was not committed is delivered again to other members. Idempotent.
    virtual Task<void> close() = 0;
};

/// What one group knows about one partition.
struct PartitionStatus {
    TopicPartition where;
    std::string member; ///< Empty when nobody has it.
    std::int64_t committed = 0;
    std::int64_t end = 0;
    std::int64_t earliest = 0;
    /// When the log got the first event that is not committed; nothing without a lag, or when it is not known.
    std::optional<TimePoint> waiting_since = {};
    /// What the group has yet to read. Of what the log no longer has, nothing: it goes on with the first that is there.
    std::int64_t lag() const { return end - std::max(isBeyondEnd() ? earliest : committed, earliest); }
    /// Events that the log dropped before the group had committed them.
    std::int64_t missed() const { return isBeyondEnd() ? 0 : std::max<std::int64_t>(0, earliest - committed); }
    /// The log is another one than the offset was committed in, or has lost its end: the group begins with what is there.
    bool isBeyondEnd() const { return committed > end; }
};
struct GroupStatus {
    std::string group;
    std::vector<std::string> members;
    std::vector<PartitionStatus> partitions;
    /// Some member is of Kafka's consumer protocol (KIP-848), of which this client cannot ask: `members` are those here.
    bool has_unknown_members = false;
};

/// Where a group is to go on.
enum class OffsetTarget : std::uint8_t {
    Earliest, ///< With all that is retained.
    Latest,   ///< With what comes from now on.
    Offset,   ///< At GroupReset::offset, bounded by what is retained.
    Time,     ///< With the first event that the log got at GroupReset::time or later.
};
struct GroupReset {
    std::string group;
    OffsetTarget target = OffsetTarget::Earliest;
    std::int64_t offset = 0;
    TimePoint time;
    std::optional<EventType> topic;         ///< Only this topic; else all that the group has read.
    std::optional<std::uint16_t> partition; ///< Only this partition of each topic.
    bool dry_run = false;                   ///< Only tells what it would do.
};
/// What a reset does to one partition.
struct OffsetChange {
    TopicPartition where;
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t end = 0;
    /// Events that the group would see again; negative: that it would never see.
    std::int64_t seenAgain() const { return from - to; }
    bool operator==(const OffsetChange&) const = default;
};

/// What one group has taken over from another.
struct OffsetsTaken {
    std::size_t partitions = 0;            ///< 0: nothing was to be taken over.
    std::vector<std::string> still_active; ///< Members of the group before.
};

/// What other programs are told of an event that a group gave up on.
struct DeadLetterNotice {
    Uuid id;          ///< The letter's; the same each time the group gives the event up.
    std::string group;
    Event event;      ///< Or a record that is none of ours.
    Position source;  ///< Where it was delivered from.
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

    /// Appends the events, those of one partition in the order given, and resolves once the log has them all; the
    /// caller keeps them alive until then. The journal gets an EventPublished each.
    /// Waits while a partition is full (nothing that a group has not committed is ever dropped).
    /// Errors: Unavailable (Later), Closed (Never). An error says nothing about which events were appended: publishing
    /// the same events again is safe, as consumers know events by their id.
    virtual Task<Result<std::vector<Position>>> publish(std::span<const Event> events) = 0;
    /// Whether other programs can read this log, so that there is a topic for them with what was given up.
    virtual bool hasDeadLetterTopic() const = 0;
    /// Appends the notices to that topic, which no group reads here, and resolves once the log has them all. Publishing one
    /// again is harmless. Errors: Unavailable (Later), Closed (Never); Rejected (Never) where there is no such topic.
    virtual Task<Result<void>> publishDeadLetters(std::span<const DeadLetterNotice> letters) = 0;
    /// Joins a group. A group that is new starts at the oldest retained offset.
    /// Error: AlreadyExists when the member's name is taken.
    virtual Task<Result<std::shared_ptr<Consumer>>> subscribe(SubscribeOptions options) = 0;
    /// All groups that have read here, whoever runs them. Errors: Unavailable (Later), Closed.
    virtual Task<Result<std::vector<GroupStatus>>> groups() = 0;
    /// Moves a group's committed offsets and tells what it did, read back afterwards. What would be seen again is not
    /// done twice as long as the inbox is on.
    /// Errors: NotFound for a group, topic or partition that it has not read; Conflict (Later) while it has members,
    /// which the message names; InvalidArgument for an offset below 0; Unavailable (Later), Closed.
    virtual Task<Result<std::vector<OffsetChange>>> resetGroup(GroupReset reset) = 0;
    /// What the log has of each partition. `last`: what it was found to have before, maybe by another process or run. A topic
    /// that is gone is made again; where a partition is another log than in `last` its generation counts one more, and the
    /// members here begin it from its start. Empty for a log that drops nothing that a group has yet to read.
    /// Errors: Unavailable (Later), Closed.
    virtual Task<Result<std::vector<LogExtent>>> lookAtLog(std::vector<LogExtent> last)
    {
        (void)last;
        co_return std::vector<LogExtent>{};
    }
    /// For a group that is called otherwise from now on: where `to` has committed nothing here, what `from` has committed is
    /// committed for it. Nothing is taken from `from`. Errors: Unavailable (Later), Closed.
    virtual Task<Result<OffsetsTaken>> takeOffsets(std::string from, std::string to)
    {
        (void)from;
        (void)to;
        co_return OffsetsTaken{};
    }
    /// Ends everything with Closed; before the bus is dropped. Idempotent, and may be called many times at once.
    virtual Task<void> close() = 0;
    virtual std::uint16_t partitionCount() const = 0;
    /// Why its brokers cannot be reached, for people, whether or not anything is published. Empty: they could be the last time
    /// that they were asked, which is at most some seconds ago when they are lost. Never blocks.
    virtual std::string trouble() const { return {}; }
    /// What makes its brokers fail for real; null: it has none that can.
    virtual std::shared_ptr<BrokerFaults> brokerFaults() const { return nullptr; }
    /// Which log this is, the same after a restart and in every process: "kafka <cluster id> <topic prefix>".
    /// Empty for a log that is gone with its process: what was published to it and not done has to be published again.
    virtual std::string identity() const = 0;
    /// For people: "memory", "Kafka at localhost:9092". Never a secret.
    virtual std::string description() const = 0;
};

} // namespace orderlab
