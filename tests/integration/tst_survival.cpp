#include "postgres/private_postgres.h"
#include "runtime/random_stream.h"
#include "runtime/real_runtime.h"
#include "shoppers.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QThread>

#include <csignal>

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;

/// The real server and a real PostgreSQL, killed and stopped while customers order: what was promised with a 201 is
/// kept.
class TestSurvival : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed"); }

    void serve_killedTenTimes_keepsEveryOrderAndChargesOnce()
    {
        RandomStream random(testSeed(m_runtime));
        const DataDir data;
        const int port = freePort();
        const QStringList arguments =
            QStringList{"serve", "--listen", QStringLiteral("127.0.0.1:%1").arg(port)} + data.store();
        auto server = std::make_unique<ChildProgram>(arguments);
        QCOMPARE(server->waitForPort(), port);

        Shoppers shoppers(m_runtime, port, {});
        QByteArrayList answered_between;
        for (int kill = 0; kill < 10; ++kill) {
            QThread::msleep(150 + ulong(random.unit() * 700));
            server->signal(SIGKILL);
            server->finish(10);
            answered_between.append(QByteArray::number(shoppers.ordered()));
            server = std::make_unique<ChildProgram>(arguments);
            QVERIFY2(server->waitForPort() == port, server->err().constData());
        }
        shoppers.finish();
        const Shoppers::Tally tally = shoppers.tally();

        QVERIFY2(tally.refused.isEmpty(), tally.refused.join('\n').constData());
        QCOMPARE(tally.ordered.size(), order_count);
        QVERIFY2(answered_between.last().toInt() < order_count, "all was ordered before the last kill");
        QVERIFY2(tally.unanswered > 0, answered_between.join(' ').constData()); // The kills were felt.
        const QByteArray broken = brokenPromise(data, tally.ordered, order_count);
        QVERIFY2(broken.isEmpty(), broken);
        QCOMPARE(server->terminate().exit_code, 0);
    }

    void serve_databaseStoppedForTenSeconds_refusesAndGoesOn()
    {
        const DataDir data;
        const std::filesystem::path folder = data.path().toStdString();
        auto database = m_runtime.run(startPrivatePostgres(m_runtime, {folder, {}, 60s, 20s}));
        QVERIFY_RESULT(database);
        ChildProgram server(
            {"serve", "--listen", "127.0.0.1:0", "--postgres", QString::fromStdString((*database)->url())});
        const int port = server.waitForPort();
        QVERIFY2(port, server.err().constData());

        Shoppers shoppers(m_runtime, port, {});
        QThread::msleep(1'500);
        m_runtime.run((*database)->stop());
        QThread::msleep(1'000);
        const int created_at_the_stop = shoppers.ordered();
        QThread::msleep(9'000);
        QCOMPARE(shoppers.ordered(), created_at_the_stop); // Nothing is accepted that cannot be kept.
        database->reset();
        database = m_runtime.run(startPrivatePostgres(m_runtime, {folder, {}, 60s, 20s}));
        QVERIFY_RESULT(database);
        shoppers.finish();
        const Shoppers::Tally tally = shoppers.tally();

        QVERIFY2(tally.refused.isEmpty(), tally.refused.join('\n').constData());
        QVERIFY(created_at_the_stop > 0 && created_at_the_stop < order_count);
        QVERIFY(tally.unavailable > 0);
        QCOMPARE(tally.unavailable_with_advice, tally.unavailable);
        const QByteArray broken = brokenPromise(data, tally.ordered, order_count);
        QVERIFY2(broken.isEmpty(), broken);
        const QByteArray failed =
            failedAttempt(m_runtime, port, tally.ordered); // An outage of the database is no event's fault.
        QVERIFY2(failed.isEmpty(), failed);
        QCOMPARE(server.terminate().exit_code, 0);
        m_runtime.run((*database)->stop());
    }

private:
    static constexpr int order_count = 2'000;
    RealRuntime m_runtime{2};
};

ORDERLAB_TEST(tst_survival, QCoreApplication, TestSurvival)
#include "tst_survival.moc"
