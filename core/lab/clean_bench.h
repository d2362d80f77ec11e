#pragma once
#include "lab/pipeline_bench.h"

namespace orderlab {

struct CleanBenchReport {
    BenchReport bench; ///< Seconds of the cleaning alone; deliveries are inbox rows that were deleted.
    Cleaned rows;      ///< That were deleted.
    /// One JSON object: that of BenchReport, and rows{outbox,inbox,notifications,keys}.
    std::string toJson() const;
};

/// How fast a store that stands still is cleaned: creates the orders as benchPipeline() does, each with an idempotency
/// key, then deletes all that has a bound, in steps and with pauses as StoreCleaner does. Orders a second say how many
/// orders' rows of all bounded tables are deleted together. A store with nothing in it. Blocks.
/// Error: Internal when rows are left; those of benchPipeline().
Result<CleanBenchReport> benchCleaning(LabConfig config, const PipelineBenchOptions& options);

} // namespace orderlab
