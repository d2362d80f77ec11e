#pragma once
#include "base/result.h"

#include <cstdint>

namespace orderlab {

struct BenchReport {
    std::uint64_t orders = 0;
    double seconds = 0;
    std::uint64_t deliveries = 0;
    double peak_rss_mib = 0;
    double ordersPerSecond() const { return seconds > 0 ? double(orders) / seconds : 0; }
    double deliveriesPerSecond() const { return seconds > 0 ? double(deliveries) / seconds : 0; }
    /// One JSON object: orders, seconds, orders_per_s, deliveries_per_s, peak_rss_mib.
    std::string toJson() const;
};

/// The most memory this process ever had, in MiB.
double peakRssMib();

struct PipelineBenchOptions {
    std::uint64_t orders = 100'000;
    unsigned threads = 0;            ///< 0: one a core.
    std::int64_t backlog_max = 4'096; ///< Unpublished orders after which the producers wait.
};

/// The whole pipeline in memory, in real time: N orders, each in a transaction of its own, one in ten declined; two publishes and six
/// deliveries an order, inbox on, journal on with no reader. Ends when every order is final and every group is done.
/// Blocks the calling thread. Error: Internal when not every order became final.
Result<BenchReport> benchPipeline(const PipelineBenchOptions& options);

} // namespace orderlab
