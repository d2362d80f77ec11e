#include "compare_command.h"
#include "support/test_program.h"

using namespace orderlab::test;

/// `orderlabd compare` as a person uses it, with Kafka inside the program.
class TestCompareCommand : public QObject {
    Q_OBJECT

private slots:
    void withoutFaults_bothRunsEndAlike();
    void lostAcks_endAlike_andAreCounted();
    void whatARealClockCannotDo_isLeftOut_andToldSo();
    void aRunThatDoesNotBecomeQuiet_isToldSo();
    void aRunThatStandsStill_endsLongBeforeItsTime();
    void withPostgres_theStoresAreGoneAtTheEnd();
    void aBrokerThatIsAway_isAClearError();
    void badUsage_isExplained_data();
    void badUsage_isExplained();
};

void TestCompareCommand::withoutFaults_bothRunsEndAlike()
{
    const Compared compared({"poison"});
    QVERIFY2(compared.ended.exit_code == 0, compared.ended.describe());
    QCOMPARE(compared.json["equal_final_states"].toBool(), true);
    QCOMPARE(compared.json["same_order"].toBool(), true);
    QCOMPARE(compared.count("memory", "orders"), 40);
    QVERIFY(compared.count("memory", "dead_lettered") > 0);
    for (const char* what : {"orders", "paid", "dead_lettered", "dead_letters", "charges", "published"})
        QCOMPARE(compared.count("kafka", what), compared.count("memory", what));
    QVERIFY(compared.json["kafka"].toObject()["bus"].toString().contains("Kafka"));
}

void TestCompareCommand::lostAcks_endAlike_andAreCounted()
{
    const LostAcks scenario;
    const Compared compared({scenario.file()});
    QVERIFY2(compared.ended.exit_code == 0, compared.ended.describe());
    for (const char* run : {"memory", "kafka"}) {
        QVERIFY2(compared.count(run, "redeliveries") > 0, compared.ended.describe());
        QCOMPARE(compared.count(run, "duplicates_skipped"), compared.count(run, "redeliveries"));
        QCOMPARE(compared.count(run, "paid"), 30);
        QCOMPARE(compared.count(run, "charges"), 30);
    }
    QCOMPARE(compared.first("kind"), QString("redelivered"));
    QVERIFY2(compared.first("explanation").endsWith(": same end"), compared.ended.describe());
}

void TestCompareCommand::whatARealClockCannotDo_isLeftOut_andToldSo()
{
    const Compared compared(
        {"happy-day", "--orders", "3", "--fault", "clock=jump", "--fault", "gateway-call=decline,probability=0.5"});
    QVERIFY2(compared.ended.exit_code == 0, compared.ended.describe());
    QStringList left_out;
    for (const auto& what : compared.json["left_out"].toArray())
        left_out << what.toString();
    QCOMPARE(left_out.size(), 3);
    QVERIFY2(left_out[0].startsWith("fault clock=jump: "), qPrintable(left_out[0]));
    QVERIFY2(left_out[1].startsWith("customers who cancel: "), qPrintable(left_out[1]));
    QVERIFY2(left_out[2].startsWith("fault gateway-call=decline,probability=0.5: "), qPrintable(left_out[2]));
}

void TestCompareCommand::aRunThatDoesNotBecomeQuiet_isToldSo()
{
    const Ended ended = runProgram({"compare", "--orders", "3", "--limit", "1s", "--fault", "order-store=fail"}, 100);
    QVERIFY2(ended.exit_code == 1, ended.describe());
    QVERIFY2(ended.out.contains("in memory the run was not over after 1 s: customers are still there"),
             ended.describe());
    QVERIFY2(ended.out.contains("on Kafka the run was not over after 1 s: customers are still there"),
             ended.describe());
}

/// What a worker takes with it when offsets are committed first is not delivered again.
void TestCompareCommand::aRunThatStandsStill_endsLongBeforeItsTime()
{
    const Compared compared({"at-most-once", "--orders", "10", "--fault",
                             "handler-entry=crash,count=1,delay=300ms,group=payment", "--limit", "10min"});
    QVERIFY2(compared.ended.exit_code == 1, compared.ended.describe());
    for (const char* run : {"memory", "kafka"}) {
        const QJsonObject told = compared.json[run].toObject();
        QVERIFY2(told["stands_still"].toBool() && !told["finished"].toBool(), compared.ended.describe());
        QVERIFY2(compared.count(run, "in_flight") > 0, compared.ended.describe());
    }
}

void TestCompareCommand::withPostgres_theStoresAreGoneAtTheEnd()
{
    ScratchFolder scratch;
    const QString folder = QString::fromStdString(scratch.path().string());
    const Ended ended =
        runProgram({"compare", "--json", "--orders", "5", "poison", "--store", "postgres"}, 200, {{"TMPDIR", folder}});
    QVERIFY2(ended.exit_code == 0, ended.describe());
    QVERIFY2(ended.out.contains("PostgreSQL"), ended.describe());
    QVERIFY2(std::filesystem::is_empty(scratch.path()), ended.describe());
}

void TestCompareCommand::aBrokerThatIsAway_isAClearError()
{
    const QString away = QStringLiteral("127.0.0.1:%1").arg(freePort());
    const Ended ended = runProgram({"compare", "--orders", "3", "--kafka-brokers", away}, 100);
    QVERIFY2(ended.exit_code == 1, ended.describe());
    QVERIFY2(ended.err.startsWith("orderlabd: on Kafka: no Kafka broker answers at " + away.toUtf8()),
             ended.describe());
    QVERIFY2(ended.out.isEmpty(), ended.describe());
}

void TestCompareCommand::badUsage_isExplained_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("complaint");
    QTest::newRow("no such scenario") << QStringList{"nonsense"} << QByteArray("nonsense is neither a file nor");
    QTest::newRow("too many orders") << QStringList{"--orders", "200000"}
                                     << QByteArray("--orders: must be at most 100000");
    QTest::newRow("no time") << QStringList{"--limit", "0s"} << QByteArray("--limit: must be from 1s to 60min");
    QTest::newRow("no brokers") << QStringList{"--kafka-brokers", ""}
                                << QByteArray("--kafka-brokers: must name brokers");
    QTest::newRow("another store") << QStringList{"--store", "files"} << QByteArray("--store");
}

void TestCompareCommand::badUsage_isExplained()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, complaint);
    const Ended ended = runProgram(QStringList{"compare"} + arguments);
    QVERIFY2(ended.exit_code == 2 && ended.err.contains(complaint), ended.describe());
}

ORDERLAB_TEST(tst_compare_command, QCoreApplication, TestCompareCommand)
#include "tst_compare_command.moc"
