#pragma once
#include "simulation/seed_runner.h"

namespace orderlab {

struct HuntOptions {
    SeedRange seeds{1, 1'000};
    unsigned threads = 0;              ///< While it looks for a seed; 0: one a core.
    std::string invariant;             ///< The promise that must break; empty: any, or what must never happen.
    std::string never;                 ///< A query that must have no hit, besides the scenario's own; empty: none.
    std::size_t shrink_runs_max = 400; ///< Runs spent on making it smaller.
    /// What it is doing, in one line; often.
    std::function<void(const std::string&)> on_progress = {};
    std::function<bool()> give_up = {}; ///< See SimulationOptions; on any of the threads.
};

struct HuntReport {
    std::uint64_t seeds_tried = 0;
    std::size_t shrink_runs = 0;
    std::optional<SimulationReport> found; ///< The first seed that breaks a promise; nothing: all hold.
    std::string broken;                    ///< The promise; empty: it has what must never happen.
    bool is_missing = false;               ///< No seed has what is to happen in one (Expectation::happens).
    Scenario scenario;         ///< The smallest that was found to do the same; its seed does. Else the one hunted.
    SimulationReport smallest; ///< Its run.
};

/// Tries seeds until a promise breaks, or a run has what must never happen (Expectation::never, HuntOptions::never;
/// with HuntOptions::invariant only the latter). Then makes the scenario smaller while it still breaks: fewer orders,
/// faults, changes, strikes and members, a shorter time, guarantees on again, plain customers, usual policies. (Greedy
/// delta debugging after A. Zeller, R. Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002; a smaller
/// scenario is another run, so each is tried with a few seeds.) The same options give the same result. Blocks. Errors:
/// InvalidArgument, field "never", for what is no query; those of simulate().
Result<HuntReport> hunt(const Scenario& scenario, const HuntOptions& options);

} // namespace orderlab
