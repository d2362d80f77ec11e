#include "fault_injection/faulty_bus.h"

#include "base/mutex.h"
#include "domain/event_codec.h"
#include "fault_injection/service_seam.h"

#include <deque>

namespace orderlab {

namespace {

ServiceSeam brokerSeam(FaultPlan& faults)
{
    return {faults, Seam::Broker, "the broker is away"};
}

std::uint64_t bytesOf(std::span<const Event> events)
{
    std::uint64_t bytes = 0;
    for (const Event& event : events)
        bytes += encodedBytes(event);
    return bytes;
}

std::uint64_t bytesOf(std::span<const DeadLetterNotice> letters)
{
    std::uint64_t bytes = 0;
    for (const DeadLetterNotice& letter : letters)
        bytes += encodedBytes(letter.event);
    return bytes;
}

class FaultyConsumer final : public Consumer {
public:
    static constexpr std::size_t again_max = 64; ///< Batches that wait to be delivered once more.

    /// `elsewhere`: lastingFaultsOf() the bus.
    FaultyConsumer(Runtime& runtime, FaultPlan& faults, std::string group, std::string member, LastingFaults elsewhere,
                   std::shared_ptr<Consumer> inner)
        : m_runtime(runtime), m_faults(faults), m_seam(brokerSeam(faults)), m_group(std::move(group)),
          m_member(std::move(member)), m_elsewhere(elsewhere), m_inner(std::move(inner))
    {}

    /// What is delivered passes the seam then, however long it was waited for.
    Task<Result<DeliveryBatch>> poll(std::size_t max) override
    {
        if (!m_seam.isQuiet()) {
            const auto passed = co_await m_seam.pass(0, m_elsewhere);
            if (!passed)
                co_return passed.error();
        }
        if (m_has_again) {
            if (auto again = takeAgain())
                co_return std::move(*again);
        }
        auto batch = co_await m_inner->poll(max);
        if (batch && !batch->events.empty() && m_faults.isArmed(Seam::Delivery)) {
            const auto delivered = co_await deliver(*batch);
            if (!delivered)
                co_return delivered.error();
        }
        co_return batch;
    }
    Task<Result<void>> commit(TopicPartition where, std::int64_t next_offset) override
    {
        if (m_seam.isQuiet())
            return m_inner->commit(where, next_offset);
        return commitThrough(where, next_offset);
    }
    Task<Result<void>> seek(TopicPartition where, std::int64_t offset) override { return m_inner->seek(where, offset); }
    void keepAlive() override { m_inner->keepAlive(); }
    void drain() override
    {
        m_ended = true;
        m_inner->drain();
    }
    Task<void> close() override
    {
        m_ended = true;
        return m_inner->close();
    }

private:
    Task<Result<void>> deliver(const DeliveryBatch& batch)
    {
        const Event& first = batch.events.front();
        FaultPoint point;
        point.seam = Seam::Delivery;
        point.event_type = first.type;
        point.group = m_group;
        point.worker = m_member;
        point.order = first.order;
        point.event = first.id;
        point.customer = first.data.user_id;
        const Injection injection = co_await m_faults.pass(point);
        for (const Event& event : batch.events.subspan(1)) { // What travels with a late event is late, too.
            if (!m_faults.isArmed(Seam::Delivery))
                break;
            point.event = event.id;
            point.order = event.order;
            const Injection single = m_faults.askOnce(point);
            co_await m_faults.waitOut(single);
        }
        if (injection.action == FaultAction::Duplicate)
            deliverAgain(batch);
        if (injection.action == FaultAction::Reorder) {
            const Duration late{std::int64_t(double(injection.delay.count()) * m_runtime.randomUnit())};
            const bool slept = co_await m_runtime.sleepUnlessCancelled(late);
            if (!slept)
                co_return canceledError();
        }
        co_return Result<void>{};
    }

    Task<Result<void>> commitThrough(TopicPartition where, std::int64_t next_offset)
    {
        const auto passed = co_await m_seam.pass(0, m_elsewhere);
        if (!passed)
            co_return passed.error();
        co_return co_await m_inner->commit(where, next_offset);
    }

    void deliverAgain(const DeliveryBatch& batch)
    {
        const MutexLock guard(m_mutex);
        if (m_again.size() < again_max)
            m_again.push_back(batch);
        m_has_again = true;
    }

    std::optional<DeliveryBatch> takeAgain()
    {
        const MutexLock guard(m_mutex);
        if (m_again.empty() || m_ended)
            return std::nullopt;
        DeliveryBatch batch = std::move(m_again.front());
        m_again.pop_front();
        m_has_again = !m_again.empty();
        return batch;
    }

