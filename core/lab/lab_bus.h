#pragma once
#include "bus/bus_switch.h"
#include "faults/fault_plan.h"
#include "lab/broker_fault_driver.h"
#include "lab/lab_config.h"
#include "runtime/runtime.h"
#include "store/store.h"

namespace orderlab {

/// The bus of a Lab: opens the one that a LabConfig asks for, and switches to another without losing uncommitted
/// events. One call at a time.
class LabBus {
public:
    LabBus(Runtime& runtime, Journal& journal) : m_runtime(runtime), m_journal(journal) {}

    /// The bus that the rest of the system uses; it stays the same whatever bus is behind it. With the fault plan's
    /// broker faults, which on Kafka are real from open() on.
    std::unique_ptr<EventBus> front(FaultPlan& faults);

    /// Call it before relays and workers start. Events that were published to another log and not handled by some group
    /// go into the outbox again.
    /// Errors: as openKafkaBus() and checkOtherLogs(); those of the store.
    Task<Result<void>> open(const LabConfig& config, Store& store, const std::vector<Subscription>& subscriptions);
    /// Opens the bus that `config` asks for; on an error nothing has changed. On a Kafka where this installation's
    /// groups once had other names (all topic prefixes shared `orderlab.payment`), they continue at those groups'
    /// offsets.
    /// Errors: as openKafkaBus().
    Task<Result<std::shared_ptr<EventBus>>> prepare(const LabConfig& config,
                                                    const std::vector<Subscription>& subscriptions);
    /// Closes the bus in use and switches to `next`, which gets the uncommitted events: from the store if
    /// `store_republishes`, else read from the old bus. No relay and no worker may run. On an error before the old bus
    /// is closed, `next` is closed and the old one stays in use. Broker faults are suspended meanwhile.
    Task<Result<void>> replace(std::shared_ptr<EventBus> next, Store& store, bool store_republishes,
                               const std::vector<Subscription>& subscriptions);
    /// Ends all broker faults; call it before the bus is closed. Idempotent.
    Task<void> endFaults();

private:
    Task<Result<void>> carryOver(std::shared_ptr<EventBus> next, Store& store, bool store_republishes,
                                 const std::vector<Subscription>& subscriptions);

    Runtime& m_runtime;
    Journal& m_journal;
    std::shared_ptr<BusSwitch> m_switch = std::make_shared<BusSwitch>();
    std::unique_ptr<BrokerFaultDriver> m_fault_driver; ///< Made with front().
};

/// "host/pid": the name of this process in groups and shared journals, which span processes and hosts.
std::string processName();

/// The events in `bus` that some group has neither committed nor, by its inbox, handled: each once, those of one
/// partition in order. It joins the groups to read them; they must have no members. Errors: those of the bus and the
/// store; Timeout.
Task<Result<std::vector<Event>>> uncommittedEvents(Runtime& runtime, EventBus& bus, Store& store,
                                                   const std::vector<Subscription>& subscriptions);

} // namespace orderlab
