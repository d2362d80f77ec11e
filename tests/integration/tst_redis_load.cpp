#include "base/sha256.h"
#include "http/http_client.h"
#include "lab_customers.h"
#include "redis_servers.h"
#include "runtime/real_runtime.h"
#include "shoppers.h"
#include "support/lying_redis.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "test_database.h"

#include <QElapsedTimer>
#include <QThread>

#include <csignal>

using namespace orderlab;
using namespace orderlab::test;
using namespace std::chrono_literals;

namespace {

/// False: it does not come true.
bool redisBecomes(const std::function<bool()>& condition)
{
    QElapsedTimer clock;
    clock.start();
    while (!condition()) {
        if (clock.elapsed() > patience_ms)
            return false;
        QThread::msleep(5);
    }
    return true;
}

/// A system on PostgreSQL with a Redis that a test mistreats while customers buy. Events come twice, at once and later.
struct RedisUnderLoad {
    RedisUnderLoad(Runtime& runtime, const TestDatabase& database, const std::string& redis_url, Duration look_limit)
        : lab(runtime, configOf(database, redis_url, look_limit)), tally(lab.journal())
    {}
    static LabConfig configOf(const TestDatabase& database, const std::string& redis_url, Duration look_limit)
    {
        LabConfig config;
        config.store = StoreKind::PostgresUrl;
        config.postgres_url = database.url();
        config.journal_capacity = std::size_t{1} << 20;
        config.watch_invariants = config.watch_health = true;
        config.policies.timeout.limit = 10min; // A machine may stand still.
        config.redis = RedisOptions::fromUrl(redis_url).value();
        config.redis->look_limit = config.redis->slow_limit = look_limit;
        config.redis->probe_limit = std::max<Duration>(look_limit, 1s);
        config.redis->pause = 20ms;
        config.redis->pause_max = 100ms;
        return config;
    }
    /// So that groups meet events again.
    void makeDuplicates()
    {
        std::vector<Fault> faults;
        for (const char* fault : {"delivery=duplicate,probability=0.1", "published=crash,probability=0.02,delay=50ms",
                                  "after-commit=crash,probability=0.01,delay=50ms"})
            faults.push_back(parseFault(fault).value());
        QVERIFY_RESULT(lab.faults().setFaults(std::move(faults)));
    }
    bool isOpen() const
    {
        for (const HealthPart& part : lab.health()) {
            if (part.name == "redis")
                return part.is_ready;
        }
        return false;
    }
    bool waitUntil(const std::function<bool()>& condition)
    {
        return redisBecomes([&] {
            tally.read();
            return condition();
        });
    }
    bool buyMore(int orders)
    {
        const int before = customers->bought();
        return waitUntil([&] { return customers->bought() >= before + orders; });
    }
    /// Empty when the first customers, asking once more under their keys, get their first answers.
    QByteArray askAgain(int orders)
    {
        for (int number = 0; number < orders; ++number) {
            CreateOrder create;
            create.request.user_id = "customer-" + std::to_string(number);
            create.request.total.amount_minor = 1999;
            create.idempotency = IdempotencyKey{create.request.user_id, sha256Hex(create.request.user_id)};
            const auto created = lab.runtime().run(lab.orders().create(std::move(create)));
            if (!created)
                return QByteArray::fromStdString("asked again: " + created.error().message);
            if (!created->replayed)
                return "asked again, and bought a second time";
        }
        return {};
    }

    Lab lab;
    JournalTally tally;
    std::optional<LabCustomers> customers;
};

} // namespace

/// Whatever happens to Redis while customers order, or whatever it says: nothing is lost, and nothing done twice.
class TestRedisLoad : public QObject {
    Q_OBJECT

private slots:
    void redis_isOnlyAHint_data()
    {
        QTest::addColumn<QString>("trouble");
        for (const char* trouble : {"none", "killed", "flushed", "stopped", "full", "evicts", "says seen",
                                    "says not seen", "says anything", "speaks nonsense"})
            QTest::newRow(trouble) << QString(trouble);
    }
    void redis_isOnlyAHint();
    void lab_endsWhileRedisIsStopped();
    void serve_worksAndEndsWhileRedisIsStopped();
    void names_areSharedByServersOfOneDatabaseOnly_data();
    void names_areSharedByServersOfOneDatabaseOnly();

private:
    /// Empty when it went as it should.
    QByteArray mistreat(RedisUnderLoad& load, const QString& trouble, std::unique_ptr<PrivateRedis>& redis);
    QByteArray killRedis(RedisUnderLoad& load, std::unique_ptr<PrivateRedis>& redis);
    QByteArray stopRedis(RedisUnderLoad& load, const PrivateRedis& redis);
    std::int64_t evictedBy(const PrivateRedis& redis);

