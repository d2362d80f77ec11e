#pragma once
#include "domain/log_extent.h"
#include "store/transaction.h"
#include "store/upkeep.h"

#include <memory>

namespace orderlab {

/// Which topics a consumer group handles.
struct Subscription {
    std::string group; ///< As in inbox rows.
    std::vector<EventType> topics;
    std::string bus_group = {}; ///< As on the bus; empty: the same.

    const std::string& groupOnBus() const { return bus_group.empty() ? group : bus_group; }
};

/// Parked events that are due, and when there may be more.
struct ParkedClaim {
    std::vector<ParkedEvent> events; ///< Longest due first.
    std::optional<TimePoint> look_again; ///< Nothing: once this process has parked something.
};

/// Unpublished outbox rows that one relay holds; no other relay gets rows of the same orders until it lets go.
/// Destroying it lets go; the rows that were not marked come again.
class OutboxClaim {
public:
    virtual ~OutboxClaim() = default;
    /// In the order in which each order's events were emitted.
    virtual std::span<const Event> events() const = 0;
    /// Records that the log has them all: they come again only when the log loses them (Store::republishLost()).
    /// `offsets`: where, in the order of events(); empty when it is not known. Error: Unavailable (Later).
    virtual Task<Result<void>> markPublished(std::vector<LogOffset> offsets) = 0;
    Task<Result<void>> markPublished() { return markPublished({}); }
};

/// Published rows that the log no longer has.
struct LostRows {
    EventType topic = EventType::OrderCreated;
    std::uint16_t partition = 0;
    std::int64_t below = 0; ///< All that were published to offsets below.
    std::int64_t from = INT64_MAX; ///< And from this one on, where published before `published_before`: the log ends here.
    TimePoint published_before{};
};

/// One of them that is published again.
struct LostEvent {
    OrderId order;
    EventId event;
    std::int64_t offset = -1; ///< Where the log had it; -1: not known.
};

/// Dead letters that the log has yet to be told of, held by one relay. Holding them keeps nobody from replaying, discarding
/// or giving up again. Destroying it lets go; those that were not marked come again.
class DeadLetterClaim {
public:
    virtual ~DeadLetterClaim() = default;
    /// Longest given up first.
    virtual std::span<const DeadLetter> letters() const = 0;
    /// Records that the log has them all; one that was given up again meanwhile comes again. Error: Unavailable (Later).
    virtual Task<Result<void>> markPublished() = 0;
};

/// The gateway's own books, which are no part of our transactions: each call is durable by itself, on a connection of
/// its own.
class GatewayLedger {
public:
    virtual ~GatewayLedger() = default;
    /// Error: AlreadyExists (Never) for a charge under a payment key that has an entry of any kind; Unavailable (Later).
    virtual Task<Result<void>> append(LedgerEntry entry) = 0;
    /// All entries under a payment key that is not null, oldest first.
    virtual Task<Result<std::vector<LedgerEntry>>> find(Uuid payment_key) = 0;
    /// Number of entries of a kind.
    virtual Task<Result<std::int64_t>> count(LedgerEntry::Kind kind) = 0;
};

/// Where orders, outbox, inbox and effects are kept. Any thread. Memory and PostgreSQL implement it.
/// Every error of a store that is away is Unavailable with retry Later.
class Store {
public:
    virtual ~Store() = default;

    /// Never waits: a connection is taken at the first read or at commit.
    virtual std::unique_ptr<Transaction> begin() = 0;

    virtual Task<Result<std::optional<Order>>> findOrder(OrderId id) = 0;
    /// Error: InvalidArgument for a limit out of range or a cursor that is none of ours.
    virtual Task<Result<OrderPage>> findOrders(OrderQuery query) = 0;
    virtual Task<Result<std::optional<IdempotencyRecord>>> findAnswer(std::string key) = 0;
    virtual Task<Result<std::optional<DeadLetter>>> findDeadLetter(Uuid id) = 0;
    /// Error: InvalidArgument for a limit out of range or a cursor that is none of ours.
    virtual Task<Result<DeadLetterPage>> queryDeadLetters(DeadLetterQuery query) = 0;
    /// How many have the same cause, the most frequent first; at most 1,000 causes.
    virtual Task<Result<std::vector<DeadLetterCause>>> countDeadLetters(DeadLetterFilter filter) = 0;
    /// For each event whether `group` has done it, by its inbox.
    virtual Task<Result<std::vector<bool>>> findProcessed(std::string group, std::vector<EventId> events) = 0;
    virtual Task<Result<std::vector<Notification>>> findNotifications(OrderId order) = 0;
    virtual Task<Result<std::vector<AnalyticsBucket>>> findAnalytics() = 0;
    virtual Task<Result<StoreCounts>> counts() = 0;

