#include "simulation/fate.h"

#include "base/mutex.h"
#include "domain/group_name.h"
#include "runtime/virtual_runtime.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace orderlab {

namespace {

constexpr unsigned fate_threads_max = 256;
constexpr Duration just_behind{1}; ///< The clock's step: everything at the entry's time has happened by then.

struct FirstError {
    Mutex mutex;
    std::optional<Error> error ORDERLAB_GUARDED_BY(mutex);

    void note(const Error& one)
    {
        const MutexLock guard(mutex);
        if (!error)
            error = one;
    }
    Result<void> result()
    {
        const MutexLock guard(mutex);
        if (error)
            return *error;
        return {};
    }
};

/// Calls `work(i)` for 0 to count - 1 on `threads` threads. Error: the first one; what has begun is finished.
Result<void> forEach(std::size_t count, unsigned threads, const std::function<Result<void>(std::size_t)>& work)
{
    std::atomic<std::size_t> next{0};
    FirstError error;
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            const auto done = work(i);
            if (done)
                continue;
            next = count;
            error.note(done.error());
        }
    };
    std::vector<std::thread> others;
    for (unsigned i = 1; i < threads; ++i)
        others.emplace_back(run);
    run();
    for (std::thread& other : others)
        other.join();
    return error.result();
}

std::string wordsOf(const Entry& entry, const Names& names)
{
    std::string words(entryKindRow(entry.kind).name);
    const std::string_view group = shortGroupName(names.text(entry.group)), detail = names.text(entry.detail);
    if (!group.empty())
        (words += ' ') += group;
    if (!detail.empty())
        (words += ' ') += detail;
    return words;
}

class Fate {
public:
    Fate(const Scenario& scenario, std::uint64_t seed, const FateOptions& options)
        : m_scenario(scenario), m_seed(seed), m_options(options)
    {
        for (int i = 0; i < guarantee_count; ++i) {
            if (!scenario.guarantees[Guarantee(i)])
                m_off.push_back(Guarantee(i));
        }
    }

    Result<FateReport> run()
    {
        ORDERLAB_TRY(return, checkOptions());
        ORDERLAB_TRY(return, runOnce());
        const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
        const unsigned threads = std::min(m_options.threads == 0 ? cores : m_options.threads, fate_threads_max);
        ORDERLAB_TRY(return, findTimes(threads));
        ORDERLAB_TRY(return, runWorlds(threads));
        m_report.seed = m_seed;
        findJump();
        findSavers();
        return std::move(m_report);
    }

private:
    Result<void> checkOptions() const
    {
        if (m_options.moments < 1 || m_options.moments > FateOptions::moments_max)
            return invalidArgument("moments", "must be from 1 to " + std::to_string(FateOptions::moments_max));
        if (m_options.worlds < 1 || m_options.worlds > FateOptions::worlds_max)
            return invalidArgument("worlds", "must be from 1 to " + std::to_string(FateOptions::worlds_max));
        const auto names = invariantNames();
        if (!m_options.invariant.empty() && std::find(names.begin(), names.end(), m_options.invariant) == names.end()) {
            std::string all;
            for (const std::string_view name : names)
                (all += all.empty() ? "" : ", ") += name;
            return invalidArgument("invariant", "must be one of " + all);
        }
        return {};
    }

    bool isWanted(const Violation& violation) const
    {
        return (m_options.invariant.empty() || violation.invariant == m_options.invariant)
               && (m_options.order.isNull() || violation.order == m_options.order);
    }
    /// The same promise to the same order.
    bool isIt(const Violation& violation) const
    {
        return violation.invariant == m_report.violation.invariant && violation.order == m_report.violation.order;
    }

    /// The run as it was: finds the violation and the moments before it.
    Result<void> runOnce()
    {
        std::vector<FatePoint> told;
        std::vector<OrderId> orders;
        bool has_jumped = false;
        SimulationOptions options;
        options.hash = false;
        options.give_up = m_options.give_up;
        options.on_entries = [&](std::span<const Entry> entries, const Names& names) {
            for (const Entry& entry : entries) {
                has_jumped = has_jumped
                             || (entry.kind == EntryKind::FaultInjected
                                 && names.text(entry.detail).starts_with(name(Seam::Clock)));
                told.push_back({0, told.size(), wordsOf(entry, names), 0, {}});
                orders.push_back(OrderId{entry.order});
            }
        };
        const auto report = simulate(m_scenario, m_seed, options);
        if (!report)
            return report.error();
        const auto found = std::find_if(report->violations.begin(), report->violations.end(),
                                        [this](const Violation& one) { return isWanted(one); });
        if (found == report->violations.end())
            return Error{ErrorCode::NotFound, Retry::Never,
                         "seed " + std::to_string(m_seed) + " keeps "
                             + (m_options.invariant.empty() ? std::string("all promises") : m_options.invariant)
                             + (m_options.order.isNull() ? "" : " to order " + m_options.order.toString())
                             + ", so there is no point of no return",
                         "invariant"};
        if (has_jumped)
            return Error{ErrorCode::Rejected,
                         Retry::Never,
                         "the clock of this run jumps, so that its times do not tell moments apart",
                         {}};
        m_report.violation = *found;
        choose(told, orders);
        return {};
    }

