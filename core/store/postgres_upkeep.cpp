#include "store/postgres_upkeep.h"

#include <algorithm>

namespace orderlab {

/// In one transaction whose commit does not wait for the disk: what is lost with the server is deleted again.
Task<Result<PostgresResult>> PostgresUpkeep::run(const char* sql, std::vector<PostgresParameter> parameters)
{
    std::vector<PostgresStatement> statements;
    statements.push_back({"SELECT set_config('synchronous_commit', 'off', true)", {}, {}});
    statements.push_back({sql, std::move(parameters), {}});
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    co_return std::move((*results)[1]);
}

namespace {

/// $1 and $2: the pages to look at, from the first place of one up to that of another; $3: the moment; $4: rows.
#define ORDERLAB_CLEAN(table, is_old)                                                                                    \
    "WITH old AS MATERIALIZED (SELECT t.ctid AS place FROM " table " t WHERE t.ctid >= $1::tid AND t.ctid < $2::tid AND " is_old   \
    " LIMIT $4::bigint), gone AS (DELETE FROM " table " WHERE ctid = ANY(ARRAY(SELECT place FROM old)) RETURNING 1)"   \
    " SELECT (SELECT count(*) FROM gone), pg_relation_size('" table "') / current_setting('block_size')::bigint"

constexpr const char* clean_inbox =
    ORDERLAB_CLEAN("orderlab.inbox", "t.processed_at < orderlab.to_inbox_time($3::timestamptz)"
                                     " AND NOT EXISTS (SELECT FROM orderlab.outbox o WHERE o.kept AND o.event_id = t.event_id)");
constexpr const char* clean_notifications = ORDERLAB_CLEAN("orderlab.notifications", "t.created_at < $3::timestamptz");
constexpr const char* clean_keys = ORDERLAB_CLEAN("orderlab.idempotency_keys", "t.created_at < $3::timestamptz");

std::string firstPlaceOf(std::int64_t page)
{
    return '(' + std::to_string(page) + ",0)";
}

} // namespace

Task<Result<Cleaned>> PostgresUpkeep::clean(StoreBounds bounds, std::size_t rows_max)
{
    const TimePoint now = m_runtime.now();
    Cleaned cleaned;
    const auto outbox = co_await m_outbox->clean(bounds.outbox, rows_max);
    if (!outbox)
        co_return outbox.error();
    cleaned.outbox = outbox->deleted;
    cleaned.has_more = outbox->has_more;
    const struct {
        Walk& walk;
        const char* sql;
        Duration bound;
        std::int64_t& deleted;
        bool is_allowed;
    } tables[] = {{m_inbox, clean_inbox, bounds.inbox, cleaned.inbox, outbox->is_known && !outbox->has_more},
                  {m_notifications, clean_notifications, bounds.notifications, cleaned.notifications, true},
                  {m_keys, clean_keys, bounds.keys, cleaned.keys, true}};
    for (const auto& table : tables) {
        if (!table.is_allowed || now < table.walk.rest_until)
            continue;
        const auto deleted = co_await step(table.walk, table.sql, now - table.bound, rows_max);
        if (!deleted)
            co_return deleted.error();
        table.deleted = *deleted;
        cleaned.has_more |= table.walk.page > 0 || *deleted == std::int64_t(rows_max);
    }
    co_return cleaned;
}

Task<Result<std::int64_t>> PostgresUpkeep::step(Walk& walk, const char* sql, TimePoint limit, std::size_t rows_max)
{
    const TimePoint now = m_runtime.now();
    const std::int64_t pages = std::max<std::int64_t>(1, std::int64_t(rows_max) / rows_a_page);
    if (walk.page == 0)
        walk.began = now;
    std::vector<PostgresParameter> parameters{firstPlaceOf(walk.page), firstPlaceOf(walk.page + pages), toRfc3339(limit),
                                              std::to_string(rows_max)};
    const auto row = co_await run(sql, std::move(parameters));
    if (!row)
        co_return row.error();
    const std::int64_t deleted = row->number(0, 0);
    if (deleted == std::int64_t(rows_max))
        co_return deleted; // These pages may have more.
    walk.page += pages;
    if (walk.page >= row->number(0, 1)) {
        // A table of a few pages is looked at each time.
        if (walk.page > pages)
            walk.rest_until = m_runtime.now() + (m_runtime.now() - walk.began) * rest_factor;
        walk.page = 0;
    }
    co_return deleted;
}

Task<Result<std::int64_t>> PostgresUpkeep::bytesOnDisk()
{
    std::vector<PostgresStatement> statements;
    statements.push_back({"SELECT pg_database_size(current_database())", {}, {}});
    const auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    co_return (*results)[0].number(0, 0);
}

} // namespace orderlab
