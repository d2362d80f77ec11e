#include "http/observe_api.h"

#include "http/operations.h"

namespace orderlab {

namespace {

constexpr std::size_t accept_bytes_max = 1'000;

struct MetricsAsked {
    MetricFormat format = MetricFormat::Prometheus;
};
struct MetricsPage {
    MetricFormat format;
    std::string text;
};

std::string takeAccept(MetricsAsked& out, const FieldValue& value)
{
    out.format = metricFormatFor(value.text.substr(0, accept_bytes_max));
    return {};
}

Task<Result<MetricsPage>> readMetrics(Metrics& metrics, MetricsAsked asked)
{
    std::string text = co_await metrics.page(asked.format);
    co_return MetricsPage{asked.format, std::move(text)};
}

HttpResponse metricsResponse(const MetricsPage& page)
{
    HttpResponse response;
    response.body = page.text;
    response.content_type = contentTypeOf(page.format);
    return response;
}

std::string takeKinds(JournalQuery& out, const FieldValue& value)
{
    std::string_view rest = value.text;
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        const std::string_view one = rest.substr(0, comma);
        const EntryKind kind = entryKindOf(one);
        if (kind == EntryKind::None)
            return "must be kinds of entries with commas between them; " + shortName(one)
                   + " is none: see EntryKind in /openapi.json";
        out.filter.kinds.set(std::size_t(kind));
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    return {};
}

std::string takeOrder(JournalQuery& out, const FieldValue& value)
{
    return readUuid(value, out.filter.order.emplace(), "an order's id");
}

std::string takeEvent(JournalQuery& out, const FieldValue& value)
{
    return readUuid(value, out.filter.event.emplace(), "an event's id");
}

std::string takeGroup(JournalQuery& out, const FieldValue& value)
{
    return readText(value, out.filter.group, 1, 255);
}

std::string takeTopic(JournalQuery& out, const FieldValue& value)
{
    return readText(value, out.filter.topic, 1, 255);
}

std::string takeFrom(JournalQuery& out, const FieldValue& value)
{
    if (value.text == "now" || value.text == "oldest") {
        out.start.at = value.text == "now" ? JournalStart::At::Now : JournalStart::At::Oldest;
        return {};
    }
    out.start.at = JournalStart::At::Number;
    const std::string mistake = readInteger(value, out.start.number, 0, std::numeric_limits<std::int64_t>::max());
    return mistake.empty() ? std::string() : "must be now, oldest or the number of an entry";
}

std::string takeLastEventId(JournalQuery& out, const FieldValue& value)
{
    if (value.is_repeated)
        return "must be there once";
    out.last_event_id = value.text;
    return {};
}

RequestReader<JournalQuery> journalReader()
{
    return {BodyRule::Ignored,
            {{FieldPlace::Query, "kind", takeKinds},
             {FieldPlace::Query, "order", takeOrder},
             {FieldPlace::Query, "event", takeEvent},
             {FieldPlace::Query, "group", takeGroup},
             {FieldPlace::Query, "topic", takeTopic},
             {FieldPlace::Query, "from", takeFrom},
             {FieldPlace::Header, "Last-Event-ID", takeLastEventId}}};
}

class JournalBody final : public ResponseStream {
public:
    explicit JournalBody(std::shared_ptr<JournalStream> stream) : m_stream(std::move(stream)) {}

    Task<std::optional<std::string>> next() override
    {
        std::string piece = co_await m_stream->next();
        co_return piece;
    }

private:
    const std::shared_ptr<JournalStream> m_stream;
};

Task<Result<std::shared_ptr<JournalStream>>> openJournal(JournalFeed& feed, JournalQuery query)
{
    co_return feed.open(std::move(query));
}

HttpResponse journalResponse(const std::shared_ptr<JournalStream>& stream)
{
    HttpResponse response;
    response.content_type = "text/event-stream";
    response.stream = std::make_shared<JournalBody>(stream);
    return response;
}

struct LogChange {
    std::string level;
};

std::string takeLevel(LogChange& out, const FieldValue& value)
{
    return readText(value, out.level, 1, 1'000);
}

Task<Result<Log*>> getLog(Log& log, NoFields)
{
    co_return &log;
}

Task<Result<Log*>> putLog(Log& log, LogChange change)
{
    ORDERLAB_TRY(co_return, log.setLevels(change.level));
    co_return &log;
}

JsonNode logJson(const Log& log)
{
    const Log::Counts counts = log.counts();
    JsonNode lines = JsonNode::object();
    for (std::size_t i = 0; i < std::size_t(LogLevel::Off); ++i)
        lines.add(name(LogLevel(i)), JsonNode::number(counts.lines[i]));
    return JsonNode::object()
        .add("level", JsonNode::string(log.levels()))
        .add("lines", std::move(lines))
        .add("dropped", JsonNode::number(counts.dropped));
}

} // namespace

void addObserveApi(Router& router, ObserveServices services)
{
    const RequestReader<MetricsAsked> accept{BodyRule::Ignored, {{FieldPlace::Header, "Accept", takeAccept}}};
    Operations<Metrics> metrics(router, [services] { return services.metrics; });
    metrics.add({"GET", "/metrics", "getMetrics", "Metrics for Prometheus"}, accept, readMetrics, metricsResponse);
    Operations<JournalFeed> journal(router, [services] { return services.journal; });
    journal.add({"GET", "/journal", "streamJournal", "The journal as server-sent events, without an end"},
                journalReader(), openJournal, journalResponse);
    const RequestReader<NoFields> nothing{BodyRule::Ignored, {}};
    const RequestReader<LogChange> change{BodyRule::Json, {{FieldPlace::Body, "level", takeLevel, true}}};
    const auto write = [](Log* log) { return logJson(*log); };
    Operations<Log> log(router, [services] { return services.log; });
    log.add({"GET", "/log", "getLog", "What is logged, and how much of it was lost"}, nothing, getLog, write);
    log.add({"PUT", "/log", "setLog", "Log more or less from now on"}, change, putLog, write);
}

} // namespace orderlab
