#pragma once
#include "journal/recording.h"
#include "simulation/divergence.h"
#include "simulation/simulate.h"

namespace orderlab {

/// Where a recorded run takes another way.
struct ForkOptions {
    Duration at{0}; ///< Since the start of the run.
    std::vector<Change::Setting> settings;
};

struct ForkReport {
    Scenario scenario; ///< That of the second future; its changes hold the fork.
    SimulationReport first;
    SimulationReport second;
    std::optional<Divergence>
        divergence; ///< The first, by the entry in the recording. Nothing: both futures are the same.
};

/// Makes a recorded run again, once as it was and once with other settings from `at` on, and compares. That both are
/// the recorded run until then is checked entry by entry. `options` are for the second future. Blocks. Errors:
/// InvalidArgument when the recording is not of a simulated run, or ends before `at`; Corrupt, with the entry, when
/// this program makes another run of it than is recorded.
Result<ForkReport> forkRecording(const Recording& recording, const ForkOptions& fork, const SimulationOptions& options);

} // namespace orderlab
