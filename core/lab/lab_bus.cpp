#include "lab/lab_bus.h"

#include "fault_injection/faulty_bus.h"
#include "kafka/embedded_kafka.h"
#include "kafka/kafka_bus.h"
#include "lab/log_neighbours.h"
#include "memory_bus/memory_bus.h"
#include "runtime/with_timeout.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <map>
#include <unistd.h>
#include <unordered_set>

namespace orderlab {

namespace asio = boost::asio;

namespace {

constexpr std::size_t poll_max = 500;
/// For the next batch. Joining takes as long as a session of members who could not say that they leave.
constexpr Duration poll_limit{std::chrono::minutes{1}};

bool reads(const Subscription& subscription, EventType topic)
{
    return std::find(subscription.topics.begin(), subscription.topics.end(), topic) != subscription.topics.end();
}

/// What one group has not committed, read by its own consumer.
struct Waiting {
    const Subscription& subscription;
    std::map<TopicPartition, std::int64_t> ends; ///< Of partitions that have some.
    std::vector<Event> events = {};
};

/// What there is to read for those who have something to read.
std::vector<Waiting> waitingIn(const std::vector<GroupStatus>& groups, const std::vector<Subscription>& subscriptions)
{
    std::vector<Waiting> all;
    for (const Subscription& subscription : subscriptions) {
        const auto status = std::ranges::find(groups, subscription.groupOnBus(), &GroupStatus::group);
        if (status == groups.end())
            continue;
        Waiting waiting{subscription, {}};
        for (const PartitionStatus& partition : status->partitions) {
            if (reads(subscription, partition.where.topic)
                && std::max(partition.committed, partition.earliest) < partition.end)
                waiting.ends[partition.where] = partition.end;
        }
        if (!waiting.ends.empty())
            all.push_back(std::move(waiting));
    }
    return all;
}

Task<std::optional<Error>> readUncommitted(Runtime& runtime, EventBus& bus, Waiting& waiting)
{
    SubscribeOptions options;
    options.group = waiting.subscription.groupOnBus();
    options.member = "switch";
    options.topics = waiting.subscription.topics;
    options.in_flight = InFlight::Unlimited;
    const auto consumer = co_await bus.subscribe(std::move(options));
    if (!consumer)
        co_return consumer.error();
    std::optional<Error> error;
    std::map<TopicPartition, std::int64_t> ends = waiting.ends;
    while (!ends.empty()) {
        const auto batch = co_await withTimeout<DeliveryBatch>(runtime, poll_limit, "reading what waits in the bus",
                                                               (*consumer)->poll(poll_max));
        if (!batch) {
            error = batch.error();
            break;
        }
        waiting.events.insert(waiting.events.end(), batch->events.begin(), batch->events.end());
        const auto end = ends.find(batch->where);
        if (end != ends.end() && batch->endOffset() >= end->second)
            ends.erase(end);
    }
    co_await (*consumer)->close();
    co_return error;
}

/// All at the same time: joining a group can take seconds.
Task<Result<void>> readUncommitted(Runtime& runtime, EventBus& bus, std::vector<Waiting>& all)
{
    if (all.empty())
        co_return Result<void>{};
    const Executor executor = co_await asio::this_coro::executor;
    using Reading = decltype(asio::co_spawn(executor, readUncommitted(runtime, bus, all.front()), asio::deferred));
    std::vector<Reading> readings;
    readings.reserve(all.size());
    for (Waiting& waiting : all)
        readings.push_back(asio::co_spawn(executor, readUncommitted(runtime, bus, waiting), asio::deferred));
    auto together = asio::experimental::make_parallel_group(std::move(readings));
    const auto [order, exceptions, errors] =
        co_await together.async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
    for (const std::exception_ptr& exception : exceptions) {
        if (exception)
            std::rethrow_exception(exception);
    }
    for (const std::optional<Error>& error : errors) {
        if (error)
            co_return *error;
    }
    co_return Result<void>{};
}

} // namespace

std::string processName()
{
    char host[256] = "";
    ::gethostname(host, sizeof host - 1);
    return std::string(host) + '/' + std::to_string(::getpid());
}

Task<Result<std::vector<Event>>> uncommittedEvents(Runtime& runtime, EventBus& bus, Store& store,
                                                   const std::vector<Subscription>& subscriptions)
{
    const auto groups = co_await bus.groups();
    if (!groups)
        co_return groups.error();
    std::vector<Waiting> all = waitingIn(*groups, subscriptions);
    const auto read = co_await readUncommitted(runtime, bus, all);
    if (!read)
        co_return read.error();
    std::vector<Event> uncommitted;
    std::unordered_set<Uuid, UuidHash> known;
    for (Waiting& waiting : all) {
        std::vector<EventId> ids;
        for (const Event& event : waiting.events)
            ids.push_back(event.id);
        const auto done = co_await store.findProcessed(waiting.subscription.group, std::move(ids));
        if (!done)
            co_return done.error();
        for (std::size_t i = 0; i < waiting.events.size(); ++i) {
            Event& event = waiting.events[i];
            // A record that is none of our events has no place in another log.
            if (!(*done)[i] && !event.undecodable && known.insert(event.id).second)
                uncommitted.push_back(std::move(event));
        }
    }
    co_return uncommitted;
}

std::unique_ptr<EventBus> LabBus::front(FaultPlan& faults)
{
    m_fault_driver = std::make_unique<BrokerFaultDriver>(m_runtime, faults, *m_switch);
    return makeFaultyBus(m_runtime, faults, m_switch);
}

namespace {

/// Groups were called the same with every topic prefix; see LabConfig::group_prefix.
Task<Result<void>> takeOverGroups(EventBus& bus, const LabConfig& config,
                                  const std::vector<Subscription>& subscriptions)
{
    if (config.topic_prefix == default_topic_prefix || config.group_prefix == stored_group_prefix)
        co_return Result<void>{};
    std::string groups, active;
    for (const Subscription& subscription : subscriptions) {
        const auto taken = co_await bus.takeOffsets(subscription.group, subscription.groupOnBus());
        if (!taken)
            co_return taken.error();
        if (taken->partitions == 0)
            continue;
        (groups += groups.empty() ? "" : ", ") += subscription.group;
        for (const std::string& member : taken->still_active)
            (active += active.empty() ? "" : ", ") += member + " of " + subscription.group;
    }
    if (groups.empty() || !config.on_groups_renamed)
        co_return Result<void>{};
    config.on_groups_renamed(
        "consumer groups are called " + config.group_prefix + "… now, and go on at the offsets of " + groups
        + (active.empty()
               ? std::string()
               : "; still active there: " + active + " (nothing is handled twice, but end these older processes)"));
    co_return Result<void>{};
}

} // namespace

Task<Result<std::shared_ptr<EventBus>>> LabBus::prepare(const LabConfig& config,
                                                        const std::vector<Subscription>& subscriptions)
{
    if (config.bus == BusKind::Memory)
        co_return std::shared_ptr<EventBus>(
            makeMemoryBus(m_runtime, m_journal, {config.partitions, config.retention_events}));
    KafkaOptions options = config.kafka;
    options.topic_prefix = config.topic_prefix;
    options.partitions = config.partitions;
    options.process = processName();
    Result<std::unique_ptr<EventBus>> opened = unavailable("no bus");
    if (config.bus == BusKind::EmbeddedKafka) {
        auto embedded = EmbeddedKafka::start();
        if (!embedded)
            co_return embedded.error();
        opened = co_await openEmbeddedKafkaBus(m_runtime, m_journal, std::move(*embedded), std::move(options),
                                               config.retention_events);
    } else {
        opened = co_await openKafkaBus(m_runtime, m_journal, std::move(options));
    }
    if (!opened)
        co_return opened.error();
    const std::shared_ptr<EventBus> bus = std::move(*opened);
    const auto taken = co_await takeOverGroups(*bus, config, subscriptions);
    if (!taken) {
        co_await bus->close();
        co_return taken.error();
    }
    co_return bus;
}

Task<Result<void>> LabBus::open(const LabConfig& config, Store& store, const std::vector<Subscription>& subscriptions)
{
    auto bus = co_await prepare(config, subscriptions);
    if (!bus)
        co_return bus.error();
    const auto checked = co_await checkOtherLogs(m_runtime, store, (*bus)->identity());
    if (!checked) {
        co_await (*bus)->close();
        co_return checked.error();
    }
    m_switch->use(std::move(*bus));
    m_fault_driver->drive();
    const auto republished = co_await store.republishUnprocessed(subscriptions, m_switch->identity());
    if (!republished)
        co_return republished.error();
    co_return Result<void>{};
}

Task<void> LabBus::endFaults()
{
    if (m_fault_driver)
        co_await m_fault_driver->stop();
}

Task<Result<void>> LabBus::replace(std::shared_ptr<EventBus> next, Store& store, bool store_republishes,
                                   const std::vector<Subscription>& subscriptions)
{
    m_fault_driver->hold();
    auto replaced = co_await carryOver(std::move(next), store, store_republishes, subscriptions);
    m_fault_driver->drive();
    co_return replaced;
}

Task<Result<void>> LabBus::carryOver(std::shared_ptr<EventBus> next, Store& store, bool store_republishes,
                                     const std::vector<Subscription>& subscriptions)
{
    const std::shared_ptr<EventBus> before = m_switch->current();
    std::vector<Event> waiting;
    if (!store_republishes) {
        auto read = co_await uncommittedEvents(m_runtime, *before, store, subscriptions);
        if (!read) {
            co_await next->close();
            co_return read.error();
        }
        waiting = std::move(*read);
    }
    m_switch->use(next);
    co_await before->close();
    const auto republished = co_await store.republishUnprocessed(subscriptions, next->identity());
    if (!republished)
        co_return republished.error();
    const auto published = co_await next->publish(waiting);
    if (!published)
        co_return published.error();
    co_return Result<void>{};
}

} // namespace orderlab
