#include "fault_injection/faulty_store.h"
#include "policy_bench.h"
#include "support/dead_letters.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "worker/middleware/dead_letter.h"
#include "worker/middleware/inbox.h"
#include "worker/middleware/infrastructure_pause.h"
#include "worker/middleware/retry.h"

using namespace orderlab;
using namespace orderlab::test;

class TestDeadLetter : public QObject {
    Q_OBJECT

    static std::vector<DeadLetter> letters(PolicyBench& bench)
    {
        return bench.get(test::findDeadLetters(*bench.store, 10));
    }

private slots:
    void keepsTheEventWholeAndEveryAttempt()
    {
        PolicyBench bench;
        bench.event.extensions = {{"x-tenant", "blue"}};
        HandlerStep step{{busy, {ErrorCode::Timeout, Retry::Later, "slow", {}}, poison}};
        const Next chain = withDeadLetter(bench.deps(), bench.policies,
                                          withRetry(bench.deps(), bench.policies, bench.topic, step.next()));
        QVERIFY_RESULT(bench.run(chain));
        const auto kept = letters(bench);
        QCOMPARE(kept.size(), std::size_t(1));
        QVERIFY(kept[0].event == bench.event);
        QCOMPARE(kept[0].group, std::string("orderlab.fake"));
        QCOMPARE(kept[0].partition, std::uint16_t(0));
        QCOMPARE(kept[0].offset, 7);
        QCOMPARE(kept[0].attempts, 3);
        QCOMPARE(kept[0].error, std::string("poison"));
        QCOMPARE(kept[0].code, ErrorCode::Rejected);
        std::string stack;
        TimePoint before = VirtualRuntime::epoch();
        for (const FailedAttempt& failed : kept[0].attempts_made) {
            stack += std::to_string(failed.number) + ' ' + failed.error + ", ";
            QVERIFY(failed.at >= before);
            before = failed.at;
        }
        QCOMPARE(stack, std::string("1 busy, 2 slow, 3 poison, "));
        QCOMPARE(bench.story(), std::string("attempt-failed:1 retry-scheduled:1 event-delivered:2 "
                                            "attempt-failed:2 retry-scheduled:2 event-delivered:3 "
                                            "attempt-failed:3 dead-lettered:3 "));
    }

    /// A worker that is killed leaves no trace of what it had in hand: neither a failure nor a letter nor the end of a
    /// pause.
    void ofACancelledAttemptNothingIsTold()
    {
        PolicyBench bench;
        HandlerStep step{{away, canceledError()}};
        const Next chain =
            withDeadLetter(bench.deps(), bench.policies,
                           withRetry(bench.deps(), bench.policies, bench.topic,
                                     withInfrastructurePause(bench.deps(), bench.policies, step.next())));
        QCOMPARE(bench.run(chain).error(), canceledError());
        QCOMPARE(step.log, std::string("1 1 "));
        QCOMPARE(bench.story(), std::string("work-paused "));
        QVERIFY(letters(bench).empty());
    }

    void theStackIsBounded()
    {
        PolicyBench bench;
        Policies policies;
        policies.retry.max_attempts = 100;
        bench.policies.set(policies);
        HandlerStep step{std::vector<Error>(100, busy)};
        QVERIFY_RESULT(bench.run(withDeadLetter(bench.deps(), bench.policies,
                                                withRetry(bench.deps(), bench.policies, bench.topic, step.next()))));
        const auto kept = letters(bench);
        QCOMPARE(kept[0].attempts, 100);
        QCOMPARE(kept[0].attempts_made.size(), DeadLetter::attempts_kept_max);
        QCOMPARE(int(kept[0].attempts_made.back().number), 100);
    }

    /// What cannot be read will not be readable later.
    void anUndecodableEventIsNotTriedAgain()
    {
        PolicyBench bench;
        FakeHandler handler(bench.runtime);
        handler.fails_with = Error{ErrorCode::Corrupt, Retry::Never, "not an order", {}};
        QVERIFY_RESULT(bench.run(
            withDeadLetter(bench.deps(), bench.policies,
                           withRetry(bench.deps(), bench.policies, bench.topic, withInbox(bench.deps(), handler)))));
        QCOMPARE(handler.calls, 1);
        QCOMPARE(letters(bench)[0].attempts, 1);
        QCOMPARE(letters(bench)[0].code, ErrorCode::Corrupt);
        QCOMPARE(bench.counts().notifications, 0);
        QCOMPARE(bench.story(), std::string("attempt-failed:1 dead-lettered:1 "));
    }

    void takesTheEventOutOfTheRetryTopic()
    {
        PolicyBench bench;
        QVERIFY_RESULT(bench.runtime.run(bench.topic.park(bench.attempt(), bench.runtime.now(), 1s)));
        HandlerStep step{{poison}};
        Attempt parked = bench.attempt();
        parked.is_parked = true;
        QVERIFY_RESULT(bench.run(withDeadLetter(bench.deps(), bench.policies, step.next()), parked));
        QCOMPARE(bench.counts().parked_events, 0);
        QCOMPARE(bench.counts().dead_letters, 1);
    }

    /// The commit is durable and its answer lost: tried again, it is one letter with each attempt once.
    void isWrittenOnceThoughAnAnswerIsLost()
    {
        PolicyBench bench;
        DeafStore deaf(bench.journal, bench.store);
        const WorkerDeps deps{bench.runtime, bench.journal, bench.faults, deaf, *bench.bus};
        deaf.lost_answers = 2;
        HandlerStep step{{poison}};
        QVERIFY(
            bench.run(withDeadLetter(deps, bench.policies, withRetry(deps, bench.policies, bench.topic, step.next()))));
        QCOMPARE(deaf.lost_answers, 0);
        const auto kept = letters(bench);
        QCOMPARE(kept.size(), std::size_t(1));
        QCOMPARE(kept[0].attempts, 1);
        QCOMPARE(kept[0].attempts_made.size(), std::size_t(1));
    }

    void dropsNothingWhileTheStoreIsAway()
    {
        PolicyBench bench;
        const auto faulty = makeFaultyStore(bench.faults, bench.journal, bench.store);
        const WorkerDeps deps{bench.runtime, bench.journal, bench.faults, *faulty, *bench.bus};
        QVERIFY(bench.faults.setFaults({parseFault("database=away,for=1min").value()}));
        HandlerStep step{{poison}};
        QVERIFY_RESULT(bench.run(withDeadLetter(deps, bench.policies, step.next())));
        QVERIFY(bench.elapsed() >= 1min);
        QCOMPARE(letters(bench).size(), std::size_t(1));
        QCOMPARE(step.log, std::string("1 ")); // The handler was not bothered again.
    }
};

ORDERLAB_TEST(tst_dead_letter, NoApplication, TestDeadLetter)
#include "tst_dead_letter.moc"
