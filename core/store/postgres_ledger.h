#pragma once
#include "store/postgres_pool.h"
#include "store/store.h"

namespace orderlab {

/// The gateway's books in PostgreSQL. It has connections of its own: a charge stays charged when our transaction rolls
/// back, and is never kept waiting by our transactions. Any thread.
class PostgresLedger final : public GatewayLedger {
public:
    explicit PostgresLedger(std::shared_ptr<PostgresPool> pool) : m_pool(std::move(pool)) {}

    Task<Result<void>> append(LedgerEntry entry) override;
    Task<Result<std::vector<LedgerEntry>>> find(Uuid payment_key) override;
    Task<Result<std::int64_t>> count(LedgerEntry::Kind kind) override;
    void close() { m_pool->close(); }

private:
    const std::shared_ptr<PostgresPool> m_pool;
};

} // namespace orderlab
