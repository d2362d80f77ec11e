#pragma once
#include "observe/metric.h"
#include "observe/span.h"

namespace orderlab {

/// Who sends: OpenTelemetry's resource and instrumentation scope. A value.
struct OtlpSource {
    std::vector<std::pair<std::string, AttributeValue>> resource; ///< service.name and so on.
    std::string scope_version;
};

enum class OtlpSignal : std::uint8_t { Traces, Metrics, Logs };
inline constexpr std::size_t otlp_signal_count = 3;
/// "traces", "metrics", "logs": also the last part of the path /v1/….
std::string_view name(OtlpSignal signal);

/// A line of the log as OpenTelemetry has it.
struct OtlpLogRecord {
    std::int64_t time_us = 0;
    int severity = 9; ///< SeverityNumber: 5 debug, 9 info, 13 warn, 17 error.
    std::string_view severity_text;
    std::string_view body;
    Uuid trace;             ///< Null: none.
    std::uint64_t span = 0; ///< 0: none.
    Attributes attributes = {};
};

// OTLP 1.x in JSON (opentelemetry-proto, docs/specification.md, "JSON Protobuf Encoding"): ids are lower-case
// hexadecimal, 64-bit integers strings, enums numbers. Text that is not UTF-8 gets U+FFFD for what is wrong.

/// One element of `spans`. A span without a trace or an id of its own must not be sent.
std::string otlpSpan(const Span& span);
/// One element of `logRecords`.
std::string otlpLogRecord(const OtlpLogRecord& record);
/// One element of `metrics` a family; families without points are left out. Counters and histograms are cumulative
/// since `start_us`.
std::vector<std::string> otlpMetrics(const std::vector<MetricFamily>& families, std::int64_t start_us,
                                     std::int64_t now_us);

/// What stands before and behind the elements of one request; they are separated by commas. One document: real
/// collectors store only the first of a body.
std::string otlpBegin(OtlpSignal signal, const OtlpSource& source);
std::string_view otlpEnd(OtlpSignal signal);

} // namespace orderlab
