#include "policy_bench.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "worker/middleware/infrastructure_pause.h"
#include "worker/middleware/retry.h"
#include "worker/worker_process.h"

using namespace orderlab;
using namespace orderlab::test;

class TestInfrastructurePause : public QObject {
    Q_OBJECT

private slots:
    void waitsOutAnOutage()
    {
        PolicyBench bench;
        HandlerStep step{std::vector<Error>(4, away)};
        QVERIFY_RESULT(bench.run(withInfrastructurePause(bench.deps(), bench.policies, step.next())));
        QCOMPARE(step.log, std::string("1 1 1 1 1 "));
        QCOMPARE(bench.elapsed(), Duration(100ms + 200ms + 400ms + 800ms));
        QCOMPARE(bench.story(), std::string("work-paused work-resumed "));
    }

    /// However long the outage, the event has its attempts left when it is over.
    void burnsNoAttempt()
    {
        PolicyBench bench;
        HandlerStep step{std::vector<Error>(1'000, away)};
        step.errors.push_back(busy);
        const Next chain = withRetry(bench.deps(), bench.policies, bench.topic,
                                     withInfrastructurePause(bench.deps(), bench.policies, step.next()));
        QVERIFY_RESULT(bench.run(chain));
        QVERIFY(bench.elapsed() > 80min);
        QVERIFY(step.log.ends_with("1 1 2 "));
        QCOMPARE(bench.story(),
                 std::string("work-paused work-resumed attempt-failed:1 retry-scheduled:1 event-delivered:2 "));
    }

    void keepsItsPartitionMeanwhile()
    {
        PolicyBench bench;
        HandlerStep step{std::vector<Error>(20, away)};
        FakeConsumer consumer;
        Attempt made = bench.attempt();
        made.consumer = &consumer;
        QVERIFY_RESULT(bench.run(withInfrastructurePause(bench.deps(), bench.policies, step.next()), made));
        QVERIFY(consumer.signs >= bench.elapsed() / 1s); // At least one a second.
    }

    /// What cannot be worked now is delivered again at the next start; what soon can be is finished.
    void drainingMember_waitsForShortOutagesOnly()
    {
        PolicyBench bench;
        WorkerProcess process(bench.runtime, bench.journal, 1, 2);
        Attempt made = bench.attempt();
        made.process = &process;
        HandlerStep brief{std::vector<Error>(4, away)};
        process.drain();
        QVERIFY_RESULT(bench.run(withInfrastructurePause(bench.deps(), bench.policies, brief.next()), made));
        QCOMPARE(bench.elapsed(), Duration(1'500ms));
        HandlerStep lasting{std::vector<Error>(1'000, away)};
        const auto given_up = bench.run(withInfrastructurePause(bench.deps(), bench.policies, lasting.next()), made);
        QVERIFY(isCanceled(given_up));
        QVERIFY(bench.elapsed() >= Duration(1'500ms) + drain_patience);
        QVERIFY(bench.elapsed() <= Duration(1'500ms) + drain_patience + bench.policies.get().pause.max_pause);
        QVERIFY(lasting.errors.size() > 900);
    }

    void triesConflictsAgainAtOnce_andPassesTheEventsOwnErrorsOn()
    {
        PolicyBench bench;
        const Error conflict{ErrorCode::Conflict, Retry::Now, "changed", {}};
        HandlerStep step{{conflict, conflict, busy}};
        QCOMPARE(bench.run(withInfrastructurePause(bench.deps(), bench.policies, step.next())).error(), busy);
        QCOMPARE(bench.elapsed(), Duration(0));
        QCOMPARE(bench.story(), std::string());
    }
};

ORDERLAB_TEST(tst_infrastructure_pause, NoApplication, TestInfrastructurePause)
#include "tst_infrastructure_pause.moc"
