#include "simulation/compare_track.h"
#include "simulation/recorded_run.h"
#include "simulation/recorded_scenario.h"

#include <algorithm>
#include <set>
#include <unordered_set>

namespace orderlab {

namespace {

constexpr std::uint64_t entries_min = 1'000'000; ///< A run may have so many in any case.
constexpr std::uint64_t times_as_long = 20;
constexpr std::size_t differences_told_max = 100;

/// What the customers call their purchases, in the order in which they come.
std::vector<Uuid> purchasesOf(const std::vector<Entry>& entries)
{
    std::vector<Uuid> purchases;
    std::unordered_set<Uuid, UuidHash> known;
    for (const Entry& entry : entries) {
        const bool asks = entry.kind == EntryKind::ClientAsked || entry.kind == EntryKind::OrderAccepted;
        if (asks && !entry.event.isNull() && known.insert(entry.event).second)
            purchases.push_back(entry.event);
    }
    return purchases;
}

std::size_t attempts(const Handling& handling)
{
    return handling.failures.size() + handling.handled.size();
}

std::map<std::string_view, std::size_t> attemptsOf(const RunTrack& run, std::size_t number)
{
    std::map<std::string_view, std::size_t> all;
    for (const OrderTrack& order : run.ordersOf(number)) {
        for (const auto& [ref, event] : order.events) {
            for (const auto& [group, handling] : event.groups)
                all[group] += attempts(handling);
        }
    }
    return all;
}

/// What was under way when the recording ended has no end to compare. How many.
std::uint64_t takeOutUnfinished(const RunTrack& recorded, std::vector<Uuid>& purchases, std::vector<Uuid>& others)
{
    std::uint64_t unfinished = 0;
    for (std::size_t number = 0; number < purchases.size(); ++number) {
        const auto& orders = recorded.ordersOf(number);
        const bool is_open = std::any_of(orders.begin(), orders.end(), [&](const OrderTrack& order) {
            return recorded.statusOf(order) == RunTrack::under_way;
        });
        if (is_open) {
            ++unfinished;
            purchases[number] = others[number] = Uuid{};
        }
    }
    return unfinished;
}

void compareOrders(const RunTrack& recorded, const RunTrack& simulated, Agreement& agreement)
{
    std::map<std::string, Agreement::Group> groups;
    for (std::size_t number = 0; number < recorded.purchases(); ++number) {
        const auto& left = recorded.ordersOf(number);
        const auto& right = simulated.ordersOf(number);
        if (left.empty()) // One that is not compared.
            continue;
        ++agreement.orders;
        bool is_same = left.size() == right.size();
        for (std::size_t i = 0; is_same && i < left.size(); ++i)
            is_same = recorded.statusOf(left[i]) == simulated.statusOf(right[i]);
        agreement.same_end += is_same;
        const auto a = attemptsOf(recorded, number), b = attemptsOf(simulated, number);
        std::set<std::string_view> all;
        for (const auto* one : {&a, &b}) {
            for (const auto& [group, count] : *one)
                all.insert(group);
        }
        for (const std::string_view group : all) {
            const auto of = [group](const auto& counts) {
                const auto found = counts.find(group);
                return found == counts.end() ? std::size_t(0) : found->second;
            };
            Agreement::Group& sum = groups[std::string(group)];
            sum.name = group;
            sum.recorded += of(a);
            sum.simulated += of(b);
            sum.orders += of(a) != of(b);
        }
    }
    for (auto& [name, group] : groups)
        agreement.groups.push_back(std::move(group));
}

std::string countText(std::uint64_t count, const char* one, const char* many)
{
    return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "none" : text;
}

} // namespace

Result<Agreement> agreementOf(const Recording& recording, const RecordedScenario& made,
                              const std::function<bool()>& give_up)
{
    std::vector<Entry> kept;
    auto names = std::make_unique<Names>();
    SimulationOptions options;
    options.give_up = give_up;
    options.entries_max = std::max<std::uint64_t>(entries_min, recording.entries.size() * times_as_long);
    options.on_entries = [&](std::span<const Entry> entries, const Names& of_run) {
        kept.insert(kept.end(), entries.begin(), entries.end());
        if (names->size() != of_run.size()) {
            names = std::make_unique<Names>();
            names->copy(of_run);
        }
    };
    auto report = simulate(made.scenario, made.scenario.seed, options);
    if (!report)
        return report.error();

    // An order without a purchase has its own id for that.
    std::vector<Entry> entries = recording.entries;
    for (Entry& entry : entries) {
        if (entry.kind == EntryKind::OrderAccepted && entry.event.isNull())
            entry.event = entry.order;
    }
    std::vector<Uuid> purchases = made.purchases, others = purchasesOf(kept);
    others.resize(purchases.size());
    const RunJournal recorded{"in the recording", entries, *recording.names, purchases};
    const RunJournal simulated{"in the simulation", kept, *names, others};
    Agreement agreement;
    agreement.unfinished = takeOutUnfinished(RunTrack(recorded), purchases, others);
    compareOrders(RunTrack(recorded), RunTrack(simulated), agreement);
    agreement.comparison = compareRuns(recorded, simulated, differences_told_max);
    std::set<std::string> broken;
    for (const Entry& entry : recording.entries) {
        if (entry.kind == EntryKind::InvariantViolated)
            broken.insert(std::string(recording.names->text(entry.detail)));
    }
    agreement.violated_recorded.assign(broken.begin(), broken.end());
    agreement.report = std::move(*report);
    return agreement;
}

std::vector<std::string> Agreement::sentences() const
{
    std::vector<std::string> all;
    std::string ends = std::to_string(same_end) + " of " + countText(orders, "order", "orders")
                       + (same_end == 1 ? " ends" : " end") + " the same way";
    if (unfinished > 0)
        ends += "; " + countText(unfinished, "other was", "others were") + " under way at the end of the recording and "
                + (unfinished == 1 ? "is" : "are") + " not compared";
    all.push_back(ends + '.');
    bool differs = false;
    for (const Group& group : groups) {
        if (group.orders == 0)
            continue;
        differs = true;
        all.push_back("Group " + group.name + ": " + countText(group.recorded, "attempt", "attempts") + " recorded, "
                      + std::to_string(group.simulated) + " simulated; they differ at "
                      + countText(group.orders, "order", "orders") + '.');
    }
    if (!differs)
        all.push_back("All groups made the same attempts at each order.");
    if (const Difference* first = comparison.firstDifference()) {
        char seconds[40];
        std::snprintf(seconds, sizeof seconds, "%.3f s", first->seconds);
        all.push_back("The first difference, at " + std::string(seconds) + ": " + first->explanation + '.');
    } else {
        all.push_back("There is no difference: every event was delivered, tried and handled alike.");
    }
    std::vector<std::string> simulated;
    for (const InvariantOutcome& one : report.invariants) {
        if (!one.holds)
            simulated.push_back(one.name);
    }
    if (!violated_recorded.empty() || !simulated.empty())
        all.push_back("Promises broken in the recording: " + listed(violated_recorded)
                      + "; in the simulation: " + listed(simulated) + '.');
    for (const RefusedChange& one : report.refused)
        all.push_back(toString(one.change.setting) + " could not be made: " + one.reason + '.');
    return all;
}

void expect(Scenario& scenario, const SimulationReport& report)
{
    scenario.expectation.violates.clear();
    for (const InvariantOutcome& one : report.invariants) {
        if (!one.holds)
            scenario.expectation.violates.push_back(one.name);
    }
}

} // namespace orderlab
