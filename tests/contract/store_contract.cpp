#include "contract/store_contract.h"

#include <algorithm>
#include <set>

namespace orderlab::test {

using namespace std::chrono_literals;


// Shared by the tests ------------------------------------------------------------------------------------------------

void StoreContract::init()
{
    m_journal = std::make_unique<Journal>();
    m_store = openEmptyStore(*m_journal);
    QVERIFY(m_store);
}

void StoreContract::cleanup()
{
    if (m_store)
        runtime().run(m_store->close());
    m_store.reset();
}

Error StoreContract::commitError(std::unique_ptr<Transaction>& transaction)
{
    const auto result = runtime().run(transaction->commit(runtime().now()));
    return result ? internalError("the commit succeeded") : result.error();
}

Order StoreContract::newOrder(std::string user_id, std::int64_t amount_minor)
{
    Order order;
    order.id = OrderId{runtime().newUuid()};
    order.user_id = std::move(user_id);
    order.total = {amount_minor, {}};
    order.created_at = order.updated_at = runtime().now();
    return order;
}

Event StoreContract::newEvent(const Order& order, EventType type)
{
    const TraceContext trace{runtime().newUuid(), runtime().random() | 1};
    return makeEvent(type, order, EventId{runtime().newUuid()}, runtime().now(), trace);
}

Order StoreContract::storeOrder(Order order)
{
    auto transaction = store().begin();
    transaction->insertOrder(order);
    commit(transaction);
    return order;
}

Order StoreContract::storeOrderWithEvents(int count)
{
    const Order order = newOrder();
    auto transaction = store().begin();
    transaction->insertOrder(order);
    for (int i = 1; i <= count; ++i) {
        Event event = newEvent(order);
        event.extensions.emplace_back("n", std::to_string(i));
        transaction->emit(std::move(event));
    }
    commit(transaction);
    return order;
}

int StoreContract::numberOf(const Event& event)
{
    return event.extensions.empty() ? 0 : std::stoi(event.extensions.front().second.value());
}

Payment StoreContract::newPayment(const Order& order, PaymentOutcome outcome)
{
    return {order.id, runtime().newUuid(), outcome, order.total, {}, runtime().now()};
}

Notification StoreContract::newNotification(const Order& order, const Event& event)
{
    return {event.id, order.id, event.type, order.user_id, order.total, runtime().now()};
}

DeadLetter StoreContract::newDeadLetter(const Event& event, std::string group)
{
    return {runtime().newUuid(), std::move(group), event, 2, 41, 5, "the gateway did not answer", runtime().now()};
}

DeadLetter StoreContract::storeDeadLetter(DeadLetter letter)
{
    auto transaction = store().begin();
    transaction->insertDeadLetter(letter);
    commit(transaction);
    return letter;
}

Result<void> StoreContract::changeDeadLetter(DeadLetter letter, DeadLetterState state)
{
    letter.state = state;
    letter.note({state == DeadLetterState::Replayed ? DeadLetterAct::Kind::Replayed : DeadLetterAct::Kind::Discarded,
                 runtime().now(), "ada", "a test"});
    const auto transaction = store().begin();
    transaction->updateDeadLetter(std::move(letter));
    return runtime().run(transaction->commit(runtime().now()));
}

ParkedEvent StoreContract::newParked(const Event& event, Duration due_in, std::string group)
{
    const TimePoint now = runtime().now();
    ParkedEvent parked;
    parked.group = std::move(group);
    parked.event = event;
    parked.partition = 2;
    parked.offset = 41;
    parked.attempts = 1;
    parked.attempts_made = {{now, 1, "busy: \"later\"", ErrorCode::PeerFailed}};
    parked.parked_at = now;
    parked.due_at = now + due_in;
    return parked;
}

void StoreContract::park(ParkedEvent parked)
{
    auto transaction = store().begin();
    transaction->park(std::move(parked));
    commit(transaction);
}

LedgerEntry StoreContract::newCharge(const Order& order, Uuid key)
{
    return {LedgerEntry::Kind::Charge, runtime().newUuid(), key, order.id, order.total, runtime().now()};
}

// All or nothing -----------------------------------------------------------------------------------------------------

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

// Orders -------------------------------------------------------------------------------------------------------------

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

// Payments -----------------------------------------------------------------------------------------------------------

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

// Inbox --------------------------------------------------------------------------------------------------------------

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

// Idempotency keys and analytics -------------------------------------------------------------------------------------

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

// Outbox -------------------------------------------------------------------------------------------------------------

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
    for (int i = 0; i < 100 && !again; ++i) { // letting go takes a moment
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

void StoreContract::outbox_keepsTheDetailsOfEachType()
{
    const Order order = newOrder();
    std::vector<Event> events;
    const auto transaction = store().begin();
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

Task<Result<std::size_t>> waitAndClaim(Store& store)
{
    for (;;) {
        auto claim = co_await store.claimOutbox(10);
        if (!claim)
            co_return claim.error();
        if (*claim)
            co_return (*claim)->events().size();
        const auto waited = co_await store.waitForOutbox();
        if (!waited)
            co_return waited.error();
    }
}

Task<void> waitAndClaimInto(Store& store, std::optional<Result<std::size_t>>& result)
{
    result = co_await waitAndClaim(store);
}

Task<void> dropLater(Runtime& runtime, std::unique_ptr<OutboxClaim> claim)
{
    co_await runtime.sleep(50ms);
    claim.reset();
}

Task<void> commitLater(Runtime& runtime, std::unique_ptr<Transaction> transaction, std::atomic<int>& failures)
{
    co_await runtime.sleep(50ms);
    const auto committed = co_await transaction->commit(runtime.now());
    if (!committed)
        ++failures;
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
    QCOMPARE(get(withTimeout<std::size_t>(runtime(), 10s, "waking up", waitAndClaim(store()))), std::size_t(1));
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
    QCOMPARE(get(withTimeout<std::size_t>(runtime(), 10s, "waking up", waitAndClaim(store()))), std::size_t(2));
    runtime().run(group.join());
}

// Reading ------------------------------------------------------------------------------------------------------------

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
    const OrderStatus statuses[] = {OrderStatus::Created, OrderStatus::Created, OrderStatus::Paid, OrderStatus::Failed,
                                    OrderStatus::Canceled, OrderStatus::Canceled};
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

void StoreContract::deadLetter_isKeptWhole()
{
    const Order order = newOrder("Žofie");
    Event event = newEvent(order, EventType::PaymentRefunded);
    event.data.details = PaymentDetails{runtime().newUuid(), "line one\nline \"two\" \\ {three}, \xF0\x9F\xA6\x8A"};
    event.extensions = {{"tenant", "blue"}, {"note", "Grüße"}, {"raw", std::string("\x00\xff\x80", 3)}, {"empty", ""}, {"null", std::nullopt}};
    DeadLetter letter = newDeadLetter(event);
    letter.error = "no answer: \"timeout\", {after 3}\ttries";
    letter.code = ErrorCode::Timeout;
    letter.attempts_made = {{runtime().now(), 1, "first, \"{1}\"", ErrorCode::PeerFailed},
                            {runtime().now(), 255, letter.error, ErrorCode::Timeout}};
    letter.audit = {{DeadLetterAct::Kind::Edited, runtime().now(), "žofie", "[\"x\"]"}};
    auto transaction = store().begin();
    transaction->insertDeadLetter(letter);
    commit(transaction);
    const auto letters = get(store().findDeadLetters(10));
    QCOMPARE(letters.size(), std::size_t(1));
    QVERIFY(letters[0] == letter);
}

namespace {

Event undecodableEvent(EventId id, std::optional<std::string> key, std::optional<std::string> value)
{
    Event event;
    event.id = id;
    event.type = EventType::OrderCanceled;
    event.undecodable = std::make_shared<UndecodableRecord>(
        UndecodableRecord{{ErrorCode::Corrupt, Retry::Never, "ce_id is missing", "ce_id"}, std::move(key), std::move(value)});
    return event;
}

} // namespace

void StoreContract::deadLetter_keepsWhatCouldNotBeDecoded_data()
{
    std::string all;
    for (int byte = 0; byte < 256; ++byte)
        all += char(byte);
    using Bytes = std::optional<std::string>;
    QTest::addColumn<Bytes>("key");
    QTest::addColumn<Bytes>("value");
    QTest::newRow("text") << Bytes("order 7") << Bytes("{\"not\": \"ours\\\", ž\"}");
    QTest::newRow("empty") << Bytes(std::string()) << Bytes(std::string());
    QTest::newRow("none") << Bytes() << Bytes();
    QTest::newRow("a tombstone") << Bytes("order 7") << Bytes();
    QTest::newRow("a value without a key") << Bytes() << Bytes("x");
    QTest::newRow("every byte") << Bytes(all) << Bytes(all + all);
    QTest::newRow("what looks like an encoding of bytes") << Bytes("\\x00") << Bytes("\\x4");
    QTest::newRow("a megabyte") << Bytes("k") << Bytes(std::string(1'000'000, '\xfe'));
}
void StoreContract::deadLetter_keepsWhatCouldNotBeDecoded()
{
    QFETCH(std::optional<std::string>, key);
    QFETCH(std::optional<std::string>, value);
    DeadLetter letter = newDeadLetter(undecodableEvent(EventId{runtime().newUuid()}, key, value));
    letter.event.extensions = {{"ce_id", "7"}, {"raw", std::string("\x00\xff\x80", 3)}, {"", ""}, {"", std::nullopt}, {"ce_id", "again"}};
    setTargetGroup(letter.event, "somebody"); // A header like any other, as nothing is known of such a record.
    letter.code = ErrorCode::Corrupt;
    letter.error = "ce_id is missing";
    storeDeadLetter(letter);
    auto kept = get(store().findDeadLetter(letter.id));
    QVERIFY(kept && *kept == letter);
    QCOMPARE(kept->event.undecodable->error.message, letter.error);
    QCOMPARE(kept->event.undecodable->error.code, ErrorCode::Corrupt);
    QCOMPARE(kept->event.undecodable->error.retry, Retry::Never);

    // The same record once more, and then a decision: no byte is lost.
    letter.created_at += 1s;
    storeDeadLetter(letter);
    QVERIFY(changeDeadLetter(letter, DeadLetterState::Discarded));
    kept = get(store().findDeadLetter(letter.id));
    QVERIFY(kept && kept->event == letter.event);
    QCOMPARE(kept->state, DeadLetterState::Discarded);
    QCOMPARE(kept->attempts, 2 * letter.attempts);
}

void StoreContract::deadLetters_areFoundByWhetherTheyCouldBeDecoded()
{
    const DeadLetter event = storeDeadLetter(newDeadLetter(newEvent(newOrder())));
    const DeadLetter record = storeDeadLetter(newDeadLetter(undecodableEvent(EventId{runtime().newUuid()}, {}, {})));
    const auto found = [&](std::optional<bool> undecodable) {
        DeadLetterQuery query;
        query.filter.undecodable = undecodable;
        std::set<Uuid> ids;
        for (const DeadLetter& letter : get(store().queryDeadLetters(query)).letters)
            ids.insert(letter.id);
        return ids;
    };
    QVERIFY((found(std::nullopt) == std::set<Uuid>{event.id, record.id}));
    QVERIFY((found(true) == std::set<Uuid>{record.id}));
    QVERIFY((found(false) == std::set<Uuid>{event.id}));
}

void StoreContract::deadLetter_givenUpAgainIsTheSameLetter()
{
    const Event event = newEvent(newOrder());
    DeadLetter first = newDeadLetter(event, "payment"), other = newDeadLetter(event, "analytics"),
               second = newDeadLetter(event, "payment"), third = newDeadLetter(event, "payment");
    first.attempts_made = {{runtime().now(), 1, "no answer", ErrorCode::PeerFailed}};
    second.attempts_made = {{runtime().now(), 1, "still \"none\"", ErrorCode::Timeout}};
    second.error = "again";
    third.attempts_made = {{runtime().now(), 1, "never", ErrorCode::Rejected}};
    third.error = "and again";
    third.code = ErrorCode::Rejected;
    third.partition = 1;
    third.offset = 77;
    auto one = store().begin();
    one->insertDeadLetter(first);
    one->insertDeadLetter(other);
    commit(one);
    QVERIFY(changeDeadLetter(first, DeadLetterState::Replayed));
    auto two = store().begin();
    Event addressed = event;
    setTargetGroup(addressed, "payment");
    second.event = third.event = addressed;
    two->insertDeadLetter(second);
    two->insertDeadLetter(third);
    commit(two);

    const auto letters = get(store().findDeadLetters(10));
    QCOMPARE(letters.size(), std::size_t(2));
    QVERIFY(std::find(letters.begin(), letters.end(), other) != letters.end());
    const auto again = get(store().findDeadLetter(first.id));
    QVERIFY(again.has_value());
    QCOMPARE(again->state, DeadLetterState::Waiting);
    QCOMPARE(again->attempts, 15);
    QCOMPARE(again->attempts_made.size(), std::size_t(3));
    QVERIFY(again->attempts_made[0] == first.attempts_made[0]);
    QVERIFY(again->attempts_made[1] == second.attempts_made[0]);
    QVERIFY(again->attempts_made[2] == third.attempts_made[0]);
    QCOMPARE(again->error, std::string("and again"));
    QCOMPARE(again->code, ErrorCode::Rejected);
    QCOMPARE(again->partition, std::uint16_t(1));
    QCOMPARE(again->offset, std::int64_t(77));
    QCOMPARE(again->audit.size(), std::size_t(1)); // the replay
    QVERIFY2(again->event == event, "the letter's event carries no address");
    QVERIFY(!get(store().findDeadLetter(second.id)));
    QCOMPARE(get(store().findDeadLetters(1)).size(), std::size_t(1));
}

/// The answer of the commit was lost, and who gave up tries again, with another id: it is written once, and what has become of
/// it since stays.
void StoreContract::deadLetter_writtenAgainChangesNothing()
{
    DeadLetter letter = newDeadLetter(newEvent(newOrder()));
    letter.attempts_made = {{letter.created_at, 1, "no answer", ErrorCode::PeerFailed}};
    storeDeadLetter(letter);
    DeadLetter again = letter;
    again.id = runtime().newUuid(runtime().now());
    storeDeadLetter(again);
    QVERIFY(get(store().findDeadLetters(10)) == std::vector{letter});
    auto claim = get(store().claimDeadLetters(10));
    QVERIFY(claim);
    QVERIFY(runtime().run(claim->markPublished()));
    claim.reset();
    QVERIFY(changeDeadLetter(letter, DeadLetterState::Replayed));
    storeDeadLetter(again);
    QCOMPARE(get(store().findDeadLetter(letter.id))->state, DeadLetterState::Replayed);
    QVERIFY(!get(store().claimDeadLetters(10)));
    again.created_at += 1s; // Given up once more.
    storeDeadLetter(again);
    QCOMPARE(get(store().findDeadLetter(letter.id))->attempts_made.size(), std::size_t(2));
}

void StoreContract::deadLetter_attemptsAreBounded()
{
    DeadLetter letter = newDeadLetter(newEvent(newOrder()));
    for (int i = 0; i < 60; ++i)
        letter.attempts_made.push_back({runtime().now(), std::uint8_t(i), std::to_string(i), ErrorCode::PeerFailed});
    storeDeadLetter(letter);
    auto kept = get(store().findDeadLetter(letter.id));
    QCOMPARE(kept->attempts_made.size(), DeadLetter::attempts_kept_max);
    QCOMPARE(kept->attempts_made.front().error, std::string("10"));
    letter.attempts_made.resize(3);
    letter.created_at += 1s;
    storeDeadLetter(letter);
    kept = get(store().findDeadLetter(letter.id));
    QCOMPARE(kept->attempts_made.size(), DeadLetter::attempts_kept_max);
    QCOMPARE(kept->attempts_made.front().error, std::string("13"));
    QCOMPARE(kept->attempts_made.back().error, std::string("2"));
}

void StoreContract::deadLetter_replayIsOneTransaction()
{
    const Order order = newOrder();
    DeadLetter letter = storeDeadLetter(newDeadLetter(newEvent(order)));
    JournalReader reader(journal());
    Event event = letter.event;
    setTargetGroup(event, letter.group);
    {
        auto dropped = store().begin();
        letter.state = DeadLetterState::Replayed;
        letter.note({DeadLetterAct::Kind::Replayed, runtime().now(), "ada", "the gateway is back"});
        dropped->updateDeadLetter(letter);
        dropped->emit(event);
    }
    QCOMPARE(get(store().findDeadLetter(letter.id))->state, DeadLetterState::Waiting);
    QVERIFY(!get(store().claimOutbox(10)));
    auto transaction = store().begin();
    transaction->updateDeadLetter(letter);
    transaction->emit(event);
    commit(transaction);
    QVERIFY(*get(store().findDeadLetter(letter.id)) == letter);
    const auto claim = get(store().claimOutbox(10));
    QVERIFY(claim);
    QCOMPARE(claim->events().size(), std::size_t(1));
    QVERIFY(claim->events()[0] == event);
    QCOMPARE(targetGroupOf(claim->events()[0]), std::string_view("payment"));

    std::vector<Entry> entries;
    reader.read(entries, 100);
    QCOMPARE(entries.size(), std::size_t(2));
    QCOMPARE(entries[0].kind, EntryKind::DeadLetterReplayed);
    QCOMPARE(journal().names().text(entries[0].group), std::string_view("payment"));
    QVERIFY(entries[0].order == order.id);
    QVERIFY(entries[0].event == letter.event.id);
    QCOMPARE(entries[0].offset, letter.offset);
    QCOMPARE(entries[1].kind, EntryKind::EventEmitted);
}

void StoreContract::deadLetter_leavesItsWaitingOnce()
{
    const DeadLetter letter = storeDeadLetter(newDeadLetter(newEvent(newOrder())));
    JournalReader reader(journal());
    QVERIFY(changeDeadLetter(letter, DeadLetterState::Discarded));
    for (const DeadLetterState state : {DeadLetterState::Replayed, DeadLetterState::Discarded}) {
        const auto again = changeDeadLetter(letter, state);
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::Conflict);
    }
    std::vector<Entry> entries;
    reader.read(entries, 100);
    QCOMPARE(entries.size(), std::size_t(1));
    QCOMPARE(entries[0].kind, EntryKind::DeadLetterDiscarded);
    QCOMPARE(journal().names().text(entries[0].detail), std::string_view("a test"));

    DeadLetter unknown = newDeadLetter(newEvent(newOrder()));
    QCOMPARE(changeDeadLetter(unknown, DeadLetterState::Replayed).error().code, ErrorCode::Conflict);
    // Given up again since it was read: whoever read it does not know of the new attempts.
    DeadLetter later = letter;
    later.created_at = letter.created_at + std::chrono::seconds{1};
    storeDeadLetter(later);
    QCOMPARE(changeDeadLetter(letter, DeadLetterState::Replayed).error().code, ErrorCode::Conflict);
    QVERIFY(changeDeadLetter(later, DeadLetterState::Replayed));
}

void StoreContract::deadLetter_editIsKept()
{
    DeadLetter letter = storeDeadLetter(newDeadLetter(newEvent(newOrder("user-poison"))));
    letter.event.data.user_id = "Žofie";
    letter.event.data.total.amount_minor = 1;
    letter.note({DeadLetterAct::Kind::Edited, runtime().now(), "ada", "{\"user_id\":\"user-poison\"}"});
    QVERIFY(changeDeadLetter(letter, DeadLetterState::Replayed));
    const auto kept = get(store().findDeadLetter(letter.id));
    QVERIFY(kept->event == letter.event);
    QCOMPARE(kept->audit.size(), std::size_t(2));
    QVERIFY(kept->audit[0] == letter.audit[0]);
}

void StoreContract::deadLetter_countedUntilReplayed()
{
    const DeadLetter first = storeDeadLetter(newDeadLetter(newEvent(newOrder())));
    const DeadLetter second = storeDeadLetter(newDeadLetter(newEvent(newOrder())));
    QCOMPARE(get(store().counts()).dead_letters, std::int64_t(2));
    QVERIFY(changeDeadLetter(first, DeadLetterState::Replayed));
    QVERIFY(changeDeadLetter(second, DeadLetterState::Discarded));
    QCOMPARE(get(store().counts()).dead_letters, std::int64_t(1));
}

void StoreContract::deadLetters_filters_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("found");
    QTest::newRow("all") << 0 << "dan,cy,ben,ada";
    QTest::newRow("group") << 1 << "cy,ada";
    QTest::newRow("cause, the whole text") << 2 << "cy,ben";
    QTest::newRow("a part of the cause is not the cause") << 3 << "";
    QTest::newRow("event type") << 4 << "dan";
    QTest::newRow("order") << 5 << "ben";
    QTest::newRow("state") << 6 << "cy";
    QTest::newRow("given up before") << 7 << "ben,ada";
    QTest::newRow("several at once") << 8 << "ada";
    QTest::newRow("text with wildcards and quotes") << 9 << "";
}

void StoreContract::deadLetters_filters()
{
    const TimePoint start = runtime().now();
    std::vector<DeadLetter> letters;
    for (const char* customer : {"ada", "ben", "cy", "dan"}) {
        const bool is_last = letters.size() == 3;
        const Event event = newEvent(newOrder(customer), is_last ? EventType::PaymentFailed : EventType::OrderCreated);
        DeadLetter letter = newDeadLetter(event, letters.size() % 2 == 0 ? "payment" : "analytics");
        letter.error = letters.size() == 1 || letters.size() == 2 ? "no answer" : "poison";
        letter.created_at = start + std::chrono::seconds{letters.size()};
        letters.push_back(storeDeadLetter(letter));
    }
    QVERIFY(changeDeadLetter(letters[2], DeadLetterState::Discarded));

    std::vector<DeadLetterFilter> filters(10);
    filters[1].group = "payment";
    filters[2].error = "no answer";
    filters[3].error = "answer";
    filters[4].event_type = EventType::PaymentFailed;
    filters[5].order = letters[1].event.order;
    filters[6].state = DeadLetterState::Discarded;
    filters[7].given_up_before = letters[2].created_at;
    filters[8] = {"payment", "poison", EventType::OrderCreated, letters[0].event.order, DeadLetterState::Waiting,
                  start + std::chrono::seconds{1}};
    filters[9].error = "%' OR '1'='1";
    QFETCH(int, row);
    DeadLetterQuery query;
    query.filter = filters[std::size_t(row)];
    const DeadLetterPage page = get(store().queryDeadLetters(query));
    QStringList found;
    for (const DeadLetter& letter : page.letters)
        found << QString::fromStdString(letter.event.data.user_id);
    QTEST(found.join(QLatin1Char(',')), "found");
    QVERIFY(page.next_cursor.empty());
}

void StoreContract::deadLetters_pagesBothWays()
{
    const TimePoint start = runtime().now();
    std::vector<Uuid> ids;
    for (int i = 0; i < 7; ++i) {
        DeadLetter letter = newDeadLetter(newEvent(newOrder()));
        letter.created_at = start + std::chrono::seconds{i / 2}; // Two at a time: the id decides.
        ids.push_back(storeDeadLetter(letter).id);
    }
    for (std::size_t i = 0; i + 1 < 7; i += 2)
        std::sort(ids.begin() + std::ptrdiff_t(i), ids.begin() + std::ptrdiff_t(i + 2));
    for (const bool oldest_first : {true, false}) {
        std::vector<Uuid> seen;
        DeadLetterQuery query;
        query.limit = 3;
        query.oldest_first = oldest_first;
        do {
            const DeadLetterPage page = get(store().queryDeadLetters(query));
            QVERIFY(page.letters.size() <= 3);
            QVERIFY(!page.letters.empty());
            for (const DeadLetter& letter : page.letters)
                seen.push_back(letter.id);
            query.cursor = page.next_cursor;
        } while (!query.cursor.empty());
        QVERIFY(seen == ids);
        std::reverse(ids.begin(), ids.end());
    }
}

void StoreContract::deadLetters_refusesBadInput_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<QString>("cursor");
    QTest::addColumn<QString>("field");
    QTest::newRow("no letters") << 0 << "" << "limit";
    QTest::newRow("too many") << 501 << "" << "limit";
    QTest::newRow("a cursor that is none") << 10 << "here" << "cursor";
}

