#include "ui/models/invariant_report.h"

#include "ui/models/fault_texts.h"

#include <algorithm>

namespace orderlab::ui {

int InvariantReport::holding() const
{
    return int(
        std::count_if(statuses.begin(), statuses.end(), [](const InvariantStatus& s) { return s.violations == 0; }));
}

std::vector<const Violation*> InvariantReport::violationsOf(const OrderId& order) const
{
    std::vector<const Violation*> found;
    for (const Violation& violation : violations) {
        if (!order.isNull() && violation.order == order)
            found.push_back(&violation);
    }
    return found;
}

int InvariantReport::placeOf(const Violation& violation) const
{
    const auto found = std::find_if(violations.begin(), violations.end(), [&](const Violation& one) {
        return one.invariant == violation.invariant && one.order == violation.order && one.event == violation.event
               && one.time_us == violation.time_us && one.entry == violation.entry;
    });
    return found == violations.end() ? -1 : int(found - violations.begin());
}

std::unordered_map<Uuid, QString, UuidHash> InvariantReport::broken() const
{
    std::unordered_map<Uuid, std::vector<std::pair<std::string_view, int>>, UuidHash> counts;
    for (const Violation& violation : violations) {
        if (violation.order.isNull())
            continue;
        auto& of_order = counts[violation.order];
        const auto found = std::find_if(of_order.begin(), of_order.end(),
                                        [&](const auto& one) { return one.first == violation.invariant; });
        if (found == of_order.end())
            of_order.emplace_back(violation.invariant, 1);
        else
            ++found->second;
    }
    std::unordered_map<Uuid, QString, UuidHash> words;
    for (const auto& [order, of_order] : counts) {
        QStringList parts;
        for (const auto& [invariant, times] : of_order)
            parts << invariantTitle(invariant) + (times > 1 ? QStringLiteral(" ×%1").arg(times) : QString());
        words.emplace(order, parts.join(QStringLiteral(", ")));
    }
    return words;
}

} // namespace orderlab::ui
