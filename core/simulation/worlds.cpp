#include "simulation/worlds.h"

#include <algorithm>
#include <limits>

namespace orderlab {

namespace {

WorldOutcome outcomeOf(const SimulationReport& report)
{
    WorldOutcome outcome;
    outcome.seed = report.seed;
    for (const InvariantOutcome& invariant : report.invariants) {
        if (!invariant.holds)
            outcome.violated.push_back(invariant.name);
    }
    if (const InvariantOutcome* first = report.firstViolated())
        outcome.first_violation_s = first->first->virtual_seconds;
    outcome.totals = report.totals;
    outcome.virtual_seconds = report.virtual_seconds;
    outcome.journal_entries = report.journal_entries;
    return outcome;
}

} // namespace

Result<std::vector<WorldOutcome>> allSeeds(const Scenario& scenario, SeedRange seeds, const WorldsOptions& options)
{
    std::vector<WorldOutcome> worlds;
    bool is_canceled = false;
    SimulationOptions simulation;
    simulation.hash = false;
    simulation.give_up = options.give_up;
    const auto run = runSeeds(scenario, seeds, options.threads, simulation, [&](const SimulationReport& report) {
        worlds.push_back(outcomeOf(report));
        is_canceled = options.on_world && !options.on_world(worlds.back());
        return !is_canceled;
    });
    if (!run)
        return run.error();
    if (is_canceled)
        return canceledError();
    std::stable_sort(worlds.begin(), worlds.end(), [](const WorldOutcome& a, const WorldOutcome& b) {
        constexpr double never = std::numeric_limits<double>::infinity();
        return a.first_violation_s.value_or(never) < b.first_violation_s.value_or(never);
    });
    return worlds;
}

} // namespace orderlab
