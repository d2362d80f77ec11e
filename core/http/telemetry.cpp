#include "http/telemetry.h"

#include "observe/span_conventions.h"
#include "runtime/with_timeout.h"

#include <algorithm>

#include <unistd.h>

namespace orderlab {

namespace {

constexpr Duration drain_interval{std::chrono::milliseconds{100}};

std::string hostName()
{
    char name[256] = "";
    return ::gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

/// What was set wins over what we know.
OtlpSource sourceOf(Runtime& runtime, const OtlpPlan& plan)
{
    OtlpSource source{plan.resource, ORDERLAB_VERSION};
    const std::pair<std::string, AttributeValue> known[] = {
        {"service.version", std::string(ORDERLAB_VERSION)},
        {"service.instance.id", runtime.newUuid().toString()},
        {"host.name", hostName()},
        {"process.pid", std::int64_t{::getpid()}},
        {"telemetry.sdk.name", std::string("orderlab")}, // "opentelemetry" is for the project's own.
        {"telemetry.sdk.language", std::string("cpp")},
        {"telemetry.sdk.version", std::string(ORDERLAB_VERSION)},
    };
    for (const auto& one : known) {
        const bool is_set = std::any_of(source.resource.begin(), source.resource.end(),
                                        [&](const auto& other) { return other.first == one.first; });
        if (!is_set)
            source.resource.push_back(one);
    }
    return source;
}

/// Severities of OpenTelemetry's log data model.
OtlpLogRecord recordOf(std::int64_t now_us, LogArea area, LogLevel level, std::string_view message,
                       const LogFields& fields)
{
    static constexpr int severities[] = {5, 9, 13, 17, 17}; // By LogLevel; nothing is logged at Off.
    OtlpLogRecord record{now_us, severities[std::size_t(level)], name(level), message, fields.trace, fields.span};
    record.attributes.push_back({"orderlab.area", std::string(name(area))});
    if (!fields.order.isNull())
        record.attributes.push_back({conventions::order, fields.order.toString()});
    if (!fields.event.isNull())
        record.attributes.push_back({conventions::message_id, fields.event.toString()});
    if (!fields.group.empty())
        record.attributes.push_back({conventions::group, std::string(fields.group)});
    if (!fields.worker.empty())
        record.attributes.push_back({conventions::client, std::string(fields.worker)});
    if (fields.attempt > 0)
        record.attributes.push_back({conventions::attempt, std::int64_t{fields.attempt}});
    if (fields.entry)
        record.attributes.push_back({conventions::entry, std::int64_t(*fields.entry)});
    return record;
}

} // namespace

/// Posts documents to one place.
class Telemetry::Sender {
public:
    Sender(Runtime& runtime, OtlpTarget target)
        : m_runtime(runtime), m_target(std::move(target)), m_client(runtime, m_target.client)
    {
        m_target.headers.emplace_back("User-Agent", "OTel-OTLP-Exporter-Orderlab/" ORDERLAB_VERSION);
    }

