#include "store/postgres_transaction.h"

#include "store/postgres_values.h"
#include "store/postgres_writes.h"

#include <algorithm>
#include <set>

namespace orderlab {

PostgresTransaction::PostgresTransaction(Journal& journal, std::shared_ptr<PostgresPool> pool,
                                         std::shared_ptr<PostgresOutbox> outbox)
    : Transaction(journal), m_pool(std::move(pool)), m_outbox(std::move(outbox))
{
}

Task<Result<std::optional<Order>>> findPostgresOrder(std::shared_ptr<PostgresPool> pool, OrderId id)
{
    std::vector<PostgresStatement> statements;
    statements.push_back({"SELECT id, user_id, amount_minor, currency, status, orderlab.to_micros(created_at),"
                          " orderlab.to_micros(updated_at), version FROM orderlab.orders WHERE id = $1::uuid",
                          {id.toString()}, {}});
    auto results = co_await pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    if ((*results)[0].rows() == 0)
        co_return std::optional<Order>{};
    auto order = orderOf((*results)[0], 0);
    if (!order)
        co_return order.error();
    co_return std::optional<Order>(std::move(*order));
}

Task<Result<std::optional<Order>>> PostgresTransaction::findOrder(OrderId id)
{
    return findPostgresOrder(m_pool, id);
}

Task<Result<std::optional<Payment>>> PostgresTransaction::findPayment(OrderId id)
{
    std::vector<PostgresStatement> statements;
    statements.push_back({"SELECT payment_id, outcome, amount_minor, currency, reason, orderlab.to_micros(updated_at), version"
                          " FROM orderlab.payments WHERE order_id = $1::uuid",
                          {id.toString()}, {}});
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    const PostgresResult& rows = (*results)[0];
    if (rows.rows() == 0) {
        m_payment_versions[id] = 0;
        co_return std::optional<Payment>{};
    }
    m_payment_versions[id] = rows.number(0, 6);
    const auto payment_id = uuidOf(rows, 0, 0);
    const auto outcome = paymentOutcomeOf(rows.text(0, 1));
    const auto total = moneyOf(rows, 0, 2);
    if (!payment_id || !outcome || !total)
        co_return Error{ErrorCode::Corrupt, Retry::Never, "the database holds a payment that cannot be read", {}};
    Payment payment;
    payment.order = id;
    payment.payment = *payment_id;
    payment.outcome = *outcome;
    payment.total = *total;
    payment.reason = rows.text(0, 4);
    payment.updated_at = timeOf(rows, 0, 5);
    co_return std::optional<Payment>(std::move(payment));
}

Task<Result<std::vector<bool>>> PostgresTransaction::markProcessed(std::string_view group, std::span<const EventId> events)
{
    PostgresArray ids;
    for (const EventId& event : events)
        ids.add(event);
    std::vector<PostgresStatement> statements;
    statements.push_back({"SELECT event_id FROM orderlab.processed_events"
                          " WHERE consumer_group = $1::text AND event_id = ANY($2::uuid[])",
                          {std::string(group), ids.take()}, {}});
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    const PostgresResult& rows = (*results)[0];
    std::set<Uuid> done;
    for (int row = 0; row < rows.rows(); ++row) {
        const auto id = uuidOf(rows, row, 0);
        if (!id)
            co_return id.error();
        done.insert(*id);
    }
    for (const InboxRow& row : m_writes.inbox) {
        if (row.group == group)
            done.insert(row.event);
    }
    // The rows themselves are written by commit(), which fails if another transaction was quicker.
    std::vector<bool> to_do;
    for (const EventId& event : events) {
        to_do.push_back(done.insert(event).second);
        if (to_do.back())
            m_writes.inbox.push_back({group, event});
    }
    co_return to_do;
}

Task<Result<void>> PostgresTransaction::commitWrites(WriteSet& writes)
{
    auto statements = statementsOf(writes, m_payment_versions);
    if (statements.empty())
        co_return Result<void>{};
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    if (!writes.outbox.empty())
        m_outbox->committed();
    co_return Result<void>{};
}

} // namespace orderlab
