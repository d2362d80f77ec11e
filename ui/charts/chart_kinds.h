#pragma once
#include "ui/charts/line_chart.h"
#include "ui/charts/run_series.h"

namespace orderlab::ui {

/// One figure of a run over time.
struct ChartKind {
    const char* name;
    const char* title;
    const char* unit;
    bool is_usual; ///< Shown where nobody has chosen.
    /// The lines of the first `steps` steps; x in seconds since `start_us`.
    std::vector<ChartLine> (*lines)(const RunSeries& series, std::size_t steps, std::int64_t start_us);

    /// In the language of the window.
    QString titleText() const;
    QString unitText() const;
};

/// All charts. Adding one is a row there.
std::span<const ChartKind> chartKinds();

/// The lines of a chart of two runs: those of the first, with what the second has under the same name beside them.
std::vector<ChartLine> besides(std::vector<ChartLine> lines, std::vector<ChartLine> other);

} // namespace orderlab::ui
