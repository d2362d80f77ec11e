#include "contract/tst_postgres_store.h"
#include "runtime/with_timeout.h"
#include "support/verify_result.h"

namespace orderlab::test {

using namespace std::chrono_literals;

namespace {

Task<Result<std::vector<PostgresResult>>> select(std::shared_ptr<PostgresPool> pool, std::string sql)
{
    std::vector<PostgresStatement> statements;
    statements.push_back({nullptr, {}, std::move(sql)});
    co_return co_await pool->run(std::move(statements));
}

Task<void> selectInto(std::shared_ptr<PostgresPool> pool, std::string sql, std::atomic<int>& succeeded)
{
    const auto results = co_await select(pool, std::move(sql));
    if (results)
        ++succeeded;
}

} // namespace

void TestPostgresStore::pool_isBoundedAndSaysSo()
{
    PostgresPoolOptions pool_options;
    pool_options.url = m_server->url();
    pool_options.connections_max = 2;
    pool_options.wait_limit = 100ms;
    const auto pool = std::make_shared<PostgresPool>(m_runtime, pool_options);
    {
        const auto first = m_runtime.run(pool->take()), second = m_runtime.run(pool->take());
        QVERIFY(first && second);
        const auto third = m_runtime.run(pool->take());
        QVERIFY(!third);
        QCOMPARE(third.error().code, ErrorCode::Unavailable);
        QCOMPARE(third.error().retry, Retry::Later);
    }
    pool->close();
    // Ten at once share two, one after the other, however long that takes.
    pool_options.wait_limit = 120s;
    const auto patient = std::make_shared<PostgresPool>(m_runtime, pool_options);
    std::atomic<int> succeeded{0};
    TaskGroup group(m_runtime);
    for (int i = 0; i < 10; ++i)
        group.spawn(selectInto(patient, "SELECT pg_sleep(0.005)", succeeded));
    m_runtime.run(group.join());
    QCOMPARE(succeeded.load(), 10);
    patient->close();
}

void TestPostgresStore::pool_cancelledQueryPoisonsNothing()
{
    PostgresPoolOptions pool_options;
    pool_options.url = m_server->url();
    pool_options.connections_max = 1;
    const auto pool = std::make_shared<PostgresPool>(m_runtime, pool_options);
    for (int i = 0; i < 30; ++i) {
        // Cancelled at all sorts of moments: connecting, sending, reading, done already.
        const std::string sql = "SELECT 'wrong', pg_sleep(0.00" + std::to_string(i % 10) + ")";
        const auto limit = Duration{200 * (i % 20)};
        (void)m_runtime.run(withTimeout<std::vector<PostgresResult>>(m_runtime, limit, "it", select(pool, sql)));
        const auto results = m_runtime.run(select(pool, "SELECT " + std::to_string(i)));
        QVERIFY_RESULT(results);
        QCOMPARE((*results)[0].number(0, 0), i);
    }
    // Many at once, all cancelled together, most of them while they wait for the one connection.
    std::atomic<int> succeeded{0};
    TaskGroup group(m_runtime);
    for (int i = 0; i < 20; ++i)
        group.spawn(selectInto(pool, "SELECT pg_sleep(120)", succeeded));
    QTRY_COMPARE(valueOf("SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(120)'"),
                 std::string("1"));
    group.cancel();
    m_runtime.run(group.join());
    QCOMPARE(succeeded.load(), 0);
    const auto results = m_runtime.run(select(pool, "SELECT 1"));
    QVERIFY_RESULT(results);
    pool->close();
}

void TestPostgresStore::pool_recoversWhenItsSessionsAreCutOff()
{
    const Order order = storeOrder(newOrder());
    valueOf("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
    QTRY_VERIFY(m_runtime.run(store().ping()));
    QVERIFY(get(store().findOrder(order.id)) == order);
}

} // namespace orderlab::test
