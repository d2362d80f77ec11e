#pragma once
#include "base/mutex.h"
#include "simulation/simulate.h"

#include <atomic>
#include <optional>
#include <thread>

namespace orderlab {

/// Entries of a run with their names given other numbers: those of a table that several runs share, so that entries of
/// different runs can be compared. One thread at a time.
class NameTranslation {
public:
    /// `to` outlives it.
    explicit NameTranslation(Names& to) : m_to(to) {}
    /// `names` is the table of the entry; the same one in every call.
    Entry translated(const Entry& entry, const Names& names);

private:
    NameId translated(NameId name, NameUse use, const Names& names);

    Names& m_to;
    std::vector<std::uint32_t> m_known; ///< By NameId: 1 + the number in `m_to`; 0: not asked for yet.
};

/// A scenario with a seed, run ahead of whoever looks at it, on a thread of its own. Bounded: while `ahead_max` entries
/// wait to be taken, the run waits. All functions on one thread.
class WorldRun {
public:
    using WorkerOutput = decltype(SimulationOptions::on_worker_output);
    static constexpr std::size_t ahead_max = std::size_t{1} << 18; ///< 16 MiB.
    static constexpr std::uint64_t entries_max = 20'000'000;       ///< A longer run ends there, with Exhausted.

    /// Begins. `names` takes the run's names and outlives it; any thread may use it meanwhile.
    /// `on_worker_output`: see SimulationOptions; called until the destructor has returned.
    WorldRun(Scenario scenario, std::uint64_t seed, Names& names, WorkerOutput on_worker_output = {});
    /// Gives the run up where it is.
    ~WorldRun();
    WorldRun(const WorldRun&) = delete;
    WorldRun& operator=(const WorldRun&) = delete;

    /// Appends up to `max` entries to `out` and returns how many; 0 when there is nothing new now. Never blocks.
    std::size_t take(std::vector<Entry>& out, std::size_t max);
    /// Whether all entries have been taken and no more will come.
    bool isOver() const;
    /// What became of it, once it isOver(). Errors: those of simulate().
    const Result<SimulationReport>& report() const;
    const Scenario& scenario() const { return m_scenario; }
    std::uint64_t seed() const { return m_seed; }

private:
    void run();
    void put(std::span<const Entry> entries, const Names& names);

    const Scenario m_scenario;
    const std::uint64_t m_seed;
    const WorkerOutput m_on_worker_output;
    NameTranslation m_translation; ///< Of the run's thread.
    std::atomic<bool> m_is_given_up{false};
    mutable Mutex m_mutex;
    Condition m_taken;
    std::vector<Entry> m_waiting ORDERLAB_GUARDED_BY(m_mutex); ///< From m_first on.
    std::size_t m_first ORDERLAB_GUARDED_BY(m_mutex) = 0;
    bool m_is_made ORDERLAB_GUARDED_BY(m_mutex) = false;
    std::optional<Result<SimulationReport>> m_report; ///< Of the run's thread until m_is_made, constant from then on.
    std::thread m_thread;
};

} // namespace orderlab
