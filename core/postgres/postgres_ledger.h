#pragma once
#include "postgres/postgres_pool.h"
#include "runtime/batcher.h"
#include "store/store.h"

namespace orderlab {

/// The gateway's books in PostgreSQL. It has connections of its own: a charge stays charged when our transaction rolls
/// back, and is never kept waiting by our transactions. Any thread.
class PostgresLedger final : public GatewayLedger {
public:
    explicit PostgresLedger(std::shared_ptr<PostgresPool> pool);

    Task<Result<void>> append(LedgerEntry entry) override;
    Task<Result<std::vector<LedgerEntry>>> find(Uuid payment_key) override;
    Task<Result<std::int64_t>> count(LedgerEntry::Kind kind) override;
    void close() { m_pool->close(); }

private:
    /// In one transaction: charges that come at the same time share its way to the disk.
    static Task<std::vector<Result<void>>> appendAll(std::shared_ptr<PostgresPool> pool,
                                                     std::vector<LedgerEntry> entries);

    const std::shared_ptr<PostgresPool> m_pool;
    Batcher<LedgerEntry, Result<void>> m_appends;
};

} // namespace orderlab
