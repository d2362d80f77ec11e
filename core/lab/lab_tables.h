#pragma once
#include "store/store_rows.h"
#include "tables/tables.h"

namespace orderlab {

class Lab;

/// Whether the rows of a Lab's store can only be copied: it is in memory.
bool storesInMemory(const Lab& lab);
/// The rows of a Lab's store in memory, as they are now. Only between start() and stop(), on any thread. Error:
/// InvalidArgument for another store.
Result<StoreRows> copyRows(Lab& lab);
/// The tables of a Lab's store: of PostgreSQL as they are at each call, of a store in memory as they are now. `before`:
/// to compare with, for a store in memory. As copyRows(). Errors: those of makeSqliteTables().
Result<std::unique_ptr<Tables>> openTables(Lab& lab, const StoreRows* before = nullptr);

} // namespace orderlab
