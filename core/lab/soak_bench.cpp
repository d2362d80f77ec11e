#include "lab/soak_bench.h"

#include "lab/lab.h"
#include "lab/order_archive.h"
#include "runtime/real_runtime.h"
#include "runtime/task_group.h"

#include <cstdio>
#include <fstream>
#include <unistd.h>

namespace orderlab {

namespace {

constexpr Duration soak_archive_interval = std::chrono::seconds{2};
/// Created before the workers are waited for: what is in flight is no more than this, however slow they are.
constexpr std::uint64_t soak_orders_in_flight_max = 10'000;
constexpr Duration soak_poll_interval = std::chrono::milliseconds{200};
constexpr int soak_idle_polls_max = 600; ///< Two minutes in which nothing ends: it never will.

double rssMib()
{
    std::ifstream file("/proc/self/statm");
    std::int64_t size = 0, resident = 0;
    file >> size >> resident;
    return double(resident) * double(::sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

/// Files come and go meanwhile: what cannot be looked at is gone.
std::int64_t bytesBelow(const std::filesystem::path& folder)
{
    std::int64_t bytes = 0;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code gone;
        if (!entry->is_regular_file(gone) || gone)
            continue;
        const auto size = entry->file_size(gone);
        bytes += gone ? 0 : std::int64_t(size);
    }
    return bytes;
}

struct Soak {
    Lab& lab;
    const SoakOptions& options;
    PostgresArchive& archive;
    TimePoint started;
    std::atomic<std::uint64_t> archived{0};
    std::atomic<bool> is_done{false};
    Mutex mutex;
    std::optional<Error> error ORDERLAB_GUARDED_BY(mutex); ///< Of the archive.
};

/// The person who archives.
Task<void> keepArchiving(Soak& soak)
{
    const std::function<void(std::int64_t)> told_at_the_end;
    while (!soak.is_done) {
        co_await soak.lab.runtime().sleep(soak_archive_interval);
        soak.archive.setBefore(soak.lab.runtime().now() - soak.options.archive_after);
        const auto archived = co_await archiveOrders(soak.archive, nullptr, told_at_the_end);
        if (archived) {
            soak.archived += std::uint64_t(*archived);
            continue;
        }
        const MutexLock guard(soak.mutex);
        soak.error = archived.error();
        co_return;
    }
}

Task<Result<SoakSample>> takeSample(Soak& soak, std::uint64_t orders)
{
    SoakSample sample;
    const auto bytes = co_await soak.lab.store().upkeep().bytesOnDisk();
    if (!bytes)
        co_return bytes.error();
    sample.orders = orders;
    sample.seconds = std::chrono::duration<double>(soak.lab.runtime().now() - soak.started).count();
    sample.database_bytes = bytes->total;
    sample.bounded_bytes = bytes->bounded;
    sample.kept_bytes = bytes->kept;
    sample.files_bytes = bytesBelow(soak.lab.config().data_dir);
    sample.rss_mib = rssMib();
    co_return sample;
}

/// Until no order is in flight.
Task<Result<StoreCounts>> waitUntilFinal(Lab& lab)
{
    std::int64_t before = -1;
    for (int idle = 0; idle < soak_idle_polls_max; ++idle) {
        const auto counts = co_await lab.store().counts();
        if (!counts || (counts->created == 0 && counts->outbox_unpublished == 0))
            co_return counts;
        if (counts->created != before)
            idle = 0;
        before = counts->created;
        co_await lab.runtime().sleep(soak_poll_interval);
    }
    co_return internalError("not every order became final");
}

Task<Result<SoakReport>> createAll(Soak& soak)
{
    SoakReport report;
    const std::uint64_t orders = soak.options.pipeline.orders;
    std::uint64_t begin = 0;
    for (std::size_t i = 1; i <= soak.options.samples; ++i) {
        const std::uint64_t end = orders * i / soak.options.samples;
        while (begin < end) {
            const std::uint64_t next = std::min(end, begin + soak_orders_in_flight_max);
            ORDERLAB_TRY(co_return, co_await produceOrders(soak.lab, soak.options.pipeline,
                                                           soak.options.pipeline.clients, begin, next));
            const auto counts = co_await waitUntilFinal(soak.lab);
            if (!counts)
                co_return counts.error();
            begin = next;
        }
        const auto sample = co_await takeSample(soak, end);
        if (!sample)
            co_return sample.error();
        report.samples.push_back(*sample);
    }
    co_return report;
}

Task<Result<SoakReport>> runSoak(Soak& soak)
{
    TaskGroup archiving(soak.lab.runtime());
    archiving.spawn(keepArchiving(soak));
    auto report = co_await createAll(soak);
    soak.is_done = true;
    co_await archiving.join();
    if (!report)
        co_return report;
    {
        const MutexLock guard(soak.mutex);
        if (soak.error)
            co_return *soak.error;
    }
    const auto counts = co_await waitUntilFinal(soak.lab);
    if (!counts)
        co_return counts.error();
    report->bench.orders = soak.options.pipeline.orders;
    report->bench.seconds = std::chrono::duration<double>(soak.lab.runtime().now() - soak.started).count();
    report->bench.deliveries = 6 * report->bench.orders; // Every order is final: each was delivered to all its groups.
    report->bench.peak_rss_mib = peakRssMib();
    report->archived = soak.archived;
    if (std::uint64_t(counts->paid + counts->failed) + report->archived != report->bench.orders)
        co_return internalError("orders are missing: " + std::to_string(counts->paid + counts->failed)
                                + " in the database and " + std::to_string(report->archived) + " archived of "
                                + std::to_string(report->bench.orders));
    co_return report;
}

/// Of the second half, by least squares, an hour.
template <typename Value>
double slopePerHour(const std::vector<SoakSample>& samples, Value value)
{
    double n = 0, x = 0, y = 0, xx = 0, xy = 0;
    for (std::size_t i = samples.size() / 2; i < samples.size(); ++i) {
        const double hours = samples[i].seconds / 3'600, of = double(value(samples[i]));
        n += 1, x += hours, y += of, xx += hours * hours, xy += hours * of;
    }
    const double spread = n * xx - x * x;
    return spread > 0 ? (n * xy - x * y) / spread : 0;
}

} // namespace

std::string SoakReport::toJson() const
{
    std::string text = bench.toJson();
    text.pop_back();
    text += R"(,"archived":)" + std::to_string(archived) + R"(,"samples":[)";
    char line[300];
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const SoakSample& s = samples[i];
        std::snprintf(
            line, sizeof line,
            R"(%s{"orders":%llu,"seconds":%.1f,"database_bytes":%lld,"bounded_bytes":%lld,"kept_bytes":%lld,"files_bytes":%lld,"rss_mib":%.1f})",
            i ? "," : "", static_cast<unsigned long long>(s.orders), s.seconds,
            static_cast<long long>(s.database_bytes), static_cast<long long>(s.bounded_bytes),
            static_cast<long long>(s.kept_bytes), static_cast<long long>(s.files_bytes), s.rss_mib);
        text += line;
    }
    std::snprintf(
        line, sizeof line,
        R"(],"per_hour":{"database_bytes":%.0f,"bounded_bytes":%.0f,"kept_bytes":%.0f,"files_bytes":%.0f,"rss_mib":%.1f}})",
        slopePerHour(samples, [](const SoakSample& s) { return s.database_bytes; }),
        slopePerHour(samples, [](const SoakSample& s) { return s.bounded_bytes; }),
        slopePerHour(samples, [](const SoakSample& s) { return s.kept_bytes; }),
        slopePerHour(samples, [](const SoakSample& s) { return s.files_bytes; }),
        slopePerHour(samples, [](const SoakSample& s) { return s.rss_mib; }));
    return text + line;
}

Result<SoakReport> benchSoak(LabConfig config, const SoakOptions& options)
{
    RealRuntime runtime(options.pipeline.threads);
    config.gateway.latency = Duration{0};
    Lab lab(runtime, std::move(config));
    ORDERLAB_TRY(return, runtime.run(lab.start()));
    auto opened = runtime.run(openArchive(runtime, lab.config(), runtime.now()));
    Result<SoakReport> report = internalError("not started");
    if (opened) {
        Soak soak{lab, options, *opened->archive, runtime.now(), {}, {}, {}, {}};
        report = runtime.run(runSoak(soak));
        opened->archive.reset();
    } else {
        report = opened.error();
    }
    runtime.run(lab.stop());
    return report;
}

} // namespace orderlab