void StoreContract::deadLetters_refusesBadInput()
{
    QFETCH(int, limit);
    QFETCH(QString, cursor);
    DeadLetterQuery query;
    query.limit = std::size_t(limit);
    query.cursor = cursor.toStdString();
    const auto page = runtime().run(store().queryDeadLetters(query));
    QVERIFY(!page);
    QCOMPARE(page.error().code, ErrorCode::InvalidArgument);
    QTEST(QString::fromStdString(page.error().field), "field");
}

void StoreContract::deadLetters_countedByCause()
{
    const TimePoint start = runtime().now();
    const std::pair<const char*, const char*> made[] = {{"payment", "poison"}, {"payment", "no answer"},
                                                        {"analytics", "poison"}, {"payment", "no answer"}};
    int i = 0;
    for (const auto& [group, error] : made) {
        DeadLetter letter = newDeadLetter(newEvent(newOrder()), group);
        letter.error = error;
        letter.code = ErrorCode::PeerFailed;
        letter.created_at = start + std::chrono::seconds{i++};
        storeDeadLetter(letter);
    }
    const auto causes = get(store().countDeadLetters({}));
    QCOMPARE(causes.size(), std::size_t(3));
    const DeadLetterCause first{"payment", EventType::OrderCreated, ErrorCode::PeerFailed, "no answer", 2,
                                start + std::chrono::seconds{1}, start + std::chrono::seconds{3}};
    QVERIFY(causes[0] == first);
    QCOMPARE(causes[1].group, std::string("analytics"));
    QCOMPARE(causes[2].error, std::string("poison"));
    DeadLetterFilter filter;
    filter.group = "analytics";
    QCOMPARE(get(store().countDeadLetters(filter)).size(), std::size_t(1));
    filter.group = "nobody";
    QVERIFY(get(store().countDeadLetters(filter)).empty());
}

