#include "child_program.h"
#include "http/http_client.h"
#include "runtime/random_stream.h"
#include "runtime/real_runtime.h"
#include "runtime/task_group.h"
#include "store/private_postgres.h"

#include <QElapsedTimer>
#include <QTest>
#include <QThread>

#include <csignal>
#include <mutex>

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;

namespace {

constexpr int order_count = 2'000;
constexpr int client_count = 16;

/// Customers who each buy some orders, one after the other, and ask under one key until they are answered.
struct Customers {
    HttpClientOptions server;
    Duration pause;          ///< Before each purchase.
    std::mutex mutex = {};   ///< Guards what follows.
    QByteArrayList ordered = {};  ///< What was answered with 201.
    QByteArrayList refused = {};  ///< Answers that are neither 201 nor 503.
    int unanswered = 0;           ///< Requests that nobody answered.
    int unavailable = 0;          ///< Answers 503…
    int unavailable_with_advice = 0; ///< …with Retry-After.
};

Task<void> buyOne(Runtime& runtime, HttpClient& client, Customers& customers, const std::string& key)
{
    for (;;) {
        std::string body = orderJson(key);
        HttpHeaders headers{{"Idempotency-Key", key}};
        const Result<HttpReply> reply = co_await client.post("/orders", std::move(body), std::move(headers));
        {
            const std::scoped_lock guard(customers.mutex);
            if (reply && reply->status == 201) {
                customers.ordered.append(memberOf(QByteArray::fromStdString(reply->body), "id"));
                co_return;
            }
            customers.unanswered += !reply;
            if (reply && reply->status == 503) {
                ++customers.unavailable;
                customers.unavailable_with_advice += !reply->header("Retry-After").empty();
            } else if (reply) {
                customers.refused.append(QByteArray::fromStdString(reply->body));
                co_return;
            }
        }
        co_await runtime.sleep(100ms);
    }
}

Task<void> buyMany(Runtime& runtime, Customers& customers, int number)
{
    HttpClient client(runtime, customers.server);
    for (int i = 0; i < order_count / client_count; ++i) {
        co_await runtime.sleep(customers.pause);
        const std::string key = "customer-" + std::to_string(number) + "-" + std::to_string(i);
        co_await buyOne(runtime, client, customers, key);
    }
}

HttpClientOptions serverAt(int port)
{
    HttpClientOptions options;
    options.host = "127.0.0.1";
    options.port = std::uint16_t(port);
    return options;
}

} // namespace

