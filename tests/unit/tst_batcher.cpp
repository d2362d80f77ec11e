#include "asio/asio_headers.h"
#include "runtime/batcher.h"
#include "runtime/task_group.h"
#include "runtime/virtual_runtime.h"
#include "support/test_program.h"

#include <numeric>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

/// Work that takes 10 ms a batch, doubles numbers and writes down how many came together.
struct Doubling {
    explicit Doubling(std::size_t batch_max = 8, std::size_t batches_max = 1, Batcher<int, int>::Fits fits = {})
        : batcher(
            batch_max, batches_max, [this](std::vector<int> numbers) { return run(std::move(numbers)); },
            std::move(fits))
    {}
    /// A number weighs as much as it is.
    Doubling(std::size_t batch_max, Duration interval, std::size_t large)
        : batcher(
            batch_max, 1, [this](std::vector<int> numbers) { return run(std::move(numbers)); },
            [](const int& number) { return std::size_t(number); }, {&runtime, interval, large})
    {}
    Task<std::vector<int>> run(std::vector<int> numbers)
    {
        sizes.push_back(numbers.size());
        at_once_max = std::max(at_once_max, ++at_once);
        began.push_back(runtime.now());
        sums.push_back(std::accumulate(numbers.begin(), numbers.end(), 0));
        co_await runtime.sleep(10ms);
        --at_once;
        for (int& number : numbers)
            number *= 2;
        co_return numbers;
    }
    static Task<void> ask(Doubling& self, int number)
    {
        const int answer = co_await self.batcher.ask(number);
        self.wrong += answer != number * 2;
        ++self.answered;
    }

    VirtualRuntime runtime{1};
    std::vector<std::size_t> sizes;
    std::vector<TimePoint> began;
    std::vector<int> sums; ///< What each batch weighed.
    int at_once = 0, at_once_max = 0, answered = 0, wrong = 0;
    Batcher<int, int> batcher;
};

} // namespace

class TestBatcher : public QObject {
    Q_OBJECT

private slots:
    void lone_goesAtOnce()
    {
        Doubling doubling;
        const TimePoint before = doubling.runtime.now();
        QCOMPARE(doubling.runtime.run(doubling.batcher.ask(21)), 42);
        QVERIFY(doubling.runtime.now() - before < 11ms);
        QCOMPARE(doubling.sizes, std::vector<std::size_t>{1});
    }

    void concurrent_goTogether_inBoundedBatches()
    {
        Doubling doubling(8);
        TaskGroup askers(doubling.runtime);
        for (int i = 0; i < 100; ++i)
            askers.spawn(Doubling::ask(doubling, i));
        doubling.runtime.run(askers.join());
        QCOMPARE(doubling.answered, 100);
        QCOMPARE(doubling.wrong, 0);
        QVERIFY(doubling.sizes.size() <= 15);
        QVERIFY(*std::max_element(doubling.sizes.begin(), doubling.sizes.end()) == 8);
        QCOMPARE(doubling.at_once_max, 1);
    }

    void several_areUnderWayWhereAllowed()
    {
        Doubling doubling(8, 2);
        TaskGroup askers(doubling.runtime);
        for (int i = 0; i < 100; ++i)
            askers.spawn(Doubling::ask(doubling, i));
        doubling.runtime.run(askers.join());
        QCOMPARE(doubling.answered, 100);
        QCOMPARE(doubling.at_once_max, 2);
    }

    void fits_keepsApartWhatMustNotBeTogether()
    {
        Doubling doubling(8, 1, [](const std::vector<int>& batch, int next) {
            return std::find(batch.begin(), batch.end(), next) == batch.end();
        });
        TaskGroup askers(doubling.runtime);
        for (int i = 0; i < 4; ++i)
            askers.spawn(Doubling::ask(doubling, 7));
        doubling.runtime.run(askers.join());
        QCOMPARE(doubling.sizes, (std::vector<std::size_t>{1, 1, 1, 1}));
        QCOMPARE(doubling.wrong, 0);
    }

    void weight_boundsABatch_butNobodyIsTooHeavy()
    {
        Doubling doubling(10, 0ms, 1'000);
        TaskGroup askers(doubling.runtime);
        for (const int number : {6, 6, 4, 25, 1})
            askers.spawn(Doubling::ask(doubling, number));
        doubling.runtime.run(askers.join());
        QCOMPARE(doubling.answered, 5);
        QCOMPARE(doubling.wrong, 0);
        for (const int sum : doubling.sums)
            QVERIFY2(sum <= 10 || sum == 25, qPrintable(QString::number(sum)));
    }

    /// While there is much, batches begin in their pace and so grow; who comes after a small one waits for nobody.
    void pace_holdsWhatFollowsALargeBatchOnly()
    {
        Doubling doubling(100, 50ms, 10);
        TaskGroup askers(doubling.runtime);
        askers.spawn(Doubling::ask(doubling, 20));
        doubling.runtime.run(askers.join());
        askers.spawn(Doubling::ask(doubling, 1));
        doubling.runtime.run(doubling.runtime.sleep(20ms));
        askers.spawn(Doubling::ask(doubling, 2)); // Comes along with the one that waits.
        doubling.runtime.run(askers.join());
        QCOMPARE(doubling.sizes, (std::vector<std::size_t>{1, 2}));
        QVERIFY(doubling.began[1] - doubling.began[0] >= 50ms);
        QVERIFY(doubling.began[1] - doubling.began[0] < 52ms);
        const TimePoint before = doubling.runtime.now();
        QCOMPARE(doubling.runtime.run(doubling.batcher.ask(3)), 6); // Right after a small one.
        QVERIFY(doubling.runtime.now() - before < 12ms);
    }

    /// Whoever is cancelled ends with the exception once its batch is done; the others have their answers.
    void cancelled_endsAfterItsBatch_othersAreAnswered()
    {
        Doubling doubling;
        TaskGroup cancelled(doubling.runtime), others(doubling.runtime);
        for (int i = 0; i < 5; ++i) {
            cancelled.spawn(Doubling::ask(doubling, i));
            others.spawn(Doubling::ask(doubling, 100 + i));
        }
        doubling.runtime.run(doubling.runtime.sleep(5ms));
        cancelled.cancel();
        doubling.runtime.run(cancelled.join());
        doubling.runtime.run(others.join());
        QCOMPARE(doubling.answered, 5);
        QCOMPARE(doubling.wrong, 0);
        QCOMPARE(doubling.runtime.run(doubling.batcher.ask(1)), 2);
    }
};

ORDERLAB_TEST(tst_batcher, QCoreApplication, TestBatcher)
#include "tst_batcher.moc"
