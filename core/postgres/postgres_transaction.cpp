#include "postgres/postgres_transaction.h"

#include "postgres/postgres_parked.h"

#include "postgres/postgres_values.h"
#include "postgres/postgres_writes.h"

#include <algorithm>
#include <set>

namespace orderlab {

PostgresTransaction::PostgresTransaction(Journal& journal, std::shared_ptr<PostgresPool> pool,
                                         std::shared_ptr<PostgresOutbox> outbox,
                                         std::shared_ptr<PostgresDeadLetterOutbox> dead_letter_outbox,
                                         std::shared_ptr<PostgresInserts> inserts)
    : Transaction(journal), m_pool(std::move(pool)), m_outbox(std::move(outbox)),
      m_dead_letter_outbox(std::move(dead_letter_outbox)), m_inserts(std::move(inserts))
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
    return reads().orders.ask(id);
}

Task<Result<std::optional<Payment>>> PostgresTransaction::findPayment(OrderId id)
{
    return reads().payments.ask(id);
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

namespace {

constexpr std::size_t inserts_a_batch_max = 128;

/// Nothing in it depends on what another transaction does, but for keys that are taken.
bool onlyInserts(const WriteSet& writes)
{
    return writes.updated_orders.empty() && writes.inserted_payments.empty() && writes.updated_payments.empty()
           && writes.notifications.empty() && writes.analytics.empty() && writes.dead_letters.empty()
           && writes.updated_dead_letters.empty() && writes.parked.empty() && writes.unparked.empty()
           && writes.inbox.empty() && writes.worker_state.empty() && !writes.inserted_orders.empty();
}

template <typename Row>
void append(std::vector<Row>& to, const std::vector<Row>& rows)
{
    to.insert(to.end(), rows.begin(), rows.end());
}

Task<Result<void>> write(PostgresPool& pool, const WriteSet& writes)
{
    auto results = co_await pool.run(statementsOf(writes, {}));
    if (!results)
        co_return results.error();
    co_return Result<void>{};
}

Task<std::vector<Result<void>>> writeTogether(std::shared_ptr<PostgresPool> pool, std::vector<WriteSet*> sets)
{
    WriteSet all;
    for (const WriteSet* writes : sets) {
        append(all.inserted_orders, writes->inserted_orders);
        append(all.answers, writes->answers);
        append(all.outbox, writes->outbox);
    }
    const auto written = co_await write(*pool, all);
    std::vector<Result<void>> answers(sets.size(), written);
    // One of them cannot be written: each by itself, so that it costs the others nothing. Unless nobody knows what
    // happened.
    if (sets.size() == 1 || written || isInfrastructure(written.error()))
        co_return answers;
    for (std::size_t i = 0; i < sets.size(); ++i)
        answers[i] = co_await write(*pool, *sets[i]);
    co_return answers;
}

} // namespace

std::shared_ptr<PostgresInserts> makePostgresInserts(std::shared_ptr<PostgresPool> pool)
{
    constexpr std::size_t at_a_time = 2;
    return std::make_shared<PostgresInserts>(inserts_a_batch_max, at_a_time, [pool](std::vector<WriteSet*> sets) {
        return writeTogether(pool, std::move(sets));
    });
}

Task<Result<void>> PostgresTransaction::commitWrites(WriteSet& writes)
{
    if (onlyInserts(writes)) {
        auto inserted = co_await m_inserts->ask(&writes);
        if (inserted && !writes.outbox.empty())
            m_outbox->committed();
        co_return inserted;
    }
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
    auto statements = statementsOf(writes, m_payment_versions);
    if (statements.empty())
        co_return Result<void>{};
    auto results = co_await m_pool->run(std::move(statements));
    if (!results)
        co_return results.error();
    if (!writes.outbox.empty())
        m_outbox->committed();
    if (!writes.dead_letters.empty())
        m_dead_letter_outbox->committed();
    co_return Result<void>{};
}

} // namespace orderlab
