#include "store/postgres_store.h"

#include "store/failed_attempts.h"
#include "store/order_cursor.h"
#include "store/postgres_ledger.h"
#include "store/postgres_migrations.h"
#include "store/postgres_transaction.h"
#include "store/postgres_values.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t dead_letters_limit_max = 10'000;
constexpr std::size_t parked_limit_max = 10'000;
constexpr Duration parked_recheck{std::chrono::seconds{5}}; ///< Another process may park, and die before its events are due.
#define ORDERLAB_PARKED_COLUMNS                                                                                          \
    "event_id, order_id, type, orderlab.to_micros(event_time), traceparent, extensions, data, consumer_group,"         \
    " partition, log_offset, attempts, attempts_made, orderlab.to_micros(parked_at)"
// A claim is a later due time: it needs no connection while it is held, and ends by itself.
constexpr const char* claim_parked =
    "WITH due AS (SELECT event_id, due_at AS was_due FROM orderlab.parked_events"
    " WHERE consumer_group = $1::text AND due_at <= $2::timestamptz"
    " ORDER BY due_at, event_id LIMIT $3::bigint FOR UPDATE SKIP LOCKED),"
    " taken AS (UPDATE orderlab.parked_events p SET due_at = $4::timestamptz FROM due"
    " WHERE p.consumer_group = $1::text AND p.event_id = due.event_id RETURNING p.*, due.was_due)"
    " SELECT " ORDERLAB_PARKED_COLUMNS ", orderlab.to_micros(was_due) FROM taken ORDER BY was_due, event_id";
constexpr const char* find_parked =
    "SELECT " ORDERLAB_PARKED_COLUMNS ", orderlab.to_micros(due_at) FROM orderlab.parked_events"
    " ORDER BY due_at, event_id LIMIT $1::bigint";
constexpr std::int64_t backlog_max = 1'000'000; ///< Counted no further, so that asking stays cheap.

/// A cursor comes from outside and may name a moment that PostgreSQL does not have; no order is that far away.
TimePoint storableTime(TimePoint time)
{
    const TimePoint first{std::chrono::sys_days{std::chrono::year{1} / 1 / 1}};
    const TimePoint last{std::chrono::sys_days{std::chrono::year{9999} / 12 / 31}};
    return std::clamp(time, first, last);
}

/// The text depends on which filters there are: each combination has an index of its own to follow.
PostgresStatement pageStatement(const OrderQuery& query, const OrderCursor& cursor)
{
    PostgresStatement statement;
    std::string where;
    const auto condition = [&](std::string text, std::string value) {
        statement.parameters.emplace_back(std::move(value));
        text.replace(text.find('?'), 1, "$" + std::to_string(statement.parameters.size()));
        where += (where.empty() ? " WHERE " : " AND ") + text;
    };
    if (query.status)
        condition("status = ?::text", std::string(name(*query.status)));
    if (!query.user_id.empty())
        condition("user_id = ?::text", storableText(query.user_id));
    if (!query.cursor.empty()) {
        statement.parameters.emplace_back(toRfc3339(storableTime(cursor.created_at)));
        condition("(created_at, id) < ($" + std::to_string(statement.parameters.size()) + "::timestamptz, ?::uuid)",
                  cursor.id.toString());
    }
    statement.text = "SELECT " + std::string(order_columns) + " FROM orderlab.orders" + where
                     + " ORDER BY created_at DESC, id DESC LIMIT " + std::to_string(query.limit + 1);
    return statement;
}

/// ORDERLAB_PARKED_COLUMNS, then due_at in microseconds.
Result<std::vector<ParkedEvent>> parkedOf(const PostgresResult& rows)
{
    std::vector<ParkedEvent> all;
    for (int row = 0; row < rows.rows(); ++row) {
        auto event = eventOf(rows, row, 0);
        auto attempts_made = decodeAttempts(rows.text(row, 11));
        if (!event || !attempts_made)
            return event ? attempts_made.error() : event.error();
        ParkedEvent parked;
        parked.event = std::move(*event);
        parked.group = rows.text(row, 7);
        parked.partition = std::uint16_t(rows.number(row, 8));
        parked.offset = rows.number(row, 9);
        parked.attempts = std::int32_t(rows.number(row, 10));
        parked.attempts_made = std::move(*attempts_made);
        parked.parked_at = timeOf(rows, row, 12);
        parked.due_at = timeOf(rows, row, 13);
        all.push_back(std::move(parked));
    }
    return all;
}

