#pragma once
#include "bus/bus_switch.h"
#include "faults/fault_plan.h"
#include "lab/broker_fault_driver.h"
#include "lab/lab_config.h"
#include "runtime/runtime.h"
#include "store/store.h"

namespace orderlab {

/// The bus of a Lab: opens the one that a LabConfig asks for, and takes another into use without losing what waits in
/// the first. One call at a time.
class LabBus {
public:
    LabBus(Runtime& runtime, Journal& journal) : m_runtime(runtime), m_journal(journal) {}

    /// What the rest of the system uses: stays the same whatever bus is behind it. With the faults of a broker, which
    /// on Kafka are real from open() on.
    std::unique_ptr<EventBus> front(FaultPlan& faults);

    /// Before relays and workers start. What another log was given and some group has not done goes into the outbox
    /// again. Errors: as openKafkaBus(); those of the store.
    Task<Result<void>> open(const LabConfig& config, Store& store, const std::vector<Subscription>& subscriptions);
    /// Opens the bus that `config` asks for; nothing is changed when that fails. On a Kafka where the groups of this
    /// installation had other names once (all topic prefixes shared `orderlab.payment`), they go on where those were.
    Task<Result<std::shared_ptr<EventBus>>> prepare(const LabConfig& config,
                                                    const std::vector<Subscription>& subscriptions);
    /// While no relay and no worker runs: closes the bus in use and goes on with `next`, which gets what waits in the
    /// first: from the store where `store_republishes`, else read from the first itself. On an error before it is
    /// closed `next` is closed and the first stays. Brokers do not fail meanwhile.
    Task<Result<void>> replace(std::shared_ptr<EventBus> next, Store& store, bool store_republishes,
                               const std::vector<Subscription>& subscriptions);
    /// Lifts what faults have done to the brokers, before the bus is closed. Idempotent.
    Task<void> endFaults();

private:
    Task<Result<void>> carryOver(std::shared_ptr<EventBus> next, Store& store, bool store_republishes,
                                 const std::vector<Subscription>& subscriptions);

    Runtime& m_runtime;
    Journal& m_journal;
    std::shared_ptr<BusSwitch> m_switch = std::make_shared<BusSwitch>();
    std::unique_ptr<BrokerFaultDriver> m_fault_driver; ///< Made with front().
};

/// "host/pid": what groups and shared journals, which span processes and hosts, call this process.
std::string processName();

/// The events in `bus` that some of the groups has neither committed nor, by its inbox, done: each once, those of one
/// partition in order. Joins the groups for it, which must have no members. Errors: those of the bus and the store;
/// Timeout.
Task<Result<std::vector<Event>>> uncommittedEvents(Runtime& runtime, EventBus& bus, Store& store,
                                                   const std::vector<Subscription>& subscriptions);

} // namespace orderlab
