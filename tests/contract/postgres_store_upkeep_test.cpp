#include "contract/tst_postgres_store.h"

namespace orderlab::test {

using namespace std::chrono_literals;

/// Eight days ago: published, and done by those who have done it.
void TestPostgresStore::makeOld(const std::string& which)
{
    script("UPDATE orderlab.outbox SET published_at = now() - interval '8 days' WHERE published_at IS NOT NULL AND "
           + which);
    script("UPDATE orderlab.processed_events SET processed_at = now() - interval '8 days'");
}

void TestPostgresStore::markDone(std::string_view group, const std::vector<Event>& events)
{
    auto work = store().begin();
    std::vector<EventId> ids;
    for (const Event& event : events)
        ids.push_back(event.id);
    get(work->markProcessed(group, ids));
    commit(work);
}

void TestPostgresStore::outbox_oldPublishedRowsAreDeleted()
{
    get(store().republishUnprocessed(two_groups, "a log"));
    const auto old = publish(7), young = publish(3);
    for (const std::string_view group : {payment_group, analytics_group}) {
        markDone(group, old);
        markDone(group, young);
    }
    script("UPDATE orderlab.outbox SET published_at = now() - interval '2 hours' WHERE sequence <= 7");
    storeOrderWithEvents(2); // unpublished: stays
    const Cleaned first = get(store().upkeep().clean({}, 3));
    QCOMPARE(first.outbox, 3);
    QVERIFY(first.has_more);
    QCOMPARE(cleanUntil({}, 4, 3).outbox, 4);
    QCOMPARE(get(store().upkeep().clean({}, 100)).total(), 0);
    QCOMPARE(valueOf("SELECT string_agg(sequence::text, ' ' ORDER BY sequence) FROM orderlab.outbox"),
             std::string("8 9 10 11 12"));
}

/// Who has not started yet what a Lab does first must not take what groups have yet to do for done.
void TestPostgresStore::upkeep_deletesNothingBeforeItKnowsTheGroups()
{
    markDone(payment_group, publish(2));
    makeOld("true");
    QCOMPARE(get(store().upkeep().clean({}, 100)).total(), 0);
}

/// An event that one group has yet to do is published again at the next start; what the other has done of it must not
/// be forgotten before, or it is done twice.
void TestPostgresStore::upkeep_keepsTheInboxOfWhatMayBePublishedAgain()
{
    get(store().republishUnprocessed(two_groups, "a log"));
    const auto events = publish(3);
    markDone(payment_group, events);
    markDone(analytics_group, {events[0]});
    makeOld("true");
    const Cleaned cleaned = get(store().upkeep().clean({}, 100));
    QCOMPARE(cleaned.outbox, 1);
    QCOMPARE(cleaned.inbox, 2); // Of the event that both have done.
    QCOMPARE(get(store().republishUnprocessed(two_groups, {})), 2);
    QVERIFY((get(store().findProcessed(std::string(payment_group), {events[1].id, events[2].id}))
             == std::vector<bool>{true, true}));

    // Once the other has done them, they go.
    claimAllAndMark(store());
    markDone(analytics_group, events);
    makeOld("true");
    const auto restarted = open(journal(), options()); // Looks at all from the beginning.
    get(restarted->republishUnprocessed(two_groups, "a log"));
    Cleaned rest;
    for (int i = 0; i < 3; ++i)
        rest.add(get(restarted->upkeep().clean({}, 100)));
    QCOMPARE(rest.outbox, 2);
    QCOMPARE(valueOf("SELECT count(*) FROM orderlab.processed_events"), std::string("0"));
    QCOMPARE(get(restarted->republishUnprocessed(two_groups, {})), 0);
    m_runtime.run(restarted->close());
}

/// The same where the event was never marked as published.
void TestPostgresStore::upkeep_keepsTheInboxOfWhatWaitsToBePublished()
{
    get(store().republishUnprocessed(two_groups, "a log"));
    const auto events = publish(1);
    markDone(payment_group, events);
    makeOld("true");
    script("UPDATE orderlab.outbox SET published_at = NULL, event_id = '01900000-0000-7000-8000-000000000001';"
           "UPDATE orderlab.processed_events SET event_id = '01900000-0000-7000-8000-000000000001'");
    QCOMPARE(get(store().upkeep().clean({}, 100)).total(), 0);
    QCOMPARE(valueOf("SELECT count(*) FROM orderlab.processed_events"), std::string("1"));
}

/// Rows that stay, more than one step looks at, do not keep those behind them.
void TestPostgresStore::upkeep_isNotHeldUpByWhatStays()
{
    get(store().republishUnprocessed(two_groups, "a log"));
    const auto stay = publish(7), done = publish(5);
    markDone(payment_group, stay);
    markDone(payment_group, done);
    markDone(analytics_group, done);
    makeOld("true");
    const Cleaned cleaned = cleanUntil({}, 15, 2);
    QCOMPARE(cleaned.outbox, 5);
    QCOMPARE(cleaned.inbox, 10);
    QCOMPARE(valueOf("SELECT count(*) FROM orderlab.processed_events"), std::string("7"));
}

/// Plans are made while tables are empty. A row of the inbox must not be compared with each kept row of the outbox:
/// with so many that takes longer than a statement may (30 s).
void TestPostgresStore::upkeep_cleansTheInboxBesideManyKeptRows()
{
    get(store().republishUnprocessed(two_groups, "a log"));
    for (int i = 0; i < 10; ++i)
        get(store().upkeep().clean({}, 5'000));
    script("INSERT INTO orderlab.outbox (event_time, amount_minor, span_id, event_id, order_id, trace_id, type, slot, "
           "kept,"
           " currency, user_id) SELECT now(), 1, 0, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),"
           " 'order-created', 0, true, 'EUR', 'ada' FROM generate_series(1, 100000);"
           "INSERT INTO orderlab.inbox (event_id, processed_at, group_id) SELECT gen_random_uuid(), 0, 1 FROM "
           "generate_series(1, 5000);"
           "INSERT INTO orderlab.inbox (event_id, processed_at, group_id) SELECT event_id, 0, 1 FROM orderlab.outbox "
           "LIMIT 7");
    // The walk over the outbox first comes to its young rows.
    StoreBounds bounds;
    bounds.outbox = 1h;
    QCOMPARE(cleanUntil(bounds, 5'000, 5'000).inbox, 5'000);
    QCOMPARE(valueOf("SELECT count(*) FROM orderlab.inbox"), std::string("7"));
}

/// More pages than a step looks at: those that are old are on the first ones, and among young ones on the last.
void TestPostgresStore::upkeep_comesToEveryPage()
{
    script("INSERT INTO orderlab.notifications (event_id, order_id, about, user_id, amount_minor, currency, created_at)"
           " SELECT gen_random_uuid(), gen_random_uuid(), 'order-created', 'ada', 1, 'EUR',"
           " now() - CASE WHEN i <= 1000 OR i % 100 = 0 THEN interval '31 days' ELSE interval '0' END FROM "
           "generate_series(1, 3000) i");
    const Cleaned first = get(store().upkeep().clean({}, 100)); // A page.
    QVERIFY(first.notifications > 0 && first.notifications <= 100);
    QVERIFY(first.has_more);
    QCOMPARE(cleanUntil({}, 1'020 - first.notifications, 100).notifications, 1'020 - first.notifications);
    QCOMPARE(valueOf("SELECT count(*) FROM orderlab.notifications"), std::string("1980"));
    // The table rests after the walk, and is then looked at again.
    script("UPDATE orderlab.notifications SET created_at = now() - interval '31 days' WHERE ctid = (SELECT max(ctid) "
           "FROM orderlab.notifications)");
    QCOMPARE(cleanUntil({}, 1, 100).notifications, 1);
}

void TestPostgresStore::upkeep_tellsWhatIsOnTheDisk()
{
    const StoreBytes before = get(store().upkeep().bytesOnDisk());
    script("INSERT INTO orderlab.inbox (event_id, processed_at, group_id) SELECT gen_random_uuid(), 0, 1 FROM "
           "generate_series(1, 10000)");
    const StoreBytes bounded = get(store().upkeep().bytesOnDisk());
    QVERIFY(bounded.bounded >= before.bounded + 500'000);
    QCOMPARE(bounded.kept, before.kept);
    script("INSERT INTO orderlab.orders SELECT gen_random_uuid(), 'ada', 1, 'EUR', 'paid', now(), now(), 1 FROM "
           "generate_series(1, 10000)");
    const StoreBytes kept = get(store().upkeep().bytesOnDisk());
    QVERIFY(kept.kept >= before.kept + 500'000);
    QCOMPARE(kept.bounded, bounded.bounded);
    QVERIFY(kept.total >= kept.bounded + kept.kept);
}

/// The name that others rely on.
void TestPostgresStore::processedEvents_isAViewThatCanBeWritten()
{
    const auto events = publish(3);
    markDone(payment_group, {events[0], events[1]});
    const std::string rows =
        "SELECT string_agg(consumer_group, ' ' ORDER BY consumer_group) FROM orderlab.processed_events";
    QCOMPARE(valueOf(rows), "payment payment");
    QCOMPARE(valueOf("SELECT count(*) FROM orderlab.processed_events WHERE consumer_group = 'payment' AND event_id = '"
                     + events[0].id.toString() + "' AND abs(extract(epoch FROM now() - processed_at)) < 60"),
             std::string("1"));
    script("INSERT INTO orderlab.processed_events (consumer_group, event_id) VALUES ('analytics', '"
           + events[2].id.toString() + "')");
    QVERIFY((get(store().findProcessed(std::string(analytics_group), {events[1].id, events[2].id}))
             == std::vector{false, true}));
    script("UPDATE orderlab.processed_events SET consumer_group = 'billing' WHERE event_id = '"
           + events[0].id.toString() + "'");
    QVERIFY((get(store().findProcessed("billing", {events[0].id})) == std::vector{true}));
    script("DELETE FROM orderlab.processed_events WHERE consumer_group = 'payment'");
    QVERIFY((get(store().findProcessed(std::string(payment_group), {events[0].id, events[1].id}))
             == std::vector{false, false}));
    QCOMPARE(valueOf(rows), "analytics billing");
}

} // namespace orderlab::test
