#include "postgres/postgres_store.h"

#include "postgres/postgres_checks.h"
#include "postgres/postgres_dead_letters.h"
#include "postgres/postgres_ledger.h"
#include "postgres/postgres_migrations.h"
#include "postgres/postgres_parked.h"
#include "postgres/postgres_transaction.h"
#include "postgres/postgres_upkeep.h"
#include "postgres/postgres_values.h"
#include "postgres/postgres_where.h"
#include "store/order_cursor.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t parked_limit_max = 10'000;
constexpr Duration parked_recheck{
    std::chrono::seconds{5}};                   ///< Another process may park, and die before its events are due.
constexpr std::int64_t backlog_max = 1'000'000; ///< Counted no further, so that asking stays cheap.

/// Orders that `where` finds, newest first.
std::string pageText(const PostgresWhere& where, std::size_t rows)
{
    std::string select = "SELECT "; // Appended to, as GCC 12 warns of a sum that is right.
    select += order_columns;
    select += " FROM orderlab.orders";
    select += where.text();
    select += " ORDER BY created_at DESC, id DESC LIMIT " + std::to_string(rows);
    return select;
}

/// The text depends on which filters there are: each combination has an index of its own to follow (paid orders, which
/// most are, that of all; those of other statuses are filed, see PostgresFiling). It is never prepared, so that it is
/// planned for the values.
PostgresStatement pageStatement(const OrderQuery& query, const OrderCursor& cursor)
{
    PostgresWhere where;
    if (!query.cursor.empty()) {
        std::string condition = "(created_at, id) < (";
        condition += where.parameter(toRfc3339(storableTime(cursor.created_at)));
        condition += "::timestamptz, ?::uuid)";
        where.add(condition, cursor.id.toString());
    }
    const std::size_t rows = query.limit + 1;
    if (!query.user_id.empty()) {
        where.add("user_id = ?::text", storableText(query.user_id));
        if (query.status)
            where.add("status = ?::text", std::string(name(*query.status)));
    } else if (query.status == OrderStatus::Created) {
        PostgresWhere young = where;
        young.add("status = ?::text AND filed_status IS NULL"
                  " AND created_at >= (SELECT until FROM orderlab.orders_filed)",
                  std::string(name(*query.status)));
        where.add("filed_status = ?::text", std::string(name(*query.status)));
        const std::string both =
            "SELECT * FROM ((" + pageText(young, rows) + ") UNION ALL (" + pageText(where, rows) + ")) o";
        return {nullptr, where.takeParameters(), both + " ORDER BY 6 DESC, 1 DESC LIMIT " + std::to_string(rows)};
    } else if (query.status) {
        where.add(query.status == OrderStatus::Paid ? "status = ?::text" : "filed_status = ?::text",
                  std::string(name(*query.status)));
    }
    std::string text = pageText(where, rows);
    return {nullptr, where.takeParameters(), std::move(text)};
}

class PostgresStore final : public Store {
public:
    PostgresStore(Runtime& runtime, Journal& journal, PostgresOptions options, std::shared_ptr<PostgresPool> pool,
                  std::string description)
        : m_runtime(runtime), m_journal(journal), m_pool(std::move(pool)),
          m_outbox(std::make_shared<PostgresOutbox>(runtime, m_pool, options.outbox)),
          m_dead_letter_outbox(std::make_shared<PostgresDeadLetterOutbox>(runtime, m_pool)),
          m_group_commit(std::make_shared<PostgresGroupCommit>(runtime, m_pool)),
          m_ledger(std::make_shared<PostgresPool>(runtime, ledgerPool(options))), m_upkeep(runtime, m_pool, m_outbox),
          m_description(std::move(description))
    {}

