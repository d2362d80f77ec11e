#include "contract/store_contract.h"

namespace orderlab::test {

using namespace std::chrono_literals;

std::vector<Event> StoreContract::storeHandled(const Order& order, int count)
{
    const std::vector<Subscription> groups = {{std::string(payment_group), {EventType::OrderCreated}}};
    get(store().republishUnprocessed(groups, "a log"));
    std::vector<Event> events;
    auto transaction = store().begin();
    transaction->insertOrder(order);
    transaction->rememberAnswer({"key", std::string(64, 'a'), order.id, runtime().now()});
    std::vector<EventId> ids;
    for (int i = 0; i < count; ++i) {
        events.push_back(newEvent(order));
        ids.push_back(events.back().id);
        transaction->insertNotification(newNotification(order, events.back()));
    }
    get(transaction->markProcessed(payment_group, ids));
    commit(transaction);
    return events;
}

Cleaned StoreContract::cleanUntil(const StoreBounds& bounds, std::int64_t wanted, std::size_t rows_max)
{
    Cleaned all;
    for (int i = 0; i < 24'000 && all.total() < wanted; ++i) {
        const Cleaned step = get(store().upkeep().clean(bounds, rows_max));
        all.add(step);
        if (!step.has_more)
            runtime().run(runtime().sleep(5ms));
    }
    return all;
}

void StoreContract::upkeep_keepsWhatIsYoung()
{
    const Order order = newOrder();
    const auto events = storeHandled(order, 3);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(get(store().upkeep().clean({}, 1'000)).total(), 0);
    const std::vector<EventId> ids = {events[0].id, events[1].id, events[2].id};
    QVERIFY((get(store().findProcessed(std::string(payment_group), ids)) == std::vector<bool>{true, true, true}));
    QCOMPARE(get(store().findNotifications(order.id)).size(), std::size_t(3));
    QVERIFY(get(store().findAnswer("key")));
}

/// What is gone is as if it had never been: a duplicate is done again, a key is a new one. The order stays.
void StoreContract::upkeep_deletesWhatHasPassedItsBound()
{
    const Order order = newOrder();
    const auto events = storeHandled(order, 3);
    StoreBounds bounds;
    bounds.inbox = bounds.notifications = bounds.keys = 1ms;
    bounds.outbox = 1us;
    const Cleaned cleaned = cleanUntil(bounds, 7);
    QCOMPARE(cleaned.inbox, 3);
    QCOMPARE(cleaned.notifications, 3);
    QCOMPARE(cleaned.keys, 1);
    QCOMPARE(get(store().counts()).processed_events, 0);
    QVERIFY(get(store().findNotifications(order.id)).empty());
    QVERIFY(!get(store().findAnswer("key")));
    QVERIFY(get(store().findOrder(order.id)));
    auto again = store().begin();
    const EventId ids[] = {events[0].id};
    QVERIFY(get(again->markProcessed(payment_group, ids))[0]);
    again->rememberAnswer({"key", std::string(64, 'b'), order.id, runtime().now()});
    commit(again);
    QCOMPARE(get(store().findAnswer("key"))->fingerprint, std::string(64, 'b'));
}

void StoreContract::upkeep_cleansInSmallSteps()
{
    const Order order = newOrder();
    storeHandled(order, 10);
    StoreBounds bounds;
    bounds.notifications = 1us;
    runtime().run(runtime().sleep(5ms));
    for (const std::int64_t step : {4, 4, 2}) {
        const Cleaned cleaned = get(store().upkeep().clean(bounds, 4));
        QCOMPARE(cleaned.notifications, step);
        QCOMPARE(cleaned.has_more, step == 4);
    }
    QVERIFY(get(store().findNotifications(order.id)).empty());
}

void StoreContract::upkeep_addsUpOldAnalyticsByTheDay()
{
    const TimePoint today = std::chrono::floor<std::chrono::days>(runtime().now()), first = today - 48h,
                    second = today - 24h;
    const auto euro = *Currency::parse("EUR"), dollar = *Currency::parse("USD");
    const auto count = [&](TimePoint minute, Currency currency, std::int64_t revenue) {
        auto transaction = store().begin();
        AnalyticsBucket bucket{minute, currency};
        bucket.orders = 1;
        bucket.revenue_minor = revenue;
        transaction->addAnalytics(bucket);
        commit(transaction);
    };
    for (const auto minute : {0min, 1min, 700min, 1'439min})
        count(first + minute, euro, 1);
    count(first + 5min, dollar, 10);
    count(second + 3min, euro, 100);
    count(today + 1min, euro, 1'000); // Today is younger than the bound, whatever the time.
    StoreBounds bounds;
    bounds.analytics = 1s;
    bounds.outbox = 1us;
    for (int i = 0; i < 20; ++i)
        get(store().upkeep().clean(bounds, 2));
    QCOMPARE(get(store().upkeep().clean(bounds, 2)).analytics, 0);
    std::vector<std::tuple<TimePoint, std::string, std::int64_t, std::int64_t>> found;
    for (const AnalyticsBucket& bucket : get(store().findAnalytics()))
        found.emplace_back(bucket.minute, bucket.currency.code(), bucket.orders, bucket.revenue_minor);
    const decltype(found) wanted = {
        {first, "EUR", 4, 4}, {first, "USD", 1, 10}, {second, "EUR", 1, 100}, {today + 1min, "EUR", 1, 1'000}};
    QVERIFY(found == wanted);
}

} // namespace orderlab::test