// Dead letters for the log -------------------------------------------------------------------------------------------

namespace {

std::vector<Uuid> idsOf(std::span<const DeadLetter> letters)
{
    std::vector<Uuid> ids;
    for (const DeadLetter& letter : letters)
        ids.push_back(letter.id);
    return ids;
}

/// Publishes until all of `wanted` are, looking again while somebody else holds some.
Task<void> publishAll(Store& store, Runtime& runtime, std::size_t wanted, std::vector<Uuid>& published, std::mutex& mutex,
                      std::atomic<int>& failures)
{
    for (;;) {
        {
            const std::scoped_lock guard(mutex);
            if (published.size() >= wanted || failures > 0)
                co_return;
        }
        const auto claim = co_await store.claimDeadLetters(3);
        if (!claim)
            ++failures;
        if (!claim || !*claim) {
            co_await runtime.sleep(1ms);
            continue;
        }
        {
            const std::vector<Uuid> ids = idsOf((*claim)->letters());
            const std::scoped_lock guard(mutex);
            published.insert(published.end(), ids.begin(), ids.end());
        }
        const auto marked = co_await (*claim)->markPublished();
        if (!marked)
            ++failures;
    }
}

} // namespace

std::vector<DeadLetter> StoreContract::storeDeadLetters(int count)
{
    std::vector<DeadLetter> letters;
    const TimePoint first = runtime().now();
    for (int i = 0; i < count; ++i) {
        DeadLetter letter = newDeadLetter(newEvent(newOrder()));
        letter.id = Uuid{0x0198000000007000u, 0x8000000000000000u + std::uint64_t(count - i)};
        letter.created_at = first + std::chrono::seconds{i};
        letters.push_back(storeDeadLetter(letter));
    }
    return letters;
}