    std::unique_ptr<Transaction> begin() override
    {
        return std::make_unique<PostgresTransaction>(m_journal, m_pool, m_outbox, m_dead_letter_outbox, m_group_commit);
    }
    Task<Result<std::optional<Order>>> findOrder(OrderId id) override;
    Task<Result<OrderPage>> findOrders(OrderQuery query) override;
    Task<Result<std::optional<IdempotencyRecord>>> findAnswer(std::string key) override;
    Task<Result<std::optional<DeadLetter>>> findDeadLetter(Uuid id) override;
    Task<Result<DeadLetterPage>> queryDeadLetters(DeadLetterQuery query) override;
    Task<Result<std::vector<DeadLetterCause>>> countDeadLetters(DeadLetterFilter filter) override;
    Task<Result<std::vector<bool>>> findProcessed(std::string group, std::vector<EventId> events) override;
    Task<Result<std::vector<Notification>>> findNotifications(OrderId order) override;
    Task<Result<std::vector<AnalyticsBucket>>> findAnalytics() override;
    Task<Result<StoreCounts>> counts() override;
    Task<Result<std::unique_ptr<OutboxClaim>>> claimOutbox(std::size_t max) override { return m_outbox->claim(max); }
    Task<Result<std::int64_t>> outboxBacklog() override;
    Task<Result<StoreLoad>> load() override;
    Task<Result<void>> waitForOutbox() override { return m_outbox->wait(); }
    Task<Result<std::int64_t>> republishUnprocessed(std::span<const Subscription> subscriptions,
                                                    std::string log) override
    {
        return m_outbox->republish({subscriptions.begin(), subscriptions.end()}, std::move(log));
    }
    Task<Result<std::vector<std::int64_t>>> otherLogs() override { return m_outbox->otherLogs(); }
    Task<Result<std::vector<LostEvent>>> republishLost(std::span<const Subscription> subscriptions, LostRows rows,
                                                       std::size_t max) override
    {
        return m_outbox->republishLost({subscriptions.begin(), subscriptions.end()}, rows, max);
    }
    Task<Result<std::vector<LogExtent>>> logExtents() override { return m_outbox->logExtents(); }
    Task<Result<void>> saveLogExtents(std::vector<LogExtent> extents) override
    {
        return m_outbox->saveLogExtents(std::move(extents));
    }
    bool keepsPublished() const override { return true; }
    Task<Result<ParkedClaim>> claimParked(std::string group, std::size_t max, Duration lease) override;
    Task<Result<std::vector<ParkedEvent>>> findParked(std::size_t limit) override;
    Task<Result<std::unique_ptr<DeadLetterClaim>>> claimDeadLetters(std::size_t max) override
    {
        return m_dead_letter_outbox->claim(max);
    }
    Task<Result<void>> waitForDeadLetters() override { return m_dead_letter_outbox->wait(); }
    GatewayLedger& ledger() override { return m_ledger; }
    StoreUpkeep& upkeep() override { return m_upkeep; }
    Task<Result<std::string>> identity() override;
    Task<Result<void>> ping() override;
    Task<void> close() override;
    std::string description() const override { return m_description; }

private:
    static PostgresPoolOptions ledgerPool(const PostgresOptions& options)
    {
        PostgresPoolOptions pool = options.pool;
        pool.url = options.url;
        pool.connections_max = options.ledger_connections_max;
        return pool;
    }
    /// The rows of one statement.
    Task<Result<PostgresResult>> query(PostgresStatement statement);

    Runtime& m_runtime;
    Journal& m_journal;
    const std::shared_ptr<PostgresPool> m_pool;
    const std::shared_ptr<PostgresOutbox> m_outbox;
    const std::shared_ptr<PostgresDeadLetterOutbox> m_dead_letter_outbox;
    const std::shared_ptr<PostgresGroupCommit> m_group_commit;
    PostgresLedger m_ledger;
    PostgresUpkeep m_upkeep;
    const std::string m_description;
};

Task<Result<PostgresResult>> PostgresStore::query(PostgresStatement statement)
{
    std::vector<PostgresStatement> statements;
    if (!statement.sql) // Its text is made for its values, and so is its plan.
        statements.push_back({"SELECT set_config('plan_cache_mode', 'force_custom_plan', true)", {}, {}});
    statements.push_back(std::move(statement));
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    co_return std::move(results->back());
}

