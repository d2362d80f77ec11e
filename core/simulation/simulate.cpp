#include "simulation/simulate.h"

#include "invariants/invariant_suite.h"
#include "journal/journal_hash.h"
#include "journal/query_matcher.h"
#include "lab/lab.h"
#include "runtime/random_stream.h"
#include "runtime/virtual_runtime.h"
#include "simulation/customers.h"
#include "simulation/lab_changes.h"
#include "simulation/quiet_watch.h"

#include <algorithm>
#include <bit>
#include <map>

namespace orderlab {

namespace {

/// Small enough to stay in the processor's cache, and four times what one step can append.
constexpr std::size_t journal_capacity_min = std::size_t{1} << 12;
constexpr std::uint64_t unread_max = journal_capacity_min / 4;

/// Starting and ending are one step each: every member that joins or leaves moves partitions of all its group's topics.
std::size_t journalCapacity(const Scenario& scenario)
{
    constexpr std::size_t entries_per_move = 2;
    const std::size_t groups = groupKinds().size() + scenario.own_workers.size();
    std::size_t members = scenario.topology.members;
    for (const Change& change : scenario.changes) {
        if (const auto* set = std::get_if<SetMembers>(&change.setting))
            members = std::max(members, set->members);
    }
    const std::size_t moves = groups * members * scenario.topology.partitions * event_type_count;
    return std::max(journal_capacity_min, std::bit_ceil(2 * entries_per_move * moves));
}
/// How often it is looked whether all is done; costs nothing while nothing happens.
constexpr Duration look_interval{std::chrono::milliseconds{5}};
constexpr std::size_t invariants_all = 9;

/// Whose orders the invariants remember in any case; more of them cost 1 KiB each.
constexpr std::size_t remembered_orders_max = 5'000'000;
std::size_t rememberedOrders(const Scenario& scenario)
{
    std::uint64_t orders = scenario.orders.count;
    for (const Change& change : scenario.changes) {
        if (const auto* many = std::get_if<PlaceOrders>(&change.setting))
            orders += many->count;
        else
            orders += std::holds_alternative<PlaceOrder>(change.setting);
    }
    return std::min(std::size_t(orders) * 4 + 1'000, remembered_orders_max); // Customers may ask more than once.
}

/// Counts what a query of the expectation finds.
class ExpectationWatch {
public:
    /// `text` was read before: scenarios with a wrong one do not come here.
    ExpectationWatch(const std::string& text, const Names& names) : m_outcome{text}
    {
        if (auto query = parseQuery(text))
            m_matcher.emplace(std::move(*query), names, toMicros(VirtualRuntime::epoch()));
    }

    void add(std::span<const Entry> entries)
    {
        if (m_matcher)
            m_matcher->add(entries, m_hits);
        count();
    }
    QueryOutcome finish()
    {
        if (m_matcher)
            m_matcher->finish(m_hits);
        count();
        return std::move(m_outcome);
    }

private:
    void count()
    {
        for (const std::uint64_t hit : m_hits) {
            m_outcome.first = m_outcome.hits == 0 ? hit : std::min(m_outcome.first, hit);
            ++m_outcome.hits;
        }
        m_hits.clear();
    }

    std::optional<QueryMatcher> m_matcher;
    std::vector<std::uint64_t> m_hits;
    QueryOutcome m_outcome;
};

/// One run: the lab, its customers and the reader of its journal.
class Simulation {
public:
    Simulation(const Scenario& scenario, std::uint64_t seed, const SimulationOptions& options)
        : m_scenario(scenario), m_seed(seed), m_options(options), m_runtime(seed),
          m_lab(m_runtime, configOf(scenario, seed, options, m_runtime)),
          m_customers(m_lab, scenario.orders, m_runtime.random()),
          m_changes(m_lab, seed, [this](std::uint64_t new_seed) { reseed(new_seed); }), m_reader(m_lab.journal()),
          m_watch(m_lab.journal().names()), m_invariants(invariantsOf(scenario))
    {
        if (options.hash)
            m_hash.emplace();
        const Names& names = m_lab.journal().names();
        if (!scenario.expectation.happens.empty())
            m_happens.emplace(scenario.expectation.happens, names);
        if (!scenario.expectation.never.empty())
            m_never.emplace(scenario.expectation.never, names);
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
        if (m_options.at_stop && set && !m_failure)
            lookInside();
        const bool ends_early = m_is_stopped || m_failure;
        m_is_closed = ends_early;
        if (m_is_stopped)
            m_refused = m_changes.refused(); // What still waits for its event may yet find it.
        m_runtime.run(m_customers.stop());
        m_runtime.run(m_changes.stop());
        m_runtime.run(ends_early ? m_lab.stop(Duration{0}) : m_lab.stop());
        readNew();
        ORDERLAB_TRY(return, set);
        if (m_failure)
            return *m_failure;
        if (m_reader.missed() > 0)
            return internalError("the simulation's own journal overran");
        return report();
    }

private:
    static LabConfig configOf(const Scenario& scenario, std::uint64_t seed, const SimulationOptions& options,
                              Runtime& runtime)
    {
        LabConfig config = scenario.labConfig();
        config.journal_capacity = journalCapacity(scenario);
        config.own_worker_options.is_simulated = true;
        config.own_worker_options.seed = seed;
        config.own_worker_options.transcript = options.transcript;
        if (options.worker_patience.count() > 0)
            config.own_worker_options.patience = options.worker_patience;
        config.own_worker_options.give_up = options.give_up;
        if (options.on_worker_output)
            config.own_worker_options.on_output = [&options, &runtime](std::string_view member, std::string_view line) {
                options.on_worker_output(runtime.now(), member, line);
            };
        return config;
    }

    /// A run's orders are all remembered, so that nothing escapes.
    static InvariantOptions invariantsOf(const Scenario& scenario)
    {
        InvariantOptions options;
        options.checkers.attempts_max = scenario.policies.retry.max_attempts;
        options.facts.orders_max = rememberedOrders(scenario);
        options.explained_max = SimulationReport::violations_max / invariants_all;
        options.origin_us = toMicros(VirtualRuntime::epoch());
        return options;
    }

    void runPhases()
    {
        m_changes_left = m_scenario.changes.size();
        for (const Moment& moment : momentsOf(m_scenario)) {
            if (!runUntil(VirtualRuntime::epoch() + moment.at))
                return;
            m_changes.apply(moment);
            if (moment.change)
                --m_changes_left;
            if (m_lab.journal().size() - m_entries > unread_max)
                readNew();
        }
        runUntil(std::max(m_runtime.now(), VirtualRuntime::epoch() + m_scenario.fault_time) + m_scenario.liveness_time);
    }

    /// False: all is done before `limit`, or the run ends early.
    bool runUntil(TimePoint limit)
    {
        while (!endsEarly() && !hasComeToRest() && m_runtime.stepBefore(limit)) {
            if (m_runtime.now() < m_look_at) {
                if (m_lab.journal().size() - m_entries > unread_max)
                    readNew();
                continue;
            }
            m_look_at = m_runtime.now() + look_interval;
            if (m_options.give_up && m_options.give_up())
                m_failure = canceledError();
            if (m_lab.journal().size() == m_entries && !areChangesMade())
                continue;
            readNew();
            if (isDone())
                return false;
        }
        readNew();
        return !endsEarly() && !isDone();
    }

    bool endsEarly()
    {
        m_is_stopped =
            m_is_stopped || (m_options.stop_after_entries && m_lab.journal().size() >= *m_options.stop_after_entries);
        return m_is_stopped || m_failure;
    }
    bool isDone() const
    {
        return m_changes_left == 0 && m_customers.areDone() && m_changes.areDone() && m_watch.isQuiet();
    }
    /// Then the end may come without anything new in the journal. Only for scenarios with changes: others would end at
    /// another time than they always did.
    bool areChangesMade() const { return !m_scenario.changes.empty() && m_changes_left == 0; }
    /// All is done since the last look, and nothing will happen before the clock is at its limit.
    bool hasComeToRest()
    {
        if (!areChangesMade() || !m_runtime.isIdle())
            return false;
        readNew();
        return isDone();
    }

    void reseed(std::uint64_t seed)
    {
        // Apart from the run's own seed, so that the same number does not bring back the same identifiers.
        RandomStream seeds(~seed ^ (++m_reseeds << 48));
        m_runtime.reseed(seeds.next());
        m_lab.faults().reseed(seeds.next());
        m_customers.reseed(seeds.next());
    }

    void lookInside()
    {
        m_lab.faults().suspend(true);
        m_runtime.whileStill([this] { m_options.at_stop(m_lab, m_runtime); });
        m_lab.faults().suspend(false);
    }

    void readNew()
    {
        const Names& names = m_lab.journal().names();
        m_batch.clear();
        while (!m_is_closed && m_reader.read(m_batch, journal_capacity_min) > 0) {
            m_entries += m_batch.size();
            m_watch.apply(m_batch);
            m_invariants.apply(m_batch, names);
            if (m_options.entries_max > 0 && m_entries > m_options.entries_max && !m_failure)
                m_failure = Error{ErrorCode::Exhausted,
                                  Retry::Never,
                                  "the run has more than " + std::to_string(m_options.entries_max) + " journal entries",
                                  {}};
            hashAndTakeViolations(names);
            if (m_happens)
                m_happens->add(m_batch);
            if (m_never)
                m_never->add(m_batch);
            if (m_options.on_entries)
                m_options.on_entries(m_batch, names);
            m_batch.clear();
        }
    }

    /// Of the first violation of each invariant the hash of the journal up to it is kept.
    void hashAndTakeViolations(const Names& names)
    {
        const std::uint64_t batch_begin = m_entries - m_batch.size();
        std::size_t hashed = 0;
        const auto hashUpTo = [&](std::size_t end) {
            m_hash->add(std::span<const Entry>(m_batch).subspan(hashed, end - hashed), names);
            hashed = end;
        };
        auto found = m_invariants.takeNew();
        sortByEntry(found);
        for (Violation& violation : found) {
            if (m_hash && !m_sha_of_first.contains(violation.invariant)) {
                hashUpTo(std::size_t(violation.entry + 1 - batch_begin));
                m_sha_of_first.emplace(violation.invariant, m_hash->hex());
            }
            m_violations.push_back(std::move(violation));
        }
        if (m_hash)
            hashUpTo(m_batch.size());
    }
    static void sortByEntry(std::vector<Violation>& violations)
    {
        std::stable_sort(violations.begin(), violations.end(),
                         [](const Violation& a, const Violation& b) { return a.entry < b.entry; });
    }

    SimulationReport report()
    {
        if (!m_is_stopped)
            m_invariants.finish();
        for (Violation& violation : m_invariants.takeNew()) {
            if (m_hash)
                m_sha_of_first.emplace(violation.invariant, m_hash->hex());
            m_violations.push_back(std::move(violation));
        }
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
        sortByEntry(m_violations);
        report.violations = std::move(m_violations);
        report.refused = m_is_stopped ? std::move(m_refused) : m_changes.refused();
        report.is_whole = !m_is_stopped;
        if (m_happens)
            report.happens = m_happens->finish();
        if (m_never)
            report.never = m_never->finish();
        return report;
    }

    std::vector<InvariantOutcome> outcomes() const
    {
        std::vector<InvariantOutcome> outcomes;
        for (const InvariantResult& result : m_invariants.results()) {
            outcomes.push_back({std::string(result.name), result.holds, result.violations, {}});
            if (result.first) {
                const Duration since = fromMicros(result.first->time_us) - VirtualRuntime::epoch();
                outcomes.back().first = {result.first->order,
                                         std::chrono::duration<double>(since).count(),
                                         result.first->explanation,
                                         result.first->entry,
                                         {}};
                if (const auto sha = m_sha_of_first.find(result.name); sha != m_sha_of_first.end())
                    outcomes.back().first->sha = sha->second;
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
    std::optional<ExpectationWatch> m_happens, m_never;
    std::vector<Entry> m_batch;
    std::uint64_t m_entries = 0; ///< Read so far.
    std::vector<Violation> m_violations;
    std::map<std::string_view, std::string> m_sha_of_first; ///< By invariant.
    std::vector<RefusedChange> m_refused;                   ///< By the time at which the run stopped.
    std::size_t m_changes_left = 0;
    std::uint64_t m_reseeds = 0;
    bool m_is_stopped = false;      ///< As SimulationOptions::stop_after_entries says.
    bool m_is_closed = false;       ///< What is journalled from here on is no part of the run.
    std::optional<Error> m_failure; ///< Why the run ends early.
    TimePoint m_look_at;
    TimePoint m_finished_at;
};

} // namespace

Result<SimulationReport> simulate(const Scenario& scenario, std::uint64_t seed, const SimulationOptions& options)
{
    return Simulation(scenario, seed, options).run();
}

} // namespace orderlab
