#include "postgres/postgres_outbox.h"
#include "postgres/postgres_unprocessed.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t republish_max = 10'000; ///< Rows of one statement.

} // namespace

Task<Result<std::vector<LostEvent>>> PostgresOutbox::republishLost(std::vector<Subscription> subscriptions,
                                                                   LostRows rows, std::size_t max)
{
    if (max < 1 || max > republish_max)
        co_return invalidArgument("max", "must be from 1 to 10000");
    std::vector<PostgresParameter> parameters = subscriptionArrays(subscriptions);
    parameters.push_back(std::string(topicName(rows.topic)));
    parameters.push_back(std::to_string(rows.partition));
    parameters.push_back(std::to_string(rows.below));
    parameters.push_back(std::to_string(rows.from));
    parameters.push_back(toRfc3339(rows.published_before));
    parameters.push_back(std::to_string(max));
    std::vector<PostgresStatement> statements;
    // A row of an older version does not say where the log has it: it may be in any partition that has lost something.
    statements.push_back(
        {"WITH lost AS MATERIALIZED (SELECT o.sequence, o.log_offset FROM orderlab.outbox o"
         " WHERE o.type = $3 AND o.published_at IS NOT NULL AND (o.log_offset IS NULL"
         " OR (o.log_partition = $4::integer AND (o.log_offset < $5::bigint"
         " OR (o.log_offset >= $6::bigint AND o.published_at < $7::timestamptz))))"
         " AND " ORDERLAB_UNPROCESSED " ORDER BY o.sequence LIMIT $8::bigint FOR UPDATE OF o SKIP LOCKED)"
         " UPDATE orderlab.outbox o SET published_at = NULL, log_partition = NULL, log_offset = NULL FROM lost"
         " WHERE o.sequence = lost.sequence RETURNING o.order_id, o.event_id, coalesce(lost.log_offset, -1)",
         std::move(parameters),
         {}});
    const auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    std::vector<LostEvent> lost;
    const PostgresResult& found = results->front();
    for (int row = 0; row < found.rows(); ++row) {
        const auto order = uuidOf(found, row, 0);
        const auto event = uuidOf(found, row, 1);
        if (!order || !event)
            co_return order ? event.error() : order.error();
        lost.push_back({OrderId(*order), EventId(*event), found.number(row, 2)});
    }
    if (!lost.empty())
        committed();
    co_return lost;
}

Task<Result<std::vector<LogExtent>>> PostgresOutbox::logExtents()
{
    std::vector<PostgresStatement> statements;
    statements.push_back(
        {"SELECT topic, partition, generation, earliest, log_end FROM orderlab.log_extents ORDER BY topic, partition",
         {},
         {}});
    const auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    std::vector<LogExtent> extents;
    const PostgresResult& found = results->front();
    for (int row = 0; row < found.rows(); ++row) {
        const auto topic = std::ranges::find(all_event_types, found.text(row, 0), topicName);
        if (topic != std::end(all_event_types))
            extents.push_back({*topic, std::uint16_t(found.number(row, 1)), found.number(row, 2), found.number(row, 3),
                               found.number(row, 4)});
    }
    co_return extents;
}

Task<Result<void>> PostgresOutbox::saveLogExtents(std::vector<LogExtent> extents)
{
    PostgresArray topics, partitions, generations, earliest, ends;
    for (const LogExtent& extent : extents) {
        topics.addText(topicName(extent.topic));
        partitions.add(std::int64_t(extent.partition));
        generations.add(extent.generation);
        earliest.add(extent.earliest);
        ends.add(extent.end);
    }
    std::vector<PostgresStatement> statements;
    // Of one generation both bounds only grow: of two processes the one that looked last may write first.
    statements.push_back(
        {"INSERT INTO orderlab.log_extents AS e (topic, partition, generation, earliest, log_end)"
         " SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) ORDER BY 1, 2"
         " ON CONFLICT (topic, partition) DO UPDATE SET generation = excluded.generation,"
         " earliest = CASE WHEN e.generation = excluded.generation THEN greatest(e.earliest, excluded.earliest)"
         " ELSE excluded.earliest END,"
         " log_end = CASE WHEN e.generation = excluded.generation THEN greatest(e.log_end, excluded.log_end)"
         " ELSE excluded.log_end END"
         " WHERE e.generation <= excluded.generation",
         {topics.take(), partitions.take(), generations.take(), earliest.take(), ends.take()},
         {}});
    const auto saved = co_await m_pool->run(std::move(statements));
    if (!saved)
        co_return saved.error();
    co_return Result<void>{};
}

} // namespace orderlab