    RealRuntime m_runtime{2};
    RedisServers m_servers{m_runtime};
};

QByteArray TestRedisLoad::killRedis(RedisUnderLoad& load, std::unique_ptr<PrivateRedis>& redis)
{
    for (int i = 0; i < 3; ++i) {
        redis->signal(SIGKILL);
        if (!load.waitUntil([&] { return !load.isOpen(); }))
            return "nobody misses the Redis that was killed";
        if (!load.buyMore(50))
            return "no orders without Redis";
        redis = m_servers.start({}, m_servers.folder());
        if (!redis || !load.waitUntil([&] { return load.isOpen(); }))
            return "Redis does not come back";
        const RedisCounts before = load.lab.redisCounts();
        if (!load.waitUntil([&] { return load.lab.redisCounts().hits > before.hits; }))
            return "Redis is back and of no use";
    }
    return {};
}

QByteArray TestRedisLoad::stopRedis(RedisUnderLoad& load, const PrivateRedis& redis)
{
    for (int i = 0; i < 3; ++i) {
        redis.signal(SIGSTOP);
        if (!load.waitUntil([&] { return !load.isOpen(); }))
            return "nobody misses the Redis that was stopped";
        if (!load.buyMore(50))
            return "no orders without Redis";
        if (load.isOpen())
            return "a stopped Redis is trusted";
        redis.signal(SIGCONT);
        if (!load.waitUntil([&] { return load.isOpen(); }))
            return "Redis does not come back";
    }
    return {};
}

std::int64_t TestRedisLoad::evictedBy(const PrivateRedis& redis)
{
    const std::string stats = m_servers.command(redis.url(), {"INFO", "stats"}).text, name = "evicted_keys:";
    const std::size_t at = stats.find(name);
    return at == std::string::npos ? 0 : std::atoll(stats.c_str() + at + name.size());
}

QByteArray TestRedisLoad::mistreat(RedisUnderLoad& load, const QString& trouble, std::unique_ptr<PrivateRedis>& redis)
{
    const auto counts = [&] { return load.lab.redisCounts(); };
    const auto becomes = [&](const char* what, const std::function<bool()>& condition) {
        return load.waitUntil(condition) ? QByteArray() : QByteArray("it does not come to ") + what;
    };
    if (trouble == "killed")
        return killRedis(load, redis);
    if (trouble == "stopped")
        return stopRedis(load, *redis);
    if (trouble == "flushed")
        return becomes("something forgotten", [&] {
            m_servers.command(redis->url(), {"FLUSHALL"});
            return counts().forgotten >= 10;
        });
    if (trouble == "full")
        return becomes("something refused", [&] { return counts().dropped >= 100; });
    if (trouble == "evicts")
        return becomes("something evicted and asked for again",
                       [&] { return evictedBy(*redis) >= 500 && counts().forgotten >= 5; });
    if (trouble == "says seen")
        return becomes("hits that are not true", [&] { return counts().unconfirmed >= 200; });
    if (trouble == "says not seen")
        return becomes("misses that are not true", [&] { return counts().forgotten >= 20; });
    if (trouble == "says anything")
        return becomes("either", [&] { return counts().unconfirmed >= 50 && counts().forgotten >= 10; });
    if (trouble == "speaks nonsense")
        return becomes("nonsense", [&] { return counts().unanswered >= 200; });
    return becomes("true hits and misses", [&] { return counts().hits >= 20 && counts().misses >= 100; });
}

