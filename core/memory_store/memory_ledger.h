#pragma once
#include "runtime/runtime.h"
#include "memory_store/memory_tables.h"

namespace orderlab {

/// The payment gateway's books in this process's memory.
class MemoryLedger final : public GatewayLedger {
public:
    MemoryLedger(Runtime& runtime, BlockArena& arena) : m_runtime(runtime), m_entries(&arena), m_by_key(arena) {}

    Task<Result<void>> append(LedgerEntry entry) override;
    Task<Result<std::vector<LedgerEntry>>> find(Uuid payment_key) override;
    Task<Result<std::int64_t>> count(LedgerEntry::Kind kind) override;

private:
    Runtime& m_runtime;
    std::mutex m_mutex; ///< Guards all below.
    RowDeque<LedgerEntry> m_entries;
    UuidIndex<const LedgerEntry*> m_by_key;                          ///< The first entry under a key…
    std::map<Uuid, std::vector<const LedgerEntry*>> m_later_entries; ///< …and the few others.
    std::array<std::int64_t, 2> m_counts{};
};

} // namespace orderlab
