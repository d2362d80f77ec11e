#pragma once
#include "postgres/postgres_connection.h"
#include "store/transaction.h"

#include <map>

namespace orderlab {

/// Appends the statements that write what is written of `changes`, keys in sorted order. Where a value was read, the
/// statement fails (Conflict) if the row is no longer as it was.
void writeWorkerState(std::vector<PostgresStatement>& out, const std::map<WorkerStateKey, WorkerStateChange>& changes);

} // namespace orderlab
