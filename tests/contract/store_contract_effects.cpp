#include "contract/store_contract.h"

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
