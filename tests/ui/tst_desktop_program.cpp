#include "../integration/child_program.h"
#include "journal/recording.h"
#include "support/test_program.h"

#include <QApplication>
#include <QImage>
#include <QSet>
#include <QTemporaryDir>
#include <QUrl>

#include <csignal>

using namespace orderlab::test;

class DesktopProgramTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void screenshot_showsOrdersInFlight();
    void badUsage_namesTheOption_data();
    void badUsage_namesTheOption();
    void environment_isReadAndTheFlagWins();
    void world_isALineAFileOrItsUrl();
    void help_exitsWithZero();
    void end_bySignalIsInOrder_data();
    void end_bySignalIsInOrder();
};

void DesktopProgramTest::screenshot_showsOrdersInFlight()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("window.png"));
    const Ended ended =
        runDesktop({"--store", "memory", "--theme", "dark", "--size", "1280x720", "--screenshot", file, "--after", "3",
                    "--scenario", ORDERLAB_SOURCE_DIR "/resources/flows/steady-flow.json"});
    QVERIFY2(ended.exit_code == 0, ended.describe());
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
    QTest::newRow("unknown language") << QStringList{"--language", "tlh"} << "--language";
    QTest::newRow("size without height") << QStringList{"--size", "1280"} << "--size";
    QTest::newRow("tiny size") << QStringList{"--size", "10x10"} << "--size";
    QTest::newRow("no such scenario") << QStringList{"--scenario", "/nowhere.json"} << "--scenario";
    QTest::newRow("after without a picture") << QStringList{"--after", "3"} << "--after";
    QTest::newRow("no such seam") << QStringList{"--fault", "roof=fail"} << "--fault";
    QTest::newRow("impossible probability") << QStringList{"--fault", "gateway-call,probability=7"} << "--fault";
    QTest::newRow("unknown guarantee") << QStringList{"--without", "luck"} << "--without";
    QTest::newRow("no such world") << QStringList{"nowhere"} << "WORLD";
    QTest::newRow("a wrong moment") << QStringList{"orderlab:double-charge?sed=5"} << "WORLD";
    QTest::newRow("a seed of nothing") << QStringList{"--seed", "3"} << "--seed";
    QTest::newRow("a flow in a simulated world")
        << QStringList{"double-charge", "--scenario", ORDERLAB_SOURCE_DIR "/resources/flows/steady-flow.json"}
        << "--scenario";
    QTest::newRow("attached and simulated") << QStringList{"--attach", "--engine", "simulated"} << "--attach";
    QTest::newRow("attached to a world") << QStringList{"--attach", "double-charge"} << "--attach";
    QTest::newRow("unknown panel") << QStringList{"--panel", "kitchen"} << "--panel";
}

void DesktopProgramTest::badUsage_namesTheOption()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    const Ended ended = runDesktop(arguments);
    QVERIFY2(ended.exit_code == 2, ended.describe());
    QVERIFY2(ended.err.contains(named.toUtf8()), ended.describe());
    QList<QByteArray> lines = ended.errLines();
    lines.removeIf([](const QByteArray& line) {
        return line.startsWith("QStandardPaths");
    }); // Of Qt, where XDG_RUNTIME_DIR is missing.
    QVERIFY2(lines.size() == 1, ended.describe());
}

void DesktopProgramTest::environment_isReadAndTheFlagWins()
{
    const Ended bad =
        runDesktop({"--screenshot", "/dev/null"}, {{"ORDERLAB_PARTITIONS", "1000"}, {"ORDERLAB_STORE", "memory"}});
    QVERIFY2(bad.exit_code == 2, bad.describe());
    QVERIFY2(bad.err.toUpper().contains("PARTITIONS"), bad.describe());
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("window.png"));
    const Ended good = runDesktop({"--partitions", "6", "--screenshot", file, "--after", "0.5"},
                                  {{"ORDERLAB_PARTITIONS", "1000"}, {"ORDERLAB_STORE", "memory"}});
    QVERIFY2(good.exit_code == 0, good.describe());
    QVERIFY(!QImage(file).isNull());
}

/// As a desktop hands it over: Exec=orderlab %u.
void DesktopProgramTest::world_isALineAFileOrItsUrl()
{
    const QTemporaryDir folder;
    const QString journal = folder.filePath(QStringLiteral("a run, of Monday.jsonl"));
    QVERIFY((*orderlab::RecordingWriter::create(journal.toStdString(), {}))->close());
    const QString url = QUrl::fromLocalFile(journal).toEncoded();
    QVERIFY(url.contains(QLatin1String("%20")));
    for (const QString& world : {QStringLiteral("orderlab:double-charge?seed=5&e=500"), journal, url}) {
        const QString file = folder.filePath(QStringLiteral("window.png"));
        const Ended ended = runDesktop({"--size", "1280x720", "--screenshot", file, "--after", "2", world});
        QVERIFY2(ended.exit_code == 0, ended.describe());
        QVERIFY(!QImage(file).isNull());
    }
    const Ended gone = runDesktop({url + QStringLiteral(".gone")});
    QVERIFY2(gone.exit_code == 2 && gone.err.contains("a run, of Monday.jsonl.gone"), gone.describe());
}

void DesktopProgramTest::help_exitsWithZero()
{
    const Ended ended = runDesktop({"--help"});
    QVERIFY2(ended.exit_code == 0, ended.describe());
    for (const char* option : {"--screenshot", "--scenario", "--store", "ORDERLAB_PARTITIONS"})
        QVERIFY2(ended.out.contains(option), option);
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
    ChildProgram program(
        {"--store", "postgres", "--postgres", "private", "--data-dir", folder.filePath(QStringLiteral("data"))},
        {{QStringLiteral("XDG_CONFIG_HOME"), folder.filePath(QStringLiteral("config"))}},
        QString::fromUtf8(desktop_program));
    const auto isReady = [&] { // The last line of a server that takes connections.
        QFile file(pid_file);
        return file.open(QIODevice::ReadOnly) && file.readAll().contains("\nready");
    };
    QTRY_VERIFY_WITH_TIMEOUT(isReady(), 60'000);
    program.signal(number);
    const Ended ended = program.finish(60);
    QVERIFY2(ended.exit_code == 0, ended.describe());
    QVERIFY(!QFile::exists(pid_file));
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("config/orderlab/orderlab.conf"))));
}

ORDERLAB_TEST(tst_desktop_program, QApplication, DesktopProgramTest)
#include "tst_desktop_program.moc"
