#include "support/test_program.h"

#include <QApplication>
#include <QImage>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>

#include <csignal>

namespace {

struct Ended {
    int code = -1;
    QString output;
    QString errors;
};

Ended run(const QStringList& arguments, const QMap<QString, QString>& environment = {})
{
    QProcess program;
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    for (auto entry = environment.begin(); entry != environment.end(); ++entry)
        variables.insert(entry.key(), entry.value());
    program.setProcessEnvironment(variables);
    program.start(QStringLiteral(ORDERLAB_BIN_DIR "/orderlab"), arguments);
    if (!program.waitForFinished(60'000))
        return {-2, {}, QStringLiteral("did not end")};
    QString errors = QString::fromUtf8(program.readAllStandardError());
    // Qt's own remark about a missing XDG_RUNTIME_DIR is none of ours.
    QStringList lines = errors.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    lines.removeIf([](const QString& line) { return line.startsWith(QLatin1String("QStandardPaths")); });
    return {program.exitCode(), QString::fromUtf8(program.readAllStandardOutput()), lines.join(QLatin1Char('\n'))};
}

} // namespace

class DesktopProgramTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void screenshot_showsOrdersInFlight();
    void badUsage_namesTheOption_data();
    void badUsage_namesTheOption();
    void environment_isReadAndTheFlagWins();
    void help_exitsWithZero();
    void end_bySignalIsInOrder_data();
    void end_bySignalIsInOrder();
};

void DesktopProgramTest::screenshot_showsOrdersInFlight()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("window.png"));
    const Ended ended = run({"--store", "memory", "--theme", "dark", "--size", "1280x720", "--screenshot", file,
                             "--after", "3", "--scenario", ORDERLAB_SOURCE_DIR "/resources/flows/steady-flow.json"});
    QVERIFY2(ended.code == 0, qPrintable(ended.errors));
    const QImage picture(file);
    QCOMPARE(picture.size(), QSize(1280, 720));
    // Orders have come: paid green, declined orange and the blue of an order are all to be seen.
    QSet<QRgb> colours;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            colours.insert(picture.pixel(x, y) & 0xffffff);
    }
    for (const QRgb wanted : {0x2cc295, 0xf0703a, 0x56b4e9, 0x0e131d})
        QVERIFY2(colours.contains(wanted), qPrintable(QString::number(wanted, 16)));
}

void DesktopProgramTest::badUsage_namesTheOption_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown option") << QStringList{"--shine"} << "--shine";
    QTest::newRow("unknown store") << QStringList{"--store", "paper"} << "--store";
    QTest::newRow("no partitions") << QStringList{"--partitions", "0"} << "--partitions";
    QTest::newRow("unknown worker") << QStringList{"--workers", "payment,nobody"} << "--workers";
    QTest::newRow("unknown theme") << QStringList{"--theme", "pink"} << "--theme";
    QTest::newRow("size without height") << QStringList{"--size", "1280"} << "--size";
    QTest::newRow("tiny size") << QStringList{"--size", "10x10"} << "--size";
    QTest::newRow("no such scenario") << QStringList{"--scenario", "/nowhere.json"} << "--scenario";
    QTest::newRow("after without a picture") << QStringList{"--after", "3"} << "--after";
    QTest::newRow("no such seam") << QStringList{"--fault", "roof=fail"} << "--fault";
    QTest::newRow("impossible probability") << QStringList{"--fault", "gateway-call,probability=7"} << "--fault";
    QTest::newRow("unknown guarantee") << QStringList{"--without", "luck"} << "--without";
    QTest::newRow("unknown panel") << QStringList{"--panel", "kitchen"} << "--panel";
}

void DesktopProgramTest::badUsage_namesTheOption()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    const Ended ended = run(arguments);
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.errors.contains(named), qPrintable(ended.errors));
    QVERIFY2(ended.errors.count(QLatin1Char('\n')) == 0, qPrintable(ended.errors));
}

void DesktopProgramTest::environment_isReadAndTheFlagWins()
{
    const Ended bad =
        run({"--screenshot", "/dev/null"}, {{"ORDERLAB_PARTITIONS", "1000"}, {"ORDERLAB_STORE", "memory"}});
    QCOMPARE(bad.code, 2);
    QVERIFY2(bad.errors.contains(QStringLiteral("PARTITIONS"), Qt::CaseInsensitive), qPrintable(bad.errors));
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("window.png"));
    const Ended good = run({"--partitions", "6", "--screenshot", file, "--after", "0.5"},
                           {{"ORDERLAB_PARTITIONS", "1000"}, {"ORDERLAB_STORE", "memory"}});
    QVERIFY2(good.code == 0, qPrintable(good.errors));
    QVERIFY(!QImage(file).isNull());
}

void DesktopProgramTest::help_exitsWithZero()
{
    const Ended ended = run({"--help"});
    QCOMPARE(ended.code, 0);
    for (const char* option : {"--screenshot", "--scenario", "--store", "ORDERLAB_PARTITIONS"})
        QVERIFY2(ended.output.contains(QLatin1String(option)), option);
}

void DesktopProgramTest::end_bySignalIsInOrder_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGHUP") << SIGHUP;
}

/// As Ctrl+Q: its PostgreSQL ends before it does, and the layout is kept.
void DesktopProgramTest::end_bySignalIsInOrder()
{
    QFETCH(int, number);
    QTemporaryDir folder;
    QFile::setPermissions(folder.path(),
                          QFile::permissions(folder.path()) | QFile::ExeOther); // PostgreSQL is another user.
    const QString pid_file = folder.filePath(QStringLiteral("data/postgres/postmaster.pid"));
    QProcess program;
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    variables.insert(QStringLiteral("XDG_CONFIG_HOME"), folder.filePath(QStringLiteral("config")));
    program.setProcessEnvironment(variables);
    program.setChildProcessModifier([] { ::signal(SIGHUP, SIG_DFL); }); // Whoever runs the tests may ignore it.
    program.start(
        QStringLiteral(ORDERLAB_BIN_DIR "/orderlab"),
        {"--store", "postgres", "--postgres", "private", "--data-dir", folder.filePath(QStringLiteral("data"))});
    const auto isReady = [&] { // The last line of a server that takes connections.
        QFile file(pid_file);
        return file.open(QIODevice::ReadOnly) && file.readAll().contains("\nready");
    };
    QTRY_VERIFY_WITH_TIMEOUT(isReady(), 60'000);
    ::kill(pid_t(program.processId()), number);
    QVERIFY2(program.waitForFinished(60'000), "it does not end");
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
    QVERIFY(!QFile::exists(pid_file));
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("config/orderlab/orderlab.conf"))));
}

ORDERLAB_TEST(tst_desktop_program, QApplication, DesktopProgramTest)
#include "tst_desktop_program.moc"
