#include "bus/event_bus.h"
#include "kafka/kafka_network.h"
#include "lab_customers.h"
#include "runtime/real_runtime.h"
#include "support/kafka_broker.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QElapsedTimer>
#include <QThread>

#include <algorithm>

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;

namespace {

Event someEvent(std::uint64_t number)
{
    Event event;
    event.id = EventId{Uuid{1, number}};
    event.order = OrderId{Uuid{2, number}};
    event.data.user_id = "ada";
    event.data.total.amount_minor = 100;
    return event;
}

/// What the journal tells of the outage: from the clients, not from the plan.
struct Outage {
    std::int64_t told = 0;             ///< "broker away"
    std::int64_t failures = 0;         ///< Of the relay to publish…
    std::int64_t by_client = 0;        ///< …in librdkafka's own words.
    std::int64_t published_within = 0; ///< From half a second after the beginning to the end of its time.

    Outage(const Journal& journal, Duration length)
    {
        JournalReader reader(journal, JournalReader::From::Oldest);
        std::vector<Entry> entries;
        std::int64_t began_us = 0;
        while (reader.read(entries, 10'000) > 0) {
            for (const Entry& entry : entries) {
                const std::string_view detail = journal.names().text(entry.detail);
                if (entry.kind == EntryKind::FaultInjected && detail == "broker away") {
                    ++told;
                    began_us = entry.time_us;
                }
                const bool is_within =
                    began_us > 0 && entry.time_us > began_us + 500'000 && entry.time_us < began_us + length.count();
                published_within += entry.kind == EntryKind::EventPublished && is_within;
                failures += entry.kind == EntryKind::PublishFailed;
                by_client += entry.kind == EntryKind::PublishFailed
                             && detail.find("Local: Message timed out") != std::string_view::npos;
            }
            entries.clear();
        }
    }
};

} // namespace

/// Faults of the plan at the broker and the network, on a Kafka in this process and on a real one behind a proxy: there
/// the clients themselves lose their connections, or wait.
class TestBrokerFaults : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem()); }
    void away_losesNothing_data() { kinds(); }
    void away_losesNothing();
    void away_letsTheSystemStop_data() { kinds(); }
    void away_letsTheSystemStop();
    void slow_isWaitedFor_data() { kinds(); }
    void slow_isWaitedFor();
    void narrow_isWaitedFor_data() { kinds(); }
    void narrow_isWaitedFor();
    void refused_isAskedForAgain();
    void nowAndThen_leavesTheBrokersAlone();
    void switchedBus_findsItsBrokersAway();
    void switchedBus_isJoinedOnceItsBrokerIsBack();

private:
    static void kinds()
    {
        QTest::addColumn<bool>("embedded");
        QTest::newRow("in this process") << true;
        QTest::newRow("real") << false;
    }
    LabConfig config(BusKind bus) const;
    qint64 publishMs(Lab& lab);
    bool becomesQuick(Lab& lab);
    qint64 publishMuchMs(Lab& lab);
    static KafkaNetwork::Counts countsOf(Lab& lab)
    {
        return std::dynamic_pointer_cast<KafkaNetwork>(lab.bus().brokerFaults())->counts();
    }

    RealRuntime m_runtime{2};
    KafkaBroker m_broker = KafkaBroker::shared();
    static constexpr qint64 delay_min_ms = 490; ///< What two faults together add to each publication.
    std::uint64_t m_events = 0;
};

LabConfig TestBrokerFaults::config(BusKind bus) const
{
    LabConfig config;
    config.bus = bus;
    config.kafka.brokers = m_broker.bootstrap();
    config.topic_prefix = config.group_prefix = KafkaBroker::freshPrefix();
    config.members = 2;
    config.journal_capacity = std::size_t{1} << 20;
    config.watch_invariants = true;
    return config;
}

/// How long the bus takes for an event that is no order's; -1: it does not take it.
qint64 TestBrokerFaults::publishMs(Lab& lab)
{
    const Event event = someEvent(++m_events);
    QElapsedTimer clock;
    clock.start();
    const auto published = m_runtime.run(lab.bus().publish(std::span(&event, 1)));
    return published ? clock.elapsed() : -1;
}

