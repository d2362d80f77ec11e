#include "contract/bus_contract.h"
#include "kafka/kafka_bus.h"
#include "kafka/kafka_producer.h"
#include "kafka/kafka_topics.h"
#include "runtime/task_group.h"
#include "runtime/with_timeout.h"
#include "support/forwarding_bus.h"
#include "support/kafka_broker.h"
#include "support/test_program.h"

#include <algorithm>
#include <set>

using namespace orderlab;
using test::KafkaBroker;

namespace {

/// Gives each test groups of its own on a broker that all share.
class OwnGroups final : public test::ForwardingBus {
public:
    OwnGroups(std::string prefix, std::unique_ptr<EventBus> inner)
        : ForwardingBus(std::move(inner)), m_prefix(std::move(prefix))
    {}

    Task<Result<std::shared_ptr<Consumer>>> subscribe(SubscribeOptions options) override
    {
        options.group = m_prefix + options.group;
        return m_inner->subscribe(std::move(options));
    }
    Task<Result<std::vector<GroupStatus>>> groups() override
    {
        auto statuses = co_await m_inner->groups();
        if (!statuses)
            co_return statuses;
        std::erase_if(*statuses, [&](const GroupStatus& status) { return !status.group.starts_with(m_prefix); });
        for (GroupStatus& status : *statuses)
            status.group.erase(0, m_prefix.size());
        co_return statuses;
    }
    Task<Result<std::vector<OffsetChange>>> resetGroup(GroupReset reset) override
    {
        reset.group = m_prefix + reset.group;
        return m_inner->resetGroup(std::move(reset));
    }

private:
    const std::string m_prefix;
};

} // namespace

/// On a real broker, which all tests share: each has topics and groups of its own.
class TestKafkaBus : public BusContract {
    Q_OBJECT

protected:
    std::unique_ptr<EventBus> makeBus(Options options) override
    {
        KafkaOptions kafka;
        kafka.brokers = m_broker.bootstrap();
        kafka.topic_prefix = KafkaBroker::freshPrefix();
        kafka.partitions = options.partitions;
        kafka.publish_timeout = std::chrono::minutes{1};
        for (int i = 0; i < 10; ++i) { // A broker on a busy machine may not answer in time.
            if (auto bus = m_runtime.run(openKafkaBus(m_runtime, m_journal, kafka)))
                return std::make_unique<OwnGroups>(kafka.topic_prefix, std::move(*bus));
        }
        qFatal("the broker gives no answer");
    }
    /// The broker keeps what is published, for days.
    bool publisherWaitsWhenFull() const override { return false; }

private slots:
    void initTestCase() { QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem().constData()); }

    void restart_ofAStaticMemberMovesNoPartition_data();
    void restart_ofAStaticMemberMovesNoPartition();
    void publish_goesOnAfterAFatalErrorOfTheClient();
    void publish_saysThatTheClientFailedMeanwhile();
    void refusalOfATopic_isForGoodOrPasses_data();
    void refusalOfATopic_isForGoodOrPasses();

private:
    KafkaBroker m_broker = KafkaBroker::shared();
};

void TestKafkaBus::restart_ofAStaticMemberMovesNoPartition_data()
{
    QTest::addColumn<bool>("is_static");
    QTest::newRow("static") << true;
    QTest::newRow("dynamic: the other member gets them meanwhile") << false;
}

