#include "lab/lab.h"
#include "lab_customers.h"
#include "runtime/real_runtime.h"
#include "support/kafka_broker.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "test_database.h"

#include <QFile>

#include <csignal>

using namespace orderlab;
using namespace orderlab::test;

namespace {

constexpr const char* mixed_refusal = "--bus: another server works on this database with another bus: ";

} // namespace

/// Servers on one database have one log on Kafka, or each a bus in memory (tst_two_servers), nothing else.
class TestMixedBuses : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem()); }
    void init()
    {
        m_prefix = KafkaBroker::freshPrefix();
        m_database = std::make_unique<TestDatabase>(m_runtime);
        QVERIFY2(m_database->problem().isEmpty(), m_database->problem());
    }
    void cleanup() { m_database.reset(); }
    void besideKafka();
    void kafkaBesideMemory_isRefused();
    void switchBesideMemory_isRefused_andTheBusStays();
    void afterAKilledServer_anotherBusIsNotRefused();

private:
    QStringList store() const
    {
        return {"--postgres", "host='" + m_database->data().path() + "/postgres-socket' dbname=orderlab user=orderlab"};
    }
    QStringList kafka(const std::string& prefix) const
    {
        return {"--bus",           "kafka",
                "--kafka-brokers", QString::fromStdString(m_broker.bootstrap()),
                "--topic-prefix",  QString::fromStdString(prefix)};
    }
    std::unique_ptr<ChildProgram> serve(const QStringList& bus) const
    {
        return std::make_unique<ChildProgram>(QStringList{"serve", "--listen", "127.0.0.1:0"} + store() + bus);
    }
    static void isRefused(const Ended& ended)
    {
        QVERIFY2(ended.exit_code == 1 && ended.err.count(mixed_refusal) == 1, ended.describe());
    }

    RealRuntime m_runtime{2};
    KafkaBroker m_broker = KafkaBroker::shared();
    std::string m_prefix;
    std::unique_ptr<TestDatabase> m_database;
};

void TestMixedBuses::besideKafka()
{
    const auto server = serve(kafka(m_prefix));
    QVERIFY2(server->waitForPort() != 0, server->err());
    isRefused(serve({"--bus", "memory"})->finish(120));
    isRefused(serve(kafka("other" + m_prefix))->finish(120)); // Another log, too.
    QFile csv(m_database->data().file("orders.csv"));
    QVERIFY(csv.open(QIODevice::WriteOnly) && csv.write(orderFile(3, "customer")) > 0);
    csv.close();
    isRefused(runProgram(QStringList{"import", csv.fileName()} + store(), 120));
    QCOMPARE(m_database->data().query("SELECT count(*) FROM orderlab.orders"), QByteArray("0"));
    // The same log is shared.
    const auto other = serve(kafka(m_prefix));
    QVERIFY2(other->waitForPort() != 0, other->err());
    for (ChildProgram* one : {server.get(), other.get()}) {
        const Ended ended = one->terminate();
        QVERIFY2(ended.exit_code == 0 && !ended.err.contains("another server works"), ended.describe());
    }
}

void TestMixedBuses::kafkaBesideMemory_isRefused()
{
    const auto server = serve({"--bus", "memory"});
    QVERIFY2(server->waitForPort() != 0, server->err());
    isRefused(serve(kafka(m_prefix))->finish(120));
    QCOMPARE(server->terminate().exit_code, 0);
    const auto next = serve(kafka(m_prefix));
    QVERIFY2(next->waitForPort() != 0, next->err());
    QCOMPARE(next->terminate().exit_code, 0);
}

void TestMixedBuses::switchBesideMemory_isRefused_andTheBusStays()
{
    const auto server = serve({"--bus", "memory"});
    QVERIFY2(server->waitForPort() != 0, server->err());
    LabConfig config;
    config.store = StoreKind::PostgresUrl;
    config.postgres_url = m_database->url();
    config.kafka.brokers = m_broker.bootstrap();
    config.topic_prefix = config.group_prefix = m_prefix;
    Lab lab(m_runtime, config);
    const auto started = m_runtime.run(lab.start());
    QVERIFY_RESULT(started);
    const auto switched = m_runtime.run(lab.switchBus(BusKind::Kafka));
    QVERIFY(!switched);
    QCOMPARE(switched.error().code, ErrorCode::Conflict);
    QVERIFY2(QByteArray::fromStdString(switched.error().message).startsWith("another server works on this database"),
             switched.error().message.c_str());
    // It works on as before.
    LabCustomers customers(lab, {.orders = 20, .customers = 4, .pause = Duration{}});
    customers.finish();
    const auto allArePaid = [&] {
        const auto counts = m_runtime.run(lab.store().counts());
        return counts && counts->paid == 20;
    };
    QTRY_VERIFY_WITH_TIMEOUT(allArePaid(), patience_ms);
    QCOMPARE(server->terminate().exit_code, 0);
    const auto alone = m_runtime.run(lab.switchBus(BusKind::Kafka));
    QVERIFY_RESULT(alone);
    m_runtime.run(lab.stop());
}

void TestMixedBuses::afterAKilledServer_anotherBusIsNotRefused()
{
    const auto server = serve(kafka(m_prefix));
    QVERIFY2(server->waitForPort() != 0, server->err());
    server->signal(SIGKILL);
    const auto next = serve({"--bus", "memory"});
    QVERIFY2(next->waitForPort() != 0, next->err());
    QCOMPARE(next->terminate().exit_code, 0);
}

ORDERLAB_TEST(tst_mixed_buses, QCoreApplication, TestMixedBuses)
#include "tst_mixed_buses.moc"
