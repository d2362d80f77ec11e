#pragma once
#include "postgres/postgres_connection.h"

#include <string>

namespace orderlab {

/// SQL for an administrator: makes the roles of migration 0013 where they are missing, and gives them what they need in
/// the database that it is run in, if that has the schema. May be run again.
std::string rolesSql();

/// The same from a program, as far as the connected user may: where the schema was just changed (`is_changed`), or
/// where something is missing that the user may add. Returns what is left for an administrator, empty for nothing. The
/// schema must be up to date. Errors: the server's.
Task<Result<std::string>> grantRoles(PostgresConnection& connection, bool is_changed);

} // namespace orderlab
