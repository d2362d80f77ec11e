#pragma once
#include "observe/metric.h"

namespace orderlab {

enum class MetricFormat : std::uint8_t {
    Prometheus,  ///< Text format 0.0.4: no exemplars.
    OpenMetrics, ///< OpenMetrics 1.0.
};

/// The better one for an Accept header (RFC 9110, section 12.5.1): OpenMetrics where the client names it and prefers it
/// to text/plain, else the format that everything reads. Any text.
MetricFormat metricFormatFor(std::string_view accept);
/// The media type, with version and charset.
std::string_view contentTypeOf(MetricFormat format);

/// The whole page. Series with a value that is no finite number are left out. Any label value is fit for both formats:
/// bytes that are not UTF-8 become U+FFFD.
std::string metricText(MetricFormat format, const std::vector<MetricFamily>& families);

} // namespace orderlab
