#include "simulation/bench_recording.h"

#include "simulation/shipped_scenarios.h"
#include "simulation/simulate.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::uint64_t orders_a_run = 20'000;
constexpr std::uint64_t entries_an_order = 20; ///< Or more: a short recording is of one short run.

} // namespace

TimePoint benchRecordingStart()
{
    return TimePoint{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
}

Result<std::vector<Entry>> benchEntries(std::uint64_t count, Names& names,
                                        const std::function<void(std::uint64_t)>& on_progress)
{
    Scenario scenario = parseScenario(findShippedScenario("everything-at-once")->text, "scenario").value();
    scenario.orders.count = std::min(orders_a_run, count / entries_an_order + 1);
    scenario.orders.mean_pause = std::chrono::milliseconds{2};
    std::vector<Entry> entries;
    entries.reserve(count);
    std::int64_t later_us = 0, last_us = 0;
    for (std::uint64_t seed = 1; entries.size() < count; ++seed) {
        if (on_progress)
            on_progress(entries.size());
        SimulationOptions options;
        options.hash = false;
        options.on_entries = [&](std::span<const Entry> batch, const Names& of_run) {
            for (Entry entry : batch) {
                if (entries.size() == count)
                    return;
                entry.time_us += later_us;
                for (NameId Entry::*id : {&Entry::topic, &Entry::group, &Entry::actor, &Entry::detail})
                    entry.*id = names.intern(of_run.text(entry.*id));
                last_us = entry.time_us;
                entries.push_back(entry);
            }
        };
        if (const auto report = simulate(scenario, seed, options); !report)
            return report.error();
        later_us = last_us - toMicros(benchRecordingStart());
    }
    return entries;
}

} // namespace orderlab
