#include "postgres/postgres_store.h"
#include "runtime/real_runtime.h"
#include "support/test_program.h"
#include "test_database.h"

#include <QFile>

#include <unistd.h>

using namespace orderlab;
using namespace orderlab::test;

/// A database that cannot do what Orderlab needs is refused at the start: one line that says the way out, and nothing
/// made.
class TestPostgresChecks : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY2(m_database.problem().isEmpty(), m_database.problem());
        QCOMPARE(open("").message, std::string()); // Makes the schema in the database orderlab.
        for (const char* sql :
             {"CREATE DATABASE empty", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0",
              "CREATE ROLE nobody LOGIN", "CREATE ROLE stranger LOGIN", "CREATE ROLE reader LOGIN",
              "CREATE ROLE lost LOGIN", "ALTER ROLE reader SET default_transaction_read_only = on",
              "ALTER ROLE lost SET search_path = nowhere", "GRANT USAGE ON SCHEMA orderlab TO stranger",
              "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA orderlab TO stranger", "CREATE DATABASE lost OWNER lost",
              "CREATE ROLE keyed LOGIN PASSWORD 'right'", "CREATE ROLE barred LOGIN", "CREATE ROLE closed NOLOGIN",
              "CREATE ROLE single LOGIN CONNECTION LIMIT 0", "CREATE DATABASE guarded",
              "REVOKE CONNECT ON DATABASE guarded FROM PUBLIC", "CREATE DATABASE shut ALLOW_CONNECTIONS false"})
            m_database.data().query(QString::fromUtf8(sql));
        QFile rules(m_database.data().path() + "/postgres/pg_hba.conf");
        QVERIFY(rules.open(QIODevice::ReadWrite));
        const QByteArray others = rules.readAll();
        QVERIFY(rules.seek(0) && rules.write("local all keyed scram-sha-256\nlocal all barred reject\n" + others) > 0);
        rules.close();
        m_database.data().query(QStringLiteral("SELECT pg_reload_conf()"));
    }
    void database_isRefused_data();
    void database_isRefused();
    void connecting_isRefused_data();
    void connecting_isRefused();
    void connecting_isTriedAgain_data();
    void connecting_isTriedAgain();
    void connecting_isRefusedOnceByTheProgram();
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
        return "host='" + socketFolder() + "' user=orderlab dbname=orderlab " + change;
    }
    std::string socketFolder() const
    {
        return (std::filesystem::path(m_database.data().path().toStdString()) / "postgres-socket").string();
    }
    std::string withSocket(QString change) const
    {
        return change.replace("SOCKET", QString::fromStdString(socketFolder())).toStdString();
    }

    RealRuntime m_runtime{2};
    TestDatabase m_database{m_runtime};
};

void TestPostgresChecks::database_isRefused_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("words");
    QTest::newRow("encoding") << "dbname=latin"
                              << "the database has the encoding LATIN1, and Orderlab needs UTF8: make another database";
    QTest::newRow("read-only")
        << "user=reader"
        << "can only be read by the role reader (default_transaction_read_only is on): ALTER DATABASE or";
    QTest::newRow("may not make the schema")
        << "user=nobody dbname=empty"
        << "the role nobody may not make the schema orderlab: GRANT CREATE ON DATABASE \"empty\" TO \"nobody\"";
    QTest::newRow("may not use the schema") << "user=nobody"
                                            << "the role nobody may not use the schema orderlab: ";
    QTest::newRow("may not write") << "user=stranger"
                                   << "the role stranger may not read and write orderlab.analytics: ";
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
        auto connection =
            m_runtime.run(PostgresConnection::open(m_runtime, url(change.toStdString()), std::chrono::seconds{30}))
                .value();
        std::vector<PostgresStatement> statements;
        statements.push_back({nullptr, {}, "SELECT count(*) FROM pg_namespace WHERE nspname = 'orderlab'"});
        QCOMPARE(m_runtime.run(connection->run(std::move(statements))).value()[0].number(0, 0), std::int64_t{0});
    }
}

