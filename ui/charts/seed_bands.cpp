#include "ui/charts/seed_bands.h"

#include "ui/models/format.h"
#include "ui/worlds/worlds.h"

#include <algorithm>
#include <cmath>

namespace orderlab::ui {

namespace {

constexpr double low_part = 0.1, high_part = 0.9; ///< Between them are the middle four fifths.
constexpr std::size_t values_least = 10;          ///< Fewer say nothing about how worlds differ.

float partOf(std::vector<float>& values, double part)
{
    const auto at = values.begin() + std::ptrdiff_t(std::llround(part * double(values.size() - 1)));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

} // namespace

struct SeedBands::Ran {
    std::optional<JournalNames> names; ///< Of the run: gone with it, and not asked afterwards.
    std::optional<RunSeries> series;
};

SeedBands::SeedBands(LabBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge) {}

void SeedBands::want(const Grid& grid, const std::vector<std::string>& groups)
{
    if (m_grid == grid || grid.steps == 0)
        return;
    forget();
    m_grid = grid;
    m_lines.assign(chartKinds().size(), {});
    // Its steps are as long as those of the charts, and as many as there can be.
    const TimeRange::Span span{grid.begin_us, grid.begin_us + grid.step_us * std::int64_t(RunSeries::points_max) - 1};
    m_work.start(
        [this, scenario = m_bridge.worlds()->shown().scenario, config = m_bridge.session().config(), groups,
         span](const std::function<bool()>& is_given_up) {
            for (int seed = 1; seed <= seeds && !is_given_up(); ++seed) {
                auto ran = std::make_shared<Ran>();
                SimulationOptions options;
                options.hash = false;
                options.give_up = is_given_up;
                options.on_entries = [&](std::span<const Entry> entries, const Names& names) {
                    if (!ran->series) {
                        ran->names.emplace(names, config.topic_prefix, config.group_prefix);
                        ran->series.emplace(*ran->names, groups, span);
                    }
                    ran->series->append(entries);
                };
                const auto report = simulate(scenario, std::uint64_t(seed), options);
                if (!report && !is_given_up()) {
                    m_work.post([this, text = sentence(report.error())] { m_problem = text; });
                    return;
                }
                if (report)
                    m_work.post([this, ran] { take(*ran); });
            }
        },
        [this] { Q_EMIT changed(); });
    Q_EMIT changed();
}

void SeedBands::forget()
{
    m_work.giveUp();
    m_grid.reset();
    m_done = 0;
    m_problem.clear();
    m_lines.clear();
}

void SeedBands::take(const Ran& ran)
{
    ++m_done;
    if (ran.series) {
        const std::int64_t begin_us = m_grid->begin_us, step_us = m_grid->step_us;
        for (std::size_t kind = 0; kind < m_lines.size(); ++kind) {
            for (const ChartLine& line : chartKinds()[kind].lines(*ran.series, m_grid->steps, begin_us)) {
                Line& all = m_lines[kind][line.name];
                all.has_gaps = line.gap > 0;
                all.values.resize(m_grid->steps);
                for (const QPointF& point : line.points) {
                    const auto step = std::size_t(point.x() * 1e6 / double(step_us));
                    if (step < m_grid->steps)
                        all.values[step].push_back(float(point.y()));
                }
            }
        }
    }
    if (m_done % 10 == 0)
        Q_EMIT changed();
}

void SeedBands::addTo(std::size_t kind, std::vector<ChartLine>& lines, std::int64_t start_us) const
{
    if (!isDone() || kind >= m_lines.size())
        return;
    for (ChartLine& line : lines) {
        const auto found = m_lines[kind].find(line.name);
        if (found == m_lines[kind].end())
            continue;
        for (std::size_t step = 0; step < m_grid->steps; ++step) {
            std::vector<float> values = found->second.values[step];
            if (!found->second.has_gaps)
                values.resize(std::size_t(seeds), 0.0f); // Of worlds that are over, or have nothing of the kind.
            if (values.size() < values_least)
                continue;
            const double x =
                double(m_grid->begin_us + m_grid->step_us * std::int64_t(step) + m_grid->step_us / 2 - start_us) / 1e6;
            line.band.push_back({x, partOf(values, low_part), partOf(values, 0.5), partOf(values, high_part)});
        }
    }
}

} // namespace orderlab::ui
