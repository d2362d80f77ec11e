#include "bus/bus_switch.h"

namespace orderlab {

namespace {

Error between()
{
    return unavailable("the event bus is being switched");
}

} // namespace

void BusSwitch::use(std::shared_ptr<EventBus> bus)
{
    const MutexLock guard(m_mutex);
    m_current = std::move(bus);
}

std::shared_ptr<EventBus> BusSwitch::current() const
{
    const MutexLock guard(m_mutex);
    return m_current;
}

// Each call keeps the bus it was made on.

Task<Result<std::vector<Position>>> BusSwitch::publish(std::span<const Event> events)
{
    const auto bus = current();
    if (!bus)
        co_return between();
    co_return co_await bus->publish(events);
}

bool BusSwitch::hasDeadLetterTopic() const
{
    const auto bus = current();
    return bus && bus->hasDeadLetterTopic();
}

Task<Result<void>> BusSwitch::publishDeadLetters(std::span<const DeadLetterNotice> letters)
{
    const auto bus = current();
    if (!bus)
        co_return between();
    co_return co_await bus->publishDeadLetters(letters);
}

Task<Result<std::shared_ptr<Consumer>>> BusSwitch::subscribe(SubscribeOptions options)
{
    const auto bus = current();
    if (!bus)
        co_return between();
    co_return co_await bus->subscribe(std::move(options));
}

Task<Result<std::vector<GroupStatus>>> BusSwitch::groups()
{
    const auto bus = current();
    if (!bus)
        co_return between();
    co_return co_await bus->groups();
}

Task<Result<std::vector<OffsetChange>>> BusSwitch::resetGroup(GroupReset reset)
{
    const auto bus = current();
    if (!bus)
        co_return between();
    co_return co_await bus->resetGroup(std::move(reset));
}

Task<Result<std::vector<LogExtent>>> BusSwitch::lookAtLog(std::vector<LogExtent> last)
{
    const auto bus = current();
    if (!bus)
        co_return between();
    co_return co_await bus->lookAtLog(std::move(last));
}

Task<void> BusSwitch::close()
{
    if (const auto bus = current())
        co_await bus->close();
}

std::uint16_t BusSwitch::partitionCount() const
{
    const auto bus = current();
    return bus ? bus->partitionCount() : 1;
}

std::shared_ptr<BrokerFaults> BusSwitch::brokerFaults() const
{
    const auto bus = current();
    return bus ? bus->brokerFaults() : nullptr;
}

std::shared_ptr<TopicBrowser> BusSwitch::browser() const
{
    const auto bus = current();
    return bus ? bus->browser() : nullptr;
}

std::string BusSwitch::trouble() const
{
    const auto bus = current();
    return bus ? bus->trouble() : std::string();
}

std::string BusSwitch::identity() const
{
    const auto bus = current();
    return bus ? bus->identity() : std::string();
}

std::string BusSwitch::description() const
{
    const auto bus = current();
    return bus ? bus->description() : "none";
}

} // namespace orderlab