/// The real server and a real PostgreSQL, killed and stopped while customers order: what was promised with a 201 is kept.
class TestSurvival : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(findPostgresBinaries(), "PostgreSQL's server binaries are not installed"); }

    void serve_killedTenTimes_keepsEveryOrderAndChargesOnce()
    {
        const QByteArray given = qgetenv("ORDERLAB_TEST_SEED");
        const std::uint64_t seed = given.isEmpty() ? m_runtime.random() : given.toULongLong();
        qInfo("the moments of the kills repeat with ORDERLAB_TEST_SEED=%llu", static_cast<unsigned long long>(seed));
        RandomStream random(seed);
        const DataDir data;
        const int port = freePort();
        const QStringList arguments =
            QStringList{"serve", "--listen", QStringLiteral("127.0.0.1:%1").arg(port)} + data.store();
        auto server = std::make_unique<ChildProgram>(arguments);
        QCOMPARE(server->waitForPort(), port);

        Customers customers{serverAt(port), 60ms};
        TaskGroup buying(m_runtime);
        for (int i = 0; i < client_count; ++i)
            buying.spawn(buyMany(m_runtime, customers, i));
        QByteArrayList answered_between;
        for (int kill = 0; kill < 10; ++kill) {
            QThread::msleep(150 + ulong(random.unit() * 700));
            server->signal(SIGKILL);
            server->finish(10);
            {
                const std::scoped_lock guard(customers.mutex);
                answered_between.append(QByteArray::number(customers.ordered.size()));
            }
            server = std::make_unique<ChildProgram>(arguments);
            QVERIFY2(server->waitForPort() == port, server->err().constData());
        }
        m_runtime.run(buying.join());

        QVERIFY2(customers.refused.isEmpty(), customers.refused.join('\n').constData());
        QCOMPARE(customers.ordered.size(), order_count);
        QVERIFY2(answered_between.last().toInt() < order_count, "all was ordered before the last kill");
        QVERIFY2(customers.unanswered > 0, answered_between.join(' ').constData()); // The kills were felt.
        verifyAllIsKept(data, customers.ordered);
        QCOMPARE(server->terminate().exit_code, 0);
    }

    void serve_databaseStoppedForTenSeconds_refusesAndGoesOn()
    {
        const DataDir data;
        const std::filesystem::path folder = data.path().toStdString();
        auto database = m_runtime.run(startPrivatePostgres(m_runtime, {folder, {}, 60s, 20s}));
        QVERIFY2(database, database ? "" : database.error().message.c_str());
        ChildProgram server({"serve", "--listen", "127.0.0.1:0", "--postgres", QString::fromStdString((*database)->url())});
        const int port = server.waitForPort();
        QVERIFY2(port, server.err().constData());

        Customers customers{serverAt(port), 60ms};
        TaskGroup buying(m_runtime);
        for (int i = 0; i < client_count; ++i)
            buying.spawn(buyMany(m_runtime, customers, i));
        QThread::msleep(1'500);
        m_runtime.run((*database)->stop());
        QThread::msleep(1'000);
        const int created_at_the_stop = orderedSoFar(customers);
        QThread::msleep(9'000);
        QCOMPARE(orderedSoFar(customers), created_at_the_stop); // Nothing is accepted that cannot be kept.
        database->reset();
        database = m_runtime.run(startPrivatePostgres(m_runtime, {folder, {}, 60s, 20s}));
        QVERIFY2(database, database ? "" : database.error().message.c_str());
        m_runtime.run(buying.join());

        QVERIFY2(customers.refused.isEmpty(), customers.refused.join('\n').constData());
        QVERIFY(created_at_the_stop > 0 && created_at_the_stop < order_count);
        QVERIFY(customers.unavailable > 0);
        QCOMPARE(customers.unavailable_with_advice, customers.unavailable);
        verifyAllIsKept(data, customers.ordered);
        verifyNoAttemptFailed(serverAt(port), customers.ordered);
        QCOMPARE(server.terminate().exit_code, 0);
        m_runtime.run((*database)->stop());
    }

private:
    static int orderedSoFar(Customers& customers)
    {
        const std::scoped_lock guard(customers.mutex);
        return int(customers.ordered.size());
    }

    /// Every order that was answered with 201 is there, once, and is paid with exactly one charge and two notifications.
    void verifyAllIsKept(const DataDir& data, const QByteArrayList& ordered)
    {
        QVERIFY2(data.becomes("SELECT count(*) FROM orderlab.orders WHERE status <> 'paid'", "0", 90),
                 data.query("SELECT status, count(*) FROM orderlab.orders GROUP BY 1").constData());
        const QString among = QStringLiteral("SELECT count(*) FROM orderlab.orders WHERE id IN ('%1')")
                                  .arg(QString::fromUtf8(ordered.join("','")));
        QCOMPARE(data.query(among), QByteArray::number(order_count));
        QCOMPARE(data.query("SELECT count(*), count(DISTINCT user_id) FROM orderlab.orders"), QByteArray("2000|2000"));
        QCOMPARE(data.query("SELECT count(*), count(DISTINCT order_id) FROM orderlab.gateway_ledger WHERE kind = 'charge'"),
                 QByteArray("2000|2000"));
        QVERIFY2(data.becomes("SELECT count(*), count(DISTINCT event_id) FROM orderlab.notifications", "4000|4000"),
                 data.query("SELECT count(*), count(DISTINCT event_id) FROM orderlab.notifications").constData());
        QVERIFY2(data.becomes("SELECT sum(orders), sum(paid), sum(revenue_minor) FROM orderlab.analytics", "2000|2000|3998000"),
                 data.query("SELECT sum(orders), sum(paid), sum(revenue_minor) FROM orderlab.analytics").constData());
        QCOMPARE(data.query("SELECT count(*) FROM orderlab.dead_letters"), QByteArray("0"));
    }

    /// An outage of the database is no event's fault.
    void verifyNoAttemptFailed(HttpClientOptions options, const QByteArrayList& ordered)
    {
        HttpClient client(m_runtime, std::move(options));
        int told = 0;
        for (const QByteArray& id : ordered) {
            const auto story = m_runtime.run(client.get("/orders/" + id.toStdString() + "/story"));
            QVERIFY(story && story->status == 200);
            QVERIFY2(story->body.find("attempt-failed") == std::string::npos, story->body.c_str());
            told += story->body.find("event-handled") != std::string::npos;
        }
        QCOMPARE(told, order_count);
    }

    RealRuntime m_runtime{2};
};

QTEST_GUILESS_MAIN(TestSurvival)
#include "tst_survival.moc"
