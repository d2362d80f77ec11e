#include "tables/postgres_tables.h"

#include "contract/store_contract.h"
#include "lab/lab.h"
#include "postgres/postgres_connection.h"
#include "postgres/postgres_store.h"
#include "runtime/real_runtime.h"
#include "support/test_program.h"
#include "support/verify_result.h"
#include "tables/table_kinds.h"
#include "test_database.h"

#include <thread>

namespace orderlab::test {

using namespace std::chrono_literals;

/// A real server with the tables of an Orderlab in it, read as a person reads them.
class TestPostgresTables : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void list_isTheSchema();
    void page_isNewestFirst();
    void page_filters();
    void select_reads();
    void select_refuses_data();
    void select_refuses();
    void select_isBounded_data();
    void select_isBounded();
    void select_canBeCanceled();
    void lostConnection_isOpenedAgain();
    void aUserWithoutTheRole_readsWithItsOwnRights();
    void plan_isText();

private:
    std::string ask(const std::string& sql) { return resultOf(m_runtime, m_database.url(), sql); }
    /// The first cell, or what is wrong with its place.
    std::string select(const std::string& sql)
    {
        const auto answer = m_tables->select(sql);
        if (!answer)
            return "error: " + answer.error().message;
        if (answer->problem)
            return std::to_string(answer->problem->position) + ": " + answer->problem->message;
        return answer->rows.empty() ? "no rows" : answer->rows[0][0].value_or("NULL");
    }

    RealRuntime m_runtime{2};
    TestDatabase m_database{m_runtime};
    std::unique_ptr<Tables> m_tables;
};

void TestPostgresTables::initTestCase()
{
    QVERIFY2(m_database.problem().isEmpty(), m_database.problem());
    Journal journal;
    PostgresOptions options;
    options.url = m_database.url();
    auto store = m_runtime.run(openPostgresStore(m_runtime, journal, options));
    QVERIFY_RESULT(store);
    m_runtime.run((*store)->close());
    QCOMPARE(
        ask("INSERT INTO orderlab.orders SELECT gen_random_uuid(), 'user-' || i, i, 'EUR', 'created',"
            " timestamptz '2026-01-01 00:00:00Z' + i * interval '1 second', now(), 1 FROM generate_series(1, 450) i"),
        std::string());
    QCOMPARE(ask("UPDATE orderlab.orders SET status = 'paid', version = 2 WHERE amount_minor % 3 = 0"), std::string());
    m_tables = makePostgresTables(m_database.url());
}

/// The same names and types as the snapshot of a memory store has.
void TestPostgresTables::list_isTheSchema()
{
    const auto list = m_tables->list();
    QVERIFY_RESULT(list);
    QVERIFY2(m_tables->notice().empty(), m_tables->notice().c_str()); // As orderlab_read.
    std::size_t place = 0;
    for (const TableKind& kind : tableKinds()) {
        const TableInfo& table = (*list)[place++];
        QCOMPARE(table.name, std::string(kind.name));
        QCOMPARE(table.is_view, kind.is_view);
        QStringList columns, known;
        for (const TableColumn& column : table.columns)
            columns << QString::fromStdString(column.name + " " + column.type);
        for (const TableKind::Column& column : kind.columns)
            known << QString::fromStdString(std::string(column.name) + " " + std::string(column.type));
        QCOMPARE(columns, known);
        PageQuery query;
        query.table = table.name;
        QVERIFY_RESULT(m_tables->page(query));
    }
    QVERIFY(place < list->size()); // And what only PostgreSQL has.
    const auto orders = std::find_if(list->begin(), list->end(), [](const TableInfo& t) { return t.name == "orders"; });
    QCOMPARE(orders->rows, 450);
    QVERIFY(orders->columns[0].is_key);
}

void TestPostgresTables::page_isNewestFirst()
{
    PageQuery query;
    query.table = "orders";
    std::int64_t amount = 450;
    for (query.first = 0; query.first < 450; query.first += Tables::page_rows) {
        const auto page = m_tables->page(query);
        QVERIFY_RESULT(page);
        QCOMPARE(page->total, 450);
        for (const CellRow& row : page->rows)
            QCOMPARE(row[2].value(), std::to_string(amount--));
    }
    QCOMPARE(amount, 0);
}

void TestPostgresTables::page_filters()
{
    PageQuery query;
    query.table = "orders";
    query.filters = {{"status", "PAI"}, {"user_id", "user-4"}};
    query.sort = "amount_minor";
    const auto page = m_tables->page(query);
    QVERIFY_RESULT(page);
    QCOMPARE(std::to_string(page->total),
             ask("SELECT count(*) FROM orderlab.orders WHERE status = 'paid' AND user_id LIKE 'user-4%'"));
    QCOMPARE(page->rows.front()[2].value(), std::string("42"));
    query.filters = {{"user_id", "' OR 1=1 --"}};
    QCOMPARE(m_tables->page(query)->total, 0);
    query.filters = {{"reason", "null"}};
    QCOMPARE(m_tables->page(query).error().code, ErrorCode::NotFound);
    query.table = "payments";
    QCOMPARE(m_tables->page(query)->total, 0);
}

