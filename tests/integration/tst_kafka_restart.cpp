#include "lab_customers.h"
#include "runtime/real_runtime.h"
#include "support/kafka_broker.h"
#include "test_database.h"

#include <QElapsedTimer>
#include <QTest>
#include <QThread>

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;

/// A broker that goes and comes back in the middle of 5,000 orders: they are accepted meanwhile, and nothing is lost or done
/// twice.
class TestKafkaRestart : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
        QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem());
    }
    void orders_survive_data()
    {
        QTest::addColumn<bool>("in_order");
        QTest::addColumn<int>("orders");
        QTest::newRow("a broker that is restarted in order") << true << 5'000;
        QTest::newRow("a broker that is killed and started") << false << 1'000;
    }
    void orders_survive();

private:
    LabConfig config(const TestDatabase& database) const;

    RealRuntime m_runtime{2};
    KafkaBroker m_broker = KafkaBroker::own();
};

LabConfig TestKafkaRestart::config(const TestDatabase& database) const
{
    LabConfig config;
    config.bus = BusKind::Kafka;
    config.kafka.brokers = m_broker.bootstrap();
    config.store = StoreKind::PostgresUrl;
    config.postgres_url = database.url();
    config.topic_prefix = config.group_prefix = KafkaBroker::freshPrefix();
    config.partitions = 12; // More at once.
    config.members = 2;
    config.journal_capacity = std::size_t{1} << 20;
    config.watch_invariants = true;
    return config;
}

void TestKafkaRestart::orders_survive()
{
    QFETCH(bool, in_order);
    QFETCH(int, orders);
    const TestDatabase database(m_runtime);
    QVERIFY2(database.problem().isEmpty(), database.problem());
    Lab lab(m_runtime, config(database));
    const auto started = m_runtime.run(lab.start());
    QVERIFY2(started, started ? "" : started.error().message.c_str());

    QByteArray problem;
    JournalTally tally(lab.journal());
    {
        QElapsedTimer clock;
        clock.start();
        LabCustomers customers(lab, {.orders = orders, .customers = 16, .pause = 30ms});
        while (customers.bought() < orders / 4)
            QThread::msleep(10);
        const auto gone = in_order ? m_broker.stop() : m_broker.kill();
        const int bought_before = customers.bought();
        const qint64 gone_ms = clock.elapsed();
        QThread::msleep(2'000);
        const int bought_without = customers.bought() - bought_before;
        const auto back = m_broker.start();
        const qint64 back_ms = clock.elapsed();
        customers.finish();
        problem = !gone ? gone.describe() : !back ? back.describe() : brokenPromise(lab, orders);
        tally.read();
        qInfo("without a broker from %lld to %lld ms (%d orders accepted in the first 2 s of it), all final after %lld ms: %s", gone_ms,
              back_ms, bought_without, clock.elapsed(), tally.text().constData());
        if (problem.isEmpty() && (bought_without == 0 || bought_before >= orders))
            problem = "the broker was not away while customers bought";
        if (problem.isEmpty())
            problem = tally.complaint();
    }
    m_runtime.run(lab.stop());
    QVERIFY2(problem.isEmpty(), problem);
}

QTEST_GUILESS_MAIN(TestKafkaRestart)
#include "tst_kafka_restart.moc"
