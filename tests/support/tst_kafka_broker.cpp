#include "support/kafka_broker.h"
#include "support/test_program.h"

#include <QDir>
#include <QFile>
#include <QProcess>

#include <csignal>

using namespace orderlab::test;

/// The broker that tests use, and the script behind it, with clients that are not ours.
class TestKafkaBroker : public QObject {
    Q_OBJECT
private slots:
    void oneNode_keepsWhatItHasThroughKillAndRestart();
    void threeNodes_loseNothingWithOneOfThem();
    void owner_takesItsBrokerAlong();
    void script_saysWhatToDo();
    void script_saysWhatToDo_data();
};

namespace {

const QString script = QStringLiteral(ORDERLAB_SOURCE_DIR "/packaging/kafka/kafka");

QByteArrayList numbers(int first, int last)
{
    QByteArrayList lines;
    for (int i = first; i <= last; ++i)
        lines << QByteArray::number(i);
    return lines;
}

KafkaBroker::Outcome produce(const KafkaBroker& broker, const QString& topic, const QByteArrayList& lines)
{
    return broker.kcat({"-P", "-t", topic, "-p", "0", "-X", "acks=all", "-X", "enable.idempotence=true", "-X",
                        "message.timeout.ms=30000"},
                       lines.join('\n') + '\n');
}

/// The command line of the first node.
QByteArray commandOf(const KafkaBroker& broker)
{
    QFile pid(broker.dir() + "/node-1/pid");
    QFile line(pid.open(QIODevice::ReadOnly) ? "/proc/" + QString::fromUtf8(pid.readAll().trimmed()) + "/cmdline"
                                             : QString());
    return line.open(QIODevice::ReadOnly) ? line.readAll().replace('\0', ' ') : QByteArray();
}

QByteArrayList consume(const KafkaBroker& broker, const QString& topic)
{
    return broker.kcat({"-C", "-q", "-e", "-t", topic, "-p", "0", "-o", "beginning"}).out.trimmed().split('\n');
}

} // namespace

void TestKafkaBroker::oneNode_keepsWhatItHasThroughKillAndRestart()
{
    KafkaBroker broker = KafkaBroker::own();
    QVERIFY2(broker.problem().isEmpty(), broker.problem());
    QVERIFY(!broker.isShared());
    QVERIFY2(commandOf(broker).contains("-XX:TieredStopAtLevel=1"), commandOf(broker)); // A broker for tests.
    const auto listed = broker.kcat({"-L"});
    QVERIFY2(listed && listed.out.contains("1 brokers:") && listed.out.contains(broker.bootstrap().c_str()),
             listed.describe());

    const auto created = broker.tool("topics", {"--create", "--topic", "things", "--partitions", "3"});
    QVERIFY2(created, created.describe());
    auto done = produce(broker, "things", numbers(1, 500));
    QVERIFY2(done, done.describe());
    QVERIFY2(broker.kill(), "kill");
    QVERIFY(!broker.kcat({"-L", "-m", "2"}));
    done = broker.start();
    QVERIFY2(done, done.describe());
    QVERIFY2(commandOf(broker).contains("-XX:TieredStopAtLevel=1"), commandOf(broker)); // It is known from before.
    QCOMPARE(consume(broker, "things"), numbers(1, 500));
    QFile cluster(broker.dir() + "/cluster"); // As an earlier version has written it: of a broker that lives long.
    QVERIFY(cluster.open(QIODevice::ReadWrite));
    const QByteArrayList lines = cluster.readAll().split('\n').mid(0, 3);
    QVERIFY(cluster.resize(0) && cluster.seek(0) && cluster.write(lines.join('\n') + '\n') > 0);
    cluster.close();
    done = broker.restart();
    QVERIFY2(done, done.describe());
    QVERIFY2(commandOf(broker).contains("-XX:+UseG1GC"), commandOf(broker));
    done = produce(broker, "things", numbers(501, 600));
    QVERIFY2(done, done.describe());
    QCOMPARE(consume(broker, "things"), numbers(1, 600));
}

