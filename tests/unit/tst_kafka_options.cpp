#include "kafka/kafka_options.h"
#include "support/test_program.h"

using namespace orderlab;

class TestKafkaOptions : public QObject {
    Q_OBJECT

private slots:
    void environment_becomesProperties()
    {
        const char* const environment[] = {"PATH=/bin",
                                           "ORDERLAB_KAFKA_BROKERS=a:1",
                                           "ORDERLAB_KAFKA_SASL_USERNAME=ada",
                                           "ORDERLAB_KAFKA_SASL_PASSWORD=a=b",
                                           "ORDERLAB_KAFKA_=none",
                                           nullptr};
        const std::vector<KafkaProperty> expected{{"sasl.password", "a=b"}, {"sasl.username", "ada"}};
        QVERIFY(kafkaPropertiesOf(environment) == expected);
    }

    void secrets_areNotToBeShown_data()
    {
        QTest::addColumn<QString>("property");
        QTest::addColumn<bool>("secret");
        QTest::newRow("password") << "sasl.password" << true;
        QTest::newRow("key password") << "ssl.key.password" << true;
        QTest::newRow("key") << "ssl.key.pem" << true;
        QTest::newRow("token") << "sasl.oauthbearer.config" << true;
        QTest::newRow("user") << "sasl.username" << false;
        QTest::newRow("protocol") << "security.protocol" << false;
    }
    void secrets_areNotToBeShown()
    {
        QFETCH(QString, property);
        QFETCH(bool, secret);
        QCOMPARE(isSecret(property.toStdString()), secret);
    }

    void validate_refusesWhatPromisesRestOn_data()
    {
        QTest::addColumn<QString>("property");
        for (const char* name :
             {"acks", "enable.idempotence", "enable.auto.commit", "group.id", "partition.assignment.strategy"})
            QTest::newRow(name) << name;
    }
    void validate_refusesWhatPromisesRestOn()
    {
        QFETCH(QString, property);
        KafkaOptions options;
        options.brokers = "localhost:9092";
        QVERIFY(options.validate());
        options.properties = {{property.toStdString(), "1"}};
        const auto refused = options.validate();
        QVERIFY(!refused);
        QVERIFY(refused.error().message.find(property.toStdString()) != std::string::npos);
        QVERIFY(KafkaOptions{}.validate().error().field == "kafka-brokers");
    }
};

ORDERLAB_TEST(tst_kafka_options, NoApplication, TestKafkaOptions)
#include "tst_kafka_options.moc"
