#pragma once
#include "base/result.h"
#include "lab/lab_config.h"
#include "redis/redis_counts.h"
#include "runtime/task.h"

#include <cstdint>
#include <memory>

namespace orderlab {

struct OtlpPlan;

struct BenchReport {
    std::uint64_t orders = 0;
    double seconds = 0;
    std::uint64_t deliveries = 0;
    double peak_rss_mib = 0;
    double ordersPerSecond() const { return seconds > 0 ? double(orders) / seconds : 0; }
    double deliveriesPerSecond() const { return seconds > 0 ? double(deliveries) / seconds : 0; }
    RedisCounts redis; ///< First looks; all 0 without Redis.
    bool with_redis = false;
    bool observed = false; ///< See PipelineBenchOptions; said in JSON where it is so.
    /// One JSON object, with `redis` where there is one: orders, seconds, orders_per_s, deliveries_per_s, peak_rss_mib.
    std::string toJson() const;
};

/// The most memory this process ever had, in MiB.
double peakRssMib();

struct PipelineBenchOptions {
    std::uint64_t orders = 100'000;
    unsigned threads = 0;             ///< 0: one a core.
    std::size_t clients = 0;          ///< That create orders at the same time; 0: one a thread.
    std::int64_t backlog_max = 4'096; ///< Unpublished orders after which the clients wait.
    double duplicates = 0;            ///< The share of deliveries that come twice, 0 to 1.
    bool keyed = false;               ///< Each order under an idempotency key of its own, as clients of an API do.
    bool observed =
        false; ///< With what a server's observers do: a JSON log at info, metrics that are read each second.
    std::shared_ptr<const OtlpPlan> otlp = {}; ///< What is exported; it implies `observed`. Null: nothing.
};

class Lab;
/// Creates the orders numbered from `begin` up to `end`, by clients on all threads, as those of an API come in: the
/// thread that has least else to do takes most. One in ten is declined. For other benches.
Task<Result<void>> produceOrders(Lab& lab, const PipelineBenchOptions& options, std::size_t clients,
                                 std::uint64_t begin, std::uint64_t end);

/// What benchPipeline() does with a lab that runs; options.clients is not 0. For other benches.
Task<Result<BenchReport>> runPipelineOf(Lab& lab, PipelineBenchOptions options);

/// The whole pipeline of `config` in real time: N orders, each in a transaction of its own, one in ten declined; two
/// publishes and six deliveries an order, inbox on, journal on with no reader unless `observed`. Ends when every group
/// has committed all of them, whatever the store has cleaned meanwhile. The gateway answers at once. Store and topics
/// should be empty and nobody else's. Blocks the calling thread. Error: Internal when not every order became final;
/// those of Lab::start().
Result<BenchReport> benchPipeline(LabConfig config, const PipelineBenchOptions& options);

struct RawBenchOptions {
    std::uint64_t events = 500'000;
    std::size_t clients = 8; ///< That publish at the same time.
    std::size_t batch = 500; ///< Events a publish.
};
/// Events published to the bus of `config` alone, with nobody reading: "orders" of the report are events.
Result<BenchReport> benchPublish(LabConfig config, const RawBenchOptions& options);

} // namespace orderlab