void TestKafkaBroker::threeNodes_loseNothingWithOneOfThem()
{
    KafkaBroker broker = KafkaBroker::own(3);
    QVERIFY2(broker.problem().isEmpty(), broker.problem());
    auto done = broker.tool("topics", {"--create", "--topic", "things", "--partitions", "1"});
    QVERIFY2(done, done.describe());
    done = produce(broker, "things", numbers(1, 500));
    QVERIFY2(done, done.describe());

    const QByteArray listed = broker.kcat({"-L", "-t", "things"}).out;
    const int leader = listed.mid(listed.indexOf("leader ") + 7, 1).toInt();
    QVERIFY2(leader >= 1 && leader <= 3, listed);
    done = broker.kill(leader);
    QVERIFY2(done, done.describe());
    done = produce(broker, "things", numbers(501, 600)); // The others have noticed within its time limit.
    QVERIFY2(done, done.describe());
    QCOMPARE(consume(broker, "things"), numbers(1, 600));

    done = broker.start(leader);
    QVERIFY2(done, done.describe());
    QTRY_VERIFY_WITH_TIMEOUT(broker.kcat({"-L", "-t", "things"}).out.contains("3 brokers:"), 120'000);
    QCOMPARE(consume(broker, "things"), numbers(1, 600));
}

void TestKafkaBroker::owner_takesItsBrokerAlong()
{
    ScratchFolder folder;
    const QString dir = QString::fromStdString((folder.path() / "kafka").string());
    QProcess owner;
    owner.start("sleep", {"1000"});
    QVERIFY(owner.waitForStarted());
    QProcess start;
    start.start(script,
                {"start", "--port", "0", "--short-lived", "--dir", dir, "--owner", QString::number(owner.processId())});
    QVERIFY2(start.waitForFinished(200'000) && start.exitCode() == 0, start.readAllStandardError());
    QFile pid_file(dir + "/node-1/pid");
    QVERIFY(pid_file.open(QIODevice::ReadOnly));
    const int pid = pid_file.readAll().trimmed().toInt();
    QVERIFY(pid > 1 && ::kill(pid, 0) == 0);

    ::kill(pid_t(owner.processId()), SIGKILL);
    QVERIFY(owner.waitForFinished());
    QTRY_VERIFY_WITH_TIMEOUT(!QDir(dir).exists(), 120'000);
    QTRY_VERIFY_WITH_TIMEOUT(::kill(pid, 0) != 0, 120'000);
}

void TestKafkaBroker::script_saysWhatToDo_data()
{
    QTest::addColumn<QString>("command"); // %1: the folder
    QTest::addColumn<int>("exit_code");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("no command") << "" << 2 << QByteArray("kafka start [--port N]");
    QTest::newRow("unknown command") << "begin" << 2 << QByteArray("unknown command 'begin'");
    QTest::newRow("unknown option") << "start --prot 1" << 2 << QByteArray("unknown option '--prot'");
    QTest::newRow("two brokers") << "start --brokers 2" << 2 << QByteArray("--brokers is 1 or 3, not '2'");
    QTest::newRow("nothing to stop") << "stop --dir %1/none" << 1
                                     << QByteArray("kafka start' makes one; --dir DIR names another");
    QTest::newRow("status of nothing") << "status --dir %1/none" << 3 << QByteArray("there is none in");
    QTest::newRow("a folder of somebody else, started")
        << "start --port 0 --dir %1/others" << 1 << QByteArray("Name an empty folder");
    QTest::newRow("a folder of somebody else, wiped") << "wipe --dir %1/others" << 1 << QByteArray("stays as it is");
    QTest::newRow("no Java") << "PATH=%1/bin start --dir %1/none" << 1
                             << QByteArray("apt-get install default-jre-headless");
    QTest::newRow("no Maven") << "PATH=%1/bin XDG_CACHE_HOME=%1/cache fetch" << 1
                              << QByteArray("apt-get install maven");
}

void TestKafkaBroker::script_saysWhatToDo()
{
    QFETCH(QString, command);
    QFETCH(int, exit_code);
    QFETCH(QByteArray, says);
    ScratchFolder folder;
    const QString path = QString::fromStdString(folder.path().string());
    QVERIFY(QDir().mkpath(path + "/others") && QDir().mkpath(path + "/bin"));
    QFile other(path + "/others/precious");
    QVERIFY(other.open(QIODevice::WriteOnly));
    for (const char* program : {"bash", "dirname", "sed", "mkdir", "flock", "realpath", "cat", "env"})
        QVERIFY(QFile::link("/usr/bin/" + QString(program), path + "/bin/" + program));

    QStringList words = command.replace("%1", path).split(' ', Qt::SkipEmptyParts);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    while (!words.isEmpty() && words.front().contains('=')) {
        const QString setting = words.takeFirst();
        environment.insert(setting.section('=', 0, 0), setting.section('=', 1));
    }
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(script, words);
    QVERIFY(process.waitForFinished(20'000));
    const QByteArray said = process.readAllStandardError() + process.readAllStandardOutput();
    QVERIFY2(said.contains(says), said);
    QCOMPARE(process.exitCode(), exit_code);
    QVERIFY(other.exists());
}

ORDERLAB_TEST(tst_kafka_broker, QCoreApplication, TestKafkaBroker)
#include "tst_kafka_broker.moc"
