#include "child_program.h"
#include "http/http_client.h"
#include "kafka/journal_publisher.h"
#include "kafka/shared_journal.h"
#include "runtime/real_runtime.h"
#include "support/kafka_broker.h"
#include "support/test_program.h"

#include <QElapsedTimer>

#include <set>

using namespace orderlab;
using namespace orderlab::test;

namespace {

/// What somebody elsewhere sees: a reader of the topic, with a journal of its own.
class Onlooker {
public:
    explicit Onlooker(KafkaOptions options)
    {
        auto opened = m_runtime.run(SharedJournal::open(m_runtime, m_journal, std::move(options)));
        if (!opened)
            qFatal("%s", opened.error().message.c_str());
        m_shared = std::move(*opened);
        m_shared->start();
    }
    ~Onlooker() { m_runtime.run(m_shared->stop()); }

    SharedJournal& shared() { return *m_shared; }
    const std::vector<Entry>& entries()
    {
        m_reader.read(m_entries, 1'000'000);
        return m_entries;
    }
    std::string text(NameId id) const { return std::string(m_journal.names().text(id)); }
    std::int64_t count(EntryKind kind)
    {
        const auto& all = entries();
        return std::count_if(all.begin(), all.end(), [&](const Entry& entry) { return entry.kind == kind; });
    }
    std::int64_t missed()
    {
        std::int64_t sum = 0;
        for (const Entry& entry : entries())
            sum += entry.kind == EntryKind::EntriesMissed ? entry.value : 0;
        return sum;
    }
    bool waitFor(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, patience_ms); }

private:
    RealRuntime m_runtime;
    Journal m_journal;
    JournalReader m_reader{m_journal};
    std::unique_ptr<SharedJournal> m_shared;
    std::vector<Entry> m_entries;
};

Entry numbered(std::int32_t number, NameId group, NameId actor)
{
    Entry entry;
    entry.kind = EntryKind::WorkThrottled;
    entry.time_us = 1'767'225'600'000'000 + number;
    entry.value = number;
    entry.group = group;
    entry.actor = actor;
    return entry;
}

} // namespace

class ShareJournalTest : public QObject {
    Q_OBJECT

    KafkaBroker m_broker = KafkaBroker::shared();
    KafkaOptions options(const std::string& prefix, const char* process) const
    {
        KafkaOptions kafka;
        kafka.brokers = m_broker.bootstrap();
        kafka.topic_prefix = prefix;
        kafka.process = process;
        return kafka;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem()); }
    void twoProcesses_areSeenAsOneSystem();
    void whatDoesNotFit_isLeftOutAndSaid();
    void lateReader_seesWhatTheTopicHas();
    void foreignRecords_areCountedAndSkipped();
    void topic_isBounded();
    void brokerAway_slowsNothing();
    void withoutACluster_isBadUsage();
};