    /// Up to `max` unpublished rows, or null when there are none that others do not hold.
    virtual Task<Result<std::unique_ptr<OutboxClaim>>> claimOutbox(std::size_t max) = 0;
    /// How many rows wait to be published; cheap.
    virtual Task<Result<std::int64_t>> outboxBacklog() = 0;
    /// Resumes when there may be unpublished rows that nobody has claimed. May resume for nothing.
    virtual Task<Result<void>> waitForOutbox() = 0;

    /// `log`: the EventBus::identity() that is published to from here on. Unless the published rows are in that log:
    /// makes those unpublished again whose event some group has neither processed, nor parked, nor dead-lettered, and
    /// returns how many; of a replayed dead letter, the row that replays it. The inbox keeps the other groups from doing
    /// them twice. Call before relays and workers start.
    virtual Task<Result<std::int64_t>> republishUnprocessed(std::span<const Subscription> subscriptions, std::string log) = 0;

    /// The logs other than that of the last republishUnprocessed() that running processes publish this store's outbox to, each
    /// by a number. A process is known within a second or so of its call, and gone when its connections are.
    virtual Task<Result<std::vector<std::int64_t>>> otherLogs() = 0;

    /// Makes up to `max` (1 to 10,000) of the rows unpublished again whose event some group has neither processed, nor
    /// parked, nor dead-lettered; oldest first. Call until nothing is returned. Any time.
    virtual Task<Result<std::vector<LostEvent>>> republishLost(std::span<const Subscription> subscriptions, LostRows rows,
                                                               std::size_t max) = 0;
    /// What the log had when saveLogExtents() was last called, by any process, since it is in use. Empty for a store that
    /// keeps no published rows.
    virtual Task<Result<std::vector<LogExtent>>> logExtents() = 0;
    /// An extent of an older generation than the saved one changes nothing.
    virtual Task<Result<void>> saveLogExtents(std::vector<LogExtent> extents) = 0;
    /// Whether published rows are kept, so that republishLost() can find them.
    virtual bool keepsPublished() const = 0;

    /// Takes up to `max` (1 to 1,000) of the group's parked events that are due. They stay parked, and nobody is given them
    /// again before `lease` has passed: who does not finish them in time loses nothing.
    virtual Task<Result<ParkedClaim>> claimParked(std::string group, std::size_t max, Duration lease) = 0;
    /// Up to `limit` parked events of all groups, next due first.
    virtual Task<Result<std::vector<ParkedEvent>>> findParked(std::size_t limit) = 0;

    /// Up to `max` (1 to 1,000) dead letters that were not published since they were given up, whatever became of them; null
    /// when there are none, or another relay holds some.
    virtual Task<Result<std::unique_ptr<DeadLetterClaim>>> claimDeadLetters(std::size_t max) = 0;
    /// Resumes when this process has given something up since the last wait; of what others give up it does not tell. May
    /// resume for nothing. One waiter. Error: Closed.
    virtual Task<Result<void>> waitForDeadLetters() = 0;

    virtual GatewayLedger& ledger() = 0;
    /// Lives as long as the store.
    virtual StoreUpkeep& upkeep() = 0;
    /// Whether the store answers now.
    virtual Task<Result<void>> ping() = 0;
    /// Ends waits with Closed and lets connections go. Idempotent.
    virtual Task<void> close() = 0;
    /// For people: "memory" or "PostgreSQL 15.18 (private, /path)". Never a secret.
    virtual std::string description() const = 0;
};

} // namespace orderlab
