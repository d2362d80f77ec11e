#include "lab/lab.h"
#include "runtime/task_group.h"
#include "runtime/virtual_runtime.h"
#include "support/effort.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <map>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

Task<void> createMany(Lab& lab, int orders, Duration apart)
{
    for (int i = 0; i < orders; ++i) {
        CreateOrder create;
        create.request.user_id = "ada";
        create.request.total.amount_minor = 1999;
        const auto created = co_await lab.orders().create(std::move(create));
        (void)created; // Refused while the database is away.
        co_await lab.runtime().sleep(apart);
    }
}

/// One run of a whole system on a virtual clock, and what its journal says.
struct PolicyRun {
    explicit PolicyRun(std::uint64_t seed, LabConfig config = {}) : runtime(seed), lab(runtime, std::move(config)) {}

    void start(const std::vector<const char*>& faults = {})
    {
        std::vector<Fault> parsed;
        for (const char* text : faults)
            parsed.push_back(parseFault(text).value());
        QVERIFY(lab.faults().setFaults(std::move(parsed)));
        QVERIFY_RESULT(runtime.run(lab.start()));
    }
    StoreCounts counts() { return runtime.run(lab.store().counts()).value(); }
    bool finish(Duration limit)
    {
        const TimePoint give_up = runtime.now() + limit;
        while (runtime.now() < give_up) {
            const StoreCounts now = counts();
            if (now.created == now.dead_letters && now.outbox_unpublished == 0 && now.parked_events == 0)
                return true;
            runtime.run(runtime.sleep(1s));
        }
        return false;
    }
    std::vector<Entry> entries()
    {
        std::vector<Entry> all;
        JournalReader(lab.journal(), JournalReader::From::Oldest).read(all, 1'000'000);
        return all;
    }
    std::int64_t count(EntryKind kind)
    {
        const auto all = entries();
        return std::count_if(all.begin(), all.end(), [&](const Entry& entry) { return entry.kind == kind; });
    }

    VirtualRuntime runtime;
    Lab lab;
};

LabConfig withStyle(RetryStyle style, int max_attempts = 5)
{
    LabConfig config;
    config.members = 2;
    config.policies.retry.style = style;
    config.policies.retry.max_attempts = max_attempts;
    return config;
}

} // namespace

/// What the policies are worth to a whole system.
class TestPolicies : public QObject {
    Q_OBJECT

private slots:
    void eachOrderEndsOnce_data()
    {
        QTest::addColumn<RetryStyle>("style");
        QTest::newRow("blocking") << RetryStyle::Blocking;
        QTest::newRow("retry topic") << RetryStyle::Topic;
    }
    /// A gateway that often fails, workers that are killed and hang, acknowledgements that are lost.
    void eachOrderEndsOnce()
    {
        QFETCH(RetryStyle, style);
        for (std::uint64_t seed = 1; seed <= std::uint64_t(effort(25)); ++seed) {
            PolicyRun run(seed, withStyle(style, 100));
            run.start({"gateway-call=fail,probability=0.3,for=1min",
                       "handler-entry=crash,probability=0.02,delay=500ms,for=1min",
                       "ack=lose,probability=0.05,for=1min", "worker=hang,probability=0.01,delay=15s,for=1min"});
            run.runtime.run(createMany(run.lab, 40, 100ms));
            QVERIFY2(run.finish(30min), qPrintable(QString("seed %1").arg(seed)));
            const StoreCounts counts = run.counts();
            QCOMPARE(counts.paid, 40);
            QCOMPARE(counts.dead_letters, 0);
            QCOMPARE(run.runtime.run(run.lab.store().ledger().count(LedgerEntry::Kind::Charge)).value(), 40);
            QVERIFY(run.count(style == RetryStyle::Topic ? EntryKind::EventParked : EntryKind::RetryScheduled) > 0);
            run.runtime.run(run.lab.stop());
        }
    }

    /// While the gateway is down for a minute, the breaker saves the events' attempts.
    void anOutageOfTheGateway_breakerSavesAttempts()
    {
        std::map<bool, std::int64_t> failed, dead;
        for (const bool enabled : {true, false}) {
            LabConfig config = withStyle(RetryStyle::Blocking);
            config.policies.breaker.enabled = enabled;
            PolicyRun run(1, std::move(config));
            run.start({"gateway-call=fail,for=1min"});
            run.runtime.run(createMany(run.lab, 300, 100ms));
            QVERIFY(run.finish(30min));
            failed[enabled] = run.count(EntryKind::AttemptFailed);
            dead[enabled] = run.counts().dead_letters;
            QCOMPARE(run.counts().paid, 300 - dead[enabled]);
            QCOMPARE(run.count(EntryKind::CircuitOpened) > 0, enabled);
            QCOMPARE(run.count(EntryKind::CircuitClosed), std::int64_t(enabled));
            run.runtime.run(run.lab.stop());
        }
        // Five to open it, then a probe every five seconds.
        QVERIFY2(failed[true] <= 5 + 60 / 5 + 1, qPrintable(QString::number(failed[true])));
        QVERIFY2(dead[true] <= 3, qPrintable(QString::number(dead[true])));
        QVERIFY2(dead[false] > 20, qPrintable(QString::number(dead[false])));
    }

