#include "contract/store_contract.h"
#include "runtime/with_timeout.h"

#include "contract/store_contract_helpers.h"
#include "support/sample_details.h"

#include <algorithm>
#include <set>

namespace orderlab::test {

using namespace std::chrono_literals;

void StoreContract::outbox_claimIsExclusiveAnOrder()
{
    for (int i = 0; i < 40; ++i)
        storeOrderWithEvents(2);
    std::vector<std::unique_ptr<OutboxClaim>> claims;
    std::map<OrderId, std::size_t> holder;
    std::size_t events = 0;
    for (std::size_t i = 0; i < 30; ++i) {
        auto claim = get(store().claimOutbox(7));
        if (!claim)
            break;
        QVERIFY(!claim->events().empty());
        for (const Event& event : claim->events()) {
            const auto [place, is_new] = holder.emplace(event.order, i);
            QVERIFY2(is_new || place->second == i, "two claims hold events of one order");
        }
        events += claim->events().size();
        claims.push_back(std::move(claim));
        if (claims.size() == 8) // more than enough to show it, and fewer than a store has connections
            break;
    }
    QVERIFY(claims.size() >= 2);
    QVERIFY(events <= 80);
}

void StoreContract::outbox_unmarkedComesAgainMarkedNever()
{
    const Order order = storeOrderWithEvents(3);
    std::vector<Event> seen;
    {
        auto dropped = get(store().claimOutbox(10));
        QVERIFY(dropped);
        seen.assign(dropped->events().begin(), dropped->events().end());
        QCOMPARE(seen.size(), std::size_t(3));
        QVERIFY(!get(store().claimOutbox(10)));
    }
    std::unique_ptr<OutboxClaim> again;
    for (int i = 0; i < 12'000 && !again; ++i) { // letting go takes a moment
        again = get(store().claimOutbox(10));
        runtime().run(runtime().sleep(again ? 0ms : 10ms));
    }
    QVERIFY(again);
    QVERIFY(std::equal(seen.begin(), seen.end(), again->events().begin(), again->events().end()));
    get<void>(again->markPublished());
    again.reset();
    QVERIFY(!get(store().claimOutbox(10)));
    QCOMPARE(get(store().counts()).outbox_unpublished, 0);
}

void StoreContract::outbox_claimsNoMoreThanAsked()
{
    storeOrderWithEvents(10);
    std::vector<int> numbers;
    for (int i = 0; i < 4; ++i) {
        auto claim = get(store().claimOutbox(3));
        QVERIFY(claim);
        QVERIFY(claim->events().size() <= 3);
        for (const Event& event : claim->events())
            numbers.push_back(numberOf(event));
        get<void>(claim->markPublished());
    }
    QVERIFY((numbers == std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
}

namespace {

struct RelayLog {
    std::mutex mutex;
    std::vector<std::pair<OrderId, int>> published; ///< In the order in which relays published, repeats included.
    std::set<std::pair<OrderId, int>> marked;
    std::atomic<int> failures{0};
    std::atomic<bool> stop{false};
};

/// Publishes until all `total` events are marked; every fourth claim is dropped after it was published, as if the relay
/// had died there.
Task<void> relay(Store& store, Runtime& runtime, RelayLog& log, std::size_t total)
{
    while (!log.stop) {
        auto claimed = co_await store.claimOutbox(16);
        if (!claimed) {
            ++log.failures;
            co_return;
        }
        if (!*claimed) {
            const auto waited = co_await store.waitForOutbox();
            if (!waited)
                co_return;
            continue;
        }
        OutboxClaim& claim = **claimed;
        std::vector<std::pair<OrderId, int>> batch;
        for (const Event& event : claim.events())
            batch.emplace_back(event.order, std::stoi(event.extensions.at(0).second.value()));
        {
            const std::scoped_lock guard(log.mutex);
            log.published.insert(log.published.end(), batch.begin(), batch.end());
        }
        co_await runtime.sleep(Duration{std::int64_t(runtime.randomBelow(300))});
        if (runtime.randomBelow(4) == 0)
            continue;
        const auto marked = co_await claim.markPublished();
        if (!marked) {
            ++log.failures;
            co_return;
        }
        const std::scoped_lock guard(log.mutex);
        log.marked.insert(batch.begin(), batch.end());
        if (log.marked.size() == total)
            log.stop = true;
    }
}

/// Emits `count` events of each order, one transaction a round, so that orders interleave.
Task<void> emitRounds(Store& store, Runtime& runtime, std::vector<Order> orders, int count, std::atomic<int>& failures)
{
    for (int n = 1; n <= count; ++n) {
        auto transaction = store.begin();
        for (const Order& order : orders) {
            Event event = makeEvent(EventType::OrderCreated, order, EventId{runtime.newUuid()}, runtime.now(), {});
            event.extensions.emplace_back("n", std::to_string(n));
            transaction->emit(std::move(event));
        }
        const auto committed = co_await transaction->commit(runtime.now());
        if (!committed) {
            ++failures;
            co_return;
        }
    }
}

Task<void> closeWhenDone(Store& store, Runtime& runtime, RelayLog& log)
{
    while (!log.stop && log.failures == 0)
        co_await runtime.sleep(5ms);
    log.stop = true;
    co_await store.close();
}

} // namespace

void StoreContract::outbox_keepsTheOrderOfEachOrderAmongRelays()
{
    constexpr int writers = 4, orders_each = 50, rounds = 10; // 2,000 events
    constexpr std::size_t total = std::size_t(writers * orders_each * rounds);
    RelayLog log;
    TaskGroup group(runtime());
    for (int i = 0; i < writers; ++i) {
        std::vector<Order> orders;
        for (int j = 0; j < orders_each; ++j)
            orders.push_back(newOrder());
        group.spawn(emitRounds(store(), runtime(), orders, rounds, log.failures));
    }
    for (int i = 0; i < 4; ++i)
        group.spawn(relay(store(), runtime(), log, total));
    group.spawn(closeWhenDone(store(), runtime(), log));
    runtime().run(group.join());
    QCOMPARE(log.failures.load(), 0);
    QCOMPARE(log.marked.size(), total);
    // A dropped claim is published again from its start; but nothing is ever published before what it follows.
    std::map<OrderId, int> last;
    for (const auto& [order, n] : log.published) {
        QVERIFY2(n <= last[order] + 1, "an event was published before the one it follows");
        last[order] = std::max(last[order], n);
    }
    QVERIFY(log.published.size() > total); // some were dropped
}

namespace {

Task<void> waitAndClaimInto(Store& store, std::optional<Result<std::size_t>>& result)
{
    result = co_await waitAndClaim(store);
}

Task<void> dropLater(Runtime& runtime, std::unique_ptr<OutboxClaim> claim)
{
    co_await runtime.sleep(50ms);
    claim.reset();
}

} // namespace

void StoreContract::outbox_waitEndsWithACommit()
{
    const Order order = newOrder();
    auto transaction = store().begin();
    transaction->emit(newEvent(order));
    std::atomic<int> failures{0};
    TaskGroup group(runtime());
    group.spawn(commitLater(runtime(), std::move(transaction), failures));
    QCOMPARE(get(withTimeout<std::size_t>(runtime(), 2min, "waking up", waitAndClaim(store()))), std::size_t(1));
    runtime().run(group.join());
    QCOMPARE(failures.load(), 0);
}

void StoreContract::outbox_waitEndsWhenAClaimIsDropped()
{
    storeOrderWithEvents(2);
    auto claim = get(store().claimOutbox(10));
    QVERIFY(claim);
    TaskGroup group(runtime());
    group.spawn(dropLater(runtime(), std::move(claim)));
    QCOMPARE(get(withTimeout<std::size_t>(runtime(), 2min, "waking up", waitAndClaim(store()))), std::size_t(2));
    runtime().run(group.join());
}

void StoreContract::close_endsWaitsAndIsIdempotent()
{
    std::array<std::optional<Result<std::size_t>>, 4> waits;
    TaskGroup group(runtime());
    for (auto& wait : waits)
        group.spawn(waitAndClaimInto(store(), wait));
    runtime().run(runtime().sleep(50ms));
    for (int i = 0; i < 10; ++i)
        group.spawn(store().close());
    runtime().run(group.join());
    for (const auto& wait : waits) {
        QVERIFY(wait && !*wait);
        QCOMPARE(wait->error().code, ErrorCode::Closed);
        QCOMPARE(wait->error().retry, Retry::Never);
    }
}

void StoreContract::outbox_keepsTheDetailsOfEachType()
{
    const Order order = newOrder();
    std::vector<Event> events;
    auto transaction = store().begin();
    for (const EventType type : all_event_types) {
        for (const bool has_details : {false, true}) {
            events.push_back(newEvent(order, type));
            if (has_details)
                events.back().data.details = filled(events.back().data.details);
            transaction->emit(events.back());
        }
    }
    commit(transaction);
    const auto claim = get(store().claimOutbox(100));
    QVERIFY(claim);
    QVERIFY(std::ranges::equal(claim->events(), events));
}

void StoreContract::outbox_keepsWhetherTheCallerSamples()
{
    const Order order = newOrder();
    std::vector<Event> events;
    auto transaction = store().begin();
    for (const bool is_sampled : {false, true, false}) {
        events.push_back(newEvent(order));
        events.back().trace.is_sampled = is_sampled;
        transaction->emit(events.back());
    }
    commit(transaction);
    const auto claim = get(store().claimOutbox(100));
    QVERIFY(claim);
    QVERIFY(std::ranges::equal(claim->events(), events));
}

} // namespace orderlab::test
