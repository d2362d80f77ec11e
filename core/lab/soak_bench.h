#pragma once
#include "lab/pipeline_bench.h"

#include <vector>

namespace orderlab {

struct SoakOptions {
    PipelineBenchOptions pipeline{.orders = 2'000'000, .clients = 64};
    Duration archive_after{std::chrono::minutes{2}}; ///< Orders that are older and final are archived, to nowhere.
    std::size_t samples = 20;                        ///< After each equal part of the orders.
};

/// What a system that runs occupies.
struct SoakSample {
    std::uint64_t orders = 0;        ///< Created so far.
    double seconds = 0;              ///< Since the beginning.
    std::int64_t database_bytes = 0; ///< Tables and indexes.
    std::int64_t bounded_bytes = 0;  ///< Of them, those with a bound: what StoreBytes says.
    std::int64_t kept_bytes = 0;     ///< Of them, orders with what belongs to them, until they are archived.
    std::int64_t files_bytes = 0;    ///< Everything in the data directory: the database, its write-ahead log, logs.
    double rss_mib = 0;              ///< Of this process.
};

struct SoakReport {
    BenchReport bench;
    std::uint64_t archived = 0;
    std::vector<SoakSample> samples;
    /// One JSON object: that of BenchReport, archived, samples, and
    /// per_hour{database_bytes,bounded_bytes,kept_bytes,files_bytes,rss_mib}: the slope of the second half, by least
    /// squares.
    std::string toJson() const;
};

/// Orders without end, as far as that can be shown in a while: creates them as benchPipeline() does, archives what is
/// old, and looks at what all of it occupies. With bounds of minutes in `config.keep`, what grows in the second half
/// grows forever. A private PostgreSQL with nothing in it. Blocks. Error: Internal when an order is lost or does not
/// end.
Result<SoakReport> benchSoak(LabConfig config, const SoakOptions& options);

} // namespace orderlab
