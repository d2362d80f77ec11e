#include "runtime/random_stream.h"
#include "runtime/real_runtime.h"
#include "shoppers.h"
#include "support/kafka_broker.h"
#include "support/test_program.h"
#include "test_database.h"

#include <QElapsedTimer>
#include <QSet>

#include <algorithm>
#include <csignal>

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;

namespace {

/// The processes of one system, on one broker and one database; only the first has the API.
class Fleet {
public:
    Fleet(const KafkaBroker& broker, QStringList store, int size) : m_port(freePort()), m_processes(std::size_t(size))
    {
        m_arguments = QStringList{"serve",
                                  "--bus",
                                  "kafka",
                                  "--kafka-brokers",
                                  QString::fromStdString(broker.bootstrap()),
                                  "--topic-prefix",
                                  m_prefix,
                                  "--handler-timeout",
                                  "60000"} // A machine may stand still.
                      + store;
        for (int i = 0; i < size; ++i)
            start(i);
    }

    int port() const { return m_port; }
    QString prefix() const { return m_prefix; }
    int size() const { return int(m_processes.size()); }
    /// Also instead of one that has been killed. Does not wait until it is ready.
    void start(int number)
    {
        const QString listen = number == 0 ? QStringLiteral("127.0.0.1:%1").arg(m_port) : QStringLiteral("none");
        // A dead process is missed after 6 s, the least that a broker takes.
        const std::map<QString, QString> environment{{"ORDERLAB_KAFKA_SESSION_TIMEOUT_MS", "6000"}};
        m_processes[std::size_t(number)] =
            std::make_unique<ChildProgram>(m_arguments + QStringList{"--listen", listen}, environment);
    }
    void kill(int number)
    {
        ChildProgram& process = *m_processes[std::size_t(number)];
        process.signal(SIGKILL);
        m_said += process.finish(60).err;
    }
    /// Empty once all are, else what the first one that is not has said.
    QByteArray notReady(int seconds = 240)
    {
        for (const auto& process : m_processes) {
            if (!process->waitForError("ready: ", seconds))
                return "not ready: " + process->err();
        }
        return {};
    }
    /// Ends all in order. Empty when that went well and nobody has ever complained of a broken promise.
    QByteArray end()
    {
        for (const auto& process : m_processes)
            process->signal(SIGTERM);
        for (const auto& process : m_processes) {
            const Ended ended = process->finish(120);
            m_said += ended.err;
            if (ended.exit_code != 0)
                return ended.describe();
        }
        const qsizetype broken = m_said.indexOf(" is broken");
        return broken < 0 ? QByteArray() : m_said.mid(std::max<qsizetype>(0, broken - 200), 1'000);
    }

private:
    const int m_port;
    const QString m_prefix = QString::fromStdString(KafkaBroker::freshPrefix());
    QStringList m_arguments;
    std::vector<std::unique_ptr<ChildProgram>> m_processes;
    QByteArray m_said;
};

/// Ten victims in random order, all processes among them about equally often.
std::vector<int> victims(RandomStream& random, int processes)
{
    std::vector<int> order;
    for (int i = 0; i < 10; ++i)
        order.push_back(i % processes);
    for (std::size_t i = order.size() - 1; i > 0; --i)
        std::swap(order[i], order[std::size_t(random.unit() * double(i + 1))]);
    return order;
}

} // namespace

/// The real server in several processes, a real Kafka and a real PostgreSQL, killed and stopped while customers order:
/// what was promised with a 201 is kept.
class TestKafkaSurvival : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
        QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem());
    }
    void threeProcesses_killedTenTimes_keepEveryOrderAndChargeOnce();
    void databaseStopped_refusesAndGoesOn();
    void foreignRecords_becomeDeadLetters_theRestGoesOn();

private:
    QStringList storeOf(const TestDatabase& database) { return {"--postgres", QString::fromStdString(database.url())}; }
    void tellDuplicates(const QString& prefix);

    RealRuntime m_runtime{2};
    KafkaBroker m_broker = KafkaBroker::shared();
    static constexpr int limit_ms = 240'000;
    static constexpr int asked_in_vain = 80; ///< By each customer, every 100 ms: an outage of about ten seconds.
};

