#include "simulation/simulate.h"

#include "invariants/invariant_suite.h"
#include "journal/journal_hash.h"
#include "lab/lab.h"
#include "runtime/virtual_runtime.h"
#include "simulation/customers.h"
#include "simulation/lab_changes.h"
#include "simulation/quiet_watch.h"

#include <boost/json.hpp>

#include <algorithm>
#include <bit>

namespace orderlab {

namespace json = boost::json;

namespace {

/// Small enough to stay in the processor's cache, and four times what one step can append.
constexpr std::size_t journal_capacity_min = std::size_t{1} << 12;
constexpr std::uint64_t unread_max = journal_capacity_min / 4;

/// Starting and ending are one step each: every member that joins or leaves moves partitions of all its group's topics.
std::size_t journalCapacity(const Scenario& scenario)
{
    constexpr std::size_t groups = 4, entries_per_move = 2;
    const std::size_t moves = groups * scenario.topology.members * scenario.topology.partitions * event_type_count;
    return std::max(journal_capacity_min, std::bit_ceil(2 * entries_per_move * moves));
}
/// How often it is looked whether all is done; costs nothing while nothing happens.
constexpr Duration look_interval{std::chrono::milliseconds{5}};

/// One run: the lab, its customers and the reader of its journal.
class Simulation {
public:
    Simulation(const Scenario& scenario, std::uint64_t seed, const SimulationOptions& options)
        : m_scenario(scenario), m_seed(seed), m_options(options), m_runtime(seed), m_lab(m_runtime, configOf(scenario)),
          m_customers(m_lab, scenario.orders, m_runtime.random()), m_changes(m_lab), m_reader(m_lab.journal()),
          m_watch(m_lab.journal().names()), m_invariants(invariantsOf(scenario))
    {
        if (options.hash)
            m_hash.emplace();
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
        m_runtime.run(m_changes.stop());
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
        config.journal_capacity = journalCapacity(scenario);
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

    void runPhases()
    {
        for (const Moment& moment : momentsOf(m_scenario)) {
            if (!runUntil(VirtualRuntime::epoch() + moment.at))
                return;
            m_changes.apply(moment);
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
            if (m_customers.areDone() && m_watch.isQuiet())
                return false;
        }
        readNew();
        return !(m_customers.areDone() && m_watch.isQuiet());
    }

    void readNew()
    {
        const Names& names = m_lab.journal().names();
        m_batch.clear();
        while (m_reader.read(m_batch, journal_capacity_min) > 0) {
            m_entries += m_batch.size();
            m_watch.apply(m_batch);
            m_invariants.apply(m_batch, names);
            if (m_hash)
                m_hash->add(m_batch, names);
            if (m_options.on_entries)
                m_options.on_entries(m_batch, names);
            m_batch.clear();
        }
    }

    SimulationReport report()
    {
        m_invariants.finish();
        SimulationReport report;
        report.scenario = m_scenario.name;
        report.seed = m_seed;
        report.totals = m_watch.world().totals();
        report.virtual_seconds = std::chrono::duration<double>(m_finished_at - VirtualRuntime::epoch()).count();
        report.journal_entries = m_entries;
        if (m_hash)
            report.journal_sha256 = m_hash->hex();
        report.faults = m_changes.struck();
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
    LabChanges m_changes;
    JournalReader m_reader;
    QuietWatch m_watch;
    InvariantSuite m_invariants;
    std::optional<JournalHash> m_hash; ///< Where it is asked for.
    std::vector<Entry> m_batch;
    std::uint64_t m_entries = 0; ///< Read so far.
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
    json::object object{
        {"name", outcome.name}, {"holds", outcome.holds}, {"violations", outcome.violations}, {"first", nullptr}};
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
    const json::object orders{{"accepted", totals.accepted},
                              {"paid", totals.paid},
                              {"failed", totals.failed},
                              {"canceled", totals.canceled},
                              {"dead_lettered", totals.dead_lettered},
                              {"in_flight", totals.in_flight}};
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
