#include "simulation/hunt.h"

#include "base/utf8.h"
#include "journal/query.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::uint64_t seeds_a_candidate = 5;
constexpr std::size_t found_bytes_max = 900;
constexpr Duration fault_time_min{std::chrono::milliseconds{100}};

/// Makes a failing scenario smaller, step by step.
class Shrinker {
public:
    /// `invariant`: the promise that is broken; empty: it has what must never happen.
    Shrinker(Scenario scenario, SimulationReport report, std::string invariant, const HuntOptions& options)
        : m_best(std::move(scenario)), m_report(std::move(report)), m_invariant(std::move(invariant)),
          m_options(options)
    {
        m_best.seed = m_report.seed;
        m_simulation.hash = false;
        m_simulation.give_up = options.give_up;
    }

    Result<void> run()
    {
        bool better = true;
        while (better && !m_error && !isSpent()) {
            better = shrinkOrders();
            better = removeFrom(&Scenario::faults, "without a fault") || better;
            better = removeFrom(&Scenario::changes, "without a change") || better;
            better = switchGuaranteesOn() || better;
            better = simplify() || better;
            better = limitStrikes() || better;
            better = shorten() || better;
        }
        if (m_error)
            return *m_error;
        return {};
    }

    const Scenario& best() const { return m_best; }
    const SimulationReport& report() const { return m_report; }
    std::size_t runs() const { return m_runs; }

private:
    bool isSpent() const { return m_runs >= m_options.shrink_runs_max || (m_options.give_up && m_options.give_up()); }

    /// Whether `candidate` still breaks the promise; it is the best then.
    bool attempt(Scenario candidate, const std::string& what)
    {
        const std::uint64_t kept_seed = candidate.seed;
        for (std::uint64_t i = 0; i < seeds_a_candidate && !isSpent() && !m_error; ++i) {
            candidate.seed = i == 0 ? kept_seed : i;
            ++m_runs;
            auto report = simulate(candidate, candidate.seed, m_simulation);
            if (!report) {
                m_error = report.error();
                return false;
            }
            if (m_invariant.empty() ? !report->hasForbidden() : !report->isViolated(m_invariant))
                continue;
            m_best = std::move(candidate);
            m_report = std::move(*report);
            tell(what);
            return true;
        }
        tell(what);
        return false;
    }

    void tell(const std::string& what) const
    {
        if (!m_options.on_progress)
            return;
        m_options.on_progress("shrinking, run " + std::to_string(m_runs) + " of at most "
                              + std::to_string(m_options.shrink_runs_max) + ": " + std::to_string(m_best.orders.count)
                              + " orders, " + std::to_string(m_best.faults.size()) + " faults (" + what + ")");
    }

    bool shrinkOrders()
    {
        bool better = false;
        // Customers may also come by changes: only then a scenario needs none of its own.
        const std::uint64_t least = m_best.changes.empty() ? 1 : 0;
        const auto toSpare = [&] { return m_best.orders.count - std::min(least, m_best.orders.count); };
        std::uint64_t step = toSpare();
        while (step > 0 && !isSpent()) {
            Scenario candidate = m_best;
            candidate.orders.count -= step;
            const bool done = attempt(std::move(candidate), "fewer orders");
            better = done || better;
            step = done ? std::min(step, toSpare()) : step / 2;
        }
        return better;
    }

    /// Runs of items first, then single ones.
    template <typename Item>
    bool removeFrom(std::vector<Item> Scenario::*items, const char* what)
    {
        bool better = false;
        for (std::size_t size = (m_best.*items).size(); size > 0 && !isSpent(); size /= 2) {
            for (std::size_t at = 0; at + size <= (m_best.*items).size() && !isSpent();) {
                Scenario candidate = m_best;
                const auto begin = (candidate.*items).begin() + std::ptrdiff_t(at);
                (candidate.*items).erase(begin, begin + std::ptrdiff_t(size));
                if (attempt(std::move(candidate), what))
                    better = true;
                else
                    at += size;
            }
        }
        return better;
    }

    bool switchGuaranteesOn()
    {
        bool better = false;
        for (int i = 0; i < guarantee_count; ++i) {
            if (m_best.guarantees[Guarantee(i)])
                continue;
            Scenario candidate = m_best;
            candidate.guarantees.set(Guarantee(i), true);
            better = attempt(std::move(candidate), std::string(name(Guarantee(i))) + " on again") || better;
        }
        return better;
    }

    template <typename Member>
    bool set(Member& (*memberOf)(Scenario&), const Member& value, const char* what)
    {
        Scenario candidate = m_best;
        if (memberOf(candidate) == value)
            return false;
        memberOf(candidate) = value;
        return attempt(std::move(candidate), what);
    }