void TestKafkaSurvival::threeProcesses_killedTenTimes_keepEveryOrderAndChargeOnce()
{
    RandomStream random(testSeed(m_runtime));
    const TestDatabase database(m_runtime);
    QVERIFY2(database.problem().isEmpty(), database.problem());
    Fleet fleet(m_broker, storeOf(database), 3);
    QByteArray problem = fleet.notReady();
    QVERIFY2(problem.isEmpty(), problem);

    QElapsedTimer clock;
    clock.start();
    Shoppers shoppers(m_runtime, fleet.port(), {.pause = 270ms});
    QByteArrayList felt;
    for (const int victim : victims(random, fleet.size())) {
        // Two when payments go on for sure; the others as it comes: also while those killed before are waited for.
        const auto paid = [&] {
            return database.data().query("SELECT count(*) FROM orderlab.orders WHERE status = 'paid'").toInt();
        };
        if (const int before = felt.size() % 5 == 0 ? paid() : -1; before >= 0)
            QTRY_VERIFY_WITH_TIMEOUT(paid() > before + 20, limit_ms);
        // Most soon, some after five seconds of a quiet machine.
        const int until = shoppers.ordered() + int(random.unit() * random.unit() * 300);
        QTRY_VERIFY_WITH_TIMEOUT(shoppers.ordered() >= until, limit_ms);
        const int paid_now = paid(), unanswered = shoppers.tally().unanswered;
        fleet.kill(victim);
        felt.append(QByteArray::number(victim) + '@' + QByteArray::number(clock.elapsed()) + ':'
                    + QByteArray::number(shoppers.ordered()) + '/' + QByteArray::number(paid_now));
        if (victim == 0) // The customers feel that the API is gone.
            QTRY_VERIFY_WITH_TIMEOUT(shoppers.tally().unanswered > unanswered, limit_ms);
        fleet.start(victim);
    }
    shoppers.enough();
    problem = fleet.notReady();
    QVERIFY2(problem.isEmpty(), problem);
    shoppers.finish();
    const qint64 ordered_ms = clock.elapsed();
    const Shoppers::Tally tally = shoppers.tally();
    QVERIFY2(tally.refused.isEmpty(), tally.refused.join('\n').constData());
    problem = brokenPromise(database.data(), tally.ordered, int(tally.ordered.size()));
    QVERIFY2(problem.isEmpty(), problem);
    qInfo("ordered in %lld ms, final after %lld ms; kills, victim@ms:ordered/paid: %s", ordered_ms, clock.elapsed(),
          felt.join(' ').constData());
    tellDuplicates(fleet.prefix());
    problem = fleet.end();
    QVERIFY2(problem.isEmpty(), problem);
}

/// Not a promise: what the inbox had to keep from being done twice.
void TestKafkaSurvival::tellDuplicates(const QString& prefix)
{
    for (const char* topic : {"order-created", "payment-succeeded"}) {
        const auto read = m_broker.kcat({"-C", "-t", prefix + topic, "-e", "-q", "-f", "%k\\n"});
        QVERIFY2(read, read.describe());
        const QByteArrayList keys = read.out.split('\n');
        const QSet<QByteArray> orders(keys.begin(), keys.end());
        qInfo("%s: %lld records, %lld of them published again", topic, qlonglong(keys.size() - 1),
              qlonglong(keys.size() - orders.size()));
    }
}

