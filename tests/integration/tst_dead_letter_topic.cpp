#include "bus/event_bus.h"
#include "domain/event_codec.h"
#include "domain/group_name.h"
#include "lab/lab.h"
#include "runtime/real_runtime.h"
#include "support/dead_letters.h"
#include "support/kafka_broker.h"
#include "support/qt_text.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "test_database.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <optional>

using namespace orderlab;
using orderlab::test::toQString;
using namespace orderlab::test;
using namespace std::chrono_literals;

namespace {

/// What kcat -J prints of one record.
struct TopicRecord {
    QJsonValue key, payload;
    QStringList headers; ///< "name=value", in their order.

    static TopicRecord of(const QByteArray& line)
    {
        const QJsonObject json = QJsonDocument::fromJson(line).object();
        const QJsonArray names_and_values = json["headers"].toArray();
        QStringList headers;
        for (qsizetype i = 0; i + 1 < names_and_values.size(); i += 2)
            headers << names_and_values[i].toString() + '=' + names_and_values[i + 1].toString();
        return {json["key"], json["payload"], headers};
    }
};

/// The headers that a letter has beyond those of what was given up.
QStringList noticeHeaders(const DeadLetter& letter, const std::string& prefix)
{
    return {"dead-letter-id=" + toQString(letter.id.toString()),
            "dead-letter-group=" + toQString(groupNameOnBus(letter.group, prefix)),
            "dead-letter-error=" + toQString(letter.error),
            "dead-letter-code=" + toQString(name(letter.code)),
            "dead-letter-attempts=" + QString::number(letter.attempts),
            "dead-letter-topic=" + toQString(prefix) + toQString(topicName(letter.event.type)),
            "dead-letter-partition=" + QString::number(letter.partition),
            "dead-letter-offset=" + QString::number(letter.offset),
            "dead-letter-time=" + toQString(toRfc3339(letter.created_at))};
}

} // namespace

/// What is given up can be read from Kafka by any tool: here by kcat.
class TestDeadLetterTopic : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem()); }
    void init() { m_prefix = KafkaBroker::freshPrefix(); }
    void cleanup();

    void givenUpOrder_isReadByKcat();
    void replayedLetter_comesAgain();
    void garbage_isThereWithAllItsBytes();
    void tooLargeRecord_isToldWithoutItsContent();
    void lettersOfAMemoryBus_comeOnceKafkaIsInUse();
    void restart_publishesAgainWhatWasNotMarked();
    void groups_areNotConfusedByReadersOfTheTopic();

private:
    LabConfig config() const;
    void start(LabConfig config);
    OrderId buy(const char* customer);
    std::vector<DeadLetter> waitForLetters(std::size_t count);
    QList<TopicRecord> read(int count);
    int recordsInTopic();
    QString topic(const char* name) const { return toQString(m_prefix) + QLatin1String(name); }

    RealRuntime m_runtime{2};
    KafkaBroker m_broker = KafkaBroker::shared();
    std::optional<TestDatabase> m_database;
    std::string m_prefix;
    std::unique_ptr<Lab> m_lab;
};

void TestDeadLetterTopic::cleanup()
{
    if (m_lab)
        m_runtime.run(m_lab->stop());
    m_lab.reset();
    m_database.reset();
}

LabConfig TestDeadLetterTopic::config() const
{
    LabConfig config;
    config.bus = BusKind::Kafka;
    config.kafka.brokers = m_broker.bootstrap();
    config.topic_prefix = config.group_prefix = m_prefix;
    config.workers = {"payment"};
    config.policies.retry.max_attempts = 2;
    config.policies.retry.initial_delay = 10ms;
    return config;
}

void TestDeadLetterTopic::start(LabConfig config)
{
    m_lab = std::make_unique<Lab>(m_runtime, std::move(config));
    const auto started = m_runtime.run(m_lab->start());
    QVERIFY_RESULT(started);
}

OrderId TestDeadLetterTopic::buy(const char* customer)
{
    CreateOrder create;
    create.request.user_id = customer;
    create.request.total.amount_minor = 1999;
    return m_runtime.run(m_lab->orders().create(std::move(create))).value().order.id;
}

/// The newest first; fewer when they do not come in time.
std::vector<DeadLetter> TestDeadLetterTopic::waitForLetters(std::size_t count)
{
    std::vector<DeadLetter> letters;
    for (int i = 0; i < 4'000 && letters.size() < count; ++i) {
        m_runtime.run(m_runtime.sleep(30ms));
        letters = m_runtime.run(test::findDeadLetters(m_lab->store(), 100)).value();
    }
    return letters;
}

