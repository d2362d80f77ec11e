#include "child_program.h"
#include "http/http_client.h"
#include "postgres/postgres_connection.h"
#include "runtime/real_runtime.h"
#include "small_disk.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "test_database.h"

#include <QFile>

#include <unistd.h>

using namespace orderlab;
using namespace orderlab::test;

/// The database keeps the real server from working: it says so, part by part, and ends as soon as it is asked to.
class TestDatabaseTrouble : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        if (QByteArrayView(QTest::currentTestFunction()).startsWith("fullDisk"))
            return; // It has a server of its own.
        m_database = std::make_unique<TestDatabase>(m_runtime);
        QVERIFY2(m_database->problem().isEmpty(), m_database->problem());
        query("CREATE ROLE few LOGIN");
        query("ALTER DATABASE orderlab OWNER TO few");
    }
    void cleanup()
    {
        m_held.clear();
        m_database.reset();
    }
    void workThatCannotBeDone_keepsNobodyFromEnding_data();
    void workThatCannotBeDone_keepsNobodyFromEnding();
    void fullDisk_isTheReason();

private:
    QByteArray query(const QString& sql) const { return m_database->data().query(sql); }
    std::string url(const std::string& role) const
    {
        return "host='" + m_database->data().path().toStdString() + "/postgres-socket' dbname=orderlab user=" + role;
    }
    std::unique_ptr<ChildProgram> serve(const QStringList& options) const
    {
        return std::make_unique<ChildProgram>(QStringList{"serve", "--bus", "memory", "--listen", "127.0.0.1:0",
                                                          "--postgres", QString::fromStdString(url("few"))}
                                              + options);
    }
    /// All connections that the server has, for as long as the test.
    void holdAllConnections();

    RealRuntime m_runtime{2};
    std::unique_ptr<TestDatabase> m_database;
    std::vector<std::unique_ptr<PostgresConnection>> m_held;
};

void TestDatabaseTrouble::holdAllConnections()
{
    constexpr std::size_t connections_max = 2'000;
    while (m_held.size() < connections_max) {
        auto connection =
            m_runtime.run(PostgresConnection::openPlain(m_runtime, url("orderlab"), std::chrono::seconds{30}));
        if (!connection)
            return;
        m_held.push_back(std::move(*connection));
    }
}

void TestDatabaseTrouble::workThatCannotBeDone_keepsNobodyFromEnding_data()
{
    QTest::addColumn<QString>("trouble");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("connection limit of the role") << "role" << QByteArray("too many connections for role");
    QTest::newRow("others have all connections") << "others" << QByteArray("FATAL:");
    QTest::newRow("the server is stopped") << "stopped" << QByteArray("PostgreSQL: ");
}

