#include "domain/group_roles.h"
#include "gateway/circuit_breaker.h"
#include "handlers/group_registry.h"
#include "policy_bench.h"
#include "runtime/with_timeout.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "worker/middleware/inbox.h"
#include "worker/middleware/infrastructure_pause.h"
#include "worker/middleware/retry.h"

using namespace orderlab;
using namespace orderlab::test;

namespace {

/// Answers as the script says, a letter a call: a(pproved), d(eclined), r(ejected), f(ailed), s(tore away), h(angs). At
/// its end, approved.
class ScriptedGateway final : public PaymentGateway {
public:
    ScriptedGateway(Runtime& runtime, std::string script) : m_runtime(runtime), m_script(std::move(script)) {}
    Task<Result<ChargeAnswer>> charge(ChargeRequest) override
    {
        const char next = std::size_t(calls) < m_script.size() ? m_script[std::size_t(calls)] : 'a';
        ++calls;
        if (next == 'h')
            co_await m_runtime.sleep(1h);
        if (takes.count() > 0 && (next != 'f' || !fails_at_once))
            co_await m_runtime.sleep(takes);
        switch (next) {
        case 'd': co_return ChargeAnswer{false, {}, "card declined"};
        case 'r': co_return poison;
        case 'f': co_return busy;
        case 's': co_return away;
        default: co_return ChargeAnswer{true, Uuid{5, 6}, {}};
        }
    }
    Task<Result<bool>> refund(OrderId, Uuid) override { co_return false; }
    int calls = 0;
    Duration takes{0};
    bool fails_at_once = false;

private:
    Runtime& m_runtime;
    const std::string m_script;
};

struct BreakerBench : PolicyBench {
    explicit BreakerBench(std::string script, CircuitBreakerOptions options = {}) : live(options)
    {
        auto inner = std::make_unique<ScriptedGateway>(runtime, std::move(script));
        gateway = inner.get();
        breaker = makeCircuitBreaker(runtime, journal, live, std::move(inner));
    }
    Result<ChargeAnswer> charge() { return runtime.run(breaker->charge({})); }
    /// A letter a call as above; '-' for one that was refused by the open circuit.
    std::string charges(int count)
    {
        std::string answers;
        for (int i = 0; i < count; ++i) {
            const int before = gateway->calls;
            const auto answer = charge();
            answers += gateway->calls == before ? '-'
                       : answer                 ? (answer->approved ? 'a' : 'd')
                       : answer.error() == busy ? 'f'
                                                : '?';
        }
        return answers;
    }
    void wait(Duration duration) { runtime.run(runtime.sleep(duration)); }

    Live<CircuitBreakerOptions> live;
    ScriptedGateway* gateway = nullptr;
    std::unique_ptr<PaymentGateway> breaker;
};

CircuitBreakerOptions afterFailures(int in_a_row)
{
    CircuitBreakerOptions options;
    options.failures_in_a_row = in_a_row;
    return options;
}

} // namespace

class TestCircuitBreaker : public QObject {
    Q_OBJECT

private slots:
    void opensAfterFailuresInARow_thenAsksNobody()
    {
        BreakerBench bench("fffff");
        QCOMPARE(bench.charges(8), std::string("fffff---"));
        QCOMPARE(bench.charge().error().code, ErrorCode::Unavailable);
        QCOMPARE(bench.charge().error().retry, Retry::Later);
        QCOMPARE(bench.story(), std::string("circuit-opened "));
    }

    void aSuccessInBetweenStartsTheCountAnew()
    {
        BreakerBench bench("ffffaffffa");
        QCOMPARE(bench.charges(10), std::string("ffffaffffa"));
        QCOMPARE(bench.story(), std::string());
    }

    void opensWhenHalfOfManyFail()
    {
        BreakerBench bench("afafafafafafafafafaf");
        QCOMPARE(bench.charges(22), std::string("afafafafafafafafafaf--"));
        QCOMPARE(bench.story(), std::string("circuit-opened "));
    }