std::unique_ptr<DeadLetterClaim> StoreContract::claimDeadLettersAgain(std::size_t max)
{
    for (int i = 0; i < 1'000; ++i) {
        if (auto claim = get(store().claimDeadLetters(max)))
            return claim;
        runtime().run(runtime().sleep(10ms));
    }
    return nullptr;
}

void StoreContract::deadLetters_areClaimedUntilTheyArePublished()
{
    QVERIFY(!get(store().claimDeadLetters(10)));
    const std::vector<DeadLetter> letters = storeDeadLetters(3);
    const std::vector<Uuid> ids = idsOf(letters);
    {
        const auto dropped = get(store().claimDeadLetters(2));
        QVERIFY(dropped && idsOf(dropped->letters()) == std::vector(ids.begin(), ids.begin() + 2));
        QVERIFY(dropped->letters()[0] == letters[0]);
        QVERIFY2(!get(store().claimDeadLetters(10)), "one relay at a time");
    }
    auto again = claimDeadLettersAgain(2);
    QVERIFY2(again && idsOf(again->letters()) == std::vector(ids.begin(), ids.begin() + 2), "what was not marked comes again");
    get<void>(again->markPublished());
    again.reset();
    // What became of a letter changes nothing: it was given up.
    QVERIFY(changeDeadLetter(letters[2], DeadLetterState::Discarded));
    auto last = get(store().claimDeadLetters(2));
    QVERIFY(last && idsOf(last->letters()) == std::vector(ids.begin() + 2, ids.end()));
    get<void>(last->markPublished());
    last.reset();
    QVERIFY(!get(store().claimDeadLetters(10)));
}

