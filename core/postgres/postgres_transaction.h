#pragma once
#include "postgres/postgres_dead_letter_outbox.h"
#include "postgres/postgres_group_commit.h"
#include "postgres/postgres_outbox.h"

#include <map>

namespace orderlab {

/// A unit of work on PostgreSQL. It holds no connection between calls: a read takes one and gives it back, and commit()
/// sends everything as one transaction in one round trip, with the versions that were read as its conditions, and maybe
/// together with others (PostgresGroupCommit). So a
/// handler that waits for the outside world keeps nobody from a connection, and there is nothing to roll back.
class PostgresTransaction final : public Transaction {
public:
    PostgresTransaction(Journal& journal, std::shared_ptr<PostgresPool> pool, std::shared_ptr<PostgresOutbox> outbox,
                        std::shared_ptr<PostgresDeadLetterOutbox> dead_letter_outbox,
                        std::shared_ptr<PostgresGroupCommit> group_commit);
    ~PostgresTransaction() override;

    Task<Result<std::optional<Order>>> findOrder(OrderId id) override;
    Task<Result<std::optional<Payment>>> findPayment(OrderId id) override;
    Task<Result<void>> readOrdersAhead(std::vector<OrderId> orders) override;
    Task<Result<void>> readPaymentsAhead(std::vector<OrderId> orders) override;
    Task<Result<std::optional<std::string>>> findState(WorkerStateKey key) override;
    Task<Result<std::vector<bool>>> markProcessed(std::string_view group, std::span<const EventId> events) override;

protected:
    Task<Result<void>> commitWrites(WriteSet& writes) override;

private:
    struct Reads;
    Reads& reads();
    Task<std::vector<Result<std::optional<Order>>>> readOrders(std::vector<OrderId> ids);
    Task<std::vector<Result<std::optional<Payment>>>> readPayments(std::vector<OrderId> ids);
    Task<std::vector<Result<std::optional<std::string>>>> readStates(std::vector<WorkerStateKey> keys);

    const std::shared_ptr<PostgresPool> m_pool;
    const std::shared_ptr<PostgresOutbox> m_outbox;
    const std::shared_ptr<PostgresDeadLetterOutbox> m_dead_letter_outbox;
    const std::shared_ptr<PostgresGroupCommit> m_group_commit;
    std::unique_ptr<Reads> m_reads; ///< Made by the first read.
    std::map<OrderId, std::optional<Order>> m_orders_ahead;
    std::map<OrderId, std::optional<Payment>> m_payments_ahead;
    std::map<OrderId, std::int64_t> m_payment_versions; ///< Of the payments read; 0: there was none.
};

} // namespace orderlab
