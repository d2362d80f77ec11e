#include "postgres/postgres_connection.h"

#include "runtime/task_group.h"
#include "runtime/with_timeout.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <libpq-fe.h>

namespace orderlab {

namespace asio = boost::asio;

namespace {

std::string firstLine(std::string_view text)
{
    return std::string(text.substr(0, text.find('\n')));
}

} // namespace

void PostgresConnection::Finish::operator()(pg_conn* connection) const
{
    PQfinish(connection);
}

PostgresConnection::~PostgresConnection()
{
    releaseSocket();
}

void PostgresConnection::releaseSocket()
{
    if (m_socket)
        m_socket->release();
    m_socket.reset();
}

Error PostgresConnection::lost() const
{
    const std::string why = m_connection ? firstLine(PQerrorMessage(m_connection.get())) : std::string{};
    return unavailable("PostgreSQL: " + (why.empty() ? "the connection was lost" : why));
}

Task<void> PostgresConnection::waitSocket(bool write)
{
    const Executor executor = co_await asio::this_coro::executor;
    if (!m_socket || m_socket->get_executor() != executor) {
        releaseSocket();
        m_socket.emplace(executor, PQsocket(m_connection.get()));
    }
    // Cancellation throws; any other error shows at the next libpq call, which knows it better.
    boost::system::error_code error;
    const auto kind = write ? asio::posix::stream_descriptor::wait_write : asio::posix::stream_descriptor::wait_read;
    co_await m_socket->async_wait(kind, asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::operation_aborted)
        throw boost::system::system_error(error);
}

/// Waits until everything is sent. Reading meanwhile is not needed: what we send in bulk is answered in a few bytes.
Task<Result<void>> PostgresConnection::flush()
{
    for (;;) {
        const int pending = PQflush(m_connection.get());
        if (pending < 0)
            co_return lost();
        if (pending == 0)
            co_return Result<void>{};
        co_await waitSocket(true);
    }
}

/// Waits until the next result can be taken without blocking.
Task<Result<void>> PostgresConnection::fill()
{
    while (PQisBusy(m_connection.get())) {
        co_await waitSocket(false);
        if (!PQconsumeInput(m_connection.get()))
            co_return lost();
    }
    co_return Result<void>{};
}

bool PostgresConnection::send(const PostgresStatement& statement, std::vector<const char*>& prepared)
{
    std::vector<const char*> values;
    std::vector<int> lengths, formats;
    for (const PostgresParameter& parameter : statement.parameters) {
        values.push_back(parameter.value ? parameter.value->c_str() : nullptr);
        lengths.push_back(parameter.value ? int(parameter.value->size()) : 0);
        formats.push_back(parameter.is_binary);
    }
    const int count = int(values.size());
    if (!statement.sql)
        return PQsendQueryParams(m_connection.get(), statement.text.c_str(), count, nullptr, values.data(),
                                 lengths.data(), formats.data(), 0)
               == 1;
    auto known = m_prepared.find(statement.sql);
    if (known == m_prepared.end()) {
        known = m_prepared.emplace(statement.sql, "s" + std::to_string(m_next_name++)).first;
        prepared.push_back(statement.sql);
        if (PQsendPrepare(m_connection.get(), known->second.c_str(), statement.sql, 0, nullptr) != 1)
            return false;
    }
    prepared.push_back(nullptr); // a result of interest
    return PQsendQueryPrepared(m_connection.get(), known->second.c_str(), count, values.data(), lengths.data(),
                               formats.data(), 0)
           == 1;
}

Task<Result<std::vector<PostgresResult>>> PostgresConnection::run(std::vector<PostgresStatement> statements)
{
    auto running = runNow(std::move(statements));
    auto results =
        co_await withTimeout<std::vector<PostgresResult>>(m_runtime, m_limit, "PostgreSQL", std::move(running));
    if (!results && results.error().code == ErrorCode::Timeout)
        co_return unavailable(results.error().message);
    co_return results;
}

Task<Result<std::vector<PostgresResult>>> PostgresConnection::runNow(std::vector<PostgresStatement> statements)
{
    if (m_busy)
        co_return internalError("a PostgreSQL connection was used while busy");
    m_busy = true;
    // For each result to come: null when it is a statement's, else the text whose preparation it answers.
    std::vector<const char*> expected;
    bool sent = PQenterPipelineMode(m_connection.get()) == 1;
    for (const PostgresStatement& statement : statements) {
        if (sent && !statement.sql)
            expected.push_back(nullptr);
        sent = sent && send(statement, expected);
    }
    sent = sent && PQpipelineSync(m_connection.get()) == 1;
    if (!sent)
        co_return lost();
    ORDERLAB_TRY(co_return, co_await flush());
    co_return co_await collect(std::move(expected));
}

/// Takes results up to the end of the pipeline. The first error counts; what follows it was skipped by the server.
Task<Result<std::vector<PostgresResult>>> PostgresConnection::collect(std::vector<const char*> expected)
{
    std::vector<PostgresResult> results;
    std::optional<Error> failure;
    std::size_t index = 0;
    for (;;) {
        ORDERLAB_TRY(co_return, co_await fill());
        PGresult* raw = PQgetResult(m_connection.get());
        if (!raw) {
            // The end of one statement's results; the end of all of them is told by PGRES_PIPELINE_SYNC only.
            if (PQstatus(m_connection.get()) == CONNECTION_BAD || ++index > expected.size() + 1)
                co_return lost();
            continue;
        }
        PostgresResult result(raw);
        const ExecStatusType status = PQresultStatus(raw);
        if (status == PGRES_PIPELINE_SYNC)
            break;
        const char* preparation = index < expected.size() ? expected[index] : nullptr;
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
            if (!preparation)
                results.push_back(std::move(result));
            continue;
        }
        if (status == PGRES_FATAL_ERROR && !failure)
            failure = postgresErrorOf(raw);
        if (preparation)
            m_prepared.erase(preparation);
        if (PQstatus(m_connection.get()) == CONNECTION_BAD)
            co_return failure ? *failure : lost();
    }
    if (PQexitPipelineMode(m_connection.get()) != 1)
        co_return lost();
    m_busy = false;
    if (failure)
        co_return *failure;
    co_return results;
}

