#pragma once
#include "base/mutex.h"
#include "bus/event_bus.h"

namespace orderlab {

/// Forwards every call to the bus in use, so that another bus can take its place while the system runs. Consumers stay
/// with the bus on which they subscribed. Any thread.
class BusSwitch final : public EventBus {
public:
    /// Null: no bus is in use; every call but close() then fails with Unavailable (Later).
    void use(std::shared_ptr<EventBus> bus);
    std::shared_ptr<EventBus> current() const;

    Task<Result<std::vector<Position>>> publish(std::span<const Event> events) override;
    bool hasDeadLetterTopic() const override;
    Task<Result<void>> publishDeadLetters(std::span<const DeadLetterNotice> letters) override;
    Task<Result<std::shared_ptr<Consumer>>> subscribe(SubscribeOptions options) override;
    Task<Result<std::vector<GroupStatus>>> groups() override;
    Task<Result<std::vector<OffsetChange>>> resetGroup(GroupReset reset) override;
    Task<Result<std::vector<LogExtent>>> lookAtLog(std::vector<LogExtent> last) override;
    Task<void> close() override;
    std::uint16_t partitionCount() const override;
    std::shared_ptr<BrokerFaults> brokerFaults() const override;
    std::shared_ptr<TopicBrowser> browser() const override;
    std::string trouble() const override;
    std::string identity() const override;
    std::string description() const override;

private:
    mutable Mutex m_mutex;
    std::shared_ptr<EventBus> m_current ORDERLAB_GUARDED_BY(m_mutex);
};

} // namespace orderlab
