#pragma once
#include "gateway/circuit_breaker.h"
#include "handlers/group_registry.h"
#include "lab/fault_clock.h"
#include "lab/health_watch.h"
#include "lab/lab.h"
#include "lab/lab_bus.h"
#include "lab/log_neighbours.h"
#include "lab/log_watch.h"
#include "lab/open_store.h"
#include "lab/replaceable_handler.h"
#include "redis/redis_hint.h"
#include "service/dead_letter_relay.h"
#include "service/outbox_relay.h"
#include "service/store_cleaner.h"
#include "worker/worker_group.h"

namespace orderlab {

/// What a Lab is made of, and how that starts, stops and changes its bus.
struct Lab::Impl {
    Impl(Runtime& r, LabConfig c)
        : runtime(r), config(std::move(c)), journal(config.journal_capacity), faults(r, journal)
    {
        if (config.watch_invariants)
            makeWatch();
    }

    Task<Result<void>> start();
    Task<void> stop(Duration drain_limit);
    Task<void> endWorkers(Duration drain_limit);
    Task<Result<void>> switchBus(LabConfig wanted);
    Task<Result<std::vector<OffsetChange>>> resetWithoutMembers(WorkerGroup& group, GroupReset reset);
    Task<Result<void>> replaceHandler(std::string group, std::optional<OwnWorker> worker);
    Task<void> watchLog();
    void startRelays();
    void watchNeighbours();
    Task<void> stopRelays();
    void makeWatch();
    void startHealth();
    std::shared_ptr<HealthWatch> findHealth() const;
    void makeHandlers();
    std::unique_ptr<Handler> makeHandler(const GroupKind& kind, const OwnWorker* own);
    Task<void> startRedis();
    std::vector<Subscription> subscriptions() const;
    WorkerGroup* find(std::string_view name) const;

    Runtime& runtime;
    const LabConfig config;
    std::atomic<BusKind> bus_kind{config.bus}; ///< In use.
    Journal journal;
    FaultPlan faults;
    OpenedStore opened;               ///< First opened, last closed.
    std::shared_ptr<Store> store;     ///< `opened`, behind its faults.
    std::unique_ptr<RedisHint> redis; ///< Null: without first looks.
    LabBus lab_bus{runtime, journal};
    std::unique_ptr<EventBus> bus;       ///< In front of `lab_bus`.
    Live<CircuitBreakerOptions> breaker; ///< Of `gateway`, which all members of the payment group share.
    std::unique_ptr<PaymentGateway> gateway;
    std::vector<std::unique_ptr<ReplaceableHandler>> handlers; ///< Of all groups, also of those that do not run here.
    std::vector<std::pair<std::string, std::unique_ptr<WorkerGroup>>> groups;
    TaskGroup ending{runtime}; ///< What groups and relays have left to do; never cancelled.
    std::unique_ptr<OutboxRelay> relay;
    std::unique_ptr<LogWatch> log_watch;                ///< Of the bus in use.
    std::unique_ptr<LogNeighbours> neighbours;          ///< Of a store that several processes may share.
    std::unique_ptr<DeadLetterRelay> dead_letter_relay; ///< While the bus has a topic for it.
    std::unique_ptr<StoreCleaner> cleaner;              ///< Null: nothing is cleaned.
    std::unique_ptr<OrderService> orders;
    std::unique_ptr<OrderClient> client;
    std::unique_ptr<DeadLetterService> dead_letters;
    std::unique_ptr<FaultClock> fault_clock;
    std::shared_ptr<HealthWatch> health ORDERLAB_GUARDED_BY(health_mutex); ///< While it runs.
    mutable Mutex health_mutex;
    std::atomic<bool> shares_groups{false}; ///< The cluster is one that other processes reach, too.
    std::atomic<bool> shares_store{
        false}; ///< Others were seen to work on it with a log of their own: they may finish our orders.
    std::unique_ptr<InvariantWatch> watch; ///< Kept after stop(), so that it can be asked.
    std::atomic<bool> running{false};
    std::atomic<bool> switching{false}; ///< Of buses, or a group has left to be reset.
};

} // namespace orderlab
