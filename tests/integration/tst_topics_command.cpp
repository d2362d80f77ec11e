#include "child_program.h"
#include "domain/event_codec.h"
#include "kafka/kafka_bus.h"
#include "runtime/real_runtime.h"
#include "support/kafka_broker.h"
#include "support/qt_text.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace orderlab;
using orderlab::test::toQString;
using test::KafkaBroker;

/// `orderlabd topics` as a person uses it. No server runs.
class TestTopicsCommand : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem().constData());
        m_prefix = KafkaBroker::freshPrefix();
        KafkaOptions options;
        options.brokers = m_broker.bootstrap();
        options.topic_prefix = m_prefix;
        const auto bus = m_runtime.run(openKafkaBus(m_runtime, m_journal, options)).value();
        std::vector<Event> events;
        for (std::uint64_t i = 0; i < 30; ++i)
            events.push_back(eventOf(i, EventType::OrderCreated));
        for (std::uint64_t i = 0; i < 600; ++i) // More than one page; all in one partition.
            events.push_back(eventOf(i, EventType::PaymentSucceeded, 7));
        const auto published = m_runtime.run(bus->publish(events));
        m_runtime.run(bus->close());
        QVERIFY_RESULT(published);
        m_busy_partition = QString::number(published->back().where.partition);
    }

    void list_tellsTheOffsetsOfEachPartition()
    {
        const test::Ended listed = run({"list"});
        QVERIFY2(listed.exit_code == 0 && listed.err.isEmpty(), listed.describe());
        QVERIFY2(listed.out.startsWith("TOPIC ") && listed.out.count('\n') > 3 * 3, listed.describe());
        const QRegularExpression busy("^" + QRegularExpression::escape(toQString(m_prefix)) + "payment-succeeded +"
                                          + m_busy_partition + " +0  600 +600$",
                                      QRegularExpression::MultilineOption);
        QVERIFY2(busy.match(QString::fromUtf8(listed.out)).hasMatch(), listed.describe());
        const test::Ended json = run({"list", "--json"});
        const QJsonArray topics = QJsonDocument::fromJson(json.out).array();
        qint64 events = 0;
        for (const QJsonValue& topic : topics) {
            QVERIFY2(topic["topic"].toString().startsWith(toQString(m_prefix)), json.describe());
            qint64 sum = 0;
            for (const QJsonValue& partition : topic["partitions"].toArray())
                sum += partition["end"].toInteger() - partition["earliest"].toInteger();
            QCOMPARE(topic["events"].toInteger(), sum);
            events += sum;
        }
        QCOMPARE(events, 630);
        const test::Ended nothing = run({"list", "--topic-prefix", "nobody-has-this."}, false);
        QVERIFY2(nothing.exit_code == 0 && nothing.out.contains("--topic-prefix") && nothing.out.contains("--all"),
                 nothing.describe());
        const test::Ended all = run({"list", "--topic-prefix", "nobody-has-this.", "--all"}, false);
        QVERIFY2(all.out.contains(m_prefix + "order-created"), all.describe());
    }

    void show_beginsInTheMiddle_byOffset()
    {
        QCOMPARE(offsets(busy({"--from", "250", "--count", "3"})), (QList<qint64>{250, 251, 252}));
        QCOMPARE(offsets(busy({"--from", "595"})), (QList<qint64>{595, 596, 597, 598, 599}));
        QCOMPARE(offsets(busy({"--from", "600"})), QList<qint64>());
        QCOMPARE(offsets(busy({"--from", "earliest", "--count", "550"})).size(), 550); // Several pages.
        const test::Ended text = run(busy({"--from", "250", "--count", "3"}));
        QVERIFY2(text.exit_code == 0 && text.out.startsWith("PARTITION ") && text.out.count('\n') == 5,
                 text.describe());
        QVERIFY2(text.out.contains("\n" + m_busy_partition.toUtf8() + "          250       20") // A time follows.
                     && text.out.contains("payment-succeeded") && text.out.contains("There are more: --count."),
                 text.describe());
    }

    void show_beginsInTheMiddle_byTime()
    {
        const auto all = rows(busy({"--from", "earliest", "--count", "600"}));
        QCOMPARE(all.size(), 600);
        const QString time = all[400]["time"].toString();
        qint64 first = 0;
        while (all[first]["time"].toString() < time)
            ++first;
        const auto found = offsets(busy({"--from", time, "--count", "2"}));
        QCOMPARE(found, (QList<qint64>{first, first + 1}));
        QCOMPARE(offsets(busy({"--from", "2000-01-01T00:00:00Z", "--count", "1"})), QList<qint64>{0});
        const test::Ended future = run(busy({"--from", "2199-01-01T00:00:00Z"}));
        QVERIFY2(future.exit_code == 0 && future.out.startsWith("No event of topic "), future.describe());
    }

    void show_hasTheLastOnes()
    {
        QCOMPARE(offsets(busy({"--count", "2"})), (QList<qint64>{598, 599}));
        const auto many = offsets(busy({"--from", "latest", "--count", "450"}));
        QVERIFY(many.size() == 450 && many.front() == 150 && many.back() == 599);
        const auto merged = rows({"order-created", "--count", "7"}); // Of three partitions.
        QCOMPARE(merged.size(), 7);
        for (qsizetype i = 1; i < merged.size(); ++i)
            QVERIFY(merged[i - 1]["time"].toString() <= merged[i]["time"].toString());
        QCOMPARE(rows({toQString(m_prefix) + "order-created", "--count", "100"}).size(), 30);
    }

    void show_filters()
    {
        QCOMPARE(offsets(busy({"--filter", "buyer 123", "--from", "earliest"})), QList<qint64>{123});
        QCOMPARE(offsets(busy({"--filter", "BUYER 12", "--count", "3"})), (QList<qint64>{127, 128, 129}));
        QCOMPARE(rows({"order-created", "--filter", "type:payment"}).size(), 0);
        QCOMPARE(rows({"order-created", "--filter", "key:" + order(7)}).size(), 1);
        const test::Ended none = run({"show", "order-created", "--filter", "no such text"});
        QVERIFY2(none.exit_code == 0 && none.out.contains("matches the filter"), none.describe());
    }

    void show_asJson_hasAllOfARecord()
    {
        const auto found = rows(busy({"--from", "5", "--count", "1"}));
        QCOMPARE(found.size(), 1);
        const QJsonObject& record = found.front();
        QCOMPARE(record["topic"].toString(), toQString(m_prefix) + "payment-succeeded");
        QCOMPARE(record["partition"].toInt(), m_busy_partition.toInt());
        QCOMPARE(record["key"].toString(), order(7));
        QCOMPARE(record["type"].toString(), QStringLiteral("orders.payment-succeeded.v1"));
        QVERIFY(record["value"].isObject());
        QMap<QString, QString> headers;
        for (const QJsonValue& header : record["headers"].toArray())
            headers[header["name"].toString()] = header["value"].toString();
        QCOMPARE(headers["ce_type"], record["type"].toString());
        QVERIFY(headers.contains("ce_id") && headers.contains("traceparent"));
    }

    /// Whoever can write to a topic must not reach the terminal of who looks.
    void show_isSafeForATerminal()
    {
        const QString topic = toQString(m_prefix) + "theirs";
        const auto made = m_broker.tool("topics", {"--create", "--topic", topic, "--partitions", "1"});
        QVERIFY2(made, made.describe());
        const QStringList write{"-P", "-t", topic, "-p", "0", "-D", "\\x7f"};
        const QByteArray values[] = {"\x1b]0;title\x07 red\nsecond line", "\xff\xfe{", "{\"a\":\"\u202e\u009b\"}"};
        for (const QByteArray& value : values) {
            const auto written =
                m_broker.kcat(write + QStringList{"-k", "a\tkey\x1b[2J", "-H", "same=1", "-H", "same=2"}, value);
            QVERIFY2(written, written.describe());
        }
        const test::Ended text = run({"show", topic, "--from", "earliest"});
        QVERIFY2(text.exit_code == 0 && text.out.count('\n') == 4, text.describe());
        QVERIFY2(text.out.contains("\\x1b]0;title") && text.out.contains("\\nsecond line")
                     && text.out.contains("3 bytes that are no text") && text.out.contains("\\u202e"),
                 text.describe());
        const test::Ended json = run({"show", topic, "--from", "earliest", "--json"});
        for (const test::Ended& ended : {text, json}) {
            for (const char* bad : {"\x1b", "\x07", "\x7f", "\u202e", "\u009b", "\t"})
                QVERIFY2(!ended.out.contains(bad), ended.describe());
        }
        const auto found = rows({topic, "--from", "earliest"});
        QCOMPARE(found.size(), 3);
        QCOMPARE(found[0]["value"].toString().toUtf8(), values[0]);
        QCOMPARE(QByteArray::fromBase64(found[1]["value_base64"].toString().toLatin1()), values[1]);
        QCOMPARE(found[2]["value"]["a"].toString(), QStringLiteral("\u202e\u009b"));
        QCOMPARE(found[0]["headers"].toArray().size(), 2);
        QVERIFY(found[0]["type"].isNull());
    }

    void mistakesAreSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exit_code");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("topic") << QStringList{"show", "nothing"} << 1
                               << QByteArray("there is no topic nothing: orderlabd topics list --all");
        QTest::newRow("partition") << QStringList{"show", "order-created", "--partition", "9"} << 1
                                   << QByteArray("has no partition 9: it has 0 to 2");
        QTest::newRow("offset") << QStringList{"show", "payment-succeeded", "--from", "601"} << 2
                                << QByteArray("--from: must be at most 600");
        QTest::newRow("time") << QStringList{"show", "order-created", "--from", "yesterday"} << 2
                              << QByteArray("a time such as 2026-01-31T12:00:00Z");
        QTest::newRow("negative") << QStringList{"show", "order-created", "--from=-3"} << 2 << QByteArray("an offset");
        QTest::newRow("count") << QStringList{"show", "order-created", "--count", "0"} << 2
                               << QByteArray("from 1 to 100000");
        QTest::newRow("property") << QStringList{"list", "--kafka-property", "x"} << 2 << QByteArray("NAME=VALUE");
        QTest::newRow("embedded") << QStringList{"list", "--kafka-brokers", "embedded"} << 2
                                  << QByteArray("--kafka-brokers: must name");
        QTest::newRow("nobody") << QStringList{"list", "--kafka-brokers", "127.0.0.1:1"} << 1
                                << QByteArray("no Kafka broker answers at 127.0.0.1:1");
    }
    void mistakesAreSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exit_code);
        QFETCH(QByteArray, says);
        const test::Ended ended = arguments.contains("--kafka-brokers")
                                      ? test::runProgram(QStringList{"topics"} + arguments)
                                      : run(arguments);
        QCOMPARE(ended.exit_code, exit_code);
        QVERIFY2(ended.err.contains(says) && ended.errLines().size() == 1 && ended.out.isEmpty(), ended.describe());
    }

    /// Last: nothing of the above has left a topic or a group behind.
    void itLeavesNothingBehind()
    {
        const QByteArray mine = QByteArray::fromStdString(m_prefix);
        const auto topics = m_broker.tool("topics", {"--list"});
        QVERIFY2(topics && !topics.out.contains(mine + "nothing"), topics.describe());
        const auto groups = m_broker.tool("consumer-groups", {"--list"});
        QVERIFY2(groups && !groups.out.contains("orderlab.topic-browsers"), groups.describe());
    }

