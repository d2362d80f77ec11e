#include "postgres/postgres_roles.h"

namespace orderlab {

namespace {

/// Whether something is missing that this user may add. Nothing is tried in vain: each attempt would be an error in the
/// server's log.
constexpr const char* may_be_completed = R"(
SELECT CASE
    WHEN to_regrole('orderlab_owner') IS NULL OR to_regrole('orderlab_app') IS NULL OR to_regrole('orderlab_read') IS NULL
        THEN u.rolsuper OR u.rolcreaterole
    WHEN n.nspowner <> to_regrole('orderlab_owner') AND u.rolsuper THEN true
    ELSE NOT has_schema_privilege('orderlab_read', n.oid, 'USAGE') AND pg_has_role(n.nspowner, 'USAGE')
END FROM pg_namespace n, pg_roles u WHERE n.nspname = 'orderlab' AND u.rolname = current_user)";

Task<Result<std::string>> valueOf(PostgresConnection& connection, const char* sql)
{
    std::vector<PostgresStatement> statements;
    statements.push_back({nullptr, {}, sql});
    const auto results = co_await connection.run(std::move(statements));
    if (!results)
        co_return results.error();
    co_return std::string(results->front().text(0, 0));
}

} // namespace

std::string rolesSql()
{
    return R"sql(-- Roles of Orderlab that may do no more than they need. Run this in its database, as a role that may create roles
-- and act for the owner of the schema orderlab (a superuser, or both rights):
--   orderlabd roles | psql --set=ON_ERROR_STOP=1 "$(orderlabd config --print-postgres-url)"
DO $$
DECLARE
    role name;
    undone text;
BEGIN
    FOREACH role IN ARRAY '{orderlab_owner,orderlab_app,orderlab_read}'::name[] LOOP
        IF to_regrole(role::text) IS NULL THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role);
        END IF;
    END LOOP;
    IF to_regprocedure('orderlab.grant_roles()') IS NOT NULL THEN
        undone := orderlab.grant_roles();
        IF undone IS NOT NULL THEN
            RAISE EXCEPTION 'not all is done: %', undone USING ERRCODE = 'insufficient_privilege',
                HINT = 'Run this as a superuser, or start Orderlab once as the role that made the schema.';
        END IF;
    END IF;
END $$;
-- Then, for those who log in:
--   CREATE ROLE shop LOGIN PASSWORD '...' IN ROLE orderlab_app;       -- orderlabd serve
--   CREATE ROLE migrator LOGIN PASSWORD '...' IN ROLE orderlab_owner; -- upgrades, orderlabd archive
--   CREATE ROLE analyst LOGIN PASSWORD '...' IN ROLE orderlab_read;   -- people and reports
--   ALTER ROLE analyst SET statement_timeout = '60s';                 -- holds for who logs in, not for the group
)sql";
}

Task<Result<std::string>> grantRoles(PostgresConnection& connection, bool is_changed)
{
    if (!is_changed) {
        const auto may = co_await valueOf(connection, may_be_completed);
        if (!may)
            co_return may.error();
        if (*may != "t")
            co_return std::string();
    }
    co_return co_await valueOf(connection, "SELECT coalesce(orderlab.grant_roles(), '')");
}

} // namespace orderlab
