#pragma once
#include "simulation/seed_runner.h"

namespace orderlab {

/// What became of a scenario with one seed.
struct WorldOutcome {
    std::uint64_t seed = 0;
    std::vector<std::string> violated;       ///< Invariants, in the order of INTERFACES.
    std::optional<double> first_violation_s; ///< Since the start; nothing: all hold.
    Totals totals;
    double virtual_seconds = 0;
    std::uint64_t journal_entries = 0;
};

struct WorldsOptions {
    unsigned threads = 0; ///< 0: one a core.
    /// After each seed, in their order, on the calling thread; false: no more (Canceled). May be empty.
    std::function<bool(const WorldOutcome&)> on_world = {};
    /// As SimulationOptions::give_up, on any thread of the runs. May be empty.
    std::function<bool()> give_up = {};
};

/// Runs `scenario` with every seed. Those that break a promise come first, by the time at which they first do; then the
/// others; by seed where that is equal. Blocks. Errors: Canceled; those of simulate().
Result<std::vector<WorldOutcome>> allSeeds(const Scenario& scenario, SeedRange seeds,
                                           const WorldsOptions& options = {});

} // namespace orderlab
