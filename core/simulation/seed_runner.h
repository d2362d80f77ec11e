#pragma once
#include "simulation/simulate.h"

namespace orderlab {

/// Seeds from `first` to `last`, both included.
struct SeedRange {
    std::uint64_t first = 1;
    std::uint64_t last = 1;
};

/// "1..100" or "7". Error: InvalidArgument.
Result<SeedRange> parseSeedRange(std::string_view text);

/// What a seed runs. Any thread.
using ScenarioOfSeed = std::function<Scenario(std::uint64_t seed)>;

/// Runs the seed's scenario with each seed of the range on `threads` threads (0: one a core), a few seeds ahead of the
/// slowest. `on_report` is called on the calling thread in the order of the seeds and says whether to go on. Blocks.
/// Error: the first one of simulate().
Result<void> runSeeds(const ScenarioOfSeed& scenario_of, SeedRange seeds, unsigned threads,
                      const SimulationOptions& options, const std::function<bool(SimulationReport)>& on_report);
/// The same scenario with each seed.
Result<void> runSeeds(const Scenario& scenario, SeedRange seeds, unsigned threads, const SimulationOptions& options,
                      const std::function<bool(SimulationReport)>& on_report);

} // namespace orderlab
