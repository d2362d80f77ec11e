#pragma once
#include "base/mutex.h"
#include "bus/event_bus.h"
#include "observe/entry_trace.h"
#include "observe/journal_follower.h"
#include "observe/journal_metrics.h"
#include "observe/log.h"
#include "observe/metric_text.h"
#include "observe/otlp_exporter.h"
#include "runtime/task_group.h"
#include "store/records.h"

#include <atomic>
#include <map>

namespace orderlab {

/// What of a running system is asked when its metrics are. Each may be empty, and may be called from any thread.
struct MetricSources {
    std::function<Task<Result<std::vector<GroupStatus>>>()> groups = {};
    std::function<Task<Result<StoreLoad>>()> store = {};
    /// Parts of the system, and whether they are ready.
    std::function<std::vector<std::pair<std::string, bool>>()> parts = {};
    std::function<std::size_t()> http_connections = {};
    std::function<std::size_t()> journal_streams = {};
    std::function<std::uint64_t()> journal_missed = {}; ///< Entries that the follower of the journal did not see.
    std::function<Log::Counts()> log = {};
    /// Of each signal that is exported; nothing where none is.
    std::function<std::vector<std::pair<OtlpSignal, OtlpExporter::Counts>>()> otlp = {};
    std::function<std::uint64_t()> spans_lost = {}; ///< Of which no span could be made: see SpanFold.
};

/// The metrics of one process: those of the journal, which it observes, of HTTP requests, of what the sources say, and
/// of the process. Any thread.
///
/// A page asks store and brokers at most once a second, however many ask for pages, and waits for each for ask_limit at
/// most; what could not be asked is left out and counted in orderlab_metrics_source_errors_total.
class Metrics final : public JournalObserver {
public:
    static constexpr Duration ask_interval{std::chrono::seconds{1}};
    static constexpr Duration ask_limit{std::chrono::seconds{3}};
    static constexpr std::size_t lag_series_max = 2'000;  ///< Of each lag metric; further partitions are left out.
    static constexpr std::size_t http_series_max = 1'000; ///< Further ones are counted for route "other".

    /// `traces`: nullptr: exemplars do not say to which trace they belong. It outlives this.
    Metrics(Runtime& runtime, const Journal& journal, MetricSources sources, const EntryTrace* traces = nullptr);

    void onEntries(std::span<const Entry> entries, std::uint64_t first) override;
    /// `route`: its pattern; empty: there was none at the path.
    void countRequest(std::string_view method, std::string_view route, int status, Duration took);
    /// A request with a traceparent that is none, or several: it began a new trace.
    void countBadTraceparent() { ++m_bad_traceparents; }
    Task<std::string> page(MetricFormat format);
    /// What a page shows.
    Task<std::vector<MetricFamily>> families();

    /// Every metric there is, whether or not it has a series at the moment.
    static std::vector<const MetricKind*> kinds();

private:
    struct Asked {
        std::optional<std::vector<GroupStatus>> groups;
        std::optional<StoreLoad> store;
        std::uint64_t group_errors = 0, store_errors = 0;
    };
    struct Requests {
        std::uint64_t count = 0;
        MetricSample duration;
    };

    Task<void> ask();
    void collectRequests(std::vector<MetricFamily>& out) const;
    void collectAsked(std::vector<MetricFamily>& out) const;
    void nameTraces(std::vector<MetricFamily>& families) const;
    void collectOtlp(std::vector<MetricFamily>& out) const;

    Runtime& m_runtime;
    const Journal& m_journal;
    const MetricSources m_sources;
    const EntryTrace* const m_traces;
    mutable Mutex m_mutex;
    JournalMetrics m_of_journal ORDERLAB_GUARDED_BY(m_mutex);
    mutable Mutex m_request_mutex;
    std::map<std::array<std::string, 3>, Requests> m_requests ORDERLAB_GUARDED_BY(m_request_mutex);
    mutable Mutex m_asked_mutex;
    Asked m_asked ORDERLAB_GUARDED_BY(m_asked_mutex);
    std::atomic<std::uint64_t> m_bad_traceparents{0};
    std::atomic<bool> m_asking{false};
    std::atomic<std::int64_t> m_asked_us{0}; ///< When it was asked last.
};

} // namespace orderlab
