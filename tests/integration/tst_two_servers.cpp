#include "runtime/real_runtime.h"
#include "support/qt_text.h"
#include "support/test_program.h"
#include "test_database.h"

#include <QFile>

#include <csignal>

using namespace orderlab;
using namespace orderlab::test;

/// Servers with a bus in memory each, on one database: each has a log of its own and handles what it publishes.
class TestTwoServers : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_database = std::make_unique<TestDatabase>(m_runtime);
        QVERIFY2(m_database->problem().isEmpty(), m_database->problem());
    }
    void cleanup() { m_database.reset(); }
    void bothWork_andNoPromiseIsToldBroken();
    void killedServer_leavesNothingBehind();
    void aloneOnADatabase_standstillIsTold();

private:
    std::unique_ptr<ChildProgram> serve(const QStringList& options = {}) const
    {
        const QString url = "host='" + m_database->data().path() + "/postgres-socket' dbname=orderlab user=orderlab";
        return std::make_unique<ChildProgram>(QStringList{"serve", "--bus", "memory", "--listen", "127.0.0.1:0",
                                                          "--postgres", url, "--finish-within", "3"}
                                              + options);
    }
    /// Empty, or what went wrong.
    QByteArray order(int count, const char* customer, int port) const
    {
        QFile csv(m_database->data().file("orders.csv"));
        if (!csv.open(QIODevice::WriteOnly) || csv.write(orderFile(count, customer)) <= 0)
            return "cannot write the orders";
        csv.close();
        const Ended imported =
            runProgram({"import", csv.fileName(), "--to", QStringLiteral("http://127.0.0.1:%1").arg(port)});
        return imported.exit_code == 0 ? QByteArray() : imported.describe();
    }
    bool arePaid(int count) const
    {
        return m_database->data().becomes("SELECT count(*) FROM orderlab.orders WHERE status = 'paid'",
                                          QByteArray::number(count), 120);
    }

    RealRuntime m_runtime{2};
    std::unique_ptr<TestDatabase> m_database;
};

namespace {

constexpr const char* neighbour_words = "another server works on this database with a log of its own (a bus in memory)";

} // namespace

void TestTwoServers::bothWork_andNoPromiseIsToldBroken()
{
    const auto one = serve(), other = serve();
    const int port = one->waitForPort(), other_port = other->waitForPort();
    QVERIFY2(port != 0 && other_port != 0, one->err() + other->err());
    for (ChildProgram* server : {one.get(), other.get()})
        QVERIFY2(server->waitForError(neighbour_words, 60), server->err());
    for (int i = 0; i < 3; ++i) {
        const QByteArray problem = order(30, ("one" + QByteArray::number(i) + "-").constData(), port)
                                   + order(30, ("other" + QByteArray::number(i) + "-").constData(), other_port);
        QVERIFY2(problem.isEmpty(), problem);
    }
    QVERIFY2(arePaid(180), one->err() + other->err());
    // Also of what each begins and the other one ends, in its own time.
    const bool is_told = one->waitForError("is broken", 5) || other->waitForError("is broken", 1);
    QVERIFY2(!is_told, one->err() + other->err());
    for (ChildProgram* server : {one.get(), other.get()}) {
        const Ended ended = server->terminate();
        QVERIFY2(ended.exit_code == 0 && ended.err.count(neighbour_words) == 1 && !ended.err.contains("is broken"),
                 ended.describe());
    }
}

/// What it had published and not handled is gone with its log: the one that goes on publishes it again.
void TestTwoServers::killedServer_leavesNothingBehind()
{
    const auto slow = serve({"--throttle", "1"});
    const int port = slow->waitForPort();
    QVERIFY2(port != 0, slow->err());
    const auto other = serve();
    QVERIFY2(other->waitForPort() != 0, other->err());
    QVERIFY2(other->waitForError(neighbour_words, 60), other->err());
    const QByteArray problem = order(60, "customer", port);
    QVERIFY2(problem.isEmpty(), problem);
    QVERIFY2(m_database->data().becomes("SELECT count(*) FROM orderlab.outbox WHERE published_at IS NULL", "0"),
             other->err());
    slow->signal(SIGKILL);
    QVERIFY2(other->waitForError("a server with a log of its own on this database has ended: ", 120), other->err());
    QVERIFY2(arePaid(60), other->err());
    const Ended ended = other->terminate();
    QVERIFY2(ended.exit_code == 0 && !ended.err.contains("is broken"), ended.describe());
}

void TestTwoServers::aloneOnADatabase_standstillIsTold()
{
    const auto server = serve({"--workers", "none"});
    const int port = server->waitForPort();
    QVERIFY2(port != 0, server->err());
    const QByteArray problem = order(1, "customer", port);
    QVERIFY2(problem.isEmpty(), problem);
    QVERIFY2(server->waitForError("all-orders-finish is broken: ", 120), server->err());
    const Ended ended = server->terminate();
    QVERIFY2(ended.exit_code == 0 && !ended.err.contains(neighbour_words), ended.describe());
}

ORDERLAB_TEST(tst_two_servers, QCoreApplication, TestTwoServers)
#include "tst_two_servers.moc"
