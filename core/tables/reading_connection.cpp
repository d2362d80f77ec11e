#include "tables/reading_connection.h"

#include <array>
#include <cstring>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace orderlab {

namespace {

/// Whether the user may act as the reader, and the reader may read.
constexpr const char* may_act_as_reader =
    "SELECT to_regrole('orderlab_read') IS NOT NULL AND pg_has_role(current_user, to_regrole('orderlab_read'), "
    "'MEMBER')"
    " AND has_schema_privilege(to_regrole('orderlab_read'), to_regnamespace('orderlab'), 'USAGE')";

constexpr const char* begin_reading =
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '5s'; SET LOCAL lock_timeout = "
    "'2s';"
    " SET LOCAL search_path = orderlab, pg_catalog; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO';"
    " SET LOCAL standard_conforming_strings = on; SET LOCAL jit = off";
static_assert(Tables::seconds_max == 5);

std::string firstLineOf(const char* text)
{
    const std::string_view all = text ? text : "";
    return std::string(all.substr(0, all.find('\n')));
}

std::string fieldOf(const ReadingConnection::Rows& rows, int field)
{
    const char* text = PQresultErrorField(rows.get(), field);
    return text ? text : "";
}

/// The byte at which the character `position` (from 1) begins; -1 for none.
int byteOf(std::string_view sql, const std::string& position)
{
    int characters = position.empty() ? 0 : std::atoi(position.c_str());
    for (std::size_t byte = 0; characters > 0 && byte < sql.size(); ++byte) {
        if ((std::uint8_t(sql[byte]) & 0xc0) != 0x80 && --characters == 0)
            return int(byte);
    }
    return characters > 0 && !sql.empty() ? int(sql.size()) : -1;
}

} // namespace

ReadingConnection::ReadingConnection(std::string url)
    : m_url(std::move(url)), m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{}

ReadingConnection::~ReadingConnection()
{
    close(m_wake);
}

Result<void> ReadingConnection::connect()
{
    const std::string limit = std::to_string(connect_seconds_max);
    const std::array<const char*, 7> names{"dbname",          "application_name", "connect_timeout",
                                           "client_encoding", "options",          nullptr};
    const std::array<const char*, 7> values{
        m_url.c_str(),
        "orderlab tables",
        limit.c_str(),
        "UTF8",
        "-c default_transaction_read_only=on -c idle_in_transaction_session_timeout=30s",
        nullptr};
    m_connection.reset(PQconnectdbParams(names.data(), values.data(), 1));
    if (!m_connection || PQstatus(m_connection.get()) != CONNECTION_OK)
        return lost();
    auto role = run(may_act_as_reader);
    if (!role)
        return role.error();
    m_acts_as_reader = !isError(*role) && PQntuples(role->get()) == 1 && cell(*role, 0, 0) == "t";
    return {};
}

Error ReadingConnection::lost()
{
    const std::string why = m_connection ? firstLineOf(PQerrorMessage(m_connection.get())) : std::string();
    m_connection.reset();
    return unavailable("PostgreSQL: " + (why.empty() ? "the connection was lost" : why));
}

Result<void> ReadingConnection::begin()
{
    std::uint64_t ignored = 0;
    while (read(m_wake, &ignored, sizeof ignored) > 0) {
    }
    m_is_canceled = false;
    m_asked_server = false;
    if (!m_connection)
        ORDERLAB_TRY(return, connect());
    const std::string script = std::string(begin_reading) + (m_acts_as_reader ? "; SET LOCAL ROLE orderlab_read" : "");
    if (PQsendQuery(m_connection.get(), script.c_str()) != 1) {
        // The server may have ended the session long ago: once more.
        ORDERLAB_TRY(return, connect());
        if (PQsendQuery(m_connection.get(), script.c_str()) != 1)
            return lost();
    }
    auto begun = last();
    if (!begun && !m_connection && !m_is_canceled) {
        ORDERLAB_TRY(return, connect());
        if (PQsendQuery(m_connection.get(), script.c_str()) != 1)
            return lost();
        begun = last();
    }
    if (!begun)
        return begun.error();
    if (isError(*begun)) {
        const Error error = errorOf(*begun);
        end();
        return error;
    }
    return {};
}

/// The last result of what was sent; an error before it counts.
Result<ReadingConnection::Rows> ReadingConnection::last()
{
    Rows kept;
    for (;;) {
        auto next = answer();
        if (!next)
            return next.error();
        if (!*next)
            break;
        if (!kept || !isError(kept))
            kept = std::move(*next);
    }
    if (PQstatus(m_connection.get()) == CONNECTION_BAD || !kept)
        return lost();
    return kept;
}

