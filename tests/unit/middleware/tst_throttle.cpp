#include "policy_bench.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "worker/middleware/throttle.h"

using namespace orderlab;
using namespace orderlab::test;

class TestThrottle : public QObject {
    Q_OBJECT

    static Policies atRate(double events_per_second)
    {
        Policies policies;
        policies.throttle.events_per_second = events_per_second;
        return policies;
    }
    static Task<void> runMany(PolicyBench& bench, const Next& next, int times)
    {
        for (int i = 0; i < times; ++i) {
            Attempt made = bench.attempt();
            const auto done = co_await next(made);
            (void)done;
        }
    }
    static int count(const std::string& story, const std::string& word)
    {
        int times = 0;
        for (std::size_t at = story.find(word); at != std::string::npos; at = story.find(word, at + 1))
            ++times;
        return times;
    }

private slots:
    void offByDefault()
    {
        PolicyBench bench;
        HandlerStep step;
        bench.runtime.run(runMany(bench, withThrottle(bench.deps(), bench.policies, step.next()), 1'000));
        QCOMPARE(bench.elapsed(), Duration(0));
        QCOMPARE(bench.story(), std::string());
    }

    /// A second's worth at once, then the rate.
    void keepsTheRate()
    {
        PolicyBench bench;
        bench.policies.set(atRate(10));
        HandlerStep step;
        const Next throttled = withThrottle(bench.deps(), bench.policies, step.next());
        bench.runtime.run(runMany(bench, throttled, 10));
        QCOMPARE(bench.elapsed(), Duration(0));
        bench.runtime.run(runMany(bench, throttled, 20));
        QVERIFY(bench.elapsed() >= 2s && bench.elapsed() <= 2s + 1ms);
        QCOMPARE(count(bench.story(), "work-throttled"), 20);
    }

    void membersShareIt()
    {
        PolicyBench bench;
        bench.policies.set(atRate(10));
        HandlerStep step;
        const Next throttled = withThrottle(bench.deps(), bench.policies, step.next());
        TaskGroup members(bench.runtime);
        for (int i = 0; i < 4; ++i)
            members.spawn(runMany(bench, throttled, 10));
        bench.runtime.run(members.join());
        QVERIFY(bench.elapsed() >= 3s && bench.elapsed() <= 3s + 10ms);
        QCOMPARE(count(step.log, "1 "), 40);
    }

    /// A batch passes as one; those behind it wait for what it took too many.
    void aBatchCostsATokenAnEvent()
    {
        PolicyBench bench;
        bench.policies.set(atRate(10));
        HandlerStep step;
        const Next throttled = withThrottle(bench.deps(), bench.policies, step.next());
        const std::vector<Event> events(25, bench.event);
        Attempt batch = bench.attempt();
        batch.events = events;
        QVERIFY_RESULT(bench.run(throttled, batch));
        QCOMPARE(bench.elapsed(), Duration(0));
        QVERIFY_RESULT(bench.run(throttled));
        QVERIFY(bench.elapsed() >= 1600ms && bench.elapsed() <= 1601ms); // 15 too many, and its own
    }

    void whoWaitsNoticesThatItIsOff()
    {
        PolicyBench bench;
        bench.policies.set(atRate(0.1));
        HandlerStep step;
        const Next throttled = withThrottle(bench.deps(), bench.policies, step.next());
        QVERIFY_RESULT(bench.run(throttled));
        TaskGroup waiting(bench.runtime);
        waiting.spawn(runMany(bench, throttled, 100));
        bench.runtime.run(bench.runtime.sleep(2500ms));
        bench.policies.set(Policies{});
        bench.runtime.run(waiting.join());
        QVERIFY(bench.elapsed() <= 3500ms);
    }
};

ORDERLAB_TEST(tst_throttle, NoApplication, TestThrottle)
#include "tst_throttle.moc"
