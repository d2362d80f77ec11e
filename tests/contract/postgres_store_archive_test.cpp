#include "contract/tst_postgres_store.h"

#include "lab/order_archive.h"

#include <fstream>

namespace orderlab::test {

using namespace std::chrono_literals;

/// It has no index by order; read once an order, or with every statement, it would take most of the time.
void TestPostgresStore::archive_readsTheOutboxOnceABatch()
{
    get(store().republishUnprocessed(two_groups, "a log"));
    constexpr int batches = 3;
    const std::string count = std::to_string(batches * PostgresArchive::batch_max);
    script(
        "INSERT INTO orderlab.orders SELECT format('01900000-0000-7000-8000-%s', lpad(i::text, 12, '0'))::uuid, 'ada', "
        "1, 'EUR', 'paid',"
        " now() - interval '10 days', now() - interval '10 days', 2 FROM generate_series(1, "
        + count
        + ") i;"
          "INSERT INTO orderlab.outbox (slot, event_id, order_id, type, event_time, trace_id, span_id, user_id, "
          "amount_minor, currency, published_at)"
          " SELECT 0, id, id, 'order-created', created_at, id, 1, user_id, 1, 'EUR', created_at FROM orderlab.orders;"
          "INSERT INTO orderlab.inbox SELECT id, 0, orderlab.group_id(g) FROM orderlab.orders, unnest(ARRAY['payment', "
          "'analytics']) g;"
          "DELETE FROM orderlab.inbox WHERE event_id = '01900000-0000-7000-8000-000000000007' AND group_id = "
          "orderlab.group_id('analytics')");
    const std::string reads =
        "SELECT seq_scan + coalesce(idx_scan, 0) FROM pg_stat_user_tables WHERE relid = 'orderlab.outbox'::regclass";
    const std::string deleted = "SELECT n_tup_del FROM pg_stat_user_tables WHERE relid = 'orderlab.orders'::regclass";
    const std::int64_t before = std::stoll(valueOf(reads));
    const std::int64_t archived = std::stoll(count) - 1;
    {
        PostgresArchive archive(get(PostgresConnection::open(m_runtime, m_server->url(), 60s)), runtime().now() - 1h,
                                two_groups);
        QCOMPARE(get(archiveOrders(archive, nullptr, {})), archived);
    }
    QVERIFY(get(store().findOrder(OrderId{*Uuid::parse("01900000-0000-7000-8000-000000000007")})));
    QTRY_COMPARE_WITH_TIMEOUT(std::stoll(valueOf(deleted)), archived, 60'000); // The session's figures have come.
    const std::int64_t reading = std::stoll(valueOf(reads)) - before;
    QVERIFY2(reading >= 1 && reading <= batches + 1, qPrintable(QString::number(reading)));
}

void TestPostgresStore::archive_takesWhatIsDoneForGood()
{
    get(store().republishUnprocessed(two_groups, "a log"));
    const TimePoint long_ago = runtime().now() - 240h;
    const auto stored = [&](OrderStatus status, TimePoint at) {
        Order order = newOrder();
        order.status = status;
        order.created_at = order.updated_at = at;
        return storeOrder(order);
    };
    const Order paid = stored(OrderStatus::Paid, long_ago), open_order = stored(OrderStatus::Created, long_ago),
                young = stored(OrderStatus::Paid, runtime().now()), waiting = stored(OrderStatus::Failed, long_ago),
                undone = stored(OrderStatus::Canceled, long_ago);
    auto transaction = store().begin();
    Payment payment = newPayment(paid, PaymentOutcome::Refunded);
    transaction->insertPayment(payment);
    transaction->insertNotification(newNotification(paid, newEvent(paid)));
    transaction->insertNotification(newNotification(young, newEvent(young)));
    transaction->rememberAnswer({"key", std::string(64, 'a'), paid.id, long_ago});
    transaction->emit(newEvent(undone));
    commit(transaction);
    get<void>(store().ledger().append(newCharge(paid, paid.id)));
    get<void>(store().ledger().append(newCharge(paid, Uuid{})));
    get<void>(store().ledger().append(newCharge(young, young.id)));
    storeDeadLetter(newDeadLetter(newEvent(waiting), std::string(payment_group)));

    PostgresArchive archive(get(PostgresConnection::open(m_runtime, m_server->url(), 10s)), runtime().now() - 1h,
                            two_groups);
    QCOMPARE(get(archive.count()), 1);
    const std::filesystem::path path = m_folder.path() / "archive.jsonl";
    auto file = ArchiveFile::open(path);
    QVERIFY(file);
    QCOMPARE(get(archiveOrders(archive, &*file, {})), 1);
    QCOMPARE(get(archiveOrders(archive, &*file, {})), 0);
    QVERIFY(!get(store().findOrder(paid.id)));
    QVERIFY(!get(store().findAnswer("key")));
    for (const Order& order : {open_order, young, waiting, undone})
        QVERIFY(get(store().findOrder(order.id)));
    QCOMPARE(
        valueOf(
            "SELECT (SELECT count(*) FROM orderlab.payments) || ' ' || (SELECT count(*) FROM orderlab.refunds) || ' '"
            " || (SELECT count(*) FROM orderlab.notifications) || ' ' || (SELECT count(*) FROM "
            "orderlab.gateway_ledger)"),
        std::string("0 0 1 1"));
    // All that was taken out is in the file.
    std::ifstream stream(path);
    std::string line, further;
    std::getline(stream, line);
    QVERIFY(!std::getline(stream, further));
    QCOMPARE(valueOf("SELECT (j->'order'->>'id') || ' ' || (j->'payment'->>'outcome') || ' ' || "
                     "(j->'refund'->>'order_id') || ' '"
                     " || json_array_length(j->'ledger') || ' ' || json_array_length(j->'notifications') FROM (SELECT '"
                     + line + "'::json AS j) l"),
             paid.id.toString() + " refunded " + paid.id.toString() + " 2 1");
}

/// An end between the file and the database: the order is in both, and the next run takes it again.
void TestPostgresStore::archive_interruptedLosesNothing()
{
    Order order = newOrder();
    order.status = OrderStatus::Paid;
    storeOrder(order);
    PostgresArchive archive(get(PostgresConnection::open(m_runtime, m_server->url(), 10s)), runtime().now() + 1h,
                            two_groups);
    const std::filesystem::path path = m_folder.path() / "interrupted.jsonl";
    {
        auto file = ArchiveFile::open(path);
        QVERIFY(file);
        const ArchiveBatch batch = get(archive.next());
        QVERIFY(file->append(batch.lines));
        QVERIFY(file->append(batch.lines.substr(0, 30))); // A line that was cut off.
    }
    QVERIFY(get(store().findOrder(order.id)));
    auto file = ArchiveFile::open(path);
    QVERIFY(file);
    archive.setBefore(runtime().now() + 1h); // The next run.
    QCOMPARE(get(archiveOrders(archive, &*file, {})), 1);
    std::ifstream stream(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    QCOMPARE(lines.size(), std::size_t(2));
    QCOMPARE(lines[0], lines[1]);
}

void TestPostgresStore::archive_isNotWrittenIntoOtherFiles()
{
    const std::filesystem::path path = m_folder.path() / "letter.txt";
    std::ofstream(path) << "Dear Ada,";
    const auto file = ArchiveFile::open(path);
    QVERIFY(!file);
    QCOMPARE(file.error().field, std::string("out"));
    QCOMPARE(std::filesystem::file_size(path), std::uintmax_t(9));
}

} // namespace orderlab::test
