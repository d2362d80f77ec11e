#include "asio/asio_headers.h"
#include "runtime/batcher.h"
#include "runtime/task_group.h"
#include "runtime/virtual_runtime.h"
#include "support/test_program.h"

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
    Task<std::vector<int>> run(std::vector<int> numbers)
    {
        sizes.push_back(numbers.size());
        at_once_max = std::max(at_once_max, ++at_once);
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
