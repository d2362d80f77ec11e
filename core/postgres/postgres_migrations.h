#pragma once
#include "postgres/postgres_connection.h"

#include <vector>

namespace orderlab {

/// One step of the schema, from core/store/migrations, embedded when building.
struct PostgresMigration {
    int version;      ///< From 1, without gaps.
    const char* name; ///< The file's, without ending.
    const char* sql;
};
const std::vector<PostgresMigration>& postgresMigrations();

/// Brings the schema `orderlab` to this program's version: each missing migration in a transaction of its own, recorded
/// in schema_migrations, all of them under an advisory lock, so that several programs may start at once. Event types of
/// this program that the schema does not know are added, and the roles made complete: grantRoles(). Returns a sentence
/// for the log where an administrator has to do that, else an empty text. A user who may change nothing may run an
/// up-to-date database. Errors: Rejected (Never) when the database is newer than this program, or older and not the
/// user's to change; Unavailable (Later); else the server's words.
Task<Result<std::string>> migratePostgres(PostgresConnection& connection);

} // namespace orderlab
