#include "simulation/simulate.h"

#include "invariants/invariant_suite.h"
#include "journal/journal_hash.h"
#include "lab/lab.h"
#include "runtime/task_group.h"
#include "runtime/virtual_runtime.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace orderlab {

namespace json = boost::json;

namespace {

constexpr Duration read_interval{std::chrono::milliseconds{5}};
constexpr std::array<std::string_view, 4> test_customers = {"user-declined", "user-poison", "user-slow", "user-flaky"};

/// One run: the lab, its customers and the reader of its journal.
class Simulation {
public:
    explicit Simulation(const SimulationOptions& options)
        : m_options(options), m_runtime(options.seed), m_lab(m_runtime, configOf(options)),
          m_reader(m_lab.journal()), m_world(m_lab.journal().names()), m_invariants(invariantOptions(options))
    {
    }

    Result<SimulationReport> run()
    {
        ORDERLAB_TRY(return, m_runtime.run(m_lab.start()));
        const auto finished = m_runtime.run(untilFinished());
        m_runtime.run(m_lab.stop());
        readNew();
        if (!finished)
            return finished.error();
        if (m_reader.missed() > 0)
            return Error{ErrorCode::Exhausted, Retry::Never, "the journal overran; use fewer orders at once", {}};
        SimulationReport report;
        report.seed = m_options.seed;
        report.totals = m_world.totals();
        report.virtual_seconds = std::chrono::duration<double>(m_finished_at - VirtualRuntime::epoch()).count();
        report.journal_entries = m_entries;
        report.journal_sha256 = m_hash.hex();
        m_invariants.finish();
        report.invariants = outcomes();
        return report;
    }

private:
    static LabConfig configOf(const SimulationOptions& options)
    {
        LabConfig config;
        config.partitions = options.partitions;
        config.members = options.members;
        return config;
    }

    /// A run's orders are all remembered, so that nothing escapes.
    static InvariantOptions invariantOptions(const SimulationOptions& options)
    {
        InvariantOptions invariants;
        invariants.facts.orders_max = std::size_t(options.orders) * 4 + 1'000; // customers may ask more than once
        invariants.origin_us = toMicros(VirtualRuntime::epoch());
        return invariants;
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

    std::string customer()
    {
        if (m_runtime.randomBelow(m_options.test_customer_every) == 0)
            return std::string(test_customers[m_runtime.randomBelow(test_customers.size())]);
        return "user-" + std::to_string(m_runtime.randomBelow(100));
    }

    Task<Result<void>> createOrders()
    {
        for (std::uint64_t i = 0; i < m_options.orders; ++i) {
            const double pauses = -std::log1p(-m_runtime.randomUnit()); // exponential, mean 1
            co_await m_runtime.sleep(Duration{std::int64_t(pauses * double(m_options.mean_pause.count()))});
            CreateOrder create;
            create.request.user_id = customer();
            create.request.total.amount_minor = std::int64_t(1 + m_runtime.randomBelow(20'000));
            const auto created = co_await m_lab.orders().create(std::move(create));
            if (!created)
                co_return created.error();
        }
        co_return Result<void>{};
    }

    Task<Result<void>> untilFinished()
    {
        TaskGroup customers(m_runtime);
        Result<void> created;
        bool all_created = false;
        customers.spawn([](Simulation& self, Result<void>& result, bool& done) -> Task<void> {
            result = co_await self.createOrders();
            done = true;
        }(*this, created, all_created));
        while (!(all_created && isQuiet()) && m_runtime.now() - VirtualRuntime::epoch() < m_options.time_limit) {
            co_await m_runtime.sleep(read_interval);
            readNew();
        }
        m_finished_at = m_runtime.now();
        customers.cancel();
        co_await customers.join();
        co_return created;
    }

    /// Every order is final or dead-lettered, and every group has committed all that was published.
    bool isQuiet() const
    {
        const Totals& totals = m_world.totals();
        if (totals.in_flight > 0 || totals.outboxWaiting() > 0)
            return false;
        for (const GroupState& group : m_world.groups()) {
            for (const GroupPartitionState& place : group.partitions) {
                const TopicState* topic = m_world.findTopic(place.topic);
                if (topic && place.partition < topic->partitions.size()
                    && place.committed < topic->partitions[place.partition].end)
                    return false;
            }
        }
        return true;
    }

    void readNew()
    {
        m_batch.clear();
        while (m_reader.read(m_batch, 65'536) > 0) {
            m_entries += m_batch.size();
            m_world.apply(m_batch);
            m_invariants.apply(m_batch, m_lab.journal().names());
            m_hash.add(m_batch, m_lab.journal().names());
            if (m_options.on_entries)
                m_options.on_entries(m_batch, m_lab.journal().names());
            m_batch.clear();
        }
    }

    const SimulationOptions& m_options;
    VirtualRuntime m_runtime;
    Lab m_lab;
    JournalReader m_reader;
    WorldState m_world;
    InvariantSuite m_invariants;
    JournalHash m_hash;
    std::vector<Entry> m_batch;
    std::uint64_t m_entries = 0;
    TimePoint m_finished_at;
};

} // namespace

Result<SimulationReport> simulate(const SimulationOptions& options)
{
    return Simulation(options).run();
}

bool SimulationReport::holds() const
{
    return std::all_of(invariants.begin(), invariants.end(), [](const InvariantOutcome& one) { return one.holds; });
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
    json::array outcomes;
    for (const InvariantOutcome& outcome : invariants)
        outcomes.push_back(orderlab::toJson(outcome));
    const json::object orders{{"accepted", totals.accepted},           {"paid", totals.paid},
                              {"failed", totals.failed},               {"canceled", totals.canceled},
                              {"dead_lettered", totals.dead_lettered}, {"in_flight", totals.in_flight}};
    return json::serialize(json::object{{"seed", seed},
                                        {"orders", orders},
                                        {"published", totals.published},
                                        {"deliveries", totals.deliveries},
                                        {"retries", totals.retries},
                                        {"duplicates_skipped", totals.duplicates_skipped},
                                        {"dead_letters", totals.dead_letters},
                                        {"virtual_seconds", virtual_seconds},
                                        {"journal_entries", journal_entries},
                                        {"journal_sha256", journal_sha256},
                                        {"invariants", std::move(outcomes)}});
}

} // namespace orderlab
