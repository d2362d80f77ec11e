#include "lab/lab_impl.h"

#include "domain/group_roles.h"
#include "fault_injection/faulty_gateway.h"
#include "fault_injection/faulty_store.h"
#include "gateway/simulated_gateway.h"
#include "lab/subscriptions.h"
#include "own_worker/own_handler.h"
#include "runtime/with_timeout.h"

#include <algorithm>

namespace orderlab {

namespace {

Task<void> ended(WorkerGroup& group)
{
    (void)co_await group.scale(0); // Ending members cannot fail.
}

Task<Result<void>> endedWell(Task<void> task)
{
    co_await std::move(task);
    co_return Result<void>{};
}

struct NotSwitching {
    std::atomic<bool>& switching;
    ~NotSwitching() { switching = false; }
};

Error busyWithItself()
{
    return {ErrorCode::Conflict, Retry::Later,
            "the system is starting, stopping, switching its bus, moving the offsets of a group or changing a handler",
            "bus"};
}

Task<Result<void>> ended(TaskGroup& tasks)
{
    co_await tasks.join();
    co_return Result<void>{};
}

} // namespace

/// From the beginning on, so that it can be asked on any thread whether or not the Lab has started.
void Lab::Impl::makeWatch()
{
    InvariantWatchOptions options;
    options.invariants.origin_us = toMicros(runtime.now());
    options.invariants.checkers.finish_within_us = config.finish_within.count();
    options.on_violation = config.on_violation;
    options.on_recovery = config.on_recovery;
    options.guarantees = [this] { return faults.guarantees(); };
    shares_groups = config.bus == BusKind::Kafka;
    options.has_others = [this] { return shares_groups || shares_store; };
    watch = std::make_unique<InvariantWatch>(runtime, journal, std::move(options));
}

void Lab::Impl::makeHandlers()
{
    SimulatedGatewayOptions gateway_options;
    gateway_options.latency = config.gateway.latency;
    FaultyGatewayOptions faulty_options;
    faulty_options.group = config.group_prefix + std::string(group_roles.pays);
    auto simulated = makeSimulatedGateway(runtime, journal, store->ledger(), gateway_options);
    gateway = makeCircuitBreaker(
        runtime, journal, breaker,
        makeFaultyGateway(runtime, faults, journal, std::move(simulated), std::move(faulty_options)));
    handlers.clear();
    for (const GroupKind* kind : groupKinds())
        handlers.push_back(
            std::make_unique<ReplaceableHandler>(makeHandler(*kind, findOwnWorker(config.own_workers, kind->name))));
    const OwnHandlerDeps own_deps{runtime, *gateway, config.own_worker_options};
    for (const OwnWorker& own : config.own_workers) {
        if (!findGroupKind(own.group))
            handlers.push_back(std::make_unique<ReplaceableHandler>(makeOwnHandler(own_deps, own)));
    }
}

/// `own`: the program in its place; null: the one of the registry.
std::unique_ptr<Handler> Lab::Impl::makeHandler(const GroupKind& kind, const OwnWorker* own)
{
    return own ? makeOwnHandler({runtime, *gateway, config.own_worker_options}, *own) : kind.make({*gateway});
}

/// Nobody waits for it: until it is there, the store is asked.
Task<void> Lab::Impl::startRedis()
{
    if (redis)
        co_await redis->stop(); // A start before this one did not succeed.
    redis.reset();
    if (!config.redis)
        co_return;
    RedisOptions options = *config.redis;
    // A name that outlives its row costs a question for nothing.
    options.keep_handled = std::min(options.keep_handled, config.keep.inbox);
    options.keep_keys = std::min(options.keep_keys, config.keep.keys);
    const auto identity = co_await opened.store->identity();
    const bool is_known = identity && !identity->empty();
    redis = std::make_unique<RedisHint>(runtime, journal, std::move(options),
                                        is_known ? *identity : runtime.newUuid().toString());
    redis->start();
}

std::vector<Subscription> Lab::Impl::subscriptions() const
{
    return labSubscriptions(config.group_prefix, config.own_workers);
}

Task<Result<void>> Lab::Impl::start()
{
    ORDERLAB_TRY(co_return, config.validate());
    auto open = co_await openStore(runtime, journal, config);
    if (!open)
        co_return open.error();
    opened = std::move(*open);
    store = makeFaultyStore(faults, journal, opened.store);
    if (config.decorate_store)
        store = config.decorate_store(std::move(store), journal);
    makeHandlers();
    co_await startRedis();
    bus = lab_bus.front(faults);
    if (config.decorate_bus)
        bus = config.decorate_bus(std::move(bus), journal);
    orders = std::make_unique<OrderService>(OrderService::Deps{runtime, journal, faults, *store, *bus, redis.get()});
    client = std::make_unique<OrderClient>(runtime, journal, faults, *orders);
    dead_letters =
        std::make_unique<DeadLetterService>(DeadLetterService::Deps{runtime, faults, *store, config.group_prefix});

    ORDERLAB_TRY(co_return, co_await lab_bus.open(config, *opened.store, subscriptions()));
    co_await watchLog();
    const WorkerDeps deps{runtime, journal, faults, *store, *bus, redis.get()};
    WorkerOptions worker_options;
    worker_options.policies = config.policies;
    if (config.store != StoreKind::Memory) { // Transactions share their way to the database: large ones cost it least.
        worker_options.batch_max = 512;
        worker_options.batch_time = std::chrono::milliseconds{50};
        worker_options.alone_max = 16; // One event that fails costs the others a few transactions more.
        worker_options.is_hopeful = true;
    }
    breaker.set(config.policies.breaker);
    for (const auto& handler : handlers) {
        const std::string name(handler->name());
        if (std::find(config.workers.begin(), config.workers.end(), name) == config.workers.end()
            && !findOwnWorker(config.own_workers, name))
            continue;
        worker_options.handle_together = config.store != StoreKind::Memory || handler->prefersTogether();
        worker_options.stored_group = std::string(stored_group_prefix) + name;
        groups.emplace_back(name,
                            std::make_unique<WorkerGroup>(deps, *handler, config.group_prefix + name, worker_options));
        auto scaled = co_await groups.back().second->scale(config.members);
        if (!scaled)
            co_return scaled.error();
    }
    startRelays();
    if (config.clean_interval.count() > 0) {
        StoreCleanerOptions cleaner_options;
        cleaner_options.bounds = config.keep;
        cleaner_options.interval = config.clean_interval;
        cleaner = std::make_unique<StoreCleaner>(runtime, opened.store->upkeep(), cleaner_options);
        cleaner->start();
    }
    fault_clock = std::make_unique<FaultClock>(runtime, faults, [this] {
        for (auto& [name, group] : groups)
            group->passWorkerSeam();
    });
    fault_clock->start();
    if (watch)
        watch->start();
    startHealth();
    running = true;
    co_return Result<void>{};
}

/// Once before members join, so that what the log has lost while nothing ran is published again; then now and again.
Task<void> Lab::Impl::watchLog()
{
    if (bus->identity().empty())
        co_return; // It drops nothing that is still to be read, or is gone with the process.
    log_watch =
        std::make_unique<LogWatch>(LogWatch::Deps{runtime, journal, *store, *bus}, subscriptions(), config.on_log_loss);
    const auto looked = co_await log_watch->look();
    (void)looked; // Again in a while.
    log_watch->start();
}

void Lab::Impl::startRelays()
{
    if (!config.relay)
        return;
    RelayOptions relay_options;
    if (config.store != StoreKind::Memory) { // A claim costs a database more than its rows do.
        relay_options.batch_max = 1'024;
        relay_options.pace = std::chrono::milliseconds{10};
    }
    relay = std::make_unique<OutboxRelay>(runtime, journal, faults, *store, *bus, relay_options);
    relay->start();
    watchNeighbours();
    if (!bus->hasDeadLetterTopic())
        return;
    DeadLetterRelayOptions dead_letter_options;
    dead_letter_options.group_prefix = config.group_prefix;
    dead_letter_relay = std::make_unique<DeadLetterRelay>(runtime, journal, *store, *bus, dead_letter_options);
    dead_letter_relay->start();
}

void Lab::Impl::watchNeighbours()
{
    if (!opened.store->keepsPublished())
        return;
    const auto found = [this](const std::string& sentence) {
        if (!shares_store.exchange(true) && config.on_other_logs)
            config.on_other_logs(sentence);
    };
    neighbours = std::make_unique<LogNeighbours>(LogNeighbours::Deps{runtime, *opened.store, *bus}, subscriptions(),
                                                 found, config.on_other_logs);
    neighbours->start();
}

Task<void> Lab::Impl::stopRelays()
{
    if (neighbours)
        co_await neighbours->stop();
    neighbours.reset();
    if (relay)
        co_await relay->stop();
    if (dead_letter_relay)
        co_await dead_letter_relay->stop();
    if (log_watch)
        co_await log_watch->stop();
    log_watch.reset();
    relay.reset();
    dead_letter_relay.reset();
}

void Lab::Impl::startHealth()
{
    if (!config.watch_health)
        return;
    HealthOptions options;
    options.group_prefix = config.group_prefix;
    for (const auto& [name, group] : groups)
        options.groups.push_back(name);
    options.has_relay = config.relay;
    options.bus_trouble = [this] { return bus->trouble(); };
    if (config.store == StoreKind::PostgresPrivate) {
        options.disk = config.data_dir;
        options.store_log = privatePostgresLog(config.data_dir);
    }
    options.on_change = config.on_health;
    auto made = std::make_shared<HealthWatch>(runtime, journal, std::move(options));
    made->start(*store);
    const MutexLock lock(health_mutex);
    health = std::move(made);
}

std::shared_ptr<HealthWatch> Lab::Impl::findHealth() const
{
    const MutexLock lock(health_mutex);
    return health;
}

/// Orders go on being accepted meanwhile: their events wait in the outbox.
Task<Result<void>> Lab::Impl::switchBus(LabConfig wanted)
{
    constexpr Duration drain_limit = std::chrono::seconds{15};
    if (!running || switching.exchange(true))
        co_return busyWithItself();
    const NotSwitching afterwards{switching};
    ORDERLAB_TRY(co_return, wanted.validate());
    auto next = co_await lab_bus.prepare(wanted, subscriptions());
    if (!next)
        co_return next.error();
    const auto checked = co_await checkOtherLogs(runtime, *opened.store, (*next)->identity());
    if (!checked) {
        co_await (*next)->close();
        co_return checked.error();
    }
    std::vector<std::size_t> members;
    for (auto& [name, group] : groups)
        members.push_back(group->members());
    ending.spawn(stopRelays()); // What it is publishing may take as long as a broker that is away may.
    co_await endWorkers(drain_limit);
    auto replaced =
        co_await lab_bus.replace(std::move(*next), *opened.store, config.store != StoreKind::Memory, subscriptions());
    if (replaced) {
        bus_kind = wanted.bus;
        Entry entry;
        entry.time_us = toMicros(runtime.now());
        entry.kind = EntryKind::BusSwitched;
        entry.detail = journal.names().intern(bus->description());
        journal.append(entry);
        shares_groups = wanted.bus == BusKind::Kafka;
    }
    co_await watchLog();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        auto scaled = co_await groups[i].second->scale(members[i], WhenAway::KeepAsking);
        if (!scaled && replaced)
            replaced = scaled.error();
    }
    startRelays();
    co_return replaced;
}

