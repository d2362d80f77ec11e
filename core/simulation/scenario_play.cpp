#include "simulation/scenario_play.h"

#include <algorithm>

namespace orderlab {

ScenarioPlay::ScenarioPlay(Lab& lab, Scenario scenario, std::uint64_t seed)
    : m_lab(lab), m_scenario(std::move(scenario)), m_customers(lab, m_scenario.orders, seed), m_changes(lab, seed),
      m_running(lab.runtime())
{}

Result<void> ScenarioPlay::start()
{
    m_lab.faults().setGuarantees(m_scenario.guarantees);
    ORDERLAB_TRY(return, m_lab.faults().setFaults(m_scenario.faults));
    m_running.spawn(makeChanges());
    m_customers.start();
    return {};
}

Task<void> ScenarioPlay::makeChanges()
{
    Duration now{0};
    for (const Moment& moment : momentsOf(m_scenario)) {
        const Duration pause = moment.at - now;
        co_await m_lab.runtime().sleep(pause);
        now = moment.at;
        m_changes.apply(moment);
    }
}

Task<void> ScenarioPlay::stop()
{
    co_await m_customers.stop();
    m_running.cancel();
    co_await m_running.join();
    m_changes.stopFaults();
    co_await m_changes.stop();
}

namespace {

/// Why `fault`, set at `at`, has no meaning on a real clock; empty: it has.
std::string whyNot(const Fault& fault, Duration at, Duration limit)
{
    if (fault.seam == Seam::Clock)
        return "a real clock cannot be made to jump";
    if (at + std::min(fault.start, limit) >= limit)
        return "it would begin when the time for the run is over";
    return {};
}

/// The same of what a change does; identifiers are others in each run on a real clock.
struct WhyNoChange {
    Duration at, limit;
    std::string operator()(const AddFault& change) const { return whyNot(change.fault, at, limit); }
    std::string operator()(const CancelOrder&) const { return "the order has another id in each run on a real clock"; }
    std::string operator()(const ReplayDeadLetter&) const { return of_event; }
    std::string operator()(const DiscardDeadLetter&) const { return of_event; }
    std::string operator()(const DropDelivery&) const { return of_event; }
    std::string operator()(const DelayDelivery&) const { return of_event; }
    std::string operator()(const Reseed&) const { return "chance cannot be drawn anew on a real clock"; }
    template <typename Other>
    std::string operator()(const Other&) const
    {
        return {};
    }
    static constexpr const char* of_event = "the event has another id in each run on a real clock";
};

} // namespace

std::vector<std::string> fitToRealClock(Scenario& scenario, Duration limit)
{
    std::vector<std::string> left_out;
    const auto leaveOut = [&left_out](const std::string& what, const std::string& why) {
        if (!why.empty())
            left_out.emplace_back(what + ": " + why);
        return !why.empty();
    };
    std::erase_if(scenario.faults, [&](const Fault& fault) {
        return leaveOut("fault " + fault.toString(), whyNot(fault, Duration{0}, limit));
    });
    std::erase_if(scenario.changes, [&](const Change& change) {
        const std::string late = change.at >= limit ? "it would come when the time for the run is over" : "";
        return leaveOut("change " + toString(change.setting),
                        late.empty() ? std::visit(WhyNoChange{change.at, limit}, change.setting) : late);
    });
    auto& arrivals = scenario.orders.arrivals;
    const auto late =
        std::find_if(arrivals.begin(), arrivals.end(), [limit](const Arrival& arrival) { return arrival.at >= limit; });
    if (late != arrivals.end()) {
        leaveOut(std::to_string(arrivals.end() - late) + " customers",
                 "they would come when the time for the run is over");
        arrivals.erase(late, arrivals.end());
        scenario.orders.count = std::min<std::uint64_t>(scenario.orders.count, arrivals.size());
    }
    return left_out;
}

std::vector<std::string> takeOutRaces(Scenario& scenario)
{
    std::vector<std::string> taken;
    if (scenario.orders.cancel_share > 0)
        taken.emplace_back("customers who cancel: whether they come before the payment is a race that time decides");
    scenario.orders.cancel_share = 0;
    const auto cancels = std::count_if(scenario.orders.arrivals.begin(), scenario.orders.arrivals.end(),
                                       [](const Arrival& arrival) { return arrival.cancels_after.has_value(); });
    if (cancels > 0)
        taken.emplace_back(std::to_string(cancels)
                           + " customers who cancel: whether they come before the payment is a race that time decides");
    for (Arrival& arrival : scenario.orders.arrivals)
        arrival.cancels_after.reset();
    const auto isRace = [](const Fault& fault) {
        return fault.action == FaultAction::Decline && (fault.probability < 1 || fault.count != Fault::count_unlimited);
    };
    const auto take = [&taken](const Fault& fault) {
        taken.emplace_back("fault " + fault.toString() + ": chance would decline other payments in each run");
        return true;
    };
    std::erase_if(scenario.faults, [&](const Fault& fault) { return isRace(fault) && take(fault); });
    std::erase_if(scenario.changes, [&](const Change& change) {
        const auto* add = std::get_if<AddFault>(&change.setting);
        if (add)
            return isRace(add->fault) && take(add->fault);
        const bool places =
            std::holds_alternative<PlaceOrder>(change.setting) || std::holds_alternative<PlaceOrders>(change.setting);
        if (places)
            taken.emplace_back("change " + toString(change.setting)
                               + ": its orders have no number by which two runs could be held against each other");
        return places;
    });
    return taken;
}

} // namespace orderlab
