#pragma once
#include "observe/metric.h"

namespace orderlab {

/// Appends what Linux says of this process, under the names that Prometheus clients use for it (process_…), and
/// orderlab_build_info. What cannot be read is left out. Any thread; reads a few small files.
void collectProcessMetrics(std::vector<MetricFamily>& out);
/// All of them.
std::vector<const MetricKind*> processMetricKinds();

} // namespace orderlab
