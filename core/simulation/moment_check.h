#pragma once
#include "journal/journal_hash.h"
#include "simulation/moment_line.h"
#include "simulation/simulate.h"

namespace orderlab {

/// Reads a run's journal up to the moment of a line. One thread.
class MomentWatch {
public:
    /// `line` outlives this.
    explicit MomentWatch(const MomentLine& line) : m_line(line) {}

    /// The next entries; returns those that belong to the moment. Up to a time means: before the first entry that is
    /// later.
    std::span<const Entry> take(std::span<const Entry> entries, const Names& names);
    /// Nothing that comes now belongs to the moment.
    bool isPast() const { return m_is_past; }
    std::uint64_t entries() const { return m_entries; }
    /// The first digits of the hash of the journal so far.
    std::string sha() const { return m_hash.hex().substr(0, MomentLine::sha_digits); }

private:
    const MomentLine& m_line;
    JournalHash m_hash;
    std::uint64_t m_entries = 0;
    bool m_is_past = false;
};

/// What this program makes of a line.
struct MomentFound {
    std::uint64_t entries = 0; ///< Of the journal up to the moment.
    std::string sha;           ///< Of them; see MomentLine::sha.
    bool is_same = true;       ///< It is the run that the line tells of, as far as it says.
    /// For people; empty where it is the same.
    std::string problem;
};

/// Makes the run of `line` up to its moment. `on_entries`: what happened until then, in batches. `own_workers`: see
/// Scenario; a line does not have them. Blocks. Errors: those
/// of MomentLine::scenario() and simulate(); NotFound when the run has not so many entries.
Result<MomentFound> findMoment(const MomentLine& line,
                               const std::function<void(std::span<const Entry>, const Names&)>& on_entries = {},
                               const std::function<bool()>& give_up = {},
                               const std::vector<OwnWorker>& own_workers = {});

/// The line of the moment at which `scenario` with `seed` first broke a promise: exact to the entry, with its hash.
/// Makes the run again where `first` has no hash. Errors: those of findMoment().
Result<MomentLine> momentOf(const Scenario& scenario, std::uint64_t seed, const InvariantOutcome::First& first);

/// The line of the first moment at which a run of `scenario` did what it must not: broke a promise, or had what must
/// never happen; else of its end. `report` is of that run. Errors: as momentOf().
Result<MomentLine> momentOf(const Scenario& scenario, const SimulationReport& report);

} // namespace orderlab
