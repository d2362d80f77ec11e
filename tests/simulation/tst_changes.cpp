#include "lab/lab.h"
#include "simulation/shipped_scenarios.h"
#include "simulation/told_run.h"
#include "support/test_program.h"
#include "support/verify_result.h"

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t changes_seed = 7;

/// Nobody orders; what happens comes by changes.
Scenario emptyScenario(std::vector<Change> changes = {})
{
    Scenario scenario;
    scenario.orders.count = 0;
    scenario.changes = std::move(changes);
    return scenario;
}

/// Ada orders at 1 s; the payment takes a second, so that there is time to do something.
Scenario adaOrders()
{
    Scenario scenario = emptyScenario({changeAt(1s, "order=ada,19.99,EUR")});
    scenario.gateway_latency = 1s;
    return scenario;
}

/// With a customer whose payment can never be handled: one dead letter of the group payment.
Scenario poisoned()
{
    return emptyScenario({changeAt(1s, "order=user-poison,5.00,EUR")});
}

Scenario withChange(Scenario scenario, Duration at, const std::string& setting)
{
    scenario.changes.push_back(changeAt(at, setting));
    return scenario;
}

std::string uuidOfNothing()
{
    return "019b76da-a943-728e-8554-1462f226ab66";
}

} // namespace

class TestChanges : public QObject {
    Q_OBJECT

private slots:
    void nobodyAndNothing_isAShortRun()
    {
        const auto run = tellRun(emptyScenario(), changes_seed);
        QVERIFY_RESULT(run);
        QCOMPARE((*run)->report.totals.accepted, 0);
        QVERIFY((*run)->report.holds());
    }

