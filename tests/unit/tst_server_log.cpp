#include "postgres/server_log.h"
#include "support/scratch_folder.h"
#include "support/test_program.h"

#include <fstream>

using namespace orderlab;
using namespace orderlab::test;

namespace {

const std::string stamp = "2026-11-29 18:54:13.520 UTC [10973] ";

std::string logOf(const std::vector<const char*>& lines)
{
    std::string text;
    for (const char* line : lines)
        text += stamp + line + '\n';
    return text;
}

} // namespace

/// The line of a server's log that says why it is away.
class TestServerLog : public QObject {
    Q_OBJECT

private slots:
    void cause_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("cause");
        const auto row = [](const char* name, const std::string& text, const char* cause) {
            QTest::newRow(name) << QString::fromStdString(text) << QString::fromUtf8(cause);
        };
        const std::string recovery =
            logOf({"LOG:  terminating any other active server processes",
                   "LOG:  all server processes terminated; reinitializing",
                   "LOG:  database system was interrupted; last known up at 2026-11-29 18:54:07 UTC",
                   "FATAL:  the database system is in recovery mode"});
        row("nothing", "", "");
        row("a usual start",
            logOf({"LOG:  starting PostgreSQL 15.18", "FATAL:  the database system is starting up",
                   "LOG:  database system is ready to accept connections"}),
            "");
        row("the disk is full",
            logOf(
                {"LOG:  could not write temporary statistics file \"pg_stat_tmp/global.tmp\": No space left on device",
                 "PANIC:  could not write to file \"pg_wal/xlogtemp.10973\": No space left on device",
                 "STATEMENT:  COMMIT"})
                + recovery,
            "could not write temporary statistics file \"pg_stat_tmp/global.tmp\": No space left on device");
        row("a PANIC of other words comes first",
            logOf({"PANIC:  could not locate a valid checkpoint record",
                   "FATAL:  could not open file \"x\": Input/output error"})
                + recovery,
            "could not open file \"x\": Input/output error");
        row("a PANIC",
            logOf({"LOG:  invalid primary checkpoint record", "PANIC:  could not locate a valid checkpoint record",
                   "LOG:  startup process (PID 17) was terminated by signal 6: Aborted"}),
            "could not locate a valid checkpoint record");
        row("killed", logOf({"LOG:  server process (PID 17) was terminated by signal 9: Killed"}) + recovery,
            "server process (PID 17) was terminated by signal 9: Killed");
        row("somebody ended it",
            logOf({"LOG:  received fast shutdown request", "LOG:  aborting any active transactions",
                   "FATAL:  terminating connection due to administrator command",
                   "LOG:  database system is shut down"}),
            "received fast shutdown request");
        row("clients that are turned away",
            logOf({"FATAL:  sorry, too many clients already", "FATAL:  role \"eve\" does not exist"}), "");
        row("initdb",
            "creating subdirectories ... initdb: error: could not create directory \"/x/pg_wal\": No space left on "
            "device\n",
            "could not create directory \"/x/pg_wal\": No space left on device");
    }
    void cause()
    {
        QFETCH(QString, text);
        QFETCH(QString, cause);
        QCOMPARE(QString::fromStdString(causeInServerLog(text.toStdString())), cause);
    }

    void onlyWhatIsNew_counts()
    {
        ScratchFolder folder;
        const auto file = folder.path() / "postgres.log";
        const auto write = [&](const std::string& text, std::ios::openmode mode = std::ios::app) {
            std::ofstream(file, mode) << text;
        };
        ServerLog early(file); // There is none yet.
        write(logOf({"FATAL:  an old story"}));
        ServerLog log(file);
        QCOMPARE(early.newCause(), std::string("an old story"));
        QCOMPARE(log.newCause(), std::string());
        write(logOf({"PANIC:  a new one"}));
        QCOMPARE(log.newCause(), std::string("a new one"));
        QCOMPARE(log.newCause(), std::string());
        write(logOf({"FATAL:  x"}), std::ios::trunc); // Another file under its name.
        QCOMPARE(log.newCause(), std::string("x"));
        write(std::string(1 << 20, '-') + "\n" + logOf({"FATAL:  at the end"}));
        QCOMPARE(log.newCause(), std::string("at the end"));
    }
};

ORDERLAB_TEST(tst_server_log, NoApplication, TestServerLog)
#include "tst_server_log.moc"
