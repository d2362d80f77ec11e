#include "ui/bridge/invariant_watch.h"

#include <algorithm>

namespace orderlab::ui {

InvariantWatch::InvariantWatch(std::int64_t origin_us) : m_suite({.origin_us = origin_us})
{
    for (const InvariantResult& result : m_suite.results())
        m_statuses.push_back({result.name, 0, std::nullopt});
}

std::vector<Violation> InvariantWatch::apply(std::span<const Entry> entries, const Names& names)
{
    m_suite.apply(entries, names);
    const std::vector<InvariantResult> results = m_suite.results();
    for (std::size_t i = 0; i < results.size(); ++i) {
        m_statuses[i].violations = results[i].violations;
        if (results[i].first && !m_statuses[i].first)
            m_statuses[i].first = *results[i].first;
    }
    std::vector<Violation> fresh = m_suite.takeNew();
    for (const Violation& violation : fresh) {
        if (m_kept.size() < kept_max)
            m_kept.push_back(violation);
    }
    return fresh;
}

int InvariantWatch::holding() const
{
    return int(std::count_if(m_statuses.begin(), m_statuses.end(), [](const auto& s) { return s.violations == 0; }));
}

const Violation* InvariantWatch::violationOf(const OrderId& order) const
{
    const auto found = std::find_if(m_kept.begin(), m_kept.end(), [&](const auto& v) { return v.order == order; });
    return order.isNull() || found == m_kept.end() ? nullptr : &*found;
}

} // namespace orderlab::ui
