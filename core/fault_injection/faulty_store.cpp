#include "fault_injection/faulty_store.h"

#include "fault_injection/service_seam.h"
#include "store/forwarding_store.h"

namespace orderlab {

namespace {

ServiceSeam databaseSeam(FaultPlan& faults)
{
    return {faults, Seam::Database, "the database is away"};
}

class FaultyTransaction final : public ForwardingTransaction {
public:
    FaultyTransaction(FaultPlan& faults, Journal& journal, std::unique_ptr<Transaction> inner)
        : ForwardingTransaction(journal, std::move(inner)), m_seam(databaseSeam(faults))
    {}
    Task<Result<std::optional<Order>>> findOrder(OrderId id) override
    {
        return m_seam.through<std::optional<Order>>([this, id] { return m_inner->findOrder(id); });
    }
    Task<Result<std::optional<Payment>>> findPayment(OrderId id) override
    {
        return m_seam.through<std::optional<Payment>>([this, id] { return m_inner->findPayment(id); });
    }
    Task<Result<std::optional<std::string>>> findState(WorkerStateKey key) override
    {
        return m_seam.through<std::optional<std::string>>(
            [this, key = std::move(key)] { return m_inner->findState(key); });
    }
    Task<Result<std::vector<bool>>> markProcessed(std::string_view group, std::span<const EventId> events) override
    {
        const auto passed = co_await m_seam.pass();
        if (!passed)
            co_return passed.error();
        co_return co_await ForwardingTransaction::markProcessed(group, events);
    }

protected:
    Task<Result<void>> commitWrites(WriteSet& writes) override
    {
        const auto passed = co_await m_seam.pass();
        if (!passed)
            co_return passed.error();
        co_return co_await ForwardingTransaction::commitWrites(writes);
    }

private:
    const ServiceSeam m_seam;
};

class FaultyClaim final : public OutboxClaim {
public:
    FaultyClaim(FaultPlan& faults, std::unique_ptr<OutboxClaim> inner)
        : m_seam(databaseSeam(faults)), m_inner(std::move(inner))
    {}
    std::span<const Event> events() const override { return m_inner->events(); }
    Task<Result<void>> markPublished(std::vector<LogOffset> offsets) override
    {
        const auto passed = co_await m_seam.pass();
        if (!passed)
            co_return passed.error();
        co_return co_await m_inner->markPublished(std::move(offsets));
    }

private:
    const ServiceSeam m_seam;
    const std::unique_ptr<OutboxClaim> m_inner;
};

class FaultyDeadLetterClaim final : public DeadLetterClaim {
public:
    FaultyDeadLetterClaim(FaultPlan& faults, std::unique_ptr<DeadLetterClaim> inner)
        : m_seam(databaseSeam(faults)), m_inner(std::move(inner))
    {}
    std::span<const DeadLetter> letters() const override { return m_inner->letters(); }
    Task<Result<void>> markPublished() override
    {
        return m_seam.through<void>([this] { return m_inner->markPublished(); });
    }

private:
    const ServiceSeam m_seam;
    const std::unique_ptr<DeadLetterClaim> m_inner;
};

class FaultyStore final : public ForwardingStore {
public:
    FaultyStore(FaultPlan& faults, Journal& journal, std::shared_ptr<Store> inner)
        : ForwardingStore(std::move(inner)), m_faults(faults), m_journal(journal), m_seam(databaseSeam(faults))
    {}