/// All groups at the same time, and at once when the limit has passed.
Task<void> Lab::Impl::endWorkers(Duration drain_limit)
{
    for (auto& [name, group] : groups)
        ending.spawn(ended(*group));
    const auto drained = co_await withTimeout<void>(runtime, drain_limit, "draining", ended(ending));
    for (std::size_t i = 0; !drained && i < groups.size(); ++i)
        ending.spawn(groups[i].second->cancel());
    co_await ending.join();
}

Task<void> Lab::Impl::stop(Duration drain_limit)
{
    running = false;
    if (const auto watching = findHealth()) {
        co_await watching->stop();
        const MutexLock lock(health_mutex);
        health.reset();
    }
    if (fault_clock)
        co_await fault_clock->stop();
    // Workers first: what the relay still publishes waits in the log, or in the outbox for the next start.
    co_await endWorkers(drain_limit);
    co_await lab_bus.endFaults();
    if (bus)
        co_await bus->close();
    co_await stopRelays();
    if (cleaner)
        co_await cleaner->stop();
    cleaner.reset();
    if (gateway)
        co_await gateway->close();
    if (redis)
        co_await redis->stop();
    if (opened.store)
        co_await closeStore(opened);
    if (watch)
        co_await watch->stop();
    fault_clock.reset();
    groups.clear();
    bus.reset();
}

