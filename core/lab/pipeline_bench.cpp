#include "lab/pipeline_bench.h"

#include "base/sha256.h"
#include "bus/event_bus.h"
#include "http/telemetry.h"
#include "lab/lab.h"
#include "lab/telemetry_system.h"
#include "observe/journal_log.h"
#include "observe/metrics.h"
#include "runtime/real_runtime.h"
#include "runtime/task_group.h"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <numeric>
#include <optional>
#include <sys/resource.h>

namespace orderlab {

namespace asio = boost::asio;

double peakRssMib()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

namespace {

/// What the producers share.
struct Production {
    Lab& lab;
    const PipelineBenchOptions& options;
    std::atomic<std::uint64_t> next_order;
    const std::uint64_t end;
    Mutex mutex;
    std::optional<Error> error ORDERLAB_GUARDED_BY(mutex); ///< The first.
    std::atomic<bool> asking{false};                       ///< Some client looks how much is waiting.
    std::atomic<std::int64_t> asked_us{0};                 ///< When one last did, on the runtime's clock.
    std::atomic<bool> has_room{false};                     ///< What it found.
};

/// A database is asked by one client at a time and seldom, as counting is load.
Task<Result<void>> waitForRoom(Production& production)
{
    const bool in_memory = production.lab.config().store == StoreKind::Memory;
    const Duration interval = in_memory ? Duration{200} : Duration{std::chrono::milliseconds{50}};
    Runtime& runtime = production.lab.runtime();
    for (;;) {
        const bool is_due = in_memory || toMicros(runtime.now()) - production.asked_us >= interval.count();
        if (is_due && (in_memory || !production.asking.exchange(true))) {
            const auto backlog = co_await production.lab.store().outboxBacklog();
            if (backlog)
                production.has_room = *backlog < production.options.backlog_max;
            production.asked_us = toMicros(runtime.now());
            production.asking = false;
            if (!backlog)
                co_return backlog.error();
        }
        if (production.has_room)
            co_return Result<void>{};
        co_await runtime.sleep(interval);
    }
}

/// Creates orders, one transaction each, as fast as the rest keeps up, until none is left to create.
Task<Result<void>> produceSome(Production& production)
{
    const Executor executor = co_await asio::this_coro::executor;
    constexpr std::uint64_t orders_at_once = 64;
    for (;;) {
        const std::uint64_t begin = production.next_order.fetch_add(orders_at_once);
        const std::uint64_t end = std::min(begin + orders_at_once, production.end);
        if (begin >= end)
            co_return Result<void>{};
        const auto room = co_await waitForRoom(production);
        if (!room)
            co_return room.error();
        co_await asio::post(executor, asio::use_awaitable);
        for (std::uint64_t i = begin; i < end; ++i) {
            CreateOrder create;
            create.request.user_id = i % 10 == 9 ? std::string("user-declined") : "user-" + std::to_string(i % 100);
            create.request.total.amount_minor = std::int64_t(100 + i % 1000);
            if (production.options.keyed) {
                const std::string key = "bench-" + std::to_string(i);
                create.idempotency = IdempotencyKey{key, sha256Hex(key)};
            }
            const auto created = co_await production.lab.orders().create(std::move(create));
            if (!created)
                co_return created.error();
        }
    }
}

Task<void> runProducer(Production& production)
{
    const auto produced = co_await produceSome(production);
    if (produced)
        co_return;
    const MutexLock guard(production.mutex);
    if (!production.error)
        production.error = produced.error();
}

} // namespace

Task<Result<void>> produceOrders(Lab& lab, const PipelineBenchOptions& options, std::size_t clients,
                                 std::uint64_t begin, std::uint64_t end)
{
    Production production{lab, options, begin, end, {}, {}, {}, {}, {}};
    TaskGroup producers(lab.runtime());
    for (std::size_t i = 0; i < clients; ++i)
        producers.spawn(runProducer(production));
    co_await producers.join();
    const MutexLock guard(production.mutex);
    if (production.error)
        co_return *production.error;
    co_return Result<void>{};
}

namespace {

/// How far the groups are, on the bus: rows of the store that say so may be cleaned meanwhile.
struct GroupProgress {
    std::int64_t committed = 0; ///< Offsets of all groups, added up.
    std::int64_t lag = 0;
};

Task<Result<GroupProgress>> progressOf(EventBus& bus)
{
    const auto groups = co_await bus.groups();
    if (!groups)
        co_return groups.error();
    GroupProgress progress;
    for (const GroupStatus& group : *groups) {
        for (const PartitionStatus& partition : group.partitions) {
            progress.committed += partition.committed;
            progress.lag += partition.lag();
        }
    }
    co_return progress;
}

/// Until every group has committed all that the orders gave it to handle. The outbox is asked first, as it costs less.
/// A database is asked more seldom, as counting is load.
Task<Result<GroupProgress>> waitUntilDone(Lab& lab, std::uint64_t orders, GroupProgress before)
{
    const Duration interval =
        lab.config().store == StoreKind::Memory ? std::chrono::milliseconds{1} : std::chrono::milliseconds{100};
    const std::int64_t deliveries = std::int64_t(6 * orders);
    for (;;) {
        const auto backlog = co_await lab.store().outboxBacklog();
        if (!backlog)
            co_return backlog.error();
        if (*backlog == 0) {
            const auto progress = co_await progressOf(lab.bus());
            if (!progress || (progress->lag == 0 && progress->committed - before.committed >= deliveries))
                co_return progress;
        }
        co_await lab.runtime().sleep(interval);
    }
}

} // namespace

Task<Result<BenchReport>> runPipelineOf(Lab& lab, PipelineBenchOptions options)
{
    // A database that is not fresh has orders already; the bench counts its own.
    const auto before = co_await lab.store().counts();
    if (!before)
        co_return before.error();
    const auto progress_before = co_await progressOf(lab.bus());
    if (!progress_before)
        co_return progress_before.error();
    const TimePoint started = lab.runtime().now();
    const auto produced = co_await produceOrders(lab, options, options.clients, 0, options.orders);
    if (!produced)
        co_return produced.error();
    const auto progress = co_await waitUntilDone(lab, options.orders, *progress_before);
    if (!progress)
        co_return progress.error();
    BenchReport report;
    report.orders = options.orders;
    report.seconds = std::chrono::duration<double>(lab.runtime().now() - started).count();
    report.deliveries = std::uint64_t(progress->committed - progress_before->committed);
    const auto counts = co_await lab.store().counts();
    if (!counts)
        co_return counts.error();
    report.peak_rss_mib = peakRssMib();
    const std::int64_t declined = std::int64_t(options.orders / 10);
    if (counts->failed - before->failed != declined
        || counts->paid - before->paid != std::int64_t(options.orders) - declined)
        co_return internalError("not every order became final");
    co_return report;
}

std::string BenchReport::toJson() const
{
    char text[256];
    std::snprintf(text, sizeof text,
                  R"({"orders":%llu,"seconds":%.3f,"orders_per_s":%.0f,"deliveries_per_s":%.0f,"peak_rss_mib":%.1f})",
                  static_cast<unsigned long long>(orders), seconds, ordersPerSecond(), deliveriesPerSecond(),
                  peak_rss_mib);
    std::string all(text);
    if (observed)
        all.insert(all.size() - 1, ",\"observed\":true");
    if (!with_redis)
        return all;
    all.pop_back();
    all += ",\"redis\":{";
    const std::pair<const char*, std::uint64_t> counts[] = {
        {"hits", redis.hits},           {"misses", redis.misses},           {"unanswered", redis.unanswered},
        {"forgotten", redis.forgotten}, {"unconfirmed", redis.unconfirmed}, {"remembered", redis.remembered},
        {"dropped", redis.dropped}};
    for (const auto& [name, count] : counts)
        all += std::string(all.back() == '{' ? "" : ",") + '"' + name + "\":" + std::to_string(count);
    return all + "}}";
}

namespace {

/// What observers of a server cost, without HTTP: on a thread of their own, as there.
class Observation {
public:
    Observation(Lab& lab, const OtlpPlan* otlp)
        : m_traces(lab.journal().traces(), m_runtime.random()),
          m_metrics(m_runtime, lab.journal(), sourcesOf(lab), &m_traces),
          m_journal_log(m_runtime, lab.journal().names(), m_log, &m_traces),
          m_telemetry(m_runtime, lab.journal().names(), m_traces, otlp ? *otlp : OtlpPlan{},
                      telemetrySystemOf(lab, false), m_log),
          m_follower(m_runtime, lab.journal(), observers())
    {
        lab.journal().traces().turnOn();
        m_follower.start();
        m_telemetry.start(m_metrics);
        m_scraping.spawn(scrape());
    }
    ~Observation()
    {
        m_runtime.run(end());
        if (m_follower.missed() > 0)
            std::fprintf(stderr, "the metrics missed %llu entries\n",
                         static_cast<unsigned long long>(m_follower.missed()));
        for (const auto& [signal, counts] : m_telemetry.counts()) {
            const std::uint64_t dropped =
                std::accumulate(counts.dropped.begin(), counts.dropped.end(), std::uint64_t{0});
            std::fprintf(stderr, "%s: %llu exported, %llu dropped\n", std::string(name(signal)).c_str(),
                         static_cast<unsigned long long>(counts.exported), static_cast<unsigned long long>(dropped));
        }
    }
    Observation(const Observation&) = delete;
    Observation& operator=(const Observation&) = delete;

private:
    static MetricSources sourcesOf(Lab& lab)
    {
        MetricSources sources;
        sources.groups = [&lab] { return lab.bus().groups(); };
        sources.store = [&lab] { return lab.storeLoad(); };
        return sources;
    }
    Task<void> scrape()
    {
        for (;;) {
            const std::string page = co_await m_metrics.page(MetricFormat::OpenMetrics);
            co_await m_runtime.sleep(std::chrono::seconds{1});
        }
    }
    Task<void> end()
    {
        m_scraping.cancel();
        co_await m_scraping.join();
        co_await m_telemetry.stopMaking();
        co_await m_follower.stop();
        co_await m_telemetry.stop();
    }
    std::vector<JournalObserver*> observers()
    {
        std::vector<JournalObserver*> all{&m_metrics, &m_journal_log};
        if (JournalObserver* spans = m_telemetry.observer())
            all.push_back(spans);
        return all;
    }