/// Waits for `count` records of the topic; by partition, then offset.
QList<TopicRecord> TestDeadLetterTopic::read(int count)
{
    const auto done =
        m_broker.kcat({"-C", "-q", "-J", "-t", topic("dead-letter"), "-o", "beginning", "-c", QString::number(count)});
    if (!done)
        qWarning("%s", done.describe().constData());
    QList<TopicRecord> records;
    for (const QByteArray& line : done.out.split('\n')) {
        if (!line.isEmpty())
            records << TopicRecord::of(line);
    }
    return records;
}

/// All that are there now.
int TestDeadLetterTopic::recordsInTopic()
{
    const auto done = m_broker.kcat({"-C", "-q", "-e", "-t", topic("dead-letter"), "-o", "beginning", "-f", "%o\n"});
    return int(done.out.count('\n'));
}

void TestDeadLetterTopic::givenUpOrder_isReadByKcat()
{
    m_database.emplace(m_runtime);
    QVERIFY2(m_database->problem().isEmpty(), m_database->problem());
    LabConfig durable = config();
    durable.store = StoreKind::PostgresUrl;
    durable.postgres_url = m_database->url();
    start(std::move(durable));
    const OrderId poisoned = buy("user-poison");
    buy("ada");
    const auto letters = waitForLetters(1);
    QCOMPARE(letters.size(), std::size_t(1));
    const QList<TopicRecord> records = read(1);
    QCOMPARE(records.size(), 1);
    QCOMPARE(records[0].key.toString(), toQString(poisoned.toString()));
    QCOMPARE(records[0].payload.toString(), toQString(encodeData(letters[0].event.data)));
    QVERIFY(records[0].payload.toString().contains("user-poison"));
    QStringList expected;
    for (const auto& [header, value] : encodeHeaders(letters[0].event))
        expected << toQString(header) + '=' + toQString(value.value());
    QCOMPARE(records[0].headers, expected + noticeHeaders(letters[0], m_prefix));
    QVERIFY(records[0].headers.contains("ce_type=orders.order-created.v1"));
    QVERIFY(records[0].headers.contains("dead-letter-group=" + toQString(m_prefix) + "payment"));
    QTRY_COMPARE(m_database->data().query("SELECT count(*) FROM orderlab.dead_letters WHERE published_at IS NOT NULL"),
                 QByteArray("1"));
    QCOMPARE(recordsInTopic(), 1);
}

void TestDeadLetterTopic::replayedLetter_comesAgain()
{
    start(config());
    buy("user-poison");
    const auto letters = waitForLetters(1);
    QCOMPARE(letters.size(), std::size_t(1));
    QCOMPARE(read(1).size(), 1);
    QVERIFY_RESULT(m_runtime.run(m_lab->deadLetters().replay(letters[0].id, {"ada", "once more"}, {})));
    const QList<TopicRecord> records = read(2);
    QCOMPARE(records.size(), 2);
    QCOMPARE(records[1].key, records[0].key);
    const QString same = "dead-letter-id=" + toQString(letters[0].id.toString());
    QVERIFY(records[0].headers.contains(same) && records[1].headers.contains(same));
    QCOMPARE(records[1].headers.filter("dead-letter-attempts="), QStringList("dead-letter-attempts=2"));
}

void TestDeadLetterTopic::garbage_isThereWithAllItsBytes()
{
    start(config());
    const QByteArray value("\xff\x00\x01{\"not\": ours", 15);
    const auto sent = m_broker.kcat({"-P", "-t", topic("order-created"), "-p", "1", "-k", "their key", "-D", "\\x7f",
                                     "-H", "theirs=yes", "-H", "empty=", "-H", "null"},
                                    value);
    QVERIFY2(sent, sent.describe());
    const auto letters = waitForLetters(1);
    QCOMPARE(letters.size(), std::size_t(1));
    QVERIFY(letters[0].event.undecodable);
    const auto raw =
        m_broker.kcat({"-C", "-q", "-t", topic("dead-letter"), "-o", "beginning", "-c", "1", "-f", "%k|%S|%h|%s"});
    QVERIFY2(raw, raw.describe());
    QStringList headers = QStringList({"theirs=yes", "empty=", "null=NULL"}) + noticeHeaders(letters[0], m_prefix);
    QCOMPARE(raw.out, "their key|15|" + headers.join(',').toUtf8() + '|' + value);
    QVERIFY(headers.contains("dead-letter-partition=1") && headers.contains("dead-letter-offset=0")
            && headers.contains("dead-letter-attempts=1"));
}

