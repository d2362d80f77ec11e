#include "invariants/invariant_suite.h"
#include "journal/world_state.h"
#include "lab/lab.h"
#include "runtime/task_group.h"
#include "runtime/virtual_runtime.h"
#include "simulation/mutants.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

constexpr int orders_per_run = 30;
constexpr std::uint64_t seeds_max = 200;

struct Verdict {
    std::vector<std::string> broken;
    std::string explanation; ///< Of the invariant that was asked about, else of the first broken one.
    bool breaks(const std::string& invariant) const
    {
        return std::find(broken.begin(), broken.end(), invariant) != broken.end();
    }
};

/// One run of the whole system under faults, with or without a mistake in it.
class Run {
public:
    Run(std::uint64_t seed, Mutation mutation, const QStringList& faults)
        : m_runtime(seed), m_lab(m_runtime, configOf(mutation)), m_reader(m_lab.journal()),
          m_world(m_lab.journal().names())
    {
        std::vector<Fault> plan;
        for (const QString& text : faults)
            plan.push_back(parseFault(text.toStdString()).value());
        m_lab.faults().setFaults(std::move(plan)).value();
    }

    Verdict verdict(const std::string& invariant)
    {
        m_runtime.run(m_lab.start()).value();
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
        for (const std::uint64_t strikes : m_lab_faults)
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
        config.decorate_bus = [mutation](std::unique_ptr<EventBus> bus) { return mutatedBus(mutation, std::move(bus)); };
        return config;
    }

    static Task<void> customer(Lab& lab, Duration after, std::string name)
    {
        co_await lab.runtime().sleep(after);
        OrderRequest request;
        request.user_id = std::move(name);
        request.total.amount_minor = 1'999;
        const auto bought = co_await lab.client().buy(std::move(request));
        (void)bought; // The invariants judge.
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
        for (TimePoint last = m_runtime.now(); m_runtime.now() - last < 60s && !isQuiet();) {
            co_await m_runtime.sleep(50ms);
            if (readNew())
                last = m_runtime.now();
        }
        m_lab_faults = m_lab.faults().strikes();
    }

    bool isQuiet() const
    {
        if (m_world.totals().in_flight > 0 || m_world.totals().outboxWaiting() > 0)
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

    bool readNew()
    {
        m_batch.clear();
        m_reader.read(m_batch, std::size_t{1} << 20);
        m_world.apply(m_batch);
        m_suite.apply(m_batch, m_lab.journal().names());
        return !m_batch.empty();
    }

    VirtualRuntime m_runtime;
    Lab m_lab;
    JournalReader m_reader;
    WorldState m_world;
    InvariantSuite m_suite;
    std::vector<Entry> m_batch;
    std::vector<std::uint64_t> m_lab_faults;
};

} // namespace

/// That the invariants can fail: five mistakes, each put into the system that is otherwise right, and each is noticed. The
/// same runs without the mistake keep every promise, so what was noticed is the mistake and not the faults.
class TestMutations : public QObject {
    Q_OBJECT

private slots:
    void mistake_isNoticed_data()
    {
        QTest::addColumn<int>("mutation");
        QTest::addColumn<QString>("invariant");
        QTest::addColumn<QStringList>("faults");
        QTest::newRow("skips the inbox insert") << int(Mutation::SkipsInboxInsert) << "effects-happen-once"
                                                << QStringList{"after-commit=crash,probability=0.05,for=3s,delay=300ms"};
        QTest::newRow("acks before commit") << int(Mutation::AcksBeforeCommit) << "every-event-handled-or-dead"
                                            << QStringList{"before-commit=crash,probability=0.05,for=3s,delay=300ms"};
        QTest::newRow("relays by id > last") << int(Mutation::RelaysByLastId) << "no-order-lost"
                                             << QStringList{"database=delay,probability=0.05,for=3s,delay=50ms"};
        QTest::newRow("forgets to reset on crash") << int(Mutation::ForgetsToResetOnCrash) << "every-event-handled-or-dead"
                                                   << QStringList{"worker=crash,probability=0.05,for=3s,delay=300ms"};
        QTest::newRow("marks published before publishing") << int(Mutation::MarksBeforePublishing) << "no-order-lost"
                                                           << QStringList{"bus-append=fail,probability=0.1,for=3s"};
    }
    void mistake_isNoticed()
    {
        QFETCH(int, mutation);
        QFETCH(QString, invariant);
        QFETCH(QStringList, faults);
        std::int64_t struck = 0;
        for (std::uint64_t seed = 1; seed <= seeds_max; ++seed) {
            Run right(seed, Mutation::None, faults);
            const Verdict kept = right.verdict({});
            QVERIFY2(kept.broken.empty(), ("seed " + std::to_string(seed) + " without the mistake: " + kept.explanation).c_str());
            QCOMPARE(right.accepted(), std::int64_t(orders_per_run));
            struck += right.faultsStruck();

            const Verdict verdict = Run(seed, Mutation(mutation), faults).verdict(invariant.toStdString());
            if (verdict.breaks(invariant.toStdString())) {
                QVERIFY(struck > 0);
                qInfo("noticed with seed %llu: %s", static_cast<unsigned long long>(seed), verdict.explanation.c_str());
                return;
            }
        }
        QFAIL("not noticed");
    }
};

QTEST_APPLESS_MAIN(TestMutations)
#include "tst_mutations.moc"
