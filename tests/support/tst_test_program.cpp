#include "support/test_program.h"
#include "support/verify_result.h"

#include <QProcess>

/// Run by the test below only: what it warns of has to fail it.
class CanaryWarnings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void quiet() {}
    void warning() { qWarning("a warning on purpose"); }
    void critical() { qCritical("a critical message on purpose"); }
    void quietAgain() {}
    void expected()
    {
        QTest::ignoreMessage(QtWarningMsg, "expected");
        qWarning("expected");
    }
    void expectedCritical()
    {
        QTest::ignoreMessage(QtWarningMsg, "expected, too");
        qCritical("expected, too");
    }
    void ofQtItself() { disconnect(this, nullptr, nullptr, "1thereIsNoSuchSlot("); }
    void ofThePlatform() { qWarning("This plugin does not support raise()"); }
    void told() { qInfo("no warning"); }
};

/// Run by the test below only: where a Result is an error, the case ends there and tells its message.
class CanaryResults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void good()
    {
        int evaluated = 0;
        QVERIFY_RESULT((++evaluated, orderlab::Result<int>{7}));
        QCOMPARE(evaluated, 1);
    }
    void bad()
    {
        const orderlab::Result<void> bad = orderlab::invalidArgument("amount", "must be above 0");
        QVERIFY_RESULT(bad);
        QFAIL("it went on");
    }
};

class TestProgramTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void results_failWithTheirMessage_data();
    void results_failWithTheirMessage();
    void warnings_failTheirCase_data();
    void warnings_failTheirCase();

private:
    /// Of the case of `canary` that this row is named after.
    static QByteArray outputOf(QProcess& program, const QString& canary)
    {
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(QCoreApplication::applicationFilePath(), {canary, QLatin1String(QTest::currentDataTag())});
        return program.waitForFinished(60'000) ? program.readAll() : program.errorString().toUtf8();
    }
};

void TestProgramTest::warnings_failTheirCase_data()
{
    QTest::addColumn<int>("failures");
    QTest::newRow("quiet") << 0;
    QTest::newRow("warning") << 1;
    QTest::newRow("critical") << 1;
    QTest::newRow("quietAgain") << 0;
    QTest::newRow("expected") << 0;
    QTest::newRow("expectedCritical") << 0;
    QTest::newRow("ofQtItself") << 1;
    QTest::newRow("ofThePlatform") << 0;
    QTest::newRow("told") << 0;
}

void TestProgramTest::warnings_failTheirCase()
{
    QFETCH(int, failures);
    QProcess program;
    const QByteArray output = outputOf(program, QStringLiteral("canary_warnings"));
    QVERIFY2(output.contains(QByteArray("::") + QTest::currentDataTag() + "()"), output.constData());
    QVERIFY2(program.exitStatus() == QProcess::NormalExit && program.exitCode() == failures, output.constData());
}

void TestProgramTest::results_failWithTheirMessage_data()
{
    QTest::addColumn<int>("failures");
    QTest::newRow("good") << 0;
    QTest::newRow("bad") << 1;
}

void TestProgramTest::results_failWithTheirMessage()
{
    QFETCH(int, failures);
    QProcess program;
    const QByteArray output = outputOf(program, QStringLiteral("canary_results"));
    QVERIFY2(program.exitStatus() == QProcess::NormalExit && program.exitCode() == failures, output.constData());
    QCOMPARE(output.contains("'bad' returned FALSE. (amount: must be above 0)"), failures == 1);
    QVERIFY2(!output.contains("it went on"), output.constData());
}

ORDERLAB_TEST(canary_results, NoApplication, CanaryResults)
ORDERLAB_TEST(canary_warnings, NoApplication, CanaryWarnings)
ORDERLAB_TEST(tst_test_program, QCoreApplication, TestProgramTest)
#include "tst_test_program.moc"