void TestRedisLoad::redis_isOnlyAHint()
{
    QFETCH(QString, trouble);
    TestDatabase database(m_runtime);
    QVERIFY2(database.problem().isEmpty(), database.problem());
    std::atomic<unsigned> told{0};
    std::optional<LyingRedis> liar;
    std::unique_ptr<PrivateRedis> redis;
    if (trouble.contains(QLatin1Char(' '))) {
        liar.emplace([&](const std::string& command) -> std::string {
            if (command == "SET")
                return "+OK\r\n";
            if (trouble == "says anything")
                return ++told % 2 ? ":1\r\n" : ":0\r\n";
            if (trouble == "speaks nonsense")
                return ++told % 16 ? ":0\r\n" : "*2\r\n$1\r\nx\r\n";
            return trouble == "says seen" ? ":1\r\n" : ":0\r\n";
        });
    } else {
        std::vector<std::string> settings;
        if (trouble == "full")
            settings = {"--maxmemory", "1mb", "--maxmemory-policy", "noeviction"};
        if (trouble == "evicts")
            settings = {"--maxmemory", "1200kb", "--maxmemory-policy", "allkeys-lru"};
        redis = m_servers.start(settings, m_servers.folder());
        QVERIFY(redis);
    }
    const Duration look_limit = trouble == "stopped" ? Duration(500ms) : Duration(60s);
    RedisUnderLoad load(m_runtime, database, liar ? liar->url() : redis->url(), look_limit);
    QVERIFY_RESULT(m_runtime.run(load.lab.start()));
    QByteArray problem;
    {
        load.makeDuplicates();
        load.customers.emplace(load.lab, LabCustomers::Plan{.orders = 1'000'000, .customers = 8, .pause = 10ms});
        problem = load.buyMore(50) ? QByteArray() : "nobody can buy";
        if (problem.isEmpty())
            problem = mistreat(load, trouble, redis);
        load.customers->enough();
        load.customers->finish();
        const int bought = load.customers->bought();
        if (problem.isEmpty() && load.customers->refused() > 0)
            problem = "orders were refused";
        (void)load.lab.faults().setFaults({});
        if (problem.isEmpty())
            problem = load.askAgain(std::min(bought, 100));
        if (problem.isEmpty())
            problem = brokenPromise(load.lab, bought, 240);
        load.tally.read();
        const RedisCounts counts = load.lab.redisCounts();
        qInfo("%d orders: %s; Redis: %llu hits, %llu misses, %llu unanswered, %llu forgotten, %llu unconfirmed, "
              "%llu remembered, %llu dropped",
              bought, load.tally.text().constData(), qulonglong(counts.hits), qulonglong(counts.misses),
              qulonglong(counts.unanswered), qulonglong(counts.forgotten), qulonglong(counts.unconfirmed),
              qulonglong(counts.remembered), qulonglong(counts.dropped));
        if (problem.isEmpty())
            problem = load.tally.complaint();
        load.customers.reset();
    }
    m_runtime.run(load.lab.stop());
    QVERIFY2(problem.isEmpty(), problem);
}

/// With looks under way that would wait for an hour.
void TestRedisLoad::lab_endsWhileRedisIsStopped()
{
    const auto redis = m_servers.start();
    QVERIFY(redis);
    TestDatabase database(m_runtime);
    QVERIFY2(database.problem().isEmpty(), database.problem());
    RedisUnderLoad load(m_runtime, database, redis->url(), 1h);
    QVERIFY_RESULT(m_runtime.run(load.lab.start()));
    bool is_stuck = false;
    {
        load.customers.emplace(load.lab, LabCustomers::Plan{.orders = 1'000'000, .customers = 4, .pause = 10ms});
        load.waitUntil([&] { return load.lab.redisCounts().misses >= 20; });
        redis->signal(SIGSTOP);
        // Every customer waits for a look.
        int before = -1;
        is_stuck = load.waitUntil([&] {
            QThread::msleep(200);
            return std::exchange(before, load.customers->bought()) == load.customers->bought();
        });
    }
    QElapsedTimer clock;
    clock.start();
    m_runtime.run(load.lab.stop());
    qInfo("ended after %lld ms", clock.elapsed());
    load.customers.reset();
    QVERIFY(is_stuck);
    QVERIFY2(clock.elapsed() < patience_ms, "it waited for Redis");
}

