#include "simulation/hunt.h"
#include "simulation/moment_check.h"
#include "simulation/shipped_scenarios.h"
#include "support/test_program.h"
#include "support/verify_result.h"

using namespace orderlab;

class TestHunt : public QObject {
    Q_OBJECT

private slots:
    /// A needle in a haystack: one guarantee off among many faults.
    void aBrokenPromise_isFoundAndMadeSmall()
    {
        Scenario scenario = parseScenario(findShippedScenario("everything-at-once")->text, "").value();
        scenario.guarantees.set(Guarantee::PaymentKey, false);
        HuntOptions options;
        options.seeds = {1, 50};
        options.invariant = "charged-at-most-once";
        int told = 0;
        options.on_progress = [&told](const std::string&) { ++told; };
        const auto report = hunt(scenario, options);
        QVERIFY_RESULT(report);
        QVERIFY(report->found);
        QVERIFY(told > 0);
        QVERIFY(report->shrink_runs <= options.shrink_runs_max);
        const Scenario& small = report->scenario;
        QVERIFY2(small.orders.count <= 3 && small.faults.size() <= 2, small.toJson().c_str());
        QCOMPARE(small.topology.members, std::size_t(1));
        QVERIFY(!small.guarantees[Guarantee::PaymentKey]); // what it is about stays
        // What is written is read, and breaks the same promise.
        const auto again = parseScenario(small.toJson(), "found");
        QVERIFY_RESULT(again);
        QVERIFY(simulate(*again, again->seed)->isViolated("charged-at-most-once"));
        QVERIFY(!again->expectation.violates.empty());
        // The same hunt ends at the same scenario, however many threads look.
        options.threads = 3;
        QCOMPARE(hunt(scenario, options)->scenario.toJson(), small.toJson());
    }

    void superfluousSwitches_areSetBack()
    {
        Scenario scenario = parseScenario(findShippedScenario("inbox-off")->text, "").value();
        scenario.guarantees.set(Guarantee::IdempotencyKey, false);
        scenario.policies.retry.max_attempts = 9;
        scenario.changes = {{std::chrono::milliseconds{100}, parseSetting("members=4").value()}};
        const auto report = hunt(scenario, {});
        QVERIFY(report && report->found);
        QVERIFY(report->scenario.guarantees[Guarantee::IdempotencyKey]);
        QVERIFY(!report->scenario.guarantees[Guarantee::Inbox]);
        QCOMPARE(report->scenario.policies.retry.max_attempts, Policies{}.retry.max_attempts);
        QVERIFY(report->scenario.changes.empty());
        QCOMPARE(report->scenario.orders.count, 1u);
    }

    void theBoundOnRuns_isKept()
    {
        HuntOptions options;
        options.shrink_runs_max = 7;
        const auto report = hunt(parseScenario(findShippedScenario("double-charge")->text, "").value(), options);
        QVERIFY(report && report->found);
        QCOMPARE(report->shrink_runs, std::size_t(7));
        QVERIFY(simulate(report->scenario, report->scenario.seed)->isViolated("charged-at-most-once"));
    }

    void whatNeverHappens_isHunted_data()
    {
        QTest::addColumn<bool>("is_own");
        QTest::newRow("of the scenario") << true;
        QTest::newRow("of the options") << false;
    }
    void whatNeverHappens_isHunted()
    {
        QFETCH(bool, is_own);
        Scenario scenario = parseScenario(findShippedScenario("everything-at-once")->text, "").value();
        const std::string never = "dead-lettered and group=payment";
        HuntOptions options;
        scenario.expectation.never = is_own ? never : "";
        options.never = is_own ? "" : never;
        options.shrink_runs_max = 150;
        const auto report = hunt(scenario, options);
        QVERIFY_RESULT(report);
        QVERIFY(report->found && report->found->hasForbidden());
        QVERIFY2(report->broken.empty(), report->broken.c_str());
        QVERIFY(report->scenario.orders.count < scenario.orders.count);
        QCOMPARE(report->scenario.expectation.never, never);
        const auto again = parseScenario(report->scenario.toJson(), "found");
        QVERIFY_RESULT(again);
        QVERIFY(simulate(*again, again->seed)->hasForbidden());
        QVERIFY2(again->description.find("what must never happen") != std::string::npos, again->description.c_str());
        // Its moment is the entry.
        const auto moment = momentOf(*again, *simulate(*again, again->seed));
        QVERIFY_RESULT(moment);
        QCOMPARE(*moment->entry, report->smallest.never->first);
        QCOMPARE(moment->sha.size(), MomentLine::sha_digits);
    }

    void bothNevers_count()
    {
        Scenario scenario = parseScenario(findShippedScenario("happy-day")->text, "").value();
        scenario.expectation.never = "member-joined and member=nobody";
        HuntOptions options;
        options.seeds = {1, 3};
        options.never = "order-accepted";
        options.shrink_runs_max = 20;
        const auto report = hunt(scenario, options);
        QVERIFY(report && report->found);
        QCOMPARE(report->scenario.expectation.never,
                 std::string("(member-joined and member=nobody) or (order-accepted)"));
        options.never = "order-acepted";
        QCOMPARE(hunt(scenario, options).error().field, std::string("never"));
        // With an invariant alone it does not count.
        scenario.expectation.never = "order-accepted";
        options.never.clear();
        options.invariant = "no-order-lost";
        QVERIFY(!hunt(scenario, options)->found);
    }

    void whatIsToHappen_isMissed()
    {
        Scenario scenario = parseScenario(findShippedScenario("happy-day")->text, "").value();
        scenario.expectation.happens = "member-joined and member=nobody";
        HuntOptions options;
        options.seeds = {1, 5};
        const auto report = hunt(scenario, options);
        QVERIFY(report && !report->found && report->is_missing);
        scenario.expectation.happens = "order-accepted";
        QVERIFY(!hunt(scenario, options)->is_missing);
    }

    void nothingBroken_isNothingFound()
    {
        HuntOptions options;
        options.seeds = {1, 5};
        const auto report = hunt(parseScenario(findShippedScenario("happy-day")->text, "").value(), options);
        QVERIFY(report && !report->found);
        QCOMPARE(report->seeds_tried, 5u);
        QCOMPARE(report->shrink_runs, std::size_t(0));
    }
};

ORDERLAB_TEST(tst_hunt, NoApplication, TestHunt)
#include "tst_hunt.moc"
