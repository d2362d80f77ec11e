#include "postgres/postgres_transaction.h"

#include "postgres/postgres_parked.h"

#include "postgres/postgres_values.h"

#include <algorithm>
#include <set>

namespace orderlab {

PostgresTransaction::PostgresTransaction(Journal& journal, std::shared_ptr<PostgresPool> pool,
                                         std::shared_ptr<PostgresOutbox> outbox,
                                         std::shared_ptr<PostgresDeadLetterOutbox> dead_letter_outbox,
                                         std::shared_ptr<PostgresGroupCommit> group_commit)
    : Transaction(journal), m_pool(std::move(pool)), m_outbox(std::move(outbox)),
      m_dead_letter_outbox(std::move(dead_letter_outbox)), m_group_commit(std::move(group_commit))
{}

namespace {

constexpr std::size_t reads_a_batch_max = 256;

PostgresParameter arrayOf(const std::vector<OrderId>& ids)
{
    PostgresArray array;
    for (const OrderId& id : ids)
        array.add(id);
    return array.take();
}

/// The answer to each id: its row, nothing, or why it cannot be told.
template <typename Row>
std::vector<Result<std::optional<Row>>> answersTo(const std::vector<OrderId>& ids,
                                                  const std::map<OrderId, Result<Row>>& found)
{
    std::vector<Result<std::optional<Row>>> answers;
    answers.reserve(ids.size());
    for (const OrderId& id : ids) {
        const auto row = found.find(id);
        if (row == found.end())
            answers.emplace_back(std::optional<Row>{});
        else if (row->second)
            answers.emplace_back(std::optional<Row>(*row->second));
        else
            answers.emplace_back(row->second.error());
    }
    return answers;
}

Result<Payment> paymentOf(const PostgresResult& rows, int row)
{
    const auto order = uuidOf(rows, row, 0), payment_id = uuidOf(rows, row, 1);
    const auto outcome = paymentOutcomeOf(rows.text(row, 2));
    const auto total = moneyOf(rows, row, 3);
    if (!order || !payment_id || !outcome || !total)
        return Error{ErrorCode::Corrupt, Retry::Never, "the database holds a payment that cannot be read", {}};
    Payment payment;
    payment.order = OrderId{*order};
    payment.payment = *payment_id;
    payment.outcome = *outcome;
    payment.total = *total;
    payment.reason = rows.text(row, 5);
    payment.updated_at = timeOf(rows, row, 6);
    return payment;
}

} // namespace

/// Reads that handlers of one batch ask for at the same time go together.
struct PostgresTransaction::Reads {
    explicit Reads(PostgresTransaction& transaction)
        : orders(reads_a_batch_max, 1,
                 [&transaction](std::vector<OrderId> ids) { return transaction.readOrders(std::move(ids)); }),
          payments(reads_a_batch_max, 1,
                   [&transaction](std::vector<OrderId> ids) { return transaction.readPayments(std::move(ids)); }),
          states(reads_a_batch_max, 1,
                 [&transaction](std::vector<WorkerStateKey> keys) { return transaction.readStates(std::move(keys)); })
    {}
    Batcher<OrderId, Result<std::optional<Order>>> orders;
    Batcher<OrderId, Result<std::optional<Payment>>> payments;
    Batcher<WorkerStateKey, Result<std::optional<std::string>>> states;
};

PostgresTransaction::~PostgresTransaction() = default;

PostgresTransaction::Reads& PostgresTransaction::reads()
{
    if (!m_reads)
        m_reads = std::make_unique<Reads>(*this);
    return *m_reads;
}

Task<Result<std::optional<Order>>> PostgresTransaction::findOrder(OrderId id)
{
    if (const auto ahead = m_orders_ahead.find(id); ahead != m_orders_ahead.end())
        co_return ahead->second;
    co_return co_await reads().orders.ask(id);
}

Task<Result<std::optional<Payment>>> PostgresTransaction::findPayment(OrderId id)
{
    if (const auto ahead = m_payments_ahead.find(id); ahead != m_payments_ahead.end())
        co_return ahead->second;
    co_return co_await reads().payments.ask(id);
}

namespace {

/// What can be told of each id; the others are asked for again, and their errors told then.
template <typename Row>
Result<void> keepAhead(std::map<OrderId, std::optional<Row>>& ahead, const std::vector<OrderId>& ids,
                       std::vector<Result<std::optional<Row>>> answers)
{
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (!answers[i] && isInfrastructure(answers[i].error()))
            return answers[i].error();
        if (answers[i])
            ahead.emplace(ids[i], std::move(*answers[i]));
    }
    return {};
}

} // namespace

Task<Result<void>> PostgresTransaction::readOrdersAhead(std::vector<OrderId> orders)
{
    auto answers = co_await readOrders(orders);
    co_return keepAhead(m_orders_ahead, orders, std::move(answers));
}

Task<Result<void>> PostgresTransaction::readPaymentsAhead(std::vector<OrderId> orders)
{
    auto answers = co_await readPayments(orders);
    co_return keepAhead(m_payments_ahead, orders, std::move(answers));
}

