#include "fault_injection/faulty_store.h"
#include "policy_bench.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "worker/middleware/retry.h"

using namespace orderlab;
using namespace orderlab::test;

class TestRetry : public QObject {
    Q_OBJECT

    static Policies withStyle(RetryStyle style)
    {
        Policies policies;
        policies.retry.style = style;
        return policies;
    }

private slots:
    void stopsAfterMaxAttempts()
    {
        PolicyBench bench;
        HandlerStep step{std::vector<Error>(9, busy)};
        QCOMPARE(bench.run(withRetry(bench.deps(), bench.policies, bench.topic, step.next())).error(), busy);
        QCOMPARE(step.log, std::string("1 2 3 4 5 "));
        QCOMPARE(bench.story(), std::string("attempt-failed:1 retry-scheduled:1 event-delivered:2 "
                                            "attempt-failed:2 retry-scheduled:2 event-delivered:3 "
                                            "attempt-failed:3 retry-scheduled:3 event-delivered:4 "
                                            "attempt-failed:4 retry-scheduled:4 event-delivered:5 attempt-failed:5 "));
    }

    void backsOffWithFullJitterUnderAGrowingBound()
    {
        PolicyBench bench;
        bool is_jittered = false;
        for (int i = 0; i < 50; ++i) {
            HandlerStep step{std::vector<Error>(4, busy)};
            const TimePoint started = bench.runtime.now();
            QVERIFY_RESULT(bench.run(withRetry(bench.deps(), bench.policies, bench.topic, step.next())));
            const Duration took = bench.runtime.now() - started;
            QVERIFY(took <= 200ms + 400ms + 800ms + 1600ms);
            is_jittered = is_jittered || took > 1000ms;
        }
        QVERIFY(is_jittered);
    }

    void theBoundStopsGrowing()
    {
        PolicyBench bench;
        Policies policies;
        policies.retry.max_attempts = 100;
        policies.retry.max_delay = 1s;
        bench.policies.set(policies);
        HandlerStep step{std::vector<Error>(99, busy)};
        QVERIFY_RESULT(bench.run(withRetry(bench.deps(), bench.policies, bench.topic, step.next())));
        QVERIFY(bench.elapsed() <= 99s);
        QVERIFY(bench.elapsed() > 30s);
    }

    void neverMeansNever()
    {
        PolicyBench bench;
        HandlerStep step{{poison}};
        QCOMPARE(bench.run(withRetry(bench.deps(), bench.policies, bench.topic, step.next())).error(), poison);
        QCOMPARE(step.log, std::string("1 "));
    }

    void remembersEveryAttempt()
    {
        PolicyBench bench;
        HandlerStep step{{busy, poison}};
        Attempt made = bench.attempt();
        QVERIFY(!bench.run(withRetry(bench.deps(), bench.policies, bench.topic, step.next()), made));
        QCOMPARE(made.failures.size(), std::size_t(2));
        QVERIFY((made.failures[0] == FailedAttempt{VirtualRuntime::epoch(), 1, "busy", ErrorCode::PeerFailed}));
        QVERIFY((made.failures[1] == FailedAttempt{bench.runtime.now(), 2, "poison", ErrorCode::Rejected}));
    }

    /// Blocking: a wait that is longer than any session does not cost the member its partition.
    void blocking_keepsItsPartitionMeanwhile()
    {
        PolicyBench bench;
        Policies policies;
        policies.retry.initial_delay = policies.retry.max_delay = 10min;
        bench.policies.set(policies);
        HandlerStep step{std::vector<Error>(4, busy)};
        FakeConsumer consumer;
        Attempt made = bench.attempt();
        made.consumer = &consumer;
        QVERIFY_RESULT(bench.run(withRetry(bench.deps(), bench.policies, bench.topic, step.next()), made));
        QVERIFY(bench.elapsed() > 1min);
        QVERIFY(consumer.signs >= bench.elapsed() / 1s);
    }

    /// Topic: the event is durable elsewhere before its place is given up, and its attempts go on counting there.
    void topic_parksTheEventWhole()
    {
        PolicyBench bench;
        bench.policies.set(withStyle(RetryStyle::Topic));
        bench.event.extensions = {{"tenant", "blue"}};
        HandlerStep step{std::vector<Error>(9, busy)};
        const Next retry = withRetry(bench.deps(), bench.policies, bench.topic, step.next());
        QVERIFY_RESULT(bench.run(retry)); // So that the partition goes on.
        QCOMPARE(bench.story(), std::string("attempt-failed:1 event-parked:1 "));
        auto parked = bench.get(bench.store->findParked(10));
        QCOMPARE(parked.size(), std::size_t(1));
        QVERIFY(parked[0].event == bench.event);
        QCOMPARE(parked[0].group, std::string("orderlab.fake"));
        QCOMPARE(parked[0].offset, 7);
        QCOMPARE(parked[0].attempts, 1);
        QCOMPARE(parked[0].attempts_made.size(), std::size_t(1));
        QVERIFY(parked[0].due_at <= VirtualRuntime::epoch() + 200ms);

        Attempt again = bench.attempt();
        again.number = 2;
        again.is_parked = true;
        again.failures = parked[0].attempts_made;
        bench.policies.set(withStyle(RetryStyle::Blocking)); // Its place in the partition is gone in any case.
        QVERIFY_RESULT(bench.run(retry, again));
        parked = bench.get(bench.store->findParked(10));
        QCOMPARE(parked.size(), std::size_t(1));
        QCOMPARE(parked[0].attempts, 2);
        QCOMPARE(parked[0].attempts_made.size(), std::size_t(2));
        QCOMPARE(step.log, std::string("1 2 "));
    }