    RealRuntime m_runtime{1};
    Log m_log{LogFormat::Json};
    const EntryTrace m_traces;
    Metrics m_metrics;
    JournalLog m_journal_log;
    Telemetry m_telemetry;
    JournalFollower m_follower;
    TaskGroup m_scraping{m_runtime};
};

} // namespace

Result<BenchReport> benchPipeline(LabConfig config, const PipelineBenchOptions& options)
{
    RealRuntime runtime(options.threads);
    config.gateway.latency = Duration{0};
    Lab lab(runtime, std::move(config));
    const auto started = runtime.run(lab.start());
    if (!started)
        return started.error();
    std::optional<Observation> observation;
    const bool is_observed = options.observed || (options.otlp && options.otlp->isOn());
    if (is_observed)
        observation.emplace(lab, options.otlp.get());
    PipelineBenchOptions all = options;
    all.clients = options.clients > 0 ? options.clients : runtime.threadCount();
    if (options.duplicates > 0) {
        Fault duplicate;
        duplicate.seam = Seam::Delivery;
        duplicate.action = FaultAction::Duplicate;
        duplicate.probability = options.duplicates;
        if (const auto set = lab.faults().setFaults({duplicate}); !set) {
            runtime.run(lab.stop());
            return set.error();
        }
    }
    auto report = runtime.run(runPipelineOf(lab, all));
    if (report) {
        report->redis = lab.redisCounts();
        report->with_redis = lab.config().redis.has_value();
        report->observed = is_observed;
    }
    observation.reset();
    runtime.run(lab.stop());
    return report;
}

namespace {

Task<void> publishSome(Runtime& runtime, EventBus& bus, RawBenchOptions options, std::atomic<std::int64_t>& left,
                       std::atomic<bool>& failed)
{
    std::vector<Event> events(options.batch);
    for (;;) {
        if (left.fetch_sub(std::int64_t(options.batch)) <= 0 || failed)
            co_return;
        const TimePoint now = runtime.now();
        for (Event& event : events) {
            event.id = EventId{runtime.newUuid(now)};
            event.order = OrderId{runtime.newUuid(now)};
            event.time = now;
            event.data.user_id = "ada";
            event.data.total.amount_minor = 1999;
        }
        const auto published = co_await bus.publish(events);
        if (!published)
            failed = true;
    }
}

Task<Result<BenchReport>> runPublish(Lab& lab, RawBenchOptions options)
{
    std::atomic<std::int64_t> left{std::int64_t(options.events / options.batch * options.batch)};
    std::atomic<bool> failed{false};
    TaskGroup clients(lab.runtime());
    const TimePoint started = lab.runtime().now();
    for (std::size_t i = 0; i < options.clients; ++i)
        clients.spawn(publishSome(lab.runtime(), lab.bus(), options, left, failed));
    co_await clients.join();
    if (failed)
        co_return unavailable("the bus did not take every event");
    BenchReport report;
    report.orders = options.events / options.batch * options.batch;
    report.seconds = std::chrono::duration<double>(lab.runtime().now() - started).count();
    report.peak_rss_mib = peakRssMib();
    co_return report;
}

} // namespace

Result<BenchReport> benchPublish(LabConfig config, const RawBenchOptions& options)
{
    RealRuntime runtime;
    config.store = StoreKind::Memory;
    config.workers = {};
    config.relay = false;
    Lab lab(runtime, std::move(config));
    const auto started = runtime.run(lab.start());
    if (!started)
        return started.error();
    auto report = runtime.run(runPublish(lab, options));
    runtime.run(lab.stop());
    return report;
}

} // namespace orderlab