Task<Result<void>> PostgresConnection::runScript(std::string sql)
{
    auto running = scriptNow(std::move(sql));
    auto results =
        co_await withTimeout<std::vector<PostgresResult>>(m_runtime, m_limit, "PostgreSQL", std::move(running));
    if (results)
        co_return Result<void>{};
    co_return results.error().code == ErrorCode::Timeout ? unavailable(results.error().message) : results.error();
}

Task<Result<std::vector<PostgresResult>>> PostgresConnection::scriptNow(std::string sql)
{
    if (m_busy)
        co_return internalError("a PostgreSQL connection was used while busy");
    m_busy = true;
    if (PQsendQuery(m_connection.get(), sql.c_str()) != 1)
        co_return lost();
    ORDERLAB_TRY(co_return, co_await flush());
    std::optional<Error> failure;
    for (;;) {
        ORDERLAB_TRY(co_return, co_await fill());
        PGresult* raw = PQgetResult(m_connection.get());
        if (!raw)
            break;
        const PostgresResult result(raw);
        const ExecStatusType status = PQresultStatus(raw);
        if (status == PGRES_FATAL_ERROR && !failure)
            failure = postgresErrorOf(raw);
    }
    if (PQstatus(m_connection.get()) == CONNECTION_BAD)
        co_return failure ? *failure : lost();
    m_busy = false;
    if (failure)
        co_return *failure;
    co_return std::vector<PostgresResult>{};
}

Task<Result<std::vector<int>>> PostgresConnection::waitForNotifications()
{
    std::vector<int> senders;
    while (senders.empty()) {
        co_await waitSocket(false);
        if (!PQconsumeInput(m_connection.get()))
            co_return lost();
        while (PGnotify* notification = PQnotifies(m_connection.get())) {
            senders.push_back(notification->be_pid);
            PQfreemem(notification);
        }
    }
    co_return senders;
}

bool PostgresConnection::isIdle() const
{
    return !m_busy && PQstatus(m_connection.get()) == CONNECTION_OK
           && PQtransactionStatus(m_connection.get()) == PQTRANS_IDLE;
}

bool PostgresConnection::isInTransaction() const
{
    if (m_busy || PQstatus(m_connection.get()) != CONNECTION_OK)
        return false;
    const auto status = PQtransactionStatus(m_connection.get());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool PostgresConnection::isAlive()
{
    return isIdle() && PQconsumeInput(m_connection.get()) && isIdle();
}

int PostgresConnection::serverProcess() const
{
    return PQbackendPID(m_connection.get());
}

std::string PostgresConnection::serverEncoding() const
{
    const char* encoding = PQparameterStatus(m_connection.get(), "server_encoding");
    return encoding ? encoding : "";
}

std::string PostgresConnection::serverVersion() const
{
    const char* version = PQparameterStatus(m_connection.get(), "server_version");
    const std::string_view text = version ? version : "";
    return std::string(text.substr(0, text.find(' ')));
}

std::string PostgresConnection::host() const
{
    const char* host = PQhost(m_connection.get());
    const char* port = PQport(m_connection.get());
    const std::string name = host ? host : "";
    return name.starts_with('/') ? name : name + ':' + (port ? port : "");
}

} // namespace orderlab
