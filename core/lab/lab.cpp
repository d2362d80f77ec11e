#include "lab/lab.h"

#include "domain/group_roles.h"
#include "fault_injection/faulty_gateway.h"
#include "fault_injection/faulty_store.h"
#include "gateway/simulated_gateway.h"
#include "handlers/group_registry.h"
#include "lab/fault_clock.h"
#include "lab/health_watch.h"
#include "lab/invariant_watch.h"
#include "lab/lab_bus.h"
#include "lab/log_neighbours.h"
#include "lab/log_watch.h"
#include "lab/open_store.h"
#include "lab/subscriptions.h"
#include "service/dead_letter_relay.h"
#include "service/outbox_relay.h"
#include "service/store_cleaner.h"
#include "worker/worker_group.h"

#include <algorithm>

namespace orderlab {

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
    Task<void> watchLog();
    void startRelays();
    void watchNeighbours();
    Task<void> stopRelays();
    void makeWatch();
    void startHealth();
    std::shared_ptr<HealthWatch> findHealth() const;
    void makeHandlers();
    std::vector<Subscription> subscriptions() const;
    WorkerGroup* find(std::string_view name) const;

    Runtime& runtime;
    const LabConfig config;
    Journal journal;
    FaultPlan faults;
    OpenedStore opened;           ///< First opened, last closed.
    std::shared_ptr<Store> store; ///< `opened`, behind its faults.
    LabBus lab_bus{runtime, journal};
    std::unique_ptr<EventBus> bus;       ///< In front of `lab_bus`.
    Live<CircuitBreakerOptions> breaker; ///< Of `gateway`, which all members of the payment group share.
    std::unique_ptr<PaymentGateway> gateway;
    std::vector<std::unique_ptr<Handler>> handlers; ///< All four, also those that do not run here.
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
    std::atomic<bool> switching{false};
};

namespace {

/// Kafka's names of topics have at most 249, and the longest of ours adds 17.
constexpr std::size_t topic_prefix_bytes_max = 200;
/// So that every topic prefix makes a valid one.
constexpr std::size_t group_prefix_bytes_max = 210;

/// What Kafka's names of topics are made of.
bool isTopicCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-'
           || c == '_';
}

Task<void> ended(WorkerGroup& group)
{
    (void)co_await group.scale(0); // Ending members cannot fail.
}

Task<Result<void>> ended(TaskGroup& tasks)
{
    co_await tasks.join();
    co_return Result<void>{};
}

} // namespace

Result<void> LabConfig::validate() const
{
    if (partitions < 1 || partitions > 64)
        return invalidArgument("partitions", "must be from 1 to 64");
    if (topic_prefix.size() > topic_prefix_bytes_max
        || !std::all_of(topic_prefix.begin(), topic_prefix.end(), isTopicCharacter))
        return invalidArgument("topic-prefix", "must be letters, digits, dots, - and _, at most 200 of them");
    if (group_prefix.size() > group_prefix_bytes_max
        || !std::all_of(group_prefix.begin(), group_prefix.end(), isTopicCharacter))
        return invalidArgument("group-prefix", "must be letters, digits, dots, - and _, at most 210 of them");
    for (const std::string& worker : workers) {
        if (!findGroupKind(worker))
            return invalidArgument("workers", "must be all, none or some of " + groupNamesText());
    }
    if (members < 1 || members > members_max)
        return invalidArgument("members", "must be from 1 to 16");
    if (bus == BusKind::Kafka)
        ORDERLAB_TRY(return, kafka.validate());
    if (store == StoreKind::PostgresPrivate && data_dir.empty())
        return invalidArgument("data-dir", "is needed for a private PostgreSQL");
    if (store == StoreKind::PostgresUrl && postgres_url.empty())
        return invalidArgument("postgres", "must be private or a URL such as postgresql://user@host/database");
    if (retention_events < 1)
        return invalidArgument("retention", "must be at least 1 event");
    if (gateway.latency.count() < 0)
        return invalidArgument("gateway-latency", "must not be negative");
    ORDERLAB_TRY(return, keep.validate());
    return policies.validate();
}

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
        handlers.push_back(kind->make({*gateway}));
}

