#pragma once
#include "http/telemetry.h"

namespace orderlab {

class Lab;

/// How spans of `lab` name its bus and its store. `lab` outlives what they are given to.
Telemetry::System telemetrySystemOf(const Lab& lab, bool is_https);

} // namespace orderlab
