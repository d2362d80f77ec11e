#include "asio/asio_headers.h"
#include "runtime/real_runtime.h"
#include "runtime/task_group.h"
#include "runtime/virtual_runtime.h"
#include "runtime/with_timeout.h"
#include "support/test_program.h"

#include <set>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

/// Three actors that sleep and draw; returns who did what when.
std::string interleaving(std::uint64_t seed)
{
    VirtualRuntime runtime(seed);
    TaskGroup group(runtime);
    std::string log;
    for (char who : {'a', 'b', 'c'}) {
        group.spawn([](VirtualRuntime& virtual_time, std::string& out, char name) -> Task<void> {
            for (int i = 0; i < 4; ++i) {
                co_await virtual_time.sleep(Duration{std::int64_t(virtual_time.randomBelow(1000))});
                out += name;
                out += std::to_string(toMicros(virtual_time.now()) % 1'000'000) + ' ';
            }
        }(runtime, log, who));
    }
    runtime.run(group.join());
    return log;
}

} // namespace

class TestRuntime : public QObject {
    Q_OBJECT

private slots:
    void virtual_sameSeedSameRun()
    {
        QCOMPARE(interleaving(7), interleaving(7));
        QVERIFY(interleaving(7) != interleaving(8));
    }

    void virtual_readyTasksRunInSeededOrder()
    {
        std::set<std::string> orders;
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            VirtualRuntime runtime(seed);
            TaskGroup group(runtime);
            std::string log;
            for (char who : {'a', 'b', 'c'})
                group.spawn([](std::string& out, char name) -> Task<void> {
                    out += name;
                    co_return;
                }(log, who));
            runtime.run(group.join());
            orders.insert(log);
        }
        QCOMPARE(orders.size(), std::size_t(6));
    }

    void virtual_hoursPassAtOnce()
    {
        VirtualRuntime runtime(1);
        runtime.run(runtime.sleep(100h));
        QCOMPARE(runtime.now() - VirtualRuntime::epoch(), Duration(100h));
    }

    void virtual_stuckIsAnError()
    {
        VirtualRuntime runtime(1);
        Notifier never;
        QVERIFY_EXCEPTION_THROWN(runtime.run(never.wait()), std::logic_error);
    }

    void withTimeout_data()
    {
        QTest::addColumn<bool>("is_virtual");
        QTest::newRow("virtual") << true;
        QTest::newRow("real") << false;
    }
    void withTimeout()
    {
        QFETCH(bool, is_virtual);
        std::unique_ptr<Runtime> runtime;
        if (is_virtual)
            runtime = std::make_unique<VirtualRuntime>(3);
        else
            runtime = std::make_unique<RealRuntime>(2);
        const auto work = [](Runtime& clock, Duration length) -> Task<Result<int>> {
            co_await clock.sleep(length);
            co_return 42;
        };
        QCOMPARE(runtime->run(orderlab::withTimeout<int>(*runtime, 10s, "work", work(*runtime, 1ms))).value(), 42);
        const auto late = runtime->run(orderlab::withTimeout<int>(*runtime, 2ms, "work", work(*runtime, 1h)));
        QCOMPARE(late.error().code, ErrorCode::Timeout);
        QCOMPARE(late.error().message, std::string("work took longer than 2 ms"));
    }

    /// Cancelled waits and sleeps may say so instead of throwing; what is awaited next throws all the same.
    void unlessCancelled_saysSo_andTheNextWaitThrows()
    {
        VirtualRuntime runtime(1);
        Notifier notifier;
        Mutex mutex;
        std::string log;
        const auto wait = [](Runtime& r, Notifier& n, Mutex& m, std::string& out, bool sleeps) -> Task<void> {
            bool in_time = false;
            if (sleeps) {
                in_time = co_await r.sleepUnlessCancelled(1h);
            } else {
                MutexLock lock(m);
                in_time = co_await n.waitUnlessCancelled(lock);
            }
            out += in_time ? "woken " : "cancelled ";
            co_await r.sleep(1ms);
            out += "on ";
        };
        TaskGroup first(runtime);
        first.spawn(wait(runtime, notifier, mutex, log, false));
        runtime.run(runtime.sleep(1ms));
        notifier.notifyAll();
        runtime.run(first.join());
        QCOMPARE(log, std::string("woken on "));
        log.clear();
        TaskGroup second(runtime);
        second.spawn(wait(runtime, notifier, mutex, log, false));
        second.spawn(wait(runtime, notifier, mutex, log, true));
        runtime.run(runtime.sleep(1ms));
        second.cancel();
        runtime.run(second.join());
        QCOMPARE(log, std::string("cancelled cancelled "));
    }

    void joinUnlessCancelled_saysSo_andTheChildrenGoOn()
    {
        VirtualRuntime runtime(1);
        std::string log;
        const auto join = [](TaskGroup& group, std::string& out) -> Task<void> {
            const bool ended = co_await group.joinUnlessCancelled();
            out += ended ? "ended " : "cancelled ";
        };
        TaskGroup children(runtime);
        children.spawn(runtime.sleep(1s));
        TaskGroup waiting(runtime);
        waiting.spawn(join(children, log));
        runtime.run(runtime.sleep(1ms));
        waiting.cancel();
        runtime.run(waiting.join());
        QCOMPARE(log, std::string("cancelled "));
        QCOMPARE(children.size(), std::size_t(1));
        runtime.run(join(children, log));
        QCOMPARE(log, std::string("cancelled ended "));
    }

    void withTimeout_isATimeout_alsoOfWorkThatReturnsWhenCancelled()
    {
        VirtualRuntime runtime(1);
        const auto work = [](Runtime& r) -> Task<Result<int>> {
            const bool in_time = co_await r.sleepUnlessCancelled(1h);
            if (!in_time)
                co_return canceledError();
            co_return 1;
        };
        const auto late = runtime.run(orderlab::withTimeout<int>(runtime, 2ms, "work", work(runtime)));
        QVERIFY(!late && late.error().code == ErrorCode::Timeout);
    }

    /// Cancelled from outside, it is not late, and says so without an exception, whether or not the work throws.
    void withTimeout_cancelledFromOutside_saysSo()
    {
        VirtualRuntime runtime(1);
        const auto returns = [](Runtime& r) -> Task<Result<int>> {
            const bool in_time = co_await r.sleepUnlessCancelled(1h);
            if (!in_time)
                co_return canceledError();
            co_return 1;
        };
        const auto throws = [](Runtime& r) -> Task<Result<int>> {
            co_await r.sleep(1h);
            co_return 1;
        };
        std::string log;
        const auto outer = [](Runtime& r, Task<Result<int>> inner, std::string& out) -> Task<void> {
            const auto result = co_await orderlab::withTimeout<int>(r, 1min, "work", std::move(inner));
            out += name(result.error().code);
            out += ' ';
            co_await r.sleep(1ms); // What is awaited next throws.
            out += "on ";
        };
        TaskGroup group(runtime);
        group.spawn(outer(runtime, returns(runtime), log));
        group.spawn(outer(runtime, throws(runtime), log));
        runtime.run(runtime.sleep(1ms));
        group.cancel();
        runtime.run(group.join());
        QCOMPARE(log, std::string("canceled canceled "));
    }

    void withTimeout_letsOtherExceptionsThrough()
    {
        VirtualRuntime runtime(1);
        const auto work = [](Runtime& r) -> Task<Result<int>> {
            co_await r.sleep(1ms);
            throw std::runtime_error("a bug");
        };
        QVERIFY_THROWS_EXCEPTION(std::runtime_error,
                                 (void)runtime.run(orderlab::withTimeout<int>(runtime, 1min, "work", work(runtime))));
    }

    void taskGroup_cancelEndsSleepersAndWaiters()
    {
        for (int round = 0; round < 200; ++round) {
            RealRuntime runtime(2);
            TaskGroup group(runtime);
            Notifier notifier;
            Mutex mutex;
            std::atomic<int> finished{0};
            for (int i = 0; i < 8; ++i) {
                group.spawn([](Runtime& clock, std::atomic<int>& done) -> Task<void> {
                    co_await clock.sleep(1h);
                    ++done;
                }(runtime, finished));
                group.spawn([](Notifier& wake, Mutex& guard, std::atomic<int>& done) -> Task<void> {
                    MutexLock lock(guard);
                    co_await wake.wait(lock);
                    ++done;
                }(notifier, mutex, finished));
            }
            group.cancel();
            runtime.run(group.join());
            QCOMPARE(finished.load(), 0);
        }
    }

    void notifier_noWakeupIsLost()
    {
        RealRuntime runtime(2);
        TaskGroup group(runtime);
        Notifier notifier;
        Mutex mutex;
        int produced = 0, consumed = 0;
        constexpr int count = 20'000;
        group.spawn([](Notifier& wake, Mutex& guard, int& in, int& out) -> Task<void> {
            while (out < count) {
                MutexLock lock(guard);
                if (in == out) {
                    co_await wake.wait(lock);
                    continue;
                }
                ++out;
            }
        }(notifier, mutex, produced, consumed));
        group.spawn([](Notifier& wake, Mutex& guard, int& in) -> Task<void> {
            for (int i = 0; i < count; ++i) {
                {
                    const MutexLock lock(guard);
                    ++in;
                }
                wake.notifyOne();
            }
            co_return;
        }(notifier, mutex, produced));
        runtime.run(group.join());
        QCOMPARE(consumed, count);
    }

    void uuid_isVersion7OfTheRuntimesTime()
    {
        VirtualRuntime runtime(1);
        const std::string text = runtime.newUuid().toString();
        QCOMPARE(text[14], '7');
        QVERIFY(std::string("89ab").find(text[19]) != std::string::npos);
        QCOMPARE(std::int64_t(runtime.newUuid().high >> 16), toMicros(VirtualRuntime::epoch()) / 1000);
    }
};

ORDERLAB_TEST(tst_runtime, NoApplication, TestRuntime)
#include "tst_runtime.moc"
