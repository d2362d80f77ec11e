#include "simulation/moment_check.h"

#include "runtime/virtual_runtime.h"

#include <algorithm>

namespace orderlab {

std::span<const Entry> MomentWatch::take(std::span<const Entry> entries, const Names& names)
{
    if (m_is_past)
        return {};
    std::size_t count = entries.size();
    if (m_line.entry) {
        const std::uint64_t left = *m_line.entry - std::min(*m_line.entry, m_entries) + 1;
        count = std::size_t(std::min<std::uint64_t>(count, left));
        m_is_past = count == left;
    } else if (m_line.at) {
        const std::int64_t end_us = toMicros(VirtualRuntime::epoch() + *m_line.at);
        const auto later = std::find_if(entries.begin(), entries.end(),
                                        [end_us](const Entry& entry) { return entry.time_us > end_us; });
        count = std::size_t(later - entries.begin());
        m_is_past = later != entries.end();
    }
    m_hash.add(entries.first(count), names);
    m_entries += count;
    return entries.first(count);
}

Result<MomentFound> findMoment(const MomentLine& line,
                               const std::function<void(std::span<const Entry>, const Names&)>& on_entries,
                               const std::function<bool()>& give_up, const std::vector<OwnWorker>& own_workers)
{
    auto scenario = line.scenario();
    if (!scenario)
        return scenario.error();
    scenario->own_workers = own_workers;
    MomentWatch watch(line);
    SimulationOptions options;
    options.hash = false;
    options.on_entries = [&](std::span<const Entry> entries, const Names& names) {
        const auto taken = watch.take(entries, names);
        if (on_entries && !taken.empty())
            on_entries(taken, names);
    };
    options.give_up = [&] { return watch.isPast() || (give_up && give_up()); };
    if (line.entry)
        options.stop_after_entries = *line.entry + 1;
    const auto run = simulate(*scenario, line.seed, options);
    if (!run && !watch.isPast())
        return run.error();
    if (line.entry && !watch.isPast())
        return Error{ErrorCode::NotFound,
                     Retry::Never,
                     "the run has only " + std::to_string(watch.entries()) + " journal entries, so there is no entry "
                         + std::to_string(*line.entry),
                     {}};
    MomentFound found{watch.entries(), watch.sha(), true, {}};
    found.is_same = line.sha.empty() || line.sha == found.sha;
    if (!found.is_same)
        found.problem = "this version (" ORDERLAB_VERSION
                        ") makes another run of this moment: the hash of its journal is "
                        + found.sha + ", not " + line.sha;
    return found;
}

Result<MomentLine> momentOf(const Scenario& scenario, std::uint64_t seed, const InvariantOutcome::First& first)
{
    MomentLine line = MomentLine::of(scenario, seed);
    line.entry = first.entry;
    line.order = first.order;
    line.sha = first.sha.substr(0, MomentLine::sha_digits);
    if (line.sha.empty()) {
        const auto found = findMoment(line, {}, {}, scenario.own_workers);
        if (!found)
            return found.error();
        line.sha = found->sha;
    }
    return line;
}

Result<MomentLine> momentOf(const Scenario& scenario, const SimulationReport& report)
{
    const InvariantOutcome::First* first = nullptr;
    for (const InvariantOutcome& one : report.invariants) {
        if (one.first && (!first || one.first->entry < first->entry))
            first = &*one.first;
    }
    InvariantOutcome::First forbidden;
    if (report.hasForbidden() && (!first || report.never->first < first->entry)) {
        forbidden.entry = report.never->first;
        first = &forbidden;
    }
    if (first)
        return momentOf(scenario, report.seed, *first);
    MomentLine line = MomentLine::of(scenario, report.seed);
    line.sha = report.journal_sha256.substr(0, MomentLine::sha_digits);
    return line;
}

} // namespace orderlab