Task<Result<std::optional<Order>>> PostgresStore::findOrder(OrderId id)
{
    static const std::string text =
        "SELECT " + std::string(order_columns) + " FROM orderlab.orders WHERE id = $1::uuid";
    PostgresStatement statement{text.c_str(), {id.toString()}, {}};
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    if (rows->rows() == 0)
        co_return std::optional<Order>{};
    auto order = orderOf(*rows, 0);
    if (!order)
        co_return order.error();
    co_return std::optional<Order>(std::move(*order));
}

Task<Result<OrderPage>> PostgresStore::findOrders(OrderQuery query)
{
    const auto cursor = OrderCursor::check(query);
    if (!cursor)
        co_return cursor.error();
    PostgresStatement statement = pageStatement(query, *cursor);
    const auto rows = co_await this->query(std::move(statement));
    if (!rows)
        co_return rows.error();
    OrderPage page;
    for (int row = 0; row < rows->rows() && page.orders.size() < query.limit; ++row) {
        auto order = orderOf(*rows, row);
        if (!order)
            co_return order.error();
        page.orders.push_back(std::move(*order));
    }
    if (std::size_t(rows->rows()) > query.limit)
        page.next_cursor = OrderCursor::behind(page.orders.back()).toString();
    co_return page;
}

Task<Result<std::optional<IdempotencyRecord>>> PostgresStore::findAnswer(std::string key)
{
    PostgresStatement statement{
        "SELECT fingerprint, order_id, orderlab.to_micros(created_at) FROM orderlab.idempotency_keys"
        " WHERE key = $1::text",
        {key},
        {}};
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    if (rows->rows() == 0)
        co_return std::optional<IdempotencyRecord>{};
    const auto order = uuidOf(*rows, 0, 1);
    if (!order)
        co_return order.error();
    co_return std::optional(
        IdempotencyRecord{std::move(key), std::string(rows->text(0, 0)), OrderId{*order}, timeOf(*rows, 0, 2)});
}

Task<Result<std::optional<DeadLetter>>> PostgresStore::findDeadLetter(Uuid id)
{
    PostgresStatement statement = deadLetterStatement(id);
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    if (rows->rows() == 0)
        co_return std::optional<DeadLetter>{};
    auto letter = deadLetterOf(*rows, 0);
    if (!letter)
        co_return letter.error();
    co_return std::optional<DeadLetter>(std::move(*letter));
}

Task<Result<DeadLetterPage>> PostgresStore::queryDeadLetters(DeadLetterQuery query)
{
    const auto cursor = RowCursor::check(query.limit, query.cursor);
    if (!cursor)
        co_return cursor.error();
    PostgresStatement statement = deadLetterPageStatement(query, *cursor);
    const auto rows = co_await this->query(std::move(statement));
    if (!rows)
        co_return rows.error();
    DeadLetterPage page;
    for (int row = 0; row < rows->rows() && page.letters.size() < query.limit; ++row) {
        auto letter = deadLetterOf(*rows, row);
        if (!letter)
            co_return letter.error();
        page.letters.push_back(std::move(*letter));
    }
    if (std::size_t(rows->rows()) > query.limit)
        page.next_cursor = RowCursor::at(page.letters.back().created_at, page.letters.back().id).toString();
    co_return page;
}

Task<Result<std::vector<DeadLetterCause>>> PostgresStore::countDeadLetters(DeadLetterFilter filter)
{
    PostgresStatement statement = deadLetterCausesStatement(filter);
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    co_return deadLetterCausesOf(*rows);
}

Task<Result<std::vector<bool>>> PostgresStore::findProcessed(std::string group, std::vector<EventId> events)
{
    PostgresArray ids;
    for (const EventId& event : events)
        ids.add(event);
    // An answer for each id, in their order.
    PostgresStatement statement{
        "SELECT EXISTS (SELECT FROM orderlab.processed_events p WHERE p.consumer_group = $1::text"
        " AND p.event_id = e.id) FROM unnest($2::uuid[]) WITH ORDINALITY AS e(id, place)"
        " ORDER BY place",
        {storableText(group), ids.take()},
        {}};
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    std::vector<bool> done;
    for (int row = 0; row < rows->rows(); ++row)
        done.push_back(rows->text(row, 0) == "t");
    co_return done;
}

