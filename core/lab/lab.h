#pragma once
#include "bus/event_bus.h"
#include "faults/fault_plan.h"
#include "lab/invariant_watch.h"
#include "lab/lab_config.h"
#include "service/dead_letter_service.h"
#include "service/health_part.h"
#include "service/order_client.h"

namespace orderlab {

/// One whole system: store, bus, relay, workers, gateway, journal. The only place that knows all the parts.
/// Any thread. start() once, then stop(); the destructor requires that it was stopped.
class Lab {
public:
    /// Nothing runs yet; journal() can be read already.
    Lab(Runtime& runtime, LabConfig config);
    ~Lab();

    /// Opens the store (starting a private PostgreSQL where that is asked for) and starts relay and workers.
    /// Error: InvalidArgument for the config, Unavailable (Later) when a service is away: may be called again.
    Task<Result<void>> start();
    /// Stops taking, finishes what is running, commits, closes; at most `drain_limit`, then what is left is cancelled
    /// (it rolls back and is delivered again at the next start). Idempotent.
    Task<void> stop(Duration drain_limit = std::chrono::seconds{15});

    Runtime& runtime();
    Journal& journal();
    /// What fails on purpose, and which guarantees are on. May be changed before start() and at any time after.
    FaultPlan& faults();
    const LabConfig& config() const;
    /// These exist after a successful start().
    OrderService& orders();
    /// A customer's program in front of orders().
    OrderClient& client();
    DeadLetterService& deadLetters();
    Store& store();
    EventBus& bus();

    /// Promises broken so far, the oldest first, where LabConfig::watch_invariants asks for it.
    std::vector<Violation> violations() const;
    /// How all nine promises stand, with the first violation of each; empty without LabConfig::watch_invariants.
    std::vector<InvariantStatus> invariants() const;

    /// Groups that run in this process, by name without prefix.
    std::vector<std::string> groups() const;
    /// Members of `group`. 0 when it does not run here.
    std::size_t members(std::string_view group) const;
    /// Runs `count` (1 to 16) members of `group`; others leave after what they are doing. Error: InvalidArgument.
    Task<Result<void>> scale(std::string group, std::size_t count);
    /// How `group` (without prefix) meets failures and load. Error: InvalidArgument when it does not run here.
    Result<Policies> policies(std::string_view group) const;
    /// Counts from the group's next decision on; see WorkerGroup::setPolicies(). Error: InvalidArgument.
    Result<void> setPolicies(std::string_view group, const Policies& policies);
    /// Goes on with another bus: workers finish what they have in hand and join again there, the store stays, and what
    /// waits in the bus before is carried over. Orders are accepted meanwhile. `kafka_brokers`: empty as configured.
    /// Errors: as openKafkaBus(), and nothing has changed; Conflict (Later) while starting, stopping or switching.
    Task<Result<void>> switchBus(BusKind kind, std::string kafka_brokers = {});
    /// For people: "memory" or "PostgreSQL 15.18 (private, /path)".
    std::string storeDescription() const;
    /// Whether an order would be accepted and worked off now. Error: Unavailable, with what is away or stands still.
    Task<Result<void>> ready();
    /// The same part by part, as far as known: after ready(), and with LabConfig::watch_health. Else empty.
    std::vector<HealthPart> health() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace orderlab