void StoreContract::deadLetters_thatWereRolledBackAreNotClaimed()
{
    const Order there = storeOrder(newOrder());
    auto transaction = store().begin();
    transaction->insertDeadLetter(newDeadLetter(newEvent(there)));
    transaction->insertOrder(there); // It cannot be.
    QCOMPARE(commitError(transaction).code, ErrorCode::AlreadyExists);
    QVERIFY(!get(store().claimDeadLetters(10)));
}

void StoreContract::deadLetters_claimHoldsUpNobody()
{
    std::vector<DeadLetter> letters = storeDeadLetters(2);
    auto claim = get(store().claimDeadLetters(10));
    QVERIFY(claim);
    QCOMPARE(claim->letters().size(), std::size_t(2));
    QVERIFY(changeDeadLetter(letters[0], DeadLetterState::Replayed));
    letters[0].created_at += 1h;
    letters[0].error = "again";
    storeDeadLetter(letters[0]);
    get<void>(claim->markPublished());
    claim.reset();
    claim = get(store().claimDeadLetters(10));
    QVERIFY2(claim && idsOf(claim->letters()) == std::vector{letters[0].id}, "given up again while it was published");
    QCOMPARE(claim->letters()[0].error, std::string("again"));
    QCOMPARE(claim->letters()[0].attempts, 10);
    get<void>(claim->markPublished());
    claim.reset();
    QVERIFY(!get(store().claimDeadLetters(10)));
    letters[1].created_at += 2h;
    storeDeadLetter(letters[1]);
    claim = get(store().claimDeadLetters(10));
    QVERIFY2(claim && idsOf(claim->letters()) == std::vector{letters[1].id}, "given up again after it was published");
}

