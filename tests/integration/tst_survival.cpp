#include "postgres/private_postgres.h"
#include "runtime/random_stream.h"
#include "runtime/real_runtime.h"
#include "shoppers.h"
#include "support/test_program.h"
#include "support/verify_result.h"

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
        const QStringList arguments = QStringList{"serve", "--listen", QStringLiteral("127.0.0.1:%1").arg(port),
                                                  "--handler-timeout", handler_limit_ms}
                                      + data.store();
        auto server = std::make_unique<ChildProgram>(arguments);
        QCOMPARE(server->waitForPort(), port);

        Shoppers shoppers(m_runtime, port, {});
        for (int kill = 0; kill < 10; ++kill) {
            const Shoppers::Tally before = shoppers.tally();
            const int more = 40 + int(random.unit() * 190); // Up to a second of a quiet machine.
            QTRY_VERIFY_WITH_TIMEOUT(shoppers.ordered() >= int(before.ordered.size()) + more, limit_ms);
            server->signal(SIGKILL);
            server->finish(60);
            QTRY_VERIFY_WITH_TIMEOUT(shoppers.tally().unanswered > before.unanswered, limit_ms); // It was felt.
            server = std::make_unique<ChildProgram>(arguments);
            QVERIFY2(server->waitForPort(limit_ms / 1'000) == port, server->err().constData());
        }
        shoppers.enough();
        shoppers.finish();
        const Shoppers::Tally tally = shoppers.tally();

        QVERIFY2(tally.refused.isEmpty(), tally.refused.join('\n').constData());
        const QByteArray broken = brokenPromise(data, tally.ordered, int(tally.ordered.size()));
        QVERIFY2(broken.isEmpty(), broken);
        QCOMPARE(server->terminate().exit_code, 0);
    }

    void serve_databaseStopped_refusesAndGoesOn()
    {
        const DataDir data;
        const std::filesystem::path folder = data.path().toStdString();
        auto database = m_runtime.run(startPrivatePostgres(m_runtime, {folder, {}, 60s, 20s}));
        QVERIFY_RESULT(database);
        ChildProgram server({"serve", "--listen", "127.0.0.1:0", "--handler-timeout", handler_limit_ms, "--postgres",
                             QString::fromStdString((*database)->url())});
        const int port = server.waitForPort();
        QVERIFY2(port, server.err().constData());

        Shoppers shoppers(m_runtime, port, {});
        QTRY_VERIFY_WITH_TIMEOUT(shoppers.ordered() >= 300, limit_ms);
        m_runtime.run((*database)->stop());
        const int stopped_at = shoppers.leastUnavailable();
        QTRY_VERIFY_WITH_TIMEOUT(shoppers.leastUnavailable() > stopped_at, limit_ms);
        const int created_at_the_stop = shoppers.ordered();
        QTRY_VERIFY_WITH_TIMEOUT(shoppers.leastUnavailable() > stopped_at + asked_in_vain, limit_ms);
        QCOMPARE(shoppers.ordered(), created_at_the_stop); // Nothing is accepted that cannot be kept.
        database->reset();
        database = m_runtime.run(startPrivatePostgres(m_runtime, {folder, {}, 60s, 20s}));
        QVERIFY_RESULT(database);
        QTRY_VERIFY_WITH_TIMEOUT(shoppers.ordered() >= created_at_the_stop + 300, limit_ms);
        shoppers.enough();
        shoppers.finish();
        const Shoppers::Tally tally = shoppers.tally();

        QVERIFY2(tally.refused.isEmpty(), tally.refused.join('\n').constData());
        QCOMPARE(tally.unavailable_with_advice, tally.unavailable);
        const QByteArray broken = brokenPromise(data, tally.ordered, int(tally.ordered.size()));
        QVERIFY2(broken.isEmpty(), broken);
        const QByteArray failed =
            failedAttempt(m_runtime, port, tally.ordered); // An outage of the database is no event's fault.
        QVERIFY2(failed.isEmpty(), failed);
        QCOMPARE(server.terminate().exit_code, 0);
        m_runtime.run((*database)->stop());
    }

private:
    static constexpr const char* handler_limit_ms = "60000"; ///< Of handlers: a machine may stand still.
    static constexpr int limit_ms = 240'000;
    static constexpr int asked_in_vain = 80; ///< By each customer, every 100 ms: an outage of about ten seconds.
    RealRuntime m_runtime{2};
};

ORDERLAB_TEST(tst_survival, QCoreApplication, TestSurvival)
#include "tst_survival.moc"
