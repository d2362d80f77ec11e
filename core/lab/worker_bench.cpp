#include "lab/worker_bench.h"

#include "lab/lab.h"
#include "runtime/real_runtime.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::string_view bench_group = "bench";

/// Until the group has an inbox row for each event.
Task<Result<BenchReport>> runEvents(Lab& lab, PipelineBenchOptions options)
{
    const TimePoint began = lab.runtime().now();
    const auto produced = co_await produceOrders(lab, options, options.clients, 0, options.orders);
    if (!produced)
        co_return produced.error();
    for (;;) {
        const auto counts = co_await lab.store().counts();
        if (!counts)
            co_return counts.error();
        if (std::uint64_t(counts->processed_events) >= options.orders)
            break;
        co_await lab.runtime().sleep(std::chrono::milliseconds{1});
    }
    BenchReport report;
    report.orders = report.deliveries = options.orders;
    report.seconds = double((lab.runtime().now() - began).count()) / 1e6;
    report.peak_rss_mib = peakRssMib();
    co_return report;
}

Result<BenchReport> benchOne(LabConfig config, const WorkerBenchOptions& options)
{
    RealRuntime runtime(options.threads);
    config.members = options.members;
    config.policies.timeout.limit = std::chrono::minutes{1}; // A busy machine is no failure.
    Lab lab(runtime, std::move(config));
    ORDERLAB_TRY(return, runtime.run(lab.start()));
    PipelineBenchOptions pipeline;
    pipeline.orders = options.orders;
    pipeline.clients = runtime.threadCount();
    auto report = runtime.run(runEvents(lab, pipeline));
    runtime.run(lab.stop());
    return report;
}

} // namespace

std::string WorkerBenchReport::toJson() const
{
    std::string text = worker.toJson();
    text.insert(text.rfind('}'), ",\"in_process\":" + in_process.toJson());
    return text;
}

Result<WorkerBenchReport> benchWorker(const WorkerBenchOptions& options)
{
    LabConfig with_program;
    with_program.workers.clear();
    with_program.own_workers.push_back({std::string(bench_group), options.command, {EventType::OrderCreated}});
    ORDERLAB_TRY(return, tryOwnWorkers(with_program.own_workers));
    auto worker = benchOne(std::move(with_program), options);
    if (!worker)
        return worker.error();
    LabConfig in_process;
    const auto kinds = groupKinds();
    const auto plain = std::find_if(kinds.begin(), kinds.end(), [](const GroupKind* kind) {
        return !kind->calls_gateway && !kind->settles_orders && kind->emits.empty();
    });
    in_process.workers = {std::string((*plain)->name)};
    auto handler = benchOne(std::move(in_process), options);
    if (!handler)
        return handler.error();
    return WorkerBenchReport{std::move(*worker), std::move(*handler)};
}

} // namespace orderlab
