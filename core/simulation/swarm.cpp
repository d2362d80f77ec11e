#include "simulation/swarm.h"

#include "handlers/group_registry.h"
#include "runtime/random_stream.h"
#include "simulation/simulate.h"

#include <algorithm>
#include <cmath>

namespace orderlab {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// What a promise that is not kept may cost, found by running each guarantee off alone.
struct Cost {
    Guarantee guarantee;
    std::vector<std::string> invariants;
};
const std::vector<Cost>& costs()
{
    static const std::vector<Cost> all = {
        {Guarantee::Outbox,
         {"no-order-lost", "all-orders-finish", "every-event-handled-or-dead", "per-order-sequence"}},
        // Copies of events that are all worked on may take longer than a run has.
        {Guarantee::Inbox,
         {"effects-happen-once", "per-order-sequence", "legal-status-transitions", "every-event-handled-or-dead",
          "all-orders-finish"}},
        {Guarantee::AckAfterProcessing,
         {"every-event-handled-or-dead", "all-orders-finish", "no-order-lost", "per-order-sequence"}},
        {Guarantee::IdempotencyKey, {"charged-at-most-once"}},
        {Guarantee::PaymentKey, {"charged-at-most-once"}},
    };
    return all;
}

/// Drawn last, so that what is drawn before stays as it was.
const Cost& costOfForgetting()
{
    static const Cost cost = {Guarantee::DurableInbox,
                              {"effects-happen-once", "per-order-sequence", "legal-status-transitions",
                               "every-event-handled-or-dead", "all-orders-finish"}};
    return cost;
}

void switchOff(const Cost& cost, Scenario& scenario)
{
    scenario.guarantees.set(cost.guarantee, false);
    std::vector<std::string>& expected = scenario.expectation.violates;
    expected.insert(expected.end(), cost.invariants.begin(), cost.invariants.end());
    std::sort(expected.begin(), expected.end());
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
}

class Draw {
public:
    explicit Draw(std::uint64_t seed) : m_random(seed) {}

    bool chance(double probability) { return m_random.unit() < probability; }
    std::uint64_t upTo(std::uint64_t most) { return std::uint64_t(m_random.unit() * double(most + 1)); }
    std::uint64_t from(std::uint64_t least, std::uint64_t most) { return least + upTo(most - least); }
    template <typename Range>
    auto oneOf(const Range& range)
    {
        return range[std::size_t(upTo(std::size(range) - 1))];
    }
    /// Small ones are as likely as large ones ten times as long.
    Duration duration(Duration least, Duration most)
    {
        const double ratio = double(most.count()) / double(least.count());
        return milliseconds{std::int64_t(double(least.count()) * std::pow(ratio, m_random.unit())) / 1'000};
    }

private:
    RandomStream m_random;
};

OrderPlan drawOrders(Draw& draw)
{
    OrderPlan orders;
    orders.count = draw.from(5, 60);
    orders.mean_pause = draw.duration(milliseconds{2}, milliseconds{300});
    orders.test_customer_share = draw.chance(0.5) ? 0 : 0.25;
    orders.cancel_share = draw.chance(0.5) ? 0 : 0.3;
    for (std::uint64_t i = draw.chance(0.3) ? draw.from(1, 5) : 0; i > 0; --i)
        orders.customers.push_back("regular-" + std::to_string(i));
    return orders;
}

Policies drawPolicies(Draw& draw)
{
    Policies policies;
    if (draw.chance(0.5))
        policies.retry.style = RetryStyle::Topic;
    if (draw.chance(0.5))
        policies.retry.max_attempts = int(draw.from(1, 8));
    if (draw.chance(0.3))
        policies.retry.initial_delay = draw.duration(milliseconds{5}, seconds{2});
    if (draw.chance(0.3))
        policies.timeout.limit = draw.duration(milliseconds{200}, seconds{5});
    if (draw.chance(0.3))
        policies.pause.max_pause =
            std::max(policies.pause.initial_pause, draw.duration(milliseconds{200}, seconds{10}));
    if (draw.chance(0.2))
        policies.throttle.events_per_second = double(draw.from(20, 400));
    if (draw.chance(0.3))
        policies.breaker.enabled = false;
    else if (draw.chance(0.5))
        policies.breaker.failures_in_a_row = int(draw.from(1, 10));
    return policies;
}

Fault drawFault(Draw& draw)
{
    Fault fault;
    fault.seam = Seam(draw.upTo(seam_count - 1));
    const auto actions = actionsAt(fault.seam);
    fault.action = draw.oneOf(actions);
    fault.delay = draw.duration(milliseconds{10}, seconds{4});
    fault.start = draw.chance(0.5) ? Duration{0} : draw.duration(milliseconds{50}, seconds{4});
    const bool is_state = fault.action == FaultAction::Away || fault.action == FaultAction::Throttle;
    const bool is_by_time = fault.seam == Seam::Worker || fault.seam == Seam::Clock;
    if (is_state || draw.chance(0.3))
        fault.length = draw.duration(milliseconds{200}, seconds{8});
    if (!is_state)
        fault.probability = is_by_time ? 0.1 : draw.chance(0.2) ? 1 : draw.chance(0.5) ? 0.3 : 0.05;
    // Each crash of the relay there leaves copies of whole batches, and they are all worked on.
    const bool multiplies = fault.seam == Seam::Published && fault.action == FaultAction::Crash;
    if (is_by_time || multiplies || (!is_state && draw.chance(0.5)))
        fault.count = std::uint32_t(draw.from(1, 12));
    if (fault.action == FaultAction::Throttle)
        fault.bytes_per_second = draw.from(5, 200) * 1'000;
    const bool has_event = fault.seam >= Seam::Delivery && fault.seam <= Seam::Ack;
    if (has_event && draw.chance(0.25))
        fault.group = std::string(draw.oneOf(groupKinds())->name);
    if (has_event && draw.chance(0.15))
        fault.event_type = draw.oneOf(all_event_types);
    return fault;
}

} // namespace

Scenario swarmScenario(std::uint64_t seed)
{
    Draw draw(seed);
    Scenario scenario;
    scenario.name = "swarm-" + std::to_string(seed);
    scenario.description = "Drawn from a seed.";
    scenario.seed = seed;
    scenario.orders = drawOrders(draw);
    scenario.topology.partitions = std::uint16_t(draw.from(1, 6));
    scenario.topology.members = draw.from(1, 4);
    scenario.policies = drawPolicies(draw);
    if (draw.chance(0.5))
        scenario.gateway_latency = draw.duration(milliseconds{1}, milliseconds{300});
    for (const Cost& cost : costs()) {
        if (draw.chance(0.08))
            switchOff(cost, scenario);
    }
    for (std::uint64_t i = draw.from(1, 6); i > 0; --i)
        scenario.faults.push_back(drawFault(draw));
    if (draw.chance(0.08))
        switchOff(costOfForgetting(), scenario);
    return scenario;
}

bool isAsExpected(const SimulationReport& report, const Scenario& scenario)
{
    const auto& expected = scenario.expectation.violates;
    return std::all_of(report.invariants.begin(), report.invariants.end(), [&](const InvariantOutcome& one) {
        return one.holds || std::find(expected.begin(), expected.end(), one.name) != expected.end();
    });
}

} // namespace orderlab
