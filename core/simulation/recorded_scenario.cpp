#include "simulation/recorded_scenario.h"

#include "base/utf8.h"
#include "domain/order.h"
#include "handlers/group_registry.h"
#include "simulation/compare_track.h"
#include "simulation/recorded_run.h"

#include <algorithm>
#include <unordered_map>

namespace orderlab {

namespace {

constexpr std::int64_t lead_us = 100'000; ///< Before the first order: members have their partitions by then.
constexpr std::size_t observed_min = 5;   ///< Fewer payments tell no median.
constexpr std::size_t changes_of_scenario_max = 1'000;
constexpr std::size_t recorded_name_max = 60;
constexpr Duration gateway_latency_max{std::chrono::minutes{10}}; ///< Of a scenario.
constexpr Duration after_the_end{std::chrono::seconds{1}};

std::string counted(std::uint64_t count, const char* one, const char* many)
{
    return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

/// "My Run.jsonl" is "my-run-jsonl".
std::string scenarioName(std::string_view wanted)
{
    std::string name;
    for (const char c : wanted.substr(0, recorded_name_max)) {
        const bool is_upper = c >= 'A' && c <= 'Z';
        const bool is_plain = is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_plain)
            name += is_upper ? char(c - 'A' + 'a') : c;
        else if (!name.empty() && name.back() != '-')
            name += '-';
    }
    while (name.ends_with('-'))
        name.pop_back();
    return name.empty() ? "recorded" : name;
}

class ScenarioMaker {
public:
    ScenarioMaker(const Recording& recording, std::string_view name) : m_recording(recording), m_run(recording)
    {
        m_made.scenario.name = scenarioName(name);
    }

    Result<RecordedScenario> make()
    {
        if (m_run.purchases.empty())
            return Error{ErrorCode::NotFound, Retry::Never, "no order begins in this recording", {}};
        if (!m_recording.header.scenario.empty())
            return makeOfSimulation();
        ORDERLAB_TRY(return, takeSystem());
        takeArrivals();
        takeGuarantees();
        takeMembers();
        takeGatewayTime();
        m_made.scenario.fault_time =
            std::min<Duration>(since(m_recording.entries.back().time_us) + after_the_end, Change::at_max);
        takeCrashes();
        takeStrikes();
        finish();
        return std::move(m_made);
    }

private:
    void tell(std::string sentence) { m_made.left_out.push_back(std::move(sentence)); }
    Duration since(std::int64_t time_us) const { return Duration{std::max<std::int64_t>(0, time_us - m_origin_us)}; }

    Result<RecordedScenario> makeOfSimulation()
    {
        auto scenario = parseScenario(m_recording.header.scenario, "the recording's scenario");
        if (!scenario)
            return scenario.error();
        m_made.scenario = std::move(*scenario);
        m_made.scenario.seed = m_recording.header.seed.value_or(m_made.scenario.seed);
        m_made.taken.emplace_back("the scenario and the seed of the recorded simulation");
        for (const RecordedRun::Purchase& purchase : m_run.purchases)
            m_made.purchases.push_back(purchase.name);
        return std::move(m_made);
    }

    /// How it was set; else what the entries tell.
    Result<void> takeSystem()
    {
        Scenario& scenario = m_made.scenario;
        if (!m_recording.header.system.empty()) {
            auto system = parseScenario(m_recording.header.system, "the recording's system");
            if (!system)
                return system.error();
            m_system = std::move(*system);
            scenario.topology = m_system->topology;
            scenario.policies = m_system->policies;
            scenario.gateway_latency = m_system->gateway_latency;
            return {};
        }
        scenario.topology.partitions = 1;
        for (const Entry& entry : m_recording.entries)
            scenario.topology.partitions =
                std::max(scenario.topology.partitions, std::uint16_t(std::min<std::uint16_t>(entry.partition, 63) + 1));
        scenario.topology.members = 1;
        tell("The recording does not say which policies the groups had: the usual ones are taken.");
        return {};
    }

