#pragma once
#include "base/mutex.h"
#include "observe/otlp_json.h"
#include "runtime/task_group.h"

#include <array>
#include <atomic>
#include <deque>
#include <functional>

namespace orderlab {

/// Why something was not exported.
enum class OtlpDrop : std::uint8_t {
    QueueFull,   ///< It came faster than it was taken, or the receiver is away.
    Refused,     ///< The receiver refused the whole request: 400 and the like.
    Rejected,    ///< The receiver took the request and rejected some of it (partialSuccess).
    Unavailable, ///< Tried again for retry_for_max without success.
    Answer,      ///< What answered is no OTLP receiver.
    Shutdown,    ///< The process ended before the receiver had it.
};
inline constexpr std::size_t otlp_drop_count = 6;
/// "queue_full", "refused"…: a metric's label.
std::string_view name(OtlpDrop drop);

struct OtlpReply {
    int status = 0;
    std::string retry_after = {}; ///< The header's value; empty: none.
    std::string body = {};
};

struct OtlpExporterOptions {
    std::size_t queue_max = 16'384; ///< Items that wait, OTEL_BSP_MAX_QUEUE_SIZE: some seconds of a busy server.
    std::size_t batch_max = 512;    ///< Items of a request, OTEL_BSP_MAX_EXPORT_BATCH_SIZE.
    Duration interval{std::chrono::seconds{5}}; ///< At most so long after the first item, OTEL_BSP_SCHEDULE_DELAY.
};

/// Sends items of one signal to an OpenTelemetry receiver, in batches, in the order in which they came. Any thread.
///
/// It never holds anybody up: what finds the queue full is dropped and counted. Answers 429, 502, 503 and 504, and a
/// receiver that cannot be reached or is silent, are tried again: after what Retry-After says, else with exponential
/// backoff. Any other answer than 200 is a loss of the whole batch. At least once: a batch whose answer is lost is sent
/// again. Every item ends as exported, as dropped for one reason, or waits.
class OtlpExporter {
public:
    static constexpr std::size_t queue_bytes_max = 32 << 20;          ///< However few items it is.
    static constexpr std::size_t batch_bytes_max = 4 << 20;           ///< Receivers' usual limit of a request is more.
    static constexpr Duration retry_for_max{std::chrono::minutes{5}}; ///< As OpenTelemetry's Collector does.
    static constexpr Duration backoff_min{std::chrono::seconds{1}}, backoff_max{std::chrono::seconds{30}};
    static constexpr Duration retry_after_max{std::chrono::minutes{2}}; ///< A receiver that asks for more gets this.
    static constexpr Duration flush_limit{std::chrono::seconds{5}};     ///< At the end.

    struct Counts {
        std::uint64_t exported = 0;
        std::array<std::uint64_t, otlp_drop_count> dropped{}; ///< By OtlpDrop.
        std::size_t waiting = 0;                              ///< Those of a batch that is being sent included.
    };

    /// `send` posts a document and gives the answer, or an error where there was none; always called on one strand, one
    /// at a time. `on_change(error)` is told once when the receiver goes (with a sentence) and once when it is back
    /// (empty).
    OtlpExporter(Runtime& runtime, OtlpSignal signal, const OtlpSource& source, OtlpExporterOptions options,
                 std::function<Task<Result<OtlpReply>>(std::string)> send,
                 std::function<void(const std::string&)> on_change);

    void push(std::vector<std::string> items);
    void start();
    /// Sends what waits, as far as flush_limit allows; the rest counts as dropped.
    Task<void> stop();
    Counts counts() const;
    OtlpSignal signal() const { return m_signal; }

private:
    struct Verdict {
        enum class Kind : std::uint8_t { Done, Lost, Again } kind = Kind::Done;
        OtlpDrop reason = OtlpDrop::Refused; ///< Of Lost.
        std::uint64_t rejected = 0;          ///< Of Done.
        Duration wait{0};                    ///< Of Again; 0: not said.
        std::string error = {};              ///< Unless it is Done.
    };

    Task<void> run();
    Task<void> flush();
    Task<void> deliver();
    Task<Verdict> tryOnce();
    Verdict judge(const Result<OtlpReply>& reply) const;
    bool takeBatch();
    bool isBatchDue() const;
    void settle(const Verdict& verdict);
    void tell(const std::string& error);

    Runtime& m_runtime;
    const OtlpSignal m_signal;
    const std::string m_begin;
    const OtlpExporterOptions m_options;
    const std::function<Task<Result<OtlpReply>>(std::string)> m_send;
    const std::function<void(const std::string&)> m_on_change;
    const Executor m_executor; ///< Of everything that sends.
    mutable Mutex m_mutex;
    std::deque<std::string> m_queue ORDERLAB_GUARDED_BY(m_mutex);
    std::size_t m_queue_bytes ORDERLAB_GUARDED_BY(m_mutex) = 0;
    TimePoint m_first_since ORDERLAB_GUARDED_BY(m_mutex); ///< When the queue was empty last.
    bool m_closed ORDERLAB_GUARDED_BY(m_mutex) = false;
    Counts m_counts ORDERLAB_GUARDED_BY(m_mutex);
    std::vector<std::string> m_batch; ///< Being sent; by the executor alone, as all below.
    bool m_is_away = false;
    std::atomic<bool> m_is_stopping{false}; ///< A request that is cut off then says nothing of the receiver.
    TaskGroup m_running, m_flushing;
};

} // namespace orderlab
