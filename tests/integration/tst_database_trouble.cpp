#include "child_program.h"
#include "http/http_client.h"
#include "runtime/real_runtime.h"
#include "store/postgres_connection.h"
#include "support/test_program.h"
#include "test_database.h"

#include <QFile>

using namespace orderlab;
using namespace orderlab::test;

/// The database keeps the real server from working: it says so, part by part, and ends as soon as it is asked to.
class TestDatabaseTrouble : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
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

private:
    QByteArray query(const QString& sql) const { return m_database->data().query(sql); }
    std::string url(const std::string& role) const
    {
        return "host='" + m_database->data().path().toStdString() + "/postgres-socket' dbname=orderlab user=" + role;
    }
    std::unique_ptr<ChildProgram> serve(const QStringList& options) const
    {
        return std::make_unique<ChildProgram>(QStringList{"serve", "--bus", "memory", "--listen", "127.0.0.1:0", "--postgres",
                                                          QString::fromStdString(url("few"))}
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
        auto connection = m_runtime.run(PostgresConnection::openPlain(m_runtime, url("orderlab"), std::chrono::seconds{30}));
        if (!connection)
            return;
        m_held.push_back(std::move(*connection));
    }
}

void TestDatabaseTrouble::workThatCannotBeDone_keepsNobodyFromEnding_data()
{
    QTest::addColumn<QString>("trouble");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("connection limit of the role") << "role" << QByteArray("too many connections for role \"few\"");
    QTest::newRow("others have all connections") << "others" << QByteArray("FATAL:");
    QTest::newRow("the server is stopped") << "stopped" << QByteArray("PostgreSQL: ");
}

void TestDatabaseTrouble::workThatCannotBeDone_keepsNobodyFromEnding()
{
    QFETCH(QString, trouble);
    QFETCH(QByteArray, words);
    constexpr int orders = 60;
    auto server = serve({"--throttle", "1", "--drain-timeout", "3600"}); // A minute's work; an hour to finish what can be finished.
    const int port = server->waitForPort();
    QVERIFY2(port != 0, server->err());
    QFile csv(m_database->data().file("orders.csv"));
    QVERIFY(csv.open(QIODevice::WriteOnly) && csv.write(orderFile(orders)) > 0);
    csv.close();
    const Ended imported = runProgram({"import", csv.fileName(), "--to", QStringLiteral("http://127.0.0.1:%1").arg(port)});
    QVERIFY2(imported.exit_code == 0, imported.describe());

    if (trouble == "stopped") {
        m_database->stop();
    } else {
        if (trouble == "others")
            holdAllConnections();
        else
            query("ALTER ROLE few CONNECTION LIMIT 0");
        auto& admin = m_held.empty() ? m_held.emplace_back(m_runtime.run(PostgresConnection::openPlain(
                                           m_runtime, url("orderlab"), std::chrono::seconds{30})).value())
                                     : m_held.front();
        QVERIFY(m_runtime.run(admin->runScript("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'few'")));
        if (trouble == "others")
            holdAllConnections(); // Those that have become free.
    }
    QVERIFY2(server->waitForError("payment does not work: waits for what it needs: PostgreSQL: ", 60), server->err());
    QVERIFY2(server->err().contains(words), server->err());
    HttpClientOptions options;
    options.host = "127.0.0.1";
    options.port = std::uint16_t(port);
    HttpClient client(m_runtime, options);
    const auto ready = m_runtime.run(client.get("/readyz"));
    QVERIFY(ready && ready->status == 503);
    QVERIFY2(ready->body.find("waits for what it needs: PostgreSQL: ") != std::string::npos, ready->body.c_str());
    const Ended ended = server->terminate(60);
    QVERIFY2(ended.exit_code == 0, ended.describe());
    QVERIFY2(ended.err.count("payment does not work") == 1 && !ended.err.contains(" is broken"), ended.describe());

    if (trouble == "stopped")
        m_database->start();
    m_held.clear();
    query("ALTER ROLE few CONNECTION LIMIT -1");
    server = serve({}); // Nothing is lost.
    const bool are_paid = m_database->data().becomes("SELECT count(*) FROM orderlab.orders WHERE status = 'paid'", QByteArray::number(orders));
    QVERIFY2(are_paid, server->err());
    const Ended again = server->terminate();
    QVERIFY2(again.exit_code == 0, again.describe());
}

ORDERLAB_TEST(tst_database_trouble, QCoreApplication, TestDatabaseTrouble)
#include "tst_database_trouble.moc"