Task<Result<ParkedClaim>> PostgresStore::claimParked(std::string group, std::size_t max, Duration lease)
{
    const TimePoint now = m_runtime.now();
    std::vector<PostgresStatement> statements;
    statements.push_back(claimParkedStatement(group, max, now, lease));
    statements.push_back(nextParkedStatement(group));
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    auto events = parkedOf((*results)[0]);
    if (!events)
        co_return events.error();
    ParkedClaim claim;
    claim.events = std::move(*events);
    claim.look_again = now + parked_recheck;
    if (!(*results)[1].isNull(0, 0))
        claim.look_again = std::min(*claim.look_again, timeOf((*results)[1], 0, 0));
    co_return claim;
}

Task<Result<std::vector<ParkedEvent>>> PostgresStore::findParked(std::size_t limit)
{
    PostgresStatement statement = findParkedStatement(std::min(limit, parked_limit_max));
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    co_return parkedOf(*rows);
}

Task<Result<std::vector<Notification>>> PostgresStore::findNotifications(OrderId order)
{
    PostgresStatement statement{
        "SELECT event_id, about, user_id, amount_minor, currency, orderlab.to_micros(created_at)"
        " FROM orderlab.notifications WHERE order_id = $1::uuid ORDER BY id",
        {order.toString()},
        {}};
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    std::vector<Notification> notifications;
    for (int row = 0; row < rows->rows(); ++row) {
        const auto event = uuidOf(*rows, row, 0);
        const auto about = eventTypeOf(rows->text(row, 1));
        const auto total = moneyOf(*rows, row, 3);
        if (!event || !about || !total)
            co_return Error{
                ErrorCode::Corrupt, Retry::Never, "the database holds a notification that cannot be read", {}};
        notifications.push_back(
            {EventId{*event}, order, *about, std::string(rows->text(row, 2)), *total, timeOf(*rows, row, 5)});
    }
    co_return notifications;
}

Task<Result<std::vector<AnalyticsBucket>>> PostgresStore::findAnalytics()
{
    PostgresStatement statement{
        "SELECT orderlab.to_micros(minute), sum(revenue_minor), currency, sum(orders), sum(paid),"
        " sum(failed), sum(canceled) FROM orderlab.analytics GROUP BY minute, currency"
        " ORDER BY minute, currency",
        {},
        {}};
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    std::vector<AnalyticsBucket> buckets;
    for (int row = 0; row < rows->rows(); ++row) {
        const auto revenue = moneyOf(*rows, row, 1);
        if (!revenue)
            co_return revenue.error();
        buckets.push_back({timeOf(*rows, row, 0), revenue->currency, rows->number(row, 3), rows->number(row, 4),
                           rows->number(row, 5), rows->number(row, 6), revenue->amount_minor});
    }
    co_return buckets;
}

Task<Result<StoreCounts>> PostgresStore::counts()
{
    PostgresStatement statement{
        "SELECT o.*, (SELECT count(*) FROM orderlab.outbox WHERE published_at IS NULL),"
        " (SELECT count(*) FROM orderlab.inbox), (SELECT count(*) FROM orderlab.payments),"
        " (SELECT count(*) FROM orderlab.notifications), (SELECT count(*) FROM orderlab.dead_letters WHERE state <> "
        "'replayed'),"
        " (SELECT count(*) FROM orderlab.parked_events)"
        " FROM (SELECT count(*), count(*) FILTER (WHERE status = 'created'), count(*) FILTER (WHERE status = 'paid'),"
        " count(*) FILTER (WHERE status = 'failed'), count(*) FILTER (WHERE status = 'canceled')"
        " FROM orderlab.orders) o",
        {},
        {}};
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    StoreCounts counts;
    std::int64_t* const fields[] = {&counts.orders,           &counts.created,      &counts.paid,
                                    &counts.failed,           &counts.canceled,     &counts.outbox_unpublished,
                                    &counts.processed_events, &counts.payments,     &counts.notifications,
                                    &counts.dead_letters,     &counts.parked_events};
    int column = 0;
    for (std::int64_t* field : fields)
        *field = rows->number(0, column++);
    co_return counts;
}

