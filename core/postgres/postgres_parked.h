#pragma once
#include "postgres/postgres_connection.h"
#include "store/transaction.h"

namespace orderlab {

// The retry topic as rows, and the questions about it.

/// Of a row that is there, unless it was tried more often meanwhile: its tag is "UPDATE 1" then.
PostgresStatement parkAgain(const ParkedEvent& parked);
void insertParked(std::vector<PostgresStatement>& out, std::span<const ParkedEvent> parked);
/// `rows`: group and event of each.
void deleteParked(std::vector<PostgresStatement>& out, std::span<const InboxRow> rows);

/// Takes what is due by making it due later: a claim needs no connection while it is held, and ends by itself.
PostgresStatement claimParkedStatement(const std::string& group, std::size_t max, TimePoint now, Duration lease);
/// One row: the next due time of the group in microseconds, or null.
PostgresStatement nextParkedStatement(const std::string& group);
PostgresStatement findParkedStatement(std::size_t limit);
/// The rows of the first and of the third. Error: Corrupt.
Result<std::vector<ParkedEvent>> parkedOf(const PostgresResult& rows);

} // namespace orderlab
