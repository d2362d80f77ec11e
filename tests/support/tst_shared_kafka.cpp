#include "support/kafka_broker.h"
#include "support/test_program.h"

using namespace orderlab::test;

/// The broker that ctest starts for all tests that say KAFKA shared, and Kafka's own tools against it.
class TestSharedKafka : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(m_broker.problem().isEmpty(), m_broker.problem()); }
    void isTheOneOfCtest_orOurOwnWhereThereIsNone();
    void tools_seeWhatOthersWrote();

private:
    KafkaBroker m_broker = KafkaBroker::shared();
};

void TestSharedKafka::isTheOneOfCtest_orOurOwnWhereThereIsNone()
{
    QCOMPARE(m_broker.isShared(), qEnvironmentVariableIsSet("ORDERLAB_TEST_KAFKA_DIR"));
    const auto listed = m_broker.kcat({"-L"});
    QVERIFY2(listed && listed.out.contains(m_broker.bootstrap().c_str()), listed.describe());
}

void TestSharedKafka::tools_seeWhatOthersWrote()
{
    const QString prefix = QString::fromStdString(KafkaBroker::freshPrefix()), topic = prefix + "things",
                  group = prefix + "group";
    QVERIFY(KafkaBroker::freshPrefix() != prefix.toStdString());
    auto done = m_broker.tool("topics", {"--create", "--topic", topic, "--partitions", "1"});
    QVERIFY2(done, done.describe());
    done =
        m_broker.kcat({"-P", "-t", topic, "-H", "ce_type=orders.order-created.v1", "-k", "seven"}, "one\ntwo\nthree\n");
    QVERIFY2(done, done.describe());
    const auto read =
        m_broker.tool("console-consumer", {"--topic", topic, "--group", group, "--from-beginning", "--max-messages",
                                           "2", "--timeout-ms", "30000", "--formatter-property", "print.headers=true",
                                           "--formatter-property", "print.key=true"});
    QCOMPARE(read.out,
             QByteArray("ce_type:orders.order-created.v1\tseven\tone\nce_type:orders.order-created.v1\tseven\ttwo\n"));
    const auto described = m_broker.tool("consumer-groups", {"--describe", "--group", group});
    QVERIFY2(described, described.describe());
    const QByteArray line = described.out.mid(described.out.indexOf(topic.toUtf8())).simplified();
    QVERIFY2(line.startsWith(topic.toUtf8() + " 0 2 3 1 "), described.describe()); // Partition, committed, end, lag.
}

ORDERLAB_TEST(tst_shared_kafka, QCoreApplication, TestSharedKafka)
#include "tst_shared_kafka.moc"
