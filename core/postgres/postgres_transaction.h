#pragma once
#include "postgres/postgres_dead_letter_outbox.h"
#include "postgres/postgres_outbox.h"
#include "runtime/batcher.h"

#include <map>

namespace orderlab {

/// Commits of transactions that only insert, as those that create orders do: the ones that come at the same time become
/// one transaction, and share its way to the disk. Two at a time, so that the next is prepared while one is written.
using PostgresInserts = Batcher<WriteSet*, Result<void>>;
std::shared_ptr<PostgresInserts> makePostgresInserts(std::shared_ptr<PostgresPool> pool);

/// A unit of work on PostgreSQL. It holds no connection between calls: a read takes one and gives it back, and commit()
/// sends everything as one transaction in one round trip, with the versions that were read as its conditions. So a
/// handler that waits for the outside world keeps nobody from a connection, and there is nothing to roll back.
class PostgresTransaction final : public Transaction {
public:
    PostgresTransaction(Journal& journal, std::shared_ptr<PostgresPool> pool, std::shared_ptr<PostgresOutbox> outbox,
                        std::shared_ptr<PostgresDeadLetterOutbox> dead_letter_outbox,
                        std::shared_ptr<PostgresInserts> inserts);
    ~PostgresTransaction() override;

    Task<Result<std::optional<Order>>> findOrder(OrderId id) override;
    Task<Result<std::optional<Payment>>> findPayment(OrderId id) override;
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
    const std::shared_ptr<PostgresInserts> m_inserts;
    std::unique_ptr<Reads> m_reads;                     ///< Made by the first read.
    std::map<OrderId, std::int64_t> m_payment_versions; ///< Of the payments read; 0: there was none.
};

} // namespace orderlab