void TestRedisLoad::serve_worksAndEndsWhileRedisIsStopped()
{
    const auto redis = m_servers.start();
    QVERIFY(redis);
    TestDatabase database(m_runtime);
    QVERIFY2(database.problem().isEmpty(), database.problem());
    ChildProgram server({"serve", "--listen", "127.0.0.1:0", "--handler-timeout", "60000", "--postgres",
                         QString::fromStdString(database.url()), "--redis", QString::fromStdString(redis->url())});
    const int port = server.waitForPort();
    QVERIFY2(port, server.err().constData());
    HttpClientOptions options;
    options.host = "127.0.0.1";
    options.port = std::uint16_t(port);
    HttpClient client(m_runtime, options);
    /// "200 degraded"
    const auto readiness = [&]() -> QByteArray {
        const auto answer = m_runtime.run(client.get("/readyz"));
        if (!answer)
            return QByteArray::fromStdString(answer.error().message);
        const QByteArray body = QByteArray::fromStdString(answer->body);
        const QByteArray name = R"("name":"redis","status":")";
        const qsizetype at = body.indexOf(name);
        if (at < 0)
            return QByteArray("without Redis: ") + body;
        return QByteArray::number(answer->status) + ' ' + body.mid(at + name.size()).split('"').first();
    };
    QTRY_COMPARE(readiness(), QByteArray("200 ready"));
    Shoppers shoppers(m_runtime, port, {.pause = 20ms});
    QTRY_VERIFY(shoppers.ordered() >= 50);
    redis->signal(SIGSTOP);
    QTRY_COMPARE(readiness(), QByteArray("200 degraded"));
    const int before = shoppers.ordered();
    QTRY_VERIFY(shoppers.ordered() >= before + 100);
    shoppers.enough();
    shoppers.finish();
    const Shoppers::Tally tally = shoppers.tally();
    QVERIFY2(tally.refused.isEmpty(), tally.refused.join('\n').constData());
    const QByteArray broken = brokenPromise(database.data(), tally.ordered, int(tally.ordered.size()));
    QVERIFY2(broken.isEmpty(), broken);
    QVERIFY2(server.err().contains("Redis gives no first looks"), server.err().constData());
    const Ended ended = server.terminate(patience_ms / 1'000);
    QVERIFY2(ended.exit_code == 0, ended.describe());
}

void TestRedisLoad::names_areSharedByServersOfOneDatabaseOnly_data()
{
    QTest::addColumn<QString>("store");
    QTest::addColumn<bool>("is_shared");
    QTest::newRow("a database") << "database" << true;
    QTest::newRow("a database that keeps its identity to itself") << "secretive database" << false;
    QTest::newRow("memory") << "memory" << false;
}

/// Two servers, one after the other, are asked for an order under the same key.
void TestRedisLoad::names_areSharedByServersOfOneDatabaseOnly()
{
    QFETCH(QString, store);
    QFETCH(bool, is_shared);
    const auto redis = m_servers.start();
    QVERIFY(redis);
    std::optional<TestDatabase> database;
    LabConfig config;
    config.watch_health = true;
    if (store != "memory") {
        database.emplace(m_runtime);
        QVERIFY2(database->problem().isEmpty(), database->problem());
        config.store = StoreKind::PostgresUrl;
        config.postgres_url = database->url();
    }
    if (store == "secretive database") {
        for (const char* statement : {"CREATE ROLE plain LOGIN", "GRANT CREATE ON DATABASE orderlab TO plain",
                                      "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC"})
            QVERIFY2(!database->data().query(statement).contains("ERROR"), statement);
        const std::string::size_type at = config.postgres_url.find("orderlab@");
        QVERIFY(at != std::string::npos);
        config.postgres_url.replace(at, 9, "plain@");
    }
    config.redis = RedisOptions::fromUrl(redis->url()).value();
    config.redis->look_limit = config.redis->slow_limit = config.redis->probe_limit = 60s;
    for (const bool is_first : {true, false}) {
        Lab lab(m_runtime, config);
        QVERIFY_RESULT(m_runtime.run(lab.start()));
        const bool is_open = redisBecomes([&] { return !lab.health().empty() && lab.health().back().is_ready; });
        CreateOrder create;
        create.request.user_id = "ada";
        create.request.total.amount_minor = 1999;
        create.idempotency = IdempotencyKey{"the same", sha256Hex("the same")};
        const auto created = m_runtime.run(lab.orders().create(std::move(create)));
        const bool is_remembered = redisBecomes([&] { return lab.redisCounts().remembered > 0; });
        const RedisCounts counts = lab.redisCounts();
        m_runtime.run(lab.stop());
        QVERIFY(is_open);
        QVERIFY_RESULT(created);
        QCOMPARE(created->replayed, !is_first && store != "memory");
        QVERIFY(is_remembered);
        QCOMPARE(counts.hits, std::uint64_t(!is_first && is_shared));
        QCOMPARE(counts.unconfirmed, 0u);
    }
}

ORDERLAB_TEST(tst_redis_load, QCoreApplication, TestRedisLoad)
#include "tst_redis_load.moc"
