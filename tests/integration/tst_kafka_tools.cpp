#include "child_program.h"
#include "domain/event_codec.h"
#include "kafka/kafka_bus.h"
#include "runtime/real_runtime.h"
#include "support/kafka_broker.h"
#include "support/qt_text.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QProcess>

#include <algorithm>
#include <map>

using namespace orderlab;
using orderlab::test::toQString;
using test::KafkaBroker;

namespace {

Event eventOf(std::uint64_t number, EventType type = EventType::OrderCreated)
{
    Event event;
    event.id = EventId{Uuid{0x0198000000007000ull + number, 0x8000000000000001ull}};
    event.order = OrderId{Uuid{0x0198000000007000ull + number * 7919, 0x8000000000000002ull}};
    event.type = type;
    event.time = TimePoint{std::chrono::seconds{1'767'225'600}};
    event.trace = {Uuid{1, 2}, 3};
    event.data = {"Žofie " + std::to_string(number), {1999, {}}, {}};
    event.extensions = {{"x-tenant", "blue"}};
    return event;
}

} // namespace

/// What we write to Kafka its own tools read, and what they write we read, or give up with all its bytes.
class TestKafkaTools : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem().constData()); }
    void init()
    {
        m_prefix = KafkaBroker::freshPrefix();
        KafkaOptions options;
        options.brokers = m_broker.bootstrap();
        options.topic_prefix = m_prefix;
        m_bus = m_runtime.run(openKafkaBus(m_runtime, m_journal, options)).value();
    }
    void cleanup() { m_runtime.run(m_bus->close()); }

    void consoleConsumer_printsHeadersAndJson()
    {
        const Event event = eventOf(7);
        QVERIFY_RESULT(m_runtime.run(m_bus->publish(std::span(&event, 1))));
        const auto read =
            m_broker.tool("org.apache.kafka.tools.consumer.ConsoleConsumer",
                          {"--topic", topic(), "--from-beginning", "--max-messages", "1", "--timeout-ms", "30000",
                           "--formatter-property", "print.headers=true", "--formatter-property", "print.key=true"});
        std::string headers;
        for (const auto& [name, value] : encodeHeaders(event))
            headers += (headers.empty() ? "" : ",") + name + ':' + value.value();
        const std::string line = headers + '\t' + event.order.toString() + '\t' + encodeData(event.data) + '\n';
        QCOMPARE(QString::fromUtf8(read.out), toQString(line));
        for (const char* header :
             {"ce_id:", "ce_source:/orderlab", "ce_type:orders.order-created.v1", "ce_subject:", "ce_time:2026-01-01T",
              "ce_specversion:1.0", "content-type:application/json", "traceparent:00-", "x-tenant:blue"})
            QVERIFY2(read.out.contains(header), read.describe());
    }

    void consumerGroups_describesTheLagThatWeTell()
    {
        std::vector<Event> events;
        for (std::uint64_t i = 0; i < 60; ++i)
            events.push_back(eventOf(i));
        QVERIFY_RESULT(m_runtime.run(m_bus->publish(events)));
        const std::string group = m_prefix + "payment";
        const auto consumer = subscribe(group);
        for (int i = 0; i < 3; ++i) { // Some of a partition each.
            const auto batch = m_runtime.run(consumer->poll(4)).value();
            m_runtime.run(consumer->commit(batch.where, batch.endOffset())).value();
        }
        m_runtime.run(consumer->close());

        std::map<std::string, std::string> ours; // "topic partition": "committed end lag"
        std::int64_t lag = 0;
        const auto groups = m_runtime.run(m_bus->groups()).value();
        const auto found =
            std::find_if(groups.begin(), groups.end(), [&](const GroupStatus& one) { return one.group == group; });
        QVERIFY(found != groups.end());
        for (const PartitionStatus& partition : found->partitions) {
            if (partition.committed == 0)
                continue; // The tool knows of those that were committed only.
            ours[m_prefix + std::string(topicName(partition.where.topic)) + ' '
                 + std::to_string(partition.where.partition)] = std::to_string(partition.committed) + ' '
                                                                + std::to_string(partition.end) + ' '
                                                                + std::to_string(partition.lag());
            lag += partition.lag();
        }
        QVERIFY(!ours.empty() && lag > 0);

        const auto described = m_broker.tool("org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
                                             {"--describe", "--group", toQString(group)});
        QVERIFY2(described, described.describe());
        std::map<std::string, std::string> theirs;
        for (const QByteArray& line : described.out.split('\n')) {
            const QByteArrayList words = line.simplified().split(' '); // GROUP TOPIC PARTITION CURRENT END LAG …
            if (words.size() > 5 && words[0] == group.c_str() && words[3] != "-" && words[3] != "0")
                theirs[(words[1] + ' ' + words[2]).toStdString()] =
                    (words[3] + ' ' + words[4] + ' ' + words[5]).toStdString();
        }
        QVERIFY2(theirs == ours, described.describe());
    }

    /// No server runs: the command asks the cluster.
    void groupsCommand_listsAndResets()
    {
        std::vector<Event> events;
        for (std::uint64_t i = 0; i < 20; ++i)
            events.push_back(eventOf(5));
        QVERIFY_RESULT(m_runtime.run(m_bus->publish(events)));
        const std::string group = m_prefix + "payment";
        const auto consumer = subscribe(group);
        std::int64_t done = 0;
        while (done < 12) {
            const auto batch = m_runtime.run(consumer->poll(std::size_t(12 - done))).value();
            m_runtime.run(consumer->commit(batch.where, batch.endOffset())).value();
            done += std::int64_t(batch.events.size());
        }
        const QStringList cluster{"--kafka-brokers", toQString(m_broker.bootstrap()), "--topic-prefix",
                                  toQString(m_prefix)};
        const auto run = [&](QStringList arguments) {
            return test::runProgram(QStringList{"groups"} + arguments + cluster);
        };
        const test::Ended refused = run({"reset", toQString(group), "--earliest", "--yes"});
        QVERIFY2(refused.exit_code == 1 && refused.err.contains("reader-1"), refused.describe());
        m_runtime.run(consumer->close());
        const test::Ended listed = run({"list", toQString(group)});
        QVERIFY2(listed.exit_code == 0 && listed.out.contains(" 12   20    8  "), listed.describe());
        const test::Ended reset = run({"reset", toQString(group), "--earliest", "--yes"});
        QVERIFY2(reset.exit_code == 0 && reset.out.contains("12 events would be seen again."), reset.describe());
        QVERIFY2(reset.out.contains(" 0   20   20  "), reset.describe());
        const test::Ended nobody = test::runProgram({"groups", "list", "--kafka-brokers", "127.0.0.1:1"});
        QVERIFY2(nobody.exit_code == 1 && !nobody.err.isEmpty(), nobody.describe());
        const QString nowhere = toQString(KafkaBroker::freshPrefix());
        const test::Ended elsewhere = test::runProgram(
            {"groups", "list", "--kafka-brokers", toQString(m_broker.bootstrap()), "--topic-prefix", nowhere});
        QVERIFY2(elsewhere.exit_code == 1 && elsewhere.err.contains("--topic-prefix"), elsewhere.describe());
        const auto topics = m_broker.tool("topics", {"--list"});
        QVERIFY2(topics && topics.out.contains(topic().toUtf8()) && !topics.out.contains(nowhere.toUtf8()),
                 topics.describe());
    }

    void kcat_writesAnEventThatWeRead()
    {
        Event event = eventOf(9);
        QStringList arguments{"-P", "-t", topic(), "-p", "0", "-k", toQString(event.order.toString())};
        for (const auto& [name, value] : encodeHeaders(event))
            arguments << "-H" << toQString(name + '=' + value.value());
        const auto done = m_broker.kcat(arguments, QByteArray::fromStdString(encodeData(event.data)));
        QVERIFY2(done, done.describe());
        const auto batch = m_runtime.run(subscribe(m_prefix + "reader")->poll(10)).value();
        QCOMPARE(batch.events.size(), std::size_t(1));
        QVERIFY(batch.events[0] == event);
    }

    void kcat_writesGarbage_whichIsKeptWhole_data()
    {
        QTest::addColumn<QStringList>("headers");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("text without headers") << QStringList{} << QByteArray("hello");
        QTest::newRow("bytes") << QStringList{} << QByteArray("\xff\x00\x01{", 4);
        QTest::newRow("JSON of somebody else")
            << QStringList{"content-type=application/json"} << QByteArray(R"({"order":7})");
        QTest::newRow("headers without a value and with an empty one")
            << QStringList{"null", "empty=", "null", "ce_id"} << QByteArray("{}");
        QTest::newRow("an event of somebody else")
            << QStringList{"ce_id=7", "ce_specversion=1.0", "ce_type=com.example.invoice"} << QByteArray("{}");
    }
    void kcat_writesGarbage_whichIsKeptWhole()
    {
        QFETCH(QStringList, headers);
        QFETCH(QByteArray, value);
        QStringList arguments{"-P", "-t",        topic(), "-p",   "0",
                              "-k", "their key", "-D",    "\\x7f"}; // No line ends in the way.
        std::vector<Header> sent;
        for (const QString& header : headers) {
            arguments << "-H" << header;
            sent.emplace_back(header.section('=', 0, 0).toStdString(),
                              header.contains('=') ? std::optional(header.section('=', 1).toStdString())
                                                   : std::nullopt);
        }
        auto done = m_broker.kcat(arguments, value);
        QVERIFY2(done, done.describe());
        const Event event = eventOf(1);
        const auto consumer = subscribe(m_prefix + "reader");
        const auto batch = m_runtime.run(consumer->poll(10)).value();
        QCOMPARE(batch.events.size(), std::size_t(1));
        const Event& record = batch.events[0];
        QVERIFY(record.undecodable);
        QVERIFY(record.undecodable->key == std::string("their key"));
        QCOMPARE(QByteArray::fromStdString(record.undecodable->value.value()), value);
        QVERIFY(record.extensions == sent);
        QCOMPARE(record.undecodable->error.retry, Retry::Never);
        QVERIFY(!record.undecodable->error.message.empty());
        QVERIFY(record.order.isNull() && !record.id.isNull());
        QVERIFY_RESULT(m_runtime.run(consumer->commit(batch.where, batch.endOffset()))); // It keeps nobody.
        QVERIFY_RESULT(m_runtime.run(m_bus->publish(std::span(&event, 1))));
        const auto next = m_runtime.run(consumer->poll(10)).value();
        QVERIFY(next.events.size() == 1 && next.events[0] == event);
    }

    void kcat_writesATombstone_whichIsNoEmptyValue()
    {
        for (const QStringList& null : {QStringList{"-Z"}, QStringList{}}) {
            auto done = m_broker.kcat(QStringList{"-P", "-t", topic(), "-p", "0", "-K", ":"} + null, "their key:\n");
            QVERIFY2(done, done.describe());
        }
        const auto consumer = subscribe(m_prefix + "reader");
        std::vector<UndecodableRecord> records;
        while (records.size() < 2) {
            const auto batch = m_runtime.run(consumer->poll(10)).value();
            for (const Event& event : batch.events)
                records.push_back(*event.undecodable);
            QVERIFY_RESULT(m_runtime.run(consumer->commit(batch.where, batch.endOffset())));
        }
        QVERIFY(records[0].key == std::string("their key") && records[1].key == std::string("their key"));
        QVERIFY(!records[0].value && records[1].value == std::string());
    }

    /// Dots and underscores are one in the names of a broker's metrics, so that it refuses the second of two.
    void serve_saysOnceThatATopicIsRefused()
    {
        const std::string prefix = KafkaBroker::freshPrefix();
        const std::string other = prefix.substr(0, prefix.size() - 1) + "_payment-succeeded";
        const auto made = m_broker.tool("topics", {"--create", "--topic", toQString(other), "--partitions", "1"});
        QVERIFY2(made, made.describe());
        const test::Ended ended =
            test::runProgram({"serve", "--store", "memory", "--listen", "none", "--bus", "kafka", "--kafka-brokers",
                              toQString(m_broker.bootstrap()), "--topic-prefix", toQString(prefix)});
        QVERIFY2(ended.exit_code == 1, ended.describe());
        QVERIFY2(ended.err.count("collides with existing topic") == 1 && ended.err.contains(other.c_str()),
                 ended.describe());
        QVERIFY2(ended.err.contains("--topic-prefix") && !ended.err.contains("waiting for services"), ended.describe());
    }

    /// As an imported order is: created long ago, published now.
    void lag_countsFromPublishing()
    {
        Event event = eventOf(3);
        event.time = m_runtime.now() - std::chrono::days{321};
        const std::string group = m_prefix + "payment";
        const auto consumer = subscribe(group);
        const TimePoint before =
            std::chrono::floor<std::chrono::milliseconds>(m_runtime.now()); // As Kafka's times are.
        QVERIFY_RESULT(m_runtime.run(m_bus->publish(std::span(&event, 1))));
        QTRY_VERIFY_WITH_TIMEOUT(lagOf(group).lag == 1, 60'000);
        const auto lag = lagOf(group);
        QVERIFY(lag.waiting_since && *lag.waiting_since >= before && *lag.waiting_since <= m_runtime.now());
    }

    /// A member of Kafka's consumer protocol (KIP-848): no names are known of its group, but those of our own members.
    void consumerProtocol_isToldAsMembersUnknown()
    {
        const Event event = eventOf(4);
        const std::string group = m_prefix + "modern";
        QProcess console;
        console.setProcessChannelMode(QProcess::MergedChannels);
        // It ends by itself with its first message.
        console.start(QStringLiteral(ORDERLAB_SOURCE_DIR "/packaging/kafka/kafka"),
                      {"tool", "console-consumer", "--bootstrap-server", toQString(m_broker.bootstrap()), "--topic",
                       topic(), "--group", toQString(group), "--command-property", "group.protocol=consumer",
                       "--max-messages", "1", "--timeout-ms", "240000"});
        const auto status = [&]() -> std::optional<GroupStatus> {
            const auto groups = m_runtime.run(m_bus->groups());
            for (std::size_t i = 0; groups && i < groups->size(); ++i) {
                if ((*groups)[i].group == group)
                    return (*groups)[i];
            }
            return std::nullopt;
        };
        const auto ours = subscribe(m_prefix + "payment");
        const auto beside = subscribe(group);
        const bool is_told = QTest::qWaitFor([&] { return status() && status()->has_unknown_members; }, 120'000);
        const auto told = status();
        const auto refused = m_runtime.run(m_bus->resetGroup({group, OffsetTarget::Latest, 0, {}, {}, {}, true}));
        const auto groups = m_runtime.run(m_bus->groups());
        m_runtime.run(beside->close());
        bool has_read = false; // Published again and again, until its one member is given the partition.
        for (int i = 0; i < 120 && !has_read; ++i) {
            (void)m_runtime.run(m_bus->publish(std::span(&event, 1)));
            has_read = console.waitForFinished(2'000);
        }
        const QByteArray said = console.readAll();
        QVERIFY2(is_told && told, said);
        QVERIFY(told->members == std::vector<std::string>{"reader-1"}); // Ours, beside the one that is not known.
        QVERIFY(!refused && refused.error().code == ErrorCode::Conflict);
        QVERIFY2(refused.error().message.find("consumer protocol") != std::string::npos,
                 refused.error().message.c_str());
        QVERIFY(groups);
        for (const GroupStatus& one : *groups) {
            if (one.group == m_prefix + "payment")
                QVERIFY(!one.has_unknown_members && one.members == std::vector<std::string>{"reader-1"});
        }
        QVERIFY2(has_read, said);
    }

private:
    struct Lag {
        std::int64_t lag = 0;
        std::optional<TimePoint> waiting_since;
    };
    Lag lagOf(const std::string& group)
    {
        Lag lag;
        const auto groups = m_runtime.run(m_bus->groups());
        for (std::size_t i = 0; groups && i < groups->size(); ++i) {
            for (const PartitionStatus& partition : (*groups)[i].partitions) {
                lag.lag += (*groups)[i].group == group ? partition.lag() : 0;
                if ((*groups)[i].group == group && partition.waiting_since)
                    lag.waiting_since = partition.waiting_since;
            }
        }
        return lag;
    }
    QString topic() const { return toQString(m_prefix + std::string(topicName(EventType::OrderCreated))); }
    std::shared_ptr<Consumer> subscribe(const std::string& group)
    {
        return m_runtime.run(m_bus->subscribe({group, "reader-1", {EventType::OrderCreated}})).value();
    }

    RealRuntime m_runtime{2};
    Journal m_journal;
    KafkaBroker m_broker = KafkaBroker::shared();
    std::string m_prefix;
    std::unique_ptr<EventBus> m_bus;
};

ORDERLAB_TEST(tst_kafka_tools, QCoreApplication, TestKafkaTools)
#include "tst_kafka_tools.moc"
