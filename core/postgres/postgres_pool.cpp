#include "postgres/postgres_pool.h"

#include "runtime/task_group.h"
#include "runtime/with_timeout.h"

#include <algorithm>

namespace orderlab {

PostgresLease::PostgresLease(std::shared_ptr<PostgresPool> pool, std::unique_ptr<PostgresConnection> connection)
    : m_pool(std::move(pool)), m_connection(std::move(connection))
{}

PostgresLease::PostgresLease(PostgresLease&&) noexcept = default;

PostgresLease& PostgresLease::operator=(PostgresLease&& other) noexcept
{
    std::swap(m_pool, other.m_pool);
    std::swap(m_connection, other.m_connection);
    return *this;
}

PostgresLease::~PostgresLease()
{
    if (m_connection)
        m_pool->giveBack(std::move(m_connection));
}

PostgresPool::PostgresPool(Runtime& runtime, PostgresPoolOptions options)
    : m_runtime(runtime), m_options(std::move(options))
{}

class PostgresPool::Room {
public:
    explicit Room(std::shared_ptr<PostgresPool> pool) : m_pool(std::move(pool)) {}
    Room(Room&&) noexcept = default;
    ~Room()
    {
        if (!m_pool)
            return;
        {
            const MutexLock guard(m_pool->m_mutex);
            --m_pool->m_count;
            // Whoever was to connect may have been cancelled: others need not wait for the end of that attempt.
            m_pool->m_next_attempt =
                std::min(m_pool->m_next_attempt, m_pool->m_runtime.now() + m_pool->m_options.backoff_max);
        }
        m_pool->m_changed.notifyOne();
    }
    const std::shared_ptr<PostgresPool>& pool() const { return m_pool; }
    /// There is a connection in it now.
    void fill() { m_pool.reset(); }

private:
    std::shared_ptr<PostgresPool> m_pool;
};

void PostgresPool::giveBack(std::unique_ptr<PostgresConnection> connection)
{
    {
        const MutexLock guard(m_mutex);
        if (connection->isIdle() && !m_closed)
            m_idle.push_back(std::move(connection));
        else
            --m_count;
    }
    m_changed.notifyOne();
}

/// What can be done without waiting. Open: room for one more was reserved.
PostgresPool::Step PostgresPool::tryTake(std::unique_ptr<PostgresConnection>& connection)
{
    if (m_closed)
        return Step::Closed;
    while (!m_idle.empty()) {
        connection = std::move(m_idle.back());
        m_idle.pop_back();
        if (connection->isAlive())
            return Step::Taken;
        connection.reset();
        --m_count;
    }
    if (m_failures > 0 && m_runtime.now() < m_next_attempt)
        return Step::Away;
    if (m_count >= m_options.connections_max)
        return Step::Wait;
    if (m_failures > 0)
        m_next_attempt = m_runtime.now() + m_options.connect_limit; // one attempt at a time
    ++m_count;
    return Step::Open;
}

Task<Result<PostgresLease>> PostgresPool::take()
{
    std::unique_ptr<PostgresConnection> connection;
    Step step;
    std::string away;
    {
        const MutexLock guard(m_mutex);
        step = tryTake(connection);
        away = step == Step::Away ? m_away_message : std::string{};
    }
    switch (step) {
    case Step::Taken: co_return PostgresLease(shared_from_this(), std::move(connection));
    case Step::Open: {
        Room room(shared_from_this());
        co_return co_await openOne(std::move(room));
    }
    case Step::Away: co_return unavailable(std::move(away));
    case Step::Closed: co_return closedError("store");
    case Step::Wait: break;
    }
    auto waiting = waitAndTake();
    auto taken = co_await withTimeout<PostgresLease>(m_runtime, m_options.wait_limit, "waiting for a connection",
                                                     std::move(waiting));
    if (!taken && taken.error().code == ErrorCode::Timeout)
        co_return unavailable("PostgreSQL: all " + std::to_string(m_options.connections_max)
                              + " connections are in use");
    co_return taken;
}

/// Every change wakes one waiter, who passes it on if it cannot use it.
Task<Result<PostgresLease>> PostgresPool::waitAndTake()
{
    struct PassOn {
        Notifier& changed;
        bool used = false;
        ~PassOn()
        {
            if (!used)
                changed.notifyOne();
        }
    } turn{m_changed};
    for (;;) {
        std::unique_ptr<PostgresConnection> connection;
        MutexLock lock(m_mutex);
        const Step step = tryTake(connection);
        const std::string away = m_away_message;
        if (step == Step::Wait) {
            co_await m_changed.wait(lock);
            continue;
        }
        lock.unlock();
        turn.used = step == Step::Taken || step == Step::Open;
        if (step == Step::Taken)
            co_return PostgresLease(shared_from_this(), std::move(connection));
        if (step == Step::Open) {
            Room room(shared_from_this());
            co_return co_await openOne(std::move(room));
        }
        co_return step == Step::Away ? unavailable(away) : closedError("store");
    }
}

Task<Result<PostgresLease>> PostgresPool::openOne(Room room)
{
    const std::shared_ptr<PostgresPool> pool = room.pool();
    auto connection =
        co_await PostgresConnection::open(pool->m_runtime, pool->m_options.url, pool->m_options.connect_limit);
    if (!isCanceled(connection)) // Else nothing is known about the server.
        pool->opened(connection ? std::nullopt : std::optional(connection.error()));
    if (!connection)
        co_return connection.error();
    room.fill();
    co_return PostgresLease(pool, std::move(*connection));
}

void PostgresPool::opened(const std::optional<Error>& failure)
{
    const MutexLock guard(m_mutex);
    if (!failure) {
        m_failures = 0;
        return;
    }
    m_failures = std::min(m_failures + 1, 30u);
    const Duration full =
        std::min(m_options.backoff_max, m_options.backoff_min * (std::int64_t{1} << (m_failures - 1)));
    m_next_attempt =
        m_runtime.now() + full - Duration{std::int64_t(double(full.count()) * 0.25 * m_runtime.randomUnit())};
    m_away_message = failure->message;
}

Task<Result<std::vector<PostgresResult>>> PostgresPool::run(std::vector<PostgresStatement> statements)
{
    auto lease = co_await take();
    if (!lease)
        co_return lease.error();
    co_return co_await (*lease)->run(std::move(statements));
}

PostgresPool::Use PostgresPool::use()
{
    const MutexLock lock(m_mutex);
    return {m_count, m_idle.size()};
}

void PostgresPool::close()
{
    std::vector<std::unique_ptr<PostgresConnection>> idle;
    {
        const MutexLock guard(m_mutex);
        m_closed = true;
        idle.swap(m_idle);
        m_count -= idle.size();
    }
    m_changed.notifyAll();
}

} // namespace orderlab
