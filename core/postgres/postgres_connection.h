#pragma once
#include "postgres/postgres_result.h"
#include "runtime/runtime.h"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <optional>
#include <unordered_map>
#include <vector>

struct pg_conn;

namespace orderlab {

/// A value in PostgreSQL's text form, or in the binary form of its type; none: NULL.
struct PostgresParameter {
    PostgresParameter(std::optional<std::string> text) : value(std::move(text)) {}
    PostgresParameter(std::string text) : value(std::move(text)) {}
    PostgresParameter(std::nullopt_t) {}
    static PostgresParameter binary(std::string bytes)
    {
        PostgresParameter parameter(std::move(bytes));
        parameter.is_binary = true;
        return parameter;
    }

    std::optional<std::string> value;
    bool is_binary = false;
};

/// One statement and its parameters, which travel apart from the text: nothing is ever quoted into SQL.
struct PostgresStatement {
    /// A literal: a connection prepares it once and knows it by its address. Empty: `text` is sent instead, unprepared.
    const char* sql = nullptr;
    std::vector<PostgresParameter> parameters;
    std::string text;
};

/// One connection to a PostgreSQL server (libpq, never blocking). Belongs to one coroutine at a time, but may be used
/// from another thread each time; the awaiting coroutine's executor must be that of an io_context (RealRuntime).
/// A call that is cancelled or fails in the middle leaves the connection unusable (isIdle() is false): close it.
class PostgresConnection {
public:
    /// `conninfo`: a URI or key=value string. Names are resolved without blocking.
    /// Errors: InvalidArgument (field "postgres") when it cannot be read, Unavailable (Later) with the server's words,
    /// also where the server refuses: while the system runs, an administrator may mend it.
    static Task<Result<std::unique_ptr<PostgresConnection>>> open(Runtime& runtime, std::string conninfo,
                                                                  Duration limit);
    /// The same without the settings that every session of ours wants, and what the server refuses for good is Rejected
    /// (Never, field "postgres") with the way out: see connectFailure().
    static Task<Result<std::unique_ptr<PostgresConnection>>> openPlain(Runtime& runtime, std::string conninfo,
                                                                       Duration limit);
    /// Makes these settings.
    Task<Result<void>> setUp();
    ~PostgresConnection();
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    /// Sends all statements in one round trip (pipeline mode) and returns their results. They are one transaction:
    /// either all take effect or none, unless one of them is BEGIN or COMMIT.
    /// Errors: see postgresError(); Unavailable (Later) as well when it takes longer than `limit`.
    Task<Result<std::vector<PostgresResult>>> run(std::vector<PostgresStatement> statements);
    /// Runs several statements of plain text, without parameters, in one round trip and one transaction.
    Task<Result<void>> runScript(std::string sql);
    /// Waits for notifications and returns the server process that sent each. Error: Unavailable (Later).
    Task<Result<std::vector<int>>> waitForNotifications();

    /// Ready for a new statement, and not within a transaction.
    bool isIdle() const;
    /// Ready for a new statement, but a transaction is open (possibly failed).
    bool isInTransaction() const;
    /// Like isIdle(), after a look whether the server has gone. Does not block.
    bool isAlive();
    /// The server process of this connection.
    int serverProcess() const;
    /// "15.18"
    std::string serverVersion() const;
    /// Of the database: "UTF8".
    std::string serverEncoding() const;
    /// "db.example.org:5432", or the directory of the socket.
    std::string host() const;

private:
    PostgresConnection(Runtime& runtime, Duration limit) : m_runtime(runtime), m_limit(limit) {}
    Task<Result<void>> connect(std::vector<std::pair<std::string, std::string>> options);
    Task<Result<std::vector<PostgresResult>>> runNow(std::vector<PostgresStatement> statements);
    Task<Result<std::vector<PostgresResult>>> scriptNow(std::string sql);
    Task<Result<std::vector<PostgresResult>>> collect(std::vector<const char*> prepared);
    bool send(const PostgresStatement& statement, std::vector<const char*>& prepared);
    Task<Result<void>> flush();
    Task<Result<void>> fill();
    Task<void> waitSocket(bool write);
    void releaseSocket();
    Error lost() const;
    /// Why connecting failed.
    Error refused(bool several_hosts) const;

    struct Finish {
        void operator()(pg_conn* connection) const;
    };
    Runtime& m_runtime;
    const Duration m_limit;
    std::unique_ptr<pg_conn, Finish> m_connection;
    std::optional<boost::asio::posix::stream_descriptor> m_socket; ///< Borrowed from libpq: released, never closed.
    std::unordered_map<const char*, std::string> m_prepared;       ///< Statement name by text.
    unsigned m_next_name = 0;
    bool m_busy = true; ///< A call is under way, or was left in the middle.
};

} // namespace orderlab
