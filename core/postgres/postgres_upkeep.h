#pragma once
#include "postgres/postgres_filing.h"
#include "postgres/postgres_outbox.h"
#include "store/upkeep.h"

namespace orderlab {

/// Cleans the tables of a PostgreSQL store. See StoreUpkeep.
///
/// The outbox is walked through in the order of its sequence, the others page after page, which needs no index in order
/// of time. After a walk the table rests, so that the walks over one that is large and young take a small part of the
/// time.
///
/// It files orders besides: see PostgresFiling.
///
/// Inbox rows are cleaned only once the walk over the outbox has come to the rows that are young: by then each event
/// that is as old as the inbox's bound has left the outbox, or is marked there as kept.
class PostgresUpkeep final : public StoreUpkeep {
public:
    PostgresUpkeep(Runtime& runtime, std::shared_ptr<PostgresPool> pool, std::shared_ptr<PostgresOutbox> outbox)
        : m_runtime(runtime), m_pool(std::move(pool)), m_outbox(std::move(outbox)), m_filing(runtime, m_pool)
    {}
    Task<Result<Cleaned>> clean(StoreBounds bounds, std::size_t rows_max) override;
    Task<Result<StoreBytes>> bytesOnDisk() override;

private:
    static constexpr std::int64_t rows_a_page_looked_at =
        10; ///< A step that may delete 5,000 rows looks at 500 pages (4 MiB), some 10 ms.
    static constexpr int rest_factor =
        50; ///< The rest after a walk, in times of what was taken for nothing: a fiftieth of the time.
    /// Through the pages of one table.
    struct Walk {
        std::string place;             ///< Behind which to look next, a ctid; empty: the walk begins.
        Duration taken_for_nothing{0}; ///< By its steps that found nothing to delete.
        TimePoint rest_until;
    };
    /// Looks at the next pages and deletes what is older than `limit`. Returns how many.
    Task<Result<std::int64_t>> step(Walk& walk, const char* sql, TimePoint limit, std::size_t rows_max);
    Task<Result<std::int64_t>> addUpAnalytics(TimePoint by_the_day, std::size_t rows_max);
    Task<Result<PostgresResult>> run(const char* sql, std::vector<PostgresParameter> parameters);

    Runtime& m_runtime;
    const std::shared_ptr<PostgresPool> m_pool;
    const std::shared_ptr<PostgresOutbox> m_outbox;
    PostgresFiling m_filing;
    Walk m_inbox, m_notifications, m_keys;
};

} // namespace orderlab
