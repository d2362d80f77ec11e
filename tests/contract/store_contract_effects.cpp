#include "contract/store_contract.h"
#include "support/verify_result.h"

#include <algorithm>

namespace orderlab::test {

using namespace std::chrono_literals;

void StoreContract::inbox_tellsWhatIsStillToDo()
{
    const Order order = newOrder();
    const EventId a = newEvent(order).id, b = newEvent(order).id, c = newEvent(order).id;
    auto first = store().begin();
    const EventId two[] = {a, c};
    QVERIFY((get(first->markProcessed(payment_group, two)) == std::vector<bool>{true, true}));
    commit(first);

    const EventId three[] = {a, b, c};
    auto second = store().begin();
    QVERIFY((get(second->markProcessed(payment_group, three)) == std::vector<bool>{false, true, false}));
    QVERIFY((get(second->markProcessed(analytics_group, three)) == std::vector<bool>{true, true, true}));
    commit(second);
    QCOMPARE(get(store().counts()).processed_events, 6);
}

void StoreContract::inbox_rolledBackIsStillToDo()
{
    const EventId ids[] = {newEvent(newOrder()).id};
    {
        auto dropped = store().begin();
        QVERIFY((get(dropped->markProcessed(payment_group, ids)) == std::vector<bool>{true}));
    }
    auto again = store().begin();
    QVERIFY((get(again->markProcessed(payment_group, ids)) == std::vector<bool>{true}));
    commit(again);
}

void StoreContract::inbox_sameEventTwiceInOneBatch()
{
    const EventId id = newEvent(newOrder()).id;
    const EventId ids[] = {id, id};
    auto transaction = store().begin();
    QVERIFY((get(transaction->markProcessed(payment_group, ids)) == std::vector<bool>{true, false}));
    commit(transaction);
    QCOMPARE(get(store().counts()).processed_events, 1);
}

namespace {

/// Does each event once the inbox lets it, starting over on a conflict.
Task<void> notifyAbout(Store& store, Runtime& runtime, std::vector<Notification> work, std::atomic<int>& failures)
{
    for (std::size_t i = 0; i < work.size();) {
        auto transaction = store.begin();
        const EventId ids[] = {work[i].event, work[(i + 1) % work.size()].event};
        const auto to_do = co_await transaction->markProcessed(payment_group, ids);
        if (!to_do && to_do.error().code == ErrorCode::Conflict)
            continue;
        if (!to_do) {
            ++failures;
            co_return;
        }
        co_await runtime.sleep(Duration{std::int64_t(runtime.randomBelow(500))});
        if ((*to_do)[0])
            transaction->insertNotification(work[i]);
        if ((*to_do)[1])
            transaction->insertNotification(work[(i + 1) % work.size()]);
        const auto committed = co_await transaction->commit(runtime.now());
        if (committed)
            i += 2;
        else if (committed.error().code != ErrorCode::Conflict) {
            ++failures;
            co_return;
        }
    }
}

} // namespace

namespace {

/// The effects of one batch: inbox row, notification and analytics of `event`, which is taken for new.
Task<void> commitEffects(Store& store, Runtime& runtime, std::string_view group, Order order, EventId event,
                         std::vector<Result<void>>& results, std::size_t index)
{
    auto transaction = store.begin();
    const EventId ids[] = {event};
    transaction->assumeUnprocessed(group, ids);
    transaction->insertNotification({event, order.id, EventType::OrderCreated, "ada", order.total, runtime.now()});
    AnalyticsBucket delta;
    delta.minute = std::chrono::floor<std::chrono::minutes>(order.created_at);
    delta.orders = 1;
    transaction->addAnalytics(delta);
    auto moved = co_await transaction->findOrder(order.id);
    if (moved && *moved) {
        const auto paid = (*moved)->transitionTo(OrderStatus::Paid, runtime.now());
        if (paid)
            transaction->updateOrder(std::move(**moved));
    }
    results[index] = co_await transaction->commit(runtime.now());
}

} // namespace

/// A store may write together what comes at the same time.
void StoreContract::commit_ofManyAtOnce_whatOneCannotWriteIsItsOwnHarm()
{
    constexpr std::size_t count = 40;
    std::vector<Order> orders;
    std::vector<EventId> events;
    for (std::size_t i = 0; i < count; ++i) {
        orders.push_back(storeOrderWithEvents(0));
        events.push_back(newEvent(orders.back()).id);
    }
    auto before = store().begin();
    const EventId done[] = {events[7], events[23]};
    QVERIFY((get(before->markProcessed(payment_group, done)) == std::vector<bool>{true, true}));
    commit(before);
    std::vector<Result<void>> results(count);
    TaskGroup all(runtime());
    for (std::size_t i = 0; i < count; ++i)
        all.spawn(commitEffects(store(), runtime(), payment_group, orders[i], events[i], results, i));
    runtime().run(all.join());
    for (std::size_t i = 0; i < count; ++i) {
        if (i != 7 && i != 23) {
            QVERIFY_RESULT(results[i]);
            continue;
        }
        QVERIFY(!results[i]);
        QCOMPARE(results[i].error().code, ErrorCode::Conflict);
    }
    const StoreCounts counts = get(store().counts());
    QCOMPARE(counts.notifications, std::int64_t(count - 2));
    QCOMPARE(counts.processed_events, std::int64_t(count));
    QCOMPARE(counts.paid, std::int64_t(count - 2));
    std::int64_t counted = 0;
    for (const AnalyticsBucket& bucket : get(store().findAnalytics()))
        counted += bucket.orders;
    QCOMPARE(counted, std::int64_t(count - 2));
}

void StoreContract::readAhead_tellsWhatAReadWould()
{
    const Order one = storeOrderWithEvents(0), two = storeOrderWithEvents(0), never_stored = newOrder();
    Payment payment;
    payment.order = one.id;
    payment.outcome = PaymentOutcome::Declined;
    payment.total = one.total;
    payment.updated_at = runtime().now();
    auto first = store().begin();
    first->insertPayment(payment);
    commit(first);
    auto ahead = store().begin();
    get<void>(ahead->readOrdersAhead({one.id, two.id, never_stored.id, one.id}));
    get<void>(ahead->readPaymentsAhead({one.id, two.id}));
    QVERIFY(get(ahead->findOrder(one.id)).has_value());
    QCOMPARE(get(ahead->findOrder(two.id))->id, two.id);
    QVERIFY(!get(ahead->findOrder(never_stored.id)).has_value());
    QCOMPARE(get(ahead->findPayment(one.id))->outcome, PaymentOutcome::Declined);
    QVERIFY(!get(ahead->findPayment(two.id)).has_value());
    // What another transaction changes meanwhile fails the commit, as after any read.
    auto other = store().begin();
    Payment changed = *get(other->findPayment(one.id));
    changed.outcome = PaymentOutcome::Voided;
    other->updatePayment(changed);
    commit(other);
    changed.outcome = PaymentOutcome::Refunded;
    ahead->updatePayment(changed);
    const auto refused = runtime().run(ahead->commit(runtime().now()));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
}

void StoreContract::inbox_effectsHappenOnceAmongMany()
{
    const Order order = storeOrder(newOrder());
    std::vector<Notification> work;
    for (int i = 0; i < 20; ++i)
        work.push_back(newNotification(order, newEvent(order)));
    std::atomic<int> failures{0};
    TaskGroup group(runtime());
    for (int i = 0; i < 6; ++i) {
        std::rotate(work.begin(), work.begin() + 3, work.end());
        group.spawn(notifyAbout(store(), runtime(), work, failures));
    }
    runtime().run(group.join());
    QCOMPARE(failures.load(), 0);
    std::map<EventId, int> written;
    for (const Notification& notification : get(store().findNotifications(order.id)))
        ++written[notification.event];
    QCOMPARE(written.size(), std::size_t(20));
    QVERIFY(std::all_of(written.begin(), written.end(), [](const auto& entry) { return entry.second == 1; }));
}

void StoreContract::idempotencyKey_isRememberedOnce()
{
    const Order order = newOrder();
    const IdempotencyRecord answer{"key \"1\", {é}", std::string(64, 'a'), order.id, runtime().now()};
    const IdempotencyRecord in_flight{"key 2", std::string(64, 'b'), {}, runtime().now()};
    auto first = store().begin();
    first->insertOrder(order);
    first->rememberAnswer(answer);
    first->rememberAnswer(in_flight);
    commit(first);
    QVERIFY(get(store().findAnswer(answer.key)) == answer);
    QVERIFY(get(store().findAnswer(in_flight.key)) == in_flight);
    QVERIFY(!get(store().findAnswer("key 3")));

    auto second = store().begin();
    second->insertOrder(newOrder());
    second->rememberAnswer({answer.key, std::string(64, 'c'), order.id, runtime().now()});
    const Error error = commitError(second);
    QCOMPARE(error.code, ErrorCode::AlreadyExists);
    QCOMPARE(error.retry, Retry::Never);
    QCOMPARE(get(store().counts()).orders, 1);
    QVERIFY(get(store().findAnswer(answer.key)) == answer);
}

namespace {

Task<void> countOrders(Store& store, Runtime& runtime, std::vector<Currency> currencies, int times,
                       std::atomic<int>& failures)
{
    while (times > 0) {
        auto transaction = store.begin();
        for (const Currency currency : currencies) {
            AnalyticsBucket bucket;
            bucket.minute = TimePoint{std::chrono::minutes{29'000'000 + times % 2}};
            bucket.currency = currency;
            bucket.orders = 1;
            bucket.revenue_minor = 100;
            transaction->addAnalytics(bucket);
        }
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

void StoreContract::analytics_addUpAmongMany()
{
    const Currency eur, usd = *Currency::parse("USD");
    std::atomic<int> failures{0};
    TaskGroup group(runtime());
    for (int i = 0; i < 8; ++i) {
        // Half of them the other way round: no order of rows may lock them out for good.
        const auto currencies = i % 2 ? std::vector{eur, usd} : std::vector{usd, eur};
        group.spawn(countOrders(store(), runtime(), currencies, 10, failures));
    }
    runtime().run(group.join());
    QCOMPARE(failures.load(), 0);
    const auto buckets = get(store().findAnalytics());
    QCOMPARE(buckets.size(), std::size_t(4));
    for (const AnalyticsBucket& bucket : buckets) {
        QCOMPARE(bucket.orders, 40);
        QCOMPARE(bucket.revenue_minor, 4000);
        QCOMPARE(bucket.paid, 0);
    }
}

void StoreContract::inbox_canBeLookedInto()
{
    const EventId done = newEvent(newOrder()).id, other = newEvent(newOrder()).id;
    auto transaction = store().begin();
    const EventId ids[] = {done};
    get(transaction->markProcessed(payment_group, ids));
    commit(transaction);
    QVERIFY(
        (get(store().findProcessed("payment", {other, done, other, done})) == std::vector{false, true, false, true}));
    QVERIFY((get(store().findProcessed("analytics", {done})) == std::vector{false}));
    QVERIFY(get(store().findProcessed("payment", {})).empty());
}

} // namespace orderlab::test