    Runtime& m_runtime;
    FaultPlan& m_faults;
    const ServiceSeam m_seam;
    const std::string m_group;
    const std::string m_member;
    const LastingFaults m_elsewhere;
    const std::shared_ptr<Consumer> m_inner;
    std::atomic<bool> m_ended{false};
    std::atomic<bool> m_has_again{false};
    Mutex m_mutex;
    std::deque<DeliveryBatch> m_again ORDERLAB_GUARDED_BY(m_mutex);
};

class FaultyBus final : public EventBus {
public:
    FaultyBus(Runtime& runtime, FaultPlan& faults, std::shared_ptr<EventBus> inner)
        : m_runtime(runtime), m_faults(faults), m_seam(brokerSeam(faults)), m_inner(std::move(inner))
    {}

    Task<Result<std::vector<Position>>> publish(std::span<const Event> events) override
    {
        if (m_seam.isQuiet() && !m_faults.isArmed(Seam::BusAppend))
            return m_inner->publish(events);
        return publishThrough(events);
    }
    bool hasDeadLetterTopic() const override { return m_inner->hasDeadLetterTopic(); }
    Task<Result<void>> publishDeadLetters(std::span<const DeadLetterNotice> letters) override
    {
        const auto passed = co_await pass(m_seam.isQuiet() ? 0 : bytesOf(letters));
        if (!passed)
            co_return passed.error();
        co_return co_await m_inner->publishDeadLetters(letters);
    }
    Task<Result<std::shared_ptr<Consumer>>> subscribe(SubscribeOptions options) override
    {
        const auto passed = co_await pass();
        if (!passed)
            co_return passed.error();
        const std::string group = options.group, member = options.member;
        auto consumer = co_await m_inner->subscribe(std::move(options));
        if (!consumer)
            co_return consumer;
        std::shared_ptr<Consumer> faulty =
            std::make_shared<FaultyConsumer>(m_runtime, m_faults, group, member, elsewhere(), std::move(*consumer));
        co_return faulty;
    }
    Task<Result<std::vector<GroupStatus>>> groups() override { return m_inner->groups(); }
    Task<Result<std::vector<OffsetChange>>> resetGroup(GroupReset reset) override
    {
        return m_inner->resetGroup(std::move(reset));
    }
    Task<Result<std::vector<LogExtent>>> lookAtLog(std::vector<LogExtent> last) override
    {
        return m_inner->lookAtLog(std::move(last));
    }
    std::string identity() const override { return m_inner->identity(); }
    std::string description() const override { return m_inner->description(); }
    Task<void> close() override { return m_inner->close(); }
    std::uint16_t partitionCount() const override { return m_inner->partitionCount(); }
    std::string trouble() const override { return m_inner->trouble(); }
    std::shared_ptr<BrokerFaults> brokerFaults() const override { return m_inner->brokerFaults(); }
    std::shared_ptr<TopicBrowser> browser() const override { return m_inner->browser(); }

private:
    LastingFaults elsewhere() const { return lastingFaultsOf(m_inner->brokerFaults().get()); }
    /// What every call of the broker passes first.
    Task<Result<void>> pass(std::uint64_t bytes = 0) const { return m_seam.pass(bytes, elsewhere()); }
    Task<Result<std::vector<Position>>> publishThrough(std::span<const Event> events)
    {
        const auto passed = co_await pass(bytesOf(events));
        if (!passed)
            co_return passed.error();
        FaultPoint point;
        point.seam = Seam::BusAppend;
        const auto brokers = m_inner->brokerFaults();
        point.elsewhere = brokers && brokers->canRefuse() ? LastingFaults::All : LastingFaults::None;
        if (!events.empty()) {
            point.event_type = events.front().type;
            point.order = events.front().order;
            point.event = events.front().id;
            point.customer = events.front().data.user_id;
        }
        const Injection injection = co_await m_faults.pass(point);
        if (injection.action == FaultAction::Fail)
            co_return unavailable("the broker refused the events");
        auto positions = co_await m_inner->publish(events);
        if (injection.action == FaultAction::LoseAnswer)
            co_return unavailable("the broker's answer was lost");
        co_return positions;
    }

    Runtime& m_runtime;
    FaultPlan& m_faults;
    const ServiceSeam m_seam;
    const std::shared_ptr<EventBus> m_inner;
};

} // namespace

LastingFaults lastingFaultsOf(const BrokerFaults* brokers)
{
    if (!brokers)
        return LastingFaults::None;
    return brokers->canThrottle() ? LastingFaults::All : LastingFaults::AllButThrottle;
}

std::unique_ptr<EventBus> makeFaultyBus(Runtime& runtime, FaultPlan& faults, std::shared_ptr<EventBus> inner)
{
    return std::make_unique<FaultyBus>(runtime, faults, std::move(inner));
}

} // namespace orderlab
