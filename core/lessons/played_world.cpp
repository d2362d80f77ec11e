#include "lessons/played_world.h"

#include "journal/entry_text.h"
#include "journal/query_matcher.h"
#include "runtime/virtual_runtime.h"
#include "simulation/world_run.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

namespace orderlab {

namespace {

constexpr unsigned threads_max = 64;

std::int64_t origin()
{
    return toMicros(VirtualRuntime::epoch());
}

} // namespace

Result<PlayedWorld> PlayedWorld::play(const Scenario& scenario, std::uint64_t seed,
                                      const std::function<bool()>& give_up)
{
    PlayedWorld world;
    NameTranslation translation(*world.m_names);
    SimulationOptions options;
    options.hash = false;
    options.give_up = give_up;
    options.entries_max = entries_max;
    options.on_entries = [&](std::span<const Entry> entries, const Names& names) {
        for (const Entry& entry : entries)
            world.m_entries.push_back(translation.translated(entry, names));
    };
    auto report = simulate(scenario, seed, options);
    if (!report)
        return report.error();
    world.m_report = std::move(*report);
    return world;
}

std::vector<std::uint64_t> PlayedWorld::find(const Query& query) const
{
    return findAll(query, m_entries, *m_names, origin());
}

std::uint64_t PlayedWorld::ordersOf(std::span<const std::uint64_t> hits) const
{
    std::set<OrderId> orders;
    for (const std::uint64_t hit : hits) {
        if (const OrderId order(m_entries[hit].order); !order.isNull())
            orders.insert(order);
    }
    return orders.size();
}

std::uint64_t PlayedWorld::count(const Predicate& predicate) const
{
    if (!predicate.query) {
        for (const InvariantOutcome& one : m_report.invariants) {
            if (one.name == predicate.invariant)
                return one.violations;
        }
        return 0;
    }
    const auto hits = find(*predicate.query);
    return predicate.of_orders ? ordersOf(hits) : hits.size();
}

OrderId PlayedWorld::firstOrder(const Query& query) const
{
    for (const std::uint64_t hit : find(query)) {
        if (const OrderId order(m_entries[hit].order); !order.isNull())
            return order;
    }
    return {};
}

Duration PlayedWorld::timeOf(std::uint64_t entry) const
{
    return Duration{m_entries[entry].time_us - origin()};
}

std::string PlayedWorld::lineOf(std::uint64_t entry) const
{
    return entryText(m_entries[entry], *m_names, origin());
}

Result<WorldCounts> countWorlds(const Scenario& scenario, std::span<const Predicate* const> predicates,
                                std::uint64_t worlds, unsigned threads, const std::function<bool()>& give_up)
{
    if (threads == 0)
        threads = std::max(1u, std::thread::hardware_concurrency());
    threads = unsigned(std::min<std::uint64_t>({threads, threads_max, std::max<std::uint64_t>(worlds, 1)}));
    std::atomic<std::uint64_t> next{1};
    std::atomic<bool> is_failed{false};
    struct Part {
        std::vector<std::uint64_t> is_true;
        std::optional<Error> error;
    };
    std::vector<Part> parts(threads);
    const auto work = [&](Part& part) {
        part.is_true.resize(predicates.size());
        for (std::uint64_t seed = next++; seed <= worlds && !is_failed; seed = next++) {
            const auto world = PlayedWorld::play(scenario, seed, give_up);
            if (!world) {
                part.error = world.error();
                is_failed = true;
                return;
            }
            for (std::size_t i = 0; i < predicates.size(); ++i)
                part.is_true[i] += world->isTrue(*predicates[i]);
        }
    };
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < parts.size(); ++i)
        others.emplace_back(work, std::ref(parts[i]));
    work(parts.front());
    others.clear(); // Waits for them.
    WorldCounts counts{std::vector<std::uint64_t>(predicates.size()), worlds};
    for (const Part& part : parts) {
        if (part.error)
            return *part.error;
        for (std::size_t i = 0; i < predicates.size(); ++i)
            counts.is_true[i] += part.is_true[i];
    }
    return counts;
}

} // namespace orderlab