Task<Result<std::vector<OffsetChange>>> Lab::Impl::resetWithoutMembers(WorkerGroup& group, GroupReset reset)
{
    constexpr Duration patience = std::chrono::seconds{3}; // A broker may know of members that have just left.
    constexpr Duration pause = std::chrono::milliseconds{200};
    if (!running || switching.exchange(true))
        co_return busyWithItself();
    const NotSwitching afterwards{switching};
    const std::size_t members = group.members();
    const auto ended = co_await group.scale(0);
    (void)ended; // Ending members cannot fail.
    const TimePoint give_up = runtime.now() + patience;
    auto changes = co_await bus->resetGroup(reset);
    while (!changes && changes.error().code == ErrorCode::Conflict && runtime.now() < give_up) {
        co_await runtime.sleep(pause);
        changes = co_await bus->resetGroup(reset);
    }
    const auto back = co_await group.scale(members, WhenAway::KeepAsking);
    if (!back)
        co_return back.error();
    co_return changes;
}

Task<Result<void>> Lab::Impl::replaceHandler(std::string name, std::optional<OwnWorker> worker)
{
    constexpr Duration drain_limit = std::chrono::seconds{5};
    WorkerGroup* const group = find(name);
    const GroupKind* const kind = findGroupKind(name);
    if (!group || !kind)
        co_return Error{ErrorCode::NotFound, Retry::Never,
                        "no workers of group " + name + " run here, or it has no handler of its own", "group"};
    if (worker) {
        worker->group = name;
        worker->topics.assign(kind->topics.begin(), kind->topics.end());
        ORDERLAB_TRY(co_return, validateOwnWorkers({&*worker, 1}));
    }
    if (!running || switching.exchange(true))
        co_return busyWithItself();
    const NotSwitching afterwards{switching};
    const std::size_t members = group->members();
    auto leaving = ended(*group);
    const auto drained = co_await withTimeout<void>(runtime, drain_limit, "draining", endedWell(std::move(leaving)));
    if (!drained)
        co_await group->cancel();
    const auto handler =
        std::find_if(handlers.begin(), handlers.end(), [&](const auto& one) { return one->name() == kind->name; });
    (*handler)->replace(makeHandler(*kind, worker ? &*worker : nullptr));
    co_return co_await group->scale(members, WhenAway::KeepAsking);
}

WorkerGroup* Lab::Impl::find(std::string_view name) const
{
    for (const auto& [group_name, group] : groups) {
        if (group_name == name)
            return group.get();
    }
    return nullptr;
}

} // namespace orderlab
