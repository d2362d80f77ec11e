#include "ui/models/invariant_report.h"

#include <algorithm>

namespace orderlab::ui {

int InvariantReport::holding() const
{
    return int(
        std::count_if(statuses.begin(), statuses.end(), [](const InvariantStatus& s) { return s.violations == 0; }));
}

const Violation* InvariantReport::violationOf(const OrderId& order) const
{
    const auto found =
        std::find_if(violations.begin(), violations.end(), [&](const Violation& v) { return v.order == order; });
    return order.isNull() || found == violations.end() ? nullptr : &*found;
}

} // namespace orderlab::ui