void StoreContract::deadLetters_areClaimedOnceAmongMany()
{
    const std::vector<DeadLetter> letters = storeDeadLetters(50);
    std::vector<Uuid> published;
    std::mutex mutex;
    std::atomic<int> failures{0};
    TaskGroup group(runtime());
    for (int i = 0; i < 4; ++i)
        group.spawn(publishAll(store(), runtime(), letters.size(), published, mutex, failures));
    runtime().run(group.join());
    QCOMPARE(failures.load(), 0);
    QVERIFY2(published == idsOf(letters), "each once, the oldest first");
}

void StoreContract::deadLetters_waitEndsWithACommit()
{
    auto transaction = store().begin();
    transaction->insertDeadLetter(newDeadLetter(newEvent(newOrder())));
    std::atomic<int> failures{0};
    TaskGroup group(runtime());
    group.spawn(commitLater(runtime(), std::move(transaction), failures));
    get(withTimeout<void>(runtime(), 10s, "waking up", store().waitForDeadLetters()));
    QVERIFY(get(store().claimDeadLetters(10)));
    runtime().run(group.join());
    QCOMPARE(failures.load(), 0);
    storeDeadLetters(1);
    get(withTimeout<void>(runtime(), 10s, "seeing what came before", store().waitForDeadLetters()));
    storeOrderWithEvents(1);
    QCOMPARE(runtime().run(withTimeout<void>(runtime(), 50ms, "a wait", store().waitForDeadLetters())).error().code, ErrorCode::Timeout);
    runtime().run(store().close());
    QCOMPARE(runtime().run(store().waitForDeadLetters()).error().code, ErrorCode::Closed);
}

/// A person may have corrected the event before it is published.
void StoreContract::deadLetters_tellWhatWasGivenUp()
{
    DeadLetter letter = storeDeadLetter(newDeadLetter(newEvent(newOrder("user-poison"))));
    const Event given_up = letter.event;
    letter.note({DeadLetterAct::Kind::Edited, runtime().now(), "ada", encodeData(letter.event.data)});
    letter.event.data.user_id = "Žofie";
    letter.state = DeadLetterState::Replayed;
    letter.note({DeadLetterAct::Kind::Replayed, letter.audit.back().at, "ada", "a test"});
    auto replay = store().begin();
    replay->updateDeadLetter(letter);
    commit(replay);
    auto claim = get(store().claimDeadLetters(10));
    QVERIFY(claim && claim->letters()[0].event == letter.event && claim->letters()[0].isCorrected());
    QVERIFY(claim->letters()[0].eventGivenUp() == given_up);
    claim.reset();
    letter.created_at += 1s; // The corrected one is given up.
    storeDeadLetter(letter);
    claim = claimDeadLettersAgain(10);
    QVERIFY(claim && claim->letters()[0].eventGivenUp() == letter.event);
}

void StoreContract::inbox_canBeLookedInto()
{
    const EventId done = newEvent(newOrder()).id, other = newEvent(newOrder()).id;
    auto transaction = store().begin();
    const EventId ids[] = {done};
    get(transaction->markProcessed(payment_group, ids));
    commit(transaction);
    QVERIFY((get(store().findProcessed("payment", {other, done, other, done})) == std::vector{false, true, false, true}));
    QVERIFY((get(store().findProcessed("analytics", {done})) == std::vector{false}));
    QVERIFY(get(store().findProcessed("payment", {})).empty());
}

// The retry topic ----------------------------------------------------------------------------------------------------

void StoreContract::parked_isKeptWhole()
{
    Event event = newEvent(newOrder("Žofie"), EventType::PaymentFailed);
    event.data.details = PaymentDetails{{}, "\xF0\x9F\xA6\x8A \"no\""};
    event.extensions = {{"tenant", "blue"}, {"raw", std::string("\x00\xff\x80", 3)}, {"null", std::nullopt}};
    ParkedEvent parked = newParked(event, 1h);
    parked.attempts = 3;
    parked.attempts_made.push_back({parked.parked_at, 3, "slow", ErrorCode::Timeout});
    park(parked);
    const auto all = get(store().findParked(10));
    QCOMPARE(all.size(), std::size_t(1));
    QVERIFY(all[0] == parked);
    QCOMPARE(get(store().counts()).parked_events, 1);
}

