#include "bus/kafka_bus.h"
#include "contract/bus_contract.h"
#include "support/kafka_broker.h"

#include <QTest>

using namespace orderlab;
using test::KafkaBroker;

namespace {

/// Gives each test groups of its own on a broker that all share.
class OwnGroups final : public EventBus {
public:
    OwnGroups(std::string prefix, std::unique_ptr<EventBus> inner) : m_prefix(std::move(prefix)), m_inner(std::move(inner)) {}

    Task<Result<std::vector<Position>>> publish(std::span<const Event> events) override { return m_inner->publish(events); }
    Task<Result<std::shared_ptr<Consumer>>> subscribe(SubscribeOptions options) override
    {
        options.group = m_prefix + options.group;
        return m_inner->subscribe(std::move(options));
    }
    bool hasDeadLetterTopic() const override { return m_inner->hasDeadLetterTopic(); }
    Task<Result<void>> publishDeadLetters(std::span<const DeadLetterNotice> letters) override
    {
        return m_inner->publishDeadLetters(letters);
    }
    Task<Result<std::vector<GroupStatus>>> groups() override
    {
        auto statuses = co_await m_inner->groups();
        if (!statuses)
            co_return statuses;
        std::erase_if(*statuses, [&](const GroupStatus& status) { return !status.group.starts_with(m_prefix); });
        for (GroupStatus& status : *statuses)
            status.group.erase(0, m_prefix.size());
        co_return statuses;
    }
    Task<Result<std::vector<OffsetChange>>> resetGroup(GroupReset reset) override
    {
        reset.group = m_prefix + reset.group;
        return m_inner->resetGroup(std::move(reset));
    }
    Task<void> close() override { return m_inner->close(); }
    std::uint16_t partitionCount() const override { return m_inner->partitionCount(); }
    std::string identity() const override { return m_inner->identity(); }
    std::string description() const override { return m_inner->description(); }

private:
    const std::string m_prefix;
    const std::unique_ptr<EventBus> m_inner;
};

} // namespace

/// On a real broker, which all tests share: each has topics and groups of its own.
class TestKafkaBus : public BusContract {
    Q_OBJECT

protected:
    std::unique_ptr<EventBus> makeBus(Options options) override
    {
        KafkaOptions kafka;
        kafka.brokers = m_broker.bootstrap();
        kafka.topic_prefix = KafkaBroker::freshPrefix();
        kafka.partitions = options.partitions;
        auto bus = m_runtime.run(openKafkaBus(m_runtime, m_journal, kafka)).value();
        return std::make_unique<OwnGroups>(kafka.topic_prefix, std::move(bus));
    }
    /// The broker keeps what is published, for days.
    bool publisherWaitsWhenFull() const override { return false; }

private slots:
    void initTestCase() { QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem().constData()); }

private:
    KafkaBroker m_broker = KafkaBroker::shared();
};

QTEST_GUILESS_MAIN(TestKafkaBus)
#include "tst_kafka_bus.moc"
