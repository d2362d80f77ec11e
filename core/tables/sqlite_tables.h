#pragma once
#include "store/store_rows.h"
#include "tables/tables.h"

namespace orderlab {

/// Tables of a store at one moment, in a SQLite database in memory: the same tables and columns as PostgreSQL has, in
/// the same schema, so that the same SELECT works on both. What a memory store does not keep is NULL there: times of
/// inbox rows, numbers of outbox rows, versions of payments. `before`: of another moment, to compare with; SELECT finds
/// it in the schema `before`. Error: Internal when SQLite refuses.
Result<std::unique_ptr<Tables>> makeSqliteTables(const StoreRows& rows, const StoreRows* before = nullptr);

} // namespace orderlab
