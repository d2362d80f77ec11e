#pragma once
#include "ui/main_window.h"

namespace orderlab {

/// Measures what the window costs and prints one JSON object: frame_ms_p50 and frame_ms_p99 with 10,000 tokens (and the
/// same with 2,000), first_frame_ms, idle_cpu_percent. Then quits the application. `first_frame_ms`: measured by
/// main().
void runDesktopBenchmark(ui::MainWindow& window, double first_frame_ms);

} // namespace orderlab
