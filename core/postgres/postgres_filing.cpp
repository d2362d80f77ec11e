#include "postgres/postgres_filing.h"

namespace orderlab {

namespace {

constexpr Duration rest{
    std::chrono::seconds{20}}; ///< Between two walks: orders of so long are looked through by others.

} // namespace

Task<Result<bool>> PostgresFiling::step(std::size_t rows_max)
{
    const TimePoint now = m_runtime.now();
    if (m_created_at.empty() && now < m_rests_until)
        co_return false;
    const auto place = [this](const std::string& value) {
        return m_created_at.empty() ? PostgresParameter(std::nullopt) : PostgresParameter(value);
    };
    std::vector<PostgresStatement> statements;
    statements.push_back({"SELECT set_config('synchronous_commit', 'off', true)", {}, {}}); // Else it is done again.
    // The moment is the server's clock, as is that of the rows written as filed. Who files an order that is just
    // paid waits for that transaction, and then sees that there is nothing to do.
    statements.push_back(
        {"WITH looked AS MATERIALIZED (SELECT o.created_at, o.id, o.status, o.filed_status FROM orderlab.orders o"
         " WHERE (o.created_at, o.id) > (coalesce($1::timestamptz, (SELECT until - interval '30 s' FROM "
         "orderlab.orders_filed)),"
         " coalesce($2::uuid, '00000000-0000-0000-0000-000000000000')) AND o.created_at < now() - interval '1 minute'"
         " ORDER BY o.created_at, o.id LIMIT $3::bigint),"
         " filed AS (UPDATE orderlab.orders SET filed_status = status WHERE status = 'created' AND filed_status IS NULL"
         " AND id = ANY(ARRAY(SELECT id FROM looked WHERE status = 'created' AND filed_status IS NULL)) RETURNING 1),"
         " last AS (SELECT count(*) OVER () AS rows, created_at, id FROM looked ORDER BY created_at DESC, id DESC "
         "LIMIT "
         "1),"
         " until AS (SELECT CASE WHEN (SELECT rows FROM last) = $3::bigint THEN (SELECT created_at FROM last)"
         " ELSE now() - interval '1 minute' END AS moment),"
         " moved AS (UPDATE orderlab.orders_filed f SET until = u.moment FROM until u WHERE f.until < u.moment "
         "RETURNING "
         "1)"
         " SELECT (SELECT count(*) FROM filed), l.rows = $3::bigint, l.created_at, l.id FROM until LEFT JOIN last l ON "
         "true",
         {place(m_created_at), place(m_id), std::to_string(rows_max)},
         {}});
    const auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    const PostgresResult& row = (*results)[1];
    const bool has_more = row.text(0, 1) == "t";
    m_created_at = has_more ? std::string(row.text(0, 2)) : std::string();
    m_id = has_more ? std::string(row.text(0, 3)) : std::string();
    if (!has_more)
        m_rests_until = now + rest;
    co_return has_more;
}

} // namespace orderlab
