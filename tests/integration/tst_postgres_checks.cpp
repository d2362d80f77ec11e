#include "runtime/real_runtime.h"
#include "postgres/postgres_store.h"
#include "support/test_program.h"
#include "test_database.h"

#include <QFile>

#include <unistd.h>

using namespace orderlab;
using namespace orderlab::test;

/// A database that cannot do what Orderlab needs is refused at the start: one line that says the way out, and nothing made.
class TestPostgresChecks : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(m_database.problem().isEmpty(), m_database.problem());
        QCOMPARE(open("").message, std::string()); // Makes the schema in the database orderlab.
        for (const char* sql : {"CREATE DATABASE empty", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0",
                                "CREATE ROLE nobody LOGIN", "CREATE ROLE stranger LOGIN", "CREATE ROLE reader LOGIN", "CREATE ROLE lost LOGIN",
                                "ALTER ROLE reader SET default_transaction_read_only = on", "ALTER ROLE lost SET search_path = nowhere",
                                "GRANT USAGE ON SCHEMA orderlab TO stranger", "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA orderlab TO stranger",
                                "CREATE DATABASE lost OWNER lost"})
            m_database.data().query(QString::fromUtf8(sql));
    }
    void database_isRefused_data();
    void database_isRefused();
    void searchPath_doesNotMatter() { QCOMPARE(open("user=lost dbname=lost").message, std::string()); }
    void pgbouncer_data();
    void pgbouncer();
    void standby_isRefused(); // Last: the server is one then.

private:
    /// What opening the store says; no error when it opened. `change` overrides parts of the URL.
    Error open(const std::string& change)
    {
        PostgresOptions options;
        options.url = url(change);
        Journal journal;
        auto opened = m_runtime.run(openPostgresStore(m_runtime, journal, options));
        if (!opened)
            return opened.error();
        m_runtime.run((*opened)->close());
        return {};
    }
    std::string url(const std::string& change) const
    {
        return "host='" + (std::filesystem::path(m_database.data().path().toStdString()) / "postgres-socket").string()
            + "' user=orderlab dbname=orderlab " + change;
    }

    RealRuntime m_runtime{2};
    TestDatabase m_database{m_runtime};
};

void TestPostgresChecks::database_isRefused_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("words");
    QTest::newRow("encoding") << "dbname=latin" << "the database has the encoding LATIN1, and Orderlab needs UTF8: make another database";
    QTest::newRow("read-only") << "user=reader" << "can only be read by the role reader (default_transaction_read_only is on): ALTER DATABASE or";
    QTest::newRow("may not make the schema") << "user=nobody dbname=empty"
                                             << "the role nobody may not make the schema orderlab: GRANT CREATE ON DATABASE \"empty\" TO \"nobody\"";
    QTest::newRow("may not use the schema") << "user=nobody" << "the role nobody may not use the schema orderlab: ";
    QTest::newRow("may not write") << "user=stranger" << "the role stranger may not read and write orderlab.analytics: ";
}

void TestPostgresChecks::database_isRefused()
{
    QFETCH(QString, change);
    QFETCH(QString, words);
    const Error error = open(change.toStdString());
    QCOMPARE(error.code, ErrorCode::Rejected);
    QCOMPARE(error.retry, Retry::Never);
    QCOMPARE(error.field, std::string("postgres"));
    QVERIFY2(QString::fromStdString(error.message).contains(words), error.message.c_str());
    if (change.contains("dbname=")) {
        auto connection = m_runtime.run(PostgresConnection::open(m_runtime, url(change.toStdString()), std::chrono::seconds{30})).value();
        std::vector<PostgresStatement> statements;
        statements.push_back({nullptr, {}, "SELECT count(*) FROM pg_namespace WHERE nspname = 'orderlab'"});
        QCOMPARE(m_runtime.run(connection->run(std::move(statements))).value()[0].number(0, 0), std::int64_t{0});
    }
}

void TestPostgresChecks::pgbouncer_data()
{
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<bool>("works");
    QTest::newRow("transaction") << QByteArray("pool_mode = transaction") << false;
    QTest::newRow("transaction, in turn") << QByteArray("pool_mode = transaction\nserver_round_robin = 1\nmin_pool_size = 3") << false;
    QTest::newRow("statement") << QByteArray("pool_mode = statement") << false;
    QTest::newRow("session") << QByteArray("pool_mode = session\ndefault_pool_size = 40") << true;
}

/// The real PgBouncer before the real server; the program says it once and does not try again.
void TestPostgresChecks::pgbouncer()
{
    QFETCH(QByteArray, settings);
    QFETCH(bool, works);
    const int port = freePort();
    QFile file(m_database.data().file("pgbouncer.ini"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[databases]\norderlab = host=" + (m_database.data().path() + "/postgres-socket").toUtf8() + " user=orderlab dbname=orderlab\n"
               "[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = " + QByteArray::number(port) + "\nunix_socket_dir =\nauth_type = any\n"
               + settings + '\n');
    file.close();
    QStringList arguments{file.fileName()};
    if (::geteuid() == 0)
        arguments = QStringList{"-u", "postgres"} + arguments; // It does not run as root.
    ChildProgram pooler(arguments, {}, QFile::exists("/usr/sbin/pgbouncer") ? "/usr/sbin/pgbouncer" : "pgbouncer");
    QVERIFY2(pooler.waitForError("process up", 30), pooler.err());

    ChildProgram server({"serve", "--bus", "memory", "--listen", "127.0.0.1:0", "--postgres",
                         QStringLiteral("postgresql://orderlab@127.0.0.1:%1/orderlab").arg(port)});
    if (works) {
        QVERIFY2(server.waitForPort() != 0, server.err() + pooler.err());
        const Ended ended = server.terminate();
        QVERIFY2(ended.exit_code == 0, ended.describe());
        return;
    }
    const Ended ended = server.finish(60);
    QVERIFY2(ended.exit_code == 1, ended.describe());
    QVERIFY2(ended.err.contains("give it the address of PostgreSQL itself, or a pool with pool_mode = session"), ended.describe());
    QVERIFY2(ended.err.count("pooler") == 1 && !ended.err.contains("waiting for services"), ended.describe());
}

void TestPostgresChecks::standby_isRefused()
{
    m_database.stop();
    QFile signal(m_database.data().path() + "/postgres/standby.signal");
    QVERIFY(signal.open(QIODevice::WriteOnly));
    signal.close();
    m_database.start();
    QVERIFY2(m_database.problem().isEmpty(), m_database.problem());
    const Error error = open("");
    QCOMPARE(error.code, ErrorCode::Rejected);
    QCOMPARE(error.retry, Retry::Never);
    QVERIFY2(error.message.find(" is a standby, which can only be read: give Orderlab the address of its primary") != std::string::npos,
             error.message.c_str());
}

ORDERLAB_TEST(tst_postgres_checks, QCoreApplication, TestPostgresChecks)
#include "tst_postgres_checks.moc"