/// A broker takes records that together with our headers are larger than it takes.
void TestDeadLetterTopic::tooLargeRecord_isToldWithoutItsContent()
{
    start(config());
    const QByteArray value(1'020'000, 'x');
    const auto sent = m_broker.kcat({"-P", "-t", topic("order-created"), "-p", "0", "-k", "their key", "-X",
                                     "message.max.bytes=2000000", "-D", "\\x7f"},
                                    value);
    QVERIFY2(sent, sent.describe());
    buy("user-poison");
    const auto letters = waitForLetters(2);
    QCOMPARE(letters.size(), std::size_t(2));
    const bool large_is_first = letters[0].event.undecodable != nullptr;
    const DeadLetter& large = letters[large_is_first ? 0 : 1];
    QCOMPARE(large.event.undecodable->value->size(), std::size_t(value.size()));
    const QList<TopicRecord> records = read(2);
    QCOMPARE(records.size(), 2);
    QStringList expected = noticeHeaders(large, m_prefix);
    expected << "dead-letter-omitted="
                    + QString::number(value.size() + qsizetype(std::string_view("their key").size()));
    const bool is_second = records[1].headers == expected;
    QVERIFY2(is_second || records[0].headers == expected,
             records[0].headers.join('\n').toUtf8() + records[1].headers.join('\n').toUtf8());
    const TopicRecord& notice = records[is_second ? 1 : 0];
    QVERIFY(notice.key.isNull() && notice.payload.isNull());
    QVERIFY(records[is_second ? 0 : 1].payload.toString().contains("user-poison"));
}

void TestDeadLetterTopic::lettersOfAMemoryBus_comeOnceKafkaIsInUse()
{
    LabConfig in_memory = config();
    in_memory.bus = BusKind::Memory;
    start(std::move(in_memory));
    const OrderId before = buy("user-poison");
    QCOMPARE(waitForLetters(1).size(), std::size_t(1));
    const auto switched = m_runtime.run(m_lab->switchBus(BusKind::Kafka));
    QVERIFY_RESULT(switched);
    QCOMPARE(read(1).value(0).key.toString(), toQString(before.toString()));
    const auto back = m_runtime.run(m_lab->switchBus(BusKind::Memory));
    QVERIFY_RESULT(back);
    buy("user-poison");
    QCOMPARE(waitForLetters(2).size(), std::size_t(2));
    QCOMPARE(recordsInTopic(), 1);
}

void TestDeadLetterTopic::restart_publishesAgainWhatWasNotMarked()
{
    m_database.emplace(m_runtime);
    QVERIFY2(m_database->problem().isEmpty(), m_database->problem());
    LabConfig durable = config();
    durable.store = StoreKind::PostgresUrl;
    durable.postgres_url = m_database->url();
    start(durable);
    for (int i = 0; i < 5; ++i)
        buy("user-poison");
    QCOMPARE(waitForLetters(5).size(), std::size_t(5));
    QCOMPARE(read(5).size(), 5);
    const QString unpublished("SELECT count(*) FROM orderlab.dead_letters WHERE published_at IS NULL");
    QTRY_COMPARE(m_database->data().query(unpublished), QByteArray("0"));
    m_runtime.run(m_lab->stop());
    // As a process leaves it that died between the log's answer and its mark.
    QCOMPARE(m_database->data().query("UPDATE orderlab.dead_letters SET published_at = NULL WHERE id IN"
                                      " (SELECT id FROM orderlab.dead_letters ORDER BY created_at LIMIT 2)"),
             QByteArray("UPDATE 2"));
    start(durable);
    QCOMPARE(read(7).size(), 7);
    QTRY_COMPARE(m_database->data().query(unpublished), QByteArray("0"));
    QCOMPARE(recordsInTopic(), 7);
}

void TestDeadLetterTopic::groups_areNotConfusedByReadersOfTheTopic()
{
    start(config());
    buy("user-poison");
    QCOMPARE(read(1).size(), 1);
    const QString reader = toQString(m_prefix) + "their-reader";
    const auto done =
        m_broker.kcat({"-G", reader, "-q", "-c", "1", "-X", "auto.offset.reset=earliest", topic("dead-letter")});
    QVERIFY2(done && done.out.contains("user-poison"), done.describe());
    const auto described =
        m_broker.tool("org.apache.kafka.tools.consumer.group.ConsumerGroupCommand", {"--describe", "--group", reader});
    QVERIFY2(described && described.out.contains("dead-letter"), described.describe());
    QStringList names;
    const auto groups = m_runtime.run(m_lab->bus().groups()).value();
    for (const GroupStatus& group : groups) {
        if (toQString(group.group).startsWith(toQString(m_prefix)))
            names << toQString(group.group);
    }
    QCOMPARE(names, QStringList(toQString(m_prefix) + "payment"));
}

ORDERLAB_TEST(tst_dead_letter_topic, QCoreApplication, TestDeadLetterTopic)
#include "tst_dead_letter_topic.moc"
