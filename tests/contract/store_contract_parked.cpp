#include "contract/store_contract.h"

namespace orderlab::test {

using namespace std::chrono_literals;

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
                      due = newParked(newEvent(newOrder()), -1s),
                      other = newParked(newEvent(newOrder()), -1s, "analytics");
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
    QCOMPARE(get(store().claimParked("payment", 10, 1h)).events.size(), std::size_t(1));
    const ParkedClaim kept = get(store().claimParked("payment", 10, 1h));
    QVERIFY(kept.events.empty());
    QVERIFY(kept.look_again);
    park(newParked(newEvent(newOrder()), -1s));
    QCOMPARE(get(store().claimParked("payment", 10, 500ms)).events.size(), std::size_t(1));
    std::size_t claimed_again = 0;
    for (int i = 0; i < 12'000 && claimed_again == 0; ++i) {
        runtime().run(runtime().sleep(10ms));
        claimed_again = get(store().claimParked("payment", 10, 1h)).events.size();
    }
    QCOMPARE(claimed_again, std::size_t(1));
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
    const auto refused = [](const Result<void>& answer) {
        return !answer && answer.error().code == ErrorCode::AlreadyExists;
    };
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

/// The answer of the commit was lost, and who parked it again tries again: it is parked as wanted, whoever has claimed
/// it since.
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

} // namespace orderlab::test
