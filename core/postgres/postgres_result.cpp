#include "postgres/postgres_result.h"

#include <libpq-fe.h>

#include <charconv>
#include <string>

namespace orderlab {

void PostgresResult::Clear::operator()(pg_result* result) const
{
    PQclear(result);
}

int PostgresResult::rows() const
{
    return PQntuples(m_result.get());
}

bool PostgresResult::isNull(int row, int column) const
{
    return PQgetisnull(m_result.get(), row, column) != 0;
}

std::string_view PostgresResult::text(int row, int column) const
{
    return {PQgetvalue(m_result.get(), row, column), std::size_t(PQgetlength(m_result.get(), row, column))};
}

std::int64_t PostgresResult::number(int row, int column) const
{
    const std::string_view digits = text(row, column);
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

std::string_view PostgresResult::tag() const
{
    return PQcmdStatus(m_result.get());
}

Error postgresError(std::string_view sqlstate, std::string_view constraint, std::string_view message)
{
    const std::string text = "PostgreSQL: " + std::string(message);
    const auto isClass = [sqlstate](std::string_view prefix) { return sqlstate.starts_with(prefix); };
    if (sqlstate == "40001" || sqlstate == "40P01")
        return {ErrorCode::Conflict, Retry::Now, text, {}};
    if (sqlstate == "55P03") // lock_timeout: somebody holds a row for long
        return {ErrorCode::Conflict, Retry::Later, text, {}};
    if (sqlstate == "23505") {
        if (constraint == "orders_pkey")
            return {ErrorCode::AlreadyExists, Retry::Never, "an order with this id is there already", {}};
        if (constraint == "idempotency_keys_pkey")
            return {ErrorCode::AlreadyExists, Retry::Never, "this idempotency key was used already", {}};
        return {ErrorCode::Conflict, Retry::Now, text, {}};
    }
    // Connection exceptions; stopped or starting (57P01 to 57P05); a statement past its time (57014); out of resources;
    // a server that became a standby (25006); the server's own disk (58).
    if (sqlstate.empty() || isClass("08") || isClass("57P") || sqlstate == "57014" || isClass("53")
        || sqlstate == "25006" || isClass("58"))
        return unavailable(text);
    if (sqlstate == "42501") // insufficient_privilege
        return {ErrorCode::Rejected, Retry::Never, text + ": the role that Orderlab is started as lacks a right",
                "postgres"};
    if (isClass("22"))
        return {ErrorCode::InvalidArgument, Retry::Never, text, {}};
    return internalError(text + " (SQLSTATE " + std::string(sqlstate) + ")");
}

Error postgresErrorOf(const pg_result* result)
{
    const auto field = [result](int code) {
        const char* text = PQresultErrorField(result, code);
        return std::string_view(text ? text : "");
    };
    const std::string_view primary = field(PG_DIAG_MESSAGE_PRIMARY);
    return postgresError(field(PG_DIAG_SQLSTATE), field(PG_DIAG_CONSTRAINT_NAME),
                         primary.empty() ? std::string_view("the connection was lost") : primary);
}

} // namespace orderlab