private:
    static OrderId orderId(std::uint64_t number)
    {
        return OrderId{Uuid{0x0198000000007000ull + number, 2 | 1ull << 63}};
    }
    static QString order(std::uint64_t number) { return toQString(orderId(number).toString()); }
    static Event eventOf(std::uint64_t number, EventType type, std::optional<std::uint64_t> order = {})
    {
        Event event;
        event.id = EventId{Uuid{0x0198000000007000ull + number, 1ull | 1ull << 63}};
        event.order = orderId(order.value_or(number));
        event.type = type;
        event.time = TimePoint{std::chrono::seconds{1'767'225'600}};
        event.trace = {Uuid{1, 2}, 3};
        event.data = {"buyer " + std::to_string(number), {1999, {}}, {}};
        return event;
    }
    test::Ended run(QStringList arguments, bool with_prefix = true) const
    {
        arguments << "--kafka-brokers" << toQString(m_broker.bootstrap());
        if (with_prefix)
            arguments << "--topic-prefix" << toQString(m_prefix);
        return test::runProgram(QStringList{"topics"} + arguments);
    }
    /// Of the partition that has the 600.
    QStringList busy(const QStringList& more) const
    {
        return QStringList{"show", "payment-succeeded", "--partition", m_busy_partition} + more;
    }
    QList<QJsonObject> rows(QStringList arguments) const
    {
        if (arguments.front() != "show")
            arguments.prepend("show");
        const test::Ended ended = run(arguments << "--json");
        QList<QJsonObject> rows;
        for (const QByteArray& line : ended.out.split('\n')) {
            if (!line.isEmpty())
                rows << QJsonDocument::fromJson(line).object();
        }
        if (ended.exit_code != 0 || !ended.err.isEmpty())
            qWarning() << ended.describe(); // Which fails the test.
        return rows;
    }
    QList<qint64> offsets(const QStringList& arguments) const
    {
        QList<qint64> offsets;
        for (const QJsonObject& row : rows(arguments))
            offsets << row["offset"].toInteger(-1);
        return offsets;
    }

    RealRuntime m_runtime{2};
    Journal m_journal;
    KafkaBroker m_broker = KafkaBroker::shared();
    std::string m_prefix;
    QString m_busy_partition;
};

ORDERLAB_TEST(tst_topics_command, QCoreApplication, TestTopicsCommand)
#include "tst_topics_command.moc"
