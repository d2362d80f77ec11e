#pragma once
#include "invariants/checker.h"

#include <span>

namespace orderlab {

struct InvariantOptions {
    FactsOptions facts = {};
    CheckerOptions checkers = {};
    std::size_t explained_max = Checker::explained_max; ///< Violations of each invariant that are kept and explained.
    std::int64_t origin_us = -1;                        ///< What explanations count seconds from; -1: the first entry.
};

struct InvariantResult {
    std::string_view name;
    bool holds = true;
    std::uint64_t violations = 0;
    const Violation* first = nullptr; ///< Null while it holds. Valid until the next apply().
};

/// All nine invariants over one journal: incremental, in bounded memory (see FactsOptions). For a live run as for a
/// simulation. One thread at a time.
class InvariantSuite {
public:
    explicit InvariantSuite(InvariantOptions options = {});
    ~InvariantSuite();

    /// The next entries. `names` must be the same table each time, and outlive the suite.
    void apply(std::span<const Entry> entries, const Names& names);
    /// Entries are missing here (as where an EntriesMissed says so): what was known is forgotten, so that a violation
    /// may be missed and none is invented. Violations so far stay.
    void forgetPast();
    /// See FactsOptions::has_others.
    void setHasOthers(bool has_others) { m_facts.setHasOthers(has_others); }
    /// The process was stopped, or the machine suspended, until `until_us`: nothing could be done here.
    void wasAsleep(std::int64_t until_us);
    /// The run goes on, and `now_us` has come: see CheckerOptions::finish_within_us. Cheap: looks once a second.
    void look(std::int64_t now_us);
    /// Since the last call; bounded as violations are.
    std::vector<Recovery> takeRecoveries();
    /// The run has ended: what had yet to happen counts as never. Once, after the last apply(). A live system that is
    /// only being stopped has not ended in this sense.
    void finish();

    bool holds() const;
    /// In the order in which INTERFACES names them.
    std::vector<InvariantResult> results() const;
    /// Violations found since the last call, by invariant; not more than explained_max an invariant in all.
    std::vector<Violation> takeNew();

private:
    Facts m_facts;
    Evidence m_evidence;
    std::vector<std::unique_ptr<Checker>> m_checkers;
    std::array<std::vector<Checker*>, entry_kind_count> m_wanting; ///< By kind.
    std::vector<std::size_t> m_taken;                              ///< By checker.
    std::uint64_t m_entries = 0;                                   ///< Applied so far.
    std::int64_t m_now_us = 0;
    std::int64_t m_looked_us = 0;
};

} // namespace orderlab
