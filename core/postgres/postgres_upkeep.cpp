#include "postgres/postgres_upkeep.h"

#include <algorithm>
#include <charconv>

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

/// $1 and $2: the places to look between; $3: the moment; $4: rows. Returns how many were deleted, the place of the
/// last of them, and the table's pages.
#define ORDERLAB_CLEAN(table, is_old)                                                                                  \
    "WITH old AS MATERIALIZED (SELECT t.ctid AS place FROM " table                                                     \
    " t WHERE t.ctid > $1::tid AND t.ctid < $2::tid AND " is_old " LIMIT $4::bigint), gone AS (DELETE FROM " table     \
    " WHERE ctid = ANY(ARRAY(SELECT place FROM old)) RETURNING 1)"                                                     \
    " SELECT (SELECT count(*) FROM gone), (SELECT max(place) FROM old),"                                               \
    " pg_relation_size('" table "') / current_setting('block_size')::bigint"

// What is the same for all rows is a subquery, which is evaluated once. Nearly always no row of the outbox is kept;
// where some are, each row is looked for by itself (below AND in a NOT, EXISTS is no join, whose cost would be the
// product).
constexpr const char* clean_inbox =
    ORDERLAB_CLEAN("orderlab.inbox", "t.processed_at < (SELECT orderlab.to_inbox_time($3::timestamptz))"
                                     " AND NOT ((SELECT EXISTS (SELECT FROM orderlab.outbox WHERE kept))"
                                     " AND EXISTS (SELECT FROM orderlab.outbox o WHERE o.kept AND o.event_id = "
                                     "t.event_id))");
constexpr const char* clean_notifications = ORDERLAB_CLEAN("orderlab.notifications", "t.created_at < $3::timestamptz");
constexpr const char* clean_keys = ORDERLAB_CLEAN("orderlab.idempotency_keys", "t.created_at < $3::timestamptz");

std::string beginOf(std::int64_t page)
{
    return '(' + std::to_string(page) + ",0)"; // A page's first row has number 1.
}

std::int64_t pageOf(std::string_view place)
{
    std::int64_t page = 0;
    std::from_chars(place.data() + 1, place.data() + place.size(), page);
    return page;
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
        cleaned.has_more |= !table.walk.place.empty() || *deleted == std::int64_t(rows_max);
    }
    const auto added = co_await addUpAnalytics(std::chrono::floor<std::chrono::days>(now - bounds.analytics), rows_max);
    if (!added)
        co_return added.error();
    cleaned.analytics = *added;
    cleaned.has_more |= *added == std::int64_t(rows_max);
    const auto more_to_file = co_await m_filing.step(rows_max);
    if (!more_to_file)
        co_return more_to_file.error();
    cleaned.has_more |= *more_to_file;
    co_return cleaned;
}

/// A day's figures are in the first minute of the day, in slot 0. Added up is what was deleted: a row that a worker
/// changes at the same moment stays for the next look.
Task<Result<std::int64_t>> PostgresUpkeep::addUpAnalytics(TimePoint by_the_day, std::size_t rows_max)
{
    std::vector<PostgresParameter> parameters{toRfc3339(by_the_day), std::to_string(rows_max)};
    const auto row = co_await run(
        "WITH old AS MATERIALIZED (SELECT a.ctid AS place FROM orderlab.analytics a WHERE a.minute < $1::timestamptz"
        " AND (a.slot <> 0 OR a.minute <> date_trunc('day', a.minute)) ORDER BY a.minute LIMIT $2::bigint),"
        " gone AS (DELETE FROM orderlab.analytics WHERE ctid = ANY(ARRAY(SELECT place FROM old)) RETURNING *),"
        " days AS (INSERT INTO orderlab.analytics AS a (minute, currency, slot, orders, paid, failed, canceled, "
        "revenue_minor)"
        " SELECT date_trunc('day', minute), currency, 0, sum(orders), sum(paid), sum(failed), sum(canceled), "
        "sum(revenue_minor)"
        " FROM gone GROUP BY 1, 2 ORDER BY 1, 2"
        " ON CONFLICT (minute, currency, slot) DO UPDATE SET orders = a.orders + excluded.orders,"
        " paid = a.paid + excluded.paid, failed = a.failed + excluded.failed,"
        " canceled = a.canceled + excluded.canceled, revenue_minor = a.revenue_minor + excluded.revenue_minor)"
        " SELECT count(*) FROM gone",
        std::move(parameters));
    if (!row)
        co_return row.error();
    co_return row->number(0, 0);
}

Task<Result<std::int64_t>> PostgresUpkeep::step(Walk& walk, const char* sql, TimePoint limit, std::size_t rows_max)
{
    const TimePoint now = m_runtime.now();
    const std::int64_t pages = std::max<std::int64_t>(1, std::int64_t(rows_max) / rows_a_page_looked_at);
    if (walk.place.empty()) {
        walk.place = beginOf(0);
        walk.taken_for_nothing = Duration{0};
    }
    const std::int64_t end = pageOf(walk.place) + pages;
    std::vector<PostgresParameter> parameters{walk.place, beginOf(end), toRfc3339(limit), std::to_string(rows_max)};
    const auto row = co_await run(sql, std::move(parameters));
    if (!row)
        co_return row.error();
    const std::int64_t deleted = row->number(0, 0);
    if (deleted == 0)
        walk.taken_for_nothing += m_runtime.now() - now;
    if (deleted == std::int64_t(rows_max)) {
        walk.place = row->text(0, 1); // There may be more behind it.
        co_return deleted;
    }
    walk.place = beginOf(end);
    if (end >= row->number(0, 2)) {
        // A table of a few pages is looked at each time.
        if (end > pages)
            walk.rest_until = m_runtime.now() + walk.taken_for_nothing * rest_factor;
        walk.place.clear();
    }
    co_return deleted;
}

Task<Result<StoreBytes>> PostgresUpkeep::bytesOnDisk()
{
    std::vector<PostgresStatement> statements;
    statements.push_back(
        {"SELECT pg_database_size(current_database()), coalesce(sum(bytes) FILTER (WHERE is_bounded), 0),"
         " coalesce(sum(bytes) FILTER (WHERE NOT is_bounded), 0) FROM (SELECT pg_total_relation_size(oid) AS bytes,"
         " relname IN ('outbox', 'inbox', 'idempotency_keys', 'notifications', 'analytics') AS is_bounded FROM pg_class"
         " WHERE relkind = 'r' AND relnamespace = 'orderlab'::regnamespace) t",
         {},
         {}});
    const auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    const PostgresResult& row = (*results)[0];
    co_return StoreBytes{row.number(0, 0), row.number(0, 1), row.number(0, 2)};
}

} // namespace orderlab
