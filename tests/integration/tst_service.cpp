#include "child_program.h"
#include "support/test_program.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace orderlab::test;

namespace {

/// What systemd is to a service: a socket that takes its messages.
class Manager {
public:
    Manager()
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const std::string file = path().toStdString();
        file.copy(address.sun_path, sizeof address.sun_path - 1);
        m_is_bound = ::bind(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~Manager() { ::close(m_socket); }
    Manager(const Manager&) = delete;
    Manager& operator=(const Manager&) = delete;

    bool isBound() const { return m_is_bound; }
    QString path() const { return QString::fromStdString((m_folder.path() / "notify").string()); }
    /// Waits until one more message holds `text`.
    bool hears(const QByteArray& text)
    {
        QElapsedTimer waited;
        for (waited.start(); waited.elapsed() < 60'000;) {
            pollfd readable{m_socket, POLLIN, 0};
            if (::poll(&readable, 1, 1'000) <= 0)
                continue;
            char message[4'096];
            const ssize_t size = ::recv(m_socket, message, sizeof message, 0);
            if (size > 0 && QByteArray(message, int(size)).contains(text))
                return true;
        }
        return false;
    }

private:
    ScratchFolder m_folder;
    const int m_socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool m_is_bound = false;
};

const QStringList in_memory{"serve", "--listen", "127.0.0.1:0", "--store", "memory"};

QString urlOf(int port)
{
    return QStringLiteral("http://127.0.0.1:%1").arg(port);
}

} // namespace

/// `serve` as a service: what it tells systemd, and what `status` tells people.
class TestService : public QObject {
    Q_OBJECT

private slots:
    void systemd_isToldOfReadinessWatchdogAndEnd();
    void status_ofAReadyServer();
    void status_ofAServerThatWaits();
    void status_whereNobodyListens();
};

void TestService::systemd_isToldOfReadinessWatchdogAndEnd()
{
    Manager manager;
    QVERIFY(manager.isBound());
    ChildProgram server(in_memory, {{"NOTIFY_SOCKET", manager.path()}, {"WATCHDOG_USEC", "400000"}});
    QVERIFY2(manager.hears("READY=1\nSTATUS=memory, bus memory"), server.err());
    for (int i = 0; i < 3; ++i)
        QVERIFY2(manager.hears("WATCHDOG=1"), server.err());
    server.signal(SIGTERM);
    QVERIFY2(manager.hears("STOPPING=1"), server.err());
    QCOMPARE(server.finish(60).exit_code, 0);
}

void TestService::status_ofAReadyServer()
{
    ChildProgram server(in_memory);
    const QString url = urlOf(server.waitForPort());
    const Ended ended = runProgram({"status", "--to", url});
    QVERIFY2(ended.exit_code == 0 && ended.err.isEmpty(), ended.describe());
    QVERIFY2(ended.out.startsWith(url.toUtf8() + " is ready: "), ended.describe());
    for (const char* part : {"\n  store ", "\n  bus ", "\n  relay ", "\n  orderlab.payment ", "1 member, lag 0"})
        QVERIFY2(ended.out.contains(part), ended.describe());
    const Ended json = runProgram({"status", "--json", "--to", url});
    const QJsonObject all = QJsonDocument::fromJson(json.out).object();
    QCOMPARE(all["readiness"].toObject()["status"].toString(), "ready");
    QCOMPARE(all["groups"].toArray().size(), 4);
}

void TestService::status_ofAServerThatWaits()
{
    const QString nobody = QStringLiteral("127.0.0.1:%1").arg(freePort());
    ChildProgram server(in_memory
                        + QStringList{"--bus", "kafka", "--kafka-brokers", nobody, "--wait-for-services", "600"});
    QVERIFY2(server.waitForError("waiting for services: ", 90), server.err());
    const QByteArray log = server.err();
    const int at = int(log.indexOf("listening: ")) + int(qstrlen("listening: "));
    const QString url = QString::fromUtf8(log.mid(at, log.indexOf('\n', at) - at));
    const Ended ended = runProgram({"status", "--to", url});
    QVERIFY2(ended.exit_code == 1 && ended.out.startsWith(url.toUtf8() + " is not ready\n"), ended.describe());
    QVERIFY2(ended.out.contains("groups: "), ended.describe());
}

void TestService::status_whereNobodyListens()
{
    const QString url = urlOf(freePort());
    const Ended ended = runProgram({"status", "--to", url});
    QVERIFY2(ended.exit_code == 1 && ended.out.isEmpty() && ended.errLines().size() == 1, ended.describe());
    QVERIFY2(ended.err.contains(url.toUtf8()), ended.describe());
}

ORDERLAB_TEST(tst_service, QCoreApplication, TestService)
#include "tst_service.moc"
