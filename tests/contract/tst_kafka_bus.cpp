#include "contract/bus_contract.h"
#include "kafka/kafka_bus.h"
#include "kafka/kafka_producer.h"
#include "kafka/kafka_topics.h"
#include "runtime/task_group.h"
#include "support/kafka_broker.h"
#include "support/test_program.h"

#include <algorithm>
#include <set>

using namespace orderlab;
using test::KafkaBroker;

namespace {

/// Gives each test groups of its own on a broker that all share.
class OwnGroups final : public EventBus {
public:
    OwnGroups(std::string prefix, std::unique_ptr<EventBus> inner)
        : m_prefix(std::move(prefix)), m_inner(std::move(inner))
    {}

    Task<Result<std::vector<Position>>> publish(std::span<const Event> events) override
    {
        return m_inner->publish(events);
    }
    Task<Result<std::shared_ptr<Consumer>>> subscribe(SubscribeOptions options) override
    {
        options.group = m_prefix + options.group;
        return m_inner->subscribe(std::move(options));
    }
    bool hasDeadLetterTopic() const override { return m_inner->hasDeadLetterTopic(); }
    Task<Result<void>> publishDeadLetters(std::span<const DeadLetterNotice> letters) override
    {
        return m_inner->publishDeadLetters(letters);
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
    Task<void> close() override { return m_inner->close(); }
    std::uint16_t partitionCount() const override { return m_inner->partitionCount(); }
    std::string identity() const override { return m_inner->identity(); }
    std::string description() const override { return m_inner->description(); }

private:
    const std::string m_prefix;
    const std::unique_ptr<EventBus> m_inner;
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
        auto bus = m_runtime.run(openKafkaBus(m_runtime, m_journal, kafka)).value();
        return std::make_unique<OwnGroups>(kafka.topic_prefix, std::move(bus));
    }
    /// The broker keeps what is published, for days.
    bool publisherWaitsWhenFull() const override { return false; }

private slots:
    void initTestCase() { QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem().constData()); }

    void restart_ofAStaticMemberMovesNoPartition_data();
    void restart_ofAStaticMemberMovesNoPartition();
    void publish_goesOnAfterAFatalErrorOfTheClient();
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
                             20'000);
    const auto before = partitionsOf(*stays, "restarts");

    JournalReader changes(stays_journal);
    m_runtime.run(restarts->close());
    constexpr int down_ms = 2'000; // Of a session of 10 s.
    QTest::qWait(down_ms);
    restarts = open("node-2", m_journal);
    const auto back = join(*restarts, "restarts");
    QTRY_COMPARE_WITH_TIMEOUT(partitionsOf(*stays, "restarts").size(), std::size_t(3), 20'000);
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
        m_runtime.run(withTimeout<DeliveryBatch>(m_runtime, std::chrono::seconds{20}, "a poll", back->poll(10)));
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

/// librdkafka's idempotent client may meet an error after which it sends nothing for ever, when a broker comes back.
void TestKafkaBus::publish_goesOnAfterAFatalErrorOfTheClient()
{
    KafkaOptions options;
    options.brokers = m_broker.bootstrap();
    options.topic_prefix = KafkaBroker::freshPrefix();
    KafkaContext context(m_runtime, m_journal, options);
    auto producer = KafkaProducer::open(context).value();
    KafkaTopics topics(context, producer->handle(), nullptr);
    QVERIFY(topics.ensure());
    std::uint64_t made = 0;
    const auto events = [&](std::size_t count) {
        std::vector<Event> all(count);
        for (Event& event : all) {
            event.id = EventId{Uuid{2, ++made}};
            event.order = OrderId{Uuid{made * 7919, made}};
            event.data.user_id = "ada";
        }
        return all;
    };
    const auto fail = [&] {
        rd_kafka_test_fatal_error(producer->sender(), RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, "a test");
    };
    QVERIFY(m_runtime.run(producer->publish(events(3))));

    // While nothing is under way, and again by the second client: nobody notices.
    for (int i = 0; i < 2; ++i) {
        fail();
        const auto published = m_runtime.run(producer->publish(events(3)));
        QVERIFY2(published, published ? "" : published.error().message.c_str());
    }
    // In the middle of a publish: it says why, and that trying again helps.
    Result<std::vector<Position>> broken = std::vector<Position>{};
    TaskGroup publishing(m_runtime);
    const std::vector<Event> many = events(60'000);
    const auto publish = [](KafkaProducer& by, std::span<const Event> what,
                            Result<std::vector<Position>>& answer) -> Task<void> {
        answer = co_await by.publish(what);
    };
    publishing.spawn(publish(*producer, many, broken));
    rd_kafka_t* const sends = producer->sender();
    QTRY_VERIFY_WITH_TIMEOUT(rd_kafka_outq_len(sends) > 1'000, 20'000);
    fail();
    m_runtime.run(publishing.join());
    QVERIFY(!broken);
    QCOMPARE(broken.error().code, ErrorCode::Unavailable);
    QVERIFY2(broken.error().message.find("can send no more") != std::string::npos, broken.error().message.c_str());
    const auto again = m_runtime.run(producer->publish(many));
    QVERIFY2(again, again ? "" : again.error().message.c_str());
    // The first client, which failed first, still answers questions about the cluster.
    QVERIFY(topics.list());
    m_runtime.run(producer->close());
    QCOMPARE(m_runtime.run(producer->publish(events(1))).error().code, ErrorCode::Closed);
    m_runtime.run(context.tasks.join());
    m_runtime.run(producer->endClients());
}

ORDERLAB_TEST(tst_kafka_bus, QCoreApplication, TestKafkaBus)
#include "tst_kafka_bus.moc"