    void takeArrivals()
    {
        OrderPlan& orders = m_made.scenario.orders;
        const std::size_t all = m_run.purchases.size();
        m_run.keepFirst(OrderPlan::arrivals_max);
        if (m_run.purchases.size() < all)
            tell("Only the first " + std::to_string(m_run.purchases.size()) + " of " + std::to_string(all)
                 + " orders are taken: a scenario has no room for more.");
        m_first_us = m_run.purchases.front().at_us;
        m_origin_us = m_first_us - lead_us;
        std::uint64_t canceled = 0;
        for (const RecordedRun::Purchase& purchase : m_run.purchases) {
            Arrival arrival;
            arrival.at = since(purchase.at_us);
            if (!orders.arrivals.empty() && arrival.at <= orders.arrivals.back().at) // So that their order is certain.
                arrival.at = orders.arrivals.back().at + Duration{1};
            if (arrival.at > Change::at_max)
                break;
            arrival.customer = m_run.text(purchase.customer);
            arrival.amount_minor = std::clamp<std::int64_t>(purchase.amount_minor, 1, amount_minor_max);
            arrival.currency = m_run.text(purchase.currency);
            if (purchase.canceled_us >= 0) {
                ++canceled;
                const std::int64_t from_us = std::max(purchase.answered_us, purchase.at_us);
                arrival.cancels_after = Duration{std::max<std::int64_t>(0, purchase.canceled_us - from_us)};
            }
            orders.arrivals.push_back(std::move(arrival));
            m_made.purchases.push_back(purchase.name);
        }
        if (orders.arrivals.size() < m_run.purchases.size()) {
            m_run.keepFirst(orders.arrivals.size());
            tell("Only the first " + std::to_string(m_run.purchases.size())
                 + " orders are taken: the others came after 24 h, and a scenario has no more.");
        }
        orders.count = orders.arrivals.size();
        orders.test_customer_share = 0;
        char seconds[32];
        std::snprintf(seconds, sizeof seconds, "%.1f s", double(m_run.purchases.back().at_us - m_first_us) / 1e6);
        m_made.taken.push_back(counted(orders.count, "order", "orders") + " of "
                               + counted(m_run.customers, "customer", "customers") + " in " + seconds);
        if (canceled > 0)
            m_made.taken.push_back(counted(canceled, "cancellation", "cancellations"));
    }

    /// The first switch of each tells how it was before; where there is none, it was as at the beginning.
    void takeGuarantees()
    {
        Guarantees start = m_system ? m_system->guarantees : Guarantees{};
        std::array<bool, guarantee_count> is_told{};
        std::uint64_t switches = 0;
        std::vector<std::pair<std::int64_t, SwitchGuarantee>> all;
        for (const Entry& entry : m_recording.entries) {
            if (entry.kind != EntryKind::GuaranteeSwitched)
                continue;
            const std::string_view words = m_run.text(entry.detail);
            const std::size_t blank = std::min(words.find(' '), words.size());
            const auto guarantee = guaranteeOf(words.substr(0, blank));
            if (!guarantee)
                continue;
            const bool on = words.substr(blank) == " on";
            if (!std::exchange(is_told[std::size_t(*guarantee)], true))
                start.set(*guarantee, !on);
            all.emplace_back(entry.time_us, SwitchGuarantee{*guarantee, on});
        }
        for (const auto& [time_us, change] : all) {
            if (time_us <= m_first_us) {
                start.set(change.guarantee, change.on);
            } else if (since(time_us) <= Change::at_max) {
                m_made.scenario.changes.push_back({since(time_us), change});
                ++switches;
            }
        }
        m_made.scenario.guarantees = start;
        const auto off = std::count(start.on.begin(), start.on.end(), false);
        if (off > 0)
            m_made.taken.push_back(counted(std::uint64_t(off), "guarantee", "guarantees") + " off from the start");
        if (switches > 0)
            m_made.taken.push_back(counted(switches, "switch", "switches") + " of guarantees");
    }

    bool hasBeginning() const { return m_recording.entries.front().kind != EntryKind::EntriesMissed; }

