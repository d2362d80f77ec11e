#include "postgres/postgres_migrations.h"

#include "domain/event_types.h"
#include "postgres/postgres_roles.h"

#include <set>

namespace orderlab {

namespace {

constexpr std::int64_t advisory_lock = 0x6f726465726c6162; // "orderlab"

Task<Result<std::int64_t>> currentVersion(PostgresConnection& connection)
{
    std::vector<PostgresStatement> statements;
    statements.push_back({"SELECT coalesce(max(version), 0) FROM orderlab.schema_migrations", {}, {}});
    auto results = co_await connection.run(std::move(statements));
    if (!results)
        co_return results.error();
    co_return (*results)[0].number(0, 0);
}

/// A type that was made by a migration grows with the table of event types. Its values never go.
Task<Result<void>> addEventTypes(PostgresConnection& connection)
{
    std::vector<PostgresStatement> question;
    question.push_back({"SELECT unnest(enum_range(NULL::orderlab.event_type))::text", {}, {}});
    const auto known = co_await connection.run(std::move(question));
    if (!known)
        co_return known.error();
    std::set<std::string, std::less<>> names;
    for (int row = 0; row < known->front().rows(); ++row)
        names.emplace(known->front().text(row, 0));
    for (const EventTypeInfo& type : event_types) {
        if (!names.contains(type.topic))
            ORDERLAB_TRY(co_return, co_await connection.runScript("ALTER TYPE orderlab.event_type ADD VALUE '"
                                                                  + std::string(type.topic) + "'"));
    }
    co_return Result<void>{};
}

/// Where something is to be changed: whether this user may. The server's own words would name a table of many.
Task<Result<void>> checkOwner(PostgresConnection& connection, std::int64_t version)
{
    std::vector<PostgresStatement> question;
    question.push_back({"SELECT pg_has_role(relowner, 'USAGE'), current_user, pg_get_userbyid(relowner) FROM pg_class"
                        " WHERE oid = 'orderlab.schema_migrations'::regclass",
                        {},
                        {}});
    const auto owner = co_await connection.run(std::move(question));
    if (!owner)
        co_return owner.error();
    const PostgresResult& row = owner->front();
    if (row.text(0, 0) == "t")
        co_return Result<void>{};
    co_return Error{ErrorCode::Rejected, Retry::Never,
                    "the database has schema version " + std::to_string(version) + ", this program needs "
                        + std::to_string(postgresMigrations().back().version) + ", and the role "
                        + std::string(row.text(0, 1)) + " may not change it: start Orderlab once as "
                        + std::string(row.text(0, 2)) + " or a member of it",
                    "postgres"};
}

Task<Result<void>> migrateLocked(PostgresConnection& connection, std::string& roles_undone)
{
    // Asked first, so that a user without the right to create things may run an up-to-date database.
    std::vector<PostgresStatement> question;
    question.push_back({"SELECT to_regclass('orderlab.schema_migrations') IS NOT NULL", {}, {}});
    auto exists = co_await connection.run(std::move(question));
    if (!exists)
        co_return exists.error();
    if ((*exists)[0].text(0, 0) != "t") {
        ORDERLAB_TRY(co_return,
                     co_await connection.runScript(
                         "CREATE SCHEMA IF NOT EXISTS orderlab;"
                         "CREATE TABLE orderlab.schema_migrations (version integer PRIMARY KEY, name text NOT NULL,"
                         " applied_at timestamptz NOT NULL DEFAULT now());"));
    }
    const auto version = co_await currentVersion(connection);
    if (!version)
        co_return version.error();
    const int known = postgresMigrations().back().version;
    if (*version > known)
        co_return Error{ErrorCode::Rejected,
                        Retry::Never,
                        "the database has schema version " + std::to_string(*version)
                            + ", this program knows versions up to " + std::to_string(known)
                            + ": start a newer Orderlab, or give it another database",
                        {}};
    if (*version > 0 && *version < known)
        ORDERLAB_TRY(co_return, co_await checkOwner(connection, *version));
    for (const PostgresMigration& migration : postgresMigrations()) {
        if (migration.version <= *version)
            continue;
        // A script is one transaction.
        const std::string script = std::string(migration.sql)
                                   + ";\nINSERT INTO orderlab.schema_migrations (version, name) VALUES ("
                                   + std::to_string(migration.version) + ", '" + migration.name + "');";
        auto applied = co_await connection.runScript(script);
        if (!applied) {
            Error error = applied.error();
            error.message = "migration " + std::string(migration.name) + ": " + error.message;
            co_return error;
        }
    }
    ORDERLAB_TRY(co_return, co_await addEventTypes(connection));
    auto undone = co_await grantRoles(connection, *version < known);
    if (!undone)
        co_return undone.error();
    roles_undone = std::move(*undone);
    co_return Result<void>{};
}

} // namespace

Task<Result<std::string>> migratePostgres(PostgresConnection& connection)
{
    std::vector<PostgresStatement> lock;
    lock.push_back({"SELECT pg_advisory_lock($1::bigint)", {std::to_string(advisory_lock)}, {}});
    auto locked = co_await connection.run(std::move(lock));
    if (!locked)
        co_return locked.error().code == ErrorCode::Conflict ? unavailable("another program is migrating this database")
                                                             : locked.error();
    std::string roles_undone;
    auto migrated = co_await migrateLocked(connection, roles_undone);
    std::vector<PostgresStatement> unlock;
    unlock.push_back({"SELECT pg_advisory_unlock($1::bigint)", {std::to_string(advisory_lock)}, {}});
    auto unlocked = co_await connection.run(std::move(unlock));
    if (!migrated)
        co_return migrated.error();
    if (!unlocked)
        co_return unlocked.error();
    if (!roles_undone.empty())
        roles_undone =
            "the database roles for less privileged users are not complete (" + roles_undone
            + "), which changes nothing for this server: an administrator may run what `orderlabd roles` prints";
    co_return roles_undone;
}

} // namespace orderlab