Task<std::vector<Result<std::optional<Order>>>> PostgresTransaction::readOrders(std::vector<OrderId> ids)
{
    static const std::string text =
        "SELECT " + std::string(order_columns) + " FROM orderlab.orders WHERE id = ANY($1::uuid[])";
    std::vector<PostgresStatement> statements;
    statements.push_back({text.c_str(), {arrayOf(ids)}, {}});
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return std::vector<Result<std::optional<Order>>>(ids.size(), results.error());
    const PostgresResult& rows = (*results)[0];
    std::map<OrderId, Result<Order>> found;
    for (int row = 0; row < rows.rows(); ++row) {
        if (const auto id = uuidOf(rows, row, 0))
            found.emplace(OrderId{*id}, orderOf(rows, row));
    }
    co_return answersTo(ids, found);
}

Task<std::vector<Result<std::optional<Payment>>>> PostgresTransaction::readPayments(std::vector<OrderId> ids)
{
    std::vector<PostgresStatement> statements;
    statements.push_back(
        {"SELECT order_id, payment_id, outcome, amount_minor, currency, reason, orderlab.to_micros(updated_at), version"
         " FROM orderlab.payments WHERE order_id = ANY($1::uuid[])",
         {arrayOf(ids)},
         {}});
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return std::vector<Result<std::optional<Payment>>>(ids.size(), results.error());
    const PostgresResult& rows = (*results)[0];
    std::map<OrderId, Result<Payment>> found;
    for (const OrderId& id : ids)
        m_payment_versions[id] = 0;
    for (int row = 0; row < rows.rows(); ++row) {
        const auto id = uuidOf(rows, row, 0);
        if (!id)
            continue;
        m_payment_versions[OrderId{*id}] = rows.number(row, 7);
        found.emplace(OrderId{*id}, paymentOf(rows, row));
    }
    co_return answersTo(ids, found);
}

Task<Result<std::optional<std::string>>> PostgresTransaction::findState(WorkerStateKey key)
{
    return reads().states.ask(std::move(key));
}

Task<std::vector<Result<std::optional<std::string>>>> PostgresTransaction::readStates(std::vector<WorkerStateKey> keys)
{
    PostgresArray groups, names;
    for (const WorkerStateKey& key : keys) {
        groups.addText(key.group);
        names.addText(key.key);
    }
    std::vector<PostgresStatement> statements;
    statements.push_back({"SELECT w.consumer_group, w.key, w.value FROM orderlab.worker_state w"
                          " JOIN unnest($1::text[], $2::text[]) AS u(consumer_group, key) USING (consumer_group, key)",
                          {groups.take(), names.take()},
                          {}});
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return std::vector<Result<std::optional<std::string>>>(keys.size(), results.error());
    const PostgresResult& rows = (*results)[0];
    std::map<WorkerStateKey, std::string> found;
    for (int row = 0; row < rows.rows(); ++row)
        found[{std::string(rows.text(row, 0)), std::string(rows.text(row, 1))}] = rows.text(row, 2);
    std::vector<Result<std::optional<std::string>>> answers;
    answers.reserve(keys.size());
    for (const WorkerStateKey& key : keys) {
        const auto value = found.find(key);
        answers.emplace_back(value == found.end() ? std::nullopt : std::optional(value->second));
    }
    co_return answers;
}

Task<Result<std::vector<bool>>> PostgresTransaction::markProcessed(std::string_view group,
                                                                   std::span<const EventId> events)
{
    PostgresArray ids;
    for (const EventId& event : events)
        ids.add(event);
    std::vector<PostgresStatement> statements;
    // One look into the index for each id. Asked with = ANY, a planner that has seen the table small walks through all
    // that the group has ever done.
    statements.push_back(
        {"SELECT e.id FROM unnest($2::uuid[]) AS e(id) CROSS JOIN LATERAL (SELECT FROM orderlab.inbox p"
         " WHERE p.event_id = e.id AND p.group_id = (SELECT g.id FROM orderlab.consumer_groups g WHERE g.name = "
         "$1::text)"
         " LIMIT 1) found",
         {std::string(group), ids.take()},
         {}});
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
    if (writes.parked.size() == 1 && writes.parked.front().is_again) {
        std::vector<PostgresStatement> again;
        again.push_back(parkAgain(writes.parked.front()));
        const auto parked = co_await m_pool->run(std::move(again));
        if (!parked)
            co_return parked.error();
        if (parked->front().tag() != "UPDATE 1")
            co_return Error{ErrorCode::AlreadyExists,
                            Retry::Never,
                            "the event was done, given up or tried more often meanwhile",
                            {}};
        co_return Result<void>{};
    }
    const auto committed = co_await m_group_commit->commit({&writes, &m_payment_versions});
    if (!committed)
        co_return committed.error();
    if (!writes.outbox.empty())
        m_outbox->committed();
    if (!writes.dead_letters.empty())
        m_dead_letter_outbox->committed();
    co_return Result<void>{};
}

} // namespace orderlab
