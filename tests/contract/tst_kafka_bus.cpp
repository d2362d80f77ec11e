#include "bus/kafka_bus.h"
#include "contract/bus_contract.h"
#include "support/kafka_broker.h"

#include <QTest>

using namespace orderlab;
using test::KafkaBroker;

/// On a real broker, which all tests share: each has topics of its own.
class TestKafkaBus : public BusContract {
    Q_OBJECT

protected:
    std::unique_ptr<EventBus> makeBus(Options options) override
    {
        KafkaOptions kafka;
        kafka.brokers = m_broker.bootstrap();
        kafka.topic_prefix = KafkaBroker::freshPrefix();
        kafka.partitions = options.partitions;
        return m_runtime.run(openKafkaBus(m_runtime, m_journal, kafka)).value();
    }

private slots:
    void initTestCase() { QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem().constData()); }

private:
    KafkaBroker m_broker = KafkaBroker::shared();
};

QTEST_GUILESS_MAIN(TestKafkaBus)
#include "tst_kafka_bus.moc"
