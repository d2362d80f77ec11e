#include "simulation/bench.h"

#include "runtime/real_runtime.h"
#include "simulation/seed_runner.h"

namespace orderlab {

Result<SimulationBenchReport> benchSimulation(const Scenario& scenario, const SimulationBenchOptions& options)
{
    RealRuntime clock(1); // nothing runs on it; it is the only clock there is
    SimulationBenchReport report;
    report.scenario = scenario.name;
    report.orders_a_seed = scenario.orders.count;
    report.seeds = std::max<std::uint64_t>(1, options.orders / std::max<std::uint64_t>(1, scenario.orders.count));
    SimulationOptions simulation;
    simulation.hash = false;
    std::string violated;
    const TimePoint started = clock.now();
    const auto run = runSeeds(scenario, {1, report.seeds}, options.threads, simulation, [&](SimulationReport one) {
        report.invariants_checked = one.invariants.size();
        report.orders += std::uint64_t(one.totals.accepted);
        report.deliveries += std::uint64_t(one.totals.deliveries);
        report.journal_entries += one.journal_entries;
        report.faults_injected += one.faults_injected;
        if (const auto* broken = one.firstViolated())
            violated = "seed " + std::to_string(one.seed) + ": " + broken->name + ": " + broken->first->explanation;
        return violated.empty();
    });
    report.seconds = std::chrono::duration<double>(clock.now() - started).count();
    report.peak_rss_mib = peakRssMib();
    if (!run)
        return run.error();
    if (!violated.empty())
        return internalError(violated);
    return report;
}

std::string SimulationBenchReport::toJson() const
{
    const auto perSecond = [this](std::uint64_t count) { return seconds > 0 ? double(count) / seconds : 0; };
    JsonProblem problem;
    JsonNode node = *parseJsonTree(BenchReport::toJson(), problem);
    node.add("scenario", JsonNode::string(scenario))
        .add("orders_a_seed", JsonNode::number(orders_a_seed))
        .add("invariants_checked", JsonNode::number(invariants_checked))
        .add("seeds", JsonNode::number(seeds))
        .add("seeds_per_s", JsonNode::number(perSecond(seeds)))
        .add("journal_entries", JsonNode::number(journal_entries))
        .add("entries_per_s", JsonNode::number(perSecond(journal_entries)))
        .add("faults_injected", JsonNode::number(faults_injected));
    return node.toJson();
}

} // namespace orderlab
