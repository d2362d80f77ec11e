#include "contract/store_contract.h"
#include "integration/test_database.h"
#include "postgres/postgres_migrations.h"
#include "postgres/postgres_roles.h"
#include "postgres/postgres_store.h"
#include "runtime/real_runtime.h"
#include "support/test_program.h"
#include "support/verify_result.h"

namespace orderlab::test {

using namespace std::chrono_literals;

namespace {

/// `user` at a database of this server.
std::string urlFor(const TestDatabase& server, const std::string& user, const std::string& database = "orderlab")
{
    const auto sockets = std::filesystem::path(server.data().path().toStdString()) / "postgres-socket";
    return "host='" + sockets.string() + "' user=" + user + " dbname=" + database;
}

PostgresOptions optionsFor(std::string url)
{
    PostgresOptions options;
    options.url = std::move(url);
    return options;
}

Task<void> openInto(Runtime& runtime, Journal& journal, PostgresOptions options, Result<std::shared_ptr<Store>>& store)
{
    auto opened = co_await openPostgresStore(runtime, journal, std::move(options));
    store = std::move(opened);
}

} // namespace

/// What every store promises, for a user who has orderlab_app and nothing else.
class TestPostgresAsApp : public StoreContract {
    Q_OBJECT

public:
    Runtime& runtime() override { return m_runtime; }
    std::shared_ptr<Store> openEmptyStore(Journal& journal) override
    {
        const std::string admin = urlFor(m_database, "orderlab");
        resultOf(m_runtime, admin, "DROP SCHEMA IF EXISTS orderlab CASCADE");
        auto made = get(openPostgresStore(m_runtime, journal, optionsFor(admin)));
        if (!made)
            return nullptr;
        m_runtime.run(made->close());
        resultOf(m_runtime, admin, "CREATE ROLE shop LOGIN IN ROLE orderlab_app"); // It may be there.
        PostgresOptions options;
        options.url = urlFor(m_database, "shop");
        options.outbox.recheck = 1h;
        return get(openPostgresStore(m_runtime, journal, options));
    }

private:
    RealRuntime m_runtime{2};
    TestDatabase m_database{m_runtime};
};

/// The roles of migration 0013, in a cluster that begins without them.
class TestPostgresRoles : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void withoutCreaterole_theServerRunsAndSaysWhatIsLeft();
    void aUserWithCreaterole_completesThem();
    void severalDatabasesAtOnce_shareThem();
    void membership_isEnough_data();
    void membership_isEnough();
    void readers_seeEverything();
    void oldSchema_isChangedByMembersOfTheOwnerOnly();
    void dump_keepsThem();

private:
    std::string url(const std::string& user, const std::string& database = "orderlab") const
    {
        return urlFor(m_database, user, database);
    }
    std::string ask(const std::string& sql, const std::string& user = "orderlab",
                    const std::string& database = "orderlab")
    {
        return resultOf(m_runtime, url(user, database), sql);
    }
    /// What opening the store says: an error, or what it tells the log, or nothing.
    std::string open(const std::string& user, const std::string& database = "orderlab")
    {
        std::string said;
        Journal journal;
        PostgresOptions options;
        options.url = url(user, database);
        options.on_notice = [&said](const std::string& notice) { said += notice; };
        auto opened = m_runtime.run(openPostgresStore(m_runtime, journal, options));
        if (!opened)
            return "error: " + opened.error().message;
        m_runtime.run((*opened)->close());
        return said;
    }
    /// Owners of the schema and of what is in it.
    std::string owners(const std::string& database)
    {
        return ask("SELECT string_agg(DISTINCT pg_get_userbyid(o), ', ') FROM (SELECT relowner FROM pg_class"
                   " WHERE relnamespace = 'orderlab'::regnamespace AND relkind IN ('r', 'v', 'S')"
                   " UNION ALL SELECT proowner FROM pg_proc WHERE pronamespace = 'orderlab'::regnamespace"
                   " UNION ALL SELECT typowner FROM pg_type WHERE typnamespace = 'orderlab'::regnamespace"
                   " UNION ALL SELECT nspowner FROM pg_namespace WHERE nspname = 'orderlab') owned (o)",
                   "orderlab", database);
    }

