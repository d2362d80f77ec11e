#include "bus/embedded_kafka.h"
#include "bus/kafka_bus.h"
#include "contract/bus_contract.h"

#include <QTest>

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
        return m_runtime.run(openEmbeddedKafkaBus(m_runtime, m_journal, m_kafka, kafka, options.retention_events)).value();
    }
    bool findsByTime() const override { return false; }

private:
    std::shared_ptr<EmbeddedKafka> m_kafka;
};

QTEST_GUILESS_MAIN(TestEmbeddedKafka)
#include "tst_embedded_kafka.moc"
