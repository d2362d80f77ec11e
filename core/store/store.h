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

/// Parked events that are due, and when to look for more.
struct ParkedClaim {
    std::vector<ParkedEvent> events;     ///< Longest due first.
    std::optional<TimePoint> look_again; ///< Empty: only after this process has parked something.
};

/// Unpublished outbox rows that one relay has claimed; no other relay gets rows of the same orders meanwhile. The
/// destructor releases them; rows that were not marked are claimed again later. Used by one coroutine at a time.
class OutboxClaim {
public:
    virtual ~OutboxClaim() = default;
    /// In the order in which each order's events were emitted.
    virtual std::span<const Event> events() const = 0;
    /// Marks all rows as published: they are published again only if the log loses them (Store::republishLost()).
    /// `offsets`: in the order of events(); empty if they are not known. Error: Unavailable (Later).
    virtual Task<Result<void>> markPublished(std::vector<LogOffset> offsets) = 0;
    Task<Result<void>> markPublished() { return markPublished({}); }
};

/// Published rows that the log no longer has.
struct LostRows {
    EventType topic = EventType::OrderCreated;
    std::uint16_t partition = 0;
    std::int64_t below = 0; ///< All rows with a smaller offset.
    std::int64_t from =
        INT64_MAX; ///< And rows from this offset on that were published before `published_before`: the log ends here.
    TimePoint published_before{};
};

/// A row of LostRows that is published again.
struct LostEvent {
    OrderId order;
    EventId event;
    std::int64_t offset = -1; ///< Its offset in the log; -1: not known.
};

/// Dead letters that are not yet published, claimed by one relay. They can still be replayed, discarded or given up
/// again. The destructor releases them; those that were not marked are claimed again later. Used by one coroutine at a
/// time.
class DeadLetterClaim {
public:
    virtual ~DeadLetterClaim() = default;
    /// Longest given up first.
    virtual std::span<const DeadLetter> letters() const = 0;
    /// Marks all as published; one that was given up again meanwhile is claimed again. Error: Unavailable (Later).
    virtual Task<Result<void>> markPublished() = 0;
};

/// The payment gateway's own ledger. It takes no part in our transactions: each call is durable by itself, on its own
/// connection. Any thread.
class GatewayLedger {
public:
    virtual ~GatewayLedger() = default;
    /// Error: AlreadyExists (Never) for a charge under a payment key that has an entry of any kind; Unavailable
    /// (Later).
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
    /// Counts dead letters by cause, the most frequent first; at most dead_letter_causes_max causes.
    virtual Task<Result<std::vector<DeadLetterCause>>> countDeadLetters(DeadLetterFilter filter) = 0;
    /// For each event whether `group` has an inbox row for it.
    virtual Task<Result<std::vector<bool>>> findProcessed(std::string group, std::vector<EventId> events) = 0;
    virtual Task<Result<std::vector<Notification>>> findNotifications(OrderId order) = 0;
    virtual Task<Result<std::vector<AnalyticsBucket>>> findAnalytics() = 0;
    virtual Task<Result<StoreCounts>> counts() = 0;

    /// Up to `max` unpublished rows; null if there are none, or others have claimed them.
    virtual Task<Result<std::unique_ptr<OutboxClaim>>> claimOutbox(std::size_t max) = 0;
    /// Counts the unpublished rows; cheap.
    virtual Task<Result<std::int64_t>> outboxBacklog() = 0;
    /// Resumes when there may be unpublished rows that nobody has claimed. May resume without any. Error: Closed.
    virtual Task<Result<void>> waitForOutbox() = 0;

    /// `log`: the EventBus::identity() of the log in use from now on. If the published rows are in another log: marks
    /// those as unpublished whose event some group has neither processed, nor parked, nor dead-lettered, and returns
    /// how many. For a replayed dead letter that is the row of the replay. The inbox prevents the other groups from
    /// handling them twice. Call it before relays and workers start. Error: Unavailable (Later).
    virtual Task<Result<std::int64_t>> republishUnprocessed(std::span<const Subscription> subscriptions,
                                                            std::string log) = 0;

    /// The logs other than that of the last republishUnprocessed() to which running processes publish this store's
    /// outbox, each by a number. A process is known within about a second of that call, and gone when its connections
    /// are.
    virtual Task<Result<std::vector<std::int64_t>>> otherLogs() = 0;

    /// Marks up to `max` (1 to 10,000) of `rows` as unpublished whose event some group has neither processed, nor
    /// parked, nor dead-lettered; oldest first. Repeat until nothing is returned. May be called at any time.
    virtual Task<Result<std::vector<LostEvent>>> republishLost(std::span<const Subscription> subscriptions,
                                                               LostRows rows, std::size_t max) = 0;
    /// The extents that any process saved last by saveLogExtents() for the log in use. Empty for a store that keeps no
    /// published rows.
    virtual Task<Result<std::vector<LogExtent>>> logExtents() = 0;
    /// Ignores an extent of an older generation than the saved one.
    virtual Task<Result<void>> saveLogExtents(std::vector<LogExtent> extents) = 0;
    /// Whether published rows are kept, so that republishLost() can find them. Constant.
    virtual bool keepsPublished() const = 0;

    /// Claims up to `max` (1 to 1,000) of the group's parked events that are due. They stay parked, and nobody else
    /// gets them before `lease` has passed: a claimant that dies loses nothing.
    virtual Task<Result<ParkedClaim>> claimParked(std::string group, std::size_t max, Duration lease) = 0;
    /// Up to `limit` parked events of all groups, the next due first.
    virtual Task<Result<std::vector<ParkedEvent>>> findParked(std::size_t limit) = 0;

    /// Up to `max` (1 to 1,000) dead letters that were not published since they were given up, in whatever state; null
    /// if there are none, or another relay has claimed some.
    virtual Task<Result<std::unique_ptr<DeadLetterClaim>>> claimDeadLetters(std::size_t max) = 0;
    /// Resumes when this process has written a dead letter since the last wait; those of other processes do not count.
    /// May resume without any. One waiter. Error: Closed.
    virtual Task<Result<void>> waitForDeadLetters() = 0;

    virtual GatewayLedger& ledger() = 0;
    /// Valid as long as the store.
    virtual StoreUpkeep& upkeep() = 0;
    /// Asks the store. Error: Unavailable (Later) when it does not answer.
    virtual Task<Result<void>> ping() = 0;
    /// Ends waits with Closed and closes connections. Idempotent.
    virtual Task<void> close() = 0;
    /// For people: "memory" or "PostgreSQL 15.18 (private, /path)". Never a secret.
    virtual std::string description() const = 0;
    /// Names what is kept, the same for all processes that share it and for no other database: at most 64 printable
    /// characters. Empty: it ends with the process, or nobody may know. Error: Unavailable (Later).
    virtual Task<Result<std::string>> identity() { co_return std::string(); }
    /// For operators; cheap. Error: Unavailable (Later).
    virtual Task<Result<StoreLoad>> load()
    {
        const auto rows = co_await outboxBacklog();
        if (!rows)
            co_return rows.error();
        StoreLoad load;
        load.outbox_rows = *rows;
        co_return load;
    }
};

} // namespace orderlab
