#include "simulation/seed_runner.h"

#include "base/mutex.h"

#include <charconv>
#include <map>
#include <thread>

namespace orderlab {

namespace {

constexpr std::uint64_t seeds_max = 10'000'000;
constexpr unsigned threads_max = 256;
constexpr std::uint64_t ahead_per_thread = 4;

/// What the threads share: seeds to be taken, reports to be handed out in order.
class SeedRunner {
public:
    SeedRunner(const ScenarioOfSeed& scenario_of, SeedRange seeds, unsigned threads, const SimulationOptions& options)
        : m_scenario_of(scenario_of), m_options(options), m_seeds(seeds), m_next(seeds.first), m_wanted(seeds.first),
          m_ahead(threads * ahead_per_thread)
    {
        for (unsigned i = 0; i < threads; ++i)
            m_threads.emplace_back([this] { work(); });
    }
    ~SeedRunner()
    {
        {
            const MutexLock guard(m_mutex);
            m_stopping = true;
        }
        m_changed.notifyAll();
        for (std::thread& thread : m_threads)
            thread.join();
    }

    /// The report of the next seed in order.
    Result<SimulationReport> next()
    {
        MutexLock lock(m_mutex);
        while (!m_done.contains(m_wanted))
            m_changed.wait(lock);
        auto report = std::move(m_done.extract(m_wanted).mapped());
        ++m_wanted;
        lock.unlock();
        m_changed.notifyAll();
        return report;
    }

private:
    /// False: there is nothing left to do.
    bool take(std::uint64_t& seed)
    {
        MutexLock lock(m_mutex);
        while (!m_stopping && !m_is_last_taken && m_next - m_wanted >= m_ahead)
            m_changed.wait(lock);
        if (m_stopping || m_is_last_taken)
            return false;
        seed = m_next;
        m_is_last_taken = seed == m_seeds.last; // there may be no number behind it
        ++m_next;
        return true;
    }
    void work()
    {
        for (std::uint64_t seed = 0; take(seed);) {
            auto report = simulate(m_scenario_of(seed), seed, m_options);
            {
                const MutexLock guard(m_mutex);
                m_done.emplace(seed, std::move(report));
            }
            m_changed.notifyAll();
        }
    }

    const ScenarioOfSeed& m_scenario_of;
    const SimulationOptions& m_options;
    const SeedRange m_seeds;
    Mutex m_mutex;
    Condition m_changed;
    std::map<std::uint64_t, Result<SimulationReport>> m_done ORDERLAB_GUARDED_BY(m_mutex);
    std::uint64_t m_next ORDERLAB_GUARDED_BY(m_mutex);
    std::uint64_t m_wanted ORDERLAB_GUARDED_BY(m_mutex);
    const std::uint64_t m_ahead;
    bool m_is_last_taken ORDERLAB_GUARDED_BY(m_mutex) = false;
    bool m_stopping ORDERLAB_GUARDED_BY(m_mutex) = false;
    std::vector<std::thread> m_threads;
};

} // namespace

Result<SeedRange> parseSeedRange(std::string_view text)
{
    const Error wrong = invalidArgument("seeds", "must be a range such as 1..100, at most 10000000 seeds");
    const std::size_t dots = std::min(text.find(".."), text.size());
    SeedRange range;
    const char* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), text.data() + dots, range.first);
    if (first.ec != std::errc{} || first.ptr != text.data() + dots)
        return wrong;
    range.last = range.first;
    if (dots == text.size())
        return range;
    const auto last = std::from_chars(text.data() + dots + 2, end, range.last);
    if (last.ec != std::errc{} || last.ptr != end || range.last < range.first || range.last - range.first >= seeds_max)
        return wrong;
    return range;
}

Result<void> runSeeds(const Scenario& scenario, SeedRange seeds, unsigned threads, const SimulationOptions& options,
                      const std::function<bool(SimulationReport)>& on_report)
{
    return runSeeds([&scenario](std::uint64_t) { return scenario; }, seeds, threads, options, on_report);
}

Result<void> runSeeds(const ScenarioOfSeed& scenario_of, SeedRange seeds, unsigned threads,
                      const SimulationOptions& options, const std::function<bool(SimulationReport)>& on_report)
{
    if (threads == 0)
        threads = std::max(1u, std::thread::hardware_concurrency());
    threads = unsigned(std::min<std::uint64_t>({threads, threads_max, seeds.last - seeds.first + 1}));
    SeedRunner runner(scenario_of, seeds, std::max(threads, 1u), options);
    for (std::uint64_t seed = seeds.first;; ++seed) {
        auto report = runner.next();
        if (!report)
            return report.error();
        if (!on_report(std::move(*report)) || seed == seeds.last)
            return {};
    }
}

} // namespace orderlab