bool ReadingConnection::waitForInput()
{
    for (;;) {
        std::array<pollfd, 2> watched{pollfd{PQsocket(m_connection.get()), POLLIN, 0}, pollfd{m_wake, POLLIN, 0}};
        const bool may_be_canceled = !m_asked_server;
        const int ready = poll(watched.data(), may_be_canceled ? 2 : 1, answer_ms_max);
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return false;
        if (may_be_canceled && watched[1].revents != 0) {
            m_asked_server = true;
            if (PGcancel* request = PQgetCancel(m_connection.get())) {
                std::array<char, 256> problem;
                PQcancel(request, problem.data(), int(problem.size()));
                PQfreeCancel(request);
            }
        }
        if (watched[0].revents != 0)
            return true;
    }
}

/// The next result; null: there is none.
Result<ReadingConnection::Rows> ReadingConnection::answer()
{
    while (PQisBusy(m_connection.get())) {
        if (!waitForInput()) {
            m_connection.reset();
            return unavailable("PostgreSQL did not answer in time");
        }
        if (PQconsumeInput(m_connection.get()) != 1)
            return lost();
    }
    return Rows(PQgetResult(m_connection.get()));
}

Result<ReadingConnection::Rows> ReadingConnection::run(const std::string& sql,
                                                       const std::vector<std::string>& parameters)
{
    if (!m_connection)
        return lost();
    std::vector<const char*> values;
    for (const std::string& parameter : parameters)
        values.push_back(parameter.c_str());
    // The extended protocol takes one statement and no more.
    if (PQsendQueryParams(m_connection.get(), sql.c_str(), int(values.size()), nullptr, values.data(), nullptr, nullptr,
                          0)
        != 1)
        return lost();
    return last();
}

Result<ReadingConnection::Rows> ReadingConnection::describe(const std::string& sql)
{
    if (!m_connection)
        return lost();
    if (PQsendPrepare(m_connection.get(), "", sql.c_str(), 0, nullptr) != 1)
        return lost();
    auto prepared = last();
    if (!prepared || isError(*prepared))
        return prepared;
    if (PQsendDescribePrepared(m_connection.get(), "") != 1)
        return lost();
    return last();
}

void ReadingConnection::end()
{
    if (!m_connection)
        return;
    const auto rolled_back = run("ROLLBACK");
    if (!rolled_back || isError(*rolled_back) || PQtransactionStatus(m_connection.get()) != PQTRANS_IDLE)
        m_connection.reset();
}

void ReadingConnection::cancel()
{
    m_is_canceled = true;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = write(m_wake, &one, sizeof one); // Full: it is awake already.
}

Cell ReadingConnection::cell(const Rows& rows, int row, int column)
{
    if (PQgetisnull(rows.get(), row, column))
        return {};
    return std::string(PQgetvalue(rows.get(), row, column), std::size_t(PQgetlength(rows.get(), row, column)));
}

bool ReadingConnection::isError(const Rows& rows)
{
    const ExecStatusType status = PQresultStatus(rows.get());
    return status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK;
}

SqlProblem ReadingConnection::problemOf(const Rows& rows, std::string_view sql) const
{
    const std::string state = fieldOf(rows, PG_DIAG_SQLSTATE), message = fieldOf(rows, PG_DIAG_MESSAGE_PRIMARY);
    const int position = byteOf(sql, fieldOf(rows, PG_DIAG_STATEMENT_POSITION));
    if (state == "57014")
        return m_is_canceled ? SqlProblem{"Canceled.", -1}
                             : SqlProblem{"Stopped after 5 s. Add a condition or a LIMIT.", -1};
    const bool is_write_inside = state == "0A000" && message.find("data-modifying") != std::string::npos;
    if (state == "25006" || is_write_inside)
        return {"Only reading is possible here: " + message, position};
    if (state == "42501")
        return {"The role that reads may not do this: " + message, position};
    const std::string hint = fieldOf(rows, PG_DIAG_MESSAGE_HINT);
    return {hint.empty() ? message : message + " (" + hint + ")", position};
}

Error ReadingConnection::errorOf(const Rows& rows) const
{
    const std::string state = fieldOf(rows, PG_DIAG_SQLSTATE);
    if (state == "57014" && m_is_canceled)
        return canceledError();
    const SqlProblem problem = problemOf(rows, {});
    if (state == "57014")
        return {ErrorCode::Exhausted, Retry::Never, problem.message, {}};
    if (state.starts_with("08") || state.starts_with("57"))
        return unavailable("PostgreSQL: " + problem.message);
    return {ErrorCode::Rejected, Retry::Never, "PostgreSQL: " + problem.message, {}};
}

} // namespace orderlab