    bool simplify()
    {
        bool better =
            set<std::size_t>([](Scenario& s) -> auto& { return s.topology.members; }, 1, "one member a group");
        better = set<std::uint16_t>([](Scenario& s) -> auto& { return s.topology.partitions; }, 1, "one partition")
                 || better;
        better = set<double>([](Scenario& s) -> auto& { return s.orders.test_customer_share; }, 0, "no test customers")
                 || better;
        better =
            set<double>([](Scenario& s) -> auto& { return s.orders.cancel_share; }, 0, "no cancellations") || better;
        Scenario candidate = m_best;
        candidate.policies = {};
        candidate.gateway_latency = Scenario{}.gateway_latency;
        if (candidate.toJson() != m_best.toJson())
            better = attempt(std::move(candidate), "usual policies") || better;
        return better;
    }

    bool limitStrikes()
    {
        bool better = false;
        for (std::size_t i = 0; i < m_best.faults.size(); ++i) {
            for (const std::uint32_t count : {1u, 2u, 4u, 8u}) {
                if (m_best.faults[i].count <= count)
                    break;
                Scenario candidate = m_best;
                candidate.faults[i].count = count;
                if (attempt(std::move(candidate), "fewer strikes")) {
                    better = true;
                    break;
                }
            }
        }
        return better;
    }

    bool shorten()
    {
        bool better = false;
        while (m_best.fault_time / 2 >= fault_time_min && !m_best.faults.empty() && !isSpent()) {
            Scenario candidate = m_best;
            candidate.fault_time = std::chrono::round<std::chrono::milliseconds>(candidate.fault_time / 2);
            if (!attempt(std::move(candidate), "shorter"))
                break;
            better = true;
        }
        return better;
    }

    Scenario m_best;
    SimulationReport m_report;
    const std::string m_invariant;
    const HuntOptions& m_options;
    SimulationOptions m_simulation;
    std::size_t m_runs = 0;
    std::optional<Error> m_error;
};

void nameAndDescribe(Scenario& scenario, const SimulationReport& report, const std::string& invariant)
{
    constexpr std::size_t name_bytes_max = 54;
    scenario.name = scenario.name.substr(0, name_bytes_max) + "-found";
    const std::string never = std::exchange(scenario.expectation, {}).never;
    if (invariant.empty()) {
        scenario.expectation.never = never;
        scenario.description = shortened("Found by hunt. Entry " + std::to_string(report.never->first)
                                             + " of its run is what must never happen: " + never,
                                         found_bytes_max);
    }
    for (const InvariantOutcome& one : report.invariants) {
        if (!one.holds)
            scenario.expectation.violates.push_back(one.name);
        if (one.name == invariant && one.first)
            scenario.description = shortened("Found by hunt. " + one.first->explanation, found_bytes_max);
    }
}

/// The scenario with what the options want never to happen, too.
Result<Scenario> withNever(Scenario scenario, const std::string& never)
{
    if (never.empty())
        return scenario;
    std::string& all = scenario.expectation.never;
    if (const auto query = parseQuery(never); !query)
        return invalidArgument("never", "is no query: " + query.error().message);
    all = all.empty() ? never : '(' + all + ") or (" + never + ')';
    if (const auto query = parseQuery(all); !query)
        return invalidArgument("never", "does not go together with the scenario's own: " + query.error().message);
    return scenario;
}

/// Which promise, or empty: it has what must never happen. What was asked for in so many words comes first.
std::string brokenIn(const SimulationReport& report, const HuntOptions& options)
{
    if (!options.invariant.empty() && report.isViolated(options.invariant))
        return options.invariant;
    const bool is_forbidden = report.hasForbidden() && (!options.never.empty() || report.holds());
    return is_forbidden ? std::string() : report.firstViolated()->name;
}

} // namespace

Result<HuntReport> hunt(const Scenario& asked, const HuntOptions& options)
{
    const auto hunted = withNever(asked, options.never);
    if (!hunted)
        return hunted.error();
    const Scenario& scenario = *hunted;
    const bool is_never_asked = options.invariant.empty() || !options.never.empty();
    HuntReport report;
    report.is_missing = !scenario.expectation.happens.empty();
    SimulationOptions simulation;
    simulation.hash = false;
    simulation.give_up = options.give_up;
    const auto looked = runSeeds(scenario, options.seeds, options.threads, simulation, [&](SimulationReport one) {
        ++report.seeds_tried;
        if (options.on_progress)
            options.on_progress("seed " + std::to_string(one.seed));
        report.is_missing = report.is_missing && one.happens->hits == 0;
        const bool is_broken = options.invariant.empty() ? !one.holds() : one.isViolated(options.invariant);
        if (!is_broken && !(is_never_asked && one.hasForbidden()))
            return true;
        report.found = std::move(one);
        return false;
    });
    if (!looked)
        return looked.error();
    if (!report.found) {
        report.scenario = scenario;
        return report;
    }
    report.is_missing = false; // Not all seeds were asked.
    report.broken = brokenIn(*report.found, options);
    Shrinker shrinker(scenario, *report.found, report.broken, options);
    ORDERLAB_TRY(return, shrinker.run());
    report.shrink_runs = shrinker.runs();
    report.scenario = shrinker.best();
    report.smallest = shrinker.report();
    nameAndDescribe(report.scenario, report.smallest, report.broken);
    return report;
}

} // namespace orderlab
