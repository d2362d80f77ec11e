#pragma once
#include "ui/main_window.h"

namespace orderlab {

/// Measures what the window costs, prints one JSON object and quits the application: ui/benchmark/benchmark.h tells
/// what is in it. Where less was measured than it would say, the exit code is 1, with the reason. `first_frame_ms`:
/// measured by main().
void runDesktopBenchmark(ui::MainWindow& window, double first_frame_ms);

} // namespace orderlab
