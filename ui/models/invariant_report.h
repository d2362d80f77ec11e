#pragma once
#include "lab/invariant_watch.h"

namespace orderlab::ui {

/// How the nine promises stood when the Lab's watch was last asked. A value; GUI thread.
struct InvariantReport {
    std::vector<InvariantStatus> statuses; ///< All nine, in the order in which they are listed.
    std::vector<Violation> violations;     ///< Those that are kept, the oldest first.

    bool is_checking = false; ///< The system runs, or has run.

    int holding() const;
    /// The first violation that is about `order`; null: none is known.
    const Violation* violationOf(const OrderId& order) const;
};

} // namespace orderlab::ui