void StoreContract::parked_isGivenOutOnceItIsDue()
{
    const ParkedEvent later = newParked(newEvent(newOrder()), 1h), long_due = newParked(newEvent(newOrder()), -2s),
                      due = newParked(newEvent(newOrder()), -1s), other = newParked(newEvent(newOrder()), -1s, "analytics");
    for (const ParkedEvent& parked : {later, due, other, long_due})
        park(parked);
    const ParkedClaim first = get(store().claimParked("payment", 1, 1min));
    QCOMPARE(first.events.size(), std::size_t(1));
    QVERIFY(first.events[0] == long_due);
    const ParkedClaim rest = get(store().claimParked("payment", 10, 1min));
    QCOMPARE(rest.events.size(), std::size_t(1));
    QVERIFY(rest.events[0] == due);
    const ParkedClaim none = get(store().claimParked("payment", 10, 1min));
    QVERIFY(none.events.empty());
    QVERIFY(none.look_again && *none.look_again <= runtime().now() + 1min);
    QCOMPARE(get(store().claimParked("analytics", 10, 1min)).events.size(), std::size_t(1));
    QVERIFY(get(store().claimParked("nobody", 10, 1min)).events.empty());
}

void StoreContract::parked_aLeaseKeepsOthersAwayAndEnds()
{
    park(newParked(newEvent(newOrder()), -1s));
    QCOMPARE(get(store().claimParked("payment", 10, 500ms)).events.size(), std::size_t(1));
    const ParkedClaim kept = get(store().claimParked("payment", 10, 500ms));
    QVERIFY(kept.events.empty());
    QVERIFY(kept.look_again);
    runtime().run(runtime().sleep(600ms));
    QCOMPARE(get(store().claimParked("payment", 10, 500ms)).events.size(), std::size_t(1));
}

void StoreContract::parked_moreAttemptsReplaceFewer()
{
    const Event event = newEvent(newOrder());
    ParkedEvent second = newParked(event, 1h), first = newParked(event, 2h), third = newParked(event, 3h);
    second.attempts = 2;
    third.attempts = 3;
    park(second);
    park(first); // A redelivery: does not set it back.
    QVERIFY(get(store().findParked(10)) == std::vector{second});
    park(third);
    QVERIFY(get(store().findParked(10)) == std::vector{third});
}

/// By one who was slower than its lease.
void StoreContract::parked_againOnlyWhileItWaits()
{
    const Event event = newEvent(newOrder());
    const auto parkAgain = [&](int attempts) {
        ParkedEvent parked = newParked(event, 1h);
        parked.attempts = attempts;
        parked.attempts_made.push_back({parked.parked_at, std::uint8_t(attempts), "slow", ErrorCode::Timeout});
        parked.is_again = true;
        auto transaction = store().begin();
        transaction->park(std::move(parked));
        return runtime().run(transaction->commit(runtime().now()));
    };
    const auto refused = [](const Result<void>& answer) { return !answer && answer.error().code == ErrorCode::AlreadyExists; };
    QVERIFY(refused(parkAgain(2))); // It was never parked.
    park(newParked(event, -1s));
    QVERIFY(parkAgain(3));
    QVERIFY(refused(parkAgain(3)) && refused(parkAgain(2))); // Somebody has tried more often.
    const auto all = get(store().findParked(10));
    QVERIFY(all.size() == 1 && all[0].attempts == 3 && all[0].attempts_made.size() == 2 && !all[0].is_again);
    auto done = store().begin();
    done->unpark(payment_group, event.id);
    QVERIFY(runtime().run(done->commit(runtime().now())));
    QVERIFY(refused(parkAgain(4)));
    QCOMPARE(get(store().counts()).parked_events, 0);
}

/// The answer of the commit was lost, and who parked it again tries again: it is parked as wanted, whoever has claimed it since.
void StoreContract::parked_againOnceMoreIsDone()
{
    const Event event = newEvent(newOrder());
    park(newParked(event, -1s));
    ParkedEvent again = newParked(event, -1s);
    again.attempts = 3;
    again.attempts_made.push_back({again.parked_at, 3, "slow", ErrorCode::Timeout});
    again.is_again = true;
    const auto parkAgain = [&] {
        auto transaction = store().begin();
        transaction->park(again);
        return runtime().run(transaction->commit(runtime().now()));
    };
    QVERIFY(parkAgain());
    QVERIFY(parkAgain());
    QCOMPARE(get(store().claimParked("payment", 10, 1h)).events.size(), std::size_t(1));
    again.due_at += 1s; // The delay counts from the repetition.
    QVERIFY(parkAgain());
    QVERIFY(get(store().claimParked("payment", 10, 1h)).events.empty());
    const auto all = get(store().findParked(10));
    QVERIFY(all.size() == 1 && all[0].attempts == 3 && all[0].attempts_made.size() == 2);
    again.parked_at += 1s; // Another one who was slower than its lease.
    const auto refused = parkAgain();
    QVERIFY(!refused && refused.error().code == ErrorCode::AlreadyExists);
}

void StoreContract::parked_isGoneWithTheTransactionThatDidIt()
{
    const Order order = newOrder();
    const Event event = newEvent(order);
    park(newParked(event, 1h));
    park(newParked(event, 1h, "analytics"));
    const EventId ids[] = {event.id};
    {
        auto dropped = store().begin();
        get(dropped->markProcessed(payment_group, ids));
        dropped->unpark(payment_group, event.id);
    }
    QCOMPARE(get(store().findParked(10)).size(), std::size_t(2));
    auto done = store().begin();
    get(done->markProcessed(payment_group, ids));
    done->unpark(payment_group, event.id);
    done->unpark(payment_group, newEvent(order).id); // Not parked: no harm.
    commit(done);
    const auto left = get(store().findParked(10));
    QCOMPARE(left.size(), std::size_t(1));
    QCOMPARE(left[0].group, std::string("analytics"));
}

namespace {

Task<void> claimAll(Store& store, std::map<Uuid, int>& claimed, std::mutex& mutex, std::atomic<int>& failures)
{
    for (;;) {
        const auto claim = co_await store.claimParked("payment", 3, 1h);
        if (!claim)
            ++failures;
        if (!claim || claim->events.empty())
            co_return;
        const std::scoped_lock guard(mutex);
        for (const ParkedEvent& parked : claim->events)
            ++claimed[parked.event.id];
    }
}

} // namespace