/// Longer than a session and longer than a publisher's patience.
void TestBrokerFaults::away_losesNothing()
{
    QFETCH(bool, embedded);
    constexpr auto away = 14s;
    Lab lab(m_runtime, config(embedded ? BusKind::EmbeddedKafka : BusKind::Kafka));
    const auto started = m_runtime.run(lab.start());
    QVERIFY_RESULT(started);

    QByteArray problem;
    JournalTally tally(lab.journal());
    int bought_meanwhile = 0;
    qint64 back_ms = 0;
    {
        LabCustomers customers(lab, {.orders = 100'000, .customers = 8, .pause = 100ms});
        while (customers.bought() < 200)
            QThread::msleep(10);
        QVERIFY(lab.faults().setFaults({parseFault("broker=away,for=14s").value()}));
        const int bought_before = customers.bought();
        QElapsedTimer clock;
        clock.start();
        // A long outage: publishers lose their patience.
        while (customers.bought() <= bought_before + 100 || tally.publish_failed == 0) {
            tally.read();
            QThread::msleep(10);
        }
        bought_meanwhile = customers.bought() - bought_before;
        customers.enough();
        customers.finish();
        problem = brokenPromise(lab, customers.bought());
        back_ms = clock.elapsed() - std::chrono::milliseconds(away).count();
        tally.read();
    }
    const Outage outage(lab.journal(), away);
    qInfo("%d orders accepted without a broker; all final %lld ms after it was back; %lld failures to publish: %s",
          bought_meanwhile, back_ms, (long long)outage.failures, tally.text().constData());
    if (problem.isEmpty())
        problem = tally.complaint();
    if (!embedded && problem.isEmpty()) {
        const auto counts = countsOf(lab);
        qInfo("%d connections were shut down, %d refused meanwhile", int(counts.shut), int(counts.proxied.refused));
        if (counts.shut < 9 || counts.proxied.refused == 0
            || counts.proxied.carried > 0) // Eight consumers and a producer at least.
            problem = "the clients did not lose their connections";
    }
    const auto strikes = lab.faults().strikes();
    m_runtime.run(lab.stop());
    QVERIFY2(problem.isEmpty(), problem);
    QVERIFY(bought_meanwhile > 100);
    QCOMPARE(outage.told, std::int64_t(1));
    QCOMPARE(strikes.front(), std::uint64_t(1));
    QCOMPARE(outage.published_within, std::int64_t(0));
    QVERIFY(outage.by_client > 0);
    QCOMPARE(outage.by_client, outage.failures);
}

void TestBrokerFaults::away_letsTheSystemStop()
{
    QFETCH(bool, embedded);
    Lab lab(m_runtime, config(embedded ? BusKind::EmbeddedKafka : BusKind::Kafka));
    const auto started = m_runtime.run(lab.start());
    QVERIFY_RESULT(started);
    {
        LabCustomers customers(lab, {.orders = 100'000, .customers = 4, .pause = 10ms});
        while (customers.bought() < 100)
            QThread::msleep(10);
        QVERIFY(lab.faults().setFaults({parseFault("broker=away").value()}));
        const int bought_before = customers.bought();
        while (customers.bought() < bought_before + 50) // Accepted while nothing can be published.
            QThread::msleep(10);
        customers.enough();
        customers.finish();
    }
    m_runtime.run(lab.stop(5s)); // Ends, although the brokers do not come back.
}

/// Whether events get through undelayed: waits for a try that does, however slow the machine is now and then.
bool TestBrokerFaults::becomesQuick(Lab& lab)
{
    for (int tries = 0; tries < 200; ++tries) {
        const qint64 ms = publishMs(lab);
        if (ms >= 0 && ms < delay_min_ms)
            return true;
    }
    return false;
}

void TestBrokerFaults::slow_isWaitedFor()
{
    QFETCH(bool, embedded);
    LabConfig alone = config(embedded ? BusKind::EmbeddedKafka : BusKind::Kafka);
    alone.workers = {};
    Lab lab(m_runtime, alone);
    const auto started = m_runtime.run(lab.start());
    QVERIFY_RESULT(started);
    const bool was_quick = becomesQuick(lab);

    QVERIFY(lab.faults().setFaults(
        {parseFault("broker=delay,delay=300ms").value(), parseFault("network=delay,delay=200ms").value()}));
    publishMs(lab);
    const qint64 slow_ms = publishMs(lab);
    const auto strikes = lab.faults().strikes();
    QVERIFY(lab.faults().setFaults({}));
    const bool is_quick_again = becomesQuick(lab);
    const auto counts = embedded ? KafkaNetwork::Counts{} : countsOf(lab);
    m_runtime.run(lab.stop());

    QVERIFY(was_quick);
    QVERIFY2(slow_ms >= delay_min_ms, qPrintable(QString::number(slow_ms)));
    QVERIFY(is_quick_again);
    QVERIFY(strikes.front() == 1);
    if (!embedded)
        QVERIFY(counts.shut > 0 && counts.proxied.carried > 0 && counts.proxied.cut == 0);
}

/// How long the bus takes for 100 KB for one partition, with the tries that a slow machine needs; -1: it does not take
/// them.
qint64 TestBrokerFaults::publishMuchMs(Lab& lab)
{
    std::vector<Event> events;
    const std::uint64_t order = ++m_events;
    for (int i = 0; i < 100; ++i) {
        events.push_back(someEvent(++m_events));
        events.back().order = OrderId{Uuid{2, order}};
        events.back().data.details = CancellationDetails{std::string(1'000, 'x')};
    }
    QElapsedTimer clock;
    clock.start();
    for (int tries = 0; tries < 5; ++tries) {
        const auto published = m_runtime.run(lab.bus().publish(events));
        if (published)
            return clock.elapsed();
    }
    return -1;
}

/// 100 KB through 50 KB a second take two seconds and more.
void TestBrokerFaults::narrow_isWaitedFor()
{
    QFETCH(bool, embedded);
    constexpr qint64 narrow_min_ms = 1'900;
    LabConfig alone = config(embedded ? BusKind::EmbeddedKafka : BusKind::Kafka);
    alone.workers = {};
    Lab lab(m_runtime, alone);
    const auto started = m_runtime.run(lab.start());
    QVERIFY_RESULT(started);
    const auto untilQuick = [&] { // However slow the machine is now and then.
        qint64 ms = publishMuchMs(lab);
        for (int tries = 0; tries < 20 && ms >= narrow_min_ms; ++tries)
            ms = publishMuchMs(lab);
        return ms;
    };
    const qint64 usual_ms = untilQuick();

    QVERIFY(lab.faults().setFaults({parseFault("network=throttle,rate=50KB").value()}));
    const qint64 narrow_ms = publishMuchMs(lab);
    const auto strikes = lab.faults().strikes();
    QVERIFY(lab.faults().setFaults({}));
    const qint64 after_ms = untilQuick();
    const auto counts = embedded ? KafkaNetwork::Counts{} : countsOf(lab);
    m_runtime.run(lab.stop());

    qInfo("publishing took %lld ms, then %lld ms, then %lld ms; struck %d times", usual_ms, narrow_ms, after_ms,
          int(strikes.front()));
    QVERIFY(usual_ms >= 0 && usual_ms < narrow_min_ms);
    QVERIFY(narrow_ms >= narrow_min_ms);
    QVERIFY(after_ms >= 0 && after_ms < narrow_min_ms);
    if (embedded)
        QVERIFY(strikes.front() > 0);
    else
        QVERIFY(strikes.front() == 1 && counts.shut > 0 && counts.proxied.carried > 0 && counts.proxied.cut == 0);
}

/// Brokers that answer and take nothing, longer than a publisher's patience.
void TestBrokerFaults::refused_isAskedForAgain()
{
    Lab lab(m_runtime, config(BusKind::EmbeddedKafka));
    const auto started = m_runtime.run(lab.start());
    QVERIFY_RESULT(started);
    QVERIFY(lab.faults().setFaults({parseFault("bus-append=fail").value()}));
    QByteArray problem;
    std::uint64_t strikes = 0;
    JournalTally tally(lab.journal());
    {
        LabCustomers customers(lab, {.orders = 50, .customers = 4, .pause = 10ms});
        customers.finish();
        const bool has_failed = QTest::qWaitFor(
            [&] {
                tally.read();
                return tally.publish_failed > 0;
            },
            60'000);
        if (!has_failed || tally.published > 0)
            problem = "events were taken";
        strikes = lab.faults().strikes().front();
        if (problem.isEmpty() && !lab.faults().setFaults({}))
            problem = "the fault could not be lifted";
        if (problem.isEmpty())
            problem = brokenPromise(lab, 50);
        tally.read();
    }
    const Outage outage(lab.journal(), 60s);
    m_runtime.run(lab.stop());
    QVERIFY2(problem.isEmpty(), problem);
    QCOMPARE(tally.complaint(), QByteArray());
    QCOMPARE(strikes, std::uint64_t(1));
    QCOMPARE(outage.by_client, outage.failures);
}

void TestBrokerFaults::nowAndThen_leavesTheBrokersAlone()
{
    Lab lab(m_runtime, config(BusKind::Kafka));
    const auto started = m_runtime.run(lab.start());
    QVERIFY_RESULT(started);
    QVERIFY(lab.faults().setFaults({parseFault("broker=away,probability=0.2").value()}));
    QByteArray problem;
    JournalTally tally(lab.journal());
    {
        LabCustomers customers(lab, {.orders = 100, .customers = 4, .pause = 10ms});
        customers.finish();
        problem = brokenPromise(lab, 100, 120);
        tally.read();
    }
    const auto counts = countsOf(lab);
    const auto strikes = lab.faults().strikes();
    m_runtime.run(lab.stop());
    QVERIFY2(problem.isEmpty(), problem);
    QVERIFY(strikes.front() > 10);
    QVERIFY(counts.direct > 0 && counts.shut == 0 && counts.proxied.refused == 0);
}

/// A fault that was set before the bus came, and goes on.
void TestBrokerFaults::switchedBus_findsItsBrokersAway()
{
    Lab lab(m_runtime, config(BusKind::Memory));
    const auto started = m_runtime.run(lab.start());
    QVERIFY_RESULT(started);
    QVERIFY(lab.faults().setFaults({parseFault("broker=away").value()}));
    QVERIFY(publishMs(lab) < 0);
    QByteArray problem;
    {
        LabCustomers customers(lab, {.orders = 50, .customers = 4, .pause = 10ms});
        customers.finish(); // Into the outbox.
        const auto switched = m_runtime.run(lab.switchBus(BusKind::Kafka, m_broker.bootstrap()));
        if (!switched)
            problem = switched.error().message.c_str();
        const auto is_refused = [&] { return countsOf(lab).shut > 0 && countsOf(lab).proxied.refused > 0; };
        if (problem.isEmpty() && !QTest::qWaitFor(is_refused, patience_ms))
            problem = "the new bus has its brokers";
        const auto open = m_runtime.run(lab.store().counts());
        if (problem.isEmpty() && (!open || open->paid > 0))
            problem = "orders were paid without a broker";
        QVERIFY(lab.faults().setFaults({}));
        if (problem.isEmpty())
            problem = brokenPromise(lab, 50);
    }
    m_runtime.run(lab.stop());
    QVERIFY2(problem.isEmpty(), problem);
}

/// A fault that goes on for the bus in memory, where nobody can join at first.
void TestBrokerFaults::switchedBus_isJoinedOnceItsBrokerIsBack()
{
    Lab lab(m_runtime, config(BusKind::Kafka));
    const auto started = m_runtime.run(lab.start());
    QVERIFY_RESULT(started);
    QByteArray problem;
    JournalTally tally(lab.journal());
    {
        LabCustomers customers(lab, {.orders = 100, .customers = 4, .pause = 10ms});
        while (customers.bought() < 50)
            QThread::msleep(10);
        QVERIFY(lab.faults().setFaults({parseFault("broker=away").value()}));
        customers.finish();
        QElapsedTimer clock;
        clock.start();
        const auto switched = m_runtime.run(lab.switchBus(BusKind::Memory));
        qInfo("switched after %lld ms", clock.elapsed());
        if (!switched)
            problem = switched.error().message.c_str();
        for (const std::string& group : lab.groups()) {
            if (problem.isEmpty() && lab.members(group) != 2)
                problem = "members are missing";
        }
        const auto open = m_runtime.run(lab.store().counts());
        tally.read();
        const std::int64_t failures = tally.publish_failed;
        while (tally.publish_failed < failures + 2) { // The relay has tried, and everybody else could have.
            tally.read();
            QThread::msleep(10);
        }
        const auto later = m_runtime.run(lab.store().counts());
        if (problem.isEmpty() && (!open || !later || later->paid != open->paid || open->paid >= 100))
            problem = "orders were paid without a broker";
        QVERIFY(lab.faults().setFaults({}));
        if (problem.isEmpty())
            problem = brokenPromise(lab, 100);
        tally.read();
    }
    m_runtime.run(lab.stop());
    QVERIFY2(problem.isEmpty(), problem);
    QCOMPARE(tally.complaint(), QByteArray());
}

ORDERLAB_TEST(tst_broker_faults, QCoreApplication, TestBrokerFaults)
#include "tst_broker_faults.moc"