    void topic_givesUpAfterMaxAttempts()
    {
        PolicyBench bench;
        bench.policies.set(withStyle(RetryStyle::Topic));
        HandlerStep step{{busy}};
        Attempt last = bench.attempt();
        last.number = 5;
        last.is_parked = true;
        QCOMPARE(bench.run(withRetry(bench.deps(), bench.policies, bench.topic, step.next()), last).error(), busy);
        QCOMPARE(bench.counts().parked_events, 0);
    }

    /// A second delivery of what is parked already (its offset was not committed) does not set it back.
    void topic_aRedeliveryKeepsTheAttempts()
    {
        PolicyBench bench;
        bench.policies.set(withStyle(RetryStyle::Topic));
        HandlerStep step{std::vector<Error>(9, busy)};
        const Next retry = withRetry(bench.deps(), bench.policies, bench.topic, step.next());
        Attempt third = bench.attempt();
        third.number = 3;
        third.is_parked = true;
        QVERIFY_RESULT(bench.run(retry)); // The first.
        QVERIFY_RESULT(bench.run(retry, third));
        const auto before = bench.get(bench.store->findParked(10));
        QVERIFY_RESULT(bench.run(retry));
        QVERIFY(bench.get(bench.store->findParked(10)) == before);
    }

    /// Whoever was slower than its lease does not bring back what others have seen through.
    void topic_isNotParkedAgainOnceOthersHaveSeenItThrough()
    {
        PolicyBench bench;
        bench.policies.set(withStyle(RetryStyle::Topic));
        HandlerStep step{{busy}};
        Attempt slow = bench.attempt();
        slow.number = 3;
        slow.is_parked = true;
        QVERIFY_RESULT(bench.run(withRetry(bench.deps(), bench.policies, bench.topic, step.next()), slow));
        QCOMPARE(bench.story(), std::string("attempt-failed:3 "));
        QCOMPARE(bench.counts().parked_events, 0);
    }

    /// The commit is durable and its answer lost: tried again, it is parked, once, and told.
    void topic_isParkedAgainThoughAnAnswerIsLost()
    {
        PolicyBench bench;
        bench.policies.set(withStyle(RetryStyle::Topic));
        DeafStore deaf(bench.journal, bench.store);
        const WorkerDeps deps{bench.runtime, bench.journal, bench.faults, deaf, *bench.bus};
        RetryTopic topic(deps);
        HandlerStep step{std::vector<Error>(2, busy)};
        const Next retry = withRetry(deps, bench.policies, topic, step.next());
        QVERIFY_RESULT(bench.run(retry));
        Attempt again = bench.attempt();
        again.number = 2;
        again.is_parked = true;
        deaf.lost_answers = 2;
        QVERIFY_RESULT(bench.run(retry, again));
        QCOMPARE(deaf.lost_answers, 0);
        QVERIFY2(bench.story().ends_with("attempt-failed:2 work-paused work-resumed event-parked:2 "),
                 bench.story().c_str());
        const auto parked = bench.get(bench.store->findParked(10));
        QVERIFY(parked.size() == 1 && parked[0].attempts == 2);
    }

    /// An event whose place would be given up stays in hand while it cannot be parked.
    void topic_waitsForAStoreThatIsAway()
    {
        PolicyBench bench;
        bench.policies.set(withStyle(RetryStyle::Topic));
        const auto faulty = makeFaultyStore(bench.faults, bench.journal, bench.store);
        const WorkerDeps deps{bench.runtime, bench.journal, bench.faults, *faulty, *bench.bus};
        RetryTopic topic(deps);
        QVERIFY(bench.faults.setFaults({parseFault("database=away,for=30s").value()}));
        HandlerStep step{{busy}};
        QVERIFY_RESULT(bench.run(withRetry(deps, bench.policies, topic, step.next())));
        QVERIFY(bench.elapsed() >= 30s);
        QCOMPARE(bench.counts().parked_events, 1);
        QVERIFY(bench.story().ends_with("work-resumed event-parked:1 "));
    }
};

ORDERLAB_TEST(tst_retry, NoApplication, TestRetry)
#include "tst_retry.moc"
