#include "runtime/real_runtime.h"
#include "small_disk.h"
#include "support/qt_text.h"
#include "support/test_program.h"
#include "test_database.h"

#include <QFile>

#include <csignal>
#include <fstream>

using namespace orderlab;
using namespace orderlab::test;

namespace fs = std::filesystem;

/// The private cluster of a real older PostgreSQL (support/old_postgres), with orders in it, moves to the installed
/// one.
class TestUpgradeVersions : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        const QString script = QStringLiteral(ORDERLAB_SOURCE_DIR "/tests/support/old_postgres");
        ChildProgram unpack({"unpack", toQString(m_old_server.path().string())}, {}, script);
        const Ended unpacked = unpack.finish(600);
        QVERIFY2(unpacked.exit_code == 0, unpacked.describe());
        QCOMPARE(postgresMajorVersion(oldBinaries()), std::string("14"));
        QVERIFY(std::stoi(newVersion()) > 14);
    }
    void orders_areMoved_andTheOldClusterStays();
    void killInTheMiddle_losesNothing();
    void tooLittleRoom_isRefusedBeforeAnythingIsChanged();

private:
    static constexpr int orders = 40;

    fs::path oldBinaries() const { return m_old_server.path() / "bin"; }
    std::string newVersion() const { return postgresMajorVersion(*findPostgresBinaries()); }
    QStringList upgradeCommand(const QString& dir) const
    {
        return {"upgrade-data",
                "--postgres",
                "private",
                "--data-dir",
                dir,
                "--from-binaries",
                toQString(oldBinaries().string())};
    }
    /// Fills a data directory by the older version. Empty, or what went wrong.
    QByteArray makeOldData(const QString& dir)
    {
        auto server = m_runtime.run(startPrivatePostgres(m_runtime, {dir.toStdString(), oldBinaries()}));
        if (!server)
            return QByteArray::fromStdString(server.error().message);
        const ScratchFolder folder;
        QFile csv(toQString((folder.path() / "orders.csv").string()));
        if (!csv.open(QIODevice::WriteOnly) || csv.write(orderFile(orders)) <= 0)
            return "cannot write the orders";
        csv.close();
        const Ended imported = runProgram({"import", csv.fileName(), "--postgres", toQString((*server)->url())});
        m_runtime.run((*server)->stop());
        return imported.exit_code == 0 ? QByteArray() : imported.describe();
    }
    /// All rows of the tables, as text, by the server of `binaries`.
    QByteArray contentsOf(const DataDir& data, const fs::path& binaries)
    {
        auto server = m_runtime.run(startPrivatePostgres(m_runtime, {data.path().toStdString(), binaries}));
        if (!server)
            return QByteArray::fromStdString(server.error().message);
        QByteArray all;
        for (const char* table : {"orders", "outbox", "inbox", "consumer_groups", "idempotency_keys",
                                  "schema_migrations", "gateway_ledger", "payments"})
            all += table
                   + (": "
                      + data.query(
                          QStringLiteral(
                              "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM orderlab.%1 t")
                              .arg(table)))
                   + '\n';
        m_runtime.run((*server)->stop());
        return all;
    }

    RealRuntime m_runtime{2};
    const ScratchFolder m_old_server;
};

void TestUpgradeVersions::orders_areMoved_andTheOldClusterStays()
{
    const DataDir data;
    const QByteArray problem = makeOldData(data.path());
    QVERIFY2(problem.isEmpty(), problem);
    const QByteArray before = contentsOf(data, oldBinaries());
    QVERIFY2(before.startsWith("orders: 40|"), before);
    const Ended refused = runProgram(QStringList{"serve", "--bus", "memory", "--listen", "none"} + data.store());
    QVERIFY2(refused.exit_code == 1 && refused.err.contains("PostgreSQL 14"), refused.describe());

    const Ended done = runProgram(upgradeCommand(data.path()), 300);
    QVERIFY2(done.exit_code == 0, done.describe());
    QVERIFY2(done.out.startsWith("upgraded from PostgreSQL 14 to " + QByteArray::fromStdString(newVersion()) + ": "),
             done.describe());
    QCOMPARE(contentsOf(data, {}), before);
    const fs::path kept = fs::path(data.path().toStdString()) / "postgres.14";
    QVERIFY2(done.out.contains("the old cluster is kept until you remove it: "), done.describe());
    QVERIFY(fs::exists(kept / "PG_VERSION"));
    QVERIFY(!fs::exists(fs::path(data.path().toStdString()) / "postgres.upgrade"));
    ChildProgram server(QStringList{"serve", "--bus", "memory", "--listen", "127.0.0.1:0"} + data.store());
    QVERIFY2(server.waitForPort() != 0, server.err());
    const bool are_paid =
        data.becomes("SELECT count(*) FROM orderlab.orders WHERE status = 'paid'", QByteArray::number(orders));
    QVERIFY2(are_paid, server.err());
    QCOMPARE(server.terminate().exit_code, 0);
}

