#include "fault_injection/faulty_bus.h"
#include "faults/fault_plan.h"
#include "memory_bus/memory_bus.h"
#include "runtime/task_group.h"
#include "runtime/virtual_runtime.h"
#include "support/test_program.h"
#include "support/verify_result.h"

using namespace orderlab;

namespace {

class Brokers final : public BrokerFaults {
public:
    explicit Brokers(bool can_throttle = true) : m_can_throttle(can_throttle) {}
    void setConditions(const BrokerConditions&) override {}
    bool canRefuse() const override { return true; }
    bool canThrottle() const override { return m_can_throttle; }

private:
    const bool m_can_throttle;
};

/// Says that it is closed to whatever reaches it.
class ClosedBus final : public EventBus {
public:
    explicit ClosedBus(std::shared_ptr<BrokerFaults> brokers) : m_brokers(std::move(brokers)) {}

    Task<Result<std::vector<Position>>> publish(std::span<const Event>) override { co_return closedError("bus"); }
    bool hasDeadLetterTopic() const override { return true; }
    Task<Result<void>> publishDeadLetters(std::span<const DeadLetterNotice>) override { co_return closedError("bus"); }
    Task<Result<std::shared_ptr<Consumer>>> subscribe(SubscribeOptions) override { co_return closedError("bus"); }
    Task<Result<std::vector<GroupStatus>>> groups() override { co_return closedError("bus"); }
    Task<Result<std::vector<OffsetChange>>> resetGroup(GroupReset) override { co_return closedError("bus"); }
    Task<void> close() override { co_return; }
    std::uint16_t partitionCount() const override { return 1; }
    std::string identity() const override { return {}; }
    std::string description() const override { return "closed"; }
    std::shared_ptr<BrokerFaults> brokerFaults() const override { return m_brokers; }

private:
    const std::shared_ptr<BrokerFaults> m_brokers;
};

enum class Call : std::uint8_t { Publish, PublishDeadLetters, Subscribe };

ErrorCode answerTo(Call call, VirtualRuntime& runtime, EventBus& bus)
{
    switch (call) {
    case Call::Publish: return runtime.run(bus.publish({})).error().code;
    case Call::PublishDeadLetters: return runtime.run(bus.publishDeadLetters({})).error().code;
    case Call::Subscribe: return runtime.run(bus.subscribe({"g", "m", {EventType::OrderCreated}})).error().code;
    }
    return ErrorCode::Internal;
}

} // namespace

