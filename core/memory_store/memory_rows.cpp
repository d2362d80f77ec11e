#include "memory_store/memory_rows.h"

#include "memory_store/memory_ledger.h"
#include "memory_store/memory_outbox.h"
#include "memory_store/memory_tables.h"

namespace orderlab {

namespace {

/// False, and nothing done: there are rows_max already.
template <typename Row>
bool addRow(StoreRows& rows, std::vector<Row>& table, const Row& row)
{
    if (table.size() == StoreRows::rows_max) {
        rows.is_cut = true;
        return false;
    }
    table.push_back(row);
    return true;
}

/// Of more than rows_max the last ones: the newest, where they are in the order in which they were written.
template <typename Row, typename Rows>
void addNewest(StoreRows& rows, std::vector<Row>& table, const Rows& from)
{
    const std::size_t room = StoreRows::rows_max - table.size();
    const std::size_t left_out = from.size() > room ? from.size() - room : 0;
    rows.is_cut = rows.is_cut || left_out > 0;
    table.insert(table.end(), from.begin() + std::ptrdiff_t(left_out), from.end());
}

} // namespace

void MemoryTables::copyInto(StoreRows& rows)
{
    for (MemoryOrders& shard : orders) {
        const MutexLock guard(shard.mutex);
        addNewest(rows, rows.orders, shard.rows.rows());
    }
    for (MemoryPayments& shard : payments) {
        const MutexLock guard(shard.mutex);
        addNewest(rows, rows.payments, shard.rows.rows());
    }
    {
        const MutexLock table(m_inboxes_mutex);
        for (const auto& [group, inbox] : m_inboxes) {
            const MutexLock guard(inbox->mutex);
            inbox->forEachEvent([&rows, &name = group](const Uuid& event) {
                addRow(rows, rows.inbox, StoreRows::Done{name, EventId{event}});
            });
        }
    }
    {
        const MutexLock guard(notifications.mutex);
        addNewest(rows, rows.notifications, notifications.rows);
    }
    const MutexLock guard(effects.mutex);
    for (const auto& [key, bucket] : effects.analytics)
        addRow(rows, rows.analytics, bucket);
    for (const auto& [id, letter] : effects.dead_letters)
        addRow(rows, rows.dead_letters, letter);
    for (const auto& [name, group] : effects.parked) {
        for (const auto& [id, event] : group.events)
            addRow(rows, rows.parked, event);
    }
    for (const auto& [key, answer] : effects.answers)
        addRow(rows, rows.answers, answer);
    for (const auto& [key, state] : effects.worker_state)
        addRow(rows, rows.worker_state, StoreRows::State{key.group, key.key, state.value, state.updated_at});
}

void MemoryOutbox::copyInto(StoreRows& rows)
{
    for (Slot& slot : m_slots) {
        const MutexLock guard(slot.mutex);
        if (slot.in_hand)
            addNewest(rows, rows.outbox, *slot.in_hand);
        for (const std::vector<Event>& chunk : slot.chunks)
            addNewest(rows, rows.outbox, chunk);
    }
}

void MemoryLedger::copyInto(StoreRows& rows)
{
    const MutexLock guard(m_mutex);
    addNewest(rows, rows.ledger, m_entries);
}

} // namespace orderlab
