#pragma once
#include "lab/invariant_watch.h"

#include <QString>

#include <unordered_map>

namespace orderlab::ui {

/// How the nine promises stood when the Lab's watch was last asked. A value; GUI thread.
struct InvariantReport {
    std::vector<InvariantStatus> statuses; ///< All nine, in the order in which they are listed.
    std::vector<Violation> violations;     ///< Those that are kept, the oldest first.

    bool is_checking = false; ///< The system runs, or has run.

    int holding() const;
    /// Those that are about `order`, the oldest first.
    std::vector<const Violation*> violationsOf(const OrderId& order) const;
    /// Its place among `violations`; -1: it is none of them.
    int placeOf(const Violation& violation) const;
    /// What is broken for each order, in words: "Charged at most once ×3".
    std::unordered_map<Uuid, QString, UuidHash> broken() const;
};

} // namespace orderlab::ui
