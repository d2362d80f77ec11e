#include "postgres/postgres_connection.h"
#include "postgres/postgres_refusal.h"
#include "runtime/task_group.h"
#include "runtime/with_timeout.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <libpq-fe.h>

namespace orderlab {

namespace asio = boost::asio;

namespace {

using ConnectOptions = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t addresses_max = 8; ///< Of one host name; further ones are not tried.

Result<ConnectOptions> parseConninfo(const std::string& conninfo)
{
    char* message = nullptr;
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> parsed(
        PQconninfoParse(conninfo.c_str(), &message), &PQconninfoFree);
    if (!parsed) {
        // libpq's message repeats the input, which may hold a password.
        PQfreemem(message);
        return invalidArgument("postgres",
                               "is neither a PostgreSQL URL (postgresql://user@host/database) nor key=value pairs");
    }
    ConnectOptions options{
        {"fallback_application_name", "orderlab"}, {"keepalives_idle", "30"}, {"tcp_user_timeout", "30000"}};
    for (const PQconninfoOption* option = parsed.get(); option->keyword; ++option) {
        if (option->val)
            options.emplace_back(option->keyword, option->val);
    }
    options.emplace_back("client_encoding", "UTF8");
    return options;
}

std::string valueOf(const ConnectOptions& options, std::string_view key)
{
    std::string value;
    for (const auto& [name, text] : options) {
        if (name == key)
            value = text;
    }
    return value;
}

/// libpq would look a host name up on this thread; its numeric addresses spare it that.
Task<Result<void>> resolveHost(ConnectOptions& options)
{
    const std::string host = valueOf(options, "host");
    if (host.empty() || host.front() == '/' || host.front() == '@' || host.find(',') != std::string::npos
        || !valueOf(options, "hostaddr").empty())
        co_return Result<void>{};
    asio::ip::tcp::resolver resolver(co_await asio::this_coro::executor);
    boost::system::error_code error;
    const auto found = co_await resolver.async_resolve(host, "", asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::operation_aborted)
        throw boost::system::system_error(error);
    if (error)
        co_return unavailable("PostgreSQL: the host name " + host + " cannot be resolved: " + error.message());
    std::string hosts, addresses;
    std::size_t count = 0;
    for (const auto& entry : found) {
        if (++count > addresses_max)
            break;
        hosts += (hosts.empty() ? "" : ",") + host;
        addresses += (addresses.empty() ? "" : ",") + entry.endpoint().address().to_string();
    }
    for (auto& [name, value] : options) {
        if (name == "host")
            value = hosts;
    }
    options.emplace_back("hostaddr", addresses);
    co_return Result<void>{};
}

// What every session of ours wants. Plans: statements are keyed and batched, and plans of prepared statements outlive
// the empty tables they may have been made for, so index scans it shall be, and none is planned for its values: that
// costs more than it can save (see PostgresStore::query() for those where it matters). client_connection_check_interval
// came with PostgreSQL 14: a session whose client has gone ends by itself even while it waits for a lock.
constexpr const char* session_setup = R"(
SET statement_timeout = '30s';
SET lock_timeout = '10s';
SET timezone = 'UTC';
SET datestyle = 'ISO';
SET enable_seqscan = off;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET jit = off;
SET plan_cache_mode = force_generic_plan;
SELECT set_config(name, '1s', false) FROM pg_settings WHERE name = 'client_connection_check_interval';
)";

} // namespace

Error PostgresConnection::refused(bool several_hosts) const
{
    if (!m_connection)
        return lost();
    const auto text = [](const char* value) { return std::string(value ? value : ""); };
    return connectFailure(text(PQerrorMessage(m_connection.get())),
                          {text(PQuser(m_connection.get())), text(PQdb(m_connection.get())), several_hosts,
                           PQconnectionNeedsPassword(m_connection.get()) == 1});
}

Task<Result<std::unique_ptr<PostgresConnection>>> PostgresConnection::open(Runtime& runtime, std::string conninfo,
                                                                           Duration limit)
{
    auto connection = co_await openPlain(runtime, std::move(conninfo), limit);
    if (!connection && connection.error().code == ErrorCode::Rejected)
        co_return unavailable(connection.error().message);
    if (!connection)
        co_return connection.error();
    ORDERLAB_TRY(co_return, co_await (*connection)->setUp());
    co_return connection;
}

Task<Result<void>> PostgresConnection::setUp()
{
    return runScript(session_setup);
}

Task<Result<std::unique_ptr<PostgresConnection>>> PostgresConnection::openPlain(Runtime& runtime, std::string conninfo,
                                                                                Duration limit)
{
    auto options = parseConninfo(conninfo);
    if (!options)
        co_return options.error();
    std::unique_ptr<PostgresConnection> connection(new PostgresConnection(runtime, limit));
    auto connecting = connection->connect(std::move(*options));
    auto connected = co_await withTimeout<void>(runtime, limit, "connecting to PostgreSQL", std::move(connecting));
    if (!connected && connected.error().code == ErrorCode::Timeout)
        co_return unavailable(connected.error().message);
    if (!connected)
        co_return connected.error();
    co_return connection;
}

Task<Result<void>> PostgresConnection::connect(ConnectOptions options)
{
    const auto lists = [&options](std::string_view key) {
        return valueOf(options, key).find(',') != std::string::npos;
    };
    const bool several_hosts = lists("host") || lists("hostaddr"); // Before one name becomes its addresses.
    ORDERLAB_TRY(co_return, co_await resolveHost(options));
    std::vector<const char*> keys, values;
    for (const auto& [key, value] : options) {
        keys.push_back(key.c_str());
        values.push_back(value.c_str());
    }
    keys.push_back(nullptr);
    values.push_back(nullptr);
    m_connection.reset(PQconnectStartParams(keys.data(), values.data(), 0));
    if (!m_connection || PQstatus(m_connection.get()) == CONNECTION_BAD)
        co_return refused(several_hosts);
    PQsetErrorVerbosity(m_connection.get(),
                        PQERRORS_VERBOSE); // With the SQLSTATE, which no other call tells of a connection that fails.
    PostgresPollingStatusType next = PGRES_POLLING_WRITING;
    while (next != PGRES_POLLING_OK) {
        co_await waitSocket(next == PGRES_POLLING_WRITING);
        // It may close this socket and open another one under the same number.
        releaseSocket();
        next = PQconnectPoll(m_connection.get());
        if (next == PGRES_POLLING_FAILED)
            co_return refused(several_hosts);
    }
    PQsetErrorVerbosity(m_connection.get(), PQERRORS_DEFAULT);
    PQsetNoticeProcessor(
        m_connection.get(), [](void*, const char*) {}, nullptr);
    if (PQsetnonblocking(m_connection.get(), 1) != 0)
        co_return lost();
    m_busy = false;
    co_return Result<void>{};
}

} // namespace orderlab
