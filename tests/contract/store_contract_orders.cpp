#include "contract/store_contract.h"

#include <algorithm>

namespace orderlab::test {

using namespace std::chrono_literals;

void StoreContract::order_isStoredWithItsEvent()
{
    const Order order = newOrder();
    const Event event = newEvent(order);
    auto transaction = store().begin();
    transaction->insertOrder(order);
    transaction->emit(event);
    commit(transaction);

    QVERIFY(get(store().findOrder(order.id)) == order);
    auto claim = get(store().claimOutbox(10));
    QVERIFY(claim);
    QCOMPARE(claim->events().size(), std::size_t(1));
    QVERIFY(claim->events()[0] == event);
    QVERIFY(!get(store().findOrder(OrderId{runtime().newUuid()})));
}

void StoreContract::transaction_withoutCommitLeavesNothing()
{
    const Order order = newOrder();
    const Event event = newEvent(order);
    {
        auto transaction = store().begin();
        QVERIFY(!get(transaction->findOrder(order.id)));
        const EventId ids[] = {event.id};
        get(transaction->markProcessed(payment_group, ids));
        transaction->insertOrder(order);
        transaction->insertPayment(newPayment(order));
        transaction->insertNotification(newNotification(order, event));
        transaction->emit(event);
        QVERIFY(!get(store().findOrder(order.id)));
    }
    QVERIFY(get(store().counts()) == StoreCounts{});
    QVERIFY(!get(store().claimOutbox(10)));
}

void StoreContract::commit_isAllOrNothing()
{
    const Order there = storeOrder(newOrder());
    const StoreCounts before = get(store().counts());
    const Order fresh = newOrder();
    const Event event = newEvent(fresh);
    auto transaction = store().begin();
    const EventId ids[] = {event.id};
    get(transaction->markProcessed(payment_group, ids));
    transaction->insertOrder(fresh);
    transaction->emit(event);
    transaction->insertPayment(newPayment(fresh));
    transaction->insertNotification(newNotification(fresh, event));
    transaction->rememberAnswer({"key", std::string(64, 'a'), fresh.id, runtime().now()});
    transaction->insertDeadLetter(newDeadLetter(event));
    AnalyticsBucket bucket;
    bucket.orders = 1;
    transaction->addAnalytics(bucket);
    transaction->insertOrder(there); // the one that cannot be
    QCOMPARE(commitError(transaction).code, ErrorCode::AlreadyExists);

    QVERIFY(get(store().counts()) == before);
    QVERIFY(!get(store().findAnswer("key")));
    QVERIFY(get(store().findAnalytics()).empty());
    QVERIFY(!get(store().claimOutbox(10)));
}

void StoreContract::commit_tellsTheJournalOnceItIsDurable()
{
    const Order order = newOrder();
    JournalReader reader(journal());
    std::vector<Entry> entries;
    auto transaction = store().begin();
    transaction->insertOrder(order);
    transaction->emit(newEvent(order));
    QCOMPARE(reader.read(entries, 100), std::size_t(0));
    commit(transaction);
    QCOMPARE(reader.read(entries, 100), std::size_t(2));
    QCOMPARE(entries[0].kind, EntryKind::OrderAccepted);
    QCOMPARE(entries[1].kind, EntryKind::EventEmitted);

    auto again = store().begin();
    again->insertOrder(order);
    commitError(again);
    QCOMPARE(reader.read(entries, 100), std::size_t(0));
}

void StoreContract::commit_ofManyRowsOfEveryKind()
{
    constexpr int count = 500;
    auto transaction = store().begin();
    std::vector<EventId> ids;
    for (int i = 0; i < count; ++i) {
        const Order order = newOrder();
        const Event event = newEvent(order);
        ids.push_back(event.id);
        transaction->insertOrder(order);
        transaction->emit(event);
        transaction->insertPayment(newPayment(order));
        transaction->insertNotification(newNotification(order, event));
        transaction->insertDeadLetter(newDeadLetter(event));
        AnalyticsBucket bucket;
        bucket.minute = TimePoint{std::chrono::minutes{i % 7}};
        bucket.orders = 1;
        transaction->addAnalytics(bucket);
    }
    const std::vector<bool> to_do = get(transaction->markProcessed(payment_group, ids));
    QCOMPARE(std::count(to_do.begin(), to_do.end(), true), count);
    commit(transaction);
    const StoreCounts counts = get(store().counts());
    QVERIFY((counts == StoreCounts{count, count, count, count, count, count, count, 0, 0, 0}));
    QCOMPARE(get(store().findAnalytics()).size(), std::size_t(7));
}

void StoreContract::insertOrder_sameIdTwice()
{
    const Order order = storeOrder(newOrder());
    Order other = newOrder("grace", 5);
    other.id = order.id;
    auto transaction = store().begin();
    transaction->insertOrder(other);
    const Error error = commitError(transaction);
    QCOMPARE(error.code, ErrorCode::AlreadyExists);
    QCOMPARE(error.retry, Retry::Never);
    QVERIFY(get(store().findOrder(order.id)) == order);
}

void StoreContract::updateOrder_changedSinceItWasRead()
{
    const Order order = storeOrder(newOrder());
    auto first = store().begin(), second = store().begin();
    auto paid = get(first->findOrder(order.id)), canceled = get(second->findOrder(order.id));
    QVERIFY(paid && canceled);
    QVERIFY(paid->transitionTo(OrderStatus::Paid, runtime().now()));
    QVERIFY(canceled->transitionTo(OrderStatus::Canceled, runtime().now()));
    first->updateOrder(*paid);
    second->updateOrder(*canceled);
    second->emit(newEvent(order, EventType::OrderCanceled));
    commit(first);
    const Error error = commitError(second);
    QCOMPARE(error.code, ErrorCode::Conflict);
    QCOMPARE(error.retry, Retry::Now);
    QVERIFY(get(store().findOrder(order.id)) == paid);
    QVERIFY(!get(store().claimOutbox(10)));
}

void StoreContract::updateOrder_unknownOrder()
{
    Order order = newOrder();
    order.version = 2;
    auto transaction = store().begin();
    transaction->updateOrder(order);
    QCOMPARE(commitError(transaction).code, ErrorCode::Conflict);
}

namespace {

/// Adds one to the order's amount `times` times, starting over whenever somebody else was quicker.
Task<void> addOnes(Store& store, Runtime& runtime, OrderId id, int times, std::atomic<int>& failures)
{
    while (times > 0) {
        auto transaction = store.begin();
        const auto order = co_await transaction->findOrder(id);
        if (!order || !*order) {
            ++failures;
            co_return;
        }
        Order next = **order;
        ++next.total.amount_minor;
        ++next.version;
        transaction->updateOrder(next);
        const auto committed = co_await transaction->commit(runtime.now());
        if (committed)
            --times;
        else if (committed.error().code != ErrorCode::Conflict) {
            ++failures;
            co_return;
        }
    }
}

} // namespace

void StoreContract::updateOrder_noUpdateIsLostAmongMany()
{
    const Order order = storeOrder(newOrder("ada", 1000));
    std::atomic<int> failures{0};
    TaskGroup group(runtime());
    for (int i = 0; i < 8; ++i)
        group.spawn(addOnes(store(), runtime(), order.id, 10, failures));
    runtime().run(group.join());
    QCOMPARE(failures.load(), 0);
    const auto after = get(store().findOrder(order.id));
    QCOMPARE(after->total.amount_minor, 1080);
    QCOMPARE(after->version, 81);
}

void StoreContract::payment_oneAnOrder()
{
    const Order order = storeOrder(newOrder());
    Payment payment = newPayment(order, PaymentOutcome::Declined);
    payment.payment = Uuid{};
    payment.reason = "insufficient funds";
    auto first = store().begin();
    QVERIFY(!get(first->findPayment(order.id)));
    first->insertPayment(payment);
    commit(first);

    auto second = store().begin();
    QVERIFY(get(second->findPayment(order.id)) == payment);
    second->insertPayment(newPayment(order));
    second->insertOrder(newOrder());
    const Error error = commitError(second);
    QCOMPARE(error.code, ErrorCode::Conflict);
    QCOMPARE(error.retry, Retry::Now);
    QCOMPARE(get(store().counts()).payments, 1);
    QCOMPARE(get(store().counts()).orders, 1);
}

void StoreContract::payment_changedSinceItWasRead()
{
    const Order order = storeOrder(newOrder());
    auto insert = store().begin();
    insert->insertPayment(newPayment(order));
    commit(insert);

    auto first = store().begin(), second = store().begin();
    auto refunded = get(first->findPayment(order.id)), voided = get(second->findPayment(order.id));
    QVERIFY(refunded && voided);
    refunded->outcome = PaymentOutcome::Refunded;
    voided->outcome = PaymentOutcome::Voided;
    first->updatePayment(*refunded);
    second->updatePayment(*voided);
    commit(first);
    QCOMPARE(commitError(second).code, ErrorCode::Conflict);
    auto third = store().begin();
    QVERIFY(get(third->findPayment(order.id)) == refunded);
}

} // namespace orderlab::test
