#pragma once
#include "postgres/postgres_connection.h"
#include "store/transaction.h"

#include <map>
#include <span>

namespace orderlab {

/// What one transaction writes. Both outlive it.
struct WritesToSend {
    const WriteSet* writes;
    const std::map<OrderId, std::int64_t>* payment_versions; ///< Of the payments that it read; 0: there was none.
};

/// The statements that write all of `sets`: at most a few a table however many rows, with array parameters, to be run
/// as one transaction. Keys are written in sorted order, so that two batches over the same rows wait for each other
/// instead of deadlocking; what others wait for longest (analytics) comes last.
std::vector<PostgresStatement> statementsOf(std::span<const WritesToSend> sets);

} // namespace orderlab
