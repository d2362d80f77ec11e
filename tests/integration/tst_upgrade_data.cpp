#include "postgres/private_upgrade.h"
#include "runtime/real_runtime.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "test_database.h"

#include <fstream>

using namespace orderlab;
using namespace orderlab::test;

/// The private cluster moves to a newer PostgreSQL. There is one version on most systems, so that it moves from that
/// version to the same; the way is the same: dump, load, comparison, exchange.
class TestUpgradeData : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_database = std::make_unique<TestDatabase>(m_runtime);
        QVERIFY2(m_database->problem().isEmpty(), m_database->problem());
    }
    void cleanup() { m_database.reset(); }
    void everything_isMoved_andTheOldClusterStays();
    void failure_leavesTheOldClusterInUse();
    void exchange_thatWasCutShort_isFinished();
    void command_refusesBesideAServer();

private:
    std::filesystem::path dir() const { return m_database->data().path().toStdString(); }
    QByteArray query(const char* sql) const { return m_database->data().query(QString::fromUtf8(sql)); }
    Result<Upgraded> upgrade(std::filesystem::path to = {})
    {
        UpgradeOptions options;
        options.data_dir = dir();
        options.to = std::move(to);
        options.even_if_same = true;
        options.on_progress = [this](const std::string& text) { m_told += text + "; "; };
        return m_runtime.run(upgradePrivatePostgres(m_runtime, std::move(options)));
    }
    std::string version() const { return postgresMajorVersion(*findPostgresBinaries()); }

    RealRuntime m_runtime{2};
    std::unique_ptr<TestDatabase> m_database;
    std::string m_told;
};

void TestUpgradeData::everything_isMoved_andTheOldClusterStays()
{
    m_database->stop();
    QFile csv(m_database->data().file("orders.csv"));
    QVERIFY(csv.open(QIODevice::WriteOnly) && csv.write(orderFile(50)) > 0);
    csv.close();
    const Ended imported = runProgram(QStringList{"import", csv.fileName()} + m_database->data().store());
    QVERIFY2(imported.exit_code == 0, imported.describe());
    m_database->start();
    query("CREATE ROLE ada LOGIN PASSWORD 'secret'");
    query("CREATE DATABASE reports OWNER ada");
    query("CREATE TABLE orderlab.\"Odd \"\"name\" AS SELECT E'tab\\t line\\n \\\\ \u20ac' AS text, NULL::int AS "
          "nothing, 1e300 AS large");
    query("GRANT SELECT ON orderlab.orders TO ada");
    const char* const sums[] = {
        "SELECT count(*), md5(string_agg(o::text, '|' ORDER BY id)) FROM orderlab.orders o",
        "SELECT count(*), md5(string_agg(o::text, '|' ORDER BY event_id)) FROM orderlab.outbox o",
        "SELECT * FROM orderlab.\"Odd \"\"name\"",
        "SELECT string_agg(name, ' ' ORDER BY version) FROM orderlab.schema_migrations",
        "SELECT datname, pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'reports'",
        "SELECT rolcanlogin, rolpassword FROM pg_authid WHERE rolname = 'ada'",
        "SELECT has_table_privilege('ada', 'orderlab.orders', 'SELECT')"};
    QByteArrayList before, after;
    for (const char* sql : sums)
        before.append(query(sql));
    QVERIFY2(before[0].startsWith("50|"), before[0]);
    m_database->stop();

    const auto done = upgrade();
    QVERIFY_RESULT(done);
    QCOMPARE(done->from, version());
    QVERIFY(done->tables > 12);
    QVERIFY(done->rows > 100);
    QCOMPARE(done->old_cluster, std::filesystem::canonical(dir()) / ("postgres." + version()));
    QVERIFY(std::filesystem::exists(done->old_cluster / "PG_VERSION"));
    QVERIFY(!std::filesystem::exists(dir() / "postgres.upgrade"));
    for (const char* step : {"copying the roles; ", "dumping orderlab; loading orderlab (", "comparing orderlab; ",
                             "comparing reports; ", "exchanging the clusters; "})
        QVERIFY2(m_told.find(step) != std::string::npos, m_told.c_str());
    m_database->start();
    QVERIFY2(m_database->problem().isEmpty(), m_database->problem());
    for (const char* sql : sums)
        after.append(query(sql));
    QCOMPARE(after, before);
    m_database->stop();

    const auto again = upgrade(); // The old one's place is taken.
    QVERIFY(!again);
    QVERIFY2(again.error().message.find("postgres." + version() + " is there already: move it away")
                 != std::string::npos,
             again.error().message.c_str());
    m_database->start();
    QCOMPARE(query(sums[0]), before[0]);
}

