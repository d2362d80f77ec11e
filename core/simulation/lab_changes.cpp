#include "simulation/lab_changes.h"

#include "simulation/policies_json.h"

#include <algorithm>

namespace orderlab {

namespace {

Task<void> scale(Lab& lab, std::string group, std::size_t members)
{
    (void)co_await lab.scale(std::move(group), members); // what it is told is valid
}

} // namespace

std::vector<Moment> momentsOf(const Scenario& scenario)
{
    std::vector<Moment> all;
    for (const Change& change : scenario.changes)
        all.push_back({change.at, &change});
    all.push_back({scenario.fault_time, nullptr});
    std::stable_sort(all.begin(), all.end(), [](const Moment& a, const Moment& b) { return a.at < b.at; });
    return all;
}

struct LabChanges::Apply {
    LabChanges& self;

    void operator()(const SwitchGuarantee& change) const
    {
        Guarantees guarantees = self.m_lab.faults().guarantees();
        guarantees.set(change.guarantee, change.on);
        self.m_lab.faults().setGuarantees(guarantees);
    }
    void operator()(const AddFault& change) const { (void)self.m_lab.faults().addFault(change.fault); }
    void operator()(const StopFaults&) const { self.stopFaults(); }
    void operator()(const SetMembers& change) const
    {
        for (const std::string& group : self.m_lab.groups())
            self.m_changing.spawn(scale(self.m_lab, group, change.members));
    }
    void operator()(const SetPolicy& change) const
    {
        for (const std::string& group : self.m_lab.groups()) {
            auto policies = self.m_lab.policies(group);
            if (policies && setPolicy(*policies, change.name, change.value))
                (void)self.m_lab.setPolicies(group, *policies); // the group runs here
        }
    }
};

void LabChanges::apply(const Moment& moment)
{
    if (moment.change)
        std::visit(Apply{*this}, moment.change->setting);
    else
        stopFaults();
}

void LabChanges::appendStrikes(std::vector<Struck>& to) const
{
    const std::vector<Fault> faults = m_lab.faults().faults();
    const std::vector<std::uint64_t> strikes = m_lab.faults().strikes();
    for (std::size_t i = 0; i < std::min(faults.size(), strikes.size()); ++i)
        to.push_back({faults[i].toString(), strikes[i]});
}

void LabChanges::stopFaults()
{
    appendStrikes(m_struck);
    (void)m_lab.faults().setFaults({}); // none cannot be wrong
}

std::vector<Struck> LabChanges::struck() const
{
    std::vector<Struck> all = m_struck;
    appendStrikes(all);
    return all;
}

Task<void> LabChanges::stop()
{
    m_changing.cancel();
    return m_changing.join();
}

} // namespace orderlab
