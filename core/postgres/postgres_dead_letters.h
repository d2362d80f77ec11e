#pragma once
#include "postgres/postgres_connection.h"
#include "store/order_cursor.h"

namespace orderlab {

// Dead letters as rows, and the questions about them.

std::string attemptsText(std::span<const FailedAttempt> attempts); ///< JSON, as in the column attempts_made.
std::string auditText(std::span<const DeadLetterAct> acts);        ///< JSON, as in the column audit.
/// Of JSON as attemptsText() makes it. Error: Corrupt.
Result<std::vector<FailedAttempt>> attemptsOf(std::string_view text);

void insertDeadLetters(std::vector<PostgresStatement>& out, std::span<const DeadLetter> letters);
/// Of letters that wait and were not given up again since.
void updateDeadLetters(std::vector<PostgresStatement>& out, std::vector<DeadLetter> letters);

PostgresStatement deadLetterStatement(const Uuid& id);
PostgresStatement deadLetterPageStatement(const DeadLetterQuery& query, const RowCursor& cursor);
PostgresStatement deadLetterCausesStatement(const DeadLetterFilter& filter);

/// Lets nobody else claim dead letters until the transaction ends; one row: whether nobody else does so already.
PostgresStatement lockDeadLetterOutboxStatement();
/// None without that lock. Takes no lock of a row, which would keep people and groups from changing it.
PostgresStatement unpublishedDeadLettersStatement(std::size_t max);
/// Those among `letters` that were not given up again since.
PostgresStatement markDeadLettersStatement(std::span<const DeadLetter> letters, TimePoint now);

/// A row of the statements that read letters. Error: Corrupt.
Result<DeadLetter> deadLetterOf(const PostgresResult& rows, int row);
/// All rows of deadLetterCausesStatement().
Result<std::vector<DeadLetterCause>> deadLetterCausesOf(const PostgresResult& rows);

/// A cursor comes from outside and may name a moment that PostgreSQL does not have; no row is that far away.
TimePoint storableTime(TimePoint time);

} // namespace orderlab
