#include "tables/page_sql.h"
#include "tables/row_cells.h"
#include "tables/select_text.h"
#include "tables/sqlite_tables.h"

#include "domain/derived_ids.h"
#include "lab/lab.h"
#include "memory_store/memory_rows.h"
#include "runtime/virtual_runtime.h"
#include "simulation/shipped_scenarios.h"
#include "simulation/simulate.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <map>
#include <random>
#include <set>
#include <thread>

using namespace orderlab;

namespace {

Scenario scenarioOf(const char* name)
{
    const auto source = findScenario(name).value();
    return parseScenario(source.text, source.file).value();
}

/// Looks into the store of a run after so many entries.
void lookInto(const Scenario& scenario, std::uint64_t seed, std::uint64_t entries,
              const std::function<void(Lab&, VirtualRuntime&)>& look)
{
    SimulationOptions options;
    options.hash = false;
    options.stop_after_entries = entries;
    options.at_stop = look;
    if (const auto report = simulate(scenario, seed, options); !report)
        QFAIL(report.error().message.c_str());
}
std::unique_ptr<Tables> tablesAt(const Scenario& scenario, std::uint64_t seed, std::uint64_t entries,
                                 const StoreRows* before = nullptr)
{
    std::unique_ptr<Tables> tables;
    lookInto(scenario, seed, entries, [&](Lab& lab, VirtualRuntime&) {
        tables = makeSqliteTables(copyMemoryRows(lab.store()).value(), before).value();
    });
    return tables;
}
StoreRows rowsAt(const Scenario& scenario, std::uint64_t seed, std::uint64_t entries)
{
    StoreRows rows;
    lookInto(scenario, seed, entries, [&](Lab& lab, VirtualRuntime&) { rows = copyMemoryRows(lab.store()).value(); });
    return rows;
}

/// "a|b", NULL as "-"; one string a row.
QStringList linesOf(const std::vector<CellRow>& rows)
{
    QStringList lines;
    for (const CellRow& row : rows) {
        QStringList cells;
        for (const Cell& cell : row)
            cells << (cell ? QString::fromStdString(*cell) : QStringLiteral("-"));
        lines << cells.join(QLatin1Char('|'));
    }
    return lines;
}
QStringList selected(Tables& tables, const std::string& sql)
{
    const auto answer = tables.select(sql);
    if (!answer)
        return {QStringLiteral("error: ") + QString::fromStdString(answer.error().message)};
    if (answer->problem)
        return {QStringLiteral("%1: %2")
                    .arg(answer->problem->position)
                    .arg(QString::fromStdString(answer->problem->message))};
    if (!answer->cut.empty())
        return linesOf(answer->rows) << QString::fromStdString(answer->cut);
    return linesOf(answer->rows);
}
/// Whole, past the bound of a SELECT: by pages.
QStringList sortedLines(Tables& tables, const std::string& table, const std::string& select)
{
    QStringList lines;
    const int all = selected(tables, "SELECT count(*) FROM " + table).value(0).toInt();
    for (int first = 0; first < all; first += 1'000)
        lines += selected(tables, select + " LIMIT 1000 OFFSET " + std::to_string(first));
    lines.sort();
    return lines;
}

QString idOf(const Uuid& id)
{
    return id.isNull() ? QStringLiteral("-") : QString::fromStdString(id.toString());
}

/// What the store itself says of its tables, asked by the calls that the system uses.
struct StoreSays {
    Lab& lab;
    VirtualRuntime& runtime;

    std::vector<Order> orders()
    {
        std::vector<Order> all;
        OrderQuery query;
        query.limit = 500;
        do {
            const OrderPage page = runtime.run(lab.store().findOrders(query)).value();
            all.insert(all.end(), page.orders.begin(), page.orders.end());
            query.cursor = page.next_cursor;
        } while (!query.cursor.empty());
        return all;
    }
    QStringList orderLines(const std::vector<Order>& orders)
    {
        QStringList lines;
        for (const Order& o : orders)
            lines << QStringLiteral("%1|%2|%3|%4|%5|%6|%7|%8|%9")
                         .arg(idOf(o.id), QString::fromStdString(o.user_id))
                         .arg(o.total.amount_minor)
                         .arg(QString::fromStdString(std::string(o.total.currency.code())),
                              QString::fromStdString(std::string(name(o.status))),
                              QString::fromStdString(momentText(o.created_at)),
                              QString::fromStdString(momentText(o.updated_at)))
                         .arg(o.version)
                         .arg(o.status == OrderStatus::Failed || o.status == OrderStatus::Canceled
                                  ? QString::fromStdString(std::string(name(o.status)))
                                  : QStringLiteral("-")); // filed_status
        lines.sort();
        return lines;
    }
    QStringList paymentLines(const std::vector<Order>& orders)
    {
        QStringList lines;
        const auto transaction = lab.store().begin();
        for (const Order& order : orders) {
            const auto payment = runtime.run(transaction->findPayment(order.id)).value();
            if (payment)
                lines << QStringLiteral("%1|%2|%3|%4")
                             .arg(idOf(payment->order), idOf(payment->payment),
                                  QString::fromStdString(std::string(name(payment->outcome))))
                             .arg(payment->total.amount_minor);
        }
        lines.sort();
        return lines;
    }
    QStringList notificationLines(const std::vector<Order>& orders)
    {
        QStringList lines;
        for (const Order& order : orders) {
            for (const Notification& n : runtime.run(lab.store().findNotifications(order.id)).value())
                lines << QStringLiteral("%1|%2|%3")
                             .arg(idOf(n.event), idOf(n.order),
                                  QString::fromStdString(std::string(topicName(n.about))));
        }
        lines.sort();
        return lines;
    }
    QStringList analyticsLines()
    {
        QStringList lines;
        for (const AnalyticsBucket& b : runtime.run(lab.store().findAnalytics()).value())
            lines << QStringLiteral("%1|%2|%3|%4|%5")
                         .arg(QString::fromStdString(momentText(b.minute)),
                              QString::fromStdString(std::string(b.currency.code())))
                         .arg(b.orders)
                         .arg(b.paid)
                         .arg(b.revenue_minor);
        lines.sort();
        return lines;
    }
    QStringList deadLetterLines()
    {
        QStringList lines;
        DeadLetterQuery query;
        query.limit = 500;
        for (const DeadLetter& l : runtime.run(lab.store().queryDeadLetters(query)).value().letters)
            lines << QStringLiteral("%1|%2|%3|%4|%5")
                         .arg(idOf(l.id), QString::fromStdString(l.group), idOf(l.event.id))
                         .arg(l.attempts)
                         .arg(QString::fromStdString(std::string(name(l.state))));
        lines.sort();
        return lines;
    }
    QStringList parkedLines()
    {
        QStringList lines;
        for (const ParkedEvent& p : runtime.run(lab.store().findParked(10'000)).value())
            lines << QStringLiteral("%1|%2|%3|%4")
                         .arg(QString::fromStdString(p.group), idOf(p.event.id))
                         .arg(p.attempts)
                         .arg(QString::fromStdString(momentText(p.due_at)));
        lines.sort();
        return lines;
    }
};

} // namespace

class TestTables : public QObject {
    Q_OBJECT
private slots:
    void snapshot_isTheStoreAtAnyMoment_data();
    void snapshot_isTheStoreAtAnyMoment();
    void outbox_hasWhatARelayHasInHand();
    void page_isNewestFirst();
    void page_filtersAndSorts_data();
    void page_filtersAndSorts();
    void page_tellsWhatHasChanged();
    void select_reads();
    void select_refuses_data();
    void select_refuses();
    void select_isBounded_data();
    void select_isBounded();
    void select_canBeCanceled();
    void plan_isText();
    void tokens_areThoseOfPostgres_data();
    void tokens_areThoseOfPostgres();
};

void TestTables::snapshot_isTheStoreAtAnyMoment_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<quint64>("seed");
    static const char* const scenarios[] = {"everything-at-once", "double-charge", "poison", "impatient-customer",
                                            "database-away"};
    for (quint64 seed = 1; seed <= 10; ++seed) {
        const char* scenario = scenarios[seed % std::size(scenarios)];
        QTest::addRow("%s %d", scenario, int(seed)) << QString::fromLatin1(scenario) << seed;
    }
}

/// Twenty random moments of each seed.
void TestTables::snapshot_isTheStoreAtAnyMoment()
{
    QFETCH(QString, scenario);
    QFETCH(quint64, seed);
    const Scenario world = scenarioOf(scenario.toLatin1().constData());
    SimulationOptions options;
    options.hash = false;
    const std::uint64_t entries = simulate(world, seed, options).value().journal_entries;
    std::mt19937_64 random(seed);
    std::int64_t rows_seen = 0;
    for (int i = 0; i < 20; ++i) {
        const std::uint64_t moment = random() % entries;
        lookInto(world, seed, moment, [&](Lab& lab, VirtualRuntime& runtime) {
            const StoreRows rows = copyMemoryRows(lab.store()).value();
            const auto tables = makeSqliteTables(rows).value();
            StoreSays says{lab, runtime};
            const std::vector<Order> orders = says.orders();
            QCOMPARE(sortedLines(*tables, "orders", "SELECT * FROM orderlab.orders ORDER BY id"),
                     says.orderLines(orders));
            QCOMPARE(sortedLines(*tables, "payments",
                                 "SELECT order_id, payment_id, outcome, amount_minor FROM payments ORDER BY 1"),
                     says.paymentLines(orders));
            QCOMPARE(sortedLines(*tables, "notifications",
                                 "SELECT event_id, order_id, about FROM notifications ORDER BY id"),
                     says.notificationLines(orders));
            QCOMPARE(sortedLines(*tables, "analytics",
                                 "SELECT minute, currency, orders, paid, revenue_minor FROM analytics ORDER BY 1"),
                     says.analyticsLines());
            QCOMPARE(sortedLines(*tables, "dead_letters",
                                 "SELECT id, consumer_group, event_id, attempts, state FROM dead_letters ORDER BY id"),
                     says.deadLetterLines());
            QCOMPARE(sortedLines(*tables, "parked_events",
                                 "SELECT consumer_group, event_id, attempts, due_at FROM parked_events ORDER BY 1, 2"),
                     says.parkedLines());
            const StoreCounts counts = runtime.run(lab.store().counts()).value();
            const auto number = [&](const char* sql) { return selected(*tables, sql).value(0).toLongLong(); };
            QCOMPARE(number("SELECT count(*) FROM outbox WHERE published_at IS NULL"), counts.outbox_unpublished);
            QCOMPARE(number("SELECT count(*) FROM processed_events"), counts.processed_events);
            QCOMPARE(number("SELECT count(*) FROM inbox"), counts.processed_events);
            QCOMPARE(number("SELECT count(*) FROM gateway_ledger WHERE kind = 'charge'"),
                     runtime.run(lab.store().ledger().count(LedgerEntry::Kind::Charge)).value());
            QCOMPARE(number("SELECT count(*) FROM gateway_ledger WHERE kind = 'refund'"),
                     runtime.run(lab.store().ledger().count(LedgerEntry::Kind::Refund)).value());
            QCOMPARE(number("SELECT count(*) FROM refunds"),
                     number("SELECT count(*) FROM payments WHERE outcome = 'refunded'"));
            // Each inbox row is one that the store knows.
            std::map<std::string, std::vector<EventId>> done;
            for (const StoreRows::Done& row : rows.inbox)
                done[row.group].push_back(row.event);
            for (const auto& [group, events] : done) {
                const auto known = runtime.run(lab.store().findProcessed(group, events)).value();
                QVERIFY(std::all_of(known.begin(), known.end(), [](bool is_known) { return is_known; }));
                QCOMPARE(
                    number(("SELECT count(*) FROM processed_events WHERE consumer_group = '" + group + "'").c_str()),
                    qint64(events.size()));
            }
            rows_seen += qint64(orders.size()) + counts.processed_events;
        });
        if (QTest::currentTestFailed()) {
            qWarning("seed %d, after %d entries", int(seed), int(moment));
            return;
        }
    }
    QVERIFY(rows_seen > 0);
}

/// While it publishes, the rows are in its claim, and unpublished all the same.
void TestTables::outbox_hasWhatARelayHasInHand()
{
    const Scenario world = scenarioOf("everything-at-once");
    int with_rows = 0, in_a_claim = 0;
    for (std::uint64_t moment = 20; moment < 400 && in_a_claim == 0; moment += 3) {
        lookInto(world, 1, moment, [&](Lab& lab, VirtualRuntime& runtime) {
            const auto waiting = runtime.run(lab.store().outboxBacklog()).value();
            QCOMPARE(qint64(copyMemoryRows(lab.store()).value().outbox.size()), waiting);
            with_rows += waiting > 0;
            std::int64_t free = 0; // What another relay would get.
            std::vector<std::unique_ptr<OutboxClaim>> claims;
            while (auto claim = runtime.run(lab.store().claimOutbox(1'000)).value()) {
                free += qint64(claim->events().size());
                claims.push_back(std::move(claim));
            }
            in_a_claim += free < waiting;
            QCOMPARE(qint64(copyMemoryRows(lab.store()).value().outbox.size()), waiting);
        });
    }
    QVERIFY(with_rows > 0);
    QVERIFY(in_a_claim > 0);
}

void TestTables::page_isNewestFirst()
{
    const auto tables = tablesAt(scenarioOf("everything-at-once"), 1, 100'000);
    const auto list = tables->list().value();
    const auto orders =
        std::find_if(list.begin(), list.end(), [](const TableInfo& table) { return table.name == "orders"; });
    QVERIFY(orders->rows > 20);
    std::set<std::string> seen;
    std::string last;
    PageQuery query;
    query.table = "orders";
    for (query.first = 0; query.first < orders->rows; query.first += Tables::page_rows) {
        const TablePage page = tables->page(query).value();
        QCOMPARE(page.total, orders->rows);
        QCOMPARE(page.first, query.first);
        for (const CellRow& row : page.rows) {
            QVERIFY(last.empty() || *row[5] <= last);
            last = *row[5];
            seen.insert(*row[0]);
        }
    }
    QCOMPARE(std::int64_t(seen.size()), orders->rows);
    query.first = orders->rows + 5;
    QVERIFY(tables->page(query).value().rows.empty());
    query.table = "nothing";
    QCOMPARE(tables->page(query).error().code, ErrorCode::NotFound);
    query.table = "orders";
    query.sort = "nothing";
    QCOMPARE(tables->page(query).error().code, ErrorCode::NotFound);
}

void TestTables::page_filtersAndSorts_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("same");
    QTest::newRow("part") << "status"
                          << "PAI"
                          << "status LIKE '%pai%'";
    QTest::newRow("exactly") << "status"
                             << "=paid"
                             << "status = 'paid'";
    QTest::newRow("not a pattern") << "user_id"
                                   << "%"
                                   << "user_id LIKE '%\\%%' ESCAPE '\\'";
    QTest::newRow("no quote gets out") << "user_id"
                                       << "' OR 1=1 --"
                                       << "user_id = ''";
    QTest::newRow("null") << "version"
                          << "null"
                          << "version IS NULL";
    QTest::newRow("number") << "version"
                            << "=2"
                            << "version = 2";
}

void TestTables::page_filtersAndSorts()
{
    QFETCH(QString, column);
    QFETCH(QString, text);
    QFETCH(QString, same);
    const auto tables = tablesAt(scenarioOf("happy-day"), 1, 100'000);
    PageQuery query;
    query.table = "orders";
    query.filters = {{column.toStdString(), text.toStdString()}};
    query.sort = "amount_minor";
    query.is_descending = true;
    const TablePage page = tables->page(query).value();
    const std::string where = same.toStdString();
    QCOMPARE(page.total, selected(*tables, "SELECT count(*) FROM orders WHERE " + where).value(0).toLongLong());
    QCOMPARE(linesOf(page.rows),
             selected(*tables, "SELECT * FROM orders WHERE " + where
                                   + " ORDER BY amount_minor DESC, created_at DESC, id DESC LIMIT 200"));
}

void TestTables::page_tellsWhatHasChanged()
{
    const Scenario world = scenarioOf("everything-at-once");
    const StoreRows before = rowsAt(world, 3, 300), now = rowsAt(world, 3, 900);
    QVERIFY(before.orders.size() > 1 && now.orders.size() > before.orders.size());
    std::map<Uuid, Order> then;
    for (const Order& order : before.orders)
        then.emplace(order.id, order);
    std::map<QString, RowChange> expected;
    for (const Order& order : now.orders) {
        const auto known = then.find(order.id);
        expected[idOf(order.id)] = known == then.end()      ? RowChange::Added
                                   : known->second == order ? RowChange::Same
                                                            : RowChange::Changed;
    }
    for (const bool backwards : {false, true}) {
        const auto tables = makeSqliteTables(backwards ? before : now, backwards ? &now : &before).value();
        QVERIFY(tables->hasChanges());
        PageQuery query;
        query.table = "orders";
        const TablePage page = tables->page(query).value();
        QCOMPARE(page.total, std::int64_t(now.orders.size()));
        std::map<QString, RowChange> told;
        for (std::size_t i = 0; i < page.rows.size(); ++i) {
            const QString id = QString::fromStdString(*page.rows[i][0]);
            RowChange change = page.changes[i];
            QCOMPARE(page.before[i].empty(), change != RowChange::Changed);
            if (change == RowChange::Changed) {
                QCOMPARE(page.before[i][0], page.rows[i][0]);
                QVERIFY(page.before[i] != page.rows[i]);
            }
            if (backwards && change == RowChange::Gone) // Looking back, what was added is gone.
                change = RowChange::Added;
            told[id] = change;
        }
        QVERIFY(told == expected);
        query.changed_only = true;
        const TablePage changed = tables->page(query).value();
        QVERIFY(changed.total > 0 && changed.total < page.total);
        QVERIFY(std::none_of(changed.changes.begin(), changed.changes.end(),
                             [](RowChange c) { return c == RowChange::Same; }));
        // A table without a key of its own, and one whose keys may be NULL.
        for (const char* table : {"gateway_ledger", "outbox", "processed_events", "dead_letters", "analytics"}) {
            query.table = table;
            QVERIFY_RESULT(tables->page(query));
        }
    }
    const auto same = makeSqliteTables(now, &now).value();
    for (const TableKind& kind : tableKinds()) {
        PageQuery query;
        query.table = kind.name;
        query.changed_only = true;
        QCOMPARE(same->page(query).value().total, 0);
    }
    // A SELECT sees both.
    const auto both = makeSqliteTables(now, &before).value();
    QCOMPARE(selected(*both, "SELECT (SELECT count(*) FROM before.orders), (SELECT count(*) FROM orders)"),
             QStringList{QStringLiteral("%1|%2").arg(before.orders.size()).arg(now.orders.size())});
}

void TestTables::select_reads()
{
    const auto tables = tablesAt(scenarioOf("happy-day"), 1, 100'000);
    QCOMPARE(selected(*tables, "-- as people write\nSELECT 1, NULL, '', 'it''s' ; -- done"), QStringList{"1|-||it's"});
    QCOMPARE(selected(*tables, "VALUES (1), (2)"), (QStringList{"1", "2"}));
    QCOMPARE(
        selected(*tables, "WITH p AS (SELECT * FROM orderlab.orders WHERE status = 'paid') SELECT count(*) > 0 FROM p"),
        QStringList{"1"});
    QCOMPARE(selected(*tables, "SELECT kept FROM outbox LIMIT 0"), QStringList());
    const auto twice = tables->select("SELECT id, id FROM orders LIMIT 1").value();
    QCOMPARE(twice.columns, (std::vector<std::string>{"id", "id"}));
}

void TestTables::select_refuses_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("position");
    QTest::newRow("nothing") << "  -- only a comment"
                             << "Write a SELECT" << -1;
    QTest::newRow("insert") << "INSERT INTO orders VALUES (1)"
                            << "Only SELECT" << 0;
    QTest::newRow("update") << "  UPDATE orders SET status = 'paid'"
                            << "Only SELECT" << 2;
    QTest::newRow("pragma") << "PRAGMA table_list"
                            << "Only SELECT" << 0;
    QTest::newRow("attach") << "ATTACH 'x.db' AS x"
                            << "Only SELECT" << 0;
    QTest::newRow("explain") << "EXPLAIN SELECT 1"
                             << "Plan" << 0;
    QTest::newRow("two") << "SELECT 1; SELECT 2"
                         << "One statement" << 10;
    QTest::newRow("two with a comment between") << "SELECT 1; /* ; */ DELETE FROM orders"
                                                << "One statement" << 18;
    QTest::newRow("write behind WITH") << "WITH a AS (SELECT 1) DELETE FROM orders"
                                       << "Only reading" << -1;
    QTest::newRow("pragma as a table") << "SELECT * FROM pragma_database_list"
                                       << "Only reading" << -1;
    QTest::newRow("extension") << "SELECT load_extension('x')"
                               << "Only reading" << -1;
    QTest::newRow("open quote") << "SELECT 'a"
                                << "no end" << 7;
    QTest::newRow("open comment") << "SELECT 1 /* a"
                                  << "no end" << 9;
    QTest::newRow("no such column") << "SELECT id, nope FROM orders"
                                    << "nope" << 11;
    QTest::newRow("no such table") << "SELECT * FROM nope"
                                   << "nope" << -1;
    QTest::newRow("syntax") << "SELECT * FORM orders"
                            << "syntax" << 9;
    QTest::newRow("after letters of two bytes") << QStringLiteral("SELECT 'ää' FORM FORM x") << "syntax" << 19;
    QTest::newRow("too long") << QStringLiteral("SELECT '%1'").arg(QString(70'000, QLatin1Char('x'))) << "64 KiB" << -1;
}

void TestTables::select_refuses()
{
    QFETCH(QString, sql);
    QFETCH(QString, words);
    QFETCH(int, position);
    const auto tables = tablesAt(scenarioOf("happy-day"), 1, 500);
    const auto orders = selected(*tables, "SELECT * FROM orders ORDER BY id");
    const auto answer = tables->select(sql.toStdString()).value();
    QVERIFY(answer.problem.has_value());
    const QString message = QString::fromStdString(answer.problem->message);
    QVERIFY2(message.contains(words), qPrintable(message));
    QCOMPARE(answer.problem->position, position);
    QVERIFY(answer.rows.empty());
    QCOMPARE(selected(*tables, "SELECT * FROM orders ORDER BY id"), orders);
}

void TestTables::select_isBounded_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("rows");
    const QString endless = QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) ");
    QTest::newRow("a million rows") << endless + "SELECT i FROM n LIMIT 1000000"
                                    << "first 1,000" << 1'000;
    QTest::newRow("without end") << endless + "SELECT count(*) FROM n"
                                 << "too long" << -1;
    QTest::newRow("many megabytes") << endless
                                           + "SELECT hex(zeroblob(2000)), hex(zeroblob(2000)), hex(zeroblob(2000)),"
                                             " hex(zeroblob(2000)), hex(zeroblob(2000)) FROM n LIMIT 900"
                                    << "16 MiB" << 833;
    QTest::newRow("a long text") << "SELECT length(hex(zeroblob(200000000)))"
                                 << "too long" << -1;
}

void TestTables::select_isBounded()
{
    QFETCH(QString, sql);
    QFETCH(QString, words);
    QFETCH(int, rows);
    const auto tables = tablesAt(scenarioOf("happy-day"), 1, 500);
    const auto answer = tables->select(sql.toStdString()).value();
    const QString said = QString::fromStdString(answer.problem ? answer.problem->message : answer.cut);
    QVERIFY2(said.contains(words), qPrintable(said));
    QCOMPARE(answer.problem.has_value(), rows < 0);
    if (rows == 1'000)
        QCOMPARE(int(answer.rows.size()), rows);
    if (rows == 833)
        QVERIFY(answer.rows.size() > 700 && answer.rows.size() < 900);
    for (const CellRow& row : answer.rows)
        QVERIFY(row[0]->size() <= Tables::cell_characters_max + std::string("…").size());
    QCOMPARE(selected(*tables, "SELECT 1"), QStringList{"1"}); // It lives.
}

void TestTables::select_canBeCanceled()
{
    const auto tables = tablesAt(scenarioOf("happy-day"), 1, 500);
    std::atomic<bool> is_over{false};
    std::optional<Selected> answer;
    std::thread thread([&] {
        // Longer than its bound of steps allows, were it not for the person; on any machine the cancel comes first or
        // the bound does, and both are told.
        answer =
            tables->select("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
                .value();
        is_over = true;
    });
    while (!is_over)
        tables->cancel();
    thread.join();
    QCOMPARE(answer->problem->message, std::string("Canceled."));
    QCOMPARE(selected(*tables, "SELECT 1"), QStringList{"1"});
}

void TestTables::plan_isText()
{
    const auto tables = tablesAt(scenarioOf("happy-day"), 1, 500);
    const auto plan = tables->plan("SELECT * FROM orders WHERE id = 'x'").value();
    QVERIFY(!plan.problem);
    QVERIFY2(plan.text.find("orders_by_key") != std::string::npos, plan.text.c_str());
    QVERIFY(tables->plan("SELECT nope").value().problem);
    QVERIFY(tables->plan("DELETE FROM orders").value().problem);
}

void TestTables::tokens_areThoseOfPostgres_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("tokens");
    QTest::newRow("kinds") << "SELECT \"a\"\"b\" , 'it''s' FROM x1 WHERE y>=1.5e3"
                           << "word:SELECT name:\"a\"\"b\" mark:, text:'it''s' word:FROM word:x1 word:WHERE word:y "
                              "mark:> mark:= number:1.5e3";
    QTest::newRow("backslash") << "'a\\' 'b'"
                               << "text:'a\\' text:'b'";
    QTest::newRow("escapes") << "E'a\\'b' c"
                             << "text:E'a\\'b' word:c";
    QTest::newRow("dollars") << "$$a;b$$ $t$c$$d$t$ $1"
                             << "text:$$a;b$$ text:$t$c$$d$t$ mark:$ number:1";
    QTest::newRow("comments") << "a--b\n/*c/*d*/e*/f"
                              << "word:a comment:--b comment:/*c/*d*/e*/ word:f";
    QTest::newRow("open") << "'a"
                          << "text:'a!";
}

void TestTables::tokens_areThoseOfPostgres()
{
    QFETCH(QString, sql);
    QFETCH(QString, tokens);
    const std::string text = sql.toStdString();
    static const char* const kinds[] = {"word", "name", "text", "number", "comment", "mark"};
    QStringList found;
    for (const SqlToken& token : sqlTokens(text))
        found << QStringLiteral("%1:%2%3").arg(
            QLatin1String(kinds[int(token.kind)]),
            QString::fromStdString(text.substr(token.begin, token.end - token.begin)),
            token.is_open ? QStringLiteral("!") : QString());
    QCOMPARE(found.join(QLatin1Char(' ')), tokens);
}

ORDERLAB_TEST(tst_tables, NoApplication, TestTables)
#include "tst_tables.moc"
