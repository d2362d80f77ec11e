#pragma once
#include "store/postgres_outbox.h"
#include "store/upkeep.h"

namespace orderlab {

/// Cleans the tables of a PostgreSQL store, each by an index in order of time. See StoreUpkeep.
///
/// Inbox rows are cleaned only once the walk over the outbox has come to the rows that are young: by then each event that
/// is as old as the inbox's bound has left the outbox, or is marked there as kept.
class PostgresUpkeep final : public StoreUpkeep {
public:
    PostgresUpkeep(Runtime& runtime, std::shared_ptr<PostgresPool> pool, std::shared_ptr<PostgresOutbox> outbox)
        : m_runtime(runtime), m_pool(std::move(pool)), m_outbox(std::move(outbox))
    {
    }
    Task<Result<Cleaned>> clean(StoreBounds bounds, std::size_t rows_max) override;
    Task<Result<std::int64_t>> bytesOnDisk() override;

private:
    /// Rows deleted, and whether there is more.
    struct Step {
        std::int64_t deleted = 0;
        bool has_more = false;
    };
    Task<Result<Step>> cleanInbox(TimePoint limit, std::size_t rows_max);
    Task<Result<Step>> cleanNotifications(TimePoint limit, std::size_t rows_max);
    Task<Result<Step>> cleanKeys(TimePoint limit, std::size_t rows_max);
    Task<Result<PostgresResult>> run(const char* sql, std::vector<PostgresParameter> parameters);

    Runtime& m_runtime;
    const std::shared_ptr<PostgresPool> m_pool;
    const std::shared_ptr<PostgresOutbox> m_outbox;
    TimePoint m_inbox_from;               ///< Where the next step of the inbox begins: behind rows that are kept.
    std::int64_t m_notifications_from = 0; ///< Ids up to this are gone; spares the index's dead entries.
};

} // namespace orderlab
