#include "kafka/kafka_bus.h"

#include "kafka/embedded_kafka.h"
#include "kafka/kafka_back_pressure.h"
#include "kafka/kafka_browser.h"
#include "kafka/kafka_consumer.h"
#include "kafka/kafka_ending.h"
#include "kafka/kafka_groups.h"
#include "kafka/kafka_log.h"
#include "kafka/kafka_producer.h"

#include <algorithm>
#include <set>

namespace orderlab {

namespace {

constexpr Duration end_probes_limit{std::chrono::seconds{2}};
constexpr Duration reach_interval{
    std::chrono::milliseconds{500}}; ///< Between looks whether brokers are to be asked how they are.

class KafkaBus final : public EventBus {
public:
    static Task<Result<std::unique_ptr<EventBus>>> open(std::unique_ptr<KafkaBus> bus);

    KafkaBus(Runtime& runtime, Journal& journal, KafkaOptions options, std::shared_ptr<EmbeddedKafka> embedded)
        : m_context(runtime, journal, std::move(options)), m_embedded(std::move(embedded)), m_ticker(runtime)
    {
        if (!m_embedded)
            m_context.opaque->network = std::make_shared<KafkaNetwork>(runtime);
    }

    KafkaContext& context() { return m_context; }
    Task<Result<std::vector<Position>>> publish(std::span<const Event> events) override
    {
        return m_producer->publish(events);
    }
    bool hasDeadLetterTopic() const override { return true; }
    Task<Result<void>> publishDeadLetters(std::span<const DeadLetterNotice> letters) override
    {
        return m_producer->publishDeadLetters(letters);
    }
    Task<Result<std::shared_ptr<Consumer>>> subscribe(SubscribeOptions options) override;
    Task<Result<std::vector<GroupStatus>>> groups() override;
    Task<Result<std::vector<OffsetChange>>> resetGroup(GroupReset reset) override;
    Task<Result<std::vector<LogExtent>>> lookAtLog(std::vector<LogExtent> last) override;
    Task<Result<OffsetsTaken>> takeOffsets(std::string from, std::string to) override;
    Task<void> close() override;
    std::shared_ptr<BrokerFaults> brokerFaults() const override;
    std::shared_ptr<TopicBrowser> browser() const override { return m_browser; }
    std::uint16_t partitionCount() const override;
    std::string trouble() const override { return m_context.reach.trouble(); }
    std::string identity() const override { return m_identity; }
    std::string description() const override
    {
        return m_embedded
                   ? "embedded Kafka at " + m_embedded->bootstrap().substr(0, m_embedded->bootstrap().find(',')) + " ("
                         + std::to_string(m_embedded->brokerCount()) + " brokers in this process, gone at exit)"
                   : "Kafka at " + m_context.options.brokers;
    }

private:
    Task<void> tick();
    Task<void> watchReach();
    KafkaGroups::Groups groupsHere() const;
    std::vector<std::shared_ptr<KafkaConsumer>> consumers() const;
    void forget(const std::string& group, const std::string& member);

