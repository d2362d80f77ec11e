#include "simulation/fate.h"

#include "simulation/shipped_scenarios.h"
#include "simulation/worlds.h"
#include "support/test_program.h"
#include "support/verify_result.h"

using namespace orderlab;

namespace {

Scenario shippedForFate(const char* name)
{
    return parseScenario(findShippedScenario(name)->text, "").value();
}

FateOptions quickly(unsigned threads = 2)
{
    FateOptions options;
    options.worlds = 12;
    options.moments = 12;
    options.threads = threads;
    return options;
}

} // namespace

class TestFate : public QObject {
    Q_OBJECT

private slots:
    void doubleCharge_hasItsPointOfNoReturn()
    {
        const Scenario scenario = shippedForFate("double-charge");
        const auto run = simulate(scenario, 5);
        QVERIFY_RESULT(run);
        const auto found = fate(scenario, 5, quickly());
        QVERIFY_RESULT(found);
        const std::vector<FatePoint>& points = found->points;
        QCOMPARE(found->violation.invariant, std::string_view("charged-at-most-once"));
        QCOMPARE(found->violation.entry, run->violations.at(0).entry);
        QVERIFY(points.size() >= 3 && points.size() <= 13);
        QCOMPARE(found->runs, points.size() * 2 * 12);
        QVERIFY(std::is_sorted(points.begin(), points.end(), [](const FatePoint& a, const FatePoint& b) {
            return a.virtual_seconds < b.virtual_seconds && a.entry < b.entry;
        }));
        // At the violation it is certain, whatever is switched on then; at first it was not, and the key would have
        // helped.
        QCOMPARE(points.back().entry, found->violation.entry);
        QCOMPARE(points.back().probability, 1.0);
        QVERIFY(points.front().probability < 1);
        for (const FatePoint& point : points) {
            QCOMPARE(point.with.size(), 1u);
            QVERIFY(point.with[0].first == Guarantee::PaymentKey);
        }
        QCOMPARE(points.front().with[0].second, 0.0);
        QCOMPARE(points.back().with[0].second, 1.0);
        QCOMPARE(found->savers.size(), 1u);
        QVERIFY(found->savers[0].guarantee == Guarantee::PaymentKey);
        QVERIFY(found->savers[0].until_entry < found->violation.entry);
        // The rise that is named is the greatest.
        const double rise = points[found->jump].probability - found->beforeJump();
        QVERIFY(rise > 0);
        for (std::size_t i = 1; i < points.size(); ++i)
            QVERIFY(points[i].probability - points[i - 1].probability <= rise);
        QVERIFY(found->toJson().find(R"("jump":{"entry":)") != std::string::npos);
    }

    void sameQuestion_hasTheSameAnswer()
    {
        const Scenario scenario = shippedForFate("inbox-off");
        const auto one = fate(scenario, 5, quickly(1)), three = fate(scenario, 5, quickly(3));
        QVERIFY_RESULT(one);
        QVERIFY_RESULT(three);
        QCOMPARE(one->toJson(), three->toJson());
        QCOMPARE(one->points.back().probability, 1.0);
    }

    void wrongQuestions_areRefused()
    {
        FateOptions options = quickly();
        QCOMPARE(fate(shippedForFate("happy-day"), 5, options).error().code, ErrorCode::NotFound);
        options.invariant = "luck";
        QCOMPARE(fate(shippedForFate("double-charge"), 5, options).error().field, std::string("invariant"));
        options.invariant = "no-order-lost"; // Is kept.
        QCOMPARE(fate(shippedForFate("double-charge"), 5, options).error().code, ErrorCode::NotFound);
        options = quickly();
        options.worlds = 0;
        QCOMPARE(fate(shippedForFate("double-charge"), 5, options).error().field, std::string("worlds"));
        options = quickly();
        options.moments = 0;
        QCOMPARE(fate(shippedForFate("double-charge"), 5, options).error().field, std::string("moments"));
    }

    void fate_canBeGivenUp()
    {
        FateOptions options = quickly();
        std::atomic<std::size_t> done{0};
        options.on_progress = [&done](std::size_t so_far, std::size_t all) {
            QVERIFY(so_far <= all);
            done = so_far;
        };
        options.give_up = [&done] { return done >= 5; };
        const auto found = fate(shippedForFate("double-charge"), 5, options);
        QCOMPARE(found.error().code, ErrorCode::Canceled);
        QVERIFY(done >= 5 && done < 20);
    }

    void allSeeds_areSortedByTheirFirstViolation()
    {
        const Scenario scenario = shippedForFate("double-charge");
        std::vector<std::uint64_t> told;
        WorldsOptions options;
        options.on_world = [&told](const WorldOutcome& world) {
            told.push_back(world.seed);
            return true;
        };
        const auto worlds = allSeeds(scenario, {1, 20}, options);
        QVERIFY_RESULT(worlds);
        QCOMPARE(worlds->size(), 20u);
        QCOMPARE(told.size(), 20u);
        QVERIFY(std::is_sorted(told.begin(), told.end()));
        double last = 0;
        bool holds = false;
        for (const WorldOutcome& world : *worlds) {
            const auto report = simulate(scenario, world.seed);
            const InvariantOutcome* first = report->firstViolated();
            QCOMPARE(world.first_violation_s.has_value(), first != nullptr);
            QCOMPARE(world.totals.accepted, report->totals.accepted);
            QCOMPARE(world.journal_entries, report->journal_entries);
            QVERIFY(!(holds && first)); // Those that keep everything come last.
            holds = !first;
            if (!first)
                continue;
            QCOMPARE(*world.first_violation_s, first->first->virtual_seconds);
            QVERIFY(*world.first_violation_s >= last);
            last = *world.first_violation_s;
            QVERIFY(!world.violated.empty());
        }
        options.on_world = [](const WorldOutcome& world) { return world.seed < 3; };
        QCOMPARE(allSeeds(scenario, {1, 20}, options).error().code, ErrorCode::Canceled);
    }
};

ORDERLAB_TEST(tst_fate, NoApplication, TestFate)
#include "tst_fate.moc"
