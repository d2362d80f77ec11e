#include "memory_store/memory_ledger.h"

namespace orderlab {

Task<Result<void>> MemoryLedger::append(LedgerEntry entry)
{
    if (const Duration latency = m_runtime.hopLatency(Hop::StoreCommit); latency.count() > 0)
        co_await m_runtime.sleep(latency);
    const MutexLock guard(m_mutex);
    const Uuid key = entry.payment_key;
    const bool is_later = !key.isNull() && m_by_key.contains(key);
    if (is_later && entry.kind == LedgerEntry::Kind::Charge) {
        co_return Error{ErrorCode::AlreadyExists, Retry::Never, "the ledger has an entry under this payment key", {}};
    }
    ++m_counts[std::size_t(entry.kind)];
    m_entries.push_back(std::move(entry));
    if (is_later)
        m_later_entries[key].push_back(&m_entries.back());
    else if (!key.isNull())
        m_by_key.insert(key, &m_entries.back());
    co_return Result<void>{};
}

Task<Result<std::vector<LedgerEntry>>> MemoryLedger::find(Uuid payment_key)
{
    if (const Duration latency = m_runtime.hopLatency(Hop::StoreRead); latency.count() > 0)
        co_await m_runtime.sleep(latency);
    const MutexLock guard(m_mutex);
    std::vector<LedgerEntry> found;
    if (const LedgerEntry* const* first = m_by_key.find(payment_key))
        found.push_back(**first);
    if (const auto later = m_later_entries.find(payment_key); later != m_later_entries.end()) {
        for (const LedgerEntry* entry : later->second)
            found.push_back(*entry);
    }
    co_return found;
}

Task<Result<std::int64_t>> MemoryLedger::count(LedgerEntry::Kind kind)
{
    const MutexLock guard(m_mutex);
    co_return m_counts[std::size_t(kind)];
}

} // namespace orderlab
