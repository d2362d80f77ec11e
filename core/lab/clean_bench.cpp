#include "lab/clean_bench.h"

#include "lab/lab.h"
#include "runtime/real_runtime.h"
#include "service/store_cleaner.h"

#include <algorithm>
#include <cstdio>

namespace orderlab {

namespace {

constexpr std::uint64_t clean_bench_keys_at_once = 1'000;
/// Everything is old: the youngest bound, and the whole seconds in which the inbox counts.
constexpr StoreBounds clean_bench_bounds{.inbox = Duration{1},
                                         .keys = Duration{1},
                                         .notifications = Duration{1},
                                         .outbox = Duration{1},
                                         .analytics = StoreBounds{}.analytics};
constexpr Duration clean_bench_until_old = std::chrono::seconds{2};
constexpr int clean_bench_idle_steps_max = 1'000; ///< That delete nothing, one after the other: more never will.

Task<Result<void>> rememberKeys(Lab& lab, std::uint64_t count)
{
    for (std::uint64_t begin = 0; begin < count; begin += clean_bench_keys_at_once) {
        auto work = lab.store().begin();
        const TimePoint now = lab.runtime().now();
        for (std::uint64_t i = begin; i < std::min(count, begin + clean_bench_keys_at_once); ++i)
            work->rememberAnswer({lab.runtime().newUuid(now).toString(), std::string(64, 'a'),
                                  OrderId{lab.runtime().newUuid(now)}, now});
        const auto committed = co_await work->commit(now);
        if (!committed)
            co_return committed.error();
    }
    co_return Result<void>{};
}

Task<Result<CleanBenchReport>> cleanAll(Lab& lab, std::uint64_t orders)
{
    CleanBenchReport report;
    const StoreCleanerOptions options;
    const TimePoint started = lab.runtime().now();
    int idle = 0;
    // Two outbox rows, six deliveries, two notifications and a key for each order.
    const std::int64_t wanted = std::int64_t(11 * orders);
    while (report.rows.total() < wanted && idle < clean_bench_idle_steps_max) {
        const TimePoint begun = lab.runtime().now();
        const auto cleaned = co_await lab.store().upkeep().clean(clean_bench_bounds, options.rows_max);
        if (!cleaned)
            co_return cleaned.error();
        report.rows.add(*cleaned);
        idle = cleaned->total() > 0 ? 0 : idle + 1;
        co_await lab.runtime().sleep(std::min(lab.runtime().now() - begun, options.pause_max));
    }
    report.bench.orders = orders;
    report.bench.seconds = std::chrono::duration<double>(lab.runtime().now() - started).count();
    report.bench.deliveries = std::uint64_t(report.rows.inbox);
    report.bench.peak_rss_mib = peakRssMib();
    if (report.rows.total() < wanted)
        co_return internalError("only " + std::to_string(report.rows.total()) + " of " + std::to_string(wanted)
                                + " rows were deleted");
    co_return report;
}

Task<Result<CleanBenchReport>> fillAndClean(Lab& lab, const PipelineBenchOptions& options)
{
    const auto filled = co_await runPipelineOf(lab, options);
    if (!filled)
        co_return filled.error();
    const auto remembered = co_await rememberKeys(lab, options.orders);
    if (!remembered)
        co_return remembered.error();
    co_await lab.runtime().sleep(clean_bench_until_old);
    co_return co_await cleanAll(lab, options.orders);
}

} // namespace

std::string CleanBenchReport::toJson() const
{
    std::string text = bench.toJson();
    text.pop_back();
    char line[160];
    std::snprintf(line, sizeof line, R"(,"rows":{"outbox":%lld,"inbox":%lld,"notifications":%lld,"keys":%lld}})",
                  static_cast<long long>(rows.outbox), static_cast<long long>(rows.inbox),
                  static_cast<long long>(rows.notifications), static_cast<long long>(rows.keys));
    return text + line;
}

Result<CleanBenchReport> benchCleaning(LabConfig config, const PipelineBenchOptions& options)
{
    RealRuntime runtime(options.threads);
    config.gateway.latency = Duration{0};
    config.clean_interval = Duration{0}; // Nothing but what is measured.
    Lab lab(runtime, std::move(config));
    ORDERLAB_TRY(return, runtime.run(lab.start()));
    auto report = runtime.run(fillAndClean(lab, options));
    runtime.run(lab.stop());
    return report;
}

} // namespace orderlab
