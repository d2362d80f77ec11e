#include "lab/broker_fault_driver.h"

#include "fault_injection/faulty_bus.h"

namespace orderlab {

namespace {

BrokerConditions conditionsOf(FaultPlan& faults, const BrokerFaults& brokers)
{
    BrokerConditions conditions;
    const LastingFaults can_be = lastingFaultsOf(&brokers);
    const Injection network = faults.lasting(Seam::Network, can_be);
    if (network.action == FaultAction::Delay)
        conditions.delay_there = network.delay;
    conditions.bytes_per_second = network.bytes_per_second;
    const Injection broker = faults.lasting(Seam::Broker, can_be);
    if (broker.action == FaultAction::Delay)
        conditions.delay_back = broker.delay;
    conditions.is_away = broker.action == FaultAction::Away;
    if (brokers.canRefuse())
        conditions.refuses_events = faults.lasting(Seam::BusAppend).action == FaultAction::Fail;
    return conditions;
}

} // namespace

void BrokerFaultDriver::drive()
{
    {
        const MutexLock guard(m_mutex);
        m_is_held = false;
        if (!m_is_running && m_bus.brokerFaults()) {
            m_is_running = true;
            m_running.spawn(run());
        }
    }
    m_faults.onChange([this] { look(); });
    look();
}

void BrokerFaultDriver::hold()
{
    const MutexLock guard(m_mutex);
    m_is_held = true;
    if (const auto brokers = m_brokers.lock(); brokers && m_in_force != BrokerConditions{})
        brokers->setConditions({});
    m_in_force = {};
}

Task<void> BrokerFaultDriver::stop()
{
    m_faults.onChange({});
    m_running.cancel();
    co_await m_running.join();
    hold();
}

Task<void> BrokerFaultDriver::run()
{
    for (;;) {
        const std::uint64_t version = m_faults.version();
        look();
        if (m_faults.isArmed(Seam::Broker) || m_faults.isArmed(Seam::Network) || m_faults.isArmed(Seam::BusAppend))
            co_await m_runtime.sleep(interval);
        else
            co_await m_faults.changed(version);
    }
}

void BrokerFaultDriver::look()
{
    const MutexLock guard(m_mutex);
    const auto brokers = m_bus.brokerFaults();
    if (m_is_held || !brokers)
        return;
    const BrokerConditions conditions = conditionsOf(m_faults, *brokers);
    if (brokers != m_brokers.lock()) {
        m_brokers = brokers;
        m_in_force = {};
    }
    if (conditions == m_in_force)
        return;
    brokers->setConditions(conditions);
    m_in_force = conditions;
}

} // namespace orderlab