/// Which faults of the plan the bus's front answers for itself.
class TestFaultyBus : public QObject {
    Q_OBJECT

private slots:
    /// Brokers that can be made to fail are: the front leaves a fault that lasts to them, whatever is asked.
    void whatLasts_isLeftToTheBrokers_data()
    {
        QTest::addColumn<int>("call");
        QTest::newRow("publish") << int(Call::Publish);
        QTest::newRow("publish dead letters") << int(Call::PublishDeadLetters);
        QTest::newRow("subscribe") << int(Call::Subscribe);
    }
    /// A call is late by what it carries, unless the way itself can be narrow.
    void throttle_isTheFrontsWhereTheWayCannotBeNarrow_data()
    {
        QTest::addColumn<bool>("has_brokers");
        QTest::addColumn<bool>("can_throttle");
        QTest::addColumn<QString>("spec");
        QTest::addColumn<bool>("is_late");
        const QString lasting = "network=throttle,rate=1KB";
        QTest::newRow("no brokers that can fail") << false << false << lasting << true;
        QTest::newRow("brokers, but no way") << true << false << lasting << true;
        QTest::newRow("a way that can be narrow") << true << true << lasting << false;
        QTest::newRow("such a way, for so many calls") << true << true << lasting + ",count=9" << true;
    }
    void throttle_isTheFrontsWhereTheWayCannotBeNarrow()
    {
        QFETCH(bool, has_brokers);
        QFETCH(bool, can_throttle);
        QFETCH(QString, spec);
        QFETCH(bool, is_late);
        VirtualRuntime runtime(7);
        Journal journal;
        FaultPlan plan(runtime, journal);
        auto closed = std::make_shared<ClosedBus>(has_brokers ? std::make_shared<Brokers>(can_throttle) : nullptr);
        const auto bus = makeFaultyBus(runtime, plan, std::move(closed));
        QVERIFY(plan.setFaults({parseFault(spec.toStdString()).value()}));
        std::vector<Event> events(3);
        events[1].data.details = CancellationDetails{std::string(5'000, 'x')};
        DeadLetterNotice letter;
        letter.event = events[1];
        const auto secondsOf = [&](auto task) {
            const TimePoint before = runtime.now();
            const auto answer = runtime.run(std::move(task));
            [&] { QCOMPARE(answer.error().code, ErrorCode::Closed); }(); // It came through.
            return std::chrono::duration<double>(runtime.now() - before).count();
        };
        const double events_s = secondsOf(bus->publish(events));
        const double letters_s = secondsOf(bus->publishDeadLetters(std::span(&letter, 1)));
        const double small_s = secondsOf(bus->subscribe({"g", "m", {EventType::OrderCreated}}));
        QVERIFY2(is_late ? events_s > 5.5 && events_s < 7 : events_s == 0, std::to_string(events_s).c_str());
        QVERIFY2(is_late ? letters_s > 5 && letters_s < 6 : letters_s == 0, std::to_string(letters_s).c_str());
        QCOMPARE(small_s, is_late ? double(FaultPoint::bytes_unknown) / 1'000 : 0);
        QCOMPARE(plan.strikes().front(), std::uint64_t(is_late ? 3 : 0));
    }

    /// A member waits for events from before the fault was set.
    void delivery_isStruckWhenItComes()
    {
        VirtualRuntime runtime(7);
        Journal journal;
        FaultPlan plan(runtime, journal);
        const auto bus = makeFaultyBus(runtime, plan, makeMemoryBus(runtime, journal, {1, 1'000}));
        const auto consumer = runtime.run(bus->subscribe({"g", "m", {EventType::OrderCreated}})).value();
        std::vector<DeliveryBatch> taken;
        const auto take = [](Consumer& from, std::vector<DeliveryBatch>& batches) -> Task<void> {
            auto batch = co_await from.poll(16);
            if (batch)
                batches.push_back(std::move(*batch));
        };
        TaskGroup polls(runtime);
        polls.spawn(take(*consumer, taken));
        runtime.run(runtime.sleep(std::chrono::seconds{1}));
        QVERIFY(plan.setFaults({parseFault("delivery=duplicate").value()}));
        Event event;
        event.id = EventId{Uuid{1, 1}};
        event.order = OrderId{Uuid{2, 1}};
        QVERIFY_RESULT(runtime.run(bus->publish(std::span(&event, 1))));
        runtime.run(polls.join());
        QCOMPARE(plan.strikes().front(), std::uint64_t(1));
        runtime.run(take(*consumer, taken)); // Once more.
        QCOMPARE(taken.size(), std::size_t(2));
        for (const DeliveryBatch& batch : taken)
            QVERIFY(batch.events.size() == 1 && batch.events.front() == event);
        runtime.run(consumer->close());
        runtime.run(bus->close());
    }

    void whatLasts_isLeftToTheBrokers()
    {
        QFETCH(int, call);
        for (const bool has_brokers : {false, true}) {
            VirtualRuntime runtime(7);
            Journal journal;
            FaultPlan plan(runtime, journal);
            auto closed = std::make_shared<ClosedBus>(has_brokers ? std::make_shared<Brokers>() : nullptr);
            const auto bus = makeFaultyBus(runtime, plan, std::move(closed));
            QVERIFY(plan.setFaults({parseFault("broker=away").value()}));
            QCOMPARE(answerTo(Call(call), runtime, *bus), has_brokers ? ErrorCode::Closed : ErrorCode::Unavailable);
            QCOMPARE(plan.strikes().front(), std::uint64_t(has_brokers ? 0 : 1));
        }
    }
};

ORDERLAB_TEST(tst_faulty_bus, QCoreApplication, TestFaultyBus)
#include "tst_faulty_bus.moc"