    Task<Result<OtlpReply>> send(std::string body)
    {
        auto reply = co_await withTimeout(m_runtime, m_target.timeout, "the OpenTelemetry receiver",
                                          m_client.post(m_target.path, std::move(body), m_target.headers));
        m_client.close(); // Until the next batch the receiver would have closed it.
        if (!reply)
            co_return reply.error();
        co_return OtlpReply{reply->status, std::string(reply->header("Retry-After")), std::move(reply->body)};
    }

private:
    Runtime& m_runtime;
    OtlpTarget m_target;
    HttpClient m_client;
};

Telemetry::Telemetry(Runtime& runtime, const Names& names, const EntryTrace& traces, OtlpPlan plan, System system,
                     Log& log)
    : m_runtime(runtime), m_log(log), m_metrics_interval(plan.metrics_interval), m_started_us(toMicros(runtime.now())),
      m_making(runtime)
{
    const OtlpSource source = sourceOf(runtime, plan);
    for (std::size_t i = 0; i < otlp_signal_count; ++i) {
        if (!plan.targets[i])
            continue;
        m_senders[i] = std::make_unique<Sender>(runtime, *plan.targets[i]);
        const std::string signal(name(OtlpSignal(i)));
        m_exporters[i] = std::make_unique<OtlpExporter>(
            runtime, OtlpSignal(i), source, plan.exporter,
            [sender = m_senders[i].get()](std::string body) { return sender->send(std::move(body)); },
            [signal, &log](const std::string& error) {
                const std::string receiver = "the OpenTelemetry receiver ";
                if (error.empty())
                    log.write(LogArea::Server, LogLevel::Info, receiver + "takes " + signal + " again");
                else
                    log.write(LogArea::Server, LogLevel::Warning, receiver + "does not take " + signal + ": " + error);
            });
    }
    if (OtlpExporter* logs = m_exporters[std::size_t(OtlpSignal::Logs)].get()) {
        log.setTap([&runtime, logs](LogArea area, LogLevel level, std::string_view message, const LogFields& fields) {
            logs->push({otlpLogRecord(recordOf(toMicros(runtime.now()), area, level, message, fields))});
        });
    }
    if (!m_exporters[std::size_t(OtlpSignal::Traces)] || plan.sampler.isOff())
        return;
    m_spans = std::make_unique<SpanFold>(
        names, traces,
        SpanOptions{plan.sampler, std::move(system.messaging_system), system.topic_prefix, system.db_system,
                    system.is_https},
        [exporter = m_exporters[std::size_t(OtlpSignal::Traces)].get()](const std::vector<Span>& spans) {
            std::vector<std::string> items;
            items.reserve(spans.size());
            for (const Span& span : spans)
                items.push_back(otlpSpan(span));
            exporter->push(std::move(items));
        });
}

Telemetry::~Telemetry()
{
    m_log.setTap({});
}

void Telemetry::onAnswer(const AnsweredRequest& request)
{
    if (!m_spans || (request.method != "POST" && request.method != "PUT" && request.method != "DELETE"))
        return; // Looking at the system is not a part of what it does.
    ServedRequest served{std::string(request.method), std::string(request.route), std::string(request.path)};
    served.status = request.status;
    served.end_us = toMicros(m_runtime.now());
    served.start_us = served.end_us - request.took.count();
    served.order = request.order;
    served.canceled = request.canceled;
    const auto caller = TraceContext::parse(request.traceparent);
    if (caller && !request.has_traceparents)
        served.caller = *caller;
    served.random_high = m_runtime.random();
    served.random = m_runtime.random();
    m_spans->onRequest(std::move(served));
}

std::vector<std::pair<OtlpSignal, OtlpExporter::Counts>> Telemetry::counts() const
{
    std::vector<std::pair<OtlpSignal, OtlpExporter::Counts>> all;
    for (const auto& exporter : m_exporters) {
        if (exporter)
            all.emplace_back(exporter->signal(), exporter->counts());
    }
    return all;
}

void Telemetry::start(Metrics& metrics)
{
    for (const auto& exporter : m_exporters) {
        if (exporter)
            exporter->start();
    }
    if (m_spans)
        m_making.spawn(drainSpans());
    if (m_exporters[std::size_t(OtlpSignal::Metrics)])
        m_making.spawn(exportMetrics(metrics));
}

Task<void> Telemetry::drainSpans()
{
    for (;;) {
        co_await m_runtime.sleep(drain_interval);
        m_spans->drain(toMicros(m_runtime.now()));
    }
}

Task<void> Telemetry::exportMetrics(Metrics& metrics)
{
    for (;;) {
        co_await m_runtime.sleep(m_metrics_interval);
        const std::vector<MetricFamily> families = co_await metrics.families();
        m_exporters[std::size_t(OtlpSignal::Metrics)]->push(
            otlpMetrics(families, m_started_us, toMicros(m_runtime.now())));
    }
}

Task<void> Telemetry::stopMaking()
{
    m_making.cancel();
    co_await m_making.join();
}

Task<void> Telemetry::stop()
{
    if (m_spans)
        m_spans->drain(INT64_MAX);
    for (const auto& exporter : m_exporters) {
        if (exporter)
            co_await exporter->stop();
    }
}

} // namespace orderlab