void ShareJournalTest::twoProcesses_areSeenAsOneSystem()
{
    const std::string prefix = KafkaBroker::freshPrefix();
    const DataDir data;
    const QStringList kafka{"--bus",           "kafka",
                            "--kafka-brokers", QString::fromStdString(m_broker.bootstrap()),
                            "--topic-prefix",  QString::fromStdString(prefix),
                            "--share-journal"};
    ChildProgram first(QStringList{"serve", "--listen", "127.0.0.1:0", "--workers", "payment,order-status"}
                       + data.store() + kafka);
    const int port = first.waitForPort();
    QVERIFY2(port > 0, first.err());
    const QByteArray url = runProgram(QStringList{"config", "--print-postgres-url"} + data.store()).out.trimmed();
    ChildProgram second(QStringList{"serve", "--listen", "none", "--workers", "notification,analytics", "--store",
                                    "postgres", "--postgres", QString::fromUtf8(url)}
                        + kafka);
    QVERIFY2(second.waitForError("ready: ", 60), second.err());

    Onlooker onlooker(options(prefix, "onlooker"));
    RealRuntime runtime;
    HttpClientOptions server;
    server.host = "127.0.0.1";
    server.port = std::uint16_t(port);
    HttpClient client(runtime, server);
    constexpr int orders = 10;
    for (int i = 0; i < orders; ++i) {
        const auto reply = runtime.run(client.post("/orders", orderJson("ada-" + std::to_string(i)), {}));
        QVERIFY(reply && reply->status == 201);
    }
    // Each order: accepted and paid in the one, two notifications in the other.
    QVERIFY2(onlooker.waitFor([&] {
        return onlooker.count(EntryKind::StatusChanged) == orders
               && onlooker.count(EntryKind::NotificationWritten) == 2 * orders;
    }),
             qPrintable(QStringLiteral("%1 statuses, %2 notifications")
                            .arg(onlooker.count(EntryKind::StatusChanged))
                            .arg(onlooker.count(EntryKind::NotificationWritten))));
    QCOMPARE(onlooker.count(EntryKind::OrderAccepted), std::int64_t(orders));
    std::set<std::string> first_did, second_did;
    const std::string first_end = '/' + std::to_string(first.pid()), second_end = '/' + std::to_string(second.pid());
    for (const Entry& entry : onlooker.entries()) {
        const std::string member = onlooker.text(entry.actor);
        if (entry.kind != EntryKind::EventHandled)
            continue;
        QVERIFY2(member.find('@') != std::string::npos, member.c_str());
        (member.ends_with(first_end) ? first_did : second_did).insert(onlooker.text(entry.group));
        QVERIFY2(member.ends_with(first_end) || member.ends_with(second_end), member.c_str());
    }
    const std::string groups = "orderlab." + prefix; // Of this installation alone.
    QCOMPARE(first_did, (std::set<std::string>{groups + "order-status", groups + "payment"}));
    QCOMPARE(second_did, (std::set<std::string>{groups + "analytics", groups + "notification"}));
    QCOMPARE(onlooker.shared().processes().size(), std::size_t(2));
    // A customer is no worker.
    const auto& all = onlooker.entries();
    const auto accepted =
        std::find_if(all.begin(), all.end(), [](const Entry& entry) { return entry.kind == EntryKind::OrderAccepted; });
    QVERIFY(onlooker.text(accepted->actor).starts_with("ada-"));
    QCOMPARE(onlooker.shared().counts().broken_records + onlooker.shared().counts().broken_lines, std::uint64_t(0));
    QCOMPARE(second.terminate().exit_code, 0);
    QCOMPARE(first.terminate().exit_code, 0);
    QVERIFY2(first.err().contains("journal entries, left out 0"), first.err());
}

