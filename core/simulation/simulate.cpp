#include "simulation/simulate.h"

#include "invariants/invariant_suite.h"
#include "journal/journal_hash.h"
#include "lab/lab.h"
#include "runtime/virtual_runtime.h"
#include "simulation/customers.h"
#include "simulation/policies_json.h"

#include <boost/json.hpp>

#include <algorithm>
#include <set>

namespace orderlab {

namespace json = boost::json;

namespace {

/// Small enough to stay in the processor's cache, and eight times what one step can append.
constexpr std::size_t journal_capacity = std::size_t{1} << 13;
constexpr std::uint64_t unread_max = journal_capacity / 4;
/// How often it is looked whether all is done; costs nothing while nothing happens.
constexpr Duration look_interval{std::chrono::milliseconds{5}};

/// Something that happens to a run from outside, at a time of the scenario.
struct Moment {
    TimePoint at;
    const Change* change = nullptr; ///< Null: the faults stop.
};

/// One run: the lab, its customers and the reader of its journal.
class Simulation {
public:
    Simulation(const Scenario& scenario, std::uint64_t seed, const SimulationOptions& options)
        : m_scenario(scenario), m_seed(seed), m_options(options), m_runtime(seed), m_lab(m_runtime, configOf(scenario)),
          m_customers(m_lab, scenario.orders), m_changing(m_runtime), m_reader(m_lab.journal()),
          m_world(m_lab.journal().names()), m_invariants(invariantsOf(scenario))
    {
    }

    Result<SimulationReport> run()
    {
        m_lab.faults().setGuarantees(m_scenario.guarantees);
        ORDERLAB_TRY(return, m_runtime.run(m_lab.start()));
        const auto set = m_lab.faults().setFaults(m_scenario.faults);
        if (set) {
            m_customers.start();
            runPhases();
        }
        m_finished_at = m_runtime.now();
        m_runtime.run(m_customers.stop());
        m_changing.cancel();
        m_runtime.run(m_changing.join());
        m_runtime.run(m_lab.stop());
        readNew();
        ORDERLAB_TRY(return, set);
        if (m_reader.missed() > 0)
            return internalError("the simulation's own journal overran");
        return report();
    }

private:
    static LabConfig configOf(const Scenario& scenario)
    {
        LabConfig config = scenario.labConfig();
        config.journal_capacity = journal_capacity;
        return config;
    }

    /// A run's orders are all remembered, so that nothing escapes.
    static InvariantOptions invariantsOf(const Scenario& scenario)
    {
        InvariantOptions options;
        options.checkers.attempts_max = scenario.policies.retry.max_attempts;
        options.facts.orders_max = std::size_t(scenario.orders.count) * 4 + 1'000; // customers may ask more than once
        options.origin_us = toMicros(VirtualRuntime::epoch());
        return options;
    }

    std::vector<Moment> moments() const
    {
        std::vector<Moment> all;
        for (const Change& change : m_scenario.changes)
            all.push_back({VirtualRuntime::epoch() + change.at, &change});
        all.push_back({VirtualRuntime::epoch() + m_scenario.fault_time, nullptr});
        std::stable_sort(all.begin(), all.end(), [](const Moment& a, const Moment& b) { return a.at < b.at; });
        return all;
    }

    void runPhases()
    {
        for (const Moment& moment : moments()) {
            if (!runUntil(moment.at))
                return;
            apply(moment);
        }
        runUntil(std::max(m_runtime.now(), VirtualRuntime::epoch() + m_scenario.fault_time) + m_scenario.liveness_time);
    }

    /// False: all is done before `limit`.
    bool runUntil(TimePoint limit)
    {
        while (m_runtime.stepBefore(limit)) {
            if (m_runtime.now() < m_look_at) {
                if (m_lab.journal().size() - m_entries > unread_max)
                    readNew();
                continue;
            }
            m_look_at = m_runtime.now() + look_interval;
            if (m_lab.journal().size() == m_entries)
                continue;
            readNew();
            if (m_customers.areDone() && isQuiet())
                return false;
        }
        readNew();
        return !(m_customers.areDone() && isQuiet());
    }

