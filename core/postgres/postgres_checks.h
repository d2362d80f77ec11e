#pragma once
#include "postgres/postgres_connection.h"

namespace orderlab {

// What has to be right before anything is made in a database, and what waiting cannot mend. Each is one error, Rejected
// (Never, field "postgres"), that says the way out; other errors are those of the connection.

/// On a plain connection (PostgresConnection::openPlain()): the encoding is UTF8, it may be written to, the role may
/// make or use the schema, and each connection has a session of its own: a pooler that gives a server connection to
/// another client after each transaction (PgBouncer's transaction and statement mode) takes prepared statements,
/// LISTEN, locks and settings of a session away. Changes nothing. May open a second connection within `limit`, which is
/// closed again.
Task<Result<void>> checkPostgres(Runtime& runtime, PostgresConnection& connection, std::string url, Duration limit);

/// Once the tables are there: the role may read and write all of them.
Task<Result<void>> checkPostgresTables(PostgresConnection& connection);

} // namespace orderlab
