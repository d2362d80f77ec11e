#include "contract/bus_contract.h"
#include "kafka/embedded_kafka.h"
#include "kafka/kafka_bus.h"
#include "runtime/with_timeout.h"
#include "support/test_program.h"

#include <set>

using namespace orderlab;

/// Each test has a cluster of its own, which ends with the next.
class TestEmbeddedKafka : public BusContract {
    Q_OBJECT

protected:
    std::unique_ptr<EventBus> makeBus(Options options) override
    {
        m_kafka = EmbeddedKafka::start().value();
        KafkaOptions kafka;
        kafka.partitions = options.partitions;
        kafka.publish_timeout = m_publish_timeout;
        return m_runtime.run(openEmbeddedKafkaBus(m_runtime, m_journal, m_kafka, kafka, options.retention_events))
            .value();
    }

    Result<std::vector<Position>> publishOne(EventBus& bus, std::uint64_t number)
    {
        Event event;
        event.id = EventId{Uuid{1, number}};
        event.order = OrderId{Uuid{2, number}};
        event.data.user_id = "ada";
        event.data.total.amount_minor = 100;
        return m_runtime.run(bus.publish(std::span(&event, 1)));
    }

private slots:
    void init() { m_publish_timeout = std::chrono::minutes{1}; }

    void brokersDown_areUnavailable_andGoOnOnceTheyAreBack()
    {
        m_publish_timeout = std::chrono::seconds{3};
        const auto bus = makeBus({});
        QTRY_VERIFY_WITH_TIMEOUT(publishOne(*bus, 1), 60'000);
        for (int broker = 1; broker <= m_kafka->brokerCount(); ++broker)
            m_kafka->setDown(broker);
        QCOMPARE(publishOne(*bus, 2).error().code, ErrorCode::Unavailable);
        for (int broker = 1; broker <= m_kafka->brokerCount(); ++broker)
            m_kafka->setUp(broker);
        QTRY_VERIFY_WITH_TIMEOUT(publishOne(*bus, 3), 60'000);
        m_runtime.run(bus->close());
    }

    void slowBrokers_makeThePublisherWait()
    {
        const auto bus = makeBus({});
        QVERIFY(publishOne(*bus, 1));
        for (int broker = 1; broker <= m_kafka->brokerCount(); ++broker)
            m_kafka->setDelay(broker, std::chrono::milliseconds{400});
        const TimePoint before = m_runtime.now();
        QVERIFY(publishOne(*bus, 2));
        QVERIFY(m_runtime.now() - before >= std::chrono::milliseconds{350});
        m_runtime.run(bus->close());
    }

    void refusedRequests_areMadeAgain()
    {
        const auto bus = makeBus({});
        m_kafka->refuseProduce(RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, 2);
        const auto published = publishOne(*bus, 1);
        QVERIFY(published);
        QCOMPARE(published->front().offset, std::int64_t(0)); // once
        m_runtime.run(bus->close());
    }

    /// Kafka 4 takes no record whose time is more than an hour ahead of its own.
    void clockThatIsAhead_isBlamed()
    {
        const auto bus = makeBus({});
        m_kafka->refuseProduce(RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP, 1);
        const auto refused = publishOne(*bus, 1);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.find("clock is far ahead") != std::string::npos,
                 refused.error().message.c_str());
        QVERIFY(refused.error().retry == Retry::Later); // Clocks are set right.
        QVERIFY(publishOne(*bus, 1));
        m_runtime.run(bus->close());
    }

    /// Of records on their way together the broker refuses the first and takes the next: librdkafka reports the first
    /// as written, too. It is not in the log, so publish() may not say so.
    void publish_saysWhatTheBrokerHasNotAcknowledged()
    {
        m_kafka = EmbeddedKafka::start().value();
        KafkaOptions options;
        options.partitions = 1;
        options.properties = {{"batch.num.messages", "1"}};
        const auto bus = m_runtime.run(openEmbeddedKafkaBus(m_runtime, m_journal, m_kafka, options, 1'000)).value();
        QVERIFY(publishOne(*bus, 0));
        for (int broker = 1; broker <= m_kafka->brokerCount(); ++broker) // So that all are sent before an answer comes.
            m_kafka->setDelay(broker, std::chrono::seconds{1});
        m_kafka->refuseProduce(RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, 1);
        std::vector<Event> events(4);
        for (std::size_t i = 0; i < events.size(); ++i) {
            events[i].id = EventId{Uuid{1, i + 1}};
            events[i].order = OrderId{Uuid{2, 1}};
            events[i].data.user_id = "ada";
            events[i].data.total.amount_minor = 100;
        }
        const auto published = m_runtime.run(bus->publish(events));
        QVERIFY(!published);
        QCOMPARE(published.error().code, ErrorCode::Unavailable);
        QVERIFY2(published.error().message.find("not the record") != std::string::npos,
                 published.error().message.c_str());
        for (int broker = 1; broker <= m_kafka->brokerCount(); ++broker)
            m_kafka->setDelay(broker, {});
        QVERIFY(m_runtime.run(bus->publish(events))); // As the relay does, then.
        const auto consumer = m_runtime.run(bus->subscribe({"g", "m", {EventType::OrderCreated}})).value();
        std::set<std::uint64_t> received;
        while (received.size() < events.size() + 1) {
            const auto batch = m_runtime.run(
                withTimeout<DeliveryBatch>(m_runtime, std::chrono::minutes{1}, "a poll", consumer->poll(1'000)));
            QVERIFY2(batch, batch ? "" : batch.error().message.c_str());
            for (const Event& event : batch->events)
                received.insert(event.id.low);
            QVERIFY(m_runtime.run(consumer->commit(batch->where, batch->endOffset())));
        }
        m_runtime.run(bus->close());
    }

    /// Nobody reads the topic in this process: its oldest records go, and no publisher waits for readers.
    void deadLetters_neverFillTheCluster()
    {
        const auto bus = makeBus({.partitions = 1});
        DeadLetterNotice letter;
        letter.event.undecodable =
            std::make_shared<const UndecodableRecord>(UndecodableRecord{{}, {}, std::string(200'000, 'x')});
        const std::vector<DeadLetterNotice> letters(8, letter);
        for (int i = 0; i < 10; ++i)
            QVERIFY(m_runtime.run(bus->publishDeadLetters(letters)));
        QVERIFY(publishOne(*bus, 1));
        m_runtime.run(bus->close());
    }

private:
    std::shared_ptr<EmbeddedKafka> m_kafka;
    Duration m_publish_timeout{};
};

ORDERLAB_TEST(tst_embedded_kafka, QCoreApplication, TestEmbeddedKafka)
#include "tst_embedded_kafka.moc"
