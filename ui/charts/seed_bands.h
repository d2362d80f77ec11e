#pragma once
#include "ui/bridge/lab_bridge.h"
#include "ui/charts/chart_kinds.h"
#include "ui/worlds/background.h"

#include <map>

namespace orderlab::ui {

/// What the charts of the shown world are with many other seeds: for each line the middle four fifths of the worlds,
/// and their median, at each step. The worlds run one after another on a thread of its own; a world that is over has
/// its last levels, which are 0. GUI thread.
class SeedBands final : public QObject {
    Q_OBJECT
public:
    static constexpr int seeds = 200;

    SeedBands(LabBridge& bridge, QObject* parent);

    /// Where the steps of the charts are.
    struct Grid {
        std::int64_t begin_us = 0, step_us = 0;
        std::size_t steps = 0;
        bool operator==(const Grid&) const = default;
    };
    /// Begins anew, unless it has them or is at them.
    void want(const Grid& grid, const std::vector<std::string>& groups);
    /// Another world: there are none any more.
    void forget();
    bool isRunning() const { return m_work.isRunning(); }
    /// Seeds that have been run; all of them once it is done.
    int done() const { return m_done; }
    bool isDone() const { return m_done == seeds && !isRunning(); }
    /// The reason why there are none; empty: there will be, or are.
    const QString& problem() const { return m_problem; }
    /// Adds them to the lines of a chart, once it is done.
    void addTo(std::size_t kind, std::vector<ChartLine>& lines, std::int64_t start_us) const;

Q_SIGNALS:
    void changed();

private:
    /// One world's figures, from the thread that ran it.
    struct Ran;
    /// Of one line: what each world has at each step.
    struct Line {
        bool has_gaps = false; ///< Not every step has a value.
        std::vector<std::vector<float>> values;
    };
    void take(const Ran& ran);

    LabBridge& m_bridge;
    std::optional<Grid> m_grid;
    int m_done = 0;
    QString m_problem;
    std::vector<std::map<QString, Line>> m_lines; ///< By kind of chart, and name.
    Background m_work;
};

} // namespace orderlab::ui