    void takeMembers()
    {
        RecordedMembers members = membersOf(m_run, m_first_us, m_origin_us);
        Scenario& scenario = m_made.scenario;
        const bool tells = hasBeginning() && !members.at_start.empty();
        if (!tells && m_system) {
            for (const Change& change : m_system->changes)
                scenario.changes.push_back(change); // As they were when the recording began.
        }
        if (!tells) {
            tell("How many members the groups had "
                 + std::string(m_system ? "is taken as it was when the recording was "
                                          "begun"
                                        : "is not in the recording: one each is taken")
                 + ", as the recording lacks the beginning of the run.");
            return;
        }
        std::map<std::size_t, int> sizes;
        for (const auto& [group, count] : members.at_start)
            ++sizes[count];
        std::size_t usual = 1;
        for (const auto& [size, groups] : sizes) {
            if (size >= 1 && size <= 16 && groups >= sizes[usual])
                usual = size;
        }
        scenario.topology.members = usual;
        for (const auto& [group, count] : members.at_start) {
            if (count != usual && count >= 1 && count <= 16)
                scenario.changes.push_back({Duration{0}, SetMembers{count, group}});
        }
        std::uint64_t scalings = 0;
        for (const Change& change : members.changes) {
            if (change.at > Change::at_max)
                continue;
            scenario.changes.push_back(change);
            ++scalings;
        }
        if (scalings > 0)
            m_made.taken.push_back(counted(scalings, "change of members", "changes of members"));
    }

    /// The median of the times from when a worker took an order to when the gateway had charged it.
    void takeGatewayTime()
    {
        std::vector<std::int64_t> times_us;
        std::unordered_map<Uuid, std::int64_t, UuidHash> taken_us;
        for (const Entry& entry : m_recording.entries) {
            if (entry.kind == EntryKind::EventDelivered) {
                const GroupKind* const kind = findGroupKind(shortGroup(m_run.text(entry.group)));
                if (kind && kind->calls_gateway)
                    taken_us[entry.order] = entry.time_us;
            }
            if (entry.kind != EntryKind::GatewayCharged)
                continue;
            const auto taken = taken_us.find(entry.order);
            if (taken != taken_us.end() && entry.time_us >= taken->second)
                times_us.push_back(entry.time_us - taken->second);
        }
        if (times_us.size() < observed_min) {
            if (!m_system)
                tell("The recording has too few payments to tell how long the gateway takes: the usual time is taken.");
            return;
        }
        const auto middle = times_us.begin() + std::ptrdiff_t(times_us.size() / 2);
        std::nth_element(times_us.begin(), middle, times_us.end());
        m_made.scenario.gateway_latency = std::min<Duration>(Duration{*middle}, gateway_latency_max);
        char text[80];
        std::snprintf(text, sizeof text, "the gateway's time as observed, %.2f ms in the median",
                      double(*middle) / 1e3);
        m_made.taken.emplace_back(text);
    }

    /// Those that no failure caused: a person did.
    void takeCrashes()
    {
        constexpr std::int64_t because_us = 50'000; // Threads tell both in any order.
        std::vector<std::int64_t> strikes;
        std::uint64_t crashes = 0;
        for (const Entry& entry : m_recording.entries) {
            if (entry.kind == EntryKind::FaultInjected && m_run.text(entry.detail).ends_with(name(FaultAction::Crash)))
                strikes.push_back(entry.time_us);
        }
        for (const Entry& entry : m_recording.entries) {
            if (entry.kind != EntryKind::ProcessCrashed || entry.time_us <= m_origin_us
                || since(entry.time_us) > Change::at_max)
                continue;
            const auto near = std::lower_bound(strikes.begin(), strikes.end(), entry.time_us - because_us);
            if (near != strikes.end() && *near <= entry.time_us + because_us)
                continue;
            const CrashMember crash{std::string(m_run.text(entry.actor)),
                                    std::chrono::milliseconds{std::max(entry.value, 0)}};
            if (!parseSetting(toString(Change::Setting{crash})))
                continue;
            m_made.scenario.changes.push_back({since(entry.time_us), crash});
            ++crashes;
        }
        if (crashes > 0)
            m_made.taken.push_back(counted(crashes, "crash", "crashes"));
    }

