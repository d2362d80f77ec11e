#include "support/test_program.h"

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

class TestProgramTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void warnings_failTheirCase_data();
    void warnings_failTheirCase();
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
    program.setProcessChannelMode(QProcess::MergedChannels);
    program.start(QCoreApplication::applicationFilePath(),
                  {QStringLiteral("canary_warnings"), QLatin1String(QTest::currentDataTag())});
    QVERIFY2(program.waitForFinished(60'000), qPrintable(program.errorString()));
    const QByteArray output = program.readAll();
    QVERIFY2(output.contains(QByteArray("::") + QTest::currentDataTag() + "()"), output.constData());
    QVERIFY2(program.exitStatus() == QProcess::NormalExit && program.exitCode() == failures, output.constData());
}

ORDERLAB_TEST(canary_warnings, NoApplication, CanaryWarnings)
ORDERLAB_TEST(tst_test_program, QCoreApplication, TestProgramTest)
#include "tst_test_program.moc"
