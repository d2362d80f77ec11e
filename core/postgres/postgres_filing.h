#pragma once
#include "postgres/postgres_pool.h"

#include <memory>
#include <string>

namespace orderlab {

/// Files orders that stay `created` for longer than orders take under that status, so that the index of statuses finds
/// them. Those that move on at once are never in it: an index that names the status would have each change of it write
/// an entry into every index of the table, as no such change could be a HOT update.
///
/// An order is found by its status: `failed` and `canceled` are filed when they become so; `created` by the index up to
/// `orders_filed.until`, and by looking through the orders since. A row is written with a status filed already where it
/// is older than half a minute (imports). Others may be seen late by this walk, so it begins half a minute before where
/// the one before ended. One at a time, as the calls of StoreUpkeep.
class PostgresFiling {
public:
    PostgresFiling(Runtime& runtime, std::shared_ptr<PostgresPool> pool) : m_runtime(runtime), m_pool(std::move(pool))
    {}
    /// Looks at the next orders, at most `rows_max`. Returns whether there are more to look at. Error: Unavailable.
    Task<Result<bool>> step(std::size_t rows_max);

private:
    Runtime& m_runtime;
    const std::shared_ptr<PostgresPool> m_pool;
    std::string m_created_at, m_id; ///< The last order looked at, as PostgreSQL writes it; empty: a walk begins.
    TimePoint m_rests_until;
};

} // namespace orderlab
