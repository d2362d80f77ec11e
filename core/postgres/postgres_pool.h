#pragma once
#include "base/mutex.h"
#include "postgres/postgres_connection.h"
#include "runtime/notifier.h"

#include <memory>

namespace orderlab {

struct PostgresPoolOptions {
    std::string url;                  ///< URI or key=value; may hold a password.
    std::size_t connections_max = 16; ///< Each costs the server a process of some MiB. Opened when first needed.
    Duration connect_limit{std::chrono::seconds{5}}; ///< For one attempt to connect.
    Duration query_limit{std::chrono::seconds{30}};  ///< For one round trip; past it the server is taken to be away.
    Duration wait_limit{std::chrono::seconds{5}};    ///< For a free connection when all are in use.
    Duration backoff_min{std::chrono::milliseconds{50}}; ///< After a failed attempt to connect; doubles each time…
    Duration backoff_max{std::chrono::seconds{2}};       ///< …up to this, less up to a quarter by chance.
};

class PostgresPool;

/// A connection taken from a pool. Dropping it gives the connection back, or closes it when it was left in the middle
/// of a statement or transaction.
class PostgresLease {
public:
    PostgresLease(std::shared_ptr<PostgresPool> pool, std::unique_ptr<PostgresConnection> connection);
    ~PostgresLease();
    PostgresLease(PostgresLease&&) noexcept;
    PostgresLease& operator=(PostgresLease&&) noexcept;
    PostgresConnection* operator->() const { return m_connection.get(); }

private:
    std::shared_ptr<PostgresPool> m_pool;
    std::unique_ptr<PostgresConnection> m_connection;
};

/// A bounded set of connections to one server. Any thread. While the server is away take() fails at once with
/// Unavailable (Later) and tries to connect only as often as the backoff allows, so nobody queues up behind a dead
/// server.
class PostgresPool : public std::enable_shared_from_this<PostgresPool> {
public:
    PostgresPool(Runtime& runtime, PostgresPoolOptions options);

    /// Errors: Unavailable (Later): away, or all in use for `wait_limit`; InvalidArgument for the URL; Closed.
    Task<Result<PostgresLease>> take();
    /// take(), run the statements as one transaction, give back.
    Task<Result<std::vector<PostgresResult>>> run(std::vector<PostgresStatement> statements);
    /// Ends waits with Closed; idle connections are closed now, those in use when they come back. Idempotent.
    void close();
    const PostgresPoolOptions& options() const { return m_options; }
    struct Use {
        std::size_t open = 0; ///< Or being opened.
        std::size_t idle = 0;
    };
    Use use();

private:
    friend class PostgresLease;
    /// Room for one connection, counted already. Dropping it makes the room free again, whatever was cancelled when.
    class Room;
    enum class Step : std::uint8_t { Taken, Open, Wait, Away, Closed };
    Step tryTake(std::unique_ptr<PostgresConnection>& connection) ORDERLAB_REQUIRES(m_mutex);
    Task<Result<PostgresLease>> waitAndTake();
    static Task<Result<PostgresLease>> openOne(Room room);
    void giveBack(std::unique_ptr<PostgresConnection> connection);
    void opened(const std::optional<Error>& failure);

    Runtime& m_runtime;
    const PostgresPoolOptions m_options;
    Notifier m_changed;
    Mutex m_mutex;
    /// The last one given back is taken first.
    std::vector<std::unique_ptr<PostgresConnection>> m_idle ORDERLAB_GUARDED_BY(m_mutex);
    std::size_t m_count ORDERLAB_GUARDED_BY(m_mutex) = 0; ///< Open or being opened.
    bool m_closed ORDERLAB_GUARDED_BY(m_mutex) = false;
    unsigned m_failures ORDERLAB_GUARDED_BY(m_mutex) = 0;  ///< Attempts to connect that failed in a row.
    TimePoint m_next_attempt ORDERLAB_GUARDED_BY(m_mutex); ///< While m_failures > 0.
    std::string m_away_message ORDERLAB_GUARDED_BY(m_mutex);
};

} // namespace orderlab