    void apply(const Moment& moment)
    {
        if (!moment.change) {
            stopFaults();
            return;
        }
        struct Apply {
            Simulation& self;
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
        std::visit(Apply{*this}, moment.change->setting);
    }

    static Task<void> scale(Lab& lab, std::string group, std::size_t members)
    {
        (void)co_await lab.scale(std::move(group), members); // what it is told is valid
    }

    void countStrikes()
    {
        const std::vector<Fault> faults = m_lab.faults().faults();
        const std::vector<std::uint64_t> strikes = m_lab.faults().strikes();
        for (std::size_t i = 0; i < faults.size(); ++i)
            m_struck.push_back({faults[i].toString(), strikes[i]});
    }

    void stopFaults()
    {
        countStrikes();
        (void)m_lab.faults().setFaults({}); // none cannot be wrong
    }

    bool isQuiet() const { return m_parked.empty() && m_world.isQuiet(); }

    /// Events in the retry topic; their offsets are committed, and yet they are to be handled.
    void followParked()
    {
        for (const Entry& entry : m_batch) {
            if (entry.kind == EntryKind::EventParked)
                m_parked.emplace(entry.group, entry.event);
            else if (!m_parked.empty()
                     && (entry.kind == EntryKind::EventHandled || entry.kind == EntryKind::DuplicateSkipped
                         || entry.kind == EntryKind::DeadLettered))
                m_parked.erase({entry.group, entry.event});
        }
    }

    void readNew()
    {
        const Names& names = m_lab.journal().names();
        m_batch.clear();
        while (m_reader.read(m_batch, journal_capacity) > 0) {
            m_entries += m_batch.size();
            m_world.apply(m_batch);
            m_invariants.apply(m_batch, names);
            followParked();
            if (m_options.hash)
                m_hash.add(m_batch, names);
            if (m_options.on_entries)
                m_options.on_entries(m_batch, names);
            m_batch.clear();
        }
    }

    SimulationReport report()
    {
        countStrikes();
        m_invariants.finish();
        SimulationReport report;
        report.scenario = m_scenario.name;
        report.seed = m_seed;
        report.totals = m_world.totals();
        report.virtual_seconds = std::chrono::duration<double>(m_finished_at - VirtualRuntime::epoch()).count();
        report.journal_entries = m_entries;
        if (m_options.hash)
            report.journal_sha256 = m_hash.hex();
        report.faults = std::move(m_struck);
        for (const SimulationReport::Struck& struck : report.faults)
            report.faults_injected += struck.times;
        report.invariants = outcomes();
        return report;
    }

    std::vector<InvariantOutcome> outcomes() const
    {
        std::vector<InvariantOutcome> outcomes;
        for (const InvariantResult& result : m_invariants.results()) {
            outcomes.push_back({std::string(result.name), result.holds, result.violations, {}});
            if (result.first) {
                const Duration since = fromMicros(result.first->time_us) - VirtualRuntime::epoch();
                outcomes.back().first = {result.first->order, std::chrono::duration<double>(since).count(),
                                         result.first->explanation};
            }
        }
        return outcomes;
    }

    const Scenario& m_scenario;
    const std::uint64_t m_seed;
    const SimulationOptions& m_options;
    VirtualRuntime m_runtime;
    Lab m_lab;
    Customers m_customers;
    TaskGroup m_changing; ///< Changes that take time.
    JournalReader m_reader;
    WorldState m_world;
    InvariantSuite m_invariants;
    JournalHash m_hash;
    std::vector<Entry> m_batch;
    std::set<std::pair<NameId, Uuid>> m_parked; ///< By group.
    std::uint64_t m_entries = 0; ///< Read so far.
    std::vector<SimulationReport::Struck> m_struck;
    TimePoint m_look_at;
    TimePoint m_finished_at;
};

} // namespace

Result<SimulationReport> simulate(const Scenario& scenario, std::uint64_t seed, const SimulationOptions& options)
{
    return Simulation(scenario, seed, options).run();
}

namespace {

json::object toJson(const InvariantOutcome& outcome)
{
    json::object object{{"name", outcome.name}, {"holds", outcome.holds}, {"violations", outcome.violations}, {"first", nullptr}};
    if (outcome.first) {
        json::object first{{"order", nullptr},
                           {"virtual_seconds", outcome.first->virtual_seconds},
                           {"explanation", outcome.first->explanation}};
        if (!outcome.first->order.isNull())
            first["order"] = outcome.first->order.toString();
        object["first"] = std::move(first);
    }
    return object;
}

} // namespace

std::string SimulationReport::toJson() const
{
    const json::object orders{{"accepted", totals.accepted},           {"paid", totals.paid},
                              {"failed", totals.failed},               {"canceled", totals.canceled},
                              {"dead_lettered", totals.dead_lettered}, {"in_flight", totals.in_flight}};
    json::array struck;
    for (const Struck& one : faults)
        struck.push_back(json::object{{"fault", one.fault}, {"times", one.times}});
    json::object object{{"scenario", scenario},
                        {"seed", seed},
                        {"orders", orders},
                        {"published", totals.published},
                        {"deliveries", totals.deliveries},
                        {"retries", totals.retries},
                        {"duplicates_skipped", totals.duplicates_skipped},
                        {"dead_letters", totals.dead_letters},
                        {"faults_injected", faults_injected},
                        {"faults", std::move(struck)},
                        {"virtual_seconds", virtual_seconds},
                        {"journal_entries", journal_entries}};
    if (!journal_sha256.empty())
        object["journal_sha256"] = journal_sha256;
    json::array outcomes;
    for (const InvariantOutcome& outcome : invariants)
        outcomes.push_back(orderlab::toJson(outcome));
    object["invariants"] = std::move(outcomes);
    return json::serialize(object);
}

const InvariantOutcome* SimulationReport::firstViolated() const
{
    const InvariantOutcome* first = nullptr;
    for (const InvariantOutcome& one : invariants) {
        if (!one.holds && (!first || one.first->virtual_seconds < first->first->virtual_seconds))
            first = &one;
    }
    return first;
}

bool SimulationReport::isViolated(std::string_view invariant) const
{
    return std::any_of(invariants.begin(), invariants.end(),
                       [&](const InvariantOutcome& one) { return one.name == invariant && !one.holds; });
}

} // namespace orderlab