void TestPostgresTables::select_reads()
{
    QCOMPARE(select("SELECT count(*) FROM orders; -- all"), std::string("450"));
    QCOMPARE(select("SELECT current_user"), std::string("orderlab_read"));
    QCOMPARE(select("WITH p AS (SELECT 1 AS a) SELECT a FROM p -- the end"), std::string("1"));
    QCOMPARE(select("TABLE orders LIMIT 0"), std::string("no rows"));
    QCOMPARE(select("VALUES ('x')"), std::string("x"));
    QCOMPARE(select("SELECT NULL::text"), std::string("NULL"));
    QCOMPARE(select("SELECT true AND random() >= 0"), std::string("true"));
    QCOMPARE(select("SELECT created_at FROM orders WHERE amount_minor = 1"), std::string("2026-01-01 00:00:01+00"));
    const auto twice = m_tables->select("SELECT id, id, row(1, 2) FROM orders ORDER BY amount_minor LIMIT 3").value();
    QCOMPARE(twice.columns, (std::vector<std::string>{"id", "id", "row"}));
    QCOMPARE(twice.rows.size(), std::size_t(3));
    // In its own order.
    const auto sorted = m_tables->select("SELECT amount_minor FROM orders ORDER BY amount_minor").value();
    QCOMPARE(*sorted.rows.front()[0], std::string("1"));
    QCOMPARE(*sorted.rows.back()[0], std::string("450"));
}

void TestPostgresTables::select_refuses_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("position");
    QTest::newRow("update") << "UPDATE orders SET status = 'x'"
                            << "Only SELECT" << 0;
    QTest::newRow("two") << "SELECT 1; DROP TABLE orders"
                         << "One statement" << 10;
    QTest::newRow("write inside WITH") << "WITH d AS (DELETE FROM orders RETURNING id) SELECT * FROM d"
                                       << "Only reading" << 5;
    QTest::newRow("row locks") << "SELECT * FROM orders FOR UPDATE"
                               << "" << -1;
    QTest::newRow("sleeps") << "SELECT pg_sleep(60)"
                            << "pg_sleep" << -1;
    QTest::newRow("sleeps as an attribute") << "SELECT (60::float8).pg_sleep"
                                            << "pg_sleep" << -1;
    QTest::newRow("sleeps in quotes") << "SELECT \"pg_sleep\"(60)"
                                      << "pg_sleep" << -1;
    QTest::newRow("sleeps in code") << "SELECT U&\"pg\\005fsleep\"(60)"
                                    << "U&" << 7;
    QTest::newRow("locks") << "SELECT pg_advisory_lock(1)"
                           << "pg_advisory_lock" << -1;
    QTest::newRow("changes settings") << "SELECT set_config('role', 'none', false)"
                                      << "set_config" << -1;
    QTest::newRow("notifies") << "SELECT pg_notify('orderlab_outbox', '')"
                              << "pg_notify" << -1;
    QTest::newRow("writes by a function") << "SELECT orderlab.group_id('x')"
                                          << "group_id" << -1;
    QTest::newRow("ends sessions") << "SELECT pg_terminate_backend(1)"
                                   << "pg_terminate_backend" << -1;
    QTest::newRow("runs a text") << "SELECT query_to_xml('SELECT pg_sleep(60)', true, true, '')"
                                 << "query_to_xml" << -1;
    QTest::newRow("reads files") << "SELECT pg_read_file('/etc/passwd')"
                                 << "pg_read_file" << -1;
    QTest::newRow("reads passwords") << "SELECT * FROM pg_authid"
                                     << "may not" << -1;
    QTest::newRow("breaks out of its brackets") << "SELECT 1) AS t; DROP TABLE orders; --"
                                                << "One statement" << 16;
    QTest::newRow("closes a bracket") << "SELECT 1) AS t (c0) --"
                                      << "syntax" << 8;
    QTest::newRow("parameter") << "SELECT $1::int"
                               << "$1" << -1;
    QTest::newRow("no columns") << "SELECT FROM orders"
                                << "no columns" << -1;
    QTest::newRow("no such column") << "SELECT id, nope FROM orders"
                                    << "nope" << 11;
    QTest::newRow("after letters of two bytes") << QStringLiteral("SELECT 'ää', nope") << "nope" << 15;
    QTest::newRow("syntax at the end") << "SELECT 1 +"
                                       << "syntax" << 10;
}

void TestPostgresTables::select_refuses()
{
    QFETCH(QString, sql);
    QFETCH(QString, words);
    QFETCH(int, position);
    const auto answer = m_tables->select(sql.toStdString());
    QVERIFY_RESULT(answer);
    QVERIFY(answer->problem.has_value());
    const QString message = QString::fromStdString(answer->problem->message);
    QVERIFY2(message.contains(words), qPrintable(message));
    QCOMPARE(answer->problem->position, position);
    QVERIFY(answer->rows.empty());
    QCOMPARE(select("SELECT count(*) FROM orders"), std::string("450"));
    QCOMPARE(ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid IN"
                 " (SELECT pid FROM pg_stat_activity WHERE application_name = 'orderlab tables')"),
             std::string("0"));
}

