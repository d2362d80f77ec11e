#include "contract/store_contract.h"

#include <algorithm>

namespace orderlab::test {

using namespace std::chrono_literals;

void StoreContract::findOrders_pagesNewestFirst()
{
    std::vector<Order> orders;
    auto transaction = store().begin();
    for (int i = 0; i < 25; ++i) {
        Order order = newOrder();
        order.created_at = order.updated_at = TimePoint{std::chrono::hours{500'000} + std::chrono::microseconds{i / 5}};
        orders.push_back(order); // five of each moment: the id decides among them
        transaction->insertOrder(order);
    }
    commit(transaction);
    std::sort(orders.begin(), orders.end(), [](const Order& a, const Order& b) {
        return std::tie(a.created_at, a.id) > std::tie(b.created_at, b.id);
    });
    std::vector<Order> read;
    std::vector<std::size_t> sizes;
    OrderQuery query;
    query.limit = 10;
    do {
        const OrderPage page = get(store().findOrders(query));
        sizes.push_back(page.orders.size());
        read.insert(read.end(), page.orders.begin(), page.orders.end());
        query.cursor = page.next_cursor;
    } while (!query.cursor.empty() && sizes.size() < 10);
    QVERIFY((sizes == std::vector<std::size_t>{10, 10, 5}));
    QVERIFY(read == orders);

    query = {};
    query.limit = 25; // exactly all: there is no further page
    QVERIFY(get(store().findOrders(query)).next_cursor.empty());
}

void StoreContract::findOrders_filters()
{
    auto transaction = store().begin();
    for (int i = 0; i < 12; ++i) {
        Order order = newOrder(i % 3 == 0 ? "grace" : "ada");
        order.status = i % 2 == 0 ? OrderStatus::Paid : OrderStatus::Created;
        transaction->insertOrder(order);
    }
    commit(transaction);
    OrderQuery query;
    query.user_id = "grace";
    QCOMPARE(get(store().findOrders(query)).orders.size(), std::size_t(4));
    query.status = OrderStatus::Paid;
    query.limit = 1;
    OrderPage page = get(store().findOrders(query));
    QCOMPARE(page.orders.size(), std::size_t(1));
    query.cursor = page.next_cursor;
    page = get(store().findOrders(query));
    QCOMPARE(page.orders.size(), std::size_t(1));
    QVERIFY(page.next_cursor.empty());
    QCOMPARE(page.orders[0].user_id, std::string("grace"));
    QCOMPARE(page.orders[0].status, OrderStatus::Paid);
    query = {};
    query.user_id = "nobody";
    QVERIFY(get(store().findOrders(query)).orders.empty());
}

void StoreContract::findOrders_refusesBadInput_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<QByteArray>("cursor");
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("limit 0") << 0 << QByteArray() << QByteArray("limit");
    QTest::newRow("limit 501") << 501 << QByteArray() << QByteArray("limit");
    QTest::newRow("words") << 10 << QByteArray("next page please") << QByteArray("cursor");
    QTest::newRow("SQL") << 10 << QByteArray("0' OR '1'='1") << QByteArray("cursor");
    QTest::newRow("no id") << 10 << QByteArray("1700000000000000_") << QByteArray("cursor");
    QTest::newRow("not UTF-8") << 10 << QByteArray("\xff\xfe") << QByteArray("cursor");
    QTest::newRow("very long") << 10 << QByteArray(100'000, '9') << QByteArray("cursor");
}

void StoreContract::findOrders_refusesBadInput()
{
    QFETCH(int, limit);
    QFETCH(QByteArray, cursor);
    QFETCH(QByteArray, field);
    OrderQuery query;
    query.limit = std::size_t(limit);
    query.cursor = cursor.toStdString();
    const auto page = runtime().run(store().findOrders(query));
    QVERIFY(!page);
    QCOMPARE(page.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(page.error().field, field.toStdString());
}

void StoreContract::counts_countEveryTable()
{
    auto transaction = store().begin();
    const OrderStatus statuses[] = {OrderStatus::Created, OrderStatus::Created,  OrderStatus::Paid,
                                    OrderStatus::Failed,  OrderStatus::Canceled, OrderStatus::Canceled};
    Order order;
    for (const OrderStatus status : statuses) {
        order = newOrder();
        order.status = status;
        transaction->insertOrder(order);
    }
    const Event event = newEvent(order);
    const EventId ids[] = {event.id};
    get(transaction->markProcessed(payment_group, ids));
    get(transaction->markProcessed(analytics_group, ids));
    transaction->emit(event);
    transaction->insertPayment(newPayment(order));
    transaction->insertNotification(newNotification(order, event));
    transaction->insertDeadLetter(newDeadLetter(event));
    commit(transaction);
    QVERIFY((get(store().counts()) == StoreCounts{6, 1, 2, 1, 1, 1, 2, 1, 1, 2}));
    get<void>(store().ping());
    QVERIFY(!store().description().empty());
}

} // namespace orderlab::test
