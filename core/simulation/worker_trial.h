#pragma once
#include "own_worker/worker_transcript.h"
#include "simulation/moment_line.h"
#include "simulation/seed_runner.h"

namespace orderlab {

struct WorkerTrialOptions {
    SeedRange seeds{1, 200};
    unsigned threads = 0;              ///< 0: one a core.
    std::uint64_t chance_seeds = 3;    ///< The first so many are run twice, to find answers that depend on chance.
    std::size_t shrink_runs_max = 120; ///< For each broken promise.
    /// What it is doing, in one line; often.
    std::function<void(const std::string&)> on_progress = {};
    /// How many of the worlds are done; on the calling thread, after each.
    std::function<void(std::uint64_t done, std::uint64_t worlds)> on_world = {};
    /// Asked often, on any of the threads; true: it ends soon with Canceled.
    std::function<bool()> give_up = {};
};

/// What became of one invariant.
struct PromiseVerdict {
    std::string name;
    std::uint64_t broken = 0;         ///< Worlds that break it.
    std::uint64_t first_seed = 0;     ///< The first of them.
    std::string explanation;          ///< What went wrong in the smallest one.
    double virtual_seconds = 0;       ///< When, there.
    std::optional<MomentLine> moment; ///< Of the smallest one; its scenario comes with it.
};

struct WorkerTrial {
    std::uint64_t worlds = 0, orders = 0, deliveries = 0, retries = 0, dead_letters = 0;
    std::vector<PromiseVerdict> promises;                   ///< All, in the order of INTERFACES.
    std::optional<WorkerTranscript::Difference> difference; ///< Answers that depend on chance.
    std::uint64_t difference_seed = 0;
    bool holds() const;
};

/// Puts the own workers of `scenario` through its world with many seeds, and says what becomes of each promise. The
/// same options give the same verdict where the workers are deterministic. Blocks. Errors: those of simulate().
Result<WorkerTrial> tryWorkers(const Scenario& scenario, const WorkerTrialOptions& options);

} // namespace orderlab