void StoreContract::parked_isClaimedOnceAmongMany()
{
    for (int i = 0; i < 100; ++i)
        park(newParked(newEvent(newOrder()), -1s));
    std::map<Uuid, int> claimed;
    std::mutex mutex;
    std::atomic<int> failures{0};
    TaskGroup group(runtime());
    for (int i = 0; i < 4; ++i)
        group.spawn(claimAll(store(), claimed, mutex, failures));
    runtime().run(group.join());
    QCOMPARE(failures.load(), 0);
    QCOMPARE(claimed.size(), std::size_t(100));
    for (const auto& [event, times] : claimed)
        QCOMPARE(times, 1);
}

// The gateway's ledger -----------------------------------------------------------------------------------------------

void StoreContract::ledger_isOutsideTransactions()
{
    const Order order = newOrder();
    const Uuid key = runtime().newUuid();
    const LedgerEntry charge = newCharge(order, key);
    {
        auto dropped = store().begin();
        const EventId ids[] = {newEvent(order).id};
        get(dropped->markProcessed(payment_group, ids));
        dropped->insertOrder(order);
        get<void>(store().ledger().append(charge));
        QVERIFY((get(store().ledger().find(key)) == std::vector{charge}));
    }
    QVERIFY((get(store().ledger().find(key)) == std::vector{charge}));
    QCOMPARE(get(store().ledger().count(LedgerEntry::Kind::Charge)), 1);
    QCOMPARE(get(store().ledger().count(LedgerEntry::Kind::Refund)), 0);
    QVERIFY(!get(store().findOrder(order.id)));
}

namespace {

Task<void> charge(GatewayLedger& ledger, LedgerEntry entry, std::atomic<int>& charged, std::atomic<int>& refused)
{
    const auto appended = co_await ledger.append(std::move(entry));
    if (appended)
        ++charged;
    else if (appended.error().code == ErrorCode::AlreadyExists && appended.error().retry == Retry::Never)
        ++refused;
}

} // namespace

void StoreContract::ledger_chargesAPaymentKeyOnce()
{
    const Order order = newOrder();
    const Uuid key = runtime().newUuid();
    std::atomic<int> charged{0}, refused{0};
    TaskGroup group(runtime());
    for (int i = 0; i < 8; ++i)
        group.spawn(charge(store().ledger(), newCharge(order, key), charged, refused));
    runtime().run(group.join());
    QCOMPARE(charged.load(), 1);
    QCOMPARE(refused.load(), 7);

    LedgerEntry refund = newCharge(order, key);
    refund.kind = LedgerEntry::Kind::Refund;
    get<void>(store().ledger().append(refund));
    const auto entries = get(store().ledger().find(key));
    QCOMPARE(entries.size(), std::size_t(2));
    QCOMPARE(entries[0].kind, LedgerEntry::Kind::Charge);
    QVERIFY(entries[1] == refund);

    // A key that was refunded before anything was charged (the order was canceled first) is not charged any more.
    refund.payment_key = runtime().newUuid();
    get<void>(store().ledger().append(refund));
    const auto late = runtime().run(store().ledger().append(newCharge(order, refund.payment_key)));
    QVERIFY(!late);
    QCOMPARE(late.error().code, ErrorCode::AlreadyExists);
}

void StoreContract::ledger_withoutKeyChargesEveryTime()
{
    const Order order = newOrder();
    for (int i = 0; i < 3; ++i)
        get<void>(store().ledger().append(newCharge(order, Uuid{})));
    QCOMPARE(get(store().ledger().count(LedgerEntry::Kind::Charge)), 3);
}

// Text and closing ---------------------------------------------------------------------------------------------------

void StoreContract::text_survivesAsItIs_data()
{
    QTest::addColumn<QByteArray>("user_id");
    QTest::newRow("accents") << QByteArray("Žofie Müller");
    QTest::newRow("emoji and CJK") << QByteArray("\xF0\x9F\xA6\x8A 王芳");
    QTest::newRow("quotes") << QByteArray(R"("it's" \ "\" \\)");
    QTest::newRow("array syntax") << QByteArray("{a,b},NULL");
    QTest::newRow("NULL") << QByteArray("NULL");
    QTest::newRow("SQL") << QByteArray("'; DROP TABLE orders; --");
    QTest::newRow("spaces") << QByteArray("  two  ");
    QTest::newRow("64 characters of four bytes") << QByteArray("\xF0\x9F\xA6\x8A").repeated(64);
}

void StoreContract::text_survivesAsItIs()
{
    QFETCH(QByteArray, user_id);
    const Order order = newOrder(user_id.toStdString());
    const Event event = newEvent(order);
    const Notification notification = newNotification(order, event);
    auto transaction = store().begin();
    transaction->insertOrder(order);
    transaction->emit(event);
    transaction->insertNotification(notification);
    commit(transaction);
    QVERIFY(get(store().findOrder(order.id)) == order);
    OrderQuery query;
    query.user_id = order.user_id;
    QVERIFY((get(store().findOrders(query)).orders == std::vector{order}));
    QVERIFY((get(store().findNotifications(order.id)) == std::vector{notification}));
    auto claim = get(store().claimOutbox(1));
    QVERIFY(claim);
    QVERIFY(claim->events()[0] == event);
}

// Bounds -------------------------------------------------------------------------------------------------------------

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
    for (int i = 0; i < 2'000 && all.total() < wanted; ++i) {
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
    const TimePoint today = std::chrono::floor<std::chrono::days>(runtime().now()), first = today - 48h, second = today - 24h;
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
    const decltype(found) wanted = {{first, "EUR", 4, 4}, {first, "USD", 1, 10}, {second, "EUR", 1, 100}, {today + 1min, "EUR", 1, 1'000}};
    QVERIFY(found == wanted);
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

} // namespace orderlab::test
