#include "lab/lab_bus.h"

#include "bus/embedded_kafka.h"
#include "bus/kafka_bus.h"
#include "bus/memory_bus.h"
#include "faults/faulty_bus.h"

#include <algorithm>
#include <map>
#include <unistd.h>
#include <unordered_set>

namespace orderlab {

namespace {

constexpr std::size_t poll_max = 500;
constexpr Duration poll_limit{std::chrono::seconds{30}}; ///< For the next batch; joining takes seconds.

bool reads(const Subscription& subscription, EventType topic)
{
    return std::find(subscription.topics.begin(), subscription.topics.end(), topic) != subscription.topics.end();
}

/// What `group` has not committed, by its own consumer; appended to `events`.
Task<Result<void>> readUncommitted(Runtime& runtime, EventBus& bus, const Subscription& subscription, const GroupStatus& status,
                                   std::vector<Event>& events)
{
    std::map<TopicPartition, std::int64_t> ends;
    for (const PartitionStatus& partition : status.partitions) {
        if (partition.lag() > 0 && reads(subscription, partition.where.topic))
            ends[partition.where] = partition.end;
    }
    if (ends.empty())
        co_return Result<void>{};
    SubscribeOptions options;
    options.group = subscription.group;
    options.member = "switch";
    options.topics = subscription.topics;
    options.in_flight = InFlight::Unlimited;
    const auto consumer = co_await bus.subscribe(std::move(options));
    if (!consumer)
        co_return consumer.error();
    Result<void> result;
    while (!ends.empty()) {
        const auto batch =
            co_await withTimeout<DeliveryBatch>(runtime, poll_limit, "reading what waits in the bus", (*consumer)->poll(poll_max));
        if (!batch) {
            result = batch.error();
            break;
        }
        events.insert(events.end(), batch->events.begin(), batch->events.end());
        const auto end = ends.find(batch->where);
        if (end != ends.end() && batch->endOffset() >= end->second)
            ends.erase(end);
    }
    co_await (*consumer)->close();
    co_return result;
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
    std::vector<Event> waiting;
    std::unordered_set<Uuid, UuidHash> known;
    for (const Subscription& subscription : subscriptions) {
        for (const GroupStatus& status : *groups) {
            if (status.group != subscription.group)
                continue;
            std::vector<Event> events;
            const auto read = co_await readUncommitted(runtime, bus, subscription, status, events);
            if (!read)
                co_return read.error();
            std::vector<EventId> ids;
            for (const Event& event : events)
                ids.push_back(event.id);
            const auto done = co_await store.findProcessed(subscription.group, std::move(ids));
            if (!done)
                co_return done.error();
            for (std::size_t i = 0; i < events.size(); ++i) {
                // A record that is none of our events has no place in another log.
                if (!(*done)[i] && !events[i].undecodable && known.insert(events[i].id).second)
                    waiting.push_back(std::move(events[i]));
            }
        }
    }
    co_return waiting;
}

std::unique_ptr<EventBus> LabBus::front(FaultPlan& faults)
{
    m_fault_driver = std::make_unique<BrokerFaultDriver>(m_runtime, faults, *m_switch);
    return makeFaultyBus(m_runtime, faults, m_switch);
}

Task<Result<std::shared_ptr<EventBus>>> LabBus::prepare(const LabConfig& config)
{
    if (config.bus == BusKind::Memory)
        co_return std::shared_ptr<EventBus>(makeMemoryBus(m_runtime, m_journal, {config.partitions, config.retention_events}));
    KafkaOptions options = config.kafka;
    options.topic_prefix = config.topic_prefix;
    options.partitions = config.partitions;
    options.process = processName();
    Result<std::unique_ptr<EventBus>> opened = unavailable("no bus");
    if (config.bus == BusKind::EmbeddedKafka) {
        auto embedded = EmbeddedKafka::start();
        if (!embedded)
            co_return embedded.error();
        opened = co_await openEmbeddedKafkaBus(m_runtime, m_journal, std::move(*embedded), std::move(options), config.retention_events);
    } else {
        opened = co_await openKafkaBus(m_runtime, m_journal, std::move(options));
    }
    if (!opened)
        co_return opened.error();
    co_return std::shared_ptr<EventBus>(std::move(*opened));
}

Task<Result<void>> LabBus::open(const LabConfig& config, Store& store, const std::vector<Subscription>& subscriptions)
{
    auto bus = co_await prepare(config);
    if (!bus)
        co_return bus.error();
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
