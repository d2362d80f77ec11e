#include "lab/lab.h"
#include "lab/pipeline_bench.h"
#include "memory_store/memory_rows.h"
#include "postgres/private_postgres.h"
#include "runtime/random_stream.h"
#include "runtime/real_runtime.h"
#include "shoppers.h"
#include "support/kafka_broker.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "test_database.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <csignal>

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;

namespace {

std::string python(const char* script)
{
    return std::string("python3 '" ORDERLAB_SOURCE_DIR "/") + script + '\'';
}

/// The processes that `parent` has started and that run `script`.
QList<int> workersOf(qint64 parent, const QByteArray& script)
{
    QList<int> found;
    for (const QString& entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile stat("/proc/" + entry + "/stat"), command("/proc/" + entry + "/cmdline");
        if (entry.toInt() <= 0 || !stat.open(QIODevice::ReadOnly) || !command.open(QIODevice::ReadOnly))
            continue;
        const QByteArray text = stat.readAll();
        const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
        if (fields.value(1).toLongLong() == parent && command.readAll().contains(script))
            found.push_back(entry.toInt());
    }
    return found;
}

} // namespace

/// Handlers that are programs, in real time.
class TestOwnWorkerServer : public QObject {
    Q_OBJECT

private slots:
    void manyAtOnce_areCountedOnce()
    {
        LabConfig config;
        const std::string workers[] = {"loyalty=" + python("tests/workers/pipelined.py") + " asks"};
        const std::string topics[] = {"order-created"};
        config.own_workers = parseOwnWorkers(workers, topics).value();
        config.members = 2;
        RealRuntime runtime(2);
        Lab lab(runtime, config);
        QVERIFY_RESULT(runtime.run(lab.start()));
        PipelineBenchOptions options;
        options.orders = 2'000;
        const auto produced = runtime.run(produceOrders(lab, options, 2, 0, options.orders));
        QVERIFY_RESULT(produced);
        std::int64_t counted = 0;
        QTRY_COMPARE_WITH_TIMEOUT(([&] {
                                      counted = 0;
                                      for (const auto& state : copyMemoryRows(lab.store()).value().worker_state)
                                          counted += std::stoll(state.value);
                                      return counted;
                                  }()),
                                  2'000, 120'000);
        runtime.run(lab.stop());
    }