    RealRuntime m_runtime{2};
    TestDatabase m_database{m_runtime};
};

void TestPostgresRoles::initTestCase()
{
    QVERIFY2(m_database.problem().isEmpty(), m_database.problem());
    for (const char* sql : {"CREATE ROLE plain LOGIN", "CREATE DATABASE managed OWNER plain",
                            "CREATE ROLE maker LOGIN CREATEROLE", "CREATE DATABASE made OWNER maker"})
        QCOMPARE(ask(sql), std::string());
}

void TestPostgresRoles::withoutCreaterole_theServerRunsAndSaysWhatIsLeft()
{
    QCOMPARE(
        open("plain", "managed"),
        std::string("the database roles for less privileged users are not complete (there is no role "
                    "orderlab_owner; there is no role orderlab_app; there is no role orderlab_read), which changes "
                    "nothing for this server: an administrator may run what `orderlabd roles` prints"));
    QCOMPARE(open("plain", "managed"), std::string()); // Said once.
    QCOMPARE(owners("managed"), std::string("plain"));
    // The administrator's part, as printed: twice does no harm, and the owner before may go on.
    const Ended printed = runProgram({"roles"});
    QCOMPARE(printed.out.toStdString(), rolesSql());
    for (int i = 0; i < 2; ++i)
        QCOMPARE(ask(rolesSql(), "orderlab", "managed"), std::string());
    QCOMPARE(owners("managed"), std::string("orderlab_owner"));
    QCOMPARE(open("plain", "managed"), std::string());
    QCOMPARE(ask("CREATE TABLE orderlab.more ()", "plain", "managed"), std::string());
    QCOMPARE(ask("DROP TABLE orderlab.more", "plain", "managed"), std::string());
    // Without the schema, as before a restore: only the roles.
    QCOMPARE(ask(rolesSql(), "orderlab", "postgres"), std::string());
    QVERIFY(QString::fromStdString(ask(rolesSql(), "plain", "managed")).isEmpty()); // All is done: nothing to refuse.
}