std::vector<Subscription> Lab::Impl::subscriptions() const
{
    return labSubscriptions(config.group_prefix);
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
    bus = lab_bus.front(faults);
    if (config.decorate_bus)
        bus = config.decorate_bus(std::move(bus), journal);
    orders = std::make_unique<OrderService>(OrderService::Deps{runtime, journal, faults, *store, *bus});
    client = std::make_unique<OrderClient>(runtime, journal, faults, *orders);
    dead_letters =
        std::make_unique<DeadLetterService>(DeadLetterService::Deps{runtime, faults, *store, config.group_prefix});

    ORDERLAB_TRY(co_return, co_await lab_bus.open(config, *opened.store, subscriptions()));
    co_await watchLog();
    const WorkerDeps deps{runtime, journal, faults, *store, *bus};
    WorkerOptions worker_options;
    worker_options.policies = config.policies;
    worker_options.handle_together = config.store != StoreKind::Memory;
    breaker.set(config.policies.breaker);
    for (const auto& handler : handlers) {
        const std::string name(handler->name());
        if (std::find(config.workers.begin(), config.workers.end(), name) == config.workers.end())
            continue;
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
    if (config.store != StoreKind::Memory)
        relay_options.batch_max = 1'024; // A claim costs a database more than its rows do.
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
        co_return Error{ErrorCode::Conflict, Retry::Later, "the system is starting, stopping or switching its bus",
                        "bus"};
    struct Done {
        std::atomic<bool>& switching;
        ~Done() { switching = false; }
    } done{switching};
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
    if (opened.store)
        co_await closeStore(opened);
    if (watch)
        co_await watch->stop();
    fault_clock.reset();
    groups.clear();
    bus.reset();
}

WorkerGroup* Lab::Impl::find(std::string_view name) const
{
    for (const auto& [group_name, group] : groups) {
        if (group_name == name)
            return group.get();
    }
    return nullptr;
}

Lab::Lab(Runtime& runtime, LabConfig config) : m_impl(std::make_unique<Impl>(runtime, std::move(config))) {}

Lab::~Lab() = default;

Task<Result<void>> Lab::start()
{
    auto started = co_await m_impl->start();
    if (!started)
        co_await m_impl->stop(Duration{0});
    co_return started;
}

Task<void> Lab::stop(Duration drain_limit)
{
    return m_impl->stop(drain_limit);
}

Runtime& Lab::runtime()
{
    return m_impl->runtime;
}

Journal& Lab::journal()
{
    return m_impl->journal;
}

FaultPlan& Lab::faults()
{
    return m_impl->faults;
}

const LabConfig& Lab::config() const
{
    return m_impl->config;
}

OrderService& Lab::orders()
{
    return *m_impl->orders;
}

OrderClient& Lab::client()
{
    return *m_impl->client;
}

DeadLetterService& Lab::deadLetters()
{
    return *m_impl->dead_letters;
}

Store& Lab::store()
{
    return *m_impl->store;
}

EventBus& Lab::bus()
{
    return *m_impl->bus;
}

std::vector<Violation> Lab::violations() const
{
    return m_impl->watch ? m_impl->watch->violations() : std::vector<Violation>{};
}

std::vector<InvariantStatus> Lab::invariants() const
{
    return m_impl->watch ? m_impl->watch->statuses() : std::vector<InvariantStatus>{};
}

std::vector<std::string> Lab::groups() const
{
    std::vector<std::string> names;
    for (const auto& [name, group] : m_impl->groups)
        names.push_back(name);
    return names;
}

std::size_t Lab::members(std::string_view group) const
{
    const WorkerGroup* found = m_impl->find(group);
    return found ? found->members() : 0;
}

Task<Result<void>> Lab::scale(std::string group, std::size_t count)
{
    WorkerGroup* found = m_impl->find(group);
    if (!found)
        co_return invalidArgument("group", "no workers of group " + group + " run here");
    if (count < 1)
        co_return invalidArgument("members", "a group needs at least one member");
    co_return co_await found->scale(count);
}

Result<Policies> Lab::policies(std::string_view group) const
{
    const WorkerGroup* found = m_impl->find(group);
    if (!found)
        return invalidArgument("group", "no workers of group " + std::string(group) + " run here");
    return found->policies();
}

Result<void> Lab::setPolicies(std::string_view group, const Policies& policies)
{
    WorkerGroup* found = m_impl->find(group);
    if (!found)
        return invalidArgument("group", "no workers of group " + std::string(group) + " run here");
    ORDERLAB_TRY(return, found->setPolicies(policies));
    if (findGroupKind(group)->calls_gateway)
        m_impl->breaker.set(policies.breaker);
    return {};
}

Task<Result<void>> Lab::switchBus(BusKind kind, std::string kafka_brokers)
{
    LabConfig wanted = m_impl->config;
    wanted.bus = kind;
    if (!kafka_brokers.empty())
        wanted.kafka.brokers = std::move(kafka_brokers);
    return m_impl->switchBus(std::move(wanted));
}

std::string Lab::storeDescription() const
{
    return m_impl->opened.store ? m_impl->opened.store->description() : std::string("not open");
}

Task<Result<void>> Lab::ready()
{
    if (!m_impl->running)
        co_return unavailable("the system is starting or stopping");
    auto answer = co_await m_impl->store->ping();
    const auto health = m_impl->findHealth();
    if (!health)
        co_return answer;
    health->setStore(answer);
    for (const HealthPart& part : health->parts()) {
        if (!part.is_ready)
            co_return unavailable(part.name + ": " + part.reason);
    }
    co_return Result<void>{};
}

std::vector<HealthPart> Lab::health() const
{
    const auto health = m_impl->findHealth();
    return health ? health->parts() : std::vector<HealthPart>{};
}

} // namespace orderlab
