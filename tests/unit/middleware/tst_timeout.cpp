#include "policy_bench.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "worker/middleware/inbox.h"
#include "worker/middleware/timeout.h"

using namespace orderlab;
using namespace orderlab::test;

class TestTimeout : public QObject {
    Q_OBJECT

private slots:
    void cancelsWhatTakesTooLong()
    {
        PolicyBench bench;
        FakeHandler slow(bench.runtime);
        slow.takes = 1h;
        const auto result = bench.run(withTimeoutPolicy(bench.runtime, bench.policies, withInbox(bench.deps(), slow)));
        QCOMPARE(result.error().code, ErrorCode::Timeout);
        QCOMPARE(result.error().retry, Retry::Later);
        QVERIFY(bench.elapsed() < 2s + 100ms);
    }

    void lateEffectsCannotCommit()
    {
        PolicyBench bench;
        FakeHandler slow(bench.runtime);
        slow.takes = 1h;
        const Next step = withTimeoutPolicy(bench.runtime, bench.policies, withInbox(bench.deps(), slow));
        QVERIFY(!bench.run(step));
        bench.runtime.run(bench.runtime.sleep(2h)); // Whatever might still happen has happened.
        QCOMPARE(slow.calls, 1);
        QVERIFY(bench.counts() == StoreCounts{});
        QCOMPARE(bench.story(), std::string());

        slow.takes = 1s;
        QVERIFY_RESULT(bench.run(step)); // Nothing is left of the attempt before: this one does it all.
        QCOMPARE(bench.counts().notifications, 1);
    }

    void theLimitMayBeChangedWhileAtWork()
    {
        PolicyBench bench;
        FakeHandler slow(bench.runtime);
        slow.takes = 5s;
        const Next step = withTimeoutPolicy(bench.runtime, bench.policies, withInbox(bench.deps(), slow));
        QVERIFY(!bench.run(step));
        Policies patient;
        patient.timeout.limit = 10s;
        bench.policies.set(patient);
        QVERIFY_RESULT(bench.run(step));
    }
};

ORDERLAB_TEST(tst_timeout, NoApplication, TestTimeout)
#include "tst_timeout.moc"
