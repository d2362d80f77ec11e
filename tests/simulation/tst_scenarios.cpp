#include "simulation/seed_runner.h"
#include "simulation/shipped_scenarios.h"
#include "support/effort.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <map>
#include <set>

using namespace orderlab;

namespace {

Scenario shipped(const char* name)
{
    const EmbeddedText* text = findShippedScenario(name);
    if (!text)
        throw std::logic_error(name);
    return parseScenario(text->text, name).value();
}

constexpr SeedRange twenty{1, 20};

} // namespace

class TestScenarios : public QObject {
    Q_OBJECT

private slots:
    void shippedScenarios_showWhatTheyPromise_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const EmbeddedText& text : shippedScenarios())
            QTest::newRow(std::string(text.name).c_str()) << QByteArray(text.name.data(), qsizetype(text.name.size()));
        QVERIFY(shippedScenarios().size() >= 10);
    }
    /// Each promise that is to break does so within 20 seeds, and no other one does.
    void shippedScenarios_showWhatTheyPromise()
    {
        QFETCH(QByteArray, name);
        const Scenario scenario = shipped(name.constData());
        QCOMPARE(scenario.name, name.toStdString());
        QVERIFY(!scenario.description.empty());
        std::set<std::string> broken;
        std::vector<std::uint64_t> strikes(scenario.faults.size());
        QByteArray stories;
        std::uint64_t happened = 0, forbidden = 0;
        SimulationOptions options;
        options.hash = false;
        const auto run = runSeeds(scenario, twenty, 0, options, [&](const SimulationReport& report) {
            for (const InvariantOutcome& one : report.invariants) {
                if (one.holds || !broken.insert(one.name).second)
                    continue;
                stories += "seed " + QByteArray::number(quint64(report.seed)) + ": " + one.name.c_str() + ": "
                           + one.first->explanation.c_str() + '\n';
            }
            happened += report.happens ? report.happens->hits : 0;
            forbidden += report.never ? report.never->hits : 0;
            bool all_struck = true;
            for (std::size_t i = 0; i < strikes.size(); ++i)
                all_struck = (strikes[i] += report.faults.at(i).times) > 0 && all_struck;
            return !is_sanitized || !all_struck || (report.happens && happened == 0)
                   || broken.size() < scenario.expectation.violates.size();
        });
        QVERIFY_RESULT(run);
        const auto& expected = scenario.expectation.violates;
        QVERIFY2(broken == std::set<std::string>(expected.begin(), expected.end()),
                 stories.isEmpty() ? "nothing was broken" : stories.constData());
        QCOMPARE(happened > 0, !scenario.expectation.happens.empty());
        QCOMPARE(forbidden, std::uint64_t(0));
        for (std::size_t i = 0; i < strikes.size(); ++i)
            QVERIFY2(strikes[i] > 0, ("never struck: " + scenario.faults[i].toString()).c_str());
    }

    /// What descriptions say of how it goes, held against the runs.
    void poison_isGivenUpAtTheFirstAttempt()
    {
        const Scenario scenario = shipped("poison");
        QVERIFY(scenario.description.find("the first attempt") != std::string::npos);
        const auto report = simulate(scenario, 1);
        QVERIFY(report);
        QVERIFY(report->totals.dead_letters > 0);
        QCOMPARE(report->totals.retries, std::int64_t(0));
        QCOMPARE(report->totals.attempts_failed, report->totals.dead_letters);
    }

    /// What breaks a promise does not break it while the guarantee is on.
    void guaranteesOn_keepThePromises()
    {
        for (const EmbeddedText& text : shippedScenarios()) {
            Scenario scenario = shipped(std::string(text.name).c_str());
            if (scenario.expectation.violates.empty())
                continue;
            scenario.guarantees = {};
            SimulationOptions options;
            options.hash = false;
            const auto run =
                runSeeds(scenario, {1, std::uint64_t(effort(20))}, 0, options, [&](const SimulationReport& report) {
                    const InvariantOutcome* first = report.firstViolated();
                    [&] {
                        QVERIFY2(!first, (scenario.name + ": " + (first ? first->first->explanation : "")).c_str());
                    }();
                    return !first;
                });
            QVERIFY(run);
        }
    }

    void aSeed_isTheSameRunOnAnyNumberOfThreads()
    {
        const Scenario scenario = shipped("everything-at-once");
        std::vector<std::string> alone, together;
        for (const auto& [threads, hashes] : {std::pair{1u, &alone}, std::pair{4u, &together}}) {
            QVERIFY(runSeeds(scenario, {1, 8}, threads, {}, [to = hashes](const SimulationReport& report) {
                to->push_back(report.toJson());
                return true;
            }));
        }
        QCOMPARE(alone.size(), std::size_t(8));
        QVERIFY(alone == together);
        QVERIFY(std::set<std::string>(alone.begin(), alone.end()).size() == 8);
    }

    void seeds_comeInOrderAndStopWhenAsked()
    {
        Scenario scenario;
        scenario.orders.count = 3;
        std::vector<std::uint64_t> seeds;
        QVERIFY(runSeeds(scenario, {5, 500}, 4, {}, [&](const SimulationReport& report) {
            seeds.push_back(report.seed);
            return seeds.size() < 6;
        }));
        QVERIFY((seeds == std::vector<std::uint64_t>{5, 6, 7, 8, 9, 10}));
        // The last seed there is has none behind it.
        const std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
        seeds.clear();
        QVERIFY(runSeeds(scenario, {last - 1, last}, 4, {}, [&](const SimulationReport& report) {
            seeds.push_back(report.seed);
            return true;
        }));
        QVERIFY((seeds == std::vector<std::uint64_t>{last - 1, last}));
    }

    void expectedEntries_areCounted()
    {
        Scenario scenario = shipped("double-charge");
        scenario.expectation.happens = "gateway-charged preceded-by gateway-charged same order";
        scenario.expectation.never = "order-accepted followed-by gateway-charged same order";
        std::vector<Entry> entries;
        SimulationOptions options;
        options.on_entries = [&](std::span<const Entry> batch, const Names&) {
            entries.insert(entries.end(), batch.begin(), batch.end());
        };
        const auto report = simulate(scenario, 4, options);
        QVERIFY_RESULT(report);
        std::map<Uuid, int> charges;
        std::vector<std::size_t> again, paid_later;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (entries[i].kind == EntryKind::GatewayCharged && charges[entries[i].order]++ > 0)
                again.push_back(i);
        }
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (entries[i].kind == EntryKind::OrderAccepted && charges.contains(entries[i].order))
                paid_later.push_back(i);
        }
        QVERIFY(!again.empty() && !paid_later.empty());
        QCOMPARE(report->happens->hits, std::uint64_t(again.size()));
        QCOMPARE(report->happens->first, std::uint64_t(again.front()));
        QCOMPARE(report->never->hits, std::uint64_t(paid_later.size()));
        QCOMPARE(report->never->first, std::uint64_t(paid_later.front()));
        QVERIFY(report->hasForbidden());
        QVERIFY(report->toJson().find("\"never\":{\"query\":\"order-accepted followed-by") != std::string::npos);
    }

    void faults_stopWhenTheSafetyPhaseEnds()
    {
        Scenario scenario;
        scenario.orders.test_customer_share = 0;
        scenario.faults = {parseFault("handler-entry=fail").value()}; // always: nothing could ever be done
        scenario.fault_time = std::chrono::seconds{1};
        scenario.policies.retry.max_attempts = 100;
        std::int64_t last_us = 0;
        SimulationOptions options;
        options.on_entries = [&](std::span<const Entry> entries, const Names&) {
            for (const Entry& entry : entries)
                last_us = entry.kind == EntryKind::FaultInjected ? entry.time_us : last_us;
        };
        const auto report = simulate(scenario, 1, options);
        QVERIFY(report);
        QVERIFY2(report->faults_injected >= 10, std::to_string(report->faults_injected).c_str());
        const TimePoint stop =
            TimePoint{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}} + std::chrono::seconds{1};
        QVERIFY(last_us < toMicros(stop));
        QCOMPARE(report->totals.in_flight, 0);
        QVERIFY(report->holds());
    }

    void aNarrowNetwork_takesLongerAndBreaksNothing()
    {
        Scenario scenario;
        scenario.orders.count = 30;
        scenario.orders.test_customer_share = 0; // Their retries take the longest.
        scenario.fault_time = std::chrono::seconds{30};
        double wide_s = 0;
        for (const char* fault : {"", "network=throttle,rate=1KB", "network=throttle,rate=1KB,probability=0.5"}) {
            if (*fault)
                scenario.faults = {parseFault(fault).value()};
            const auto report = simulate(scenario, 3);
            QVERIFY_RESULT(report);
            const InvariantOutcome* broken = report->firstViolated();
            QVERIFY2(!broken, broken ? broken->first->explanation.c_str() : "");
            QCOMPARE(report->totals.in_flight, 0);
            if (!*fault) {
                wide_s = report->virtual_seconds;
                continue;
            }
            QVERIFY(report->faults_injected > 100);
            const std::string times =
                std::to_string(report->virtual_seconds) + " s, not more than " + std::to_string(wide_s);
            QVERIFY2(report->virtual_seconds > wide_s + 1, times.c_str());
            QCOMPARE(simulate(scenario, 3)->journal_sha256, report->journal_sha256);
        }
    }

    void theLargestTopology_runs()
    {
        Scenario scenario;
        scenario.topology = {.partitions = 64, .members = 16};
        scenario.orders.count = 20;
        const auto report = simulate(scenario, 1);
        QVERIFY_RESULT(report);
        QVERIFY(report->holds());
    }

    void fewerOrders_areTheSameOrders()
    {
        const auto customers = [](std::uint64_t count) {
            Scenario scenario;
            scenario.orders.count = count;
            std::vector<std::pair<std::string, std::int32_t>> orders;
            SimulationOptions options;
            options.on_entries = [&](std::span<const Entry> entries, const Names& names) {
                for (const Entry& entry : entries) {
                    if (entry.kind == EntryKind::OrderAccepted)
                        orders.emplace_back(names.text(entry.actor), entry.value);
                }
            };
            (void)simulate(scenario, 7, options).value();
            std::sort(orders.begin(), orders.end());
            return orders;
        };
        const auto few = customers(5), many = customers(40);
        QCOMPARE(few.size(), std::size_t(5));
        QVERIFY(std::includes(many.begin(), many.end(), few.begin(), few.end()));
    }
};

ORDERLAB_TEST(tst_scenarios, NoApplication, TestScenarios)
#include "tst_scenarios.moc"