    KafkaContext m_context; ///< First made, last gone.
    const std::shared_ptr<EmbeddedKafka> m_embedded;
    std::unique_ptr<KafkaProducer> m_producer;
    std::unique_ptr<KafkaTopics> m_topics;
    std::unique_ptr<KafkaGroups> m_groups;
    std::unique_ptr<KafkaLog> m_log; ///< Null for the embedded cluster, whose room keeps what is not read.
    std::shared_ptr<KafkaBrowser> m_browser;
    std::string m_identity;
    TaskGroup m_ticker;
    KafkaQuestions m_questions{m_context};
    mutable Mutex m_mutex;
    /// Group and member; until it has left.
    std::set<std::pair<std::string, std::string>> m_names ORDERLAB_GUARDED_BY(m_mutex);
    /// Of each group that has ever had a member here.
    std::map<std::string, std::set<EventType>> m_topics_of ORDERLAB_GUARDED_BY(m_mutex);
    std::vector<std::weak_ptr<KafkaConsumer>> m_consumers ORDERLAB_GUARDED_BY(m_mutex);
    bool m_closing ORDERLAB_GUARDED_BY(m_mutex) = false;
    bool m_closed ORDERLAB_GUARDED_BY(m_mutex) = false;
    Notifier m_changed; ///< m_closed.
};

Task<Result<std::unique_ptr<EventBus>>> KafkaBus::open(std::unique_ptr<KafkaBus> bus)
{
    ORDERLAB_TRY(co_return, bus->m_context.options.validate());
    auto producer = KafkaProducer::open(bus->m_context);
    if (!producer)
        co_return producer.error();
    bus->m_producer = std::move(*producer);
    bus->m_browser = std::make_shared<KafkaBrowser>(bus->m_context, bus->m_embedded != nullptr);
    rd_kafka_t* const client = bus->m_producer->handle();
    bus->m_topics = std::make_unique<KafkaTopics>(bus->m_context, client, bus->m_embedded);
    bus->m_groups = std::make_unique<KafkaGroups>(bus->m_context, client, *bus->m_topics, bus->m_embedded != nullptr);
    if (!bus->m_embedded)
        bus->m_log = std::make_unique<KafkaLog>(bus->m_context, *bus->m_topics, *bus->m_groups, *bus->m_producer);
    const std::function<Result<void>()> prepare = [self = bus.get()]() -> Result<void> {
        ORDERLAB_TRY(return, self->m_topics->ensure());
        if (!self->m_embedded)
            self->m_identity = "kafka " + self->m_topics->clusterId() + ' ' + self->m_context.options.topic_prefix;
        return {};
    };
    const auto prepared = co_await bus->m_context.blocking<Result<void>>(prepare);
    if (!prepared) {
        co_await bus->close();
        co_return prepared.error();
    }
    bus->m_ticker.spawn(bus->tick());
    bus->m_context.tasks.spawn(bus->watchReach());
    co_return std::unique_ptr<EventBus>(std::move(bus));
}

/// Consumers look after their time limits several times a second; librdkafka, too, wants to be asked now and then.
Task<void> KafkaBus::tick()
{
    for (;;) {
        co_await m_context.runtime.sleep(std::chrono::milliseconds{100});
        const auto all = consumers();
        for (const auto& consumer : all)
            consumer->tick();
    }
}

/// Asks brokers that a client has lost until they answer again, also while nothing is published.
Task<void> KafkaBus::watchReach()
{
    using Topics = std::map<std::string, std::uint16_t>;
    while (!m_context.closing) {
        co_await m_context.runtime.sleep(reach_interval);
        if (!m_context.reach.isToBeAsked())
            continue;
        std::function<Result<Topics>()> question = [this] { return m_topics->list(); };
        const auto answer = co_await m_questions.ask(std::move(question));
        if (!answer && answer.error().code == ErrorCode::Closed)
            co_return;
    }
}

std::vector<std::shared_ptr<KafkaConsumer>> KafkaBus::consumers() const
{
    const MutexLock guard(m_mutex);
    std::vector<std::shared_ptr<KafkaConsumer>> all;
    for (const auto& weak : m_consumers) {
        if (auto consumer = weak.lock())
            all.push_back(std::move(consumer));
    }
    return all;
}

KafkaGroups::Groups KafkaBus::groupsHere() const
{
    KafkaGroups::Groups groups;
    const auto all = consumers();
    const MutexLock guard(m_mutex);
    for (const auto& [group, topics] : m_topics_of)
        groups[group].topics = topics;
    for (const auto& consumer : all) {
        if (m_names.contains({consumer->group(), consumer->member()}))
            groups[consumer->group()].members[consumer->member()] = consumer->assigned();
    }
    return groups;
}

void KafkaBus::forget(const std::string& group, const std::string& member)
{
    const MutexLock guard(m_mutex);
    m_names.erase({group, member});
    std::erase_if(m_consumers, [](const auto& weak) { return weak.expired(); });
}

Task<Result<std::shared_ptr<Consumer>>> KafkaBus::subscribe(SubscribeOptions options)
{
    if (options.group.empty() || options.member.empty() || options.topics.empty())
        co_return invalidArgument("group", "a subscription needs a group, a member and topics");
    const std::string group = options.group, member = options.member;
    const std::vector<EventType> topics = options.topics;
    const MutexLock guard(m_mutex);
    if (m_closing)
        co_return closedError("bus");
    if (m_names.contains({group, member}))
        co_return Error{ErrorCode::AlreadyExists, Retry::Never,
                        "group " + group + " has a member " + member + " already", "member"};
    auto consumer =
        KafkaConsumer::join(m_context, std::move(options), [this, group, member] { forget(group, member); });
    if (!consumer)
        co_return consumer.error();
    m_names.insert({group, member});
    m_topics_of[group].insert(topics.begin(), topics.end());
    m_consumers.push_back(*consumer);
    co_return std::shared_ptr<Consumer>(std::move(*consumer));
}

Task<Result<std::vector<GroupStatus>>> KafkaBus::groups()
{
    std::function<Result<std::vector<GroupStatus>>()> question = [this] { return m_groups->list(groupsHere()); };
    co_return co_await m_questions.ask(std::move(question));
}

Task<Result<std::vector<OffsetChange>>> KafkaBus::resetGroup(GroupReset reset)
{
    std::function<Result<std::vector<OffsetChange>>()> question = [this, reset] {
        return m_groups->reset(reset, groupsHere());
    };
    co_return co_await m_questions.ask(std::move(question));
}

Task<Result<OffsetsTaken>> KafkaBus::takeOffsets(std::string from, std::string to)
{
    if (m_embedded) // Nobody has read it before.
        co_return OffsetsTaken{};
    std::function<Result<OffsetsTaken>()> question = [this, from, to] { return m_groups->takeOffsets(from, to); };
    co_return co_await m_questions.ask(std::move(question));
}

Task<Result<std::vector<LogExtent>>> KafkaBus::lookAtLog(std::vector<LogExtent> last)
{
    if (!m_log)
        co_return std::vector<LogExtent>{};
    std::function<Result<KafkaLog::Look>()> question = [this, last = std::move(last)] { return m_log->look(last); };
    auto look = co_await m_questions.ask(std::move(question));
    if (!look)
        co_return look.error();
    if (!look->renewed.empty()) {
        const auto all = consumers();
        for (const auto& consumer : all)
            consumer->leaveIfReading(look->renewed);
    }
    co_return std::move(look->extents);
}

std::shared_ptr<BrokerFaults> KafkaBus::brokerFaults() const
{
    if (m_embedded)
        return m_embedded;
    return m_context.opaque->network;
}

std::uint16_t KafkaBus::partitionCount() const
{
    std::uint16_t most = 0;
    for (const EventType type : all_event_types)
        most = std::max(most, m_context.partitions(type));
    return most;
}

Task<void> KafkaBus::close()
{
    {
        MutexLock lock(m_mutex);
        if (std::exchange(m_closing, true)) {
            while (!m_closed) {
                co_await m_changed.wait(lock);
                lock.lock();
            }
            co_return;
        }
    }
    m_context.closing = true;
    m_questions.refuse();
    m_ticker.cancel();
    co_await m_ticker.join();
    TaskGroup ending(m_context.runtime);
    const auto all = consumers();
    for (const auto& consumer : all)
        ending.spawn(consumer->close());
    co_await ending.join();
    if (m_producer)
        co_await m_producer->close();
    co_await m_questions.close();
    co_await m_context.tasks.join();
    if (m_browser)
        co_await m_browser->close();
    if (m_groups) {
        using Probes = std::map<std::string, KafkaProbe>;
        const auto probes = std::make_shared<Probes>(m_groups->takeProbes());
        (*probes)[{}] = m_browser->takeClient();
        const std::function<void()> end = [probes, opaque = m_context.opaque] { probes->clear(); };
        co_await endWithin(m_context.runtime, end_probes_limit, end);
    }
    if (m_producer)
        co_await m_producer->endClients();
    if (m_context.opaque->network)
        co_await m_context.opaque->network->close();
    {
        const MutexLock guard(m_mutex);
        m_closed = true;
    }
    m_changed.notifyAll();
}

} // namespace

Task<Result<std::unique_ptr<EventBus>>> openKafkaBus(Runtime& runtime, Journal& journal, KafkaOptions options)
{
    return KafkaBus::open(std::make_unique<KafkaBus>(runtime, journal, std::move(options), nullptr));
}

Task<Result<std::unique_ptr<EventBus>>> openEmbeddedKafkaBus(Runtime& runtime, Journal& journal,
                                                             std::shared_ptr<EmbeddedKafka> kafka, KafkaOptions options,
                                                             std::size_t retention_events)
{
    options.brokers = kafka->bootstrap();
    // The mock cluster waits 3 s for a group's first members. One whose session ends while it waits is forgotten
    // without an answer, which it misses only after a minute: a machine that stands still for 8 s must not do that.
    options.session_timeout = std::chrono::seconds{12};
    auto bus = std::make_unique<KafkaBus>(runtime, journal, std::move(options), kafka);
    KafkaBackPressure::Limits limits;
    limits.events = std::min(limits.events, retention_events);
    bus->context().back_pressure = std::make_unique<KafkaBackPressure>(limits);
    return KafkaBus::open(std::move(bus));
}

} // namespace orderlab
