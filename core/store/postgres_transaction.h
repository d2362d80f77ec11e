#pragma once
#include "store/postgres_outbox.h"

#include <map>

namespace orderlab {

/// A unit of work on PostgreSQL. It holds no connection between calls: a read takes one and gives it back, and commit()
/// sends everything as one transaction in one round trip, with the versions that were read as its conditions. So a
/// handler that waits for the outside world keeps nobody from a connection, and there is nothing to roll back.
class PostgresTransaction final : public Transaction {
public:
    PostgresTransaction(Journal& journal, std::shared_ptr<PostgresPool> pool, std::shared_ptr<PostgresOutbox> outbox);

    Task<Result<std::optional<Order>>> findOrder(OrderId id) override;
    Task<Result<std::optional<Payment>>> findPayment(OrderId id) override;
    Task<Result<std::vector<bool>>> markProcessed(std::string_view group, std::span<const EventId> events) override;

protected:
    Task<Result<void>> commitWrites(WriteSet& writes) override;

private:
    const std::shared_ptr<PostgresPool> m_pool;
    const std::shared_ptr<PostgresOutbox> m_outbox;
    std::map<OrderId, std::int64_t> m_payment_versions; ///< Of the payments read; 0: there was none.
};

Task<Result<std::optional<Order>>> findPostgresOrder(std::shared_ptr<PostgresPool> pool, OrderId id);

} // namespace orderlab
