#include "contract/tst_postgres_store.h"

namespace orderlab::test {

using namespace std::chrono_literals;

/// Which orders `status` finds, page after page of one.
static std::vector<OrderId> foundBy(TestPostgresStore& test, Store& store, OrderStatus status)
{
    std::vector<OrderId> found;
    OrderQuery query{status, {}, 1, {}};
    do {
        const auto page = test.runtime().run(store.findOrders(query));
        if (!page)
            qFatal("%s", page.error().message.c_str());
        for (const Order& order : page->orders)
            found.push_back(order.id);
        query.cursor = page->next_cursor;
    } while (!query.cursor.empty());
    return found;
}

void TestPostgresStore::filing_findsOrdersThatStayAsTheyAre()
{
    const auto stored = [&](OrderStatus status, Duration age) {
        Order order = newOrder();
        order.status = status;
        order.created_at = order.updated_at = runtime().now() - age;
        return storeOrder(order);
    };
    const auto filed = [&](const Order& order) {
        return valueOf("SELECT coalesce(filed_status, '-') FROM orderlab.orders WHERE id = '" + order.id.toString()
                       + "'");
    };
    const Order imported = stored(OrderStatus::Created, 240h), paid = stored(OrderStatus::Paid, 240h),
                failed = stored(OrderStatus::Failed, 240h), young = stored(OrderStatus::Created, 0s);
    Order slow = stored(OrderStatus::Created, 1s);
    QCOMPARE(filed(imported), std::string("created")); // It is older than what is looked through.
    QCOMPARE(filed(paid), std::string("-"));
    QCOMPARE(filed(failed), std::string("failed"));
    QCOMPARE(filed(slow), std::string("-"));
    QVERIFY((foundBy(*this, store(), OrderStatus::Created) == std::vector{young.id, slow.id, imported.id}));

    // Two minutes later.
    script("UPDATE orderlab.orders SET created_at = created_at - interval '2 minutes' WHERE id = '" + slow.id.toString()
           + "'; UPDATE orderlab.orders_filed SET until = until - interval '2 minutes'");
    slow = *get(store().findOrder(slow.id));
    const auto other = open(journal(), options());
    for (bool has_more = true; has_more;) // In the smallest steps.
        has_more = get(other->upkeep().clean({}, 1)).has_more;
    QCOMPARE(filed(slow), std::string("created"));
    QCOMPARE(filed(young), std::string("-"));
    QCOMPARE(valueOf("SELECT until > now() - interval '70 s' FROM orderlab.orders_filed"), std::string("t"));
    QVERIFY((foundBy(*this, store(), OrderStatus::Created) == std::vector{young.id, slow.id, imported.id}));
    QVERIFY((foundBy(*this, store(), OrderStatus::Failed) == std::vector{failed.id}));
    QVERIFY((foundBy(*this, store(), OrderStatus::Paid) == std::vector{paid.id}));

    auto transaction = store().begin();
    Order moved = *get(transaction->findOrder(slow.id)), refused = *get(transaction->findOrder(imported.id));
    ++moved.version;
    ++refused.version;
    moved.status = OrderStatus::Paid;
    refused.status = OrderStatus::Failed;
    transaction->updateOrder(moved);
    transaction->updateOrder(refused);
    commit(transaction);
    QCOMPARE(filed(slow), std::string("-"));
    QCOMPARE(filed(imported), std::string("failed"));
    QVERIFY((foundBy(*this, store(), OrderStatus::Created) == std::vector{young.id}));
    QVERIFY((foundBy(*this, store(), OrderStatus::Failed) == std::vector{failed.id, imported.id}));
    QVERIFY((foundBy(*this, store(), OrderStatus::Paid) == std::vector{slow.id, paid.id}));
    m_runtime.run(other->close());
}

/// Else each change of a status writes an entry into every index of the table.
void TestPostgresStore::filing_aPaidOrderIsAHotUpdate()
{
    constexpr int count = 20;
    std::vector<OrderId> orders;
    for (int i = 0; i < count; ++i)
        orders.push_back(storeOrder(newOrder()).id);
    const std::string updates = "SELECT n_tup_upd || ' ' || n_tup_hot_upd FROM pg_stat_user_tables WHERE relid = "
                                "'orderlab.orders'::regclass";
    const auto figures = [&] { return QString::fromStdString(valueOf(updates)).split(' '); };
    const QStringList before = figures();
    auto transaction = store().begin();
    for (const OrderId& id : orders) {
        Order order = *get(transaction->findOrder(id));
        order.status = OrderStatus::Paid;
        ++order.version;
        transaction->updateOrder(order);
    }
    commit(transaction);
    QTRY_COMPARE_WITH_TIMEOUT(figures()[0].toInt() - before[0].toInt(), count, 60'000);
    QCOMPARE(figures()[1].toInt() - before[1].toInt(), count);
}

} // namespace orderlab::test
