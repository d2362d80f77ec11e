#include "contract/tst_postgres_store.h"

#include "contract/store_contract_helpers.h"

#include <set>

namespace orderlab::test {

using namespace std::chrono_literals;

std::size_t TestPostgresStore::claimAllAndMark(Store& from)
{
    std::size_t events = 0;
    while (auto claim = get(from.claimOutbox(100))) {
        events += claim->events().size();
        get<void>(claim->markPublished());
    }
    return events;
}

void TestPostgresStore::outbox_rowCommittedLateIsStillPublished()
{
    // Another program has its sequence number, but does not commit yet.
    const Event late = newEvent(newOrder());
    script("BEGIN; INSERT INTO orderlab.outbox (slot, event_id, order_id, type, event_time, trace_id, span_id, "
           "user_id, amount_minor, currency)"
           " VALUES (3, '"
           + late.id.toString() + "', '" + late.order.toString() + "', 'order-created', now(), '"
           + late.trace.trace.toString() + "', 1, 'ada', 1999, 'EUR')");
    storeOrderWithEvents(1);
    storeOrderWithEvents(1);
    QCOMPARE(claimAllAndMark(store()), std::size_t(2));
    script("COMMIT");
    QCOMPARE(valueOf("SELECT (SELECT sequence FROM orderlab.outbox WHERE published_at IS NULL)"
                     " < (SELECT min(sequence) FROM orderlab.outbox WHERE published_at IS NOT NULL)"),
             std::string("t"));
    auto claim = get(store().claimOutbox(10));
    QVERIFY(claim);
    QCOMPARE(claim->events().size(), std::size_t(1));
    QVERIFY(claim->events()[0].id == late.id);
}

namespace {

Task<void> waitAndCount(Store& store, std::atomic<int>& claimed)
{
    const auto size = co_await waitAndClaim(store);
    claimed = size ? int(*size) : -1;
}

} // namespace

void TestPostgresStore::outbox_otherProcessIsWoken()
{
    const auto other = open(journal(), options());
    std::atomic<int> claimed{0};
    TaskGroup group(m_runtime);
    group.spawn(waitAndCount(*other, claimed));
    QTRY_COMPARE(valueOf("SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN orderlab_outbox'"),
                 std::string("1"));
    QVERIFY(m_runtime.run(other->ping())); // It works meanwhile, and nothing happens.
    QCOMPARE(claimed.load(), 0);
    storeOrderWithEvents(1);
    QTRY_COMPARE(claimed.load(), 1);
    m_runtime.run(group.join());
    m_runtime.run(other->close());
}

void TestPostgresStore::outbox_otherProcessIsWokenAfterItsListenerWasCutOff()
{
    PostgresOptions quick = options();
    quick.outbox.recheck = 200ms; // also the pause before the listener connects again
    const auto other = open(journal(), quick);
    std::atomic<int> claimed{0};
    TaskGroup group(m_runtime);
    group.spawn(waitAndCount(*other, claimed));
    QTRY_COMPARE(valueOf("SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN orderlab_outbox'"),
                 std::string("1"));
    const std::string first = valueOf("SELECT pid FROM pg_stat_activity WHERE query = 'LISTEN orderlab_outbox'");
    valueOf("SELECT pg_terminate_backend(" + first + ")");
    QTRY_VERIFY(
        valueOf("SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN orderlab_outbox' AND pid <> " + first)
        == "1");
    storeOrderWithEvents(1);
    QTRY_COMPARE(claimed.load(), 1);
    m_runtime.run(group.join());
    m_runtime.run(other->close());
}

void TestPostgresStore::outbox_lockDiesWithItsConnection()
{
    storeOrderWithEvents(2);
    const auto other = open(journal(), options());
    auto held = get(other->claimOutbox(10));
    QVERIFY(held);
    QVERIFY(!get(store().claimOutbox(10)));
    valueOf("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'");
    std::unique_ptr<OutboxClaim> taken_over;
    for (int i = 0; i < 12'000 && !taken_over; ++i) {
        m_runtime.run(m_runtime.sleep(10ms));
        taken_over = get(store().claimOutbox(10));
    }
    QVERIFY(taken_over);
    QCOMPARE(taken_over->events().size(), std::size_t(2));
    const auto marked = m_runtime.run(held->markPublished());
    QVERIFY(!marked);
    QCOMPARE(marked.error().code, ErrorCode::Unavailable);
    QCOMPARE(marked.error().retry, Retry::Later);
    held.reset();
    m_runtime.run(other->close());
}

void TestPostgresStore::deadLetters_lockDiesWithItsConnection()
{
    storeDeadLetters(2);
    const auto other = open(journal(), options());
    auto held = get(other->claimDeadLetters(10));
    QVERIFY(held);
    QVERIFY(!get(store().claimDeadLetters(10)));
    valueOf("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'");
    const auto taken_over = claimDeadLettersAgain(10);
    QVERIFY(taken_over);
    QCOMPARE(taken_over->letters().size(), std::size_t(2));
    const auto marked = m_runtime.run(held->markPublished());
    QVERIFY(!marked);
    QCOMPARE(marked.error().code, ErrorCode::Unavailable);
    held.reset();
    m_runtime.run(other->close());
}

void TestPostgresStore::outbox_noSlotStarves()
{
    // One order has far more to publish than a claim takes; the others still come within a few claims.
    const Order busy = storeOrderWithEvents(2'000);
    std::set<OrderId> waiting;
    while (waiting.size() < 40)
        waiting.insert(storeOrderWithEvents(1).id);
    int claims = 0;
    while (!waiting.empty() && claims < 40) {
        auto claim = get(store().claimOutbox(20));
        QVERIFY(claim);
        ++claims;
        for (const Event& event : claim->events())
            waiting.erase(event.order);
        get<void>(claim->markPublished());
        // What shares the slot with the busy order waits behind it, as it came later.
        std::erase_if(waiting, [&](const OrderId& id) { return hashValue(id) % 16 == hashValue(busy.id) % 16; });
    }
    QVERIFY2(waiting.empty(), qPrintable(QString::number(waiting.size())));
}

} // namespace orderlab::test
