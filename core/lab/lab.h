#pragma once
#include "bus/event_bus.h"
#include "faults/fault_plan.h"
#include "lab/invariant_watch.h"
#include "lab/lab_config.h"
#include "redis/redis_counts.h"
#include "service/dead_letter_service.h"
#include "service/health_part.h"
#include "service/order_client.h"

namespace orderlab {

/// One whole system: store, bus, relay, workers, gateway, journal. The only class that knows all of them.
/// Any thread. start(), then stop(); it must be stopped before it is destroyed.
class Lab {
public:
    /// Starts nothing; journal() can be read already.
    Lab(Runtime& runtime, LabConfig config);
    ~Lab();

    /// Opens the store (starting a private PostgreSQL if configured) and starts relay and workers.
    /// Errors: InvalidArgument for the config; Unavailable (Later) while a service is unavailable: call it again;
    /// Never: those of openStore() and openKafkaBus(). After an error nothing runs.
    Task<Result<void>> start();
    /// Takes no new work, finishes and commits work in hand, then closes everything. Work that is not finished after
    /// `drain_limit` is cancelled: it rolls back and is delivered again at the next start. Idempotent.
    Task<void> stop(Duration drain_limit = std::chrono::seconds{15});

    Runtime& runtime();
    Journal& journal();
    /// What fails on purpose, and which guarantees are on. May be changed at any time, also before start().
    FaultPlan& faults();
    const LabConfig& config() const;
    /// These five exist only after a successful start().
    OrderService& orders();
    /// A customer's program in front of orders().
    OrderClient& client();
    DeadLetterService& deadLetters();
    Store& store();
    EventBus& bus();

    /// Violations so far, oldest first; empty without LabConfig::watch_invariants.
    std::vector<Violation> violations() const;
    /// The state of all nine invariants, with the first violation of each; empty without LabConfig::watch_invariants.
    std::vector<InvariantStatus> invariants() const;

    /// Groups that run in this process, by name without prefix.
    std::vector<std::string> groups() const;
    /// Members of `group` in this process; 0 if it does not run here.
    std::size_t members(std::string_view group) const;
    /// Runs `count` (1 to members_max) members of `group` here; see WorkerGroup::scale(). Error: InvalidArgument.
    Task<Result<void>> scale(std::string group, std::size_t count);
    /// Moves the committed offsets of `reset.group` (without prefix): its members here finish what they have in hand
    /// and leave, then its offsets are moved, and as many members join again, also when nothing was moved. A dry run
    /// lets them go on. Errors: as EventBus::resetGroup(), Conflict (Later) also while members in other processes stay
    /// or the bus is being switched; NotFound for a group that does not run here.
    Task<Result<std::vector<OffsetChange>>> resetGroup(GroupReset reset);
    /// Puts a program in the place of the handler of `group` (without prefix; one of the registry that runs here), or
    /// its own handler back (nothing). Its members finish what they have in hand and leave, for at most five seconds;
    /// then as many join again, with the other handler. With the same program again, its processes are started anew.
    /// Store, log and offsets stay. The program is not tried before; see tryOwnWorkers(). Errors: InvalidArgument;
    /// NotFound; Conflict (Later) while starting, stopping, switching the bus or moving offsets.
    Task<Result<void>> replaceHandler(std::string group, std::optional<OwnWorker> worker);
    /// Kills a process of the system now: a member ("payment-1"), the relay ("relay-1") or the API ("api"), as the
    /// fault crash does; it is started again after `restart_after`. Only between start() and stop(). Errors: NotFound,
    /// which lists what there is; Conflict (Later) while it is down already.
    Result<void> crash(std::string_view process, Duration restart_after);
    /// The policies of `group` (without prefix). Error: InvalidArgument when it does not run here.
    Result<Policies> policies(std::string_view group) const;
    /// In force from the group's next decision on; see WorkerGroup::setPolicies(). Error: InvalidArgument.
    Result<void> setPolicies(std::string_view group, const Policies& policies);
    /// Switches to another bus: workers finish work in hand and join again there, the store stays, and events that some
    /// group has not handled are carried over. Orders are accepted meanwhile. `kafka_brokers`: empty: as configured.
    /// Errors: as openKafkaBus(), and the old bus stays in use; Conflict (Later) while starting, stopping or switching.
    Task<Result<void>> switchBus(BusKind kind, std::string kafka_brokers = {});
    /// The bus in use: the configured one, or what switchBus() has switched to. Any thread.
    BusKind busKind() const;
    /// How busy the store is. Only between start() and stop(). Error: Unavailable (Later).
    Task<Result<StoreLoad>> storeLoad();
    /// First looks into Redis so far; all 0 without LabConfig::redis. Only between start() and stop().
    RedisCounts redisCounts() const;
    /// For people: "memory" or "PostgreSQL 15.18 (private, /path)".
    std::string storeDescription() const;
    /// Whether an order would be accepted and processed now. Error: Unavailable, with what is unavailable or makes no
    /// progress.
    Task<Result<void>> ready();
    /// The same for each part, as of the last look; empty without LabConfig::watch_health.
    std::vector<HealthPart> health() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace orderlab
