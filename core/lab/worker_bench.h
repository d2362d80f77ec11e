#pragma once
#include "lab/pipeline_bench.h"

namespace orderlab {

struct WorkerBenchOptions {
    std::uint64_t orders = 100'000;
    std::string command; ///< The worker's program.
    std::size_t members = 1;
    unsigned threads = 0; ///< 0: one a core.
};

struct WorkerBenchReport {
    BenchReport worker;     ///< Events handled by the program; "orders" are events.
    BenchReport in_process; ///< The same by a handler that is part of this program.
    /// One JSON object: that of `worker`, and `in_process`.
    std::string toJson() const;
};

/// New orders in memory whose events one group handles: a program, then a handler of the registry that calls nobody.
/// Blocks. Errors: those of Lab::start().
Result<WorkerBenchReport> benchWorker(const WorkerBenchOptions& options);

} // namespace orderlab