void TestPostgresChecks::connecting_isRefused_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("way_out");
    QTest::newRow("no such database") << "dbname=nowhere"
                                      << "FATAL:  database \"nowhere\" does not exist"
                                      << "create it (createdb nowhere)";
    QTest::newRow("wrong password") << "user=keyed password=wrong"
                                    << "FATAL:  password authentication failed for user \"keyed\""
                                    << "check the user and the password in the URL";
    QTest::newRow("no password") << "user=keyed"
                                 << "no password supplied"
                                 << "give one in the URL, in PGPASSWORD or in ~/.pgpass";
    QTest::newRow("may not log in") << "user=closed"
                                    << "FATAL:  role \"closed\" is not permitted to log in"
                                    << "CREATE ROLE \"closed\" LOGIN";
    QTest::newRow("no such role") << "user=unknown"
                                  << "FATAL:  role \"unknown\" does not exist"
                                  << "CREATE ROLE \"unknown\" LOGIN";
    QTest::newRow("rejected by pg_hba.conf") << "user=barred"
                                             << "FATAL:  pg_hba.conf rejects connection for host \"[local]\", user "
                                                "\"barred\", database \"orderlab\", no encryption"
                                             << "let barred in from here with a line";
    QTest::newRow("may not connect") << "user=nobody dbname=guarded"
                                     << "FATAL:  permission denied for database \"guarded\""
                                     << "GRANT CONNECT ON DATABASE \"guarded\" TO \"nobody\"";
    QTest::newRow("takes no connections") << "dbname=shut"
                                          << "FATAL:  database \"shut\" is not currently accepting connections"
                                          << "ALTER DATABASE \"shut\" ALLOW_CONNECTIONS true";
    QTest::newRow("unknown option") << "options='-c no_such_thing=1'"
                                    << "FATAL:  unrecognized configuration parameter \"no_such_thing\""
                                    << "check the options in the URL";
    QTest::newRow("wrong value of an option") << "options='-c work_mem=much'"
                                              << "FATAL:  invalid value for parameter \"work_mem\""
                                              << "check the options in the URL";
    QTest::newRow("one of several hosts, the first") << "host=SOCKET,/nowhere user=unknown"
                                                     << "FATAL:  role \"unknown\" does not exist"
                                                     << "CREATE ROLE \"unknown\" LOGIN";
}

/// What waiting cannot mend: the server's sentence and the way out. The same is an outage for what connects while the
/// system runs.
void TestPostgresChecks::connecting_isRefused()
{
    QFETCH(QString, change);
    QFETCH(QString, words);
    QFETCH(QString, way_out);
    const Error error = open(withSocket(change));
    QCOMPARE(error.code, ErrorCode::Rejected);
    QCOMPARE(error.retry, Retry::Never);
    QCOMPARE(error.field, std::string("postgres"));
    const QString message = QString::fromStdString(error.message);
    QVERIFY2(message.startsWith("PostgreSQL: ") && message.contains(words + ": ") && message.contains(way_out),
             error.message.c_str());
    QVERIFY2(!message.contains("wrong") || !change.contains("password=wrong"),
             error.message.c_str()); // No secret is told.
    const auto running =
        m_runtime.run(PostgresConnection::open(m_runtime, url(withSocket(change)), std::chrono::seconds{30}));
    QVERIFY(!running);
    QCOMPARE(running.error().code, ErrorCode::Unavailable);
    QCOMPARE(running.error().retry, Retry::Later);
    QCOMPARE(running.error().message, error.message);
}

void TestPostgresChecks::connecting_isTriedAgain_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("words");
    QTest::newRow("connection limit of the role") << "user=single"
                                                  << "FATAL:  too many connections for role \"single\"";
    QTest::newRow("nobody listens") << "host=127.0.0.1 port=1"
                                    << "Connection refused";
    QTest::newRow("no socket") << "host=/nowhere"
                               << "No such file or directory";
    QTest::newRow("one of several hosts, not the first") << "host=/nowhere,SOCKET user=unknown"
                                                         << "No such file or directory";
}

void TestPostgresChecks::connecting_isTriedAgain()
{
    QFETCH(QString, change);
    QFETCH(QString, words);
    const Error error = open(withSocket(change));
    QCOMPARE(error.code, ErrorCode::Unavailable);
    QCOMPARE(error.retry, Retry::Later);
    QVERIFY2(QString::fromStdString(error.message).contains(words), error.message.c_str());
}