class PostgresStore final : public Store {
public:
    PostgresStore(Runtime& runtime, Journal& journal, PostgresOptions options, std::shared_ptr<PostgresPool> pool,
                  std::string description)
        : m_runtime(runtime), m_journal(journal), m_pool(std::move(pool)),
          m_outbox(std::make_shared<PostgresOutbox>(runtime, m_pool, options.outbox)),
          m_ledger(std::make_shared<PostgresPool>(runtime, ledgerPool(options))), m_description(std::move(description))
    {
    }

    std::unique_ptr<Transaction> begin() override
    {
        return std::make_unique<PostgresTransaction>(m_journal, m_pool, m_outbox);
    }
    Task<Result<std::optional<Order>>> findOrder(OrderId id) override { return findPostgresOrder(m_pool, id); }
    Task<Result<OrderPage>> findOrders(OrderQuery query) override;
    Task<Result<std::optional<IdempotencyRecord>>> findAnswer(std::string key) override;
    Task<Result<std::vector<DeadLetter>>> findDeadLetters(std::size_t limit) override;
    Task<Result<std::vector<Notification>>> findNotifications(OrderId order) override;
    Task<Result<std::vector<AnalyticsBucket>>> findAnalytics() override;
    Task<Result<StoreCounts>> counts() override;
    Task<Result<std::unique_ptr<OutboxClaim>>> claimOutbox(std::size_t max) override { return m_outbox->claim(max); }
    Task<Result<std::int64_t>> outboxBacklog() override;
    Task<Result<void>> waitForOutbox() override { return m_outbox->wait(); }
    Task<Result<std::int64_t>> republishUnprocessed(std::span<const Subscription> subscriptions) override
    {
        return m_outbox->republish({subscriptions.begin(), subscriptions.end()});
    }
    Task<Result<ParkedClaim>> claimParked(std::string group, std::size_t max, Duration lease) override;
    Task<Result<std::vector<ParkedEvent>>> findParked(std::size_t limit) override;
    GatewayLedger& ledger() override { return m_ledger; }
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
    PostgresLedger m_ledger;
    const std::string m_description;
};

Task<Result<PostgresResult>> PostgresStore::query(PostgresStatement statement)
{
    std::vector<PostgresStatement> statements;
    statements.push_back(std::move(statement));
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    co_return std::move((*results)[0]);
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
    PostgresStatement statement{"SELECT fingerprint, order_id, orderlab.to_micros(created_at) FROM orderlab.idempotency_keys"
                                " WHERE key = $1::text", {key}, {}};
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    if (rows->rows() == 0)
        co_return std::optional<IdempotencyRecord>{};
    const auto order = uuidOf(*rows, 0, 1);
    if (!order)
        co_return order.error();
    co_return std::optional(IdempotencyRecord{std::move(key), std::string(rows->text(0, 0)), OrderId{*order},
                                              timeOf(*rows, 0, 2)});
}

Task<Result<std::vector<DeadLetter>>> PostgresStore::findDeadLetters(std::size_t limit)
{
    PostgresStatement statement{"SELECT event_id, order_id, type, orderlab.to_micros(event_time), traceparent, extensions,"
                                " data, id, consumer_group, partition, log_offset, attempts, error,"
                                " orderlab.to_micros(created_at) FROM orderlab.dead_letters"
                                " ORDER BY created_at DESC, id DESC LIMIT $1::bigint",
                                {std::to_string(std::min(limit, dead_letters_limit_max))}, {}};
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    std::vector<DeadLetter> letters;
    for (int row = 0; row < rows->rows(); ++row) {
        auto event = eventOf(*rows, row, 0);
        const auto id = uuidOf(*rows, row, 7);
        if (!event || !id)
            co_return event ? id.error() : event.error();
        DeadLetter letter;
        letter.id = *id;
        letter.group = rows->text(row, 8);
        letter.event = std::move(*event);
        letter.partition = std::uint16_t(rows->number(row, 9));
        letter.offset = rows->number(row, 10);
        letter.attempts = std::int32_t(rows->number(row, 11));
        letter.error = rows->text(row, 12);
        letter.created_at = timeOf(*rows, row, 13);
        letters.push_back(std::move(letter));
    }
    co_return letters;
}

