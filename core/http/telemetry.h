#pragma once
#include "http/http_client.h"
#include "http/http_options.h"
#include "observe/log.h"
#include "observe/metrics.h"
#include "observe/spans.h"

#include <array>
#include <optional>

namespace orderlab {

/// Where one signal goes.
struct OtlpTarget {
    HttpClientOptions client;
    std::string path;
    HttpHeaders headers;
    Duration timeout{0};
};

/// What is exported, where and how.
struct OtlpPlan {
    std::array<std::optional<OtlpTarget>, otlp_signal_count> targets; ///< Nothing: the signal is not exported.
    TraceSampler sampler;
    OtlpExporterOptions exporter;
    Duration metrics_interval{0};
    std::vector<std::pair<std::string, AttributeValue>> resource; ///< What was set; the service's name first.
    std::vector<std::string> warnings;                            ///< Of variables of the environment that are ignored.

    bool isOn() const { return targets[0] || targets[1] || targets[2]; }
};

/// What a server exports to an OpenTelemetry receiver. All of it works on the observers' runtime, so that the system
/// does not wait for it.
class Telemetry {
public:
    struct System {
        // See SpanOptions.
        std::function<std::string_view()> messaging_system;
        std::string topic_prefix, db_system;
        bool is_https = false;
    };

    /// `runtime`: with one thread, that of the journal's follower.
    Telemetry(Runtime& runtime, const Names& names, const EntryTrace& traces, OtlpPlan plan, System system, Log& log);
    ~Telemetry();

    /// For the journal's follower; nullptr: there are no spans to make.
    JournalObserver* observer() { return m_spans.get(); }
    void onAnswer(const AnsweredRequest& request);
    std::vector<std::pair<OtlpSignal, OtlpExporter::Counts>> counts() const;
    std::uint64_t spansLost() const { return m_spans ? m_spans->lost() : 0; }

    /// `metrics` outlives this.
    void start(Metrics& metrics);
    /// Before the follower is stopped: from here on nothing is made but by it.
    Task<void> stopMaking();
    /// After the follower: exports what is left.
    Task<void> stop();

private:
    class Sender;
    Task<void> drainSpans();
    Task<void> exportMetrics(Metrics& metrics);

    Runtime& m_runtime;
    Log& m_log;
    const Duration m_metrics_interval;
    const std::int64_t m_started_us;
    std::array<std::unique_ptr<Sender>, otlp_signal_count> m_senders;
    std::array<std::unique_ptr<OtlpExporter>, otlp_signal_count> m_exporters; ///< By OtlpSignal; null: not exported.
    std::unique_ptr<SpanFold> m_spans;
    TaskGroup m_making;
};

} // namespace orderlab
