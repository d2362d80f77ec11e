#pragma once
#include "lessons/lesson.h"
#include "simulation/simulate.h"

#include <memory>

namespace orderlab {

/// A run of a lesson's world from its start to its end, with its whole journal. Not changed once it is made, so any
/// thread may read it.
class PlayedWorld {
public:
    static constexpr std::uint64_t entries_max = 2'000'000; ///< A longer run ends with Exhausted.

    /// Blocks. Errors: those of simulate().
    static Result<PlayedWorld> play(const Scenario& scenario, std::uint64_t seed,
                                    const std::function<bool()>& give_up = {});

    /// Numbers of the entries that `query` means, in their order.
    std::vector<std::uint64_t> find(const Query& query) const;
    /// How many different orders these entries are about.
    std::uint64_t ordersOf(std::span<const std::uint64_t> hits) const;
    /// What `predicate` counts.
    std::uint64_t count(const Predicate& predicate) const;
    bool isTrue(const Predicate& predicate) const { return predicate.hits.contains(count(predicate)); }
    /// The order of the first hit that has one; null where there is none.
    OrderId firstOrder(const Query& query) const;
    /// Of an entry, since the start of the run.
    Duration timeOf(std::uint64_t entry) const;
    /// "0.233456s gateway-charged order=…".
    std::string lineOf(std::uint64_t entry) const;

    std::span<const Entry> entries() const { return m_entries; }
    const Names& names() const { return *m_names; }
    const SimulationReport& report() const { return m_report; }

private:
    PlayedWorld() = default;

    std::vector<Entry> m_entries;
    std::unique_ptr<Names> m_names = std::make_unique<Names>();
    SimulationReport m_report;
};

/// In how many worlds each predicate is true.
struct WorldCounts {
    std::vector<std::uint64_t> is_true; ///< By predicate.
    std::uint64_t worlds = 0;
};
/// Runs `scenario` with the seeds from 1 to `worlds` on `threads` threads (0: one a core). Blocks. Errors: those of
/// simulate().
Result<WorldCounts> countWorlds(const Scenario& scenario, std::span<const Predicate* const> predicates,
                                std::uint64_t worlds, unsigned threads, const std::function<bool()>& give_up = {});

} // namespace orderlab