void TestPostgresRoles::aUserWithCreaterole_completesThem()
{
    // Since PostgreSQL 16 that attribute alone is not enough for roles that others have made.
    if (std::stoi(ask("SHOW server_version_num")) >= 160'000)
        QCOMPARE(ask("GRANT orderlab_owner, orderlab_app, orderlab_read TO maker WITH ADMIN OPTION"), std::string());
    QCOMPARE(open("maker", "made"), std::string());
    QCOMPARE(owners("made"), std::string("orderlab_owner"));
    QCOMPARE(open("maker", "made"), std::string());
    QCOMPARE(ask("SELECT has_table_privilege('orderlab_app', 'orderlab.outbox', 'DELETE')", "maker", "made"),
             std::string("t"));
}

void TestPostgresRoles::severalDatabasesAtOnce_shareThem()
{
    for (const char* database : {"managed", "made"})
        QCOMPARE(ask("DROP DATABASE " + std::string(database)), std::string());
    for (const char* role : {"plain", "maker", "orderlab_owner", "orderlab_app", "orderlab_read"}) {
        if (*role != 'o')
            QCOMPARE(ask("DROP OWNED BY " + std::string(role)), std::string());
        QCOMPARE(ask("DROP ROLE " + std::string(role)), std::string());
    }
    std::vector<std::string> databases{"orderlab", "one", "two", "three"};
    for (std::size_t i = 1; i < databases.size(); ++i)
        QCOMPARE(ask("CREATE DATABASE " + databases[i]), std::string());
    Journal journal;
    std::array<Result<std::shared_ptr<Store>>, 4> stores{unavailable(""), unavailable(""), unavailable(""),
                                                         unavailable("")};
    TaskGroup opening(m_runtime);
    for (std::size_t i = 0; i < stores.size(); ++i)
        opening.spawn(openInto(m_runtime, journal, optionsFor(url("orderlab", databases[i])), stores[i]));
    m_runtime.run(opening.join());
    for (std::size_t i = 0; i < stores.size(); ++i) {
        QVERIFY_RESULT(stores[i]);
        m_runtime.run((*stores[i])->close());
        QCOMPARE(owners(databases[i]), std::string("orderlab_owner"));
    }
    for (const char* sql :
         {"CREATE ROLE shop LOGIN IN ROLE orderlab_app", "CREATE ROLE analyst LOGIN IN ROLE orderlab_read",
          "CREATE ROLE migrator LOGIN IN ROLE orderlab_owner"})
        QCOMPARE(ask(sql), std::string());
    QCOMPARE(open("shop", "two"), std::string());
}

void TestPostgresRoles::membership_isEnough_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* user, const char* sql, const char* says) {
        QTest::addRow("%s: %s", user, sql) << QString(user) << QString(sql) << QString(says);
    };
    const char *denied = "permission denied", *owner = "must be owner";
    row("shop", "DROP TABLE orderlab.orders", owner);
    row("shop", "ALTER TABLE orderlab.orders ADD COLUMN more text", owner);
    row("shop", "DROP SCHEMA orderlab CASCADE", owner);
    row("shop", "ALTER TYPE orderlab.event_type ADD VALUE 'more'", owner);
    row("shop",
        "CREATE OR REPLACE FUNCTION orderlab.to_micros(moment timestamptz) RETURNS bigint LANGUAGE sql AS "
        "'SELECT 1::bigint'",
        denied);
    row("shop", "CREATE TABLE orderlab.more ()", denied);
    row("shop", "CREATE INDEX ON orderlab.orders (user_id)", owner);
    row("shop", "CREATE SCHEMA more", denied);
    row("shop", "CREATE ROLE more", denied);
    row("shop", "GRANT orderlab_owner TO shop", "role \"orderlab_owner\"");
    row("shop", "TRUNCATE orderlab.outbox", denied);
    row("shop", "DELETE FROM orderlab.orders", denied);
    row("shop", "DELETE FROM orderlab.payments", denied);
    row("shop", "DELETE FROM orderlab.gateway_ledger", denied);
    row("shop", "UPDATE orderlab.gateway_ledger SET amount_minor = 0", denied);
    row("shop", "DELETE FROM orderlab.schema_migrations", denied);
    row("shop", "SELECT orderlab.grant_roles()", ""); // Nothing is left to do.
    row("shop", "SELECT count(*) FROM orderlab.orders", "0");
    row("analyst", "INSERT INTO orderlab.consumer_groups (name) VALUES ('more')", denied);
    row("analyst", "UPDATE orderlab.orders SET status = 'paid'", denied);
    row("analyst", "DELETE FROM orderlab.inbox", denied);
    row("analyst", "DELETE FROM orderlab.processed_events", denied);
    row("analyst", "SELECT FROM orderlab.orders FOR UPDATE", denied);
    row("analyst", "SELECT orderlab.group_id('more')", denied);
    row("analyst", "SELECT nextval(pg_get_serial_sequence('orderlab.outbox', 'sequence'))", denied);
    row("analyst", "CREATE TABLE orderlab.more ()", denied);
    row("analyst", "DROP VIEW orderlab.processed_events", owner);
    row("migrator", "ALTER TABLE orderlab.orders ADD COLUMN more text", "");
    row("migrator", "ALTER TABLE orderlab.orders DROP COLUMN more", "");
    row("migrator", "DELETE FROM orderlab.orders", "");
    row("migrator", "CREATE ROLE more", denied);
}

void TestPostgresRoles::membership_isEnough()
{
    QFETCH(QString, user);
    QFETCH(QString, sql);
    QFETCH(QString, says);
    const QString said = QString::fromStdString(ask(sql.toStdString(), user.toStdString()));
    QVERIFY2(says.isEmpty() ? said.isEmpty() : said.contains(says), qPrintable(said));
}