Task<Result<std::int64_t>> PostgresStore::outboxBacklog()
{
    PostgresStatement statement{"SELECT count(*) FROM (SELECT FROM orderlab.outbox WHERE published_at IS NULL"
                                " LIMIT $1::bigint) o",
                                {std::to_string(backlog_max)},
                                {}};
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    co_return rows->number(0, 0);
}

Task<Result<StoreLoad>> PostgresStore::load()
{
    const PostgresPool::Use use = m_pool->use(); // Before this takes one.
    const auto rows = co_await outboxBacklog();
    if (!rows)
        co_return rows.error();
    StoreLoad load;
    load.outbox_rows = *rows;
    load.connections_max = m_pool->options().connections_max;
    load.connections_open = use.open;
    load.connections_idle = use.idle;
    // The first of each slot, by the index of unpublished rows.
    PostgresStatement statement{"SELECT (SELECT o.event_id FROM orderlab.outbox o WHERE o.published_at IS NULL"
                                " AND o.slot = s.slot ORDER BY o.sequence LIMIT 1) FROM orderlab.outbox_slots s",
                                {},
                                {}};
    const auto firsts = co_await query(std::move(statement));
    if (!firsts)
        co_return firsts.error();
    for (int row = 0; row < firsts->rows(); ++row) {
        const auto id = Uuid::parse(firsts->text(row, 0));
        if (!id)
            continue; // None waits in this slot.
        const TimePoint written = fromMicros(id->version7Ms() * 1'000);
        load.outbox_oldest = std::min(load.outbox_oldest.value_or(written), written);
    }
    co_return load;
}

Task<Result<std::string>> PostgresStore::identity()
{
    PostgresStatement statement{"SELECT system_identifier::text || '-' || (SELECT oid FROM pg_database WHERE datname = "
                                "current_database())::text FROM pg_control_system()",
                                {},
                                {}};
    const auto rows = co_await query(std::move(statement));
    if (!rows && rows.error().code == ErrorCode::Unavailable)
        co_return rows.error();
    co_return rows ? std::string(rows->text(0, 0)) : std::string(); // Some servers keep it to themselves.
}

Task<Result<void>> PostgresStore::ping()
{
    PostgresStatement statement{"SELECT 1", {}, {}};
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    co_return Result<void>{};
}

Task<void> PostgresStore::close()
{
    co_await m_outbox->close();
    co_await m_dead_letter_outbox->close();
    m_pool->close();
    m_ledger.close();
}

} // namespace

Task<Result<std::shared_ptr<Store>>> openPostgresStore(Runtime& runtime, Journal& journal, PostgresOptions options)
{
    PostgresPoolOptions pool_options = options.pool;
    pool_options.url = options.url;
    pool_options.connections_max = options.connections_max;
    // Plain at first: of a pooler's connection, what is set in a session would stay with others.
    auto connection = co_await PostgresConnection::openPlain(runtime, options.url, options.pool.connect_limit);
    if (!connection)
        co_return connection.error();
    ORDERLAB_TRY(co_return, co_await checkPostgres(runtime, **connection, options.url, options.pool.connect_limit));
    ORDERLAB_TRY(co_return, co_await (*connection)->setUp());
    const auto notice = co_await migratePostgres(**connection);
    if (!notice)
        co_return notice.error();
    if (!notice->empty() && options.on_notice)
        options.on_notice(*notice);
    ORDERLAB_TRY(co_return, co_await checkPostgresTables(**connection));
    const std::string where = options.where.empty() ? (*connection)->host() : options.where;
    const std::string description = "PostgreSQL " + (*connection)->serverVersion() + " (" + where + ")";
    auto pool = std::make_shared<PostgresPool>(runtime, std::move(pool_options));
    co_return std::make_shared<PostgresStore>(runtime, journal, std::move(options), std::move(pool), description);
}

} // namespace orderlab
