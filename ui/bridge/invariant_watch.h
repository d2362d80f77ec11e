#pragma once
#include "invariants/invariant_suite.h"

#include <optional>

namespace orderlab::ui {

/// One of the nine, as far as it has been checked.
struct InvariantStatus {
    std::string_view name; ///< "charged-at-most-once"
    std::uint64_t violations = 0;
    std::optional<Violation> first;
};

/// Checks the nine invariants while the system runs: the same fold of the same entries as in simulation. GUI thread.
class InvariantWatch {
public:
    /// `origin_us`: what explanations count seconds from.
    explicit InvariantWatch(std::int64_t origin_us);

    /// The next entries of the journal. The violations that they showed. After an EntriesMissed checking begins anew; what
    /// was found stays found.
    std::vector<Violation> apply(std::span<const Entry> entries, const Names& names);

    /// All nine, in the order in which they are listed.
    const std::vector<InvariantStatus>& statuses() const { return m_statuses; }
    int holding() const;
    /// The first violation that is about `order`; null: none is known.
    const Violation* violationOf(const OrderId& order) const;

private:
    static constexpr std::size_t kept_max = 1'000; ///< Violations that can be asked for by their order.

    InvariantSuite m_suite;
    std::vector<InvariantStatus> m_statuses;
    std::vector<Violation> m_kept;
};

} // namespace orderlab::ui
