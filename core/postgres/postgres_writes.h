#pragma once
#include "postgres/postgres_connection.h"
#include "store/transaction.h"

#include <map>

namespace orderlab {

/// The statements that write a whole WriteSet: at most a few a table however many rows, with array parameters, to be
/// run as one transaction. Keys are written in sorted order, so that two batches over the same rows wait for each other
/// instead of deadlocking; what others wait for longest (analytics) comes last.
/// `payment_versions`: of the payments that were read, by order; 0: there was none.
std::vector<PostgresStatement> statementsOf(const WriteSet& writes,
                                            const std::map<OrderId, std::int64_t>& payment_versions);

} // namespace orderlab