/// Two processes share six partitions; one ends and is back within its session.
void TestKafkaBus::restart_ofAStaticMemberMovesNoPartition()
{
    QFETCH(bool, is_static);
    KafkaOptions options;
    options.brokers = m_broker.bootstrap();
    options.topic_prefix = KafkaBroker::freshPrefix();
    options.partitions = 6;
    options.session_timeout = std::chrono::minutes{1};
    const std::string group = options.topic_prefix + "g";
    Journal stays_journal; // Of a process of its own.
    const auto open = [&](const std::string& process, Journal& journal) {
        KafkaOptions of_process = options;
        if (is_static)
            of_process.static_membership = process;
        return m_runtime.run(openKafkaBus(m_runtime, journal, of_process)).value();
    };
    const auto join = [&](EventBus& bus, const std::string& name) {
        return m_runtime.run(bus.subscribe({group, name, {EventType::OrderCreated}})).value();
    };
    const auto partitionsOf = [&](EventBus& bus, const std::string& name) {
        std::set<TopicPartition> places;
        const auto groups = m_runtime.run(bus.groups()).value();
        for (const GroupStatus& status : groups) {
            for (const PartitionStatus& partition : status.partitions) {
                if (status.group == group && partition.member == name)
                    places.insert(partition.where);
            }
        }
        return places;
    };
    const auto stays = open("node-1", stays_journal);
    auto restarts = open("node-2", m_journal);
    join(*stays, "stays");
    join(*restarts, "restarts");
    QTRY_VERIFY_WITH_TIMEOUT(partitionsOf(*stays, "stays").size() == 3 && partitionsOf(*stays, "restarts").size() == 3,
                             60'000);
    const auto before = partitionsOf(*stays, "restarts");

    JournalReader changes(stays_journal);
    m_runtime.run(restarts->close());
    constexpr int down_ms = 2'000; // Of a session of a minute.
    QTest::qWait(down_ms);
    restarts = open("node-2", m_journal);
    const auto back = join(*restarts, "restarts");
    QTRY_COMPARE_WITH_TIMEOUT(partitionsOf(*stays, "restarts").size(), std::size_t(3), 60'000);
    std::vector<Event> events;
    for (std::uint64_t i = 1; i <= 100; ++i) {
        Event event;
        event.id = EventId{Uuid{1, i}};
        event.order = OrderId{Uuid{i * 7919, i}};
        event.data.user_id = "ada";
        events.push_back(std::move(event));
    }
    QVERIFY(m_runtime.run(stays->publish(events)));
    const auto batch =
        m_runtime.run(withTimeout<DeliveryBatch>(m_runtime, std::chrono::minutes{1}, "a poll", back->poll(10)));
    QVERIFY2(batch, batch ? "" : batch.error().message.c_str());
    QVERIFY(!is_static || before.contains(batch->where));

    std::vector<Entry> entries;
    changes.read(entries, 1'000);
    const auto moved = std::count_if(entries.begin(), entries.end(), [](const Entry& entry) {
        return entry.kind == EntryKind::PartitionAssigned || entry.kind == EntryKind::PartitionRevoked;
    });
    QCOMPARE(moved, is_static ? 0 : 6); // Three that came meanwhile and went again.
    if (is_static)
        QVERIFY(partitionsOf(*stays, "restarts") == before);
    m_runtime.run(stays->close());
    m_runtime.run(restarts->close());
}

void TestKafkaBus::refusalOfATopic_isForGoodOrPasses_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("way_out"); // Empty: it is tried again.
    QTest::newRow("a name that is invalid or collides")
        << int(RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION) << QByteArray("--topic-prefix");
    QTest::newRow("too many partitions") << int(RD_KAFKA_RESP_ERR_INVALID_PARTITIONS) << QByteArray("--partitions");
    QTest::newRow("replication") << int(RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR) << QByteArray("own tools");
    QTest::newRow("a setting") << int(RD_KAFKA_RESP_ERR_INVALID_CONFIG) << QByteArray("own tools");
    QTest::newRow("a policy") << int(RD_KAFKA_RESP_ERR_POLICY_VIOLATION) << QByteArray("own tools");
    QTest::newRow("a right") << int(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED) << QByteArray("grant");
    QTest::newRow("a right on the cluster")
        << int(RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED) << QByteArray("grant");
    QTest::newRow("no controller yet") << int(RD_KAFKA_RESP_ERR_NOT_CONTROLLER) << QByteArray();
    QTest::newRow("no answer in time") << int(RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT) << QByteArray();
    QTest::newRow("too many at once") << int(RD_KAFKA_RESP_ERR_THROTTLING_QUOTA_EXCEEDED) << QByteArray();
}

void TestKafkaBus::refusalOfATopic_isForGoodOrPasses()
{
    QFETCH(int, code);
    QFETCH(QByteArray, way_out);
    const auto refusal = refusalOfTopic(rd_kafka_resp_err_t(code), "shop.order-created", "The broker's own words.");
    QCOMPARE(refusal.has_value(), !way_out.isEmpty());
    if (!refusal)
        return;
    QVERIFY(refusal->retry == Retry::Never && refusal->code != ErrorCode::InvalidArgument); // Exit code 1.
    const QByteArray said = QByteArray::fromStdString(refusal->message);
    QVERIFY2(said.contains("shop.order-created: The broker's own words: ") && said.contains(way_out), said);
    QVERIFY(refusalOfTopic(rd_kafka_resp_err_t(code), "t", nullptr)
                ->message.find(rd_kafka_err2str(rd_kafka_resp_err_t(code)))
            != std::string::npos);
}

namespace {

/// A producer with its topics, which ends with the test, be it by a check that fails.
class RunningProducer {
public:
    RunningProducer(RealRuntime& runtime, Journal& journal, KafkaOptions options)
        : m_runtime(runtime), m_context(runtime, journal, std::move(options)),
          m_producer(KafkaProducer::open(m_context).value()), topics(m_context, m_producer->handle(), nullptr)
    {}
    ~RunningProducer()
    {
        m_runtime.run(m_producer->close());
        m_runtime.run(m_context.tasks.join());
        m_runtime.run(m_producer->endClients());
    }
    KafkaProducer* operator->() const { return m_producer.get(); }
    void fail()
    {
        rd_kafka_test_fatal_error(m_producer->sender(), RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, "a test");
    }

private:
    RealRuntime& m_runtime;
    KafkaContext m_context;
    const std::unique_ptr<KafkaProducer> m_producer;

public:
    KafkaTopics topics;
};

std::vector<Event> someEvents(std::size_t count)
{
    static std::uint64_t made = 0;
    std::vector<Event> events(count);
    for (Event& event : events) {
        event.id = EventId{Uuid{2, ++made}};
        event.order = OrderId{Uuid{made * 7919, made}};
        event.data.user_id = "ada";
    }
    return events;
}

} // namespace

/// librdkafka's idempotent client may meet an error after which it sends nothing for ever, when a broker comes back.
void TestKafkaBus::publish_goesOnAfterAFatalErrorOfTheClient()
{
    KafkaOptions options;
    options.brokers = m_broker.bootstrap();
    options.topic_prefix = KafkaBroker::freshPrefix();
    options.publish_timeout = std::chrono::minutes{1};
    RunningProducer producer(m_runtime, m_journal, options);
    QVERIFY(producer.topics.ensure());
    QVERIFY(m_runtime.run(producer->publish(someEvents(3))));

    // While nothing is under way, and again by the second client: nobody notices.
    for (int i = 0; i < 2; ++i) {
        producer.fail();
        const auto published = m_runtime.run(producer->publish(someEvents(3)));
        QVERIFY2(published, published ? "" : published.error().message.c_str());
    }
    // The first client, which failed first, still answers questions about the cluster.
    QVERIFY(producer.topics.list());
    m_runtime.run(producer->close());
    QCOMPARE(m_runtime.run(producer->publish(someEvents(1))).error().code, ErrorCode::Closed);
}

/// It says why, and that trying again helps.
void TestKafkaBus::publish_saysThatTheClientFailedMeanwhile()
{
    KafkaOptions options;
    options.brokers = m_broker.bootstrap();
    options.topic_prefix = KafkaBroker::freshPrefix();
    options.publish_timeout = std::chrono::minutes{2};
    options.properties = {{"linger.ms", "60000"}}; // Less than a batch stays under way until it is flushed.
    RunningProducer producer(m_runtime, m_journal, options);
    QVERIFY(producer.topics.ensure());
    const std::vector<Event> events = someEvents(1'000);
    Result<std::vector<Position>> answer = std::vector<Position>{};
    const auto publish = [&](TaskGroup& publishing) {
        publishing.spawn(
            [](RunningProducer& by, std::span<const Event> what, Result<std::vector<Position>>& told) -> Task<void> {
                told = co_await by->publish(what);
            }(producer, events, answer));
        return QTest::qWaitFor([&] { return rd_kafka_outq_len(producer->sender()) == int(events.size()); }, 60'000);
    };
    TaskGroup failing(m_runtime), succeeding(m_runtime);
    const bool is_under_way = publish(failing);
    producer.fail();
    m_runtime.run(failing.join());
    QVERIFY(is_under_way && !answer);
    QCOMPARE(answer.error().code, ErrorCode::Unavailable);
    QVERIFY2(answer.error().message.find("can send no more") != std::string::npos, answer.error().message.c_str());
    const bool is_again_under_way = publish(succeeding);
    rd_kafka_flush(producer->sender(), 60'000);
    m_runtime.run(succeeding.join());
    QVERIFY(is_again_under_way);
    QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
}

ORDERLAB_TEST(tst_kafka_bus, QCoreApplication, TestKafkaBus)
#include "tst_kafka_bus.moc"