    void processes_endWithTheSystem()
    {
        LabConfig config;
        const std::string workers[] = {"payment=" + python("examples/workers/python/payment.py")};
        config.own_workers = parseOwnWorkers(workers, {}).value();
        {
            RealRuntime runtime(2);
            Lab lab(runtime, config);
            QVERIFY_RESULT(runtime.run(lab.start()));
            PipelineBenchOptions options;
            options.orders = 20;
            QVERIFY_RESULT(runtime.run(produceOrders(lab, options, 1, 0, options.orders)));
            QTRY_COMPARE_WITH_TIMEOUT(runtime.run(lab.store().counts()).value().created, 0, 60'000);
            QCOMPARE(workersOf(getpid(), "payment.py").size(), 1);
            runtime.run(lab.stop());
        }
        QCOMPARE(workersOf(getpid(), "payment.py").size(), 0);
    }

    void startThatFails_costsNoEventAnAttempt()
    {
        const QTemporaryDir folder;
        const QString script = folder.filePath("payment.py");
        const std::string original = ORDERLAB_SOURCE_DIR "/examples/workers/python/";
        QVERIFY(QFile::copy(QString::fromStdString(original + "orderlab_worker.py"),
                            folder.filePath("orderlab_worker.py")));
        LabConfig config;
        const std::string workers[] = {"payment=python3 '" + script.toStdString() + '\''};
        config.own_workers = parseOwnWorkers(workers, {}).value();
        std::atomic<int> starts = 0;
        config.own_worker_options.on_output = [&starts](std::string_view, std::string_view line) {
            starts += line.find("can't open file") != std::string_view::npos;
        };
        RealRuntime runtime(2);
        Lab lab(runtime, config);
        QVERIFY_RESULT(runtime.run(lab.start()));
        PipelineBenchOptions options;
        options.orders = 20;
        QVERIFY_RESULT(runtime.run(produceOrders(lab, options, 1, 0, options.orders)));
        QTRY_VERIFY_WITH_TIMEOUT(starts >= 8, 120'000); // More often than an event has attempts.
        QCOMPARE(runtime.run(lab.store().counts()).value().dead_letters, 0);
        QVERIFY(QFile::copy(QString::fromStdString(original + "payment.py"), script));
        QTRY_COMPARE_WITH_TIMEOUT(runtime.run(lab.store().counts()).value().created, 0, 120'000);
        QCOMPARE(runtime.run(lab.store().counts()).value().dead_letters, 0);
        runtime.run(lab.stop());
    }

    void serve_refusesACommandThatDoesNotExist()
    {
        const Ended ended = runProgram(
            {"serve", "--store", "memory", "--listen", "none", "--worker", "payment=/no/such/program --fast"});
        QCOMPARE(ended.exit_code, 2);
        QVERIFY2(ended.err.contains("cannot start \"/no/such/program\": No such file"), ended.err);
    }

    void command_writesAStartThatPasses()
    {
        const QTemporaryDir folder;
        const QStringList wanted{"worker", "new", "python", "payment", "--out", folder.path()};
        const Ended made = runProgram(wanted);
        QVERIFY2(made.exit_code == 0, made.describe());
        QVERIFY(QFile::exists(folder.filePath("orderlab_worker.py")));
        const QString start = folder.filePath("payment.py");
        const Ended tried = runProgram({"worker", "test", "python3 '" + start + '\'', "--seeds", "2", "--json"}, 600);
        QVERIFY2(tried.exit_code == 0, tried.describe());
        const QJsonObject verdict = QJsonDocument::fromJson(tried.out).object();
        QCOMPARE(verdict["worlds"].toInt(), 2);
        QVERIFY(verdict["holds"].toBool() && verdict["deterministic"].toBool());
        QCOMPARE(verdict["invariants"].toArray().size(), 9);

        const Ended again = runProgram(wanted); // What somebody has worked on is not overwritten.
        QCOMPARE(again.exit_code, 1);
        QVERIFY2(again.err.contains("is there already"), again.err);
        const Ended unknown = runProgram({"worker", "new", "cobol", "payment", "--out", folder.path()});
        QCOMPARE(unknown.exit_code, 2);
        QVERIFY2(unknown.err.contains("python, go, javascript, cpp"), unknown.err);
    }

    void command_tellsTheSmallestFailingWorld()
    {
        const Ended tried = runProgram({"worker", "test",
                                        QString::fromStdString(python("tests/workers/mistaken_payment.py") + " no-key"),
                                        "--seeds", "2", "--json"},
                                       600);
        QVERIFY2(tried.exit_code == 1, tried.describe());
        const QJsonArray promises = QJsonDocument::fromJson(tried.out).object()["invariants"].toArray();
        for (const QJsonValue& promise : promises) {
            const bool is_broken = promise["name"].toString() == "charged-at-most-once";
            QCOMPARE(promise["holds"].toBool(), !is_broken);
            QVERIFY(!is_broken || promise["moment"].toString().startsWith("orderlab:"));
        }
    }

    void workerKilled_nothingIsLostOrDoubled_data()
    {
        QTest::addColumn<bool>("is_kafka");
        QTest::newRow("memory bus") << false;
        QTest::newRow("Kafka") << true;
    }
    void workerKilled_nothingIsLostOrDoubled()
    {
        QFETCH(bool, is_kafka);
        QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed");
        RandomStream random(testSeed(m_runtime));
        const DataDir data;
        QStringList arguments =
            QStringList{"serve",
                        "--listen",
                        "127.0.0.1:0",
                        "--handler-timeout",
                        "60000",
                        "--members",
                        "2",
                        "--worker",
                        QString::fromStdString("payment=" + python("examples/workers/python/payment.py"))}
            + data.store();
        std::optional<KafkaBroker> broker;
        if (is_kafka) {
            broker.emplace(KafkaBroker::shared());
            QVERIFY2(broker->problem().isEmpty(), broker->problem());
            arguments += {"--bus",           "kafka",
                          "--kafka-brokers", QString::fromStdString(broker->bootstrap()),
                          "--topic-prefix",  QString::fromStdString(KafkaBroker::freshPrefix())};
        }
        ChildProgram server(arguments);
        const int port = server.waitForPort(240);
        QVERIFY2(port, server.err().constData());
        Shoppers shoppers(m_runtime, port, {});
        for (int kill = 0; kill < 4; ++kill) {
            // What an earlier kill struck is over, so that none is struck so often that it becomes a dead letter.
            const QByteArray earlier = QByteArray::number(shoppers.ordered());
            QVERIFY(data.becomes("SELECT count(*) >= " + earlier + " FROM orderlab.orders WHERE status = 'paid'", "t",
                                 240));
            const int more = shoppers.ordered() + 40 + int(random.unit() * 100);
            QTRY_VERIFY_WITH_TIMEOUT(shoppers.ordered() >= more, 240'000);
            QList<int> workers;
            QTRY_VERIFY_WITH_TIMEOUT(!(workers = workersOf(server.pid(), "payment.py")).isEmpty(), 240'000);
            QCOMPARE(::kill(workers.front(), SIGKILL), 0);
        }
        shoppers.enough();
        shoppers.finish();
        const Shoppers::Tally tally = shoppers.tally();
        QVERIFY2(tally.refused.isEmpty(), tally.refused.join('\n').constData());
        const QByteArray broken = brokenPromise(data, tally.ordered, int(tally.ordered.size()));
        QVERIFY2(broken.isEmpty(), broken + server.err().right(3'000));
        QVERIFY(data.becomes("SELECT count(*) FROM orderlab.worker_state WHERE value::json->>'state' = 'paid'",
                             QByteArray::number(tally.ordered.size()), 120));
        const Ended ended = server.terminate();
        QCOMPARE(ended.exit_code, 0);
        QVERIFY2(!ended.err.contains(" is broken"), ended.err);
    }

private:
    RealRuntime m_runtime{2};
};

ORDERLAB_TEST(tst_own_worker_server, QCoreApplication, TestOwnWorkerServer)
#include "tst_own_worker_server.moc"
