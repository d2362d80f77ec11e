#include "postgres/postgres_archive.h"

#include "postgres/postgres_unprocessed.h"
#include "postgres/postgres_values.h"

namespace orderlab {

namespace {

// $1 groups and $2 types as for ORDERLAB_UNPROCESSED, $3 the moment.
#define ORDERLAB_ARCHIVABLE                                                                                            \
    " FROM orderlab.orders a WHERE a.created_at < $3::timestamptz AND a.updated_at < $3::timestamptz"                  \
    " AND a.status <> 'created'"                                                                                       \
    " AND NOT EXISTS (SELECT FROM orderlab.outbox o WHERE o.order_id = a.id"                                           \
    " AND (o.published_at IS NULL OR " ORDERLAB_UNPROCESSED "))"                                                       \
    " AND NOT EXISTS (SELECT FROM orderlab.parked_events p WHERE p.order_id = a.id)"                                   \
    " AND NOT EXISTS (SELECT FROM orderlab.dead_letters d WHERE d.order_id = a.id AND d.state = 'waiting')"

/// $1: the orders' ids. One row an order, or an index by order; idempotency keys are bounded in time. The outbox as
/// well: its rows are done, so that nothing needs them and cleaning takes them.
constexpr const char* what_belongs_to_orders[] = {
    "DELETE FROM orderlab.payments WHERE order_id = ANY($1::uuid[])",
    "DELETE FROM orderlab.refunds WHERE order_id = ANY($1::uuid[])",
    "DELETE FROM orderlab.gateway_ledger WHERE payment_key = ANY($1::uuid[])",
    "DELETE FROM orderlab.gateway_ledger WHERE order_id = ANY($1::uuid[])"
    " AND payment_key IS DISTINCT FROM order_id",
    "DELETE FROM orderlab.notifications WHERE order_id = ANY($1::uuid[])",
    "DELETE FROM orderlab.idempotency_keys k USING unnest($1::uuid[]) AS u(id) WHERE k.order_id = u.id"};

/// Sessions look up row by row (see session_setup of PostgresConnection); here thousands of orders meet whole tables,
/// and the plan has to know how many. Until the transaction ends.
PostgresStatement planForMany()
{
    return {"SELECT set_config('enable_hashjoin', 'on', true), set_config('enable_seqscan', 'on', true),"
            " set_config('plan_cache_mode', 'force_custom_plan', true)",
            {},
            {}};
}

PostgresParameter idsOf(const std::vector<OrderId>& orders)
{
    PostgresArray ids;
    for (const OrderId& order : orders)
        ids.add(order);
    return ids.take();
}

} // namespace

PostgresArchive::PostgresArchive(std::unique_ptr<PostgresConnection> connection, TimePoint before,
                                 std::span<const Subscription> groups)
    : m_connection(std::move(connection)), m_which(subscriptionArrays(groups))
{
    m_which.push_back(toRfc3339(before));
}

void PostgresArchive::setBefore(TimePoint before)
{
    m_which.back() = toRfc3339(before);
    m_after = {earliest, {}};
}

Task<Result<std::vector<PostgresResult>>> PostgresArchive::ask(const char* sql, std::vector<PostgresParameter> further)
{
    std::vector<PostgresParameter> parameters = m_which;
    parameters.insert(parameters.end(), further.begin(), further.end());
    std::vector<PostgresStatement> statements;
    statements.push_back(planForMany());
    statements.push_back({sql, std::move(parameters), {}});
    return m_connection->run(std::move(statements));
}

Task<Result<std::int64_t>> PostgresArchive::count()
{
    const auto results = co_await ask("SELECT count(*)" ORDERLAB_ARCHIVABLE, {});
    if (!results)
        co_return results.error();
    co_return (*results)[1].number(0, 0);
}

/// The next orders in order of time, those of them that may be archived with their lines. The outbox is read through
/// once a batch, as it is bounded in time and has no index by order. Nearly always all groups have done its rows: then
/// their inbox rows, which lie together, say so.
constexpr const char* archive_batch =
    "WITH few AS MATERIALIZED (SELECT * FROM orderlab.orders a WHERE a.created_at < $3::timestamptz AND a.updated_at < "
    "$3::timestamptz"
    " AND a.status <> 'created' AND (a.created_at, a.id) > ($5::timestamptz, $6::uuid) ORDER BY a.created_at, a.id "
    "LIMIT $4::bigint),"
    " wanted AS MATERIALIZED (SELECT s.type::orderlab.event_type, array_agg(g.id) AS groups"
    " FROM unnest($1::text[], $2::text[]) AS s(consumer_group, type)"
    " LEFT JOIN orderlab.consumer_groups g ON g.name = s.consumer_group GROUP BY s.type),"
    " mine AS MATERIALIZED (SELECT o.order_id, o.event_id, o.type, o.target_group, o.published_at"
    " FROM orderlab.outbox o JOIN few ON few.id = o.order_id),"
    " busy AS MATERIALIZED (SELECT o.order_id FROM mine o LEFT JOIN wanted w ON w.type = o.type"
    " WHERE CASE WHEN o.published_at IS NULL THEN true"
    " WHEN w.groups <@ ARRAY(SELECT p.group_id FROM orderlab.inbox p WHERE p.event_id = o.event_id) THEN false"
    " ELSE " ORDERLAB_UNPROCESSED " END"
    " UNION ALL SELECT p.order_id FROM orderlab.parked_events p"
    " UNION ALL SELECT d.order_id FROM orderlab.dead_letters d WHERE d.state = 'waiting')"
    " SELECT b.id, b.version, orderlab.to_micros(b.created_at), CASE WHEN b.id NOT IN (SELECT order_id FROM busy) THEN"
    " translate(json_build_object('order', row_to_json(b),"
    " 'payment', (SELECT row_to_json(p) FROM orderlab.payments p WHERE p.order_id = b.id),"
    " 'refund', (SELECT row_to_json(r) FROM orderlab.refunds r WHERE r.order_id = b.id),"
    " 'ledger', (SELECT coalesce(json_agg(l ORDER BY l.sequence), '[]') FROM (SELECT * FROM orderlab.gateway_ledger k"
    " WHERE k.payment_key = b.id UNION ALL SELECT * FROM orderlab.gateway_ledger k WHERE k.order_id = b.id"
    " AND k.payment_key IS DISTINCT FROM k.order_id) l),"
    " 'notifications', (SELECT coalesce(json_agg(n ORDER BY n.id), '[]') FROM orderlab.notifications n WHERE "
    "n.order_id = b.id)"
    ")::text, E'\\n', ' ') END FROM few b ORDER BY b.created_at, b.id"; // Line breaks between values: in texts they are
                                                                        // escaped.

Task<Result<ArchiveBatch>> PostgresArchive::next()
{
    ArchiveBatch batch;
    PostgresArray versions;
    for (bool is_end = false; batch.orders.empty() && !is_end;) {
        std::vector<PostgresParameter> further;
        further.emplace_back(std::to_string(batch_max));
        further.emplace_back(toRfc3339(m_after.first));
        further.emplace_back(m_after.second.toString());
        const auto results = co_await ask(archive_batch, std::move(further));
        if (!results)
            co_return results.error();
        const PostgresResult& rows = (*results)[1];
        is_end = std::size_t(rows.rows()) < batch_max;
        for (int row = 0; row < rows.rows(); ++row) {
            const auto id = uuidOf(rows, row, 0);
            if (!id)
                co_return id.error();
            m_after = {timeOf(rows, row, 2), *id};
            if (rows.isNull(row, 3))
                continue;
            batch.orders.push_back(OrderId{*id});
            versions.add(rows.number(row, 1));
            batch.lines += rows.text(row, 3);
            batch.lines += '\n';
        }
    }
    batch.versions = versions.take();
    co_return batch;
}

namespace {

std::vector<PostgresStatement> removal(const ArchiveBatch& batch)
{
    const PostgresParameter ids = idsOf(batch.orders);
    std::vector<PostgresStatement> statements;
    statements.push_back(planForMany());
    statements.push_back(
        {"WITH gone AS (DELETE FROM orderlab.orders o USING unnest($1::uuid[], $2::bigint[]) AS u(id, version)"
         " WHERE o.id = u.id AND o.version = u.version RETURNING 1)"
         " SELECT orderlab.expect_rows(count(*), $3::bigint, 'order') FROM gone",
         {ids, batch.versions, std::to_string(batch.orders.size())},
         {}});
    for (const char* sql : what_belongs_to_orders)
        statements.push_back({sql, {ids}, {}});
    return statements;
}

} // namespace

Task<Result<void>> PostgresArchive::remove(const ArchiveBatch& batch)
{
    auto statements = removal(batch);
    const auto results = co_await m_connection->run(std::move(statements));
    if (!results)
        co_return results.error();
    co_return Result<void>{};
}

} // namespace orderlab