    /// A backlog is paid in batches: the calls of one are under way together, and those that fail answer first.
    void failuresAmongCallsThatRunTogether_areNotInARow()
    {
        std::string script;
        for (int i = 0; i < 200; ++i)
            script += i % 10 == 7 ? 'f' : 'a';
        BreakerBench bench(script);
        bench.gateway->takes = 100ms;
        bench.gateway->fails_at_once = true;
        TaskGroup callers(bench.runtime);
        int failed = 0;
        for (int i = 0; i < 200; ++i)
            callers.spawn([](BreakerBench& b, int& count) -> Task<void> {
                ChargeRequest request;
                const auto answer = co_await b.breaker->charge(std::move(request));
                count += !answer;
            }(bench, failed));
        bench.runtime.run(callers.join());
        QCOMPARE(bench.gateway->calls, 200);
        QCOMPARE(failed, 20);
        QCOMPARE(bench.story(), std::string());
    }

    /// For one that hangs the others wait as long as a call may take, and no longer.
    void failuresBehindACallThatHangs_countAllTheSame()
    {
        BreakerBench bench("hfffff");
        TaskGroup callers(bench.runtime);
        callers.spawn([](BreakerBench& b) -> Task<void> {
            ChargeRequest request;
            co_await b.breaker->charge(std::move(request));
        }(bench));
        bench.wait(1s);
        QCOMPARE(bench.charges(6), std::string("fffff-"));
        callers.cancel();
        bench.runtime.run(callers.join());
        QCOMPARE(bench.story(), std::string("circuit-opened "));
    }

    void anAnswerThatSaysNoIsNoFailure()
    {
        BreakerBench bench("drdrdrdrdrdrdrdrdrdrdrdrdrdr");
        bench.charges(28);
        QCOMPARE(bench.gateway->calls, 28);
        QCOMPARE(bench.story(), std::string());
    }

    void aStoreThatIsAwayIsNotTheGatewaysFailure()
    {
        BreakerBench bench(std::string(30, 's'));
        bench.charges(30);
        QCOMPARE(bench.gateway->calls, 30);
    }

    void aProbeClosesIt()
    {
        BreakerBench bench("ff", afterFailures(2));
        QCOMPARE(bench.charges(3), std::string("ff-"));
        bench.wait(5s);
        QCOMPARE(bench.charges(3), std::string("aaa"));
        QCOMPARE(bench.story(), std::string("circuit-opened circuit-closed "));
    }

    void aProbeThatFailsOpensItAgain()
    {
        BreakerBench bench("fff", afterFailures(2));
        bench.charges(2);
        bench.wait(5s);
        QCOMPARE(bench.charges(2), std::string("f-"));
        bench.wait(4s);
        QCOMPARE(bench.charges(1), std::string("-"));
        bench.wait(1s);
        QCOMPARE(bench.charges(1), std::string("a"));
        QCOMPARE(bench.story(), std::string("circuit-opened circuit-opened circuit-closed "));
    }

    void oneProbeAtATime()
    {
        BreakerBench bench("ff", afterFailures(2));
        bench.charges(2);
        bench.wait(5s);
        bench.gateway->takes = 1s;
        TaskGroup callers(bench.runtime);
        int refused = 0;
        for (int i = 0; i < 10; ++i)
            callers.spawn(chargeOnce(*bench.breaker, refused));
        bench.runtime.run(callers.join());
        QCOMPARE(bench.gateway->calls, 3);
        QCOMPARE(refused, 9);
    }

    void aProbeThatIsGivenUpIsMadeAgain()
    {
        BreakerBench bench("ffh", afterFailures(2));
        bench.charges(2);
        bench.wait(5s);
        QVERIFY(!bench.runtime.run(withTimeout<ChargeAnswer>(bench.runtime, 10ms, "a", bench.breaker->charge({}))));
        QCOMPARE(bench.charges(1), std::string("a"));
        QCOMPARE(bench.story(), std::string("circuit-opened circuit-closed "));
    }

