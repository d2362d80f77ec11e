#include "postgres/postgres_group_commit.h"

namespace orderlab {

namespace {

constexpr std::size_t orders_a_batch_max = 128;
constexpr std::size_t rows_a_batch_max = 2'048; ///< Of handlers: more gain little, and others wait longer.
constexpr std::size_t order_batches_max = 2;    ///< So that the next is prepared while one is written.
constexpr std::size_t rows_are_many = 64;       ///< More than a few orders have to write at once.
constexpr Duration effects_pace{std::chrono::milliseconds{10}};

std::size_t rowCount(const WriteSet& writes)
{
    return writes.updated_orders.size() + writes.inserted_payments.size() + writes.updated_payments.size()
           + writes.notifications.size() + writes.inbox.size() + writes.outbox.size();
}

/// Rows of dead letters, parked events and worker state are few, and have conditions of their own.
bool canShare(const WriteSet& writes)
{
    return writes.dead_letters.empty() && writes.updated_dead_letters.empty() && writes.parked.empty()
           && writes.unparked.empty() && writes.worker_state.empty();
}

/// As transactions that create orders do: nothing in it depends on what another one does, but for keys that are taken.
bool onlyCreates(const WriteSet& writes)
{
    return canShare(writes) && !writes.inserted_orders.empty() && writes.updated_orders.empty()
           && writes.inserted_payments.empty() && writes.updated_payments.empty() && writes.notifications.empty()
           && writes.analytics.empty() && writes.inbox.empty();
}

Task<Result<void>> sendSets(PostgresPool& pool, std::span<const WritesToSend> sets)
{
    auto statements = statementsOf(sets);
    if (statements.empty())
        co_return Result<void>{};
    const auto results = co_await pool.run(std::move(statements));
    if (!results)
        co_return results.error();
    co_return Result<void>{};
}

/// Whether each by itself may fare better: not where nobody knows what happened, or nothing can be reached.
bool isRefusal(const Error& error)
{
    return error.code != ErrorCode::Unavailable && error.code != ErrorCode::Closed && error.code != ErrorCode::Canceled;
}

Task<std::vector<Result<void>>> sendTogether(std::shared_ptr<PostgresPool> pool, std::vector<WritesToSend> sets)
{
    const auto sent = co_await sendSets(*pool, sets);
    std::vector<Result<void>> answers(sets.size(), sent);
    if (sets.size() == 1 || sent || !isRefusal(sent.error()))
        co_return answers;
    const std::span<const WritesToSend> all(sets);
    for (std::size_t i = 0; i < sets.size(); ++i)
        answers[i] = co_await sendSets(*pool, all.subspan(i, 1));
    co_return answers;
}

} // namespace

PostgresGroupCommit::PostgresGroupCommit(Runtime& runtime, std::shared_ptr<PostgresPool> pool)
    : m_pool(pool), m_orders(orders_a_batch_max, order_batches_max,
                             [pool](std::vector<WritesToSend> sets) { return sendTogether(pool, std::move(sets)); }),
      m_effects(
          rows_a_batch_max, 1, [pool](std::vector<WritesToSend> sets) { return sendTogether(pool, std::move(sets)); },
          [](const WritesToSend& set) { return rowCount(*set.writes); }, {&runtime, effects_pace, rows_are_many})
{}

Task<Result<void>> PostgresGroupCommit::commit(WritesToSend writes)
{
    if (onlyCreates(*writes.writes))
        co_return co_await m_orders.ask(writes);
    if (canShare(*writes.writes))
        co_return co_await m_effects.ask(writes);
    co_return co_await sendSets(*m_pool, {&writes, 1});
}

} // namespace orderlab
