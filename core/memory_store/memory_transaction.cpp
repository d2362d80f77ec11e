#include "memory_store/memory_transaction.h"

#include <algorithm>
#include <bitset>

namespace orderlab {

Task<Result<std::optional<Order>>> MemoryData::findOrder(OrderId id)
{
    if (const Duration latency = runtime.hopLatency(Hop::StoreRead); latency.count() > 0) {
        const bool arrived = co_await runtime.sleepUnlessCancelled(latency);
        if (!arrived)
            co_return canceledError();
    }
    MemoryOrders& orders = tables.ordersOf(id);
    const MutexLock guard(orders.mutex);
    const Order* order = orders.rows.find(id);
    co_return order ? std::optional(*order) : std::nullopt;
}

Task<Result<std::optional<Payment>>> MemoryTransaction::findPayment(OrderId id)
{
    if (const Duration latency = m_data->runtime.hopLatency(Hop::StoreRead); latency.count() > 0) {
        const bool arrived = co_await m_data->runtime.sleepUnlessCancelled(latency);
        if (!arrived)
            co_return canceledError();
    }
    MemoryPayments& payments = m_data->tables.paymentsOf(id);
    const MutexLock guard(payments.mutex);
    const Payment* payment = payments.rows.find(id);
    if (!payment)
        co_return std::optional<Payment>();
    m_payments_read.push_back(*payment);
    co_return *payment;
}

Task<Result<std::optional<std::string>>> MemoryTransaction::findState(WorkerStateKey key)
{
    if (const Duration latency = m_data->runtime.hopLatency(Hop::StoreRead); latency.count() > 0) {
        const bool arrived = co_await m_data->runtime.sleepUnlessCancelled(latency);
        if (!arrived)
            co_return canceledError();
    }
    MemoryEffects& effects = m_data->tables.effects;
    const MutexLock guard(effects.mutex);
    co_return effects.stateOf(key);
}

Task<Result<std::vector<bool>>> MemoryTransaction::markProcessed(std::string_view group,
                                                                 std::span<const EventId> events)
{
    if (const Duration latency = m_data->runtime.hopLatency(Hop::StoreRead); latency.count() > 0) {
        const bool arrived = co_await m_data->runtime.sleepUnlessCancelled(latency);
        if (!arrived)
            co_return canceledError();
    }
    MemoryInbox& inbox = m_data->tables.inboxOf(group);
    std::vector<bool> fresh(events.size());
    std::bitset<1024> seen; // By a part of the hash: the batch itself is searched only where it may repeat.
    m_writes.inbox.reserve(m_writes.inbox.size() + events.size());
    const MutexLock guard(inbox.mutex);
    for (std::size_t i = 0; i < events.size(); ++i) {
        const std::size_t bit = hashValue(events[i]) % seen.size();
        const auto before = events.first(i);
        const bool again = seen.test(bit) && std::find(before.begin(), before.end(), events[i]) != before.end();
        seen.set(bit);
        fresh[i] = !again && !inbox.contains(events[i]);
        if (fresh[i])
            m_writes.inbox.push_back({group, events[i]});
    }
    co_return fresh;
}

Task<Result<void>> MemoryTransaction::commitWrites(WriteSet& writes)
{
    if (const Duration latency = m_data->runtime.hopLatency(Hop::StoreCommit); latency.count() > 0) {
        const bool arrived = co_await m_data->runtime.sleepUnlessCancelled(latency);
        if (!arrived)
            co_return canceledError();
    }
    ORDERLAB_TRY(co_return, m_data->tables.write(writes, m_payments_read));
    if (!writes.outbox.empty())
        m_data->outbox->add(writes.outbox);
    if (!writes.dead_letters.empty())
        m_data->given_up.raise();
    co_return Result<void>{};
}

} // namespace orderlab