/// Killed while the new cluster is loaded: the old one is in use, and starting over moves it.
void TestUpgradeVersions::killInTheMiddle_losesNothing()
{
    const DataDir data;
    const QByteArray problem = makeOldData(data.path());
    QVERIFY2(problem.isEmpty(), problem);
    const QByteArray before = contentsOf(data, oldBinaries());
    // The tool that loads does not come to its end before we do.
    const ScratchFolder tools;
    for (const auto& tool : fs::directory_iterator(*findPostgresBinaries()))
        fs::create_symlink(tool.path(), tools.path() / tool.path().filename());
    fs::remove(tools.path() / "pg_restore");
    std::ofstream(tools.path() / "pg_restore") << "#!/bin/sh\nwhile [ -d \"/proc/$PPID\" ]; do sleep 1; done\n";
    fs::permissions(tools.path() / "pg_restore",
                    fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
    ChildProgram upgrade(upgradeCommand(data.path()) + QStringList{"--to-binaries", toQString(tools.path().string())});
    const auto loads = [&] {
        const QByteArrayList all = data.processes();
        return std::any_of(all.begin(), all.end(), [](const QByteArray& line) { return line.contains("pg_restore"); });
    };
    QTRY_VERIFY2_WITH_TIMEOUT(loads(), upgrade.err(), 120'000);
    upgrade.signal(SIGKILL);
    (void)upgrade.finish(60);
    QTRY_VERIFY2_WITH_TIMEOUT(data.processes().isEmpty(), data.processes().join('\n'),
                              120'000); // Its servers end with it.
    const fs::path dir = data.path().toStdString();
    QVERIFY(fs::exists(dir / "postgres.upgrade") && !fs::exists(dir / "postgres.14"));
    QCOMPARE(contentsOf(data, oldBinaries()), before);
    const Ended done = runProgram(upgradeCommand(data.path()), 300);
    QVERIFY2(done.exit_code == 0, done.describe());
    QCOMPARE(contentsOf(data, {}), before);
    QVERIFY(fs::exists(dir / "postgres.14" / "PG_VERSION") && !fs::exists(dir / "postgres.upgrade"));
}

void TestUpgradeVersions::tooLittleRoom_isRefusedBeforeAnythingIsChanged()
{
    if (::geteuid() != 0)
        QSKIP("only root can mount a small disk");
    const DataDir data;
    fs::create_directories(data.path().toStdString());
    const SmallDisk disk(data.path().toStdString());
    QVERIFY2(disk.problem().isEmpty(), disk.problem());
    const QByteArray problem = makeOldData(data.path());
    QVERIFY2(problem.isEmpty(), problem);
    const QByteArray before = contentsOf(data, oldBinaries());
    const Ended refused = runProgram(upgradeCommand(data.path()), 300);
    QVERIFY2(refused.exit_code == 1, refused.describe());
    QVERIFY2(refused.err.contains("has too little room: a dump and a second cluster need ")
                 && refused.err.contains(" MiB are free"),
             refused.describe());
    const fs::path dir = data.path().toStdString();
    QVERIFY(!fs::exists(dir / "postgres.upgrade") && !fs::exists(dir / "postgres.14"));
    QCOMPARE(contentsOf(data, oldBinaries()), before);
}

ORDERLAB_TEST(tst_upgrade_versions, QCoreApplication, TestUpgradeVersions)
#include "tst_upgrade_versions.moc"
