#pragma once
#include "base/result.h"
#include "base/time.h"
#include "runtime/task.h"

namespace orderlab {

/// How long a store keeps what only protects or informs. What is not named here stays until a person says otherwise:
/// orders with their payments, refunds and ledger entries (see `orderlabd archive`), dead letters, and events that some
/// group has yet to do (outbox rows, parked ones). Analytics have a row a minute, currency and slot, however many orders.
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
    /// Published outbox rows that every group has done, for people to look at. Shorter than `inbox`, so that no event is
    /// published again whose inbox rows are gone.
    Duration outbox = std::chrono::hours{1};

    bool operator==(const StoreBounds&) const = default;
    /// Error: InvalidArgument; `field` is the option's name.
    Result<void> validate() const;
};

/// Rows that one call of StoreUpkeep::clean() has deleted.
struct Cleaned {
    std::int64_t outbox = 0, inbox = 0, keys = 0, notifications = 0;
    bool has_more = false; ///< Some table has more that has passed its bound, or that was not looked at yet.
    std::int64_t total() const { return outbox + inbox + keys + notifications; }
    void add(const Cleaned& other);
};

/// What keeps a store from growing without end. Any thread; one call at a time a store object.
class StoreUpkeep {
public:
    virtual ~StoreUpkeep() = default;
    /// Deletes what has passed its bound, of each table `rows_max` rows (1 to 100,000) at most. Inbox rows of
    /// events that are still in the outbox stay, however old. Deletes no inbox and no outbox row before
    /// Store::republishUnprocessed() has told which groups there are. Errors: Unavailable (Later), Closed.
    virtual Task<Result<Cleaned>> clean(StoreBounds bounds, std::size_t rows_max) = 0;
    /// Bytes that all tables and indexes have on disk; 0 for a store that has none. Error: Unavailable (Later).
    virtual Task<Result<std::int64_t>> bytesOnDisk() = 0;
};

} // namespace orderlab