Task<Result<ParkedClaim>> PostgresStore::claimParked(std::string group, std::size_t max, Duration lease)
{
    const TimePoint now = m_runtime.now();
    std::vector<PostgresStatement> statements;
    statements.push_back({claim_parked, {group, toRfc3339(now), std::to_string(max), toRfc3339(now + lease)}, {}});
    statements.push_back({"SELECT orderlab.to_micros(min(due_at)) FROM orderlab.parked_events WHERE consumer_group = $1::text",
                          {group}, {}});
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
    PostgresStatement statement{find_parked, {std::to_string(std::min(limit, parked_limit_max))}, {}};
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    co_return parkedOf(*rows);
}

Task<Result<std::vector<Notification>>> PostgresStore::findNotifications(OrderId order)
{
    PostgresStatement statement{"SELECT event_id, about, user_id, amount_minor, currency, orderlab.to_micros(created_at)"
                                " FROM orderlab.notifications WHERE order_id = $1::uuid ORDER BY id",
                                {order.toString()}, {}};
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    std::vector<Notification> notifications;
    for (int row = 0; row < rows->rows(); ++row) {
        const auto event = uuidOf(*rows, row, 0);
        const auto about = eventTypeOf(rows->text(row, 1));
        const auto total = moneyOf(*rows, row, 3);
        if (!event || !about || !total)
            co_return Error{ErrorCode::Corrupt, Retry::Never, "the database holds a notification that cannot be read", {}};
        notifications.push_back({EventId{*event}, order, *about, std::string(rows->text(row, 2)), *total,
                                 timeOf(*rows, row, 5)});
    }
    co_return notifications;
}

Task<Result<std::vector<AnalyticsBucket>>> PostgresStore::findAnalytics()
{
    PostgresStatement statement{"SELECT orderlab.to_micros(minute), revenue_minor, currency, orders, paid, failed, canceled"
                                " FROM orderlab.analytics ORDER BY minute, currency", {}, {}};
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
        " (SELECT count(*) FROM orderlab.processed_events), (SELECT count(*) FROM orderlab.payments),"
        " (SELECT count(*) FROM orderlab.notifications), (SELECT count(*) FROM orderlab.dead_letters),"
        " (SELECT count(*) FROM orderlab.parked_events)"
        " FROM (SELECT count(*), count(*) FILTER (WHERE status = 'created'), count(*) FILTER (WHERE status = 'paid'),"
        " count(*) FILTER (WHERE status = 'failed'), count(*) FILTER (WHERE status = 'canceled')"
        " FROM orderlab.orders) o", {}, {}};
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    StoreCounts counts;
    std::int64_t* const fields[] = {&counts.orders, &counts.created, &counts.paid, &counts.failed, &counts.canceled,
                                    &counts.outbox_unpublished, &counts.processed_events, &counts.payments,
                                    &counts.notifications, &counts.dead_letters, &counts.parked_events};
    int column = 0;
    for (std::int64_t* field : fields)
        *field = rows->number(0, column++);
    co_return counts;
}

Task<Result<std::int64_t>> PostgresStore::outboxBacklog()
{
    PostgresStatement statement{"SELECT count(*) FROM (SELECT FROM orderlab.outbox WHERE published_at IS NULL"
                                " LIMIT $1::bigint) o", {std::to_string(backlog_max)}, {}};
    const auto rows = co_await query(std::move(statement));
    if (!rows)
        co_return rows.error();
    co_return rows->number(0, 0);
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
    m_pool->close();
    m_ledger.close();
}

} // namespace

Task<Result<std::shared_ptr<Store>>> openPostgresStore(Runtime& runtime, Journal& journal, PostgresOptions options)
{
    PostgresPoolOptions pool_options = options.pool;
    pool_options.url = options.url;
    pool_options.connections_max = options.connections_max;
    auto connection = co_await PostgresConnection::open(runtime, options.url, options.pool.connect_limit);
    if (!connection)
        co_return connection.error();
    ORDERLAB_TRY(co_return, co_await migratePostgres(**connection));
    const std::string where = options.where.empty() ? (*connection)->host() : options.where;
    const std::string description = "PostgreSQL " + (*connection)->serverVersion() + " (" + where + ")";
    auto pool = std::make_shared<PostgresPool>(runtime, std::move(pool_options));
    co_return std::make_shared<PostgresStore>(runtime, journal, std::move(options), std::move(pool), description);
}

} // namespace orderlab
