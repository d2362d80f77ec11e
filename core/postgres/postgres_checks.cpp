#include "postgres/postgres_checks.h"

namespace orderlab {

namespace {

constexpr int pooler_rounds = 8; ///< A pooler may hand its connections out in turn; so many tell, with few of them.

Error unusable(std::string message)
{
    return {ErrorCode::Rejected, Retry::Never, std::move(message), "postgres"};
}

Task<Result<PostgresResult>> ask(PostgresConnection& connection, std::string sql, bool in_transaction = false)
{
    std::vector<PostgresStatement> statements;
    if (in_transaction)
        statements.push_back({nullptr, {}, "BEGIN"});
    statements.push_back({nullptr, {}, std::move(sql)});
    auto results = co_await connection.run(std::move(statements));
    if (!results)
        co_return results.error();
    co_return std::move(results->back());
}

Task<Result<std::int64_t>> processOf(PostgresConnection& connection, bool in_transaction = false)
{
    const auto process = co_await ask(connection, "SELECT pg_backend_pid()", in_transaction);
    if (!process)
        co_return process.error();
    co_return process->number(0, 0);
}

/// Whether `first` keeps its server process while `second` is within a transaction. With a session of its own it does.
/// In PgBouncer's statement mode there are no transactions: BEGIN ends the connection.
Task<Result<bool>> keepsItsSession(PostgresConnection& first, PostgresConnection& second)
{
    for (int round = 0; round < pooler_rounds; ++round) {
        const auto idle = co_await processOf(second);
        if (!idle)
            co_return idle.error();
        const auto before = co_await processOf(first);
        if (!before)
            co_return before.error();
        const auto others = co_await processOf(second, true);
        if (!others || *others == *before)
            co_return false;
        const auto after = co_await processOf(first);
        if (!after)
            co_return after.error();
        if (*after != *before)
            co_return false;
        ORDERLAB_TRY(co_return, co_await second.runScript("ROLLBACK"));
    }
    co_return true;
}

Task<Result<void>> checkSession(Runtime& runtime, PostgresConnection& connection, std::string url, Duration limit)
{
    const auto process = co_await processOf(connection);
    if (!process)
        co_return process.error();
    if (*process == connection.serverProcess())
        co_return Result<void>{}; // Nothing is in between.
    auto second = co_await PostgresConnection::openPlain(runtime, std::move(url), limit);
    if (!second)
        co_return second.error();
    const auto keeps = co_await keepsItsSession(connection, **second);
    if (!keeps)
        co_return keeps.error();
    if (*keeps)
        co_return Result<void>{};
    co_return unusable("a connection pooler at " + connection.host()
                       + " gives each transaction another session of the database "
                         "(PgBouncer's transaction or statement mode), and Orderlab needs sessions of its own: give it "
                         "the address of PostgreSQL "
                         "itself, or a pool with pool_mode = session");
}

Result<void> checkServer(const PostgresConnection& connection, const PostgresResult& row)
{
    const std::string encoding = connection.serverEncoding();
    if (!encoding.empty() && encoding != "UTF8")
        return unusable("the database has the encoding " + encoding
                        + ", and Orderlab needs UTF8: make another database"
                          " (CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0)");
    const std::string role(row.text(0, 2)), database(row.text(0, 3));
    if (row.text(0, 0) == "t")
        return unusable("the server at " + connection.host()
                        + " is a standby, which can only be read: give Orderlab the address of its "
                          "primary, or all addresses and target_session_attrs=read-write");
    if (row.text(0, 1) == "on")
        return unusable("the database " + database + " can only be read by the role " + role
                        + " (default_transaction_read_only is on): "
                          "ALTER DATABASE or ALTER ROLE … RESET default_transaction_read_only, where it was set");
    const bool has_schema = row.text(0, 4) == "t";
    if (!has_schema && row.text(0, 5) != "t")
        return unusable("the role " + role + " may not make the schema orderlab: GRANT CREATE ON DATABASE \"" + database
                        + "\" TO \"" + role + "\", or start Orderlab once as a role that may");
    if (has_schema && row.text(0, 6) != "t")
        return unusable(
            "the role " + role
            + " may not use the schema orderlab: start Orderlab as the role that made it, or GRANT orderlab_app TO \""
            + role + "\" (`orderlabd roles` prints how to make that role)");
    return {};
}

} // namespace

Task<Result<void>> checkPostgres(Runtime& runtime, PostgresConnection& connection, std::string url, Duration limit)
{
    const auto row = co_await ask(
        connection,
        "SELECT pg_is_in_recovery(), current_setting('transaction_read_only'), current_user, current_database(),"
        " to_regnamespace('orderlab') IS NOT NULL, has_database_privilege(current_database(), 'CREATE'),"
        " coalesce(has_schema_privilege(to_regnamespace('orderlab')::oid, 'USAGE'), false)");
    if (!row)
        co_return row.error();
    ORDERLAB_TRY(co_return, checkServer(connection, *row));
    co_return co_await checkSession(runtime, connection, std::move(url), limit);
}

Task<Result<void>> checkPostgresTables(PostgresConnection& connection)
{
    const auto closed = co_await ask(
        connection,
        "SELECT current_user, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'orderlab' AND ((c.relkind = 'r' AND EXISTS"
        " (SELECT FROM unnest(orderlab.app_privileges(c.relname)) p WHERE NOT has_table_privilege(c.oid, p)))"
        " OR (c.relkind = 'S' AND NOT has_sequence_privilege(c.oid, 'USAGE'))) ORDER BY c.relname LIMIT 1");
    if (!closed)
        co_return closed.error();
    if (closed->rows() == 0)
        co_return Result<void>{};
    const std::string role(closed->text(0, 0));
    co_return unusable("the role " + role + " may not read and write orderlab." + std::string(closed->text(0, 1))
                       + ": start Orderlab as the role that made the schema, or GRANT orderlab_app TO \"" + role
                       + "\" (`orderlabd roles` prints how to make that role)");
}

} // namespace orderlab
