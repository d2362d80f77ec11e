#include "compare_command.h"
#include "support/kafka_broker.h"
#include "support/test_program.h"

using namespace orderlab::test;

/// `orderlabd compare` with a real broker.
class TestCompareKafka : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem()); }
    void endsAlike_andLeavesNothingBehind();

private:
    KafkaBroker m_broker = KafkaBroker::shared();
};

void TestCompareKafka::endsAlike_andLeavesNothingBehind()
{
    const LostAcks scenario;
    const QStringList arguments{scenario.file(), "--kafka-brokers", QString::fromStdString(m_broker.bootstrap())};
    Compared compared(arguments);
    // Where the machine stands still a member is late, and what it had in hand comes again: that is a difference, too.
    for (int attempt = 1; attempt < 5 && compared.hasOnlyRedeliveries(); ++attempt)
        compared = Compared(arguments);
    QVERIFY2(compared.ended.exit_code == 0, compared.ended.describe());
    QVERIFY(compared.json["kafka"].toObject()["bus"].toString().contains(QString::fromStdString(m_broker.bootstrap())));
    QCOMPARE(compared.count("kafka", "paid"), 30);
    QVERIFY2(compared.count("kafka", "redeliveries") > 0, compared.ended.describe());
    QVERIFY2(!compared.ended.err.contains("are still there"), compared.ended.describe());
    const auto topics = m_broker.tool("topics", {"--list"});
    QVERIFY2(topics && !topics.out.contains("orderlab-compare-"), topics.describe());
    const auto groups = m_broker.tool("consumer-groups", {"--list"});
    QVERIFY2(groups && !groups.out.contains("orderlab-compare-"), groups.describe());
}

ORDERLAB_TEST(tst_compare_kafka, QCoreApplication, TestCompareKafka)
#include "tst_compare_kafka.moc"
