#pragma once
#include "bus/event_bus.h"

namespace orderlab::test {

/// A bus that passes every call on: what doubles that change one thing derive from.
class ForwardingBus : public EventBus {
public:
    explicit ForwardingBus(std::unique_ptr<EventBus> inner) : m_inner(std::move(inner)) {}

    Task<Result<std::vector<Position>>> publish(std::span<const Event> events) override
    {
        return m_inner->publish(events);
    }
    bool hasDeadLetterTopic() const override { return m_inner->hasDeadLetterTopic(); }
    Task<Result<void>> publishDeadLetters(std::span<const DeadLetterNotice> letters) override
    {
        return m_inner->publishDeadLetters(letters);
    }
    Task<Result<std::shared_ptr<Consumer>>> subscribe(SubscribeOptions options) override
    {
        return m_inner->subscribe(std::move(options));
    }
    Task<Result<std::vector<GroupStatus>>> groups() override { return m_inner->groups(); }
    Task<Result<std::vector<OffsetChange>>> resetGroup(GroupReset reset) override
    {
        return m_inner->resetGroup(std::move(reset));
    }
    Task<void> close() override { return m_inner->close(); }
    std::uint16_t partitionCount() const override { return m_inner->partitionCount(); }
    std::shared_ptr<TopicBrowser> browser() const override { return m_inner->browser(); }
    std::string identity() const override { return m_inner->identity(); }
    std::string description() const override { return m_inner->description(); }

protected:
    const std::unique_ptr<EventBus> m_inner;
};

/// Asks again what a broker on a busy machine has not answered in time.
class PatientBus final : public ForwardingBus {
public:
    PatientBus(Runtime& runtime, std::unique_ptr<EventBus> inner) : ForwardingBus(std::move(inner)), m_runtime(runtime)
    {}

    Task<Result<std::vector<GroupStatus>>> groups() override
    {
        const TimePoint give_up = m_runtime.now() + patience;
        for (;;) {
            auto groups = co_await m_inner->groups();
            if (groups || groups.error().code != ErrorCode::Unavailable || m_runtime.now() > give_up)
                co_return groups;
        }
    }
    Task<Result<std::vector<OffsetChange>>> resetGroup(GroupReset reset) override
    {
        const TimePoint give_up = m_runtime.now() + patience;
        for (;;) {
            auto changes = co_await m_inner->resetGroup(reset);
            if (changes || changes.error().code != ErrorCode::Unavailable || m_runtime.now() > give_up)
                co_return changes;
        }
    }

private:
    static constexpr Duration patience{std::chrono::minutes{2}};
    Runtime& m_runtime;
};

} // namespace orderlab::test
