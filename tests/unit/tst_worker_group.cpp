#include "fault_injection/faulty_bus.h"
#include "invariants/invariant_suite.h"
#include "journal/world_state.h"
#include "memory_bus/memory_bus.h"
#include "memory_store/memory_store.h"
#include "runtime/virtual_runtime.h"
#include "runtime/with_timeout.h"
#include "support/dead_letters.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "worker/worker_group.h"

#include <map>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

const Error busy{ErrorCode::PeerFailed, Retry::Later, "busy", {}};

/// Does for each event what its plan says, call by call, a letter each: o(k), f(ails), p(oison), u(navailable),
/// h(angs). At the end of a plan: ok. An order's plan stands in its customer's name.
class ScriptedHandler final : public Handler {
public:
    explicit ScriptedHandler(Runtime& runtime) : m_runtime(runtime) {}
    std::string_view name() const override { return "payment"; }
    std::span<const EventType> topics() const override
    {
        static constexpr EventType topics[] = {EventType::OrderCreated};
        return topics;
    }
    Task<Result<void>> handle(const Event& event, HandlerContext& context) override
    {
        const std::size_t call = m_calls[event.id]++;
        const char plan = call < event.data.user_id.size() ? event.data.user_id[call] : 'o';
        context.transaction.insertNotification(
            {event.id, event.order, event.type, event.data.user_id, event.data.total, context.now});
        switch (plan) {
        case 'f': co_return busy;
        case 'p': co_return Error{ErrorCode::Rejected, Retry::Never, "poison", {}};
        case 'u': co_return unavailable("away");
        case 'h': co_await m_runtime.sleep(1h); break;
        default: break;
        }
        co_return Result<void>{};
    }

private:
    Runtime& m_runtime;
    std::map<EventId, std::size_t> m_calls;
};

/// A group at work on a virtual clock, on a bus with one partition.
struct GroupBench {
    explicit GroupBench(Policies p = {}, std::uint64_t seed = 1) : runtime(seed), policies(std::move(p))
    {
        makeGroup();
    }
    ~GroupBench() { end(); }

