#include "postgres/postgres_outbox.h"
#include "postgres/postgres_unprocessed.h"
#include "postgres/postgres_values.h"

namespace orderlab {

/// One step of the walk over the rows in order of their sequence. It ends at the first row that is young. A row that is
/// old and stays, as some group has not done it or nobody has published it, is marked: it keeps what other groups have
/// done of it in the inbox. Now and then the walk begins anew, for what was kept and is done by now.
Task<Result<PostgresOutbox::CleanStep>> PostgresOutbox::clean(Duration keep, std::size_t rows_max)
{
    const TimePoint now = m_runtime.now(), limit = now - keep;
    std::vector<PostgresParameter> parameters;
    std::int64_t from;
    {
        const MutexLock guard(m_mutex);
        if (m_subscriptions.empty())
            co_return CleanStep{};
        parameters = subscriptionArrays(m_subscriptions);
        if (now - m_walk_began >= std::max(keep, m_options.walk_again)) {
            m_walk_began = now;
            m_walked = 0;
        }
        from = m_walked;
    }
    parameters.push_back(std::to_string(from));
    parameters.push_back(std::to_string(rows_max));
    parameters.push_back(toRfc3339(limit));
    parameters.push_back(
        Uuid::version7(std::uint64_t(std::max<std::int64_t>(toMicros(limit) / 1'000, 0)), 0, 0).toString());
    std::vector<PostgresStatement> statements;
    statements.push_back(
        {"SELECT set_config('synchronous_commit', 'off', true)", {}, {}}); // Lost with the server, it is done again.
    // Nearly always all groups have their inbox rows, which lie together; only where they have not is looked further.
    statements.push_back(
        {"WITH wanted AS MATERIALIZED (SELECT s.type::orderlab.event_type, array_agg(g.id) AS groups"
         " FROM unnest($1::text[], $2::text[]) AS s(consumer_group, type)"
         " LEFT JOIN orderlab.consumer_groups g ON g.name = s.consumer_group GROUP BY s.type),"
         " batch AS MATERIALIZED (SELECT ctid AS place, sequence, event_id, type, target_group, published_at, kept "
         "FROM orderlab.outbox"
         " WHERE sequence > $3::bigint ORDER BY sequence LIMIT $4::bigint),"
         " judged AS MATERIALIZED (SELECT o.place, o.sequence, o.kept,"
         " coalesce(o.published_at < $5::timestamptz, false) OR o.event_id < $6::uuid AS is_old,"
         " CASE WHEN o.published_at IS NULL OR o.published_at >= $5::timestamptz THEN false"
         " WHEN w.groups <@ ARRAY(SELECT p.group_id FROM orderlab.inbox p WHERE p.event_id = o.event_id)"
         " THEN true ELSE NOT " ORDERLAB_UNPROCESSED " END AS is_done"
         " FROM batch o LEFT JOIN wanted w ON w.type = o.type),"
         " gone AS (DELETE FROM orderlab.outbox WHERE published_at IS NOT NULL"
         " AND ctid = ANY(ARRAY(SELECT place FROM judged WHERE is_done)) RETURNING 1),"
         " marked AS (UPDATE orderlab.outbox SET kept = true"
         " WHERE sequence = ANY(ARRAY(SELECT sequence FROM judged WHERE is_old AND NOT is_done AND NOT kept)) "
         "RETURNING 1)"
         " SELECT (SELECT count(*) FROM gone), coalesce(min(sequence) FILTER (WHERE NOT is_old) - 1, max(sequence)),"
         " count(*) = $4::bigint AND count(*) FILTER (WHERE NOT is_old) = 0 FROM judged",
         std::move(parameters),
         {}});
    const auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    const PostgresResult& row = (*results)[1];
    CleanStep step;
    step.deleted = row.number(0, 0);
    step.has_more = row.text(0, 2) == "t";
    step.is_known = true;
    const MutexLock guard(m_mutex);
    if (!row.isNull(0, 1))
        m_walked = std::max(from, row.number(0, 1));
    co_return step;
}

Task<Result<std::int64_t>> PostgresOutbox::republish(std::vector<Subscription> subscriptions, std::string log)
{
    {
        const MutexLock guard(m_mutex);
        m_subscriptions = subscriptions;
        useLog(log);
    }
    m_to_tell.notifyOne();
    std::vector<PostgresParameter> parameters = subscriptionArrays(subscriptions);
    parameters.push_back(std::move(log));
    std::vector<PostgresStatement> statements;
    // A log without an identity is always another one. The row of event_log is locked, so that of several processes
    // that start with a new log one publishes again.
    statements.push_back(
        {"WITH before AS (SELECT identity FROM orderlab.event_log FOR UPDATE),"
         " now AS (UPDATE orderlab.event_log SET identity = $3 FROM before RETURNING 1),"
         " forgotten AS (DELETE FROM orderlab.log_extents USING before WHERE before.identity <> $3),"
         " again AS (UPDATE orderlab.outbox o SET published_at = NULL, log_partition = NULL, log_offset = NULL FROM "
         "before"
         " WHERE ($3 = '' OR before.identity <> $3) AND o.published_at IS NOT NULL AND " ORDERLAB_UNPROCESSED
         " RETURNING 1) SELECT count(*) FROM again",
         std::move(parameters),
         {}});
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    const std::int64_t count = (*results)[0].number(0, 0);
    if (count > 0)
        committed();
    co_return count;
}

} // namespace orderlab