    /// Points for the entries of the order's story, up to the violation.
    void choose(const std::vector<FatePoint>& told, const std::vector<OrderId>& orders)
    {
        std::vector<std::uint64_t> story;
        const std::uint64_t end = m_report.violation.entry;
        for (std::uint64_t i = 0; i <= end; ++i) {
            const bool is_of_it =
                m_report.violation.order.isNull() || orders[i] == m_report.violation.order || i == end;
            if (!is_of_it)
                continue;
            story.push_back(i);
        }
        const std::size_t count = std::min(story.size(), m_options.moments + 1);
        for (std::size_t i = 0; i < count; ++i) // Evenly, and the violation itself.
            m_report.points.push_back(
                told[story[count == 1 ? story.size() - 1 : i * (story.size() - 1) / (count - 1)]]);
    }

    /// When the entry of each point was journalled, which may be later than the time that it tells of. Of several
    /// points at one time the last stays.
    Result<void> findTimes(unsigned threads)
    {
        std::vector<FatePoint>& points = m_report.points;
        std::vector<Duration> times(points.size());
        const auto timed = forEach(points.size(), threads, [&](std::size_t i) -> Result<void> {
            SimulationOptions options;
            options.hash = false;
            options.give_up = m_options.give_up;
            options.stop_after_entries = points[i].entry + 1;
            options.at_stop = [&](Lab&, VirtualRuntime& runtime) {
                times[i] = runtime.now() - VirtualRuntime::epoch();
            };
            const auto run = simulate(m_scenario, m_seed, options);
            if (!run)
                return run.error();
            return {};
        });
        ORDERLAB_TRY(return, timed);
        std::vector<FatePoint> kept;
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (i + 1 < points.size() && times[i + 1] <= times[i])
                continue;
            kept.push_back(std::move(points[i]));
            kept.back().virtual_seconds = std::chrono::duration<double>(times[i]).count();
            m_times.push_back(times[i]);
        }
        points = std::move(kept);
        return {};
    }

    Scenario worldFrom(std::size_t point, const Guarantee* with, std::uint64_t world) const
    {
        Scenario scenario = m_scenario;
        const Duration at = m_times[point] + just_behind;
        if (with)
            scenario.changes.push_back({at, SwitchGuarantee{*with, true}});
        scenario.changes.push_back({at, Reseed{world}});
        return scenario;
    }

    Result<void> runWorlds(unsigned threads)
    {
        const std::size_t ways = 1 + m_off.size();
        const std::size_t all = m_report.points.size() * ways * m_options.worlds;
        std::vector<std::atomic<std::uint64_t>> broken(m_report.points.size() * ways);
        const auto done = forEach(all, threads, [&](std::size_t number) -> Result<void> {
            const std::size_t which = number / m_options.worlds, point = which / ways, way = which % ways;
            SimulationOptions options;
            options.hash = false;
            options.give_up = m_options.give_up;
            const Scenario world =
                worldFrom(point, way == 0 ? nullptr : &m_off[way - 1], number % m_options.worlds + 1);
            const auto report = simulate(world, m_seed, options);
            if (!report)
                return report.error();
            broken[which] += std::any_of(report->violations.begin(), report->violations.end(),
                                         [this](const Violation& one) { return isIt(one); });
            tellProgress(all);
            return {};
        });
        ORDERLAB_TRY(return, done);
        m_report.runs = all;
        for (std::size_t i = 0; i < m_report.points.size(); ++i) {
            FatePoint& point = m_report.points[i];
            point.probability = double(broken[i * ways]) / double(m_options.worlds);
            for (std::size_t way = 1; way < ways; ++way)
                point.with.emplace_back(m_off[way - 1], double(broken[i * ways + way]) / double(m_options.worlds));
        }
        return {};
    }

    void tellProgress(std::size_t all)
    {
        const MutexLock guard(m_mutex);
        ++m_runs;
        if (m_options.on_progress)
            m_options.on_progress(m_runs, all);
    }

    void findJump()
    {
        double greatest = -1;
        for (std::size_t i = 0; i < m_report.points.size(); ++i) {
            const double rise = m_report.points[i].probability - (i == 0 ? 0 : m_report.points[i - 1].probability);
            if (rise > greatest) {
                greatest = rise;
                m_report.jump = i;
            }
        }
    }

    /// Without a gap from the first point on: what only helps later by chance saves nothing.
    void findSavers()
    {
        for (std::size_t way = 0; way < m_off.size(); ++way) {
            std::optional<FateReport::Saver> saver;
            for (const FatePoint& point : m_report.points) {
                if (point.with[way].second > 0)
                    break;
                saver = {m_off[way], point.virtual_seconds, point.entry};
            }
            if (saver)
                m_report.savers.push_back(*saver);
        }
    }

    const Scenario& m_scenario;
    const std::uint64_t m_seed;
    const FateOptions& m_options;
    std::vector<Guarantee> m_off;
    std::vector<Duration> m_times; ///< Of the points.
    FateReport m_report;
    Mutex m_mutex;
    std::size_t m_runs ORDERLAB_GUARDED_BY(m_mutex) = 0; ///< Done.
};

} // namespace

Result<FateReport> fate(const Scenario& scenario, std::uint64_t seed, const FateOptions& options)
{
    return Fate(scenario, seed, options).run();
}

} // namespace orderlab
