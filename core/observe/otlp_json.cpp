#include "observe/otlp_json.h"

#include "base/json_string.h"
#include "observe/span_conventions.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace orderlab {

namespace {

void appendHex(std::string& out, std::uint64_t number)
{
    static constexpr char digits[] = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4)
        out += digits[number >> shift & 15];
}

void appendTrace(std::string& out, const char* name, const Uuid& trace)
{
    ((out += '"') += name) += "\":\"";
    appendHex(out, trace.high);
    appendHex(out, trace.low);
    out += '"';
}

void appendSpanId(std::string& out, const char* name, std::uint64_t span)
{
    ((out += '"') += name) += "\":\"";
    appendHex(out, span);
    out += '"';
}

/// fixed64 and int64 are strings in protobuf's JSON.
void appendInteger(std::string& out, const char* name, std::int64_t value)
{
    (((out += '"') += name) += "\":\"") += std::to_string(value);
    out += '"';
}

void appendTime(std::string& out, const char* name, std::int64_t time_us)
{
    (((out += '"') += name) += "\":\"") += std::to_string(time_us);
    out += time_us == 0 ? "\"" : "000\"";
}

/// As few digits as give the same double again.
void appendNumber(std::string& out, double value)
{
    if (!std::isfinite(value)) {
        out += std::isnan(value) ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
        return;
    }
    char text[40];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    out.append(text, end);
}

void appendValue(std::string& out, const AttributeValue& value)
{
    if (const auto* text = std::get_if<std::string>(&value)) {
        out += "{\"stringValue\":";
        appendJsonString(out, *text);
    } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        out += '{';
        appendInteger(out, "intValue", *integer);
    } else if (const auto* number = std::get_if<double>(&value)) {
        out += "{\"doubleValue\":";
        appendNumber(out, *number);
    } else
        out += std::get<bool>(value) ? "{\"boolValue\":true" : "{\"boolValue\":false";
    out += '}';
}

void appendAttribute(std::string& out, std::string_view key, const AttributeValue& value)
{
    out += "{\"key\":";
    appendJsonString(out, key);
    out += ",\"value\":";
    appendValue(out, value);
    out += '}';
}

template <typename List>
void appendAttributes(std::string& out, const List& attributes)
{
    out += "\"attributes\":[";
    bool is_first = true;
    for (const auto& [key, value] : attributes) {
        if (!std::exchange(is_first, false))
            out += ',';
        appendAttribute(out, key, value);
    }
    out += ']';
}

/// Those that belong to a trace.
void appendExemplars(std::string& out, const MetricSample& sample)
{
    bool is_first = true;
    for (const std::optional<Exemplar>& one : sample.exemplars) {
        if (!one || one->trace.isNull())
            continue;
        out += std::exchange(is_first, false) ? ",\"exemplars\":[{" : ",{";
        appendTime(out, "timeUnixNano", one->time_us);
        out += ",\"asDouble\":";
        appendNumber(out, one->value);
        out += ',';
        appendTrace(out, "traceId", one->trace);
        out += ",\"filteredAttributes\":[";
        appendAttribute(out, conventions::entry, std::int64_t(one->entry));
        out += ',';
        appendAttribute(out, conventions::order, one->order.toString());
        out += "]}";
    }
    out += is_first ? "" : "]";
}

void appendPoint(std::string& out, const MetricFamily& family, const MetricSample& sample, std::int64_t start_us,
                 std::int64_t now_us)
{
    const bool is_histogram = family.kind->type == MetricType::Histogram;
    std::vector<std::pair<std::string_view, AttributeValue>> attributes;
    for (std::size_t i = 0; i < sample.labels.size(); ++i)
        attributes.emplace_back(family.kind->labels[i], sample.labels[i]);
    out += '{';
    appendAttributes(out, attributes);
    out += ',';
    if (family.kind->type == MetricType::Counter || is_histogram) {
        appendTime(out, "startTimeUnixNano", start_us);
        out += ',';
    }
    appendTime(out, "timeUnixNano", now_us);
    if (!is_histogram) {
        out += ",\"asDouble\":";
        appendNumber(out, sample.value);
    } else {
        std::uint64_t count = 0;
        std::string buckets;
        for (const std::uint64_t bucket : sample.buckets) {
            count += bucket;
            (((buckets += buckets.empty() ? "" : ",") += '"') += std::to_string(bucket)) += '"';
        }
        out += ',';
        appendInteger(out, "count", std::int64_t(count));
        out += ",\"sum\":";
        appendNumber(out, sample.value);
        ((out += ",\"bucketCounts\":[") += buckets) += "],\"explicitBounds\":[";
        for (std::size_t i = 0; i < family.bounds.size(); ++i) {
            out += i == 0 ? "" : ",";
            appendNumber(out, family.bounds[i]);
        }
        out += ']';
    }
    if (family.kind->type == MetricType::Counter || is_histogram)
        appendExemplars(out, sample);
    out += '}';
}

} // namespace

std::string_view name(OtlpSignal signal)
{
    switch (signal) {
    case OtlpSignal::Traces: return "traces";
    case OtlpSignal::Metrics: return "metrics";
    case OtlpSignal::Logs: break;
    }
    return "logs";
}

