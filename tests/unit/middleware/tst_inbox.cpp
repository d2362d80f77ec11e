#include "policy_bench.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "worker/middleware/inbox.h"

using namespace orderlab;
using namespace orderlab::test;

class TestInbox : public QObject {
    Q_OBJECT

private slots:
    void doesAnEventOnce()
    {
        PolicyBench bench;
        FakeHandler handler(bench.runtime);
        const Next inbox = withInbox(bench.deps(), handler);
        for (int i = 0; i < 3; ++i)
            QVERIFY_RESULT(bench.run(inbox));
        QCOMPARE(handler.calls, 1);
        QCOMPARE(bench.counts().notifications, 1);
        QCOMPARE(bench.story(),
                 std::string("notification-written event-handled:1 duplicate-skipped:1 duplicate-skipped:1 "));
    }

    void forgetsWhatFailed()
    {
        PolicyBench bench;
        FakeHandler handler(bench.runtime);
        handler.fails_with = busy;
        const Next inbox = withInbox(bench.deps(), handler);
        QVERIFY(!bench.run(inbox));
        QVERIFY(bench.counts() == StoreCounts{});
        handler.fails_with.reset();
        QVERIFY_RESULT(bench.run(inbox));
        QCOMPARE(bench.counts().notifications, 1);
    }

    void takesAnEventOutOfTheRetryTopicWithItsEffects()
    {
        PolicyBench bench;
        FakeHandler handler(bench.runtime);
        const Next inbox = withInbox(bench.deps(), handler);
        const Attempt failed = bench.attempt();
        QVERIFY_RESULT(bench.runtime.run(bench.topic.park(failed, bench.runtime.now(), 1s)));
        Attempt parked = bench.attempt();
        parked.is_parked = true;
        handler.fails_with = busy;
        QVERIFY(!bench.run(inbox, parked));
        QCOMPARE(bench.counts().parked_events, 1); // Rolled back with the rest.
        handler.fails_with.reset();
        QVERIFY_RESULT(bench.run(inbox, parked));
        QCOMPARE(bench.counts().parked_events, 0);
        QCOMPARE(bench.counts().notifications, 1);
    }

    void ofTwoAtOnceOneCommits()
    {
        PolicyBench bench;
        FakeHandler handler(bench.runtime);
        handler.takes = 10ms;
        const Next inbox = withInbox(bench.deps(), handler);
        std::vector<Result<void>> results;
        TaskGroup both(bench.runtime);
        for (int i = 0; i < 2; ++i)
            both.spawn(collect(bench, inbox, results));
        bench.runtime.run(both.join());
        QCOMPARE(results.size(), std::size_t(2));
        QVERIFY(bool(results[0]) != bool(results[1]));
        QCOMPARE((results[0] ? results[1] : results[0]).error().code, ErrorCode::Conflict);
        QCOMPARE(bench.counts().notifications, 1);
    }

private:
    static Task<void> collect(PolicyBench& bench, const Next& inbox, std::vector<Result<void>>& results)
    {
        Attempt made = bench.attempt();
        const auto result = co_await inbox(made);
        results.push_back(result);
    }
};

ORDERLAB_TEST(tst_inbox, NoApplication, TestInbox)
#include "tst_inbox.moc"