    /// The worker's time limit cancels a call that hangs: that is a failure as well.
    void callsThatAreGivenUpAfterLongCount()
    {
        BreakerBench bench("hhhh", afterFailures(3));
        for (int i = 0; i < 4; ++i)
            QVERIFY(!bench.runtime.run(withTimeout<ChargeAnswer>(bench.runtime, 2s, "a", bench.breaker->charge({}))));
        QCOMPARE(bench.gateway->calls, 3);
        QCOMPARE(bench.story(), std::string("circuit-opened "));
    }

    void callsThatAreGivenUpAtOnceDoNot()
    {
        BreakerBench bench("hhhhhhhh", afterFailures(3));
        for (int i = 0; i < 8; ++i)
            QVERIFY(
                !bench.runtime.run(withTimeout<ChargeAnswer>(bench.runtime, 100ms, "a", bench.breaker->charge({}))));
        QCOMPARE(bench.gateway->calls, 8);
        QCOMPARE(bench.story(), std::string());
    }

    /// A call that began before the circuit opened says nothing about the time after.
    void lateNewsIsNoNews()
    {
        BreakerBench bench("aff", afterFailures(2));
        bench.gateway->takes = 9s;
        TaskGroup callers(bench.runtime);
        int refused = 0;
        callers.spawn(chargeOnce(*bench.breaker, refused)); // Succeeds after 9 s.
        bench.wait(2s);
        bench.gateway->takes = Duration{0};
        bench.charges(2);
        bench.wait(4s);
        bench.gateway->takes = 60s;
        bench.wait(1s);
        callers.spawn(chargeOnce(*bench.breaker, refused)); // The probe, under way when the old answer comes.
        bench.wait(10s);
        QCOMPARE(bench.charges(1), std::string("-"));
        bench.runtime.run(callers.join());
        QCOMPARE(bench.charges(1), std::string("a"));
        QCOMPARE(refused, 0);
    }

    void off()
    {
        CircuitBreakerOptions options = afterFailures(2);
        BreakerBench bench(std::string(9, 'f'), options);
        QCOMPARE(bench.charges(3), std::string("ff-"));
        options.enabled = false;
        bench.live.set(options);
        QCOMPARE(bench.charges(8), std::string("fffffffa"));
        QCOMPARE(bench.story(), std::string("circuit-opened circuit-closed "));
    }

    /// In front of the payment handler: the partition waits as for a database that is away, and the event's attempts
    /// are those the gateway has seen.
    void anOpenCircuitBurnsNoAttempt()
    {
        BreakerBench bench("fff", afterFailures(2));
        const auto handler = findGroupKind(group_roles.pays)->make({*bench.breaker});
        const Next chain =
            withRetry(bench.deps(), bench.policies, bench.topic,
                      withInfrastructurePause(bench.deps(), bench.policies, withInbox(bench.deps(), *handler)));
        QVERIFY_RESULT(bench.run(chain));
        QCOMPARE(bench.gateway->calls, 4);
        QCOMPARE(
            bench.story(),
            std::string("attempt-failed:1 retry-scheduled:1 event-delivered:2 "
                        "circuit-opened attempt-failed:2 retry-scheduled:2 event-delivered:3 "
                        "work-paused circuit-opened work-resumed attempt-failed:3 retry-scheduled:3 event-delivered:4 "
                        "work-paused circuit-closed payment-recorded event-emitted event-handled:4 work-resumed "));
    }

private:
    static Task<void> chargeOnce(PaymentGateway& gateway, int& refused)
    {
        ChargeRequest request;
        const auto answer = co_await gateway.charge(request);
        refused += !answer && answer.error().code == ErrorCode::Unavailable;
    }
};

ORDERLAB_TEST(tst_circuit_breaker, NoApplication, TestCircuitBreaker)
#include "tst_circuit_breaker.moc"
