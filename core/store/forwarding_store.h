#pragma once
#include "store/store.h"

namespace orderlab {

/// A store that passes every call on to another one, as thread-safe as that. What changes only some calls derives from
/// it.
class ForwardingStore : public Store {
public:
    explicit ForwardingStore(std::shared_ptr<Store> inner) : m_inner(std::move(inner)) {}
    Store& inner() { return *m_inner; }

    std::unique_ptr<Transaction> begin() override { return m_inner->begin(); }
    Task<Result<std::optional<Order>>> findOrder(OrderId id) override { return m_inner->findOrder(id); }
    Task<Result<OrderPage>> findOrders(OrderQuery query) override { return m_inner->findOrders(std::move(query)); }
    Task<Result<std::optional<IdempotencyRecord>>> findAnswer(std::string key) override
    {
        return m_inner->findAnswer(std::move(key));
    }
    Task<Result<std::optional<DeadLetter>>> findDeadLetter(Uuid id) override { return m_inner->findDeadLetter(id); }
    Task<Result<DeadLetterPage>> queryDeadLetters(DeadLetterQuery query) override
    {
        return m_inner->queryDeadLetters(std::move(query));
    }
    Task<Result<std::vector<DeadLetterCause>>> countDeadLetters(DeadLetterFilter filter) override
    {
        return m_inner->countDeadLetters(std::move(filter));
    }
    Task<Result<std::vector<bool>>> findProcessed(std::string group, std::vector<EventId> events) override
    {
        return m_inner->findProcessed(std::move(group), std::move(events));
    }
    Task<Result<ParkedClaim>> claimParked(std::string group, std::size_t max, Duration lease) override
    {
        return m_inner->claimParked(std::move(group), max, lease);
    }
    Task<Result<std::vector<ParkedEvent>>> findParked(std::size_t limit) override { return m_inner->findParked(limit); }
    Task<Result<std::vector<Notification>>> findNotifications(OrderId order) override
    {
        return m_inner->findNotifications(order);
    }
    Task<Result<std::vector<AnalyticsBucket>>> findAnalytics() override { return m_inner->findAnalytics(); }
    Task<Result<StoreCounts>> counts() override { return m_inner->counts(); }
    Task<Result<std::unique_ptr<OutboxClaim>>> claimOutbox(std::size_t max) override
    {
        return m_inner->claimOutbox(max);
    }
    Task<Result<std::int64_t>> outboxBacklog() override { return m_inner->outboxBacklog(); }
    Task<Result<void>> waitForOutbox() override { return m_inner->waitForOutbox(); }
    Task<Result<std::vector<std::int64_t>>> otherLogs() override { return m_inner->otherLogs(); }
    Task<Result<std::int64_t>> republishUnprocessed(std::span<const Subscription> s, std::string log) override
    {
        return m_inner->republishUnprocessed(s, std::move(log));
    }
    Task<Result<std::vector<LostEvent>>> republishLost(std::span<const Subscription> subscriptions, LostRows rows,
                                                       std::size_t max) override
    {
        return m_inner->republishLost(subscriptions, rows, max);
    }
    Task<Result<std::vector<LogExtent>>> logExtents() override { return m_inner->logExtents(); }
    Task<Result<void>> saveLogExtents(std::vector<LogExtent> extents) override
    {
        return m_inner->saveLogExtents(std::move(extents));
    }
    bool keepsPublished() const override { return m_inner->keepsPublished(); }
    Task<Result<std::unique_ptr<DeadLetterClaim>>> claimDeadLetters(std::size_t max) override
    {
        return m_inner->claimDeadLetters(max);
    }
    Task<Result<void>> waitForDeadLetters() override { return m_inner->waitForDeadLetters(); }
    GatewayLedger& ledger() override { return m_inner->ledger(); }
    StoreUpkeep& upkeep() override { return m_inner->upkeep(); }
    Task<Result<void>> ping() override { return m_inner->ping(); }
    Task<void> close() override { return m_inner->close(); }
    std::string description() const override { return m_inner->description(); }

protected:
    const std::shared_ptr<Store> m_inner;
};

/// The same for a transaction. Its writes become durable with those of the one behind it.
class ForwardingTransaction : public Transaction {
public:
    ForwardingTransaction(Journal& journal, std::unique_ptr<Transaction> inner)
        : Transaction(journal), m_inner(std::move(inner))
    {}
    Task<Result<std::optional<Order>>> findOrder(OrderId id) override { return m_inner->findOrder(id); }
    Task<Result<std::optional<Payment>>> findPayment(OrderId id) override { return m_inner->findPayment(id); }
    Task<Result<void>> readOrdersAhead(std::vector<OrderId> orders) override
    {
        return m_inner->readOrdersAhead(std::move(orders));
    }
    Task<Result<void>> readPaymentsAhead(std::vector<OrderId> orders) override
    {
        return m_inner->readPaymentsAhead(std::move(orders));
    }
    Task<Result<std::optional<std::string>>> findState(WorkerStateKey key) override
    {
        return m_inner->findState(std::move(key));
    }
    Task<Result<std::vector<bool>>> markProcessed(std::string_view group, std::span<const EventId> events) override
    {
        auto fresh = co_await m_inner->markProcessed(group, events);
        m_writes.inbox = m_inner->writes().inbox;
        co_return fresh;
    }

protected:
    Task<Result<void>> commitWrites(WriteSet& writes) override { return commitWritesOf(*m_inner, writes); }
    const std::unique_ptr<Transaction> m_inner;
};

} // namespace orderlab
