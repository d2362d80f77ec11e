#pragma once
#include "postgres/postgres_pool.h"
#include "runtime/task_group.h"
#include "store/store.h"
#include "store/wake_up.h"

namespace orderlab {

/// Dead letters that the log has yet to be told of, from the relay's side. Any thread. A claim holds one connection of
/// the pool, with an open transaction, until it is marked or dropped.
class PostgresDeadLetterOutbox : public std::enable_shared_from_this<PostgresDeadLetterOutbox> {
public:
    PostgresDeadLetterOutbox(Runtime& runtime, std::shared_ptr<PostgresPool> pool)
        : m_runtime(runtime), m_pool(std::move(pool)), m_tasks(runtime)
    {}

    /// See Store::claimDeadLetters().
    Task<Result<std::unique_ptr<DeadLetterClaim>>> claim(std::size_t max);
    Task<Result<void>> wait() { return m_given_up.wait(); }
    /// A transaction that gave something up is committed.
    void committed() { m_given_up.raise(); }
    Task<void> close();

private:
    class Claim;
    static Task<void> rollBack(PostgresLease lease);

    Runtime& m_runtime;
    const std::shared_ptr<PostgresPool> m_pool;
    WakeUp m_given_up;
    TaskGroup m_tasks; ///< Claims that were dropped.
};

} // namespace orderlab
