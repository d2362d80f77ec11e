#pragma once
#include "base/mutex.h"
#include "memory_store/memory_tables.h"
#include "runtime/runtime.h"

namespace orderlab {

/// The payment gateway's books in this process's memory.
class MemoryLedger final : public GatewayLedger {
public:
    MemoryLedger(Runtime& runtime, BlockArena& arena) : m_runtime(runtime), m_entries(&arena), m_by_key(arena) {}

    Task<Result<void>> append(LedgerEntry entry) override;
    Task<Result<std::vector<LedgerEntry>>> find(Uuid payment_key) override;
    Task<Result<std::int64_t>> count(LedgerEntry::Kind kind) override;
    /// See copyMemoryRows().
    void copyInto(StoreRows& rows);

private:
    Runtime& m_runtime;
    Mutex m_mutex;
    RowDeque<LedgerEntry> m_entries ORDERLAB_GUARDED_BY(m_mutex);
    UuidIndex<const LedgerEntry*> m_by_key ORDERLAB_GUARDED_BY(m_mutex); ///< The first entry under a key…
    std::map<Uuid, std::vector<const LedgerEntry*>>
        m_later_entries ORDERLAB_GUARDED_BY(m_mutex); ///< …and the few others.
    std::array<std::int64_t, 2> m_counts ORDERLAB_GUARDED_BY(m_mutex){};
};

} // namespace orderlab