void TestPostgresChecks::connecting_isRefusedOnceByTheProgram()
{
    for (const char* change : {"dbname=nowhere", "user=keyed password=wrong"}) {
        ChildProgram server(
            {"serve", "--bus", "memory", "--listen", "127.0.0.1:0", "--postgres", QString::fromStdString(url(change))});
        const Ended ended = server.finish(60);
        QVERIFY2(ended.exit_code == 1, ended.describe());
        QVERIFY2(ended.err.count("FATAL:  ") == 1 && !ended.err.contains("waiting for services"), ended.describe());
        QVERIFY2(ended.errLines().constLast().startsWith("orderlabd: --postgres: PostgreSQL: connection to server"),
                 ended.describe());
    }
}

void TestPostgresChecks::pgbouncer_data()
{
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<QString>("who");
    QTest::addColumn<QByteArray>("words"); // Of the refusal; none: it works.
    const QString us = "user=orderlab dbname=orderlab";
    const QByteArray pooled = "give it the address of PostgreSQL itself, or a pool with pool_mode = session";
    QTest::newRow("transaction") << QByteArray("pool_mode = transaction\nauth_type = any") << us << pooled;
    QTest::newRow("transaction, in turn")
        << QByteArray("pool_mode = transaction\nserver_round_robin = 1\nmin_pool_size = 3\nauth_type = any") << us
        << pooled;
    QTest::newRow("statement") << QByteArray("pool_mode = statement\nauth_type = any") << us << pooled;
    QTest::newRow("session") << QByteArray("pool_mode = session\ndefault_pool_size = 40\nauth_type = any") << us
                             << QByteArray();
    QTest::newRow("no such database") << QByteArray("auth_type = trust") << "user=orderlab dbname=nowhere"
                                      << QByteArray(
                                             "no such database: nowhere: add nowhere to PgBouncer's [databases]");
    QTest::newRow("no such user") << QByteArray("auth_type = trust") << "user=stranger dbname=orderlab"
                                  << QByteArray("authentication failed: check the user and the password in the URL");
}

/// The real PgBouncer before the real server; the program says it once and does not try again.
void TestPostgresChecks::pgbouncer()
{
    QFETCH(QByteArray, settings);
    QFETCH(QString, who);
    QFETCH(QByteArray, words);
    const int port = freePort();
    QFile users(m_database.data().file("pgbouncer.users"));
    QVERIFY(users.open(QIODevice::WriteOnly) && users.write("\"orderlab\" \"\"\n") > 0);
    users.close();
    QFile file(m_database.data().file("pgbouncer.ini"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[databases]\norderlab = host=" + (m_database.data().path() + "/postgres-socket").toUtf8()
               + " user=orderlab dbname=orderlab\n"
                 "[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = "
               + QByteArray::number(port) + "\nunix_socket_dir =\nauth_file = " + users.fileName().toUtf8() + '\n'
               + settings + '\n');
    file.close();
    QStringList arguments{file.fileName()};
    if (::geteuid() == 0)
        arguments = QStringList{"-u", "postgres"} + arguments; // It does not run as root.
    ChildProgram pooler(arguments, {}, QFile::exists("/usr/sbin/pgbouncer") ? "/usr/sbin/pgbouncer" : "pgbouncer");
    QVERIFY2(pooler.waitForError("process up", 30), pooler.err());

    ChildProgram server({"serve", "--bus", "memory", "--listen", "127.0.0.1:0", "--postgres",
                         QStringLiteral("host=127.0.0.1 port=%1 ").arg(port) + who});
    if (words.isEmpty()) {
        QVERIFY2(server.waitForPort() != 0, server.err() + pooler.err());
        const Ended ended = server.terminate();
        QVERIFY2(ended.exit_code == 0, ended.describe());
        return;
    }
    const Ended ended = server.finish(60);
    QVERIFY2(ended.exit_code == 1, ended.describe());
    QVERIFY2(ended.err.contains(words), ended.describe());
    QVERIFY2(ended.errLines().size() == 2 && !ended.err.contains("waiting for services"), ended.describe());
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
    QVERIFY2(error.message.find(" is a standby, which can only be read: give Orderlab the address of its primary")
                 != std::string::npos,
             error.message.c_str());
}

ORDERLAB_TEST(tst_postgres_checks, QCoreApplication, TestPostgresChecks)
#include "tst_postgres_checks.moc"
