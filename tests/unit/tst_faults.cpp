#include "fault_model/fault_words.h"
#include "faults/fault_plan.h"
#include "runtime/virtual_runtime.h"
#include "support/qt_text.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QtTest>

using namespace orderlab;
using orderlab::test::toQString;

namespace {} // namespace

/// The words in which failures are asked for, and the plan that lets them strike.
class TestFaults : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_runtime = std::make_unique<VirtualRuntime>(7);
        m_journal = std::make_unique<Journal>(1'024);
        m_plan = std::make_unique<FaultPlan>(*m_runtime, *m_journal);
    }

    void parseFault_readsWhatToStringWrites_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("whole");
        QTest::newRow("a seam alone means its first action") << "gateway-call"
                                                             << "gateway-call=lose-answer";
        QTest::newRow("an action") << "worker=hang"
                                   << "worker=hang";
        QTest::newRow("everything")
            << "handler-entry=fail, probability=0.25, count=3, start=1.5s, for=2min, delay=40ms, event=payment-failed,"
               " group=analytics, worker=analytics-2, order=019b76da-a800-7f8a-8293-8f46d0adf463, customer=ada"
            << "handler-entry=fail,probability=0.25,count=3,start=1500ms,for=2min,delay=40ms,event=payment-failed,"
               "group=analytics,worker=analytics-2,order=019b76da-a800-7f8a-8293-8f46d0adf463,customer=ada";
        QTest::newRow("a rate in KB") << "network=throttle,rate=20KB"
                                      << "network=throttle,rate=20KB";
        QTest::newRow("a rate in bytes") << "network=throttle,rate=20000"
                                         << "network=throttle,rate=20KB";
        QTest::newRow("a rate in broken MB") << "network=throttle,rate=1.5MB"
                                             << "network=throttle,rate=1500KB";
        QTest::newRow("a rate in nothing but bytes") << "network=throttle,rate=20001"
                                                     << "network=throttle,rate=20001";
        QTest::newRow("the usual rate") << "network=throttle,rate=65536"
                                        << "network=throttle";
        QTest::newRow("the lowest rate") << "network=throttle,rate=1000"
                                         << "network=throttle,rate=1KB";
        QTest::newRow("the highest rate") << "network=throttle,rate=1000MB"
                                          << "network=throttle,rate=1000MB";
        for (int i = 0; i < seam_count; ++i) {
            for (FaultAction action : actionsAt(Seam(i))) {
                const QString spec = toQString(name(Seam(i))) + '=' + toQString(name(action));
                QTest::newRow(qPrintable(spec)) << spec << spec;
            }
        }
    }
    void parseFault_readsWhatToStringWrites()
    {
        QFETCH(QString, spec);
        QFETCH(QString, whole);
        const auto fault = parseFault(spec.toStdString());
        QVERIFY_RESULT(fault);
        QCOMPARE(toQString(fault->toString()), whole);
        QVERIFY(*parseFault(fault->toString()) == *fault);
    }

    void parseFault_saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("message");
        QTest::newRow("nothing") << ""
                                 << "seam"
                                 << "must be one of client-request, client-answer";
        QTest::newRow("unknown seam") << "gateway=fail"
                                      << "seam"
                                      << "must be one of client-request, client-answer";
        QTest::newRow("unknown action") << "gateway-call=explode"
                                        << "action"
                                        << "at gateway-call must be one of lose-answer, fail, timeout";
        QTest::newRow("action of another seam") << "clock=crash"
                                                << "action"
                                                << "at clock must be one of jump";
        QTest::newRow("none is no action") << "worker=none"
                                           << "action"
                                           << "at worker must be one of crash, hang";
        QTest::newRow("probability 0") << "worker,probability=0"
                                       << "probability"
                                       << "must be above 0 and at most 1";
        QTest::newRow("probability nan") << "worker,probability=nan"
                                         << "probability"
                                         << "must be above 0 and at most 1";
        QTest::newRow("probability text") << "worker,probability=often"
                                          << "probability"
                                          << "must be a number, not \"often\"";
        QTest::newRow("count 0") << "worker,count=0"
                                 << "count"
                                 << "must be at least 1";
        QTest::newRow("count -1") << "worker,count=-1"
                                  << "count"
                                  << "must be a number, not \"-1\"";
        QTest::newRow("no unit") << "worker,delay=5"
                                 << "delay"
                                 << "must be a time such as 500ms, 1.5s or 2min, not \"5\"";
        QTest::newRow("endless delay") << "worker,delay=61min"
                                       << "delay"
                                       << "must be from 0 to 60min";
        const QString rate = QStringLiteral("must be bytes a second such as 50000, 20KB or 1.5MB, not \"%1\"");
        for (const QString wrong : {"fast", "20XB", "20 KBs", "-1KB", "nan", "1e300MB", "", "KB"})
            QTest::newRow(qPrintable("rate " + wrong)) << "network=throttle,rate=" + wrong << "rate" << rate.arg(wrong);
        QTest::newRow("rate too low") << "network=throttle,rate=999"
                                      << "rate"
                                      << "must be from 1KB to 1000MB a second";
        QTest::newRow("rate too high") << "network=throttle,rate=1000.1MB"
                                       << "rate"
                                       << "must be from 1KB to 1000MB a second";
        QTest::newRow("narrow elsewhere") << "database=throttle"
                                          << "action"
                                          << "at database must be one of away, delay";
        QTest::newRow("no time at all") << "worker,for=0s"
                                        << "for"
                                        << "must be above 0";
        QTest::newRow("unknown event") << "delivery,event=order-lost"
                                       << "event"
                                       << "must be a topic such as order-created";
        QTest::newRow("order") << "delivery,order=17"
                               << "order"
                               << "must be an order's id";
        QTest::newRow("a name without end") << "delivery,customer=" + QString(101, 'x') << "customer"
                                            << "must be UTF-8 of at most 100 bytes";
        QTest::newRow("a number without end") << "worker,count=" + QString(5'000, '9') << "count"
                                              << "must be a number, not \"" + QString(57, '9') + "…\"";
        QTest::newRow("a member without end") << "worker," + QString(5'000, 'x') << QString(57, 'x') + "…"
                                              << "is unknown";
        QTest::newRow("unknown member") << "delivery,colour=red"
                                        << "colour"
                                        << "is unknown; known are probability";
    }
    void parseFault_saysWhatIsWrong()
    {
        QFETCH(QString, spec);
        QFETCH(QString, field);
        QFETCH(QString, message);
        const auto fault = parseFault(spec.toStdString());
        QVERIFY(!fault);
        QCOMPARE(toQString(fault.error().field), field);
        QVERIFY2(toQString(fault.error().message).startsWith(message), fault.error().message.c_str());
    }

    void setFaults_isAllOrNothing()
    {
        set({"worker=crash,probability=0.5"});
        std::vector<Fault> wrong = {*parseFault("clock"), *parseFault("delivery")};
        wrong[1].count = 0;
        const auto refused = m_plan->setFaults(wrong);
        QVERIFY(!refused);
        QCOMPARE(toQString(refused.error().field), QStringLiteral("faults[1].count"));
        QCOMPARE(m_plan->faults().size(), std::size_t(1));
        QVERIFY(m_plan->isArmed(Seam::Worker));
        QVERIFY(!m_plan->isArmed(Seam::Clock));
    }

    void ask_strikesAsOftenAsCounted()
    {
        set({"handler-entry=fail,count=2"});
        QCOMPARE(strikesOf(10, Seam::HandlerEntry), 2);
        QCOMPARE(m_plan->strikes(), std::vector<std::uint64_t>{2});
    }

    void ask_strikesWithItsProbability()
    {
        set({"handler-entry=fail,probability=0.3"});
        const int strikes = strikesOf(10'000, Seam::HandlerEntry);
        QVERIFY2(strikes > 2'800 && strikes < 3'200, qPrintable(QString::number(strikes)));
    }

    void ask_strikesWithinItsTimeOnly()
    {
        set({"handler-entry=fail,start=2s,for=3s"});
        QString log;
        for (int second = 0; second < 7; ++second) {
            log += strikesOf(1, Seam::HandlerEntry) ? 'x' : '.';
            m_runtime->run(m_runtime->sleep(std::chrono::seconds{1}));
        }
        QCOMPARE(log, QStringLiteral("..xxx.."));
    }

    void ask_strikesWhomItIsMeantFor_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<bool>("strikes");
        QTest::newRow("group") << "group=payment" << true;
        QTest::newRow("group with its prefix") << "group=orderlab.payment" << true;
        QTest::newRow("the end of a group's name is no group") << "group=ment" << false;
        QTest::newRow("other group") << "group=analytics" << false;
        QTest::newRow("worker") << "worker=payment-1" << true;
        QTest::newRow("other worker") << "worker=payment-2" << false;
        QTest::newRow("event") << "event=order-created" << true;
        QTest::newRow("other event") << "event=order-canceled" << false;
        QTest::newRow("customer") << "customer=ada" << true;
        QTest::newRow("other customer") << "customer=grace" << false;
        QTest::newRow("order") << "order=019b76da-a800-7f8a-8293-8f46d0adf463" << true;
        QTest::newRow("other order") << "order=019b76da-a800-7f8a-8293-8f46d0adf464" << false;
        QTest::newRow("all of them have to match") << "group=payment,customer=grace" << false;
    }
    void ask_strikesWhomItIsMeantFor()
    {
        QFETCH(QString, filter);
        QFETCH(bool, strikes);
        set({"handler-entry=fail," + filter});
        QCOMPARE(strikesOf(1, Seam::HandlerEntry) == 1, strikes);
        QCOMPARE(strikesOf(1, Seam::BeforeCommit), 0);
    }

    void everyFault_hasWords()
    {
        for (int s = 0; s < seam_count; ++s) {
            for (const FaultAction action : actionsAt(Seam(s))) {
                const std::string detail = std::string(name(Seam(s))) + ' ' + std::string(name(action));
                QVERIFY2(faultWords(Seam(s), action, "payment-1") != "a fault struck", detail.c_str());
                QVERIFY2(!strikeWords(action).empty(), detail.c_str());
                const auto strike = strikeOf(detail);
                QVERIFY2(strike && strike->seam == Seam(s) && strike->action == action, detail.c_str());
            }
        }
        QVERIFY(!strikeOf("after-commit") && !strikeOf("after-commit explode") && !strikeOf("moon crash"));
    }

    void ask_tellsTheJournal()
    {
        JournalReader reader(*m_journal);
        set({"handler-entry=crash,delay=250ms"});
        const Injection injection = m_plan->ask(faultPoint(Seam::HandlerEntry));
        QVERIFY(injection.action == FaultAction::Crash);
        QVERIFY(injection.delay == std::chrono::milliseconds{250});
        std::vector<Entry> entries;
        reader.read(entries, 10);
        QCOMPARE(entries.size(), std::size_t(2));
        QVERIFY(entries[0].kind == EntryKind::FaultsChanged && entries[0].value == 1);
        QVERIFY(entries[1].kind == EntryKind::FaultInjected);
        QCOMPARE(toQString(m_journal->names().text(entries[1].detail)), QStringLiteral("handler-entry crash"));
        QCOMPARE(toQString(m_journal->names().text(entries[1].actor)), QStringLiteral("payment-1"));
        QVERIFY(entries[1].order == faultPoint(Seam::HandlerEntry).order);
        QCOMPARE(entries[1].value, 250); // how long it stays away
    }

    void ask_tellsOnceOfWhatIsAway()
    {
        JournalReader reader(*m_journal);
        set({"database=away"});
        QCOMPARE(strikesOf(100, Seam::Database), 100);
        std::vector<Entry> entries;
        reader.read(entries, 200);
        QCOMPARE(entries.size(), std::size_t(2)); // the plan, and the first strike
        QCOMPARE(entries[1].value, 0);            // nobody knows for how long
        // Who reads of a changed plan takes what was away for back, so what goes on is told again.
        QVERIFY(m_plan->addFault(*parseFault("broker=away,for=3s")));
        QCOMPARE(strikesOf(100, Seam::Database), 100);
        QCOMPARE(strikesOf(100, Seam::Broker), 100);
        entries.clear();
        reader.read(entries, 200);
        QCOMPARE(entries.size(), std::size_t(3));
        QCOMPARE(toQString(m_journal->names().text(entries[1].detail)), QStringLiteral("database away"));
        QCOMPARE(toQString(m_journal->names().text(entries[2].detail)), QStringLiteral("broker away"));
        QCOMPARE(entries[2].value, 3'000);
    }

    void ask_aFaultThatIsTakenAwayLeavesTheOthersAsTheyWere()
    {
        const auto log = [&](const QStringList& specs) {
            m_runtime = std::make_unique<VirtualRuntime>(7);
            m_journal = std::make_unique<Journal>(1'024);
            m_plan = std::make_unique<FaultPlan>(*m_runtime, *m_journal);
            set(specs);
            QString struck;
            for (int i = 0; i < 200; ++i) {
                m_plan->ask(faultPoint(Seam::Ack));
                struck += m_plan->ask(faultPoint(Seam::HandlerEntry)).action == FaultAction::Fail ? 'x' : '.';
            }
            return struck;
        };
        const QString both = log({"ack=lose,probability=0.5", "handler-entry=fail,probability=0.5"});
        QCOMPARE(log({"handler-entry=fail,probability=0.5"}), both);
        QVERIFY(both.contains('x') && both.contains('.'));
    }

    void pass_waitsADelayOut()
    {
        set({"network=delay,delay=3s"});
        const TimePoint before = m_runtime->now();
        const Injection injection = m_runtime->run(m_plan->pass(faultPoint(Seam::Network)));
        QVERIFY(injection.action == FaultAction::None);
        QVERIFY(m_runtime->now() - before == std::chrono::seconds{3});
    }

    void throttle_isLateByItsBytes_data()
    {
        QTest::addColumn<quint64>("bytes");
        QTest::addColumn<qint64>("late_us");
        QTest::newRow("half a second's") << quint64(10'000) << qint64(500'000);
        QTest::newRow("three seconds'") << quint64(60'000) << qint64(3'000'000);
        QTest::newRow("not known") << quint64(0) << qint64(FaultPoint::bytes_unknown * 50);
        QTest::newRow("without end") << std::numeric_limits<quint64>::max() << qint64(50'000) * 1'000'000;
    }
    void throttle_isLateByItsBytes()
    {
        QFETCH(quint64, bytes);
        QFETCH(qint64, late_us);
        JournalReader reader(*m_journal);
        set({"network=throttle,rate=20KB"});
        FaultPoint call = faultPoint(Seam::Network);
        call.bytes = bytes;
        const Injection injection = m_plan->ask(call);
        QVERIFY(injection.action == FaultAction::Throttle);
        QCOMPARE(injection.bytes_per_second, std::uint64_t(20'000));
        QCOMPARE(qint64(injection.delay.count()), late_us);
        std::vector<Entry> entries;
        reader.read(entries, 10);
        QCOMPARE(entries.size(), std::size_t(2));
        QCOMPARE(toQString(m_journal->names().text(entries[1].detail)), QStringLiteral("network throttle"));
        QCOMPARE(qint64(entries[1].value), late_us / 1'000);
        const TimePoint before = m_runtime->now();
        const Injection rest = m_runtime->run(m_plan->pass(call));
        QVERIFY(rest.action == FaultAction::None);
        QCOMPARE(qint64(Duration(m_runtime->now() - before).count()), late_us);
    }

    void throttle_isInForceWhereItCanBe()
    {
        set({"network=throttle,rate=20KB,for=9s"});
        QVERIFY(m_plan->lasting(Seam::Network, LastingFaults::None).action == FaultAction::None);
        QVERIFY(m_plan->lasting(Seam::Network, LastingFaults::AllButThrottle).action == FaultAction::None);
        QCOMPARE(m_plan->strikes().front(), std::uint64_t(0));
        const Injection narrow = m_plan->lasting(Seam::Network, LastingFaults::All);
        QVERIFY(narrow.action == FaultAction::Throttle);
        QVERIFY(narrow.bytes_per_second == 20'000 && narrow.delay == Duration{0});
        QCOMPARE(m_plan->strikes().front(), std::uint64_t(1));
        FaultPoint call = faultPoint(Seam::Network);
        call.elsewhere = LastingFaults::All;
        QVERIFY(m_plan->ask(call).action == FaultAction::None);
        call.elsewhere = LastingFaults::AllButThrottle;
        QVERIFY(m_plan->ask(call).action == FaultAction::Throttle);
        set({"network=delay"});
        QVERIFY(m_plan->ask(call).action == FaultAction::None);
        QVERIFY(m_plan->lasting(Seam::Network, LastingFaults::AllButThrottle).action == FaultAction::Delay);
    }

    void lasts_whatIsAStateRatherThanAStrike_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<bool>("lasts");
        QTest::newRow("away") << "broker=away" << true;
        QTest::newRow("away for a time") << "broker=away,start=1s,for=2s" << true;
        QTest::newRow("slow") << "broker=delay,delay=2s" << true;
        QTest::newRow("a slow network") << "network=delay" << true;
        QTest::newRow("a narrow network") << "network=throttle,rate=1KB" << true;
        QTest::newRow("a narrow network for so many calls") << "network=throttle,count=3" << false;
        QTest::newRow("refusing") << "bus-append=fail" << true;
        QTest::newRow("refusing one topic") << "bus-append=fail,event=order-created" << false;
        QTest::newRow("now and then") << "broker=away,probability=0.99" << false;
        QTest::newRow("so many times") << "broker=away,count=5" << false;
        QTest::newRow("for some") << "broker=delay,group=payment" << false;
        QTest::newRow("elsewhere") << "database=away" << false;
        QTest::newRow("a step") << "bus-append=delay" << false;
    }
    void lasts_whatIsAStateRatherThanAStrike()
    {
        QFETCH(QString, spec);
        QFETCH(bool, lasts);
        QCOMPARE(parseFault(spec.toStdString()).value().lasts(), lasts);
    }

    void lasting_isWhatIsInForceNow_andToldOnce()
    {
        JournalReader reader(*m_journal);
        set({"broker=away,probability=0.5", "broker=delay,delay=70ms,start=1s,for=3s", "broker=away,start=2s,for=4s"});
        QString log;
        for (int i = 0; i < 8; ++i) {
            for (int j = 0; j < 5; ++j) {
                const Injection injection = m_plan->lasting(Seam::Broker);
                QVERIFY(injection.action != FaultAction::Delay || injection.delay == std::chrono::milliseconds{70});
                if (j == 0)
                    log += injection.action == FaultAction::Away    ? 'a'
                           : injection.action == FaultAction::Delay ? 'd'
                                                                    : '.';
            }
            m_runtime->run(m_runtime->sleep(std::chrono::seconds{1}));
        }
        QCOMPARE(log, QStringLiteral(".dddaa..")); // The first of several decides.
        QVERIFY(m_plan->strikes() == (std::vector<std::uint64_t>{0, 1, 1}));
        QVERIFY(m_plan->lasting(Seam::Network).action == FaultAction::None);
        std::vector<Entry> entries;
        reader.read(entries, 10);
        QCOMPARE(entries.size(), std::size_t(3)); // The plan, and two strikes.
        QCOMPARE(toQString(m_journal->names().text(entries[1].detail)), QStringLiteral("broker delay"));
        QCOMPARE(toQString(m_journal->names().text(entries[2].detail)), QStringLiteral("broker away"));
        QCOMPARE(entries[2].value, 2'000); // What was left of it.
    }

    void ask_leavesOutWhatIsInForceElsewhere()
    {
        FaultPoint call = faultPoint(Seam::Broker);
        call.elsewhere = LastingFaults::All;
        set({"broker=away"});
        QVERIFY(m_plan->ask(faultPoint(Seam::Broker)).action == FaultAction::Away);
        QVERIFY(m_plan->ask(call).action == FaultAction::None);
        set({"broker=away", "broker=delay,count=1"});
        QVERIFY(m_plan->ask(call).action == FaultAction::Delay);
        QVERIFY(m_plan->ask(call).action == FaultAction::None);
        QVERIFY(m_plan->strikes() == (std::vector<std::uint64_t>{0, 1}));
    }

    void guarantees_areAllOnAtFirst()
    {
        QVERIFY(m_plan->guarantees() == Guarantees{});
        for (int i = 0; i < guarantee_count; ++i)
            QVERIFY(m_plan->isOn(Guarantee(i)));
    }

    void setGuarantees_tellsTheJournalOfEachThatChanges()
    {
        JournalReader reader(*m_journal);
        Guarantees guarantees;
        guarantees.set(Guarantee::Inbox, false);
        guarantees.set(Guarantee::PaymentKey, false);
        m_plan->setGuarantees(guarantees);
        m_plan->setGuarantees(guarantees);
        guarantees.set(Guarantee::Inbox, true);
        m_plan->setGuarantees(guarantees);
        std::vector<Entry> entries;
        reader.read(entries, 10);
        QStringList told;
        for (const Entry& entry : entries)
            told << toQString(m_journal->names().text(entry.detail));
        QCOMPARE(told, QStringList({"inbox off", "payment-key off", "inbox on"}));
        QVERIFY(m_plan->isOn(Guarantee::Inbox) && !m_plan->isOn(Guarantee::PaymentKey));
    }

private:
    void set(const QStringList& specs)
    {
        std::vector<Fault> faults;
        for (const QString& spec : specs) {
            const auto fault = parseFault(spec.toStdString());
            QVERIFY2(fault, qPrintable(spec));
            faults.push_back(*fault);
        }
        QVERIFY(m_plan->setFaults(std::move(faults)));
    }

    FaultPoint faultPoint(Seam seam) const
    {
        FaultPoint point;
        point.seam = seam;
        point.event_type = EventType::OrderCreated;
        point.group = "orderlab.payment";
        point.worker = "payment-1";
        point.order = OrderId{*Uuid::parse("019b76da-a800-7f8a-8293-8f46d0adf463")};
        point.customer = "ada";
        return point;
    }

    int strikesOf(int times, Seam seam)
    {
        int strikes = 0;
        for (int i = 0; i < times; ++i)
            strikes += m_plan->ask(faultPoint(seam)).action != FaultAction::None;
        return strikes;
    }

    std::unique_ptr<VirtualRuntime> m_runtime;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<FaultPlan> m_plan;
};

ORDERLAB_TEST(tst_faults, QCoreApplication, TestFaults)
#include "tst_faults.moc"
