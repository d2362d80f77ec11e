#include "ui/models/fault_desk.h"

#include "faults/fault_plan.h"

#include <algorithm>

namespace orderlab::ui {

Result<int> FaultDesk::add(Fault fault, TimePoint now)
{
    ORDERLAB_TRY(return, fault.validate());
    if (m_items.size() >= FaultPlan::faults_max)
        return invalidArgument("faults", "can be at most " + std::to_string(FaultPlan::faults_max));
    std::erase_if(m_spent,
                  [&](const Item& item) { return item.fault.seam == fault.seam && item.fault.action == fault.action; });
    m_items.push_back({m_next_id, std::move(fault), now});
    return m_next_id++;
}

bool FaultDesk::remove(int id)
{
    return std::erase_if(m_items, [id](const Item& item) { return item.id == id; }) > 0;
}

bool FaultDesk::removeSpent(TimePoint now)
{
    std::copy_if(m_items.begin(), m_items.end(), std::back_inserter(m_spent),
                 [now](const Item& item) { return isSpent(item, now); });
    if (m_spent.size() > spent_max)
        m_spent.erase(m_spent.begin(), m_spent.end() - std::ptrdiff_t(spent_max));
    return std::erase_if(m_items, [now](const Item& item) { return isSpent(item, now); }) > 0;
}

std::vector<Fault> FaultDesk::plan(TimePoint now)
{
    std::vector<Fault> faults;
    removeSpent(now);
    for (Item& item : m_items) {
        item.strikes_before = item.strikes;
        Fault fault = item.fault;
        const Duration age = std::max(Duration{0}, now - item.since);
        if (fault.count != Fault::count_unlimited)
            fault.count = strikesLeft(item);
        if (fault.length != Duration::max() && age > fault.start)
            fault.length -= age - fault.start;
        fault.start = std::max(Duration{0}, fault.start - age);
        faults.push_back(std::move(fault));
    }
    return faults;
}

bool FaultDesk::takeStrikes(std::span<const std::uint64_t> strikes)
{
    bool changed = false;
    for (std::size_t i = 0; i < strikes.size() && i < m_items.size(); ++i) {
        const std::uint64_t total = m_items[i].strikes_before + strikes[i];
        changed = changed || total != m_items[i].strikes;
        m_items[i].strikes = total;
    }
    return changed;
}

const FaultDesk::Item* FaultDesk::find(int id) const
{
    const auto item = std::find_if(m_items.begin(), m_items.end(), [id](const Item& i) { return i.id == id; });
    return item == m_items.end() ? nullptr : &*item;
}

std::uint32_t FaultDesk::strikesLeft(const Item& item)
{
    if (item.fault.count == Fault::count_unlimited)
        return Fault::count_unlimited;
    return item.strikes >= item.fault.count ? 0 : std::uint32_t(item.fault.count - item.strikes);
}

Duration FaultDesk::timeLeft(const Item& item, TimePoint now)
{
    if (item.fault.length == Duration::max())
        return Duration::max();
    const Duration in_force = std::max(Duration{0}, now - item.since - item.fault.start);
    return std::max(Duration{0}, item.fault.length - in_force);
}

bool FaultDesk::isSpent(const Item& item, TimePoint now)
{
    return strikesLeft(item) == 0 || timeLeft(item, now).count() == 0;
}

} // namespace orderlab::ui
