#pragma once
#include "memory_store/memory_ledger.h"
#include "memory_store/memory_outbox.h"
#include "memory_store/memory_tables.h"
#include "runtime/runtime.h"
#include "store/wake_up.h"

namespace orderlab {

/// What a memory store and its transactions share.
struct MemoryData {
    explicit MemoryData(Runtime& r) : runtime(r), tables(arena), ledger(r, arena) {}
    Task<Result<std::optional<Order>>> findOrder(OrderId id);

    Runtime& runtime;
    BlockArena arena; ///< What tables and ledger are made of.
    MemoryTables tables;
    MemoryLedger ledger;
    WakeUp given_up; ///< Dead letters have come.
    const std::shared_ptr<MemoryOutbox> outbox = std::make_shared<MemoryOutbox>(runtime);
};

class MemoryUpkeep final : public StoreUpkeep {
public:
    MemoryUpkeep(Runtime& runtime, MemoryTables& tables) : m_runtime(runtime), m_tables(tables) {}
    Task<Result<Cleaned>> clean(StoreBounds bounds, std::size_t rows_max) override
    {
        co_return m_tables.clean(bounds, rows_max, m_runtime.now());
    }
    Task<Result<StoreBytes>> bytesOnDisk() override { co_return StoreBytes{}; }

private:
    Runtime& m_runtime;
    MemoryTables& m_tables;
};

class MemoryTransaction final : public Transaction {
public:
    MemoryTransaction(Journal& journal, std::shared_ptr<MemoryData> data)
        : Transaction(journal), m_data(std::move(data))
    {}

    Task<Result<std::optional<Order>>> findOrder(OrderId id) override { return m_data->findOrder(id); }
    Task<Result<std::optional<Payment>>> findPayment(OrderId id) override;
    Task<Result<std::optional<std::string>>> findState(WorkerStateKey key) override;
    Task<Result<std::vector<bool>>> markProcessed(std::string_view group, std::span<const EventId> events) override;

protected:
    Task<Result<void>> commitWrites(WriteSet& writes) override;

private:
    const std::shared_ptr<MemoryData> m_data;
    std::vector<Payment> m_payments_read; ///< As they were; what is updated must still be so.
};

} // namespace orderlab