void TestDatabaseTrouble::workThatCannotBeDone_keepsNobodyFromEnding()
{
    QFETCH(QString, trouble);
    QFETCH(QByteArray, words);
    constexpr int orders = 60;
    auto server = serve(
        {"--throttle", "1", "--drain-timeout", "3600"}); // A minute's work; an hour to finish what can be finished.
    const int port = server->waitForPort();
    QVERIFY2(port != 0, server->err());
    QFile csv(m_database->data().file("orders.csv"));
    QVERIFY(csv.open(QIODevice::WriteOnly) && csv.write(orderFile(orders)) > 0);
    csv.close();
    const Ended imported =
        runProgram({"import", csv.fileName(), "--to", QStringLiteral("http://127.0.0.1:%1").arg(port)});
    QVERIFY2(imported.exit_code == 0, imported.describe());

    if (trouble == "stopped") {
        m_database->stop();
    } else {
        if (trouble == "others")
            holdAllConnections();
        else
            query("ALTER ROLE few CONNECTION LIMIT 0");
        auto& admin =
            m_held.empty() ? m_held.emplace_back(
                m_runtime.run(PostgresConnection::openPlain(m_runtime, url("orderlab"), std::chrono::seconds{30}))
                    .value())
                           : m_held.front();
        QVERIFY_RESULT(m_runtime.run(
            admin->runScript("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'few'")));
        if (trouble == "others")
            holdAllConnections(); // Those that have become free.
    }
    QVERIFY2(server->waitForError("payment does not work: waits for what it needs: PostgreSQL: ", 60), server->err());
    HttpClientOptions options;
    options.host = "127.0.0.1";
    options.port = std::uint16_t(port);
    HttpClient client(m_runtime, options);
    // The first words count as the cause, and may be those of a connection that was cut.
    std::string told;
    const bool says_why = QTest::qWaitFor(
        [&] {
            const auto ready = m_runtime.run(client.get("/readyz"));
            told = ready ? ready->body : ready.error().message;
            return ready && ready->status == 503
                   && told.find("waits for what it needs: PostgreSQL: ") != std::string::npos
                   && (told.find(words.toStdString()) != std::string::npos
                       || told.find("connection") != std::string::npos);
        },
        60'000);
    QVERIFY2(says_why, told.c_str());
    const Ended ended = server->terminate(60);
    QVERIFY2(ended.exit_code == 0, ended.describe());
    QVERIFY2(ended.err.count("payment does not work") == 1 && !ended.err.contains(" is broken"), ended.describe());

    if (trouble == "stopped")
        m_database->start();
    m_held.clear();
    query("ALTER ROLE few CONNECTION LIMIT -1");
    server = serve({}); // Nothing is lost.
    const bool are_paid = m_database->data().becomes("SELECT count(*) FROM orderlab.orders WHERE status = 'paid'",
                                                     QByteArray::number(orders));
    QVERIFY2(are_paid, server->err());
    const Ended again = server->terminate();
    QVERIFY2(again.exit_code == 0, again.describe());
}

/// One line when the store goes away, in the system's words, and one when it is back; the same words where it cannot
/// start.
void TestDatabaseTrouble::fullDisk_isTheReason()
{
    if (::geteuid() != 0)
        QSKIP("only root can mount a small disk");
    const ScratchFolder folder;
    const SmallDisk disk(folder.path().string());
    QVERIFY2(disk.problem().isEmpty(), disk.problem());
    const QString data_dir = QString::fromStdString((folder.path() / "data").string());
    const QStringList arguments{"serve",   "--bus",      "memory", "--store",  "postgres",   "--postgres",
                                "private", "--data-dir", data_dir, "--listen", "127.0.0.1:0"};
    ChildProgram server(arguments);
    const int port = server.waitForPort();
    QVERIFY2(port != 0, server.err());
    disk.fill();
    QVERIFY2(server.waitForError("store does not work: No space left on device", 60), server.err());
    HttpClientOptions options;
    options.host = "127.0.0.1";
    options.port = std::uint16_t(port);
    HttpClient client(m_runtime, options);
    const auto ready = m_runtime.run(client.get("/readyz"));
    QVERIFY(ready && ready->status == 503);
    QVERIFY2(ready->body.find("\"reason\":\"No space left on device") != std::string::npos, ready->body.c_str());
    disk.clear();
    QVERIFY2(server.waitForError("store works again after ", 60), server.err());
    const auto ordered = m_runtime.run(client.post("/orders", orderJson("ada")));
    QVERIFY(ordered && ordered->status == 201);
    const Ended ended = server.terminate();
    QVERIFY2(ended.exit_code == 0 && ended.err.count("store does not work") == 1
                 && ended.err.count("store works again") == 1,
             ended.describe());

    disk.fill();
    const Ended refused = runProgram(QStringList(arguments) + QStringList{"--wait-for-services", "0"}, 120);
    QVERIFY2(refused.exit_code == 1 && refused.err.contains(": No space left on device"), refused.describe());
    disk.clear();
}

ORDERLAB_TEST(tst_database_trouble, QCoreApplication, TestDatabaseTrouble)
#include "tst_database_trouble.moc"
