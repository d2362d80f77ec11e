#pragma once
#include "base/result.h"
#include "base/time.h"
#include "runtime/task.h"

namespace orderlab {

/// How long a store keeps rows that only protect or inform. Everything else stays until a person decides: orders with
/// their payments, refunds and ledger entries (see `orderlabd archive`), dead letters, and events that some group has
/// yet to handle (outbox rows, parked events).
struct StoreBounds {
    static constexpr Duration min = std::chrono::seconds{1};
    static constexpr Duration max = std::chrono::days{36'500};

    /// Inbox rows, since the group handled the event. A duplicate that arrives later is handled again. A week: Kafka
    /// keeps records as long by default, so it cannot deliver an older one.
    Duration inbox = std::chrono::days{7};
    /// Idempotency keys, since the first answer. Later the key counts as new. A day: clients retry as long.
    Duration keys = std::chrono::hours{24};
    /// Notifications, since they were written. A month: customers ask about them as long.
    Duration notifications = std::chrono::days{30};
    /// Published outbox rows that every group has handled; only people look at them. Shorter than `inbox`, so that no
    /// event is published again whose inbox rows are deleted. A minute: of all rows they take most space.
    Duration outbox = std::chrono::minutes{1};
    /// Analytics by the minute; older ones are added up by the day (UTC), so that no figure is lost. A year and a
    /// month, so that each day can be compared with that of the year before.
    Duration analytics = std::chrono::days{400};

    bool operator==(const StoreBounds&) const = default;
    /// Error: InvalidArgument; `field` is the option's name.
    Result<void> validate() const;
};

/// How many rows one call of StoreUpkeep::clean() deleted.
struct Cleaned {
    std::int64_t outbox = 0, inbox = 0, keys = 0, notifications = 0;
    std::int64_t analytics = 0; ///< Rows that were added to another row.
    bool has_more = false;      ///< Some table may have more rows past their bound: call again soon.
    std::int64_t total() const { return outbox + inbox + keys + notifications + analytics; }
    void add(const Cleaned& other);
};

/// How much disk space a store uses, tables with their indexes, in bytes.
struct StoreBytes {
    std::int64_t total = 0;   ///< The whole database, the system's own tables included.
    std::int64_t bounded = 0; ///< Tables with a bound in StoreBounds: outbox, inbox, keys, notifications, analytics.
    std::int64_t kept = 0; ///< Tables that stay until a person decides: orders with what belongs to them, dead letters.
};

/// Keeps a store within its bounds. Any thread; one call at a time for each store object.
class StoreUpkeep {
public:
    virtual ~StoreUpkeep() = default;
    /// Deletes rows past their bound, at most `rows_max` (1 to 100,000) of each table. Inbox rows of events that are
    /// still in the outbox stay, however old. Deletes no inbox and no outbox row before Store::republishUnprocessed()
    /// was called, which names the groups. Errors: Unavailable (Later), Closed.
    virtual Task<Result<Cleaned>> clean(StoreBounds bounds, std::size_t rows_max) = 0;
    /// All 0 for a store that has no files. Error: Unavailable (Later).
    virtual Task<Result<StoreBytes>> bytesOnDisk() = 0;
};

} // namespace orderlab