void ShareJournalTest::whatDoesNotFit_isLeftOutAndSaid()
{
    const std::string prefix = KafkaBroker::freshPrefix();
    Onlooker onlooker(options(prefix, "onlooker"));
    RealRuntime runtime;
    Journal journal;
    const NameId group = journal.names().intern("orderlab.payment"), actor = journal.names().intern("payment-1");
    JournalShareOptions share;
    share.entries_per_s_max = 2'000;
    JournalPublisher publisher(runtime, journal, options(prefix, "crowded/1"), share);
    publisher.start();
    journal.append(numbered(-1, group, actor));
    QTRY_COMPARE(publisher.counts().entries, std::uint64_t(1)); // Connected.
    QTest::qWait(1'000); // What this is about is a rate: now there is a second's room.
    std::vector<Entry> burst;
    constexpr std::int32_t many = 50'000;
    for (std::int32_t i = 0; i < many; ++i)
        burst.push_back(numbered(i, group, actor));
    journal.append(burst);
    QVERIFY(publisher.counts().entries < many); // Nobody who appends waits for what is shared.
    QTRY_VERIFY_WITH_TIMEOUT(publisher.counts().missed > 40'000, 60'000);
    journal.append(numbered(many, group, actor)); // Takes the count of what is missing along.
    QVERIFY(onlooker.waitFor([&] { return onlooker.missed() + onlooker.count(EntryKind::WorkThrottled) == many + 2; }));
    QVERIFY(onlooker.count(EntryKind::WorkThrottled) > 1'000 && onlooker.missed() > 40'000);
    QCOMPARE(onlooker.text(onlooker.entries().back().actor), std::string("payment-1@crowded/1"));
    runtime.run(publisher.stop());
    QCOMPARE(std::int64_t(publisher.counts().missed), onlooker.missed());
    QCOMPARE(std::int64_t(publisher.counts().entries), onlooker.count(EntryKind::WorkThrottled));
}

void ShareJournalTest::lateReader_seesWhatTheTopicHas()
{
    const std::string prefix = KafkaBroker::freshPrefix();
    RealRuntime runtime;
    Journal journal;
    JournalPublisher publisher(runtime, journal, options(prefix, "early/1"));
    for (std::int32_t i = 0; i < 3'000; ++i)
        journal.append(numbered(i, journal.names().intern("g"), journal.names().intern("m")));
    publisher.start(); // The ring has them still.
    QTRY_COMPARE_WITH_TIMEOUT(publisher.counts().entries, std::uint64_t(3'000), 60'000);
    runtime.run(publisher.stop());
    for (int reader = 0; reader < 2; ++reader) { // Nobody takes anything away from another.
        Onlooker onlooker(options(prefix, "onlooker"));
        QVERIFY(onlooker.waitFor([&] { return onlooker.count(EntryKind::WorkThrottled) == 3'000; }));
        for (std::size_t i = 0; i < onlooker.entries().size(); ++i)
            QCOMPARE(onlooker.entries()[i].value, std::int32_t(i));
    }
}

void ShareJournalTest::foreignRecords_areCountedAndSkipped()
{
    const std::string prefix = KafkaBroker::freshPrefix();
    Onlooker onlooker(options(prefix, "onlooker"));
    const auto sent = m_broker.kcat({"-P", "-t", QString::fromStdString(prefix + "journal")}, "hello\n{}\n\x01\x02\n");
    QVERIFY2(sent, sent.describe());
    RealRuntime runtime;
    Journal journal;
    JournalPublisher publisher(runtime, journal, options(prefix, "good/1"));
    publisher.start();
    journal.append(numbered(7, journal.names().intern("g"), journal.names().intern("m")));
    QVERIFY(onlooker.waitFor([&] {
        return onlooker.count(EntryKind::WorkThrottled) == 1 && onlooker.shared().counts().broken_records == 3;
    }));
    runtime.run(publisher.stop());
    QCOMPARE(onlooker.entries().size(), std::size_t(1));
    QCOMPARE(onlooker.shared().processes(), (std::vector<std::string>{"good/1"}));
}

void ShareJournalTest::topic_isBounded()
{
    const std::string prefix = KafkaBroker::freshPrefix();
    Onlooker onlooker(options(prefix, "onlooker"));
    const auto described =
        m_broker.tool("topics", {"--describe", "--topic", QString::fromStdString(prefix + "journal")});
    QVERIFY2(described, described.describe());
    for (const char* setting :
         {"PartitionCount: 1", "retention.ms=3600000", "retention.bytes=67108864", "segment.bytes=16777216"})
        QVERIFY2(described.out.simplified().contains(setting), described.describe());
}

void ShareJournalTest::brokerAway_slowsNothing()
{
    RealRuntime runtime;
    Journal journal;
    KafkaOptions away = options("away.", "lonely/1");
    away.brokers = "127.0.0.1:" + std::to_string(freePort());
    JournalPublisher publisher(runtime, journal, away);
    publisher.start();
    for (std::int32_t i = 0; i < 1'000; ++i)
        journal.append(numbered(i, 1, 1));
    QCOMPARE(journal.size(), std::uint64_t(1'000));
    runtime.run(publisher.stop());                                  // Although no broker ever comes.
    QCOMPARE(publisher.counts(), (JournalPublisher::Counts{0, 0})); // Nothing was read, so nothing is told.
}

void ShareJournalTest::withoutACluster_isBadUsage()
{
    const auto ended = runProgram({"serve", "--listen", "none", "--store", "memory", "--share-journal"});
    QCOMPARE(ended.exit_code, 2);
    QVERIFY2(
        ended.err.contains("--share-journal: needs a cluster that others reach: --bus kafka --kafka-brokers HOST:PORT"),
        ended.err);
}

ORDERLAB_TEST(tst_share_journal, QCoreApplication, ShareJournalTest)
#include "tst_share_journal.moc"
