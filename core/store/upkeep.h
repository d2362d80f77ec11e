#pragma once
#include "base/result.h"
#include "base/time.h"
#include "runtime/task.h"

namespace orderlab {

/// How long a store keeps what only protects or informs. What is not named here stays until a person says otherwise:
/// orders with their payments, refunds and ledger entries (see `orderlabd archive`), dead letters, and events that some
/// group has yet to do (outbox rows, parked ones).
struct StoreBounds {
    static constexpr Duration min = std::chrono::seconds{1};
    static constexpr Duration max = std::chrono::days{36'500};

    /// Inbox rows, from when a group has done the event. A duplicate that comes later is handled again. A week: as long
    /// as Kafka keeps records by default, so that nothing comes again that it could still deliver.
    Duration inbox = std::chrono::days{7};
    /// Idempotency keys, from the first answer. Later the key is a new one. A day: as long as clients try again.
    Duration keys = std::chrono::hours{24};
    /// Notifications, from their sending. A month: as long as customers ask about them.
    Duration notifications = std::chrono::days{30};
    /// Published outbox rows that every group has done, for people to look at: nothing needs them any more. Shorter than
    /// `inbox`, so that no event is published again whose inbox rows are gone. A minute: of all rows they take most room.
    Duration outbox = std::chrono::minutes{1};
    /// Analytics by the minute; what is older is added up by the day (UTC), so that no figure is lost. A year and a month:
    /// so that each day can be compared with that of the year before.
    Duration analytics = std::chrono::days{400};

    bool operator==(const StoreBounds&) const = default;
    /// Error: InvalidArgument; `field` is the option's name.
    Result<void> validate() const;
};

/// Rows that one call of StoreUpkeep::clean() has deleted.
struct Cleaned {
    std::int64_t outbox = 0, inbox = 0, keys = 0, notifications = 0;
    std::int64_t analytics = 0; ///< Rows that became part of another.
    bool has_more = false; ///< Some table has more that has passed its bound, or that was not looked at yet.
    std::int64_t total() const { return outbox + inbox + keys + notifications + analytics; }
    void add(const Cleaned& other);
};

/// What a store occupies on the disk, tables with their indexes, in bytes.
struct StoreBytes {
    std::int64_t total = 0;   ///< The whole database, the system's own tables included.
    std::int64_t bounded = 0; ///< Tables with a bound in StoreBounds: outbox, inbox, keys, notifications, analytics.
    std::int64_t kept = 0;    ///< What stays until a person says otherwise: orders with what belongs to them, dead letters.
};

/// What keeps a store from growing without end. Any thread; one call at a time a store object.
class StoreUpkeep {
public:
    virtual ~StoreUpkeep() = default;
    /// Deletes what has passed its bound, of each table `rows_max` rows (1 to 100,000) at most. Inbox rows of
    /// events that are still in the outbox stay, however old. Deletes no inbox and no outbox row before
    /// Store::republishUnprocessed() has told which groups there are. Errors: Unavailable (Later), Closed.
    virtual Task<Result<Cleaned>> clean(StoreBounds bounds, std::size_t rows_max) = 0;
    /// All 0 for a store that has no files. Error: Unavailable (Later).
    virtual Task<Result<StoreBytes>> bytesOnDisk() = 0;
};

} // namespace orderlab
