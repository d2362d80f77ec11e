#include "memory_store/memory_store.h"

#include "memory_store/memory_dead_letters.h"
#include "memory_store/memory_rows.h"
#include "memory_store/memory_transaction.h"
#include "store/forwarding_store.h"
#include "store/order_cursor.h"

#include <algorithm>

namespace orderlab {

namespace {

class MemoryStore final : public Store {
public:
    MemoryStore(Runtime& runtime, Journal& journal) : m_journal(journal), m_data(std::make_shared<MemoryData>(runtime))
    {}

    std::unique_ptr<Transaction> begin() override { return std::make_unique<MemoryTransaction>(m_journal, m_data); }
    Task<Result<std::optional<Order>>> findOrder(OrderId id) override { return m_data->findOrder(id); }
    Task<Result<OrderPage>> findOrders(OrderQuery query) override;
    Task<Result<std::optional<IdempotencyRecord>>> findAnswer(std::string key) override;
    Task<Result<std::optional<DeadLetter>>> findDeadLetter(Uuid id) override;
    Task<Result<DeadLetterPage>> queryDeadLetters(DeadLetterQuery query) override;
    Task<Result<std::vector<DeadLetterCause>>> countDeadLetters(DeadLetterFilter filter) override;
    Task<Result<std::vector<bool>>> findProcessed(std::string group, std::vector<EventId> events) override;
    Task<Result<std::vector<Notification>>> findNotifications(OrderId order) override;
    Task<Result<std::vector<AnalyticsBucket>>> findAnalytics() override;
    Task<Result<StoreCounts>> counts() override;
    Task<Result<std::unique_ptr<OutboxClaim>>> claimOutbox(std::size_t max) override
    {
        return m_data->outbox->claim(max);
    }
    Task<Result<std::int64_t>> outboxBacklog() override { co_return m_data->outbox->unpublished(); }
    Task<Result<StoreLoad>> load() override
    {
        StoreLoad load;
        load.outbox_rows = m_data->outbox->unpublished();
        load.outbox_oldest = m_data->outbox->oldest();
        co_return load;
    }
    Task<Result<void>> waitForOutbox() override { return m_data->outbox->wait(); }
    /// What this store had published is gone with the bus that had it: nothing to do.
    Task<Result<std::vector<std::int64_t>>> otherLogs() override { co_return std::vector<std::int64_t>{}; }
    Task<Result<std::int64_t>> republishUnprocessed(std::span<const Subscription>, std::string) override
    {
        co_return 0;
    }
    Task<Result<std::vector<LostEvent>>> republishLost(std::span<const Subscription>, LostRows, std::size_t) override
    {
        co_return std::vector<LostEvent>{};
    }
    Task<Result<std::vector<LogExtent>>> logExtents() override { co_return std::vector<LogExtent>{}; }
    Task<Result<void>> saveLogExtents(std::vector<LogExtent>) override { co_return Result<void>{}; }
    bool keepsPublished() const override { return false; }
    Task<Result<ParkedClaim>> claimParked(std::string group, std::size_t max, Duration lease) override;
    Task<Result<std::vector<ParkedEvent>>> findParked(std::size_t limit) override;
    Task<Result<std::unique_ptr<DeadLetterClaim>>> claimDeadLetters(std::size_t max) override
    {
        return orderlab::claimDeadLetters(m_data, max);
    }
    Task<Result<void>> waitForDeadLetters() override { return m_data->given_up.wait(); }
    GatewayLedger& ledger() override { return m_data->ledger; }
    StoreUpkeep& upkeep() override { return m_upkeep; }
    Task<Result<void>> ping() override { co_return Result<void>{}; }
    Task<void> close() override;
    std::string description() const override { return "memory"; }
    StoreRows rows();

private:
    Journal& m_journal;
    const std::shared_ptr<MemoryData> m_data;
    MemoryUpkeep m_upkeep{m_data->runtime, m_data->tables};
};

Task<Result<OrderPage>> MemoryStore::findOrders(OrderQuery query)
{
    const auto after = OrderCursor::check(query);
    if (!after)
        co_return after.error();
    std::vector<Order> matching;
    for (MemoryOrders& orders : m_data->tables.orders) {
        const MutexLock guard(orders.mutex);
        for (const Order& order : orders.rows.rows()) {
            if ((!query.status || order.status == *query.status)
                && (query.user_id.empty() || order.user_id == query.user_id) && after->isBefore(order))
                matching.push_back(order);
        }
    }
    const std::size_t wanted = std::min(matching.size(), query.limit + 1);
    std::partial_sort(matching.begin(), matching.begin() + std::ptrdiff_t(wanted), matching.end(),
                      [](const Order& a, const Order& b) {
                          return std::pair(a.created_at, Uuid(a.id)) > std::pair(b.created_at, Uuid(b.id));
                      });
    matching.resize(wanted);
    OrderPage page{std::move(matching), {}};
    if (page.orders.size() > query.limit) {
        page.orders.pop_back();
        page.next_cursor = OrderCursor::behind(page.orders.back()).toString();
    }
    co_return page;
}

Task<Result<std::optional<IdempotencyRecord>>> MemoryStore::findAnswer(std::string key)
{
    if (const Duration latency = m_data->runtime.hopLatency(Hop::StoreRead); latency.count() > 0)
        co_await m_data->runtime.sleep(latency);
    const MutexLock guard(m_data->tables.effects.mutex);
    const auto found = m_data->tables.effects.answers.find(key);
    co_return found == m_data->tables.effects.answers.end() ? std::nullopt : std::optional(found->second);
}

Task<Result<std::optional<DeadLetter>>> MemoryStore::findDeadLetter(Uuid id)
{
    const MutexLock guard(m_data->tables.effects.mutex);
    const auto found = m_data->tables.effects.dead_letters.find(id);
    co_return found == m_data->tables.effects.dead_letters.end() ? std::nullopt : std::optional(found->second);
}

Task<Result<DeadLetterPage>> MemoryStore::queryDeadLetters(DeadLetterQuery query)
{
    const auto cursor = RowCursor::check(query.limit, query.cursor);
    if (!cursor)
        co_return cursor.error();
    const MutexLock guard(m_data->tables.effects.mutex);
    co_return pageOf(m_data->tables.effects.dead_letters, query, *cursor);
}

Task<Result<std::vector<DeadLetterCause>>> MemoryStore::countDeadLetters(DeadLetterFilter filter)
{
    const MutexLock guard(m_data->tables.effects.mutex);
    co_return causesOf(m_data->tables.effects.dead_letters, filter);
}

Task<Result<std::vector<bool>>> MemoryStore::findProcessed(std::string group, std::vector<EventId> events)
{
    if (const Duration latency = m_data->runtime.hopLatency(Hop::StoreRead); latency.count() > 0)
        co_await m_data->runtime.sleep(latency);
    MemoryInbox& inbox = m_data->tables.inboxOf(group);
    const MutexLock guard(inbox.mutex);
    std::vector<bool> done;
    for (const EventId& event : events)
        done.push_back(inbox.contains(event));
    co_return done;
}

Task<Result<ParkedClaim>> MemoryStore::claimParked(std::string group, std::size_t max, Duration lease)
{
    if (const Duration latency = m_data->runtime.hopLatency(Hop::StoreRead); latency.count() > 0)
        co_await m_data->runtime.sleep(latency);
    const TimePoint now = m_data->runtime.now();
    ParkedClaim claim;
    const MutexLock guard(m_data->tables.effects.mutex);
    const auto found = m_data->tables.effects.parked.find(group);
    if (found == m_data->tables.effects.parked.end())
        co_return claim;
    MemoryParked& parked = found->second;
    while (claim.events.size() < max && !parked.due.empty() && parked.due.begin()->first <= now) {
        ParkedEvent event = parked.events.at(parked.due.begin()->second);
        claim.events.push_back(event);
        event.due_at = now + lease;
        parked.put(std::move(event));
    }
    if (!parked.due.empty())
        claim.look_again = parked.due.begin()->first;
    co_return claim;
}

Task<Result<std::vector<ParkedEvent>>> MemoryStore::findParked(std::size_t limit)
{
    const MutexLock guard(m_data->tables.effects.mutex);
    std::vector<ParkedEvent> all;
    for (const auto& [name, group] : m_data->tables.effects.parked) {
        for (const auto& [id, event] : group.events)
            all.push_back(event);
    }
    std::sort(all.begin(), all.end(), [](const ParkedEvent& a, const ParkedEvent& b) {
        return std::pair(a.due_at, Uuid(a.event.id)) < std::pair(b.due_at, Uuid(b.event.id));
    });
    all.resize(std::min(limit, all.size()));
    co_return all;
}

Task<Result<std::vector<Notification>>> MemoryStore::findNotifications(OrderId order)
{
    const MutexLock guard(m_data->tables.notifications.mutex);
    std::vector<Notification> found;
    std::copy_if(m_data->tables.notifications.rows.begin(), m_data->tables.notifications.rows.end(),
                 std::back_inserter(found), [&](const Notification& n) { return n.order == order; });
    co_return found;
}

Task<Result<std::vector<AnalyticsBucket>>> MemoryStore::findAnalytics()
{
    const MutexLock guard(m_data->tables.effects.mutex);
    std::vector<AnalyticsBucket> buckets;
    for (const auto& [key, bucket] : m_data->tables.effects.analytics)
        buckets.push_back(bucket);
    co_return buckets;
}

Task<Result<StoreCounts>> MemoryStore::counts()
{
    StoreCounts counts = m_data->tables.counts();
    counts.outbox_unpublished = m_data->outbox->unpublished();
    co_return counts;
}

StoreRows MemoryStore::rows()
{
    StoreRows rows;
    m_data->tables.copyInto(rows);
    m_data->outbox->copyInto(rows);
    m_data->ledger.copyInto(rows);
    return rows;
}

Task<void> MemoryStore::close()
{
    m_data->outbox->close();
    m_data->given_up.close();
    co_return;
}

} // namespace

Result<StoreRows> copyMemoryRows(Store& store)
{
    Store* innermost = &store;
    while (auto* forwarding = dynamic_cast<ForwardingStore*>(innermost))
        innermost = &forwarding->inner();
    auto* memory = dynamic_cast<MemoryStore*>(innermost);
    if (!memory)
        return invalidArgument("store", "this store is not in memory: ask its database");
    return memory->rows();
}

std::shared_ptr<Store> makeMemoryStore(Runtime& runtime, Journal& journal)
{
    return std::make_shared<MemoryStore>(runtime, journal);
}

} // namespace orderlab
