#pragma once
#include "simulation/seed_runner.h"

namespace orderlab {

struct HuntOptions {
    SeedRange seeds{1, 1'000};
    unsigned threads = 0;              ///< While it looks for a seed; 0: one a core.
    std::string invariant;             ///< The promise that must break; empty: any.
    std::size_t shrink_runs_max = 400; ///< Runs spent on making it smaller.
    /// What it is doing, in one line; often.
    std::function<void(const std::string&)> on_progress = {};
};

struct HuntReport {
    std::uint64_t seeds_tried = 0;
    std::size_t shrink_runs = 0;
    std::optional<SimulationReport> found; ///< The first seed that breaks a promise; nothing: all hold.
    Scenario scenario;                     ///< The smallest that was found to break the same promise; its seed does.
    SimulationReport smallest;             ///< Its run.
};

/// Tries seeds until a promise breaks, then makes the scenario smaller while it still breaks: fewer orders, faults,
/// changes, strikes and members, a shorter time, guarantees on again, plain customers, usual policies. (Greedy delta
/// debugging after A. Zeller, R. Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002; a smaller
/// scenario is another run, so each is tried with a few seeds.) The same options give the same result. Blocks. Errors:
/// those of simulate().
Result<HuntReport> hunt(const Scenario& scenario, const HuntOptions& options);

} // namespace orderlab
