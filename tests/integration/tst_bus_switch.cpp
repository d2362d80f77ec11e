#include "lab_customers.h"
#include "runtime/real_runtime.h"
#include "support/kafka_broker.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "test_database.h"

#include <QElapsedTimer>
#include <QThread>

#include <optional>

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;

/// A running system goes on with another bus while customers order: memory, Kafka in this process, a real Kafka, and
/// memory again. Open orders continue there; none is lost, none is done twice.
class TestBusSwitch : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem()); }
    void ordersGoOn_data()
    {
        QTest::addColumn<bool>("durable");
        QTest::newRow("a store in memory") << false;
        QTest::newRow("PostgreSQL") << true;
    }
    void ordersGoOn();
    void beforeAnybodyHasJoined_data()
    {
        QTest::addColumn<BusKind>("first");
        QTest::newRow("Kafka in this process") << BusKind::EmbeddedKafka;
        QTest::newRow("a real Kafka") << BusKind::Kafka;
    }
    void beforeAnybodyHasJoined();

private:
    QByteArray switchUnderLoad(Lab& lab, const LabCustomers& customers, BusKind kind, const char* name);

    RealRuntime m_runtime{2};
    KafkaBroker m_broker = KafkaBroker::shared();
};

/// Empty when it went well; orders that are open at the switch are what it is about.
QByteArray TestBusSwitch::switchUnderLoad(Lab& lab, const LabCustomers& customers, BusKind kind, const char* name)
{
    const auto before = m_runtime.run(lab.store().counts());
    const int bought_before = customers.bought();
    QElapsedTimer clock;
    clock.start();
    const auto switched =
        m_runtime.run(lab.switchBus(kind, kind == BusKind::Kafka ? m_broker.bootstrap() : std::string()));
    if (!switched)
        return QByteArray("to ") + name + ": " + switched.error().message.c_str();
    qInfo("to %s with %d open orders: %lld ms, %d bought meanwhile", name, before ? int(before->created) : -1,
          clock.elapsed(), customers.bought() - bought_before);
    const auto after = m_runtime.run(lab.store().counts());
    clock.restart();
    for (;;) { // The new bus is at work before it is left again.
        const auto now = m_runtime.run(lab.store().counts());
        if (now && after && now->paid > after->paid + 50)
            return {};
        if (clock.elapsed() > patience_ms)
            return QByteArray("no payments go on with ") + name;
        QThread::msleep(20);
    }
}

void TestBusSwitch::ordersGoOn()
{
    QFETCH(bool, durable);
    std::optional<TestDatabase> database;
    LabConfig config;
    config.topic_prefix = config.group_prefix = KafkaBroker::freshPrefix();
    config.journal_capacity = std::size_t{1} << 20;
    config.watch_invariants = true;
    config.gateway.latency = 10ms; // So that there are always open orders.
    if (durable) {
        database.emplace(m_runtime);
        QVERIFY2(database->problem().isEmpty(), database->problem());
        config.store = StoreKind::PostgresUrl;
        config.postgres_url = database->url();
    }
    Lab lab(m_runtime, config);
    const auto started = m_runtime.run(lab.start());
    QVERIFY_RESULT(started);

    QByteArray problem;
    JournalTally tally(lab.journal());
    {
        LabCustomers customers(lab, {.orders = 100'000, .customers = 8, .pause = 100ms});
        while (customers.bought() < 100)
            QThread::msleep(10);
        for (const auto& [kind, name] : {std::pair{BusKind::EmbeddedKafka, "embedded Kafka"},
                                         {BusKind::Kafka, "a real Kafka"},
                                         {BusKind::Memory, "memory"},
                                         {BusKind::Kafka, "the real Kafka again"}}) {
            if (problem.isEmpty())
                problem = switchUnderLoad(lab, customers, kind, name);
        }
        customers.enough();
        customers.finish();
        if (problem.isEmpty() && customers.refused() > 0)
            problem = "orders were refused";
        if (problem.isEmpty())
            problem = brokenPromise(lab, customers.bought());
        tally.read();
        qInfo("%d orders: %s", customers.bought(), tally.text().constData());
        if (problem.isEmpty())
            problem = tally.complaint();
    }
    m_runtime.run(lab.stop());
    QVERIFY2(problem.isEmpty(), problem);
}

/// The log has events, and its groups have read none of them yet.
void TestBusSwitch::beforeAnybodyHasJoined()
{
    QFETCH(BusKind, first);
    constexpr int orders = 40;
    LabConfig config;
    config.bus = first;
    config.kafka.brokers = m_broker.bootstrap();
    config.topic_prefix = config.group_prefix = KafkaBroker::freshPrefix();
    config.watch_invariants = true;
    Lab lab(m_runtime, config);
    const auto started = m_runtime.run(lab.start());
    QVERIFY_RESULT(started);
    QByteArray problem;
    {
        LabCustomers customers(lab, {.orders = orders, .customers = 8});
        customers.finish();
        const auto switched = m_runtime.run(lab.switchBus(BusKind::Memory));
        problem = switched ? brokenPromise(lab, orders) : QByteArray::fromStdString(switched.error().message);
    }
    m_runtime.run(lab.stop());
    QVERIFY2(problem.isEmpty(), problem);
}

ORDERLAB_TEST(tst_bus_switch, QCoreApplication, TestBusSwitch)
#include "tst_bus_switch.moc"
