#include "support/test_program.h"
#include "ui/bridge/flow_scenario.h"

#include <QApplication>
#include <QDir>

using namespace orderlab;
using namespace orderlab::ui;

class FlowScenarioTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMember_isRead();
    void badScenario_namesTheMember_data();
    void badScenario_namesTheMember();
    void theExamples_areValid();
    void aMissingFile_isNotFound();
};

void FlowScenarioTest::everyMember_isRead()
{
    const auto scenario = FlowScenario::parse(
        R"({"description": "x", "orders": 30, "rate_per_s": 12.5, "seconds": 60, "customers": ["ada", "user-slow"]})");
    QVERIFY(scenario);
    QCOMPARE(scenario->orders, 30);
    QCOMPARE(scenario->rate_per_s, 12.5);
    QCOMPARE(scenario->seconds, 60.0);
    QCOMPARE(scenario->customers, QStringList({"ada", "user-slow"}));
}

void FlowScenarioTest::badScenario_namesTheMember_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("field");
    QTest::newRow("no JSON") << QByteArray("{") << "scenario";
    QTest::newRow("a list") << QByteArray("[]") << "scenario";
    QTest::newRow("unknown member") << QByteArray(R"({"rate": 5})") << "rate";
    QTest::newRow("no rate") << QByteArray(R"({"rate_per_s": 0})") << "rate_per_s";
    QTest::newRow("text for a number") << QByteArray(R"({"rate_per_s": "5"})") << "rate_per_s";
    QTest::newRow("half an order") << QByteArray(R"({"orders": 1.5})") << "orders";
    QTest::newRow("too many orders") << QByteArray(R"({"orders": 1000000})") << "orders";
    QTest::newRow("negative seconds") << QByteArray(R"({"seconds": -1})") << "seconds";
    QTest::newRow("customers no list") << QByteArray(R"({"customers": "ada"})") << "customers";
    QTest::newRow("empty customer") << QByteArray(R"({"customers": [""]})") << "customers";
    QTest::newRow("number for a customer") << QByteArray(R"({"customers": [7]})") << "customers";
}

void FlowScenarioTest::badScenario_namesTheMember()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, field);
    const auto scenario = FlowScenario::parse(json);
    QVERIFY(!scenario);
    QCOMPARE(QString::fromStdString(scenario.error().field), field);
    QVERIFY(!scenario.error().message.empty());
}

void FlowScenarioTest::theExamples_areValid()
{
    const QDir folder(QStringLiteral(ORDERLAB_SOURCE_DIR "/resources/flows"));
    const QStringList files = folder.entryList({QStringLiteral("*.json")});
    QVERIFY(!files.isEmpty());
    for (const QString& file : files) {
        const auto scenario = FlowScenario::load(folder.filePath(file));
        QVERIFY2(scenario, qPrintable(file + QLatin1String(": ")
                                      + (scenario ? QString() : QString::fromStdString(scenario.error().message))));
    }
}

void FlowScenarioTest::aMissingFile_isNotFound()
{
    const auto scenario = FlowScenario::load(QStringLiteral("/nowhere/at-all.json"));
    QVERIFY(!scenario);
    QCOMPARE(scenario.error().code, ErrorCode::NotFound);
}

ORDERLAB_TEST(tst_flow_scenario, QApplication, FlowScenarioTest)
#include "tst_flow_scenario.moc"