    void placedOrder_isAnOrderLikeAnyOther()
    {
        const auto run = tellRun(adaOrders(), changes_seed);
        QVERIFY_RESULT(run);
        const auto accepted = (*run)->all(EntryKind::OrderAccepted);
        QCOMPARE(accepted.size(), 1u);
        QCOMPARE((*run)->text(accepted[0].actor), std::string_view("ada"));
        QCOMPARE(accepted[0].value, 1'999);
        QVERIFY(sinceStart(accepted[0]) > 1s && sinceStart(accepted[0]) < 1100ms);
        QCOMPARE((*run)->report.totals.paid, 1);
        QVERIFY((*run)->report.holds() && (*run)->report.refused.empty());
    }

    void placedOrders_areTheMix()
    {
        const auto run = tellRun(emptyScenario({changeAt(1s, "orders=40")}), changes_seed);
        QVERIFY_RESULT(run);
        QCOMPARE((*run)->report.totals.accepted, 40);
        QCOMPARE((*run)->report.totals.failed, 4); // One in ten is declined.
        for (const Entry& accepted : (*run)->all(EntryKind::OrderAccepted))
            QVERIFY(sinceStart(accepted) > 1s && sinceStart(accepted) < 1200ms);
        const auto slow = tellRun(emptyScenario({changeAt(1s, "orders=40,pause=50ms")}), changes_seed);
        QVERIFY_RESULT(slow);
        QCOMPARE((*slow)->report.totals.accepted, 40);
        QVERIFY(sinceStart((*slow)->all(EntryKind::OrderAccepted).back()) > 2s);
    }

    void placedOrders_countAsMuchAsTheScenariosOwn()
    {
        // The own customers are long gone by then; the run goes on all the same.
        Scenario scenario;
        scenario.orders.count = 3;
        scenario.changes = {changeAt(20s, "orders=5"), changeAt(30s, "order=grace")};
        const auto run = tellRun(scenario, changes_seed);
        QVERIFY_RESULT(run);
        QCOMPARE((*run)->report.totals.accepted, 9);
        QCOMPARE((*run)->report.totals.in_flight, 0);
    }

    void canceledOrder_isCanceled()
    {
        const auto before = tellRun(adaOrders(), changes_seed);
        QVERIFY_RESULT(before);
        const Entry order = (*before)->all(EntryKind::OrderAccepted).at(0);
        const auto run = tellRun(withChange(adaOrders(), 1200ms, "cancel=" + order.order.toString()), changes_seed);
        QVERIFY_RESULT(run);
        QCOMPARE((*run)->report.totals.canceled, 1);
        QCOMPARE((*run)->report.totals.paid, 0);
        // Removed again it is the run of before.
        QCOMPARE(simulate(adaOrders(), changes_seed)->journal_sha256, (*before)->report.journal_sha256);
        QVERIFY((*run)->report.journal_sha256 != (*before)->report.journal_sha256);
    }

    void crash_killsWhoItNames_data()
    {
        QTest::addColumn<QByteArray>("who");
        QTest::addColumn<bool>("is_told_of_restart");
        QTest::newRow("member") << QByteArray("payment-2") << true;
        QTest::newRow("relay") << QByteArray("relay-1") << true;
        QTest::newRow("api") << QByteArray("api") << false;
    }
    void crash_killsWhoItNames()
    {
        QFETCH(QByteArray, who);
        QFETCH(bool, is_told_of_restart);
        Scenario scenario;
        scenario.changes = {changeAt(100ms, "crash=" + who.toStdString() + ",restart=300ms")};
        const auto run = tellRun(scenario, changes_seed);
        QVERIFY_RESULT(run);
        const auto crashed = (*run)->all(EntryKind::ProcessCrashed);
        QCOMPARE(crashed.size(), 1u);
        QCOMPARE((*run)->text(crashed[0].actor), std::string_view(who.constData()));
        QVERIFY(sinceStart(crashed[0]) == 100ms);
        QCOMPARE(crashed[0].value, 300);
        const auto restarted = (*run)->all(EntryKind::ProcessRestarted);
        QCOMPARE(restarted.size(), is_told_of_restart ? 1u : 0u);
        QVERIFY(restarted.empty() || sinceStart(restarted[0]) >= 400ms);
        // Meanwhile it does nothing.
        const bool is_relay = who == "relay-1";
        for (const Entry& entry : (*run)->entries) {
            const bool is_work = entry.kind == (is_relay ? EntryKind::EventPublished : EntryKind::OrderAccepted);
            if (is_work && who != "payment-2")
                QVERIFY(sinceStart(entry) <= 104ms || sinceStart(entry) >= 400ms);
        }
        QVERIFY((*run)->report.holds());
        QCOMPARE((*run)->report.totals.in_flight, 0);
    }

    void members_ofOneGroup()
    {
        Scenario scenario;
        scenario.changes = {changeAt(200ms, "members.payment=4"), changeAt(400ms, "members.analytics=1")};
        const auto run = tellRun(scenario, changes_seed);
        QVERIFY_RESULT(run);
        QCOMPARE((*run)->of("payment", EntryKind::MemberJoined).size(), 4u);
        QCOMPARE((*run)->of("analytics", EntryKind::MemberJoined).size(), 2u);
        QCOMPARE((*run)->of("notification", EntryKind::MemberJoined).size(), 2u);
        const auto left = (*run)->of("analytics", EntryKind::MemberLeft);
        QVERIFY(!left.empty() && sinceStart(left.front()) < 500ms);
    }

    void stoppedFault_strikesNoMore()
    {
        Scenario scenario;
        scenario.orders.count = 100;
        scenario.faults = {parseFault("gateway-call=decline").value(),
                           parseFault("gateway-call=delay,delay=1ms").value()};
        const auto before = tellRun(scenario, changes_seed);
        scenario.changes = {changeAt(500ms, "fault-off=gateway-call=decline")};
        const auto run = tellRun(scenario, changes_seed);
        QVERIFY(before && run);
        const auto lastDecline = [](const ToldRun& of) {
            Duration last{0};
            for (const Entry& entry : of.all(EntryKind::FaultInjected)) {
                if (of.text(entry.detail) == "gateway-call decline")
                    last = sinceStart(entry);
            }
            return last;
        };
        QVERIFY(lastDecline(**before) > 1s);
        QVERIFY(lastDecline(**run) > 300ms && lastDecline(**run) < 500ms);
        // The other one goes on, and the strikes of both are counted.
        QCOMPARE((*run)->text((*run)->all(EntryKind::FaultInjected).back().detail),
                 std::string_view("gateway-call delay"));
        QCOMPARE((*run)->report.faults.size(), 2u);
        QVERIFY((*run)->report.faults[0].times > 0 && (*run)->report.faults[1].times > 0);
    }

    void fault_afterTheSafetyPhaseLastsForItsOwnTime()
    {
        Scenario scenario =
            emptyScenario({changeAt(12s, "fault=gateway-call=decline,for=2s"), changeAt(13s, "order=ada"),
                           changeAt(15s, "order=grace"), changeAt(16s, "fault=gateway-call=decline"),
                           changeAt(17s, "order=alan"), changeAt(18s, "faults=none"), changeAt(19s, "order=linus")});
        const auto run = tellRun(scenario, changes_seed);
        QVERIFY_RESULT(run);
        QCOMPARE((*run)->report.totals.failed, 2);
        QCOMPARE((*run)->report.totals.paid, 2);
        QVERIFY((*run)->report.virtual_seconds < 60);
    }

    void deadLetter_isReplayedAsItIsAndCorrected()
    {
        const auto before = tellRun(poisoned(), changes_seed);
        QVERIFY_RESULT(before);
        const auto dead = (*before)->of("payment", EntryKind::DeadLettered);
        QCOMPARE(dead.size(), 1u);
        const Uuid event = dead[0].event;
        const Duration later = sinceStart(dead[0]) + 1s;
        const std::string replay = "replay=payment," + event.toString();
        const auto again = tellRun(withChange(poisoned(), later, replay), changes_seed);
        QVERIFY_RESULT(again);
        const auto replayed = (*again)->all(EntryKind::DeadLetterReplayed, event);
        QCOMPARE(replayed.size(), 1u);
        QVERIFY(sinceStart(replayed[0]) >= later && sinceStart(replayed[0]) < later + 100ms);
        QCOMPARE((*again)->of("payment", EntryKind::DeadLettered, event).size(), 2u); // It fails again.
        const auto corrected =
            tellRun(withChange(poisoned(), later, replay + R"(,{"user_id":"ada","amount":"5.00","currency":"EUR"})"),
                    changes_seed);
        QVERIFY_RESULT(corrected);
        QCOMPARE((*corrected)->report.totals.paid, 1);
        QVERIFY((*corrected)->report.refused.empty());
        QCOMPARE(simulate(poisoned(), changes_seed)->journal_sha256, (*before)->report.journal_sha256);
    }

    void deadLetter_isDiscarded()
    {
        const auto before = tellRun(poisoned(), changes_seed);
        QVERIFY_RESULT(before);
        const Entry dead = (*before)->of("payment", EntryKind::DeadLettered).at(0);
        const std::string discard = "discard=payment," + dead.event.toString() + ",not ours";
        const Scenario twice =
            withChange(withChange(poisoned(), sinceStart(dead) + 1s, discard), sinceStart(dead) + 2s, discard);
        const auto run = tellRun(twice, changes_seed);
        QVERIFY_RESULT(run);
        QCOMPARE((*run)->all(EntryKind::DeadLetterDiscarded, dead.event).size(), 1u);
        // The second comes too late.
        QCOMPARE((*run)->report.refused.size(), 1u);
        QVERIFY((*run)->report.refused[0].change == twice.changes.back());
    }

    void droppedDelivery_isLostWithItsMember()
    {
        const auto before = tellRun(adaOrders(), changes_seed);
        QVERIFY_RESULT(before);
        const Entry published = (*before)->all(EntryKind::EventPublished).at(0);
        const auto run =
            tellRun(withChange(adaOrders(), 1s, "drop=notification," + published.event.toString()), changes_seed);
        QVERIFY_RESULT(run);
        QCOMPARE((*before)->of("notification", EntryKind::EventDelivered, published.event).size(), 1u);
        QCOMPARE((*run)->of("notification", EntryKind::EventDelivered, published.event).size(), 2u);
        const auto crashed = (*run)->all(EntryKind::ProcessCrashed);
        QCOMPARE(crashed.size(), 1u);
        QVERIFY((*run)->text(crashed[0].actor).starts_with("notification-"));
        QVERIFY((*run)->report.holds() && (*run)->report.refused.empty());
        // At most once, and it is lost for good.
        Scenario at_most_once = withChange(adaOrders(), 1s, "drop=notification," + published.event.toString());
        at_most_once.guarantees.set(Guarantee::AckAfterProcessing, false);
        QVERIFY(simulate(at_most_once, changes_seed)->isViolated("every-event-handled-or-dead"));
    }

    void delayedDelivery_comesLater()
    {
        const auto before = tellRun(adaOrders(), changes_seed);
        QVERIFY_RESULT(before);
        const Entry published = (*before)->all(EntryKind::EventPublished).at(0);
        const auto run = tellRun(
            withChange(adaOrders(), 1s, "delay=notification," + published.event.toString() + ",700ms"), changes_seed);
        QVERIFY_RESULT(run);
        const auto was = (*before)->of("notification", EntryKind::EventDelivered, published.event);
        const auto is = (*run)->of("notification", EntryKind::EventDelivered, published.event);
        QCOMPARE(is.size(), 1u);
        QVERIFY(sinceStart(was.at(0)) < 1100ms);
        QVERIFY(sinceStart(is[0]) >= sinceStart(published) + 700ms && sinceStart(is[0]) < 2s);
        QCOMPARE((*run)->all(EntryKind::FaultInjected).size(), 1u);
    }

    void resetGroup_seesItsEventsAgain_orSkipsThem()
    {
        const auto again = tellRun(withChange(adaOrders(), 5s, "reset=notification,earliest"), changes_seed);
        QVERIFY_RESULT(again);
        QVERIFY((*again)->report.refused.empty() && (*again)->report.holds());
        const Entry created = (*again)->all(EntryKind::EventPublished).at(0);
        QCOMPARE((*again)->of("notification", EntryKind::EventDelivered, created.event).size(), 2u);
        QCOMPARE((*again)->of("notification", EntryKind::DuplicateSkipped, created.event).size(), 1u); // its inbox
        QCOMPARE((*again)->of("notification", EntryKind::MemberLeft).size(), 4u); // The last two at the end.
        QCOMPARE((*again)->of("notification", EntryKind::MemberJoined).size(), 4u);
        QCOMPARE((*again)->of("payment", EntryKind::MemberJoined).size(), 2u);
        // Not what it has read since a time at which all was done, nor another topic.
        for (const char* setting : {"reset=notification,time:4s", "reset=notification,offset:1000",
                                    "reset=notification,earliest,topic=payment-refunded"}) {
            const auto none = tellRun(withChange(adaOrders(), 5s, setting), changes_seed);
            QVERIFY_RESULT(none);
            QVERIFY2((*none)->report.refused.empty(), setting);
            QCOMPARE((*none)->all(EntryKind::DuplicateSkipped).size(), 0u);
        }
        // Events wait while the group is slow with the first ones; those that wait it never sees.
        const Scenario slow = emptyScenario({changeAt(500ms, "fault=handler-entry=delay,delay=500ms,group=analytics"),
                                             changeAt(1s, "orders=60"), changeAt(1300ms, "reset=analytics,latest")});
        const auto skipped = tellRun(slow, changes_seed);
        QVERIFY_RESULT(skipped);
        QVERIFY((*skipped)->report.refused.empty());
        QCOMPARE((*skipped)->report.totals.accepted, 60);
        QVERIFY(!(*skipped)->of("analytics", EntryKind::OffsetsReset).empty());
        QVERIFY((*skipped)->of("analytics", EntryKind::EventDelivered).size()
                < (*skipped)->of("notification", EntryKind::EventDelivered).size());
    }

    void reseed_isAnotherWorldFromThenOn()
    {
        const Scenario scenario = parseScenario(findShippedScenario("duplicate-delivery")->text, "").value();
        const auto before = tellRun(scenario, changes_seed);
        const auto one = tellRun(withChange(scenario, 300ms, "seed=1"), changes_seed);
        const auto two = tellRun(withChange(scenario, 300ms, "seed=2"), changes_seed);
        const auto same = tellRun(withChange(scenario, 300ms, "seed=7"), changes_seed); // The run's own.
        QVERIFY(before && one && two && same);
        for (const ToldRun* run : {one->get(), two->get(), same->get()}) {
            std::size_t alike = 0;
            while (alike < run->entries.size() && run->entries[alike] == (*before)->entries.at(alike))
                ++alike;
            QVERIFY(sinceStart(run->entries.at(alike)) >= 300ms);
            QVERIFY(sinceStart(run->entries.at(alike)) < 350ms);
            QVERIFY(run->report.holds());
        }
        QVERIFY((*one)->report.journal_sha256 != (*two)->report.journal_sha256);
        // Those who come later buy something else.
        const auto amounts = [](const ToldRun& run) {
            std::vector<std::int32_t> all;
            for (const Entry& entry : run.all(EntryKind::OrderAccepted))
                all.push_back(entry.value);
            return all;
        };
        QVERIFY(amounts(**one) != amounts(**two));
        QCOMPARE(tellRun(withChange(scenario, 300ms, "seed=1"), changes_seed).value()->report.journal_sha256,
                 (*one)->report.journal_sha256);
        // The same number twice within a moment brings no identifier back.
        const auto twice = tellRun(
            withChange(withChange(withChange(withChange(emptyScenario(), 1s, "seed=3"), 1s, "order=ada"), 1s, "seed=3"),
                       1s, "order=ada"),
            changes_seed);
        QVERIFY_RESULT(twice);
        QCOMPARE((*twice)->report.totals.accepted, 2);
    }

    void whatCannotBeDone_isTold_data()
    {
        QTest::addColumn<QByteArray>("setting");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const std::string& setting, const char* reason) {
            QTest::newRow(setting.substr(0, 30).c_str()) << QByteArray::fromStdString(setting) << QByteArray(reason);
        };
        row("crash=payment-9", "no process payment-9 runs here");
        row("cancel=" + uuidOfNothing(), "there is no order with this id");
        row("replay=payment," + uuidOfNothing(), "has no dead letter of event");
        row("discard=payment," + uuidOfNothing(), "has no dead letter of event");
        row("replay=billing," + uuidOfNothing(), "no group billing runs here");
        row("drop=payment," + uuidOfNothing(), "was not delivered to group payment again");
        row("delay=payment," + uuidOfNothing() + ",1s", "was not delivered to group payment again");
        row("drop=billing," + uuidOfNothing(), "no group billing runs here");
        row("members.billing=2", "no group billing runs here");
        row("reset=billing,earliest", "no group billing runs here");
        row("reset=payment,earliest,topic=payment-failed", "has read no such partition");
        row("fault-off=gateway-call=decline", "no such fault is set");
    }
    void whatCannotBeDone_isTold()
    {
        QFETCH(QByteArray, setting);
        QFETCH(QByteArray, reason);
        const Scenario scenario = withChange(adaOrders(), 4s, setting.toStdString());
        const auto report = simulate(scenario, changes_seed);
        QVERIFY_RESULT(report);
        QCOMPARE(report->refused.size(), 1u);
        QVERIFY(report->refused[0].change == scenario.changes.back());
        QVERIFY2(report->refused[0].reason.find(reason.toStdString()) != std::string::npos,
                 report->refused[0].reason.c_str());
        QVERIFY2(report->toJson().find(R"("refused":[{"at_s":4E0,"set":)") != std::string::npos,
                 report->toJson().c_str());
        QVERIFY(report->holds());
        QCOMPARE(report->totals.paid, 1);
        QVERIFY2(report->virtual_seconds < 30, std::to_string(report->virtual_seconds).c_str());
    }

