#include "observe/otlp_exporter.h"

#include "base/json_tree.h"
#include "base/utf8.h"
#include "runtime/with_timeout.h"

#include <algorithm>
#include <charconv>

namespace orderlab {

namespace {

constexpr Duration look_interval{std::chrono::milliseconds{50}};
constexpr std::size_t answer_words_max = 200; ///< Of a receiver's message in our log.

/// Whole seconds; a date, or what is neither, is as if it were not there.
Duration retryAfterOf(std::string_view text)
{
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end != text.data() + text.size() || seconds < 0)
        return {};
    return std::min(Duration{std::chrono::seconds{std::min<std::int64_t>(seconds, 3'600)}},
                    OtlpExporter::retry_after_max);
}

Task<Result<void>> joinedFlush(TaskGroup& group)
{
    co_await group.join();
    co_return Result<void>{};
}

bool isWorthRepeating(int status)
{
    return status == 429 || status == 502 || status == 503 || status == 504;
}

/// How many the receiver says it rejected; nothing where it is no answer of OTLP.
std::optional<std::uint64_t> rejectedIn(const std::string& body)
{
    if (body.empty())
        return 0;
    JsonProblem problem;
    const auto tree = parseJsonTree(body, problem);
    if (!tree || tree->type != JsonType::Object)
        return {};
    const JsonNode* partial = tree->find("partialSuccess");
    if (!partial || partial->type != JsonType::Object)
        return 0;
    for (const char* name : {"rejectedSpans", "rejectedDataPoints", "rejectedLogRecords"}) {
        const JsonNode* count = partial->find(name); // A string, as it is an int64; some write a number.
        std::uint64_t rejected = 0;
        if (count
            && std::from_chars(count->text.data(), count->text.data() + count->text.size(), rejected).ec == std::errc{})
            return rejected;
    }
    return 0;
}

} // namespace

std::string_view name(OtlpDrop drop)
{
    static constexpr std::string_view names[] = {"queue_full",  "refused",        "rejected",
                                                 "unavailable", "invalid_answer", "shutdown"};
    return names[std::size_t(drop)];
}

OtlpExporter::OtlpExporter(Runtime& runtime, OtlpSignal signal, const OtlpSource& source, OtlpExporterOptions options,
                           std::function<Task<Result<OtlpReply>>(std::string)> send,
                           std::function<void(const std::string&)> on_change)
    : m_runtime(runtime), m_signal(signal), m_begin(otlpBegin(signal, source)), m_options(options),
      m_send(std::move(send)), m_on_change(std::move(on_change)), m_executor(runtime.strand()), m_running(runtime),
      m_flushing(runtime)
{}

void OtlpExporter::push(std::vector<std::string> items)
{
    if (items.empty())
        return;
    const TimePoint now = m_runtime.now();
    const MutexLock lock(m_mutex);
    if (m_queue.empty())
        m_first_since = now;
    for (std::string& item : items) {
        if (m_closed || m_queue.size() >= m_options.queue_max || m_queue_bytes + item.size() > queue_bytes_max) {
            ++m_counts.dropped[std::size_t(m_closed ? OtlpDrop::Shutdown : OtlpDrop::QueueFull)];
            continue;
        }
        m_queue_bytes += item.size();
        ++m_counts.waiting;
        m_queue.push_back(std::move(item));
    }
}

OtlpExporter::Counts OtlpExporter::counts() const
{
    const MutexLock lock(m_mutex);
    return m_counts;
}

void OtlpExporter::start()
{
    m_running.spawn(m_executor, run());
}

Task<void> OtlpExporter::stop()
{
    m_is_stopping = true;
    m_running.cancel();
    co_await m_running.join();
    m_flushing.spawn(m_executor, flush());
    const Result<void> flushed =
        co_await withTimeout(m_runtime, flush_limit, "the last export", joinedFlush(m_flushing));
    if (!flushed) {
        m_flushing.cancel();
        co_await m_flushing.join();
    }
    const MutexLock lock(m_mutex);
    m_closed = true;
    m_counts.dropped[std::size_t(OtlpDrop::Shutdown)] += std::exchange(m_counts.waiting, 0);
    m_queue.clear();
}

bool OtlpExporter::isBatchDue() const
{
    const MutexLock lock(m_mutex);
    return m_queue.size() >= m_options.batch_max || m_queue_bytes >= batch_bytes_max
           || (!m_queue.empty() && m_runtime.now() - m_first_since >= m_options.interval);
}

/// False: there is none.
bool OtlpExporter::takeBatch()
{
    const MutexLock lock(m_mutex);
    for (std::size_t bytes = 0; !m_queue.empty() && m_batch.size() < m_options.batch_max;) {
        bytes += m_queue.front().size();
        if (bytes > batch_bytes_max && !m_batch.empty())
            break;
        m_queue_bytes -= m_queue.front().size();
        m_batch.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
    }
    m_first_since = m_runtime.now();
    return !m_batch.empty();
}

Task<void> OtlpExporter::run()
{
    for (;;) {
        if (isBatchDue() && takeBatch())
            co_await deliver();
        else
            co_await m_runtime.sleep(look_interval);
    }
}

/// Each batch once: who is away now is not waited for.
Task<void> OtlpExporter::flush()
{
    while (!m_batch.empty() || takeBatch()) {
        Verdict verdict = co_await tryOnce();
        if (verdict.kind == Verdict::Kind::Again)
            co_return;
        settle(verdict);
    }
}

/// Sends the batch until it is settled.
Task<void> OtlpExporter::deliver()
{
    const TimePoint give_up = m_runtime.now() + retry_for_max;
    Duration backoff = backoff_min;
    for (;;) {
        Verdict verdict = co_await tryOnce();
        if (verdict.kind != Verdict::Kind::Again) {
            settle(verdict);
            co_return;
        }
        if (m_runtime.now() >= give_up) {
            verdict.kind = Verdict::Kind::Lost;
            verdict.reason = OtlpDrop::Unavailable;
            settle(verdict);
            co_return;
        }
        if (!m_is_stopping)
            tell(verdict.error);
        const auto jitter = Duration{std::int64_t(m_runtime.randomBelow(std::uint64_t(backoff.count() / 2) + 1))};
        co_await m_runtime.sleep(verdict.wait.count() > 0 ? verdict.wait : backoff / 2 + jitter);
        backoff = std::min(backoff * 2, backoff_max);
    }
}

Task<OtlpExporter::Verdict> OtlpExporter::tryOnce()
{
    std::string body = m_begin;
    for (std::size_t i = 0; i < m_batch.size(); ++i)
        (body += i == 0 ? "" : ",") += m_batch[i];
    body += otlpEnd(m_signal);
    const Result<OtlpReply> reply = co_await m_send(std::move(body));
    co_return judge(reply);
}

OtlpExporter::Verdict OtlpExporter::judge(const Result<OtlpReply>& reply) const
{
    using enum Verdict::Kind;
    if (!reply && reply.error().code == ErrorCode::Corrupt)
        return {Lost, OtlpDrop::Answer, 0, {}, reply.error().message};
    if (!reply)
        return {Again, {}, 0, {}, reply.error().message};
    const std::string status = "it answered " + std::to_string(reply->status);
    if (isWorthRepeating(reply->status))
        return {Again, {}, 0, retryAfterOf(reply->retry_after), status};
    if (reply->status / 100 != 2)
        return {Lost, OtlpDrop::Refused, 0, {}, status + ": " + shortened(reply->body, answer_words_max)};
    const auto rejected = rejectedIn(reply->body);
    if (!rejected)
        return {Lost, OtlpDrop::Answer, 0, {}, status + " with what no OTLP receiver answers"};
    return {Done, {}, std::min<std::uint64_t>(*rejected, m_batch.size()), {}, {}};
}

void OtlpExporter::settle(const Verdict& verdict)
{
    tell(verdict.error);
    const MutexLock lock(m_mutex);
    m_counts.waiting -= m_batch.size();
    if (verdict.kind == Verdict::Kind::Done) {
        m_counts.exported += m_batch.size() - verdict.rejected;
        m_counts.dropped[std::size_t(OtlpDrop::Rejected)] += verdict.rejected;
    } else
        m_counts.dropped[std::size_t(verdict.reason)] += m_batch.size();
    m_batch.clear();
}

void OtlpExporter::tell(const std::string& error)
{
    if (m_is_away == !error.empty())
        return;
    m_is_away = !error.empty();
    m_on_change(error);
}

} // namespace orderlab
