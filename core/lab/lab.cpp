#include "lab/lab.h"

#include "lab/lab_impl.h"

namespace orderlab {

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

BusKind Lab::busKind() const
{
    return m_impl->bus_kind;
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

Task<Result<std::vector<OffsetChange>>> Lab::resetGroup(GroupReset reset)
{
    WorkerGroup* found = m_impl->find(reset.group);
    if (!found)
        co_return Error{ErrorCode::NotFound, Retry::Never, "no workers of group " + reset.group + " run here", "group"};
    reset.group.insert(0, m_impl->config.group_prefix);
    if (reset.dry_run) {
        reset.while_active = true;
        co_return co_await m_impl->bus->resetGroup(std::move(reset));
    }
    co_return co_await m_impl->resetWithoutMembers(*found, std::move(reset));
}

Task<Result<void>> Lab::replaceHandler(std::string group, std::optional<OwnWorker> worker)
{
    return m_impl->replaceHandler(std::move(group), std::move(worker));
}

Result<void> Lab::crash(std::string_view process, Duration restart_after)
{
    if (process == "api")
        return m_impl->orders->kill(restart_after);
    if (m_impl->relay && process == m_impl->relay->name())
        return m_impl->relay->kill(restart_after);
    std::string known;
    for (const auto& [name, group] : m_impl->groups) {
        auto crashed = group->crash(process, restart_after);
        if (crashed || crashed.error().code != ErrorCode::NotFound)
            return crashed;
        for (const std::string& member : group->memberNames())
            known += member + ", ";
    }
    if (m_impl->relay)
        known += m_impl->relay->name() + ", ";
    return Error{ErrorCode::NotFound, Retry::Never,
                 "no process " + std::string(process) + " runs here; there are " + known + "and api", "process"};
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
    const GroupKind* kind = findGroupKind(group);
    if (kind && kind->calls_gateway)
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

Task<Result<StoreLoad>> Lab::storeLoad()
{
    return m_impl->opened.store->load();
}

RedisCounts Lab::redisCounts() const
{
    return m_impl->redis ? m_impl->redis->counts() : RedisCounts{};
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
    std::vector<HealthPart> parts = health ? health->parts() : std::vector<HealthPart>{};
    if (health && m_impl->redis) {
        const RedisHint::State state = m_impl->redis->state();
        parts.push_back({"redis", state.is_open, state.since, state.reason, false});
    }
    return parts;
}

} // namespace orderlab