    void policies_areSwitchedAGroupAndLive()
    {
        PolicyRun run(1);
        run.start({"handler-entry=fail,count=1000,group=notification,probability=0.5"});
        run.runtime.run(createMany(run.lab, 20, 10ms));
        run.runtime.run(run.runtime.sleep(1min));
        QVERIFY(run.count(EntryKind::RetryScheduled) > 0);
        QCOMPARE(run.count(EntryKind::EventParked), 0);
        Policies policies = run.lab.policies("notification").value();
        policies.retry.style = RetryStyle::Topic;
        QVERIFY(run.lab.setPolicies("notification", policies));
        QVERIFY(run.lab.policies("payment").value() == Policies{});
        const std::int64_t scheduled = run.count(EntryKind::RetryScheduled);
        run.runtime.run(createMany(run.lab, 20, 10ms));
        run.runtime.run(run.runtime.sleep(10min));
        QCOMPARE(run.count(EntryKind::RetryScheduled), scheduled);
        QVERIFY(run.count(EntryKind::EventParked) > 0);
        QCOMPARE(run.counts().parked_events, 0);
        QCOMPARE(run.lab.setPolicies("nobody", policies).error().field, std::string("group"));
        run.runtime.run(run.lab.stop());
    }

    void stop_data()
    {
        QTest::addColumn<int>("drain_s");
        QTest::newRow("drained") << 15;
        QTest::newRow("at once") << 0;
    }
    /// Ends in the middle of work, at any moment: what is acknowledged is done, what is not done is not acknowledged,
    /// and who is given the time finishes what he has in hand.
    void stop()
    {
        QFETCH(int, drain_s);
        int cut_short = 0;
        for (std::uint64_t seed = 1; seed <= std::uint64_t(effort(40)); ++seed) {
            LabConfig config = withStyle(seed % 2 ? RetryStyle::Blocking : RetryStyle::Topic);
            config.gateway.latency = 200ms;
            PolicyRun run(seed, std::move(config));
            run.start({"gateway-call=fail,probability=0.2"});
            TaskGroup customers(run.runtime);
            customers.spawn(createMany(run.lab, 100, 20ms));
            run.runtime.run(run.runtime.sleep(Duration{std::int64_t(100'000 + run.runtime.randomBelow(1'500'000))}));
            customers.cancel();
            run.runtime.run(customers.join());
            const TimePoint stopped_at = run.runtime.now();
            run.runtime.run(run.lab.stop(std::chrono::seconds{drain_s}));
            QVERIFY(run.runtime.now() - stopped_at <= std::chrono::seconds{drain_s} + 1s);
            cut_short += accountFor(run, drain_s > 0, seed);
        }
        QCOMPARE(cut_short > 0, drain_s == 0); // Otherwise there was nothing to lose.
    }

private:
    /// How many events were in hand when the system was gone.
    static int accountFor(PolicyRun& run, bool drained, std::uint64_t seed)
    {
        std::map<std::tuple<NameId, NameId, int>, std::int64_t> done, committed, delivered;
        std::map<Uuid, int> charged;
        for (const Entry& entry : run.entries()) {
            const std::tuple place{entry.group, entry.topic, int(entry.partition)};
            switch (entry.kind) {
            case EntryKind::EventDelivered:
                if (entry.value == 0)
                    delivered[place] = std::max(delivered[place], entry.offset + 1);
                break;
            case EntryKind::EventHandled:
            case EntryKind::EventParked:
            case EntryKind::DeadLettered:
            case EntryKind::DuplicateSkipped: done[place] = std::max(done[place], entry.offset + 1); break;
            case EntryKind::OffsetCommitted: committed[place] = entry.offset; break;
            case EntryKind::GatewayCharged: ++charged[entry.order]; break;
            default: break;
            }
        }
        int in_hand = 0;
        const QString where = QString("seed %1").arg(seed);
        for (const auto& [place, end] : delivered) {
            in_hand += int(end - done[place]);
            if (committed[place] > done[place] || (drained && committed[place] != end))
                QTest::qFail(qPrintable(where + ": an event is lost or was cut short"), __FILE__, __LINE__);
        }
        for (const auto& [order, times] : charged) {
            if (times != 1)
                QTest::qFail(qPrintable(where + ": an order was charged twice"), __FILE__, __LINE__);
        }
        return in_hand;
    }
};

ORDERLAB_TEST(tst_policies, NoApplication, TestPolicies)
#include "tst_policies.moc"