    std::unique_ptr<Transaction> begin() override
    {
        if (m_seam.isQuiet())
            return m_inner->begin();
        return std::make_unique<FaultyTransaction>(m_faults, m_journal, m_inner->begin());
    }
    Task<Result<std::optional<Order>>> findOrder(OrderId id) override
    {
        return call<std::optional<Order>>([this, id] { return m_inner->findOrder(id); });
    }
    Task<Result<OrderPage>> findOrders(OrderQuery query) override
    {
        return call<OrderPage>([this, query = std::move(query)] { return m_inner->findOrders(query); });
    }
    Task<Result<std::optional<IdempotencyRecord>>> findAnswer(std::string key) override
    {
        return call<std::optional<IdempotencyRecord>>(
            [this, key = std::move(key)] { return m_inner->findAnswer(key); });
    }
    Task<Result<std::optional<DeadLetter>>> findDeadLetter(Uuid id) override
    {
        return call<std::optional<DeadLetter>>([this, id] { return m_inner->findDeadLetter(id); });
    }
    Task<Result<DeadLetterPage>> queryDeadLetters(DeadLetterQuery query) override
    {
        return call<DeadLetterPage>([this, query = std::move(query)] { return m_inner->queryDeadLetters(query); });
    }
    Task<Result<std::vector<DeadLetterCause>>> countDeadLetters(DeadLetterFilter filter) override
    {
        return call<std::vector<DeadLetterCause>>(
            [this, filter = std::move(filter)] { return m_inner->countDeadLetters(filter); });
    }
    Task<Result<std::vector<bool>>> findProcessed(std::string group, std::vector<EventId> events) override
    {
        return call<std::vector<bool>>([this, group = std::move(group), events = std::move(events)] {
            return m_inner->findProcessed(group, events);
        });
    }
    Task<Result<std::vector<Notification>>> findNotifications(OrderId order) override
    {
        return call<std::vector<Notification>>([this, order] { return m_inner->findNotifications(order); });
    }
    Task<Result<std::vector<AnalyticsBucket>>> findAnalytics() override
    {
        return call<std::vector<AnalyticsBucket>>([this] { return m_inner->findAnalytics(); });
    }
    Task<Result<StoreCounts>> counts() override
    {
        return call<StoreCounts>([this] { return m_inner->counts(); });
    }
    Task<Result<std::unique_ptr<OutboxClaim>>> claimOutbox(std::size_t max) override
    {
        if (m_seam.isQuiet())
            return m_inner->claimOutbox(max);
        return claimOnceThrough(max);
    }
    Task<Result<std::int64_t>> outboxBacklog() override
    {
        return call<std::int64_t>([this] { return m_inner->outboxBacklog(); });
    }
    Task<Result<ParkedClaim>> claimParked(std::string group, std::size_t max, Duration lease) override
    {
        return call<ParkedClaim>(
            [this, group = std::move(group), max, lease] { return m_inner->claimParked(group, max, lease); });
    }
    Task<Result<std::vector<ParkedEvent>>> findParked(std::size_t limit) override
    {
        return call<std::vector<ParkedEvent>>([this, limit] { return m_inner->findParked(limit); });
    }
    Task<Result<std::unique_ptr<DeadLetterClaim>>> claimDeadLetters(std::size_t max) override
    {
        const auto passed = co_await m_seam.pass();
        if (!passed)
            co_return passed.error();
        auto claim = co_await m_inner->claimDeadLetters(max);
        if (claim && *claim)
            *claim = std::make_unique<FaultyDeadLetterClaim>(m_faults, std::move(*claim));
        co_return claim;
    }
    Task<Result<void>> ping() override
    {
        return call<void>([this] { return m_inner->ping(); });
    }

private:
    template <typename T, typename Call>
    Task<Result<T>> call(Call inner_call)
    {
        if (m_seam.isQuiet())
            return inner_call();
        return m_seam.through<T>(std::move(inner_call));
    }

    Task<Result<std::unique_ptr<OutboxClaim>>> claimOnceThrough(std::size_t max)
    {
        const auto passed = co_await m_seam.pass();
        if (!passed)
            co_return passed.error();
        auto claim = co_await m_inner->claimOutbox(max);
        if (claim && *claim)
            *claim = std::make_unique<FaultyClaim>(m_faults, std::move(*claim));
        co_return claim;
    }

    FaultPlan& m_faults;
    Journal& m_journal;
    const ServiceSeam m_seam;
};

} // namespace

std::shared_ptr<Store> makeFaultyStore(FaultPlan& faults, Journal& journal, std::shared_ptr<Store> inner)
{
    return std::make_shared<FaultyStore>(faults, journal, std::move(inner));
}

} // namespace orderlab
