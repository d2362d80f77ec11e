#pragma once
#include "runtime/runtime.h"
#include "store/store.h"

#include <atomic>

namespace orderlab {

/// A store whose answers about idempotency keys and orders take a while, or fail, when a test says so. Everything else
/// is the store behind it.
class GatedStore final : public Store {
public:
    GatedStore(Runtime& runtime, std::shared_ptr<Store> inner) : m_runtime(runtime), m_inner(std::move(inner)) {}

    std::atomic<int> delay_ms{0};
    std::atomic<bool> away{false};
    std::atomic<int> calls{0};
    std::atomic<int> cancelled{0}; ///< Calls whose caller gave them up.

    std::unique_ptr<Transaction> begin() override { return m_inner->begin(); }
    Task<Result<std::optional<Order>>> findOrder(OrderId id) override
    {
        const Result<void> passed = co_await gate();
        if (!passed)
            co_return passed.error();
        co_return co_await m_inner->findOrder(id);
    }
    Task<Result<std::optional<IdempotencyRecord>>> findAnswer(std::string key) override
    {
        const Result<void> passed = co_await gate();
        if (!passed)
            co_return passed.error();
        co_return co_await m_inner->findAnswer(std::move(key));
    }
    Task<Result<void>> ping() override { return gate(); }
    Task<Result<OrderPage>> findOrders(OrderQuery query) override { return m_inner->findOrders(std::move(query)); }
    Task<Result<std::optional<DeadLetter>>> findDeadLetter(Uuid id) override { return m_inner->findDeadLetter(id); }
    Task<Result<DeadLetterPage>> queryDeadLetters(DeadLetterQuery query) override { return m_inner->queryDeadLetters(std::move(query)); }
    Task<Result<std::vector<DeadLetterCause>>> countDeadLetters(DeadLetterFilter filter) override { return m_inner->countDeadLetters(std::move(filter)); }
    Task<Result<std::vector<bool>>> findProcessed(std::string group, std::vector<EventId> events) override { return m_inner->findProcessed(std::move(group), std::move(events)); }
    Task<Result<std::vector<Notification>>> findNotifications(OrderId order) override { return m_inner->findNotifications(order); }
    Task<Result<std::vector<AnalyticsBucket>>> findAnalytics() override { return m_inner->findAnalytics(); }
    Task<Result<StoreCounts>> counts() override { return m_inner->counts(); }
    Task<Result<std::unique_ptr<OutboxClaim>>> claimOutbox(std::size_t max) override { return m_inner->claimOutbox(max); }
    Task<Result<std::int64_t>> outboxBacklog() override { return m_inner->outboxBacklog(); }
    Task<Result<void>> waitForOutbox() override { return m_inner->waitForOutbox(); }
    Task<Result<std::int64_t>> republishUnprocessed(std::span<const Subscription> s) override { return m_inner->republishUnprocessed(s); }
    Task<Result<ParkedClaim>> claimParked(std::string g, std::size_t max, Duration lease) override { return m_inner->claimParked(std::move(g), max, lease); }
    Task<Result<std::vector<ParkedEvent>>> findParked(std::size_t limit) override { return m_inner->findParked(limit); }
    GatewayLedger& ledger() override { return m_inner->ledger(); }
    Task<void> close() override { return m_inner->close(); }
    std::string description() const override { return m_inner->description(); }

private:
    struct Call {
        GatedStore& store;
        bool ended = false;
        ~Call() { store.cancelled += !ended; }
    };
    Task<Result<void>> gate()
    {
        ++calls;
        Call call{*this};
        if (const int ms = delay_ms; ms > 0)
            co_await m_runtime.sleep(std::chrono::milliseconds{ms});
        call.ended = true;
        if (away)
            co_return unavailable("the store is away");
        co_return Result<void>{};
    }

    Runtime& m_runtime;
    std::shared_ptr<Store> m_inner;
};

} // namespace orderlab
