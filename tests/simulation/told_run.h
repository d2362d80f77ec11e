#pragma once
#include "journal/entry_kind.h"
#include "journal/names.h"
#include "runtime/virtual_runtime.h"
#include "simulation/simulate.h"

#include <algorithm>

namespace orderlab {

/// A simulated run with its whole journal.
struct ToldRun {
    std::vector<Entry> entries;
    std::vector<std::string> names; ///< By number.
    SimulationReport report;

    std::string_view text(NameId name) const { return names.at(name); }
    /// Of `kind`, and of `event` unless it is null.
    std::vector<Entry> all(EntryKind kind, Uuid event = {}) const
    {
        std::vector<Entry> found;
        std::copy_if(entries.begin(), entries.end(), std::back_inserter(found), [&](const Entry& entry) {
            return entry.kind == kind && (event.isNull() || entry.event == event);
        });
        return found;
    }
    /// What `group` did of that kind.
    std::vector<Entry> of(std::string_view group, EntryKind kind, Uuid event = {}) const
    {
        std::vector<Entry> found = all(kind, event);
        std::erase_if(found, [&](const Entry& entry) { return !text(entry.group).ends_with(group); });
        return found;
    }
};

inline Duration sinceStart(const Entry& entry)
{
    return fromMicros(entry.time_us) - VirtualRuntime::epoch();
}

inline Result<std::unique_ptr<ToldRun>> tellRun(const Scenario& scenario, std::uint64_t seed,
                                                SimulationOptions options = {})
{
    auto run = std::make_unique<ToldRun>();
    options.on_entries = [&run = *run](std::span<const Entry> entries, const Names& names) {
        run.entries.insert(run.entries.end(), entries.begin(), entries.end());
        while (run.names.size() < names.size())
            run.names.emplace_back(names.text(NameId(run.names.size())));
    };
    auto report = simulate(scenario, seed, options);
    if (!report)
        return report.error();
    run->report = std::move(*report);
    return run;
}

inline Change changeAt(Duration at, std::string_view setting)
{
    return {at, parseSetting(setting).value()};
}

} // namespace orderlab
