#include "contract/tst_postgres_store.h"

namespace orderlab::test {

using namespace std::chrono_literals;

std::vector<Event> TestPostgresStore::publish(int count)
{
    std::vector<Event> events;
    auto emit = store().begin();
    for (int i = 0; i < count; ++i) {
        events.push_back(newEvent(newOrder()));
        emit->emit(events.back());
    }
    commit(emit);
    claimAllAndMark(store());
    return events;
}

void TestPostgresStore::outbox_republishesWhatSomeGroupHasNotDone()
{
    const Order order = newOrder();
    const Event done = newEvent(order), given_up = newEvent(order), half_done = newEvent(order), lost = newEvent(order),
                of_no_interest = newEvent(order, EventType::PaymentFailed);
    auto emit = store().begin();
    for (const Event& event : {done, given_up, half_done, lost, of_no_interest})
        emit->emit(event);
    commit(emit);
    auto claim = get(store().claimOutbox(10));
    QVERIFY(claim);
    QCOMPARE(claim->events().size(), std::size_t(5));
    get<void>(claim->markPublished());
    claim.reset();

    auto work = store().begin();
    const EventId by_payment[] = {done.id, half_done.id}, by_analytics[] = {done.id, given_up.id};
    get(work->markProcessed(payment_group, by_payment));
    get(work->markProcessed(analytics_group, by_analytics));
    work->insertDeadLetter(newDeadLetter(given_up, std::string(payment_group)));
    commit(work);

    const std::vector<Subscription> subscriptions = {{std::string(payment_group), {EventType::OrderCreated}},
                                                     {std::string(analytics_group), {EventType::OrderCreated}}};
    QCOMPARE(get(store().republishUnprocessed(subscriptions, {})), 2);
    auto again = get(store().claimOutbox(10));
    QVERIFY(again);
    QCOMPARE(again->events().size(), std::size_t(2));
    QVERIFY(again->events()[0] == half_done);
    QVERIFY(again->events()[1] == lost);
}

void TestPostgresStore::outbox_republishesWhatTheLogHasLost()
{
    const Order order = newOrder();
    std::vector<Event> events;
    auto emit = store().begin();
    for (int i = 0; i < 6; ++i) {
        events.push_back(newEvent(order));
        emit->emit(events.back());
    }
    commit(emit);
    auto claim = get(store().claimOutbox(10));
    QCOMPARE(claim->events().size(), std::size_t(6));
    // Partition 1 has offsets 0 to 3 and 9, partition 2 has offset 0.
    get<void>(claim->markPublished({{1, 0}, {1, 1}, {1, 2}, {1, 3}, {2, 0}, {1, 9}}));
    claim.reset();
    auto work = store().begin();
    const EventId done[] = {events[1].id};
    get(work->markProcessed(payment_group, done));
    commit(work);

    const std::vector<Subscription> payment = {{std::string(payment_group), {EventType::OrderCreated}}};
    LostRows rows{EventType::OrderCreated, 1, 0};
    QVERIFY(get(store().republishLost(payment, rows, 10)).empty()); // A group that merely lags.
    rows.below = 3;
    const auto lost = get(store().republishLost(payment, rows, 10));
    QCOMPARE(lost.size(), std::size_t(2));
    QVERIFY(lost[0].event == events[0].id && lost[0].order == order.id && lost[0].offset == 0);
    QVERIFY(lost[1].event == events[2].id && lost[1].offset == 2);
    QVERIFY(get(store().republishLost(payment, rows, 10)).empty()); // They wait to be published.
    claim = get(store().claimOutbox(10));
    QCOMPARE(claim->events().size(), std::size_t(2));
    get<void>(claim->markPublished({{1, 4}, {1, 5}}));
    claim.reset();
    QVERIFY(get(store().republishLost(payment, rows, 10)).empty()); // The log has them.

    rows = {EventType::OrderCreated, 1, 3, 9, m_runtime.now() - 1h}; // The log ends at 9; but was it asked before?
    QVERIFY(get(store().republishLost(payment, rows, 10)).empty());
    rows.published_before = m_runtime.now() + 1s;
    const auto cut_off = get(store().republishLost(payment, rows, 10));
    QVERIFY(cut_off.size() == 1 && cut_off[0].event == events[5].id);

    rows = {EventType::OrderCreated, 1, INT64_MAX}; // All of another log, a few at a time.
    QCOMPARE(get(store().republishLost(payment, rows, 2)).size(), std::size_t(2));
    QCOMPARE(get(store().republishLost(payment, rows, 2)).size(), std::size_t(1));
    QVERIFY(get(store().republishLost(payment, rows, 2)).empty());

    script(
        "UPDATE orderlab.outbox SET log_partition = NULL, log_offset = NULL WHERE published_at IS NOT NULL"); // Of an
                                                                                                              // older
                                                                                                              // version.
    rows = {EventType::OrderCreated, 2, 1};
    const auto unknown = get(store().republishLost(payment, rows, 10));
    QVERIFY(unknown.size() == 1 && unknown[0].event == events[4].id && unknown[0].offset == -1);
}

void TestPostgresStore::logExtents_areThoseOfTheLogInUse()
{
    const std::vector<Subscription> payment = {{std::string(payment_group), {EventType::OrderCreated}}};
    QCOMPARE(get(store().republishUnprocessed(payment, "kafka a orders.")), 0);
    QVERIFY(get(store().logExtents()).empty());
    const LogExtent first{EventType::OrderCreated, 0, 0, 5, 10}, second{EventType::PaymentFailed, 2, 3, 0, 7};
    get<void>(store().saveLogExtents({first, second}));
    QVERIFY((get(store().logExtents()) == std::vector<LogExtent>{first, second}));
    get<void>(store().saveLogExtents({{EventType::OrderCreated, 0, 0, 4, 11},
                                      {EventType::PaymentFailed, 2, 2, 1, 99}})); // By another that looked earlier.
    QVERIFY((get(store().logExtents()) == std::vector<LogExtent>{{EventType::OrderCreated, 0, 0, 5, 11}, second}));
    get<void>(store().saveLogExtents({{EventType::OrderCreated, 0, 1, 0, 2}})); // Another log.
    QVERIFY((get(store().logExtents()) == std::vector<LogExtent>{{EventType::OrderCreated, 0, 1, 0, 2}, second}));
    QCOMPARE(get(store().republishUnprocessed(payment, "kafka a orders.")), 0);
    QCOMPARE(get(store().logExtents()).size(), std::size_t(2));
    QCOMPARE(get(store().republishUnprocessed(payment, "kafka b orders.")), 0);
    QVERIFY(get(store().logExtents()).empty());
}

/// A group that has parked an event has it: it must not come from the log as well.
void TestPostgresStore::outbox_doesNotRepublishWhatIsParked()
{
    const Event event = newEvent(newOrder());
    auto emit = store().begin();
    emit->emit(event);
    commit(emit);
    auto claim = get(store().claimOutbox(10));
    get<void>(claim->markPublished());
    claim.reset();
    park(newParked(event, 1h, std::string(payment_group)));
    const Subscription payment{std::string(payment_group), {EventType::OrderCreated}};
    QCOMPARE(get(store().republishUnprocessed(std::span(&payment, 1), {})), 0);
    auto unpark = store().begin();
    unpark->unpark(payment_group, event.id);
    commit(unpark);
    QCOMPARE(get(store().republishUnprocessed(std::span(&payment, 1), {})), 1);
}

/// Its first publication was given up, and may since have been corrected: only the row that replays it comes again.
void TestPostgresStore::outbox_republishesTheReplayOfADeadLetterOnly()
{
    const Event event = newEvent(newOrder());
    auto emit = store().begin();
    emit->emit(event);
    commit(emit);
    DeadLetter letter = storeDeadLetter(newDeadLetter(event, std::string(payment_group)));
    Event replay = event;
    setTargetGroup(replay, payment_group);
    replay.data.user_id = letter.event.data.user_id = "corrected";
    letter.state = DeadLetterState::Replayed;
    auto change = store().begin();
    change->updateDeadLetter(letter);
    change->emit(replay);
    commit(change);
    auto claim = get(store().claimOutbox(10));
    QCOMPARE(claim->events().size(), std::size_t(2));
    get<void>(claim->markPublished());
    claim.reset();

    const std::vector<Subscription> payment = {{std::string(payment_group), {EventType::OrderCreated}}},
                                    analytics = {{std::string(analytics_group), {EventType::OrderCreated}}};
    QCOMPARE(get(store().republishUnprocessed(payment, {})), 1);
    claim = get(store().claimOutbox(10));
    QCOMPARE(claim->events().size(), std::size_t(1));
    QVERIFY(claim->events()[0] == replay);
    get<void>(claim->markPublished());
    claim.reset();
    QCOMPARE(get(store().republishUnprocessed(analytics, {})), 1); // the first one, which it has yet to do
    claim = get(store().claimOutbox(10));
    QVERIFY(claim->events()[0] == event);
    get<void>(claim->markPublished());
    claim.reset();
    letter.created_at += 1s;
    storeDeadLetter(letter); // given up again
    QCOMPARE(get(store().republishUnprocessed(payment, {})), 0);
}

} // namespace orderlab::test