    void crashOfWhatIsDown_isTold()
    {
        for (const char* who : {"payment-1", "relay-1", "api"}) {
            const std::string crash = std::string("crash=") + who + ",restart=2s";
            const auto report = simulate(withChange(withChange(adaOrders(), 5s, crash), 6s, crash), changes_seed);
            QVERIFY_RESULT(report);
            QCOMPARE(report->refused.size(), 1u);
            QCOMPARE(report->refused[0].reason, std::string(who) + " is down already");
        }
    }

    void changesOfOneTime_comeInTheirOrder()
    {
        // Taken back at once: the order comes after both.
        const auto run = tellRun(emptyScenario({changeAt(1s, "fault=gateway-call=decline"), changeAt(1s, "order=ada"),
                                                changeAt(1s, "faults=none")}),
                                 changes_seed);
        QVERIFY_RESULT(run);
        QCOMPARE((*run)->report.totals.paid, 1);
        std::vector<EntryKind> kinds;
        for (const Entry& entry : (*run)->entries) {
            if (sinceStart(entry) == 1s)
                kinds.push_back(entry.kind);
        }
        QVERIFY(kinds.size() >= 2 && kinds[0] == EntryKind::FaultsChanged && kinds[1] == EntryKind::FaultsChanged);
    }

    void manyChanges_areMade()
    {
        Scenario scenario = emptyScenario();
        for (int i = 0; i < 1'000; ++i)
            scenario.changes.push_back(changeAt(1s, i % 2 == 0 ? "inbox=off" : "inbox=on"));
        scenario.changes.back() = changeAt(2s, "order=ada");
        const auto run = tellRun(scenario, changes_seed);
        QVERIFY_RESULT(run);
        QCOMPARE((*run)->all(EntryKind::GuaranteeSwitched).size(), 999u);
        std::vector<JsonProblem> problems;
        QVERIFY(readScenario(scenario.toJson(), problems) == scenario);
        scenario.changes.push_back(changeAt(2s, "order=ada"));
        QVERIFY(!readScenario(scenario.toJson(), problems));
    }

    void stopsAfterEntries_andLetsLookInside()
    {
        const auto whole = tellRun(poisoned(), changes_seed);
        QVERIFY_RESULT(whole);
        std::size_t at = 0;
        while ((*whole)->entries.at(at).kind != EntryKind::DeadLettered)
            ++at;
        for (const bool is_there : {false, true}) {
            SimulationOptions options;
            options.stop_after_entries = at + (is_there ? 1 : 0);
            std::size_t letters = 99, orders = 99;
            options.at_stop = [&](Lab& lab, VirtualRuntime& runtime) {
                const TimePoint now = runtime.now();
                letters = runtime.run(lab.deadLetters().list({})).value().letters.size();
                orders = runtime.run(lab.orders().list({})).value().orders.size();
                QVERIFY(runtime.now() == now);
            };
            const auto part = tellRun(poisoned(), changes_seed, options);
            QVERIFY_RESULT(part);
            QVERIFY(!(*part)->report.is_whole);
            QCOMPARE(orders, 1u);
            QCOMPARE(letters, is_there ? 1u : 0u);
            QVERIFY((*part)->entries.size() >= *options.stop_after_entries);
            QVERIFY((*part)->entries.size() < *options.stop_after_entries + 10);
            QVERIFY(std::equal((*part)->entries.begin(), (*part)->entries.end(), (*whole)->entries.begin()));
            QVERIFY((*part)->report.holds());
        }
    }

    void lookInside_changesNothing()
    {
        Scenario scenario = poisoned();
        scenario.faults = {parseFault("database=away").value()};
        scenario.fault_time = 20s;
        scenario.changes.push_back(changeAt(500ms, "faults=none"));
        scenario.changes.push_back(changeAt(30s, "fault=database=away"));
        SimulationOptions options;
        std::size_t orders = 0;
        options.at_stop = [&](Lab& lab, VirtualRuntime& runtime) {
            orders = runtime.run(lab.orders().list({})).value().orders.size(); // Though the database is away.
        };
        const auto report = simulate(scenario, changes_seed, options);
        QVERIFY_RESULT(report);
        QCOMPARE(orders, 1u);
        QVERIFY(report->is_whole);
        QCOMPARE(report->journal_sha256, simulate(scenario, changes_seed)->journal_sha256);
    }

    void run_canBeGivenUpAndBounded()
    {
        Scenario scenario;
        scenario.orders.count = 1'000;
        SimulationOptions options;
        int asked = 0;
        options.give_up = [&asked] { return ++asked > 3; };
        QCOMPARE(simulate(scenario, changes_seed, options).error().code, ErrorCode::Canceled);
        QCOMPARE(asked, 4);
        SimulationOptions bounded;
        bounded.entries_max = 500;
        const auto too_long = simulate(scenario, changes_seed, bounded);
        QCOMPARE(too_long.error().code, ErrorCode::Exhausted);
        QCOMPARE(too_long.error().message, std::string("the run has more than 500 journal entries"));
    }

    void violations_nameTheirEntry()
    {
        Scenario scenario = parseScenario(findShippedScenario("inbox-off")->text, "").value();
        scenario.orders.count = 500;
        const auto run = tellRun(scenario, 5);
        QVERIFY_RESULT(run);
        const SimulationReport& report = (*run)->report;
        std::uint64_t counted = 0;
        for (const InvariantOutcome& outcome : report.invariants)
            counted += outcome.violations;
        QVERIFY(counted > Checker::explained_max); // More than a live system keeps.
        QCOMPARE(report.violations.size(), counted);
        for (const Violation& violation : report.violations) {
            const Entry& entry = (*run)->entries.at(violation.entry);
            QCOMPARE(entry.time_us, violation.time_us);
            QVERIFY(entry.order == Uuid(violation.order));
        }
        QVERIFY(std::is_sorted(report.violations.begin(), report.violations.end(),
                               [](const Violation& a, const Violation& b) { return a.entry < b.entry; }));
    }
};

ORDERLAB_TEST(tst_changes, NoApplication, TestChanges)
#include "tst_changes.moc"
