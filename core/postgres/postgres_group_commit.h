#pragma once
#include "postgres/postgres_pool.h"
#include "postgres/postgres_writes.h"
#include "runtime/batcher.h"

namespace orderlab {

/// Group commit: what several transactions write goes to the server as one, with one round trip, one statement a table
/// and one way to the disk. Whoever comes alone is sent at once; whoever comes while others are being written goes with
/// the next. So batches grow as the server gets slower, which is when they save most. What handlers write goes in one
/// batch at a time, and while there is much, in one every 10 ms: the order that comes alone waits for nobody.
///
/// If the server refuses them together, each is sent by itself: one that cannot be written (a key that is taken, a row
/// that has changed) costs the others a second try and nothing else. Any thread.
class PostgresGroupCommit {
public:
    PostgresGroupCommit(Runtime& runtime, std::shared_ptr<PostgresPool> pool);
    /// What `writes` refers to must live until this is answered, which cancellation does not cut short. Errors: those
    /// of PostgresPool::run().
    Task<Result<void>> commit(WritesToSend writes);

private:
    using Writes = Batcher<WritesToSend, Result<void>>;
    const std::shared_ptr<PostgresPool> m_pool;
    Writes m_orders;  ///< New orders, for which clients wait: they are not held up by batches of workers.
    Writes m_effects; ///< What handlers write.
};

} // namespace orderlab
