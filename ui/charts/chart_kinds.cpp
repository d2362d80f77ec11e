#include "ui/charts/chart_kinds.h"

#include "domain/event_types.h"
#include "ui/models/format.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>

#include <algorithm>

namespace orderlab::ui {

namespace {

using Step = RunSeries::Step;

class ChartTexts {
    Q_DECLARE_TR_FUNCTIONS(ChartTexts)
};

/// A line whose points are in the middle of their steps. `value`: nothing where there is none.
template <typename Value>
ChartLine line(const QString& name, const QColor& colour, const RunSeries& series, std::size_t steps,
               std::int64_t start_us, Value value)
{
    ChartLine made{name, colour, {}, {}, 0};
    for (std::size_t i = 0; i < std::min(steps, series.steps().size()); ++i) {
        const std::optional<double> y = value(series.steps()[i]);
        const std::int64_t at_us = series.beginUs() + series.stepUs() * std::int64_t(i) + series.stepUs() / 2;
        if (y)
            made.points.emplace_back(double(at_us - start_us) / 1e6, *y);
    }
    return made;
}

double perSecond(const RunSeries& series)
{
    return 1e6 / double(series.stepUs());
}

template <typename Value>
std::vector<ChartLine> groupLines(const RunSeries& series, std::size_t steps, std::int64_t start_us, Value value)
{
    std::vector<ChartLine> lines;
    for (std::size_t g = 0; g < series.groups().size(); ++g)
        lines.push_back(line(toQt(series.groups()[g]), colours().groups[g % colours().groups.size()], series, steps,
                             start_us, [&](const Step& step) { return std::optional(value(step, g)); }));
    return lines;
}

std::vector<ChartLine> throughput(const RunSeries& series, std::size_t steps, std::int64_t start_us)
{
    std::vector<ChartLine> lines;
    for (const EventType type : all_event_types) {
        const auto t = std::size_t(type);
        const auto has = [t](const Step& step) { return step.published[t] > 0; };
        if (std::any_of(series.steps().begin(), series.steps().end(), has))
            lines.push_back(
                line(toQt(topicName(type)), colours().events[t], series, steps, start_us,
                     [&](const Step& step) { return std::optional(step.published[t] * perSecond(series)); }));
    }
    return lines;
}

std::vector<ChartLine> latency(const RunSeries& series, std::size_t steps, std::int64_t start_us)
{
    constexpr double joined_steps = 12; // While nothing becomes final there is no latency.
    const auto percentile = [&](const QString& name, const QColor& colour, double part) {
        ChartLine made = line(name, colour, series, steps, start_us, [part](const Step& step) {
            return step.latency.isEmpty() ? std::nullopt : std::optional(step.latency.percentileUs(part) / 1e3);
        });
        made.gap = joined_steps * double(series.stepUs()) / 1e6;
        return made;
    };
    return {percentile(QStringLiteral("p50"), colours().ok, 0.5),
            percentile(QStringLiteral("p95"), colours().warning, 0.95),
            percentile(QStringLiteral("p99"), colours().failure, 0.99)};
}

std::vector<ChartLine> lag(const RunSeries& series, std::size_t steps, std::int64_t start_us)
{
    return groupLines(series, steps, start_us, [](const Step& step, std::size_t g) { return double(step.lag[g]); });
}

std::vector<ChartLine> lagTime(const RunSeries& series, std::size_t steps, std::int64_t start_us)
{
    return groupLines(series, steps, start_us,
                      [](const Step& step, std::size_t g) { return double(step.lag_us[g]) / 1e6; });
}

std::vector<ChartLine> failures(const RunSeries& series, std::size_t steps, std::int64_t start_us)
{
    const auto rate = [&](const QString& name, const QColor& colour, std::uint32_t Step::*count) {
        return line(name, colour, series, steps, start_us,
                    [&, count](const Step& step) { return std::optional(step.*count * perSecond(series)); });
    };
    return {rate(ChartTexts::tr("failed attempts"), colours().failure, &Step::failed),
            rate(ChartTexts::tr("retries"), colours().warning, &Step::retried),
            rate(ChartTexts::tr("dead letters"), colours().dead, &Step::dead)};
}

std::vector<ChartLine> work(const RunSeries& series, std::size_t steps, std::int64_t start_us)
{
    return groupLines(series, steps, start_us,
                      [&](const Step& step, std::size_t g) { return step.work_us[g] / double(series.stepUs()); });
}

std::vector<ChartLine> outbox(const RunSeries& series, std::size_t steps, std::int64_t start_us)
{
    return {line(ChartTexts::tr("waiting rows"), colours().accent, series, steps, start_us,
                 [](const Step& step) { return std::optional(double(step.outbox)); })};
}

} // namespace

QString ChartKind::titleText() const
{
    return ChartTexts::tr(title);
}

QString ChartKind::unitText() const
{
    return ChartTexts::tr(unit);
}

std::span<const ChartKind> chartKinds()
{
    static constexpr ChartKind kinds[] = {
        {"throughput", QT_TRANSLATE_NOOP("ChartTexts", "Throughput"), QT_TRANSLATE_NOOP("ChartTexts", "events/s"), true,
         throughput},
        {"latency", QT_TRANSLATE_NOOP("ChartTexts", "Accepted to final"), QT_TRANSLATE_NOOP("ChartTexts", "ms"), true,
         latency},
        {"lag", QT_TRANSLATE_NOOP("ChartTexts", "Lag"), QT_TRANSLATE_NOOP("ChartTexts", "events"), true, lag},
        {"lag-time", QT_TRANSLATE_NOOP("ChartTexts", "Lag, oldest event"), QT_TRANSLATE_NOOP("ChartTexts", "s"), false,
         lagTime},
        {"failures", QT_TRANSLATE_NOOP("ChartTexts", "Failures and retries"),
         QT_TRANSLATE_NOOP("ChartTexts", "a second"), false, failures},
        {"work", QT_TRANSLATE_NOOP("ChartTexts", "Events in hand"), QT_TRANSLATE_NOOP("ChartTexts", "on average"),
         false, work},
        {"outbox", QT_TRANSLATE_NOOP("ChartTexts", "Outbox"), QT_TRANSLATE_NOOP("ChartTexts", "rows"), false, outbox},
    };
    return kinds;
}

std::vector<ChartLine> besides(std::vector<ChartLine> lines, std::vector<ChartLine> other)
{
    for (ChartLine& more : other) {
        const auto same =
            std::find_if(lines.begin(), lines.end(), [&](const ChartLine& line) { return line.name == more.name; });
        if (same != lines.end())
            same->other = std::move(more.points);
        else
            lines.push_back({more.name, more.colour, {}, std::move(more.points), more.gap});
    }
    return lines;
}

} // namespace orderlab::ui
