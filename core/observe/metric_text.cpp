#include "observe/metric_text.h"

#include "base/utf8.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <charconv>
#include <cmath>
#include <limits>

namespace orderlab {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::string utf8Of(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const std::size_t length = characterLength(text);
        out += length > 0 ? text.substr(0, length) : replacement_character;
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

std::string escaped(std::string_view text, bool quotes)
{
    std::string out;
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\\' || (c == '"' && quotes))
            (out += '\\') += c;
        else
            out += c;
    }
    return out;
}

/// In as few digits as give the same double again.
std::string numberOf(double value)
{
    if (value == infinity)
        return "+Inf";
    char text[40];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

std::string_view withoutEnd(std::string_view name, std::string_view end)
{
    return name.ends_with(end) ? name.substr(0, name.size() - end.size()) : name;
}

bool isFit(const MetricFamily& family, const MetricSample& sample)
{
    return std::isfinite(sample.value) && sample.labels.size() == family.kind->labels.size();
}

prometheus::MetricType typeOf(MetricType type)
{
    switch (type) {
    case MetricType::Counter: return prometheus::MetricType::Counter;
    case MetricType::Histogram: return prometheus::MetricType::Histogram;
    case MetricType::Gauge:
    case MetricType::Info: break;
    }
    return prometheus::MetricType::Gauge;
}

prometheus::ClientMetric clientMetric(const MetricFamily& family, const MetricSample& sample)
{
    prometheus::ClientMetric metric;
    for (std::size_t i = 0; i < sample.labels.size(); ++i)
        metric.label.push_back({std::string(family.kind->labels[i]), utf8Of(sample.labels[i])});
    metric.counter.value = metric.gauge.value = sample.value;
    metric.histogram.sample_sum = sample.value;
    for (std::size_t i = 0; i < sample.buckets.size(); ++i) {
        metric.histogram.sample_count += sample.buckets[i];
        metric.histogram.bucket.push_back(
            {metric.histogram.sample_count, i < family.bounds.size() ? family.bounds[i] : infinity});
    }
    return metric;
}

/// The library (1.0.1) writes help texts as they are: a line break in one would end the whole page for its reader.
std::string prometheusText(const std::vector<MetricFamily>& families)
{
    std::vector<prometheus::MetricFamily> out;
    for (const MetricFamily& family : families) {
        prometheus::MetricFamily converted;
        converted.name = family.kind->name;
        converted.help = escaped(family.kind->help, false);
        converted.type = typeOf(family.kind->type);
        for (const MetricSample& sample : family.samples) {
            if (isFit(family, sample))
                converted.metric.push_back(clientMetric(family, sample));
        }
        if (!converted.metric.empty())
            out.push_back(std::move(converted));
    }
    return prometheus::TextSerializer().Serialize(out);
}

/// OpenMetrics 1.0 as https://github.com/OpenObservability/OpenMetrics/blob/main/specification/OpenMetrics.md has it.
class OpenMetricsWriter {
public:
    std::string write(const std::vector<MetricFamily>& families)
    {
        for (const MetricFamily& family : families)
            writeFamily(family);
        m_out += "# EOF\n";
        return std::move(m_out);
    }

private:
    void writeFamily(const MetricFamily& family)
    {
        const MetricKind& kind = *family.kind;
        const std::string_view type = nameOf(kind.type);
        const std::string_view name =
            withoutEnd(withoutEnd(kind.name, kind.type == MetricType::Counter ? "_total" : "/"),
                       kind.type == MetricType::Info ? "_info" : "/");
        comment("TYPE", name, type);
        for (const std::string_view unit : {"seconds", "bytes"}) {
            if (name.ends_with("_" + std::string(unit)))
                comment("UNIT", name, unit);
        }
        comment("HELP", name, escaped(kind.help, true));
        for (const MetricSample& sample : family.samples) {
            if (isFit(family, sample))
                writeSample(family, sample);
        }
    }

    void writeSample(const MetricFamily& family, const MetricSample& sample)
    {
        const MetricKind& kind = *family.kind;
        if (kind.type != MetricType::Histogram) {
            const bool may_have =
                kind.type == MetricType::Counter; // An exemplar on a gauge ends the page for its reader.
            line(kind.name, labelsOf(kind, sample), numberOf(sample.value));
            exemplar(may_have && !sample.exemplars.empty() ? sample.exemplars.front() : std::nullopt);
            return;
        }
        std::uint64_t count = 0;
        const std::string labels = labelsOf(kind, sample);
        for (std::size_t i = 0; i < sample.buckets.size(); ++i) {
            count += sample.buckets[i];
            const double bound = i < family.bounds.size() ? family.bounds[i] : infinity;
            const std::string le = "le=\"" + bucketBound(bound) + '"';
            line(std::string(kind.name) + "_bucket", labels.empty() ? le : labels + ',' + le, std::to_string(count));
            exemplar(i < sample.exemplars.size() ? sample.exemplars[i] : std::nullopt);
        }
        line(std::string(kind.name) + "_count", labels, std::to_string(count));
        exemplar({});
        line(std::string(kind.name) + "_sum", labels, numberOf(sample.value));
        exemplar({});
    }

    static std::string_view nameOf(MetricType type)
    {
        switch (type) {
        case MetricType::Counter: return "counter";
        case MetricType::Gauge: return "gauge";
        case MetricType::Histogram: return "histogram";
        case MetricType::Info: return "info";
        }
        return "unknown";
    }
    /// Canonical numbers: a float has a point or an exponent.
    static std::string bucketBound(double bound)
    {
        const std::string text = numberOf(bound);
        return text.find_first_of(".eI") == std::string::npos ? text + ".0" : text;
    }
    static std::string labelsOf(const MetricKind& kind, const MetricSample& sample)
    {
        std::string text;
        for (std::size_t i = 0; i < sample.labels.size(); ++i) {
            text += text.empty() ? "" : ",";
            text += std::string(kind.labels[i]) + "=\"" + escaped(utf8Of(sample.labels[i]), true) + '"';
        }
        return text;
    }
    void comment(std::string_view what, std::string_view name, std::string_view text)
    {
        ((((m_out += "# ") += what) += ' ') += name) += ' ';
        (m_out += text) += '\n';
    }
    void line(std::string_view name, const std::string& labels, const std::string& value)
    {
        m_out += name;
        if (!labels.empty())
            ((m_out += '{') += labels) += '}';
        (m_out += ' ') += value;
    }
    /// Ends the line. Its labels have at most 109 characters; 128 are allowed.
    void exemplar(const std::optional<Exemplar>& one)
    {
        if (one) {
            m_out += " # {entry=\"" + std::to_string(one->entry) + '"';
            if (!one->order.isNull())
                m_out += ",order=\"" + one->order.toString() + '"';
            if (!one->trace.isNull()) {
                char trace[33];
                std::snprintf(trace, sizeof trace, "%016llx%016llx", static_cast<unsigned long long>(one->trace.high),
                              static_cast<unsigned long long>(one->trace.low));
                ((m_out += ",trace_id=\"") += trace) += '"';
            }
            m_out += "} " + numberOf(one->value) + ' ';
            char time[40];
            const auto micros = std::int64_t(one->time_us);
            std::snprintf(time, sizeof time, "%lld.%06lld", static_cast<long long>(micros / 1'000'000),
                          static_cast<long long>(micros % 1'000'000));
            m_out += time;
        }
        m_out += '\n';
    }

    std::string m_out;
};

std::string_view trimmedSpace(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The text before `separator`; `rest` goes on behind it.
std::string_view cut(std::string_view& rest, char separator)
{
    const auto end = rest.find(separator);
    const std::string_view part = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return trimmedSpace(part);
}

} // namespace

MetricFormat metricFormatFor(std::string_view accept)
{
    double open = 0, text = 0;
    while (!accept.empty()) {
        std::string_view range = cut(accept, ',');
        const std::string_view media = cut(range, ';');
        double quality = 1;
        bool is_known = true;
        while (!range.empty()) {
            const std::string_view parameter = cut(range, ';');
            if (parameter.starts_with("q=") || parameter.starts_with("Q=")) {
                const std::string_view number = parameter.substr(2);
                std::from_chars(number.data(), number.data() + number.size(), quality);
            } else if (parameter.starts_with("version=")) {
                is_known = parameter == "version=1.0.0" || parameter == "version=0.0.4";
            }
        }
        if (media == "application/openmetrics-text" && is_known)
            open = std::max(open, quality);
        else if (media == "text/plain" && is_known)
            text = std::max(text, quality);
    }
    return open > 0 && open >= text ? MetricFormat::OpenMetrics : MetricFormat::Prometheus;
}

std::string_view contentTypeOf(MetricFormat format)
{
    return format == MetricFormat::OpenMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                               : "text/plain; version=0.0.4; charset=utf-8";
}

std::string metricText(MetricFormat format, const std::vector<MetricFamily>& families)
{
    return format == MetricFormat::OpenMetrics ? OpenMetricsWriter().write(families) : prometheusText(families);
}

} // namespace orderlab
