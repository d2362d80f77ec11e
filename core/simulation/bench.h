#pragma once
#include "lab/pipeline_bench.h"
#include "simulation/scenario.h"

namespace orderlab {

struct SimulationBenchOptions {
    std::uint64_t orders = 10'000; ///< In all; a seed takes as many as the scenario has.
    unsigned threads = 1;          ///< 0: one a core.
};

struct SimulationBenchReport : BenchReport {
    std::string scenario;
    std::uint64_t orders_a_seed = 0;
    std::uint64_t invariants_checked = 0; ///< On every entry.
    std::uint64_t seeds = 0;
    std::uint64_t journal_entries = 0;
    std::uint64_t faults_injected = 0;

    /// BenchReport's members and scenario, orders_a_seed, invariants_checked, seeds, seeds_per_s, journal_entries,
    /// entries_per_s, faults_injected.
    std::string toJson() const;
};

/// How fast `scenario` runs, seed after seed, with all invariants checked and without the journal's hash. In real time;
/// blocks. Errors: those of simulate(); Internal when an invariant did not hold.
Result<SimulationBenchReport> benchSimulation(const Scenario& scenario, const SimulationBenchOptions& options);

} // namespace orderlab
