#include "kafka/kafka_ending.h"
#include "runtime/real_runtime.h"
#include "support/test_program.h"

#include <latch>

using namespace orderlab;
using namespace std::chrono_literals;

/// What a client of librdkafka needs to end, and what is left of one that does not.
class TestKafkaEnding : public QObject {
    Q_OBJECT

private slots:
    void whatEndsInTime_isDestroyed()
    {
        const auto held = std::make_shared<int>(1);
        std::atomic<bool> is_done{false};
        QVERIFY(m_runtime.run(endWithin(m_runtime, 1min, [held, &is_done] { is_done = true; })));
        QVERIFY(is_done);
        QCOMPARE(held.use_count(), 1L);
    }

    /// Nor is it a leak to those who look for leaks: they see this program, too.
    void whatIsGivenUp_goesOn_andKeepsWhatItHolds()
    {
        const auto held = std::make_shared<int>(1);
        const auto may_end = std::make_shared<std::latch>(1), has_ended = std::make_shared<std::latch>(1);
        QVERIFY(!m_runtime.run(endWithin(m_runtime, 1ms, [held, may_end, has_ended] {
            may_end->wait();
            has_ended->count_down();
        })));
        may_end->count_down();
        has_ended->wait();
        QCOMPARE(held.use_count(), 2L);
    }

private:
    RealRuntime m_runtime{1};
};

ORDERLAB_TEST(tst_kafka_ending, QCoreApplication, TestKafkaEnding)
#include "tst_kafka_ending.moc"
