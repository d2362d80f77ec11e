#include "observe/metrics.h"

#include "runtime/with_timeout.h"

#include "observe/process_metrics.h"

#include <algorithm>

namespace orderlab {

namespace {

using enum MetricType;

/// The kinds that no table of its own has.
struct OwnKinds {
    MetricKind entries{"orderlab_journal_entries_total", Counter, "Entries that were appended to the journal."};
    MetricKind missed{
        "orderlab_journal_dropped_total", Counter,
        "Entries that the journal's ring dropped before the metrics had read them; they are counted nowhere "
        "else."};
    MetricKind streams{"orderlab_journal_streams", Gauge, "Readers of GET /journal."};
    MetricKind log_lines{"orderlab_log_lines_total", Counter, "Lines of the log, dropped ones included.", {"level"}};
    MetricKind log_dropped{"orderlab_log_lines_dropped_total", Counter,
                           "Lines of the log that were dropped because nobody read them in time."};
    MetricKind requests{"orderlab_http_requests_total",
                        Counter,
                        "Answered HTTP requests; route is \"unread\" where no request could be read, status 408 where "
                        "it did not come in "
                        "time and the connection was closed.",
                        {"method", "route", "status"}};
    MetricKind duration{"orderlab_http_request_duration_seconds",
                        Histogram,
                        "From the end of a request's headers to the last byte of its answer.",
                        {"method", "route"}};
    MetricKind bad_traceparents{"orderlab_http_bad_traceparents_total", Counter,
                                "Requests whose traceparent was none of W3C's; each began a new trace."};
    MetricKind otlp_exported{"orderlab_otlp_exported_total",
                             Counter,
                             "Spans, metrics and lines of the log that an OpenTelemetry receiver has taken.",
                             {"signal"}};
    MetricKind otlp_dropped{"orderlab_otlp_dropped_total",
                            Counter,
                            "Spans, metrics and lines of the log that no receiver got.",
                            {"signal", "reason"}};
    MetricKind otlp_queue{"orderlab_otlp_queue_items", Gauge, "What waits to be exported.", {"signal"}};
    MetricKind connections{"orderlab_http_connections", Gauge, "Open connections of HTTP clients."};
    MetricKind outbox_rows{"orderlab_outbox_rows", Gauge, "Events in the outbox that are to be published."};
    MetricKind outbox_age{"orderlab_outbox_oldest_age_seconds", Gauge,
                          "How long the oldest event of the outbox has waited; 0 where none waits."};
    MetricKind pool{"orderlab_store_connections", Gauge, "Connections of the pool to the database.", {"state"}};
    MetricKind pool_max{"orderlab_store_connections_max", Gauge, "How many connections the pool may have."};
    MetricKind lag{"orderlab_consumer_lag_events",
                   Gauge,
                   "Events that a group has yet to commit.",
                   {"group", "topic", "partition"}};
    MetricKind lag_seconds{"orderlab_consumer_lag_seconds",
                           Gauge,
                           "How long the first of these events has waited; 0 where none waits.",
                           {"group", "topic", "partition"}};
    MetricKind members{"orderlab_consumer_group_members", Gauge, "Members of a group, in whatever process.", {"group"}};
    MetricKind parts{"orderlab_part_ready", Gauge, "Whether a part of the system works: 1 or 0.", {"part"}};
    MetricKind errors{"orderlab_metrics_source_errors_total",
                      Counter,
                      "How often the metrics' own questions were not answered.",
                      {"source"}};
};

const OwnKinds& own()
{
    static const OwnKinds kinds;
    return kinds;
}

/// 0 where none waits, nothing where it is not known.
std::optional<double> lagSeconds(const PartitionStatus& partition, TimePoint now)
{
    if (partition.lag() <= 0)
        return 0;
    if (!partition.waiting_since)
        return {};
    // The log's clock may be another machine's.
    return std::max(0.0, std::chrono::duration<double>(now - *partition.waiting_since).count());
}

} // namespace

Metrics::Metrics(Runtime& runtime, const Journal& journal, MetricSources sources, const EntryTrace* traces)
    : m_runtime(runtime), m_journal(journal), m_sources(std::move(sources)), m_traces(traces),
      m_of_journal(journal.names())
{}

std::vector<const MetricKind*> Metrics::kinds()
{
    std::vector<const MetricKind*> all = processMetricKinds();
    for (const JournalMetric& metric : journalMetrics())
        all.push_back(&metric.kind);
    const OwnKinds& kinds = own();
    all.insert(all.end(), {&kinds.entries,       &kinds.missed,       &kinds.streams,    &kinds.log_lines,
                           &kinds.log_dropped,   &kinds.requests,     &kinds.duration,   &kinds.bad_traceparents,
                           &kinds.otlp_exported, &kinds.otlp_dropped, &kinds.otlp_queue, &kinds.connections,
                           &kinds.outbox_rows,   &kinds.outbox_age,   &kinds.pool,       &kinds.pool_max,
                           &kinds.lag,           &kinds.lag_seconds,  &kinds.members,    &kinds.parts,
                           &kinds.errors});
    return all;
}

void Metrics::onEntries(std::span<const Entry> entries, std::uint64_t first)
{
    const MutexLock lock(m_mutex);
    m_of_journal.apply(entries, first);
}

void Metrics::countRequest(std::string_view method, std::string_view route, int status, Duration took)
{
    const double seconds = std::chrono::duration<double>(took).count();
    const auto bounds = durationBounds();
    std::array<std::string, 3> key{std::string(method), std::string(route.empty() ? "other" : route),
                                   std::to_string(status)};
    const MutexLock lock(m_request_mutex);
    if (m_requests.size() >= http_series_max && !m_requests.contains(key))
        key[1] = "other";
    Requests& requests = m_requests[key];
    ++requests.count;
    requests.duration.buckets.resize(bounds.size() + 1);
    ++requests.duration.buckets[std::size_t(std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin())];
    requests.duration.value += seconds;
}

void Metrics::collectRequests(std::vector<MetricFamily>& out) const
{
    MetricFamily requests{&own().requests, {}}, durations{&own().duration, {}, durationBounds()};
    std::map<std::array<std::string, 2>, MetricSample> by_route; // Whatever the status.
    {
        const MutexLock lock(m_request_mutex);
        for (const auto& [key, counted] : m_requests) {
            requests.samples.push_back({{key[0], key[1], key[2]}, double(counted.count)});
            MetricSample& sum = by_route[{key[0], key[1]}];
            sum.buckets.resize(counted.duration.buckets.size());
            for (std::size_t i = 0; i < sum.buckets.size(); ++i)
                sum.buckets[i] += counted.duration.buckets[i];
            sum.value += counted.duration.value;
        }
    }
    for (auto& [key, sample] : by_route) {
        sample.labels = {key[0], key[1]};
        durations.samples.push_back(std::move(sample));
    }
    out.push_back(std::move(requests));
    out.push_back(std::move(durations));
}

/// One at a time; who comes meanwhile, or soon after, gets what was said before.
Task<void> Metrics::ask()
{
    if (toMicros(m_runtime.now()) - m_asked_us < ask_interval.count() || m_asking.exchange(true))
        co_return;
    struct Done {
        std::atomic<bool>& asking;
        ~Done() { asking = false; }
    } done{m_asking};
    std::optional<Result<std::vector<GroupStatus>>> groups;
    std::optional<Result<StoreLoad>> store;
    if (m_sources.groups)
        groups = co_await withTimeout(m_runtime, ask_limit, "the question for groups", m_sources.groups());
    if (m_sources.store)
        store = co_await withTimeout(m_runtime, ask_limit, "the question to the store", m_sources.store());
    const MutexLock lock(m_asked_mutex);
    m_asked.group_errors += groups && !*groups;
    m_asked.store_errors += store && !*store;
    m_asked.groups = groups && *groups ? std::optional(std::move(**groups)) : std::nullopt;
    m_asked.store = store && *store ? std::optional(**store) : std::nullopt;
    m_asked_us = toMicros(m_runtime.now());
}

void Metrics::collectAsked(std::vector<MetricFamily>& out) const
{
    const OwnKinds& kinds = own();
    const TimePoint now = m_runtime.now();
    const MutexLock lock(m_asked_mutex);
    if (const auto& store = m_asked.store) {
        out.push_back({&kinds.outbox_rows, {{{}, double(store->outbox_rows)}}});
        const double age =
            store->outbox_oldest ? std::chrono::duration<double>(now - *store->outbox_oldest).count() : 0;
        out.push_back({&kinds.outbox_age, {{{}, std::max(age, 0.0)}}});
        out.push_back({&kinds.pool,
                       {{{"idle"}, double(store->connections_idle)},
                        {{"used"}, double(store->connections_open - store->connections_idle)}}});
        out.push_back({&kinds.pool_max, {{{}, double(store->connections_max)}}});
    }
    MetricFamily lag{&kinds.lag, {}}, seconds{&kinds.lag_seconds, {}}, members{&kinds.members, {}};
    for (const GroupStatus& group : m_asked.groups.value_or(std::vector<GroupStatus>{})) {
        if (members.samples.size() < lag_series_max)
            members.samples.push_back({{group.group}, double(group.members.size())});
        for (const PartitionStatus& partition : group.partitions) {
            if (lag.samples.size() >= lag_series_max)
                break;
            const std::vector<std::string> labels{group.group, std::string(topicName(partition.where.topic)),
                                                  std::to_string(partition.where.partition)};
            lag.samples.push_back({labels, double(partition.lag())});
            if (const auto wait = lagSeconds(partition, now))
                seconds.samples.push_back({labels, *wait});
        }
    }
    out.push_back(std::move(lag));
    out.push_back(std::move(seconds));
    out.push_back(std::move(members));
    out.push_back(
        {&kinds.errors, {{{"groups"}, double(m_asked.group_errors)}, {{"store"}, double(m_asked.store_errors)}}});
}

void Metrics::nameTraces(std::vector<MetricFamily>& families) const
{
    for (MetricFamily& family : families) {
        for (MetricSample& sample : family.samples) {
            for (std::optional<Exemplar>& one : sample.exemplars) {
                if (one && !one->order.isNull())
                    one->trace = m_traces->ofOrder(one->order).trace;
            }
        }
    }
}

void Metrics::collectOtlp(std::vector<MetricFamily>& out) const
{
    const OwnKinds& kinds = own();
    MetricFamily exported{&kinds.otlp_exported, {}}, dropped{&kinds.otlp_dropped, {}}, queue{&kinds.otlp_queue, {}};
    for (const auto& [signal, counts] : m_sources.otlp()) {
        const std::string of(name(signal));
        exported.samples.push_back({{of}, double(counts.exported)});
        for (std::size_t i = 0; i < otlp_drop_count; ++i)
            dropped.samples.push_back({{of, std::string(name(OtlpDrop(i)))}, double(counts.dropped[i])});
        queue.samples.push_back({{of}, double(counts.waiting)});
    }
    if (!queue.samples.empty() && m_sources.spans_lost)
        dropped.samples.push_back({{"traces", "table_full"}, double(m_sources.spans_lost())});
    out.push_back(std::move(exported));
    out.push_back(std::move(dropped));
    out.push_back(std::move(queue));
}

Task<std::string> Metrics::page(MetricFormat format)
{
    const std::vector<MetricFamily> all = co_await families();
    co_return metricText(format, all);
}

Task<std::vector<MetricFamily>> Metrics::families()
{
    co_await ask();
    std::vector<MetricFamily> families;
    const OwnKinds& kinds = own();
    {
        const MutexLock lock(m_mutex);
        m_of_journal.collect(families);
    }
    if (m_traces)
        nameTraces(families);
    families.push_back({&kinds.entries, {{{}, double(m_journal.size())}}});
    collectRequests(families);
    collectAsked(families);
    families.push_back({&kinds.bad_traceparents, {{{}, double(m_bad_traceparents)}}});
    if (m_sources.otlp)
        collectOtlp(families);
    if (m_sources.journal_missed)
        families.push_back({&kinds.missed, {{{}, double(m_sources.journal_missed())}}});
    if (m_sources.journal_streams)
        families.push_back({&kinds.streams, {{{}, double(m_sources.journal_streams())}}});
    if (m_sources.http_connections)
        families.push_back({&kinds.connections, {{{}, double(m_sources.http_connections())}}});
    if (m_sources.log) {
        const Log::Counts counts = m_sources.log();
        MetricFamily lines{&kinds.log_lines, {}};
        for (std::size_t i = 0; i < std::size_t(LogLevel::Off); ++i)
            lines.samples.push_back({{std::string(name(LogLevel(i)))}, double(counts.lines[i])});
        families.push_back(std::move(lines));
        families.push_back({&kinds.log_dropped, {{{}, double(counts.dropped)}}});
    }
    if (m_sources.parts) {
        MetricFamily parts{&kinds.parts, {}};
        for (auto& [name, is_ready] : m_sources.parts())
            parts.samples.push_back({{name}, is_ready ? 1.0 : 0.0});
        families.push_back(std::move(parts));
    }
    collectProcessMetrics(families);
    std::erase_if(families, [](const MetricFamily& family) { return family.samples.empty(); });
    co_return families;
}

} // namespace orderlab
