#include "simulation/fork.h"

#include "runtime/virtual_runtime.h"

#include <unordered_map>

namespace orderlab {

namespace {

EntryOfRun inRun(const Entry& entry, const Names& names)
{
    return {&entry, &names, toMicros(VirtualRuntime::epoch())};
}

/// Compares entries of a run with those of a recording, which numbers its names in its own way.
class RecordingComparer {
public:
    explicit RecordingComparer(const Recording& recording) : m_recording(recording) {}

    /// False from the first difference on.
    bool compare(const Entry& entry, const Names& names)
    {
        if (m_divergence)
            return false;
        if (m_next < m_recording.entries.size()) {
            const Entry& recorded = m_recording.entries[m_next];
            if (isSame(recorded, entry, names)) {
                ++m_next;
                return true;
            }
            m_divergence = divergenceOf(m_next, inRun(recorded, *m_recording.names), inRun(entry, names));
        } else if (!m_recording.is_cut_short) {
            m_divergence = divergenceOf(m_next, {}, inRun(entry, names));
        }
        return false;
    }
    /// To be called when the run has ended.
    void finish()
    {
        if (m_divergence || m_next == m_recording.entries.size())
            return;
        const Entry& recorded = m_recording.entries[m_next];
        m_divergence = divergenceOf(m_next, inRun(recorded, *m_recording.names), {});
    }
    const std::optional<Divergence>& divergence() const { return m_divergence; }

private:
    bool isSame(const Entry& recorded, Entry entry, const Names& names)
    {
        for (NameId Entry::*name : {&Entry::topic, &Entry::group, &Entry::actor, &Entry::detail}) {
            if (!isSameName(recorded.*name, entry.*name, names))
                return false;
            entry.*name = recorded.*name;
        }
        return recorded == entry;
    }
    bool isSameName(NameId recorded, NameId name, const Names& names)
    {
        const std::uint32_t pair = (std::uint32_t(recorded) << 16) | name;
        const auto [known, is_new] = m_pairs.try_emplace(pair, false);
        if (is_new)
            known->second = m_recording.names->text(recorded) == names.text(name);
        return known->second;
    }

    const Recording& m_recording;
    std::size_t m_next = 0;
    std::unordered_map<std::uint32_t, bool> m_pairs; ///< Of a recorded name and one of the run: whether they are equal.
    std::optional<Divergence> m_divergence;
};

Error notTheRecordedRun(const RecordingHeader& header, const Divergence& at)
{
    std::string message = "this program makes another run of the recorded scenario and seed";
    if (header.program != ORDERLAB_VERSION)
        message += " (it was recorded by version " + header.program + ", this is " ORDERLAB_VERSION ")";
    message += "; entry " + std::to_string(at.index + 1)
               + " is\n  recorded: " + (at.first.empty() ? "nothing" : at.first)
               + "\n  made now: " + (at.second.empty() ? "nothing" : at.second);
    return {ErrorCode::Corrupt, Retry::Never, std::move(message), {}};
}

/// Knows the entries that only say that the fork's own settings were made.
class OwnEntries {
public:
    explicit OwnEntries(const ForkOptions& fork) : m_fork_us(toMicros(VirtualRuntime::epoch() + fork.at))
    {
        for (const Change::Setting& setting : fork.settings) {
            m_switched += std::holds_alternative<SwitchGuarantee>(setting);
            m_faults += std::holds_alternative<AddFault>(setting) || std::holds_alternative<StopFaults>(setting)
                        || std::holds_alternative<StopFault>(setting);
        }
    }
    /// Settings are made before anything else at their time, so theirs come first.
    bool take(const Entry& entry)
    {
        int* left = entry.kind == EntryKind::GuaranteeSwitched ? &m_switched
                    : entry.kind == EntryKind::FaultsChanged   ? &m_faults
                                                               : nullptr;
        if (!left || *left == 0 || entry.time_us != m_fork_us)
            return false;
        --*left;
        return true;
    }

private:
    const std::int64_t m_fork_us;
    int m_switched = 0, m_faults = 0;
};

Result<Scenario> scenarioOf(const Recording& recording, const ForkOptions& fork)
{
    const RecordingHeader& header = recording.header;
    if (header.scenario.empty() || !header.seed)
        return invalidArgument("from-journal",
                               "is not the recording of a simulated run: it names no scenario and seed");
    const std::int64_t fork_us = toMicros(VirtualRuntime::epoch() + fork.at);
    if (recording.entries.empty() || recording.entries.back().time_us < fork_us) {
        const double end = recording.entries.empty()
                               ? 0
                               : double(recording.entries.back().time_us - toMicros(VirtualRuntime::epoch())) / 1e6;
        return invalidArgument("fork-at", "is behind the end of the recorded run, at " + std::to_string(end) + " s");
    }
    return parseScenario(header.scenario, "the recording's scenario");
}

} // namespace

Result<ForkReport> forkRecording(const Recording& recording, const ForkOptions& fork, const SimulationOptions& options)
{
    auto scenario = scenarioOf(recording, fork);
    if (!scenario)
        return scenario.error();
    const std::uint64_t seed = *recording.header.seed;

    RecordingComparer again(recording);
    SimulationOptions as_it_was;
    as_it_was.hash = options.hash;
    as_it_was.give_up = options.give_up;
    as_it_was.on_entries = [&](std::span<const Entry> entries, const Names& names) {
        for (const Entry& entry : entries)
            again.compare(entry, names);
    };
    auto first = simulate(*scenario, seed, as_it_was);
    if (!first)
        return first.error();
    if (!recording.is_cut_short)
        again.finish();
    if (again.divergence())
        return notTheRecordedRun(recording.header, *again.divergence());

    for (const Change::Setting& setting : fork.settings)
        scenario->changes.push_back({fork.at, setting});
    OwnEntries own(fork);
    RecordingComparer futures(recording);
    SimulationOptions forked = options;
    forked.on_entries = [&](std::span<const Entry> entries, const Names& names) {
        for (const Entry& entry : entries) {
            if (!own.take(entry))
                futures.compare(entry, names);
        }
        if (options.on_entries)
            options.on_entries(entries, names);
    };
    auto second = simulate(*scenario, seed, forked);
    if (!second)
        return second.error();
    futures.finish();
    return ForkReport{std::move(*scenario), std::move(*first), std::move(*second), futures.divergence()};
}

} // namespace orderlab