void TestKafkaSurvival::databaseStopped_refusesAndGoesOn()
{
    TestDatabase database(m_runtime);
    QVERIFY2(database.problem().isEmpty(), database.problem());
    Fleet fleet(m_broker, storeOf(database), 1);
    QByteArray problem = fleet.notReady();
    QVERIFY2(problem.isEmpty(), problem);

    Shoppers shoppers(m_runtime, fleet.port(), {});
    QTRY_VERIFY_WITH_TIMEOUT(shoppers.ordered() >= 300, limit_ms);
    database.stop();
    const int stopped_at = shoppers.leastUnavailable();
    QTRY_VERIFY_WITH_TIMEOUT(shoppers.leastUnavailable() > stopped_at, limit_ms);
    const int created_at_the_stop = shoppers.ordered();
    QTRY_VERIFY_WITH_TIMEOUT(shoppers.leastUnavailable() > stopped_at + asked_in_vain, limit_ms);
    QCOMPARE(shoppers.ordered(), created_at_the_stop); // Nothing is accepted that cannot be kept.
    database.start();
    QVERIFY2(database.problem().isEmpty(), database.problem());
    QTRY_VERIFY_WITH_TIMEOUT(shoppers.ordered() >= created_at_the_stop + 300, limit_ms);
    shoppers.enough();
    shoppers.finish();

    const Shoppers::Tally tally = shoppers.tally();
    QVERIFY2(tally.refused.isEmpty(), tally.refused.join('\n').constData());
    QCOMPARE(tally.unavailable_with_advice, tally.unavailable);
    problem = brokenPromise(database.data(), tally.ordered, int(tally.ordered.size()));
    QVERIFY2(problem.isEmpty(), problem);
    problem = failedAttempt(m_runtime, fleet.port(), tally.ordered);
    QVERIFY2(problem.isEmpty(), problem);
    problem = fleet.end();
    QVERIFY2(problem.isEmpty(), problem);
}

/// By another program, on our topics: no key and no header, no JSON, an event that we do not know, bytes that are no
/// text.
void TestKafkaSurvival::foreignRecords_becomeDeadLetters_theRestGoesOn()
{
    const TestDatabase database(m_runtime);
    QVERIFY2(database.problem().isEmpty(), database.problem());
    Fleet fleet(m_broker, storeOf(database), 1);
    QByteArray problem = fleet.notReady();
    QVERIFY2(problem.isEmpty(), problem);

    Shoppers shoppers(m_runtime, fleet.port(), {.orders = 200, .clients = 4});
    const QString created = fleet.prefix() + "order-created", succeeded = fleet.prefix() + "payment-succeeded";
    const QStringList ours{"-H", "ce_specversion=1.0",           "-H", "ce_type=orders.order-created.v1",
                           "-H", "content-type=application/json"};
    const std::pair<QStringList, QByteArray> foreign[] = {
        {{"-P", "-t", created}, "hello\n"},
        {QStringList{"-P", "-t", created, "-k", "seven"} + ours, "{\"amount\": \n"},
        {{"-P", "-t", created, "-H", "ce_specversion=1.0", "-H", "ce_type=com.example.other", "-H", "ce_id=1"}, "{}\n"},
        {{"-P", "-t", succeeded}, QByteArray("\xff\xfe\x00\x01\xc3", 5) + '\n'},
    };
    for (const auto& [arguments, input] : foreign) {
        const auto produced = m_broker.kcat(arguments, input);
        QVERIFY2(produced, produced.describe());
    }
    shoppers.finish();

    // Each is given up by every group that reads its topic: three for either of them.
    const DataDir& data = database.data();
    QVERIFY2(data.becomes("SELECT count(*) FROM orderlab.dead_letters", "12", 240),
             data.query("SELECT * FROM orderlab.dead_letters"));
    QVERIFY2(data.becomes("SELECT count(*) FROM orderlab.orders WHERE status = 'paid'", "200", 240),
             data.query("SELECT status, count(*) FROM orderlab.orders GROUP BY 1"));
    QCOMPARE(data.query("SELECT count(*), count(DISTINCT order_id) FROM orderlab.gateway_ledger WHERE kind = 'charge'"),
             QByteArray("200|200"));
    problem = fleet.end();
    QVERIFY2(problem.isEmpty(), problem);
}

ORDERLAB_TEST(tst_kafka_survival, QCoreApplication, TestKafkaSurvival)
#include "tst_kafka_survival.moc"
