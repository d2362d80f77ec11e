#include "simulation/worker_trial.h"

#include "simulation/hunt.h"
#include "simulation/moment_check.h"
#include "simulation/worker_chance.h"

#include <algorithm>

namespace orderlab {

namespace {

void count(WorkerTrial& trial, const SimulationReport& report)
{
    ++trial.worlds;
    trial.orders += std::uint64_t(report.totals.accepted);
    trial.deliveries += std::uint64_t(report.totals.deliveries);
    trial.retries += std::uint64_t(report.totals.retries);
    trial.dead_letters += std::uint64_t(report.totals.dead_letters);
    for (std::size_t i = 0; i < report.invariants.size(); ++i) {
        const InvariantOutcome& outcome = report.invariants[i];
        if (trial.promises.size() <= i)
            trial.promises.push_back({outcome.name, 0, 0, {}, 0, {}});
        PromiseVerdict& verdict = trial.promises[i];
        if (!outcome.holds && ++verdict.broken == 1)
            verdict.first_seed = report.seed;
    }
}

Result<void> findChance(const Scenario& scenario, const WorkerTrialOptions& options, WorkerTrial& trial)
{
    const std::uint64_t last = std::min(options.seeds.last, options.seeds.first + options.chance_seeds - 1);
    for (std::uint64_t seed = options.seeds.first; seed <= last && options.chance_seeds > 0; ++seed) {
        if (options.on_progress)
            options.on_progress("running seed " + std::to_string(seed) + " twice ");
        WorkerTranscript said;
        SimulationOptions simulation;
        simulation.hash = false;
        simulation.give_up = options.give_up;
        simulation.transcript = &said;
        ORDERLAB_TRY(return, simulate(scenario, seed, simulation));
        auto difference = runAgain(scenario, seed, said, options.give_up);
        if (!difference)
            return difference.error();
        if (*difference) {
            trial.difference = std::move(*difference);
            trial.difference_seed = seed;
            return {};
        }
    }
    return {};
}

/// The smallest world that breaks the promise, as a moment.
Result<void> findSmallest(const Scenario& scenario, const WorkerTrialOptions& options, PromiseVerdict& verdict)
{
    HuntOptions hunting;
    hunting.seeds = {verdict.first_seed, verdict.first_seed};
    hunting.threads = 1;
    hunting.invariant = verdict.name;
    hunting.give_up = options.give_up;
    hunting.shrink_runs_max = options.shrink_runs_max;
    hunting.on_progress = [&](const std::string& text) {
        if (options.on_progress)
            options.on_progress(verdict.name + ": " + text);
    };
    const auto found = hunt(scenario, hunting);
    if (!found)
        return found.error();
    const auto outcome =
        std::find_if(found->smallest.invariants.begin(), found->smallest.invariants.end(),
                     [&](const InvariantOutcome& one) { return one.name == verdict.name && one.first; });
    if (!found->found || outcome == found->smallest.invariants.end())
        return {}; // It was chance.
    verdict.explanation = outcome->first->explanation;
    verdict.virtual_seconds = outcome->first->virtual_seconds;
    auto moment = momentOf(found->scenario, found->scenario.seed, *outcome->first);
    if (moment)
        verdict.moment = std::move(*moment);
    return {};
}

} // namespace

bool WorkerTrial::holds() const
{
    return !difference
           && std::all_of(promises.begin(), promises.end(), [](const auto& one) { return one.broken == 0; });
}

Result<WorkerTrial> tryWorkers(const Scenario& scenario, const WorkerTrialOptions& options)
{
    WorkerTrial trial;
    ORDERLAB_TRY(return, findChance(scenario, options, trial));
    SimulationOptions simulation;
    simulation.hash = false;
    simulation.give_up = options.give_up;
    ORDERLAB_TRY(return, runSeeds(scenario, options.seeds, options.threads, simulation, [&](SimulationReport report) {
                           count(trial, report);
                           if (options.on_world)
                               options.on_world(trial.worlds, options.seeds.last - options.seeds.first + 1);
                           if (options.on_progress)
                               options.on_progress("seed " + std::to_string(report.seed) + " of "
                                                   + std::to_string(options.seeds.last) + ' ');
                           return true;
                       }));
    for (PromiseVerdict& verdict : trial.promises) {
        if (verdict.broken > 0)
            ORDERLAB_TRY(return, findSmallest(scenario, options, verdict));
    }
    return trial;
}

} // namespace orderlab