/// A tool of the newer version that fails half-way.
void TestUpgradeData::failure_leavesTheOldClusterInUse()
{
    query("CREATE TABLE kept AS SELECT generate_series(1, 10) AS n");
    m_database->stop();
    const std::filesystem::path tools = dir() / "tools";
    std::filesystem::create_directories(tools);
    for (const auto& tool : std::filesystem::directory_iterator(*findPostgresBinaries()))
        std::filesystem::create_symlink(tool.path(), tools / tool.path().filename());
    std::filesystem::remove(tools / "pg_restore");
    std::ofstream(tools / "pg_restore") << "#!/bin/sh\necho cannot load >&2\nexit 1\n";
    std::filesystem::permissions(tools / "pg_restore", std::filesystem::perms::owner_all
                                                           | std::filesystem::perms::others_read
                                                           | std::filesystem::perms::others_exec);
    const auto failed = upgrade(tools);
    QVERIFY(!failed);
    QCOMPARE(failed.error().retry, Retry::Never);
    QVERIFY2(failed.error().message.find("was not upgraded: pg_restore failed: cannot load") != std::string::npos,
             failed.error().message.c_str());
    QVERIFY(!std::filesystem::exists(dir() / "postgres.upgrade"));
    QVERIFY(!std::filesystem::exists(dir() / ("postgres." + version())));
    m_database->start();
    QCOMPARE(query("SELECT count(*) FROM kept"), QByteArray("10"));
}

void TestUpgradeData::exchange_thatWasCutShort_isFinished()
{
    query("CREATE TABLE kept AS SELECT 1");
    m_database->stop();
    std::filesystem::create_directories(dir() / "postgres.upgrade");
    std::filesystem::rename(dir() / "postgres", dir() / "postgres.upgrade" / "postgres");
    m_database->start();
    QVERIFY2(m_database->problem().contains("`orderlabd upgrade-data` finishes it"), m_database->problem());
    QVERIFY(!std::filesystem::exists(dir() / "postgres"));
    const Ended finished = runProgram(QStringList{"upgrade-data"} + m_database->data().store());
    QVERIFY2(finished.exit_code == 0 && finished.out.startsWith("finished the upgrade to PostgreSQL "),
             finished.describe());
    m_database->start();
    QCOMPARE(query("SELECT count(*) FROM kept"), QByteArray("1"));
}

void TestUpgradeData::command_refusesBesideAServer()
{
    const Ended beside = runProgram(QStringList{"upgrade-data"} + m_database->data().store());
    QVERIFY2(beside.exit_code == 1 && beside.err.contains("another Orderlab (process "), beside.describe());
    m_database->stop();
    const Ended nothing = runProgram(QStringList{"upgrade-data"} + m_database->data().store());
    QVERIFY2(nothing.exit_code == 0 && nothing.out.startsWith("nothing to do: the data are of PostgreSQL "),
             nothing.describe());
    const Ended elsewhere = runProgram({"upgrade-data", "--postgres", "postgresql://ada@127.0.0.1/orders"});
    QVERIFY2(elsewhere.exit_code == 1 && elsewhere.err.contains("is only for the private PostgreSQL"),
             elsewhere.describe());
}

ORDERLAB_TEST(tst_upgrade_data, QCoreApplication, TestUpgradeData)
#include "tst_upgrade_data.moc"