    void makeGroup()
    {
        WorkerOptions options;
        options.batch_max =
            batch_max; // A plan is used up by every call, also by those of a batch that fails with another event.
        options.alone_max = 2;
        options.policies = policies;
        group = std::make_unique<WorkerGroup>(WorkerDeps{runtime, journal, faults, *store, *bus}, handler, "payment",
                                              options);
    }
    /// Until the plan is another.
    void takeBusAway()
    {
        bus = makeFaultyBus(runtime, faults, std::shared_ptr<EventBus>(std::move(bus)));
        makeGroup();
        QVERIFY(faults.setFaults({parseFault("broker=away").value()}));
    }
    void start(std::size_t members = 1) { QVERIFY_RESULT(runtime.run(group->scale(members))); }
    void end()
    {
        if (!group)
            return;
        runtime.run(group->cancel());
        runtime.run(bus->close());
        group.reset();
    }
    /// All in memory is gone but what the store has, as after a crash and a new start of the program.
    void crashAndStartAnew()
    {
        end();
        bus = makeMemoryBus(runtime, journal, {1, 1'000});
        makeGroup();
        start();
    }
    /// One event each, of an order of its own, with these plans.
    void publish(std::vector<std::string> plans)
    {
        std::vector<Event> events;
        for (std::string& plan : plans) {
            Event event;
            event.id = EventId{Uuid{1, ++published}};
            event.order = OrderId{Uuid{2, published}};
            event.data.user_id = std::move(plan);
            event.data.total.amount_minor = 1;
            events.push_back(event);
        }
        QVERIFY_RESULT(runtime.run(bus->publish(events)));
    }
    StoreCounts counts() { return runtime.run(store->counts()).value(); }
    /// Until all that was published is done or given up, at most `limit`.
    bool finish(Duration limit = 10min)
    {
        const TimePoint give_up = runtime.now() + limit;
        while (runtime.now() < give_up) {
            const StoreCounts now = counts();
            if (std::uint64_t(now.processed_events + now.dead_letters) == published && now.parked_events == 0)
                return true;
            runtime.run(runtime.sleep(100ms));
        }
        return false;
    }
    std::vector<Entry> entries()
    {
        std::vector<Entry> all;
        JournalReader(journal, JournalReader::From::Oldest).read(all, 100'000);
        return all;
    }
    /// What was said about events, in order: "kind 1:2" is event 1, attempt 2. Without members and partitions.
    std::string story()
    {
        std::string all;
        for (const Entry& entry : entries()) {
            switch (entry.kind) {
            case EntryKind::EventPublished:
            case EntryKind::NotificationWritten:
            case EntryKind::MemberJoined:
            case EntryKind::MemberLeft:
            case EntryKind::PartitionAssigned:
            case EntryKind::PartitionRevoked: continue;
            default: break;
            }
            all += name(entry.kind);
            if (entry.attempt > 0)
                all += ' ' + std::to_string(entry.event.low) + ':' + std::to_string(entry.attempt);
            if (entry.kind == EntryKind::OffsetCommitted)
                all += ' ' + std::to_string(entry.offset);
            all += '\n';
        }
        return all;
    }
    int count(EntryKind kind)
    {
        const auto all = entries();
        return int(std::count_if(all.begin(), all.end(), [&](const Entry& entry) { return entry.kind == kind; }));
    }

    VirtualRuntime runtime;
    Policies policies;
    Journal journal{65'536};
    FaultPlan faults{runtime, journal};
    std::shared_ptr<Store> store = makeMemoryStore(runtime, journal);
    std::unique_ptr<EventBus> bus = makeMemoryBus(runtime, journal, {1, 1'000});
    ScriptedHandler handler{runtime};
    std::unique_ptr<WorkerGroup> group;
    std::uint64_t published = 0;
    std::size_t batch_max = 1;
};

Policies withStyle(RetryStyle style)
{
    Policies policies;
    policies.retry.style = style;
    return policies;
}

} // namespace

/// All policies together, as a group runs them.
class TestWorkerGroup : public QObject {
    Q_OBJECT

private slots:
    /// Each policy sees what those further in do, and nothing of those further out: a pause burns no attempt, the try
    /// after it pays the throttle, waiting there is not the handler's time, its limit fails an attempt, that is
    /// retried, and what is given up is dead-lettered before the offset is committed.
    void chain_isInOrder()
    {
        Policies policies;
        policies.throttle.events_per_second = 0.2; // A token every 5 s; longer than the handler's 2 s.
        policies.retry.max_attempts = 2;
        policies.retry.initial_delay = policies.retry.max_delay = Duration{0};
        GroupBench bench(policies);
        bench.start();
        bench.publish({"uhf"});
        QVERIFY(bench.finish());
        QCOMPARE(bench.story(), std::string("event-delivered 1:1\n"
                                            "work-paused\n"    // 'u', which took the first token
                                            "work-throttled\n" // inside the pause, outside the time limit
                                            "work-resumed\n"
                                            "attempt-failed 1:1\n" // 'h', cancelled
                                            "retry-scheduled 1:1\n"
                                            "event-delivered 1:2\n"
                                            "work-throttled\n"
                                            "attempt-failed 1:2\n" // 'f'
                                            "dead-lettered 1:2\n"
                                            "offset-committed 1\n"));
        const auto letters = bench.runtime.run(test::findDeadLetters(*bench.store, 10)).value();
        QCOMPARE(letters[0].attempts_made.size(), std::size_t(2));
        QCOMPARE(letters[0].attempts_made[0].code, ErrorCode::Timeout);
        QCOMPARE(bench.counts().notifications, 0);
    }

    /// The half without the event that fails goes on together.
    void anEventThatFails_costsItsLargeBatchAFewTransactions()
    {
        GroupBench bench;
        bench.batch_max = 64;
        bench.makeGroup();
        std::vector<std::string> plans(64, "o");
        plans[50] = std::string(30, 'p');
        bench.publish(plans);
        bench.start();
        QVERIFY(bench.finish());
        bench.runtime.run(bench.runtime.sleep(1s));
        QCOMPARE(bench.counts().dead_letters, 1);
        QCOMPARE(bench.counts().notifications, 63);
        QCOMPARE(bench.count(EntryKind::EventHandled), 63);
        QVERIFY2(bench.count(EntryKind::OffsetCommitted) < 20,
                 qPrintable(QString::number(bench.count(EntryKind::OffsetCommitted))));
        std::int64_t last = 0; // Always onward.
        for (const Entry& entry : bench.entries()) {
            if (entry.kind != EntryKind::OffsetCommitted)
                continue;
            QVERIFY(entry.offset > last);
            last = entry.offset;
        }
        QCOMPARE(last, 64);
    }

    /// What is none of our events is given up at once; its batch goes on, and no promise is broken by it.
    void undecodableRecords_hurtNobodyElse_data()
    {
        QTest::addColumn<int>("style");
        QTest::newRow("blocking") << int(RetryStyle::Blocking);
        QTest::newRow("retry topic") << int(RetryStyle::Topic);
    }
    void undecodableRecords_hurtNobodyElse()
    {
        QFETCH(int, style);
        GroupBench bench(withStyle(RetryStyle(style)));
        bench.publish({"o", "o"});
        Event garbage;
        garbage.id = EventId{Uuid{9, 9}};
        setTargetGroup(garbage, "somebody else"); // Nobody believes what stands in it.
        garbage.undecodable = std::make_shared<UndecodableRecord>(
            UndecodableRecord{{ErrorCode::Corrupt, Retry::Never, "ce_type is missing", {}}, "key", "value"});
        // On Kafka other programs wrote it, so no journal tells of it: what the memory bus says is not told on.
        QVERIFY_RESULT(bench.runtime.run(bench.bus->publish(std::span(&garbage, 1))));
        ++bench.published;
        bench.publish({"f", "o"});
        bench.start();
        QVERIFY(bench.finish());
        bench.runtime.run(bench.runtime.sleep(1s));

        const auto letters = bench.runtime.run(test::findDeadLetters(*bench.store, 10)).value();
        QCOMPARE(letters.size(), std::size_t(1));
        QVERIFY(letters[0].event == garbage);
        QCOMPARE(letters[0].attempts, 1);
        QCOMPARE(letters[0].code, ErrorCode::Corrupt);
        QCOMPARE(bench.count(EntryKind::EventHandled), 4);
        const auto groups = bench.runtime.run(bench.bus->groups()).value();
        for (const PartitionStatus& partition : groups[0].partitions)
            QCOMPARE(partition.lag(), std::int64_t(0));

        std::vector<Entry> told;
        for (const Entry& entry : bench.entries()) {
            if (entry.kind != EntryKind::EventPublished || !entry.order.isNull())
                told.push_back(entry);
        }
        WorldState world(bench.journal.names());
        world.apply(told);
        QCOMPARE(world.totals().dead_letters, std::int64_t(1));
        QCOMPARE(world.totals().dead_lettered, std::int64_t(0));
        QCOMPARE(world.orders().size(), std::size_t(4)); // And none that is nobody's.
        InvariantSuite suite;
        suite.apply(told, bench.journal.names());
        for (const InvariantResult& result : suite.results())
            QVERIFY2(result.holds, result.first ? result.first->explanation.c_str() : "");
    }

    void blocking_keepsTheOrder()
    {
        GroupBench bench(withStyle(RetryStyle::Blocking));
        bench.publish({"ff", "o"});
        bench.start();
        QVERIFY(bench.finish());
        const std::string story = bench.story();
        QVERIFY(story.find("event-handled 1:3") < story.find("event-handled 2:1"));
        QCOMPARE(bench.count(EntryKind::EventParked), 0);
    }

    void topic_letsOthersPass()
    {
        GroupBench bench(withStyle(RetryStyle::Topic));
        bench.publish({"ff", "o"});
        bench.start();
        QVERIFY(bench.finish());
        const std::string story = bench.story();
        QVERIFY(story.find("event-parked 1:1")
                < story.find("offset-committed 1\n")); // Durable before it is acknowledged.
        QVERIFY(story.find("event-handled 2:1") < story.find("event-delivered 1:2"));
        QVERIFY(story.find("event-parked 1:2") < story.find("event-handled 1:3"));
        QCOMPARE(bench.counts().notifications, 2);
        for (const Entry& entry : bench.entries()) {
            if (entry.kind == EntryKind::EventDelivered)
                QCOMPARE(entry.value, entry.attempt > 1 ? 1 : 0);
        }
    }

    void topic_givesUpAfterMaxAttempts()
    {
        GroupBench bench(withStyle(RetryStyle::Topic));
        bench.publish({"fffff", "ffffo"});
        bench.start();
        QVERIFY(bench.finish());
        const auto letters = bench.runtime.run(test::findDeadLetters(*bench.store, 10)).value();
        QCOMPARE(letters.size(), std::size_t(1));
        QCOMPARE(letters[0].event.id, (EventId{Uuid{1, 1}}));
        QCOMPARE(letters[0].attempts, 5);
        QCOMPARE(letters[0].attempts_made.size(), std::size_t(5));
    }

    /// What is parked survives the end of everything but the store.
    void topic_survivesACrash()
    {
        Policies policies = withStyle(RetryStyle::Topic);
        policies.retry.initial_delay = policies.retry.max_delay = 1h;
        GroupBench bench(policies);
        bench.publish({"f", "f", "f"});
        bench.start();
        bench.runtime.run(bench.runtime.sleep(5s));
        QCOMPARE(bench.counts().parked_events, 3);
        bench.crashAndStartAnew();
        QVERIFY(bench.finish(2h));
        QCOMPARE(bench.count(EntryKind::EventHandled), 3);
        QVERIFY(bench.story().find("event-delivered 3:2") != std::string::npos);
        QCOMPARE(bench.counts().notifications, 3);
    }

    /// At any moment, also with a parked event in hand: each is done once, over many interleavings.
    void topic_crashesAtAnyMoment()
    {
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            GroupBench bench(withStyle(RetryStyle::Topic), seed);
            std::vector<std::string> plans(20, "ff");
            bench.publish(plans);
            bench.start(2);
            for (int crash = 0; crash < 5; ++crash) {
                bench.runtime.run(bench.runtime.sleep(Duration{std::int64_t(bench.runtime.randomBelow(500'000))}));
                QVERIFY(bench.faults.setFaults({parseFault("worker=crash,delay=300ms,count=1").value()}));
                bench.group->passWorkerSeam();
            }
            QVERIFY(bench.faults.setFaults({}));
            QVERIFY2(bench.finish(), qPrintable(QString("seed %1").arg(seed)));
            QCOMPARE(bench.counts().notifications, 20);
            QCOMPARE(bench.counts().dead_letters, 0);
        }
    }

    void policies_mayBeSwitchedLive()
    {
        GroupBench bench(withStyle(RetryStyle::Blocking));
        bench.start();
        bench.publish({"f"});
        QVERIFY(bench.finish());
        QVERIFY(bench.group->setPolicies(withStyle(RetryStyle::Topic)));
        bench.publish({"f"});
        QVERIFY(bench.finish());
        QCOMPARE(bench.count(EntryKind::RetryScheduled), 1);
        QCOMPARE(bench.count(EntryKind::EventParked), 1);
        Policies bad;
        bad.retry.max_attempts = 0;
        QCOMPARE(bench.group->setPolicies(bad).error().field, std::string("max-attempts"));
        QVERIFY(bench.group->policies() == withStyle(RetryStyle::Topic));
    }

    /// The others go on with what a hanging member had; it joins again when it is back.
    /// Also those of a wait that has begun: here for the broker, to take an offset.
    void policies_countForAWaitThatHasBegun()
    {
        GroupBench bench;
        bench.bus = makeFaultyBus(bench.runtime, bench.faults, std::shared_ptr<EventBus>(std::move(bench.bus)));
        bench.makeGroup();
        bench.start();
        bench.publish({"f"});
        bench.runtime.run(bench.runtime.sleep(1ms)); // It waits for its second attempt.
        QVERIFY(bench.faults.setFaults({parseFault("broker=away").value()}));
        const auto triesIn = [&](Duration time) {
            const std::uint64_t before = bench.faults.strikes().front();
            bench.runtime.run(bench.runtime.sleep(time));
            return bench.faults.strikes().front() - before;
        };
        QVERIFY(triesIn(30s) > 5);
        Policies slow = bench.group->policies();
        slow.pause.initial_pause = slow.pause.max_pause = 20s;
        QVERIFY(bench.group->setPolicies(slow));
        (void)triesIn(30s); // The pause doubles up to there.
        QCOMPARE(triesIn(60s), std::uint64_t(3));
        QVERIFY(bench.faults.setFaults({}));
        QVERIFY(bench.finish());
    }
    void aMemberThatHangsIsPutOutAndJoinsAgain()
    {
        GroupBench bench;
        bench.start(2);
        // The process stands still, not just a handler: no time limit runs in it.
        QVERIFY(bench.faults.setFaults({parseFault("worker=hang,delay=1min,worker=payment-1,count=1").value()}));
        bench.group->passWorkerSeam();
        bench.publish({"o", "o", "o"});
        QVERIFY(bench.finish(30s));
        QCOMPARE(bench.count(EntryKind::MemberLeft), 1);
        QCOMPARE(bench.count(EntryKind::MemberJoined), 2);
        bench.runtime.run(bench.runtime.sleep(1min));
        QCOMPARE(bench.count(EntryKind::MemberJoined), 3);
        bench.publish({"o", "o", "o"});
        QVERIFY(bench.finish());
        QCOMPARE(bench.counts().notifications, 6);
    }

    void aLongBlockingRetryKeepsThePartition()
    {
        Policies policies;
        policies.retry.initial_delay = policies.retry.max_delay = 30min;
        GroupBench bench(policies);
        bench.start(2);
        bench.publish({"ffff", "o"});
        QVERIFY(bench.finish(3h));
        QCOMPARE(bench.count(EntryKind::MemberLeft), 0);
        QCOMPARE(bench.count(EntryKind::DuplicateSkipped), 0);
        QVERIFY(bench.story().find("event-handled 1:5") < bench.story().find("event-handled 2:1"));
    }

    void membersWhoFindTheBusAway_joinOnceItIsBack()
    {
        GroupBench bench;
        bench.takeBusAway();
        const auto refused = bench.runtime.run(bench.group->scale(2));
        QVERIFY(!refused && refused.error().retry == Retry::Later);
        QCOMPARE(bench.group->members(), std::size_t(0));

        QVERIFY_RESULT(bench.runtime.run(bench.group->scale(2, WhenAway::KeepAsking)));
        QCOMPARE(bench.group->members(), std::size_t(2));
        bench.group->passWorkerSeam(); // There is no process yet that could be killed.
        bench.runtime.run(bench.runtime.sleep(1min));
        QCOMPARE(bench.count(EntryKind::MemberJoined), 0);
        QVERIFY(bench.faults.setFaults({}));
        bench.publish({"o", "o"});
        QVERIFY(bench.finish());
        QCOMPARE(bench.count(EntryKind::MemberJoined), 2);
    }

    void membersWhoFindTheBusAway_mayLeaveAgain()
    {
        GroupBench bench;
        bench.takeBusAway();
        QVERIFY_RESULT(bench.runtime.run(bench.group->scale(2, WhenAway::KeepAsking)));
        QVERIFY_RESULT(bench.runtime.run(bench.group->scale(0)));
        QCOMPARE(bench.group->members(), std::size_t(0));
        QVERIFY(bench.faults.setFaults({}));
        bench.runtime.run(bench.runtime.sleep(1min));
        QCOMPARE(bench.count(EntryKind::MemberJoined), 0);
    }

    void scalingDown_goesOnWhenItIsCancelled()
    {
        Policies policies;
        policies.timeout.limit = 1min;
        GroupBench bench(policies);
        bench.start(2);
        bench.publish({"h"});
        bench.runtime.run(bench.runtime.sleep(1s));
        QVERIFY(!bench.runtime.run(withTimeout<void>(bench.runtime, 1s, "scaling", bench.group->scale(0))));
        QVERIFY_RESULT(bench.runtime.run(bench.group->scale(1))); // Waits for those who leave.
        QCOMPARE(bench.group->members(), std::size_t(1));
        QCOMPARE(bench.count(EntryKind::MemberLeft), 2);
        QCOMPARE(bench.count(EntryKind::MemberJoined), 3);
        QVERIFY(bench.finish());
    }

    void scalingDown_drainsAllAtOnce()
    {
        Policies policies;
        policies.timeout.limit = 1min;
        GroupBench bench(policies);
        bench.start(4);
        bench.publish({"o", "o", "o", "o"});
        QVERIFY_RESULT(bench.runtime.run(bench.group->scale(0)));
        const int delivered = bench.count(EntryKind::EventDelivered);
        QCOMPARE(bench.count(EntryKind::EventHandled), delivered); // What was in hand is finished…
        bench.publish({"o"});
        bench.runtime.run(bench.runtime.sleep(1min));
        QCOMPARE(bench.count(EntryKind::EventDelivered), delivered); // …and nothing more is taken.
    }
};

ORDERLAB_TEST(tst_worker_group, NoApplication, TestWorkerGroup)
#include "tst_worker_group.moc"
