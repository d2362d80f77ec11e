#pragma once
#include "store/store_rows.h"
#include "tables/row_cells.h"
#include "tables/sqlite_handles.h"

namespace orderlab {

/// Makes the tables in a schema of `database` that is new, and fills them. Error: Internal, with what SQLite says.
Result<void> makeSqliteSchema(sqlite3* database, const char* schema, const StoreRows& rows, GroupNumbers& groups);

/// What SQLite says was wrong last.
Error sqliteError(sqlite3* database);

} // namespace orderlab
