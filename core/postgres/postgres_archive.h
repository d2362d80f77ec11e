#pragma once
#include "postgres/postgres_connection.h"
#include "runtime/runtime.h"
#include "store/store.h"

namespace orderlab {

/// Orders to be archived, each with all that belongs to it.
struct ArchiveBatch {
    std::string lines; ///< One JSON object a line: {"order","payment","refund","ledger":[…],"notifications":[…]},
                       ///< columns as in the tables.
    std::vector<OrderId> orders;
    PostgresParameter versions = std::nullopt; ///< The rows' versions, in the order of `orders`.
};

/// Takes orders that are done for good out of a database: final, created and last changed before a moment, none of
/// their events still to be published or done by some group, none parked, no dead letter that waits. Used from one
/// coroutine at a time; beside a system that runs. Errors: Unavailable (Later), Conflict (Now).
class PostgresArchive {
public:
    static constexpr std::size_t batch_max = 5'000; ///< Orders; some 8 MiB of text.

    /// `groups`: those whose work an order's events wait for.
    PostgresArchive(std::unique_ptr<PostgresConnection> connection, TimePoint before,
                    std::span<const Subscription> groups);

    /// From the next question on, and from the beginning again.
    void setBefore(TimePoint before);
    /// How many there are.
    Task<Result<std::int64_t>> count();
    /// The oldest ones that were not given yet, at most batch_max; empty: there are no more.
    Task<Result<ArchiveBatch>> next();
    /// Deletes the orders of `batch` with all that belongs to them, in one transaction. Conflict when one has changed.
    Task<Result<void>> remove(const ArchiveBatch& batch);

private:
    static constexpr TimePoint earliest{Duration{-62'135'596'800'000'000}}; ///< The year 1; PostgreSQL has no year 0.
    Task<Result<std::vector<PostgresResult>>> ask(const char* sql, std::vector<PostgresParameter> further);

    const std::unique_ptr<PostgresConnection> m_connection;
    std::vector<PostgresParameter> m_which;           ///< What all questions are about.
    std::pair<TimePoint, Uuid> m_after{earliest, {}}; ///< The last order that was looked at.
};

} // namespace orderlab