std::string otlpSpan(const Span& span)
{
    std::string out;
    out.reserve(1'024);
    out += '{';
    appendTrace(out, "traceId", span.trace);
    out += ',';
    appendSpanId(out, "spanId", span.id);
    if (span.parent != 0) {
        out += ',';
        appendSpanId(out, "parentSpanId", span.parent);
    }
    out += ",\"name\":";
    appendJsonString(out, span.name);
    (out += ",\"kind\":") += std::to_string(int(span.kind));
    out += ',';
    appendTime(out, "startTimeUnixNano", span.start_us);
    out += ',';
    appendTime(out, "endTimeUnixNano", std::max(span.start_us, span.end_us));
    out += ',';
    appendAttributes(out, span.attributes);
    if (!span.events.empty()) {
        out += ",\"events\":[";
        for (std::size_t i = 0; i < span.events.size(); ++i) {
            out += i == 0 ? "{" : ",{";
            appendTime(out, "timeUnixNano", span.events[i].time_us);
            out += ",\"name\":";
            appendJsonString(out, span.events[i].name);
            out += ',';
            appendAttributes(out, span.events[i].attributes);
            out += '}';
        }
        out += ']';
    }
    if (!span.links.empty()) {
        out += ",\"links\":[";
        for (std::size_t i = 0; i < span.links.size(); ++i) {
            out += i == 0 ? "{" : ",{";
            appendTrace(out, "traceId", span.links[i].trace);
            out += ',';
            appendSpanId(out, "spanId", span.links[i].span);
            out += '}';
        }
        out += ']';
    }
    if (span.is_error) { // STATUS_CODE_ERROR. What went well stays unset, as the specification asks of libraries.
        out += ",\"status\":{\"code\":2,\"message\":";
        appendJsonString(out, span.error);
        out += '}';
    }
    return out += '}';
}

std::string otlpLogRecord(const OtlpLogRecord& record)
{
    std::string out = "{";
    appendTime(out, "timeUnixNano", record.time_us);
    out += ',';
    appendTime(out, "observedTimeUnixNano", record.time_us);
    ((out += ",\"severityNumber\":") += std::to_string(record.severity)) += ",\"severityText\":";
    appendJsonString(out, record.severity_text);
    out += ",\"body\":{\"stringValue\":";
    appendJsonString(out, record.body);
    out += "},";
    appendAttributes(out, record.attributes);
    if (!record.trace.isNull()) {
        out += ',';
        appendTrace(out, "traceId", record.trace);
        if (record.span != 0) {
            out += ',';
            appendSpanId(out, "spanId", record.span);
        }
    }
    return out += '}';
}

std::vector<std::string> otlpMetrics(const std::vector<MetricFamily>& families, std::int64_t start_us,
                                     std::int64_t now_us)
{
    std::vector<std::string> metrics;
    for (const MetricFamily& family : families) {
        if (family.samples.empty())
            continue;
        const MetricType type = family.kind->type;
        std::string out = "{\"name\":";
        appendJsonString(out, family.kind->name);
        out += ",\"description\":";
        appendJsonString(out, family.kind->help);
        if (family.kind->name.ends_with("_seconds") || family.kind->name.ends_with("_seconds_total"))
            out += ",\"unit\":\"s\"";
        else if (family.kind->name.ends_with("_bytes"))
            out += ",\"unit\":\"By\"";
        static constexpr std::string_view cumulative =
            "\"aggregationTemporality\":2,"; // AGGREGATION_TEMPORALITY_CUMULATIVE
        if (type == MetricType::Counter)
            ((out += ",\"sum\":{") += cumulative) += "\"isMonotonic\":true,";
        else if (type == MetricType::Histogram)
            (out += ",\"histogram\":{") += cumulative;
        else
            out += ",\"gauge\":{";
        out += "\"dataPoints\":[";
        for (std::size_t i = 0; i < family.samples.size(); ++i) {
            out += i == 0 ? "" : ",";
            appendPoint(out, family, family.samples[i], start_us, now_us);
        }
        out += "]}}";
        metrics.push_back(std::move(out));
    }
    return metrics;
}

std::string otlpBegin(OtlpSignal signal, const OtlpSource& source)
{
    static constexpr const char* all[] = {"resourceSpans", "resourceMetrics", "resourceLogs"};
    static constexpr const char* scopes[] = {"scopeSpans", "scopeMetrics", "scopeLogs"};
    static constexpr const char* items[] = {"spans", "metrics", "logRecords"};
    const auto i = std::size_t(signal);
    std::string out = "{\"";
    (out += all[i]) += "\":[{\"resource\":{";
    appendAttributes(out, source.resource);
    ((out += "},\"schemaUrl\":\"") += conventions::schema_url) += "\",\"";
    (out += scopes[i]) += "\":[{\"scope\":{\"name\":\"orderlab\",\"version\":";
    appendJsonString(out, source.scope_version);
    ((out += "},\"schemaUrl\":\"") += conventions::schema_url) += "\",\"";
    return (out += items[i]) += "\":[";
}

std::string_view otlpEnd(OtlpSignal)
{
    return "]}]}]}";
}

} // namespace orderlab
