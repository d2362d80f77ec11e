#include "simulation/seed_runner.h"
#include "simulation/shipped_scenarios.h"
#include "simulation/swarm.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <map>
#include <mutex>
#include <set>

using namespace orderlab;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr SeedRange swarm{1, 60};
#else
constexpr SeedRange swarm{1, 1'000};
#endif

} // namespace

class TestSwarm : public QObject {
    Q_OBJECT

private slots:
    void scenarios_areValidAndTheSameAgain()
    {
        for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
            const Scenario drawn = swarmScenario(seed);
            const auto source = findScenario(drawn.name);
            QVERIFY2(source, drawn.name.c_str());
            const auto read = parseScenario(source->text, source->file);
            QVERIFY_RESULT(read);
            QVERIFY2(*read == drawn, drawn.name.c_str());
        }
        QVERIFY(!findScenario("swarm-x"));
    }

    /// And what a swarm of a thousand seeds has never struck is not tested by it.
    void promises_areKept()
    {
        std::mutex mutex;
        std::map<EntryKind, std::uint64_t> kinds; ///< Under the mutex.
        SimulationOptions options;
        options.hash = false;
        options.on_entries = [&](std::span<const Entry> entries, const Names&) {
            const std::scoped_lock guard(mutex);
            for (const Entry& entry : entries)
                ++kinds[entry.kind];
        };
        std::set<std::string> struck, broken;
        std::array<std::uint64_t, guarantee_count> off{};
        const auto run = runSeeds(swarmScenario, swarm, 0, options, [&](const SimulationReport& report) {
            const Scenario scenario = swarmScenario(report.seed);
            [&] {
                QVERIFY2(
                    isAsExpected(report, scenario),
                    (scenario.name + ": " + (report.firstViolated() ? report.firstViolated()->first->explanation : ""))
                        .c_str());
            }();
            for (std::size_t i = 0; i < report.faults.size() && i < scenario.faults.size(); ++i) {
                if (report.faults[i].times > 0)
                    struck.insert(std::string(name(scenario.faults[i].seam)) + ' '
                                  + std::string(name(scenario.faults[i].action)));
            }
            for (const InvariantOutcome& one : report.invariants) {
                if (!one.holds)
                    broken.insert(one.name);
            }
            for (std::size_t i = 0; i < guarantee_count; ++i)
                off[i] += !scenario.guarantees[Guarantee(i)];
            return !QTest::currentTestFailed();
        });
        QVERIFY_RESULT(run);
        if (QTest::currentTestFailed() || swarm.last < 1'000)
            return;
        for (int i = 0; i < seam_count; ++i) {
            for (const FaultAction action : actionsAt(Seam(i))) {
                const std::string what = std::string(name(Seam(i))) + ' ' + std::string(name(action));
                QVERIFY2(struck.contains(what), what.c_str());
            }
        }
        using enum EntryKind;
        for (const EntryKind kind :
             {EventParked, RetryScheduled, DeadLettered, WorkPaused, WorkThrottled, CircuitOpened, CircuitClosed,
              DuplicateSkipped, GatewayRefunded, ProcessCrashed, PartitionRevoked})
            QVERIFY2(kinds[kind] > 0, std::string(name(kind)).c_str());
        for (std::size_t i = 0; i < guarantee_count; ++i)
            QVERIFY2(off[i] > 0, std::string(name(Guarantee(i))).c_str());
        QVERIFY(broken.contains("effects-happen-once") && broken.contains("charged-at-most-once"));
    }
};

ORDERLAB_TEST(tst_swarm, QCoreApplication, TestSwarm)
#include "tst_swarm.moc"