    void takeStrikes()
    {
        auto& changes = m_made.scenario.changes;
        const std::size_t room = changes_of_scenario_max - std::min(changes_of_scenario_max, changes.size());
        std::vector<Change> strikes = strikesOf(m_run, m_origin_us, room, m_made.left_out);
        // What still waits when the faults end goes with them.
        std::erase_if(strikes, [this](const Change& change) { return change.at >= m_made.scenario.fault_time; });
        std::uint64_t count = 0;
        for (const Change& change : strikes) {
            if (const auto* add = std::get_if<AddFault>(&change.setting))
                count += add->fault.count == Fault::count_unlimited ? 1 : add->fault.count;
        }
        if (count > 0)
            m_made.taken.push_back(counted(count, "strike of a failure", "strikes of failures"));
        changes.insert(changes.end(), strikes.begin(), strikes.end());
        std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.at < b.at; });
        if (changes.size() > changes_of_scenario_max) {
            tell("Only the first " + std::to_string(changes_of_scenario_max) + " of " + std::to_string(changes.size())
                 + " changes are taken: a scenario has no room for more.");
            changes.resize(changes_of_scenario_max);
        }
    }

    void finish()
    {
        Scenario& scenario = m_made.scenario;
        std::string about = "Made of a recording of " + toRfc3339(fromMicros(m_first_us)) + ": ";
        for (const std::string& what : m_made.taken)
            about += (&what == &m_made.taken.front() ? "" : ", ") + what;
        scenario.description = shortened(about + '.', 900);
        tellOfGaps();
        tellOfTheRest();
    }

    void tellOfGaps()
    {
        const auto say = [this](std::uint64_t count, const char* one, const char* many, const std::string& why) {
            if (count > 0)
                tell(counted(count, one, many) + ' ' + why);
        };
        say(m_run.missed, "entry is missing", "entries are missing",
            hasBeginning() ? "in the middle of the recording: what happened there is not in the scenario."
                           : "in the recording, its beginning among them: what happened there is not in the scenario.");
        if (m_recording.is_cut_short)
            tell("The recording ends in the middle: its recorder was ended.");
        say(m_run.without_beginning, "order began", "orders began",
            "before the recording: the journal does not say who ordered what, so it is left out.");
        say(m_run.never_accepted, "purchase was", "purchases were",
            "asked for and never accepted: the journal does not say of whom, so it is left out.");
        say(m_run.unnamed, "order is of a customer for whose name", "orders are of customers for whose names",
            "the journal had no room: all of them are \"(another customer)\".");
    }

    /// What a person did that a scenario cannot say.
    void tellOfTheRest()
    {
        struct Row {
            EntryKind kind;
            const char *one, *many, *why;
        };
        static constexpr Row rows[] = {
            {EntryKind::BusSwitched, "switch of the bus", "switches of the bus", "a simulation has one bus."},
            {EntryKind::DeadLetterReplayed, "replay of a dead letter", "replays of dead letters",
             "a scenario names the event by its id, and another run has others."},
            {EntryKind::DeadLetterDiscarded, "discarded dead letter", "discarded dead letters",
             "a scenario names the event by its id, and another run has others."},
            {EntryKind::OffsetsReset, "reset of an offset", "resets of offsets",
             "another run has other events at these offsets."},
            {EntryKind::LogReplaced, "topic lost by Kafka", "topics lost by Kafka",
             "a simulation has a log that keeps all."},
            {EntryKind::RedisAway, "outage of Redis", "outages of Redis", "a simulation has no Redis."},
        };
        for (const Row& row : rows) {
            const auto count = std::uint64_t(std::count_if(m_recording.entries.begin(), m_recording.entries.end(),
                                                           [&](const Entry& entry) { return entry.kind == row.kind; }));
            if (count > 0)
                tell(counted(count, row.one, row.many) + " left out: " + row.why);
        }
    }

    const Recording& m_recording;
    RecordedRun m_run;
    RecordedScenario m_made;
    std::optional<Scenario> m_system; ///< As the header has it.
    std::int64_t m_origin_us = 0;     ///< Of the scenario's time.
    std::int64_t m_first_us = 0;      ///< The first order: what was before is how the scenario starts.
};

} // namespace

Result<RecordedScenario> scenarioOf(const Recording& recording, std::string_view name)
{
    return ScenarioMaker(recording, name).make();
}

} // namespace orderlab
