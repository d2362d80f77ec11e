#pragma once
#include "invariants/invariant_suite.h"
#include "journal/world_state.h"
#include "lab/lab.h"
#include "runtime/task_group.h"
#include "runtime/virtual_runtime.h"
#include "simulation/mutants.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

namespace orderlab {

inline constexpr int orders_per_run = 30;
struct Verdict {
    std::vector<std::string> broken;
    std::string explanation; ///< Of the invariant that was asked about, else of the first broken one.
    bool breaks(const std::string& invariant) const
    {
        return std::find(broken.begin(), broken.end(), invariant) != broken.end();
    }
};

/// One run of the whole system on a virtual clock: thirty customers buy while faults strike, then everything has time
/// to finish, then the invariants judge.
class Trial {
public:
    Trial(std::uint64_t seed, const QStringList& faults, Mutation mutation = Mutation::None, Guarantees guarantees = {})
        : m_runtime(seed), m_lab(m_runtime, configOf(mutation)), m_reader(m_lab.journal()),
          m_world(m_lab.journal().names())
    {
        for (const QString& text : faults)
            m_plan.push_back(parseFault(text.toStdString()).value());
        m_lab.faults().setGuarantees(guarantees);
    }

    Verdict verdict(const std::string& invariant)
    {
        m_runtime.run(m_lab.start()).value();
        m_lab.faults().setFaults(m_plan).value();
        m_runtime.run(liveThrough());
        m_runtime.run(m_lab.stop());
        readNew();
        m_suite.finish();
        Verdict verdict;
        for (const InvariantResult& result : m_suite.results()) {
            if (result.holds)
                continue;
            verdict.broken.emplace_back(result.name);
            if (verdict.explanation.empty() || result.name == invariant)
                verdict.explanation = std::string(result.name) + ": " + result.first->explanation;
        }
        return verdict;
    }
    std::int64_t faultsStruck() const
    {
        std::int64_t all = 0;
        for (const std::uint64_t strikes : m_strikes)
            all += std::int64_t(strikes);
        return all;
    }
    std::int64_t accepted() const { return m_world.totals().accepted; }

private:
    static LabConfig configOf(Mutation mutation)
    {
        LabConfig config;
        config.members = 2;
        config.decorate_store = [mutation](std::shared_ptr<Store> store, Journal& journal) {
            return mutatedStore(mutation, std::move(store), journal);
        };
        config.decorate_bus = [mutation](std::unique_ptr<EventBus> bus, Journal& journal) {
            return mutatedBus(mutation, std::move(bus), journal);
        };
        return config;
    }

    static Task<void> customer(Lab& lab, Duration after, std::string name)
    {
        co_await lab.runtime().sleep(after);
        OrderRequest request;
        request.user_id = std::move(name);
        request.total.amount_minor = 1'999;
        const bool regrets = request.user_id.ends_with('5');
        const auto bought = co_await lab.client().buy(std::move(request));
        if (bought && regrets) {
            const auto canceled = co_await lab.orders().cancel(bought->id);
            (void)canceled; // Or it was too late.
        }
    }

    /// Until everything is finished, or nothing has happened for longer than any pause lasts.
    Task<void> liveThrough()
    {
        TaskGroup customers(m_runtime);
        Duration start{0};
        for (int i = 0; i < orders_per_run; ++i) {
            start += Duration{std::int64_t(-std::log1p(-m_runtime.randomUnit()) * 20'000)};
            customers.spawn(customer(m_lab, start, "user-" + std::to_string(i)));
        }
        co_await customers.join();
        readNew();
        for (TimePoint last = m_runtime.now();
             m_runtime.now() - last < std::chrono::seconds{60} && !m_world.isQuiet();) {
            co_await m_runtime.sleep(std::chrono::milliseconds{50});
            if (readNew())
                last = m_runtime.now();
        }
        m_strikes = m_lab.faults().strikes();
    }

    bool readNew()
    {
        m_batch.clear();
        m_reader.read(m_batch, std::size_t{1} << 20);
        m_world.apply(m_batch);
        m_suite.apply(m_batch, m_lab.journal().names());
        return !m_batch.empty();
    }

    std::vector<Fault> m_plan;
    VirtualRuntime m_runtime;
    Lab m_lab;
    JournalReader m_reader;
    WorldState m_world;
    InvariantSuite m_suite;
    std::vector<Entry> m_batch;
    std::vector<std::uint64_t> m_strikes;
};

} // namespace orderlab
