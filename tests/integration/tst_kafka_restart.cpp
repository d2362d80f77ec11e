#include "lab_customers.h"
#include "runtime/real_runtime.h"
#include "support/kafka_broker.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "test_database.h"

#include <QElapsedTimer>

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;

/// A broker that goes and comes back in the middle of 5,000 orders: they are accepted meanwhile, and nothing is lost or
/// done twice.
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
    void deadLetters_waitForTheBroker();
    void ready_saysThatTheBrokerIsGone_data()
    {
        QTest::addColumn<bool>("in_order");
        QTest::newRow("stopped") << true;
        QTest::newRow("killed") << false;
    }
    void ready_saysThatTheBrokerIsGone();

private:
    LabConfig config(const TestDatabase& database) const;

    RealRuntime m_runtime{2};
    KafkaBroker m_broker = KafkaBroker::own();
    static constexpr int limit_ms = 240'000;
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
    config.policies.timeout.limit = 60s; // A machine may stand still.
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
    QVERIFY_RESULT(started);

    QByteArray problem;
    JournalTally tally(lab.journal());
    {
        QElapsedTimer clock;
        clock.start();
        LabCustomers customers(lab, {.orders = 4 * orders, .customers = 16, .pause = 30ms});
        (void)QTest::qWaitFor([&] { return customers.bought() >= orders / 4; }, limit_ms);
        const auto gone = in_order ? m_broker.stop() : m_broker.kill();
        const int bought_before = customers.bought();
        const qint64 gone_ms = clock.elapsed();
        const bool goes_on = QTest::qWaitFor([&] { return customers.bought() >= bought_before + 100; }, limit_ms);
        const auto back = m_broker.start();
        const qint64 back_ms = clock.elapsed();
        (void)QTest::qWaitFor([&] { return customers.bought() >= orders; }, limit_ms);
        customers.enough();
        customers.finish();
        problem = !gone   ? gone.describe()
                  : !back ? back.describe()
                          : brokenPromise(lab, customers.bought(), limit_ms / 1'000);
        tally.read();
        qInfo("without a broker from %lld to %lld ms, all %d orders final after %lld ms: %s", gone_ms, back_ms,
              customers.bought(), clock.elapsed(), tally.text().constData());
        if (problem.isEmpty() && (!goes_on || customers.bought() < orders))
            problem = "no orders were accepted without a broker";
        if (problem.isEmpty())
            problem = tally.complaint();
        else
            problem += "\n" + tally.text();
    }
    m_runtime.run(lab.stop());
    QVERIFY2(problem.isEmpty(), problem);
}

/// What is given up while the broker is away: nobody has to wait for it, and the topic gets it from the next process.
void TestKafkaRestart::deadLetters_waitForTheBroker()
{
    const TestDatabase database(m_runtime);
    QVERIFY2(database.problem().isEmpty(), database.problem());
    LabConfig config = this->config(database);
    DeadLetter letter{m_runtime.newUuid(), "payment", {}, 1, 7, 5, "no answer", m_runtime.now()};
    letter.event.id = EventId{m_runtime.newUuid()};
    letter.event.order = OrderId{m_runtime.newUuid()};
    letter.event.data = {"ada", {1999, {}}, {}};
    {
        Lab lab(m_runtime, config);
        const auto started = m_runtime.run(lab.start());
        QVERIFY_RESULT(started);
        const auto gone = m_broker.kill();
        const auto transaction = lab.store().begin();
        transaction->insertDeadLetter(letter);
        const bool kept = bool(m_runtime.run(transaction->commit(m_runtime.now())));
        const bool is_claimed =
            database.data().becomes("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND"
                                    " (classid::bigint << 32 | objid::bigint) = "
                                    "hashtextextended('orderlab dead letters', 0)",
                                    "1", limit_ms / 1'000);
        // Neither waits for the broker, which does not come back before both are done.
        const bool discarded = bool(m_runtime.run(lab.deadLetters().discard(letter.id, {"ada", "no need"})));
        m_runtime.run(lab.stop());
        const auto back = m_broker.start();
        QVERIFY2(gone && back, (gone.describe() + back.describe()).constData());
        QVERIFY(kept && is_claimed && discarded); // It was being published.
    }
    Lab next(m_runtime, config);
    const auto started = m_runtime.run(next.start());
    const auto read = m_broker.kcat({"-C", "-q", "-t", QString::fromStdString(config.topic_prefix) + "dead-letter",
                                     "-o", "beginning", "-c", "1", "-f", "%k %h"});
    m_runtime.run(next.stop());
    QVERIFY2(started && read, read.describe());
    QVERIFY2(read.out.startsWith(letter.event.order.toString().c_str()), read.out.constData());
    QVERIFY2(read.out.contains(("dead-letter-id=" + letter.id.toString()).c_str()), read.out.constData());
}

/// Nobody buys: it is not known by a failure to publish.
void TestKafkaRestart::ready_saysThatTheBrokerIsGone()
{
    QFETCH(bool, in_order);
    const TestDatabase database(m_runtime);
    QVERIFY2(database.problem().isEmpty(), database.problem());
    LabConfig config = this->config(database);
    config.watch_health = true;
    Lab lab(m_runtime, config);
    const auto started = m_runtime.run(lab.start());
    QVERIFY_RESULT(started);
    const auto bus = [&] {
        const auto parts = lab.health();
        const auto found = std::ranges::find(parts, std::string("bus"), &HealthPart::name);
        return found == parts.end() ? HealthPart{} : *found;
    };
    const bool was_ready = QTest::qWaitFor([&] { return bus().is_ready; }, limit_ms);
    const auto gone = in_order ? m_broker.stop() : m_broker.kill();
    const bool is_told = QTest::qWaitFor([&] { return !bus().is_ready; }, limit_ms);
    const std::string reason = bus().reason;
    const auto back = m_broker.start();
    const bool is_ready = QTest::qWaitFor([&] { return bus().is_ready; }, limit_ms);
    JournalTally tally(lab.journal());
    tally.read();
    m_runtime.run(lab.stop());
    QVERIFY2(gone && back, (gone.describe() + back.describe()).constData());
    QVERIFY(was_ready && is_told);
    QVERIFY2(reason.find("no Kafka broker answers at " + m_broker.bootstrap()) != std::string::npos, reason.c_str());
    QVERIFY(is_ready);
    QCOMPARE(tally.published + tally.publish_failed, 0);
}

ORDERLAB_TEST(tst_kafka_restart, QCoreApplication, TestKafkaRestart)
#include "tst_kafka_restart.moc"