void TestPostgresRoles::readers_seeEverything()
{
    const std::string unseen = ask("SELECT string_agg(relname, ', ') FROM pg_class WHERE relnamespace ="
                                   " 'orderlab'::regnamespace AND relkind IN ('r', 'v') AND NOT"
                                   " has_table_privilege('analyst', oid, 'SELECT')");
    QCOMPARE(unseen, std::string());
    QCOMPARE(ask("SELECT count(*) FROM orderlab.processed_events", "analyst"), std::string("0"));
    // A server that could only read says so.
    const QString said = QString::fromStdString(open("analyst"));
    QVERIFY2(said.startsWith("error: the role analyst may not read and write orderlab.analytics")
                 && said.contains("GRANT orderlab_app TO \"analyst\""),
             qPrintable(said));
}

void TestPostgresRoles::oldSchema_isChangedByMembersOfTheOwnerOnly()
{
    QCOMPARE(ask("DELETE FROM orderlab.schema_migrations WHERE version >= 13"), std::string());
    QCOMPARE(ask("ALTER TABLE orderlab.outbox DROP COLUMN trace_flags"), std::string());
    QCOMPARE(ask("DROP TABLE orderlab.worker_state, orderlab.orders_filed"), std::string());
    QCOMPARE(ask("ALTER TABLE orderlab.orders DROP COLUMN filed_status"), std::string()); // And its index.
    QCOMPARE(ask("CREATE INDEX orders_by_status ON orderlab.orders (status, created_at)"), std::string());
    QCOMPARE(ask("DROP FUNCTION orderlab.grant_roles, orderlab.app_privileges"), std::string());
    QCOMPARE(open("shop"), "error: the database has schema version 12, this program needs "
                               + std::to_string(postgresMigrations().back().version)
                               + ", and the role shop may not change it: start Orderlab once as orderlab_owner or a "
                                 "member of it");
    QCOMPARE(open("migrator"), std::string());
    QCOMPARE(owners("orderlab"), std::string("orderlab_owner")); // What it made, too.
    QCOMPARE(open("shop"), std::string());
}

void TestPostgresRoles::dump_keepsThem()
{
    QCOMPARE(ask("CREATE DATABASE restored"), std::string());
    const auto run = [](const char* program, const QStringList& arguments) {
        ChildProgram child(arguments, {}, program);
        const Ended ended = child.finish(120);
        QVERIFY2(ended.exit_code == 0, ended.describe());
    };
    const QString file = m_database.data().file("dump.sql");
    run("pg_dump", {"--file", file, "--dbname", QString::fromStdString(url("orderlab"))});
    run("psql", {"-Xq", "--set=ON_ERROR_STOP=1", "--file", file, "--output", "/dev/null", "--dbname",
                 QString::fromStdString(url("orderlab", "restored"))});
    QCOMPARE(owners("restored"), std::string("orderlab_owner"));
    QCOMPARE(open("shop", "restored"), std::string());
    QVERIFY(ask("DELETE FROM orderlab.orders", "shop", "restored").find("permission denied") != std::string::npos);
    // A cluster of its own has roles of its own.
    TestDatabase other(m_runtime);
    QVERIFY2(other.problem().isEmpty(), other.problem());
    Journal journal;
    auto opened = m_runtime.run(openPostgresStore(m_runtime, journal, optionsFor(urlFor(other, "orderlab"))));
    QVERIFY_RESULT(opened);
    m_runtime.run((*opened)->close());
    QCOMPARE(resultOf(m_runtime, urlFor(other, "orderlab"),
                      "SELECT string_agg(rolname, ' ' ORDER BY 1) FROM pg_roles WHERE rolname LIKE 'orderlab%'"),
             std::string("orderlab orderlab_app orderlab_owner orderlab_read"));
}

} // namespace orderlab::test

ORDERLAB_TEST(tst_postgres_roles, QCoreApplication, orderlab::test::TestPostgresAsApp,
              orderlab::test::TestPostgresRoles)
#include "tst_postgres_roles.moc"
