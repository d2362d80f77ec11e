#pragma once
#include "base/mutex.h"
#include "bus/event_bus.h"
#include "faults/fault_plan.h"
#include "runtime/task_group.h"

namespace orderlab {

/// Applies the plan's lasting faults (Fault::lasts()) at the seams Broker, Network and BusAppend to a bus that has
/// BrokerFaults, as far as these can (lastingFaultsOf()), before the plan's change returns, and ends them when their
/// time is over: looks at the plan ten times a second while it has any. Any thread.
class BrokerFaultDriver {
public:
    static constexpr Duration interval{std::chrono::milliseconds{100}};

    /// `bus`: in use at the time; all outlive this.
    BrokerFaultDriver(Runtime& runtime, FaultPlan& faults, const EventBus& bus)
        : m_runtime(runtime), m_faults(faults), m_bus(bus), m_running(runtime)
    {}

    /// Applies the plan now and from now on. Call it again after the bus was replaced. No effect on a bus without
    /// BrokerFaults.
    void drive();
    /// Ends the faults in force, until drive() is called.
    void hold();
    /// Ends the faults in force, for good. Idempotent.
    Task<void> stop();

private:
    Task<void> run();
    void look();

    Runtime& m_runtime;
    FaultPlan& m_faults;
    const EventBus& m_bus;
    TaskGroup m_running;
    Mutex m_mutex;
    bool m_is_running ORDERLAB_GUARDED_BY(m_mutex) = false;
    bool m_is_held ORDERLAB_GUARDED_BY(m_mutex) = true;
    std::weak_ptr<BrokerFaults> m_brokers ORDERLAB_GUARDED_BY(m_mutex); ///< Where m_in_force is.
    BrokerConditions m_in_force ORDERLAB_GUARDED_BY(m_mutex);
};

} // namespace orderlab
