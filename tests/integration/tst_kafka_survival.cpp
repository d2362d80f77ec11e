#include "runtime/random_stream.h"
#include "runtime/real_runtime.h"
#include "shoppers.h"
#include "store/private_postgres.h"
#include "support/kafka_broker.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTest>
#include <QThread>

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
        m_arguments = QStringList{"serve", "--bus", "kafka", "--kafka-brokers", QString::fromStdString(broker.bootstrap()),
                                  "--topic-prefix", m_prefix} + store;
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
        m_processes[std::size_t(number)] = std::make_unique<ChildProgram>(m_arguments + QStringList{"--listen", listen}, environment);
    }
    void kill(int number)
    {
        ChildProgram& process = *m_processes[std::size_t(number)];
        process.signal(SIGKILL);
        m_said += process.finish(10).err;
    }
    /// Empty once all are, else what the first that is not has said.
    QByteArray notReady(int seconds = 90)
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
            const Ended ended = process->finish(45);
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
    void databaseStoppedForTenSeconds_refusesAndGoesOn();

private:
    QStringList storeOf(const PrivatePostgres& database) { return {"--postgres", QString::fromStdString(database.url())}; }
    void tellDuplicates(const QString& prefix);

    RealRuntime m_runtime{2};
    KafkaBroker m_broker = KafkaBroker::own(); // Groups have the same names in all systems.
};

void TestKafkaSurvival::threeProcesses_killedTenTimes_keepEveryOrderAndChargeOnce()
{
    RandomStream random(testSeed(m_runtime));
    const DataDir data;
    auto database = m_runtime.run(startPrivatePostgres(m_runtime, {data.path().toStdString(), {}, 60s, 20s}));
    QVERIFY2(database, database ? "" : database.error().message.c_str());
    Fleet fleet(m_broker, storeOf(**database), 3);
    QByteArray problem = fleet.notReady();
    QVERIFY2(problem.isEmpty(), problem);

    QElapsedTimer clock;
    clock.start();
    Shoppers shoppers(m_runtime, fleet.port(), {});
    QByteArrayList answered_between;
    for (const int victim : victims(random, fleet.size())) {
        QThread::msleep(150 + ulong(random.unit() * 700));
        fleet.kill(victim);
        answered_between.append(QByteArray::number(victim) + ':' + QByteArray::number(shoppers.ordered()));
        fleet.start(victim); // The next may be killed before this one is ready.
    }
    QVERIFY2(shoppers.ordered() < 2'000, "all was ordered before the last kill");
    problem = fleet.notReady();
    QVERIFY2(problem.isEmpty(), problem);
    shoppers.finish();
    const qint64 ordered_ms = clock.elapsed();
    const Shoppers::Tally tally = shoppers.tally();
    QVERIFY2(tally.refused.isEmpty(), tally.refused.join('\n').constData());
    QCOMPARE(tally.ordered.size(), 2'000);
    QVERIFY2(tally.unanswered > 0, answered_between.join(' ').constData()); // The kills were felt.
    problem = brokenPromise(data, tally.ordered, 2'000);
    QVERIFY2(problem.isEmpty(), problem);
    qInfo("ordered in %lld ms, final after %lld ms; victim:orders at each kill %s", ordered_ms, clock.elapsed(),
          answered_between.join(' ').constData());
    tellDuplicates(fleet.prefix());
    problem = fleet.end();
    QVERIFY2(problem.isEmpty(), problem);
    m_runtime.run((*database)->stop());
}

/// Not a promise: what the inbox had to keep from being done twice.
void TestKafkaSurvival::tellDuplicates(const QString& prefix)
{
    for (const char* topic : {"order-created", "payment-succeeded"}) {
        const auto read = m_broker.kcat({"-C", "-t", prefix + topic, "-e", "-q", "-f", "%k\\n"});
        QVERIFY2(read, read.describe());
        const QByteArrayList keys = read.out.split('\n');
        const QSet<QByteArray> orders(keys.begin(), keys.end());
        qInfo("%s: %lld records, %lld of them published again", topic, qlonglong(keys.size() - 1), qlonglong(keys.size() - orders.size()));
    }
}

void TestKafkaSurvival::databaseStoppedForTenSeconds_refusesAndGoesOn()
{
    const DataDir data;
    const std::filesystem::path folder = data.path().toStdString();
    auto database = m_runtime.run(startPrivatePostgres(m_runtime, {folder, {}, 60s, 20s}));
    QVERIFY2(database, database ? "" : database.error().message.c_str());
    Fleet fleet(m_broker, storeOf(**database), 1);
    QByteArray problem = fleet.notReady();
    QVERIFY2(problem.isEmpty(), problem);

    Shoppers shoppers(m_runtime, fleet.port(), {});
    QThread::msleep(1'500);
    m_runtime.run((*database)->stop());
    QThread::msleep(1'000);
    const int created_at_the_stop = shoppers.ordered();
    QThread::msleep(9'000);
    QCOMPARE(shoppers.ordered(), created_at_the_stop); // Nothing is accepted that cannot be kept.
    database->reset();
    database = m_runtime.run(startPrivatePostgres(m_runtime, {folder, {}, 60s, 20s}));
    QVERIFY2(database, database ? "" : database.error().message.c_str());
    shoppers.finish();

    const Shoppers::Tally tally = shoppers.tally();
    QVERIFY2(tally.refused.isEmpty(), tally.refused.join('\n').constData());
    QVERIFY(created_at_the_stop > 0 && created_at_the_stop < 2'000);
    QVERIFY(tally.unavailable > 0);
    QCOMPARE(tally.unavailable_with_advice, tally.unavailable);
    problem = brokenPromise(data, tally.ordered, 2'000);
    QVERIFY2(problem.isEmpty(), problem);
    problem = failedAttempt(m_runtime, fleet.port(), tally.ordered);
    QVERIFY2(problem.isEmpty(), problem);
    problem = fleet.end();
    QVERIFY2(problem.isEmpty(), problem);
    m_runtime.run((*database)->stop());
}

QTEST_GUILESS_MAIN(TestKafkaSurvival)
#include "tst_kafka_survival.moc"
