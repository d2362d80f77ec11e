#pragma once
#include "simulation/customers.h"
#include "simulation/lab_changes.h"

namespace orderlab {

/// Plays a scenario's orders, guarantees, faults and changes in a Lab that runs already, on its clock. Topology and
/// policies are the Lab's: start it with Scenario::labConfig(). Any thread.
class ScenarioPlay {
public:
    /// `seed` decides who buys what and when. What chance decides beyond that (which passages a fault strikes) differs
    /// from play to play on a real clock.
    ScenarioPlay(Lab& lab, Scenario scenario, std::uint64_t seed);

    /// Once, on a started Lab. Error: InvalidArgument for a fault; nothing has begun.
    Result<void> start();
    /// Whether all customers have ordered and know what became of it. Faults and changes may still come.
    bool areOrdersDone() const { return m_customers.areDone() && m_changes.areOrdersDone(); }
    /// Whether the scenario's time is over: no fault and no change is still to come.
    bool areChangesDone() const { return m_running.size() == 0; }
    /// See Customers.
    std::vector<Uuid> purchases() const { return m_customers.purchases(); }
    /// Sends the customers home and stops faults and changes; guarantees stay as they are. Idempotent.
    Task<void> stop();
    /// After stop(): how often the faults struck.
    std::vector<Struck> struck() const { return m_changes.struck(); }
    /// Changes that could not be made.
    std::vector<RefusedChange> refused() const { return m_changes.refused(); }

private:
    Task<void> makeChanges();

    Lab& m_lab;
    const Scenario m_scenario;
    Customers m_customers;
    LabChanges m_changes; ///< Used by makeChanges(), then by stop().
    TaskGroup m_running;
};

/// What of `scenario` has no meaning on a real clock within `limit` is taken out of it. Returns what, a sentence each.
std::vector<std::string> fitToRealClock(Scenario& scenario, Duration limit);
/// Takes out what lets time or chance decide how an order ends, so that two runs can be held against each other:
/// customers who cancel while the payment is under way, and faults that decline some payments; likewise orders that
/// changes place. Returns what, a sentence each.
std::vector<std::string> takeOutRaces(Scenario& scenario);

} // namespace orderlab
