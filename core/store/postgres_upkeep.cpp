#include "store/postgres_upkeep.h"

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

Task<Result<Cleaned>> PostgresUpkeep::clean(StoreBounds bounds, std::size_t rows_max)
{
    const TimePoint now = m_runtime.now();
    Cleaned cleaned;
    const auto outbox = co_await m_outbox->clean(bounds.outbox, rows_max);
    if (!outbox)
        co_return outbox.error();
    cleaned.outbox = outbox->deleted;
    cleaned.has_more = outbox->has_more;
    if (outbox->is_known && !outbox->has_more) {
        const auto inbox = co_await cleanInbox(now - bounds.inbox, rows_max);
        if (!inbox)
            co_return inbox.error();
        cleaned.inbox = inbox->deleted;
        cleaned.has_more |= inbox->has_more;
    }
    const auto notifications = co_await cleanNotifications(now - bounds.notifications, rows_max);
    if (!notifications)
        co_return notifications.error();
    const auto keys = co_await cleanKeys(now - bounds.keys, rows_max);
    if (!keys)
        co_return keys.error();
    cleaned.notifications = notifications->deleted;
    cleaned.keys = keys->deleted;
    cleaned.has_more |= notifications->has_more || keys->has_more;
    co_return cleaned;
}

Task<Result<PostgresUpkeep::Step>> PostgresUpkeep::cleanInbox(TimePoint limit, std::size_t rows_max)
{
    std::vector<PostgresParameter> parameters{toRfc3339(m_inbox_from), toRfc3339(limit), std::to_string(rows_max)};
    const auto row = co_await run("WITH batch AS MATERIALIZED (SELECT p.ctid AS place, p.processed_at"
                                  " FROM orderlab.processed_events p WHERE p.processed_at >= $1::timestamptz"
                                  " AND p.processed_at < $2::timestamptz"
                                  " AND NOT EXISTS (SELECT FROM orderlab.outbox o WHERE o.kept AND o.event_id = p.event_id) ORDER BY p.processed_at LIMIT $3::bigint),"
                                  " gone AS (DELETE FROM orderlab.processed_events"
                                  " WHERE ctid = ANY(ARRAY(SELECT place FROM batch)) RETURNING 1)"
                                  " SELECT (SELECT count(*) FROM gone), count(*), orderlab.to_micros(max(processed_at)) FROM batch",
                                  std::move(parameters));
    if (!row)
        co_return row.error();
    const Step step{row->number(0, 0), row->number(0, 1) == std::int64_t(rows_max)};
    // From the beginning again at the next look; within one, behind what is kept.
    m_inbox_from = step.has_more ? fromMicros(row->number(0, 2)) : TimePoint{};
    co_return step;
}

Task<Result<PostgresUpkeep::Step>> PostgresUpkeep::cleanNotifications(TimePoint limit, std::size_t rows_max)
{
    std::vector<PostgresParameter> parameters{std::to_string(m_notifications_from), std::to_string(rows_max), toRfc3339(limit)};
    const auto row = co_await run("WITH batch AS MATERIALIZED (SELECT id, created_at < $3::timestamptz AS is_old FROM orderlab.notifications"
                                  " WHERE id > $1::bigint ORDER BY id LIMIT $2::bigint),"
                                  " gone AS (DELETE FROM orderlab.notifications"
                                  " WHERE id = ANY(ARRAY(SELECT id FROM batch WHERE is_old)) RETURNING 1)"
                                  " SELECT (SELECT count(*) FROM gone), count(*), max(id), count(*) FILTER (WHERE is_old) FROM batch",
                                  std::move(parameters));
    if (!row)
        co_return row.error();
    const std::int64_t looked_at = row->number(0, 1), old = row->number(0, 3);
    const Step step{row->number(0, 0), looked_at == std::int64_t(rows_max) && old == looked_at};
    // Back to the beginning when all is done: a row whose transaction was slow may have a lower number.
    m_notifications_from = step.has_more ? row->number(0, 2) : 0;
    co_return step;
}

Task<Result<PostgresUpkeep::Step>> PostgresUpkeep::cleanKeys(TimePoint limit, std::size_t rows_max)
{
    std::vector<PostgresParameter> parameters{toRfc3339(limit), std::to_string(rows_max)};
    const auto row = co_await run("WITH gone AS (DELETE FROM orderlab.idempotency_keys WHERE ctid = ANY(ARRAY("
                                  "SELECT ctid FROM orderlab.idempotency_keys WHERE created_at < $1::timestamptz"
                                  " ORDER BY created_at LIMIT $2::bigint)) RETURNING 1) SELECT count(*) FROM gone",
                                  std::move(parameters));
    if (!row)
        co_return row.error();
    co_return Step{row->number(0, 0), row->number(0, 0) == std::int64_t(rows_max)};
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