void TestPostgresTables::select_isBounded_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("words");
    QTest::newRow("a million rows") << "SELECT i FROM generate_series(1, 1000000) i"
                                    << "first 1,000";
    QTest::newRow("many megabytes")
        << "SELECT repeat('x', 4000), repeat('x', 4000), repeat('x', 4000), repeat('x', 4000),"
           " repeat('x', 4000) FROM generate_series(1, 900)"
        << "16 MiB";
    QTest::newRow("takes long") << "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b"
                                << "5 s";
    QTest::newRow("many columns")
        << "SELECT * FROM orders a, orders b, orders c, orders d, outbox e, outbox f, outbox g, outbox h,"
           " outbox i, outbox j, outbox k, outbox l, outbox m"
        << "columns";
}

void TestPostgresTables::select_isBounded()
{
    QFETCH(QString, sql);
    QFETCH(QString, words);
    const auto answer = m_tables->select(sql.toStdString());
    QVERIFY_RESULT(answer);
    const QString said = QString::fromStdString(answer->problem ? answer->problem->message : answer->cut);
    QVERIFY2(said.contains(words), qPrintable(said));
    QVERIFY(answer->rows.size() <= Tables::selected_rows_max);
    QCOMPARE(select("SELECT count(*) FROM orders"), std::string("450"));
    QCOMPARE(select("SELECT length(repeat('x', 20000000))"), std::string("20000000"));
    QCOMPARE(m_tables->select("SELECT repeat('x', 20000000)")->rows[0][0]->size(),
             Tables::cell_characters_max + std::string("…").size());
}

void TestPostgresTables::select_canBeCanceled()
{
    std::atomic<bool> is_over{false};
    std::optional<Result<Selected>> answer;
    std::thread thread([&] {
        answer = m_tables->select("SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b");
        is_over = true;
    });
    // Once the server runs it.
    const bool runs = QTest::qWaitFor(
        [&] {
            return is_over
                   || ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'orderlab tables'"
                          " AND state = 'active' AND query LIKE 'FETCH%'")
                          == "1";
        },
        patience_ms);
    m_tables->cancel();
    thread.join();
    QVERIFY(runs);
    QVERIFY_RESULT(*answer);
    QVERIFY((*answer)->problem.has_value());
    // On a machine that stalls, the server's limit may come first.
    const std::string said = (*answer)->problem->message;
    QVERIFY2(said == "Canceled." || said.starts_with("Stopped after"), said.c_str());
    QCOMPARE(select("SELECT 1"), std::string("1"));
}

void TestPostgresTables::lostConnection_isOpenedAgain()
{
    QCOMPARE(select("SELECT 1"), std::string("1"));
    ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'orderlab tables'");
    QCOMPARE(select("SELECT 1"), std::string("1"));
    m_database.stop();
    const auto away = m_tables->select("SELECT 1");
    QVERIFY(!away);
    QCOMPARE(away.error().code, ErrorCode::Unavailable);
    m_database.start();
    QVERIFY2(m_database.problem().isEmpty(), m_database.problem());
    QCOMPARE(select("SELECT 1"), std::string("1"));
}

void TestPostgresTables::aUserWithoutTheRole_readsWithItsOwnRights()
{
    QCOMPARE(ask("CREATE ROLE shopkeeper LOGIN IN ROLE orderlab_app"), std::string());
    const auto sockets = std::filesystem::path(m_database.data().path().toStdString()) / "postgres-socket";
    const auto tables = makePostgresTables("host='" + sockets.string() + "' user=shopkeeper dbname=orderlab");
    QVERIFY_RESULT(tables->list());
    QVERIFY(tables->notice().find("orderlab_read") != std::string::npos);
    QCOMPARE(*tables->select("SELECT count(*) FROM orders")->rows[0][0], std::string("450"));
    QVERIFY(tables->select("SELECT id FROM orders FOR UPDATE")->problem);
    const auto away = makePostgresTables("host='/nowhere' user=shopkeeper password=secret dbname=orderlab")->list();
    QCOMPARE(away.error().code, ErrorCode::Unavailable);
    QVERIFY(away.error().message.find("secret") == std::string::npos);
}

void TestPostgresTables::plan_isText()
{
    const auto plan = m_tables->plan("SELECT * FROM orders WHERE id = gen_random_uuid()");
    QVERIFY_RESULT(plan);
    QVERIFY(!plan->problem);
    QVERIFY2(plan->text.find("orders") != std::string::npos, plan->text.c_str());
    QCOMPARE(m_tables->plan("SELECT nope")->problem->position, 7);
}

} // namespace orderlab::test

ORDERLAB_TEST(tst_postgres_tables, QCoreApplication, orderlab::test::TestPostgresTables)
#include "tst_postgres_tables.moc"
