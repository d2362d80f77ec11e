#include "contract/store_contract.h"

#include "lab/order_archive.h"
#include "runtime/real_runtime.h"
#include "postgres/postgres_migrations.h"
#include "postgres/postgres_store.h"
#include "postgres/private_postgres.h"
#include "support/scratch_folder.h"
#include "support/test_program.h"

#include <algorithm>
#include <fstream>
#include <set>

using namespace orderlab;
using test::analytics_group, test::payment_group;
using namespace std::chrono_literals;

/// PostgresStore on a real server, which this program starts for itself.
class TestPostgresStore : public test::StoreContract {
    Q_OBJECT

public:
    Runtime& runtime() override { return m_runtime; }
    std::shared_ptr<Store> openEmptyStore(Journal& journal) override;

private slots:
    void initTestCase();
    void cleanupTestCase();

    void close_endsEverythingElseToo();
    void commit_ofManyAtOnce_oneThatCannotHurtsNoOther();
    void error_meansWhatTheCallerShouldDo_data();
    void error_meansWhatTheCallerShouldDo();
    void migrate_severalAtOnce();
    void migrate_refusesANewerDatabase();
    void open_refusesWhatIsNoUrl();
    void open_saysThatTheServerIsAway();
    void outbox_rowCommittedLateIsStillPublished();
    void outbox_otherProcessIsWoken();
    void outbox_otherProcessIsWokenAfterItsListenerWasCutOff();
    void outbox_lockDiesWithItsConnection();
    void deadLetters_lockDiesWithItsConnection();
    void outbox_noSlotStarves();
    void outbox_oldPublishedRowsAreDeleted();
    void upkeep_deletesNothingBeforeItKnowsTheGroups();
    void upkeep_keepsTheInboxOfWhatMayBePublishedAgain();
    void upkeep_keepsTheInboxOfWhatWaitsToBePublished();
    void upkeep_isNotHeldUpByWhatStays();
    void upkeep_comesToEveryPage();
    void upkeep_tellsWhatIsOnTheDisk();
    void processedEvents_isAViewThatCanBeWritten();
    void archive_readsTheOutboxOnceABatch();
    void archive_takesWhatIsDoneForGood();
    void archive_interruptedLosesNothing();
    void archive_isNotWrittenIntoOtherFiles();
    void outbox_republishesWhatSomeGroupHasNotDone();
    void outbox_republishesWhatTheLogHasLost();
    void logExtents_areThoseOfTheLogInUse();
    void outbox_doesNotRepublishWhatIsParked();
    void outbox_republishesTheReplayOfADeadLetterOnly();
    void migrate_addsEventTypesOfANewerProgram();
    void migration_keepsOldDeadLetters();
    void migration_keepsInboxAndOutbox();
    void pool_isBoundedAndSaysSo();
    void pool_cancelledQueryPoisonsNothing();
    void pool_recoversWhenItsSessionsAreCutOff();
    void refund_hasItsRow();
    void notification_keepsItsText();

private:
    PostgresOptions options() const;
    std::shared_ptr<Store> open(Journal& journal, const PostgresOptions& options);
    /// Runs statements of a person at psql.
    void script(const std::string& sql);
    std::string valueOf(const std::string& sql);
    std::size_t claimAllAndMark(Store& from);
    void makeOld(const std::string& which);
    void markDone(std::string_view group, const std::vector<Event>& events);
    /// Emits and publishes events of as many orders.
    std::vector<Event> publish(int count);
    const std::vector<Subscription> two_groups = {{std::string(payment_group), {EventType::OrderCreated}},
                                                  {std::string(analytics_group), {EventType::OrderCreated}}};

    test::ScratchFolder m_folder;
    RealRuntime m_runtime{2};
    std::unique_ptr<PrivatePostgres> m_server;
    std::unique_ptr<PostgresConnection> m_admin;
};

void TestPostgresStore::initTestCase()
{
    auto server = m_runtime.run(startPrivatePostgres(m_runtime, {m_folder.path() / "data", {}, 60s, 20s}));
    QVERIFY2(server, server ? "" : server.error().message.c_str());
    m_server = std::move(*server);
    m_admin = get(PostgresConnection::open(m_runtime, m_server->url(), 10s));
    QVERIFY(m_admin);
}

void TestPostgresStore::cleanupTestCase()
{
    m_admin.reset();
    if (m_server)
        m_runtime.run(m_server->stop());
}

PostgresOptions TestPostgresStore::options() const
{
    PostgresOptions options;
    options.url = m_server->url();
    options.outbox.recheck = 1h; // so that only wake-ups wake
    options.pool.backoff_max = 100ms;
    return options;
}

std::shared_ptr<Store> TestPostgresStore::open(Journal& journal, const PostgresOptions& options)
{
    return get(openPostgresStore(m_runtime, journal, options));
}

std::shared_ptr<Store> TestPostgresStore::openEmptyStore(Journal& journal)
{
    if (!m_admin)
        return nullptr;
    script("DROP SCHEMA IF EXISTS orderlab CASCADE");
    return open(journal, options());
}

void TestPostgresStore::script(const std::string& sql)
{
    get<void>(m_admin->runScript(sql));
}

std::string TestPostgresStore::valueOf(const std::string& sql)
{
    std::vector<PostgresStatement> statements;
    statements.push_back({nullptr, {}, sql});
    const auto results = get(m_admin->run(std::move(statements)));
    return results.empty() || results[0].rows() == 0 ? "" : std::string(results[0].text(0, 0));
}

std::size_t TestPostgresStore::claimAllAndMark(Store& from)
{
    std::size_t events = 0;
    while (auto claim = get(from.claimOutbox(100))) {
        events += claim->events().size();
        get<void>(claim->markPublished());
    }
    return events;
}

namespace {

Task<void> createOrder(Store& from, Runtime& time, std::string key, std::atomic<int>& created, std::atomic<int>& refused)
{
    Order order;
    order.id = OrderId{time.newUuid()};
    order.user_id = "ada";
    order.total.amount_minor = 100;
    order.created_at = order.updated_at = time.now();
    order.version = 1;
    Event event = makeEvent(EventType::OrderCreated, order, EventId{time.newUuid()}, time.now(), {});
    const auto transaction = from.begin();
    transaction->insertOrder(order);
    transaction->emit(std::move(event));
    if (!key.empty())
        transaction->rememberAnswer({std::move(key), "fingerprint", order.id, time.now()});
    const auto committed = co_await transaction->commit(time.now());
    ++(committed ? created : refused);
}

} // namespace

/// They become one transaction, which fails as one key is taken; then each is written by itself.
void TestPostgresStore::commit_ofManyAtOnce_oneThatCannotHurtsNoOther()
{
    std::atomic<int> created{0}, refused{0};
    m_runtime.run(createOrder(store(), m_runtime, "taken", created, refused));
    QCOMPARE(created.load(), 1);
    TaskGroup creating(m_runtime);
    for (int i = 0; i < 60; ++i)
        creating.spawn(createOrder(store(), m_runtime, i % 20 == 7 ? "taken" : "", created, refused));
    m_runtime.run(creating.join());
    QCOMPARE(refused.load(), 3);
    QCOMPARE(created.load(), 58);
    const StoreCounts counts = get(store().counts());
    QCOMPARE(counts.orders, std::int64_t(58));
    QCOMPARE(counts.outbox_unpublished, std::int64_t(58));
}

void TestPostgresStore::close_endsEverythingElseToo()
{
    m_runtime.run(store().close());
    QCOMPARE(m_runtime.run(store().ping()).error().code, ErrorCode::Closed);
    auto transaction = store().begin();
    transaction->insertOrder(newOrder());
    QCOMPARE(commitError(transaction).code, ErrorCode::Closed);
    for (int i = 0; i < 100 && valueOf("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'") != "1"; ++i)
        m_runtime.run(m_runtime.sleep(10ms));
    QCOMPARE(valueOf("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"), std::string("1"));
}

void TestPostgresStore::error_meansWhatTheCallerShouldDo_data()
{
    QTest::addColumn<QByteArray>("sqlstate");
    QTest::addColumn<QByteArray>("constraint");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<Retry>("retry");
    const auto row = [](const char* name, const char* sqlstate, const char* constraint, ErrorCode code, Retry retry) {
        QTest::newRow(name) << QByteArray(sqlstate) << QByteArray(constraint) << code << retry;
    };
    row("serialization failure", "40001", "", ErrorCode::Conflict, Retry::Now);
    row("deadlock", "40P01", "", ErrorCode::Conflict, Retry::Now);
    row("lock timeout", "55P03", "", ErrorCode::Conflict, Retry::Later);
    row("order id taken", "23505", "orders_pkey", ErrorCode::AlreadyExists, Retry::Never);
    row("idempotency key taken", "23505", "idempotency_keys_pkey", ErrorCode::AlreadyExists, Retry::Never);
    row("payment recorded", "23505", "payments_pkey", ErrorCode::Conflict, Retry::Now);
    row("connection failure", "08006", "", ErrorCode::Unavailable, Retry::Later);
    row("administrator shutdown", "57P01", "", ErrorCode::Unavailable, Retry::Later);
    row("crash shutdown", "57P02", "", ErrorCode::Unavailable, Retry::Later);
    row("cannot connect now", "57P03", "", ErrorCode::Unavailable, Retry::Later);
    row("statement took too long", "57014", "", ErrorCode::Unavailable, Retry::Later);
    row("too many connections", "53300", "", ErrorCode::Unavailable, Retry::Later);
    row("disk full", "53100", "", ErrorCode::Unavailable, Retry::Later);
    row("connection lost without a word", "", "", ErrorCode::Unavailable, Retry::Later);
    row("value out of range", "22003", "", ErrorCode::InvalidArgument, Retry::Never);
    row("check violated", "23514", "orders_status_check", ErrorCode::Internal, Retry::Never);
    row("syntax error", "42601", "", ErrorCode::Internal, Retry::Never);
}

void TestPostgresStore::error_meansWhatTheCallerShouldDo()
{
    QFETCH(QByteArray, sqlstate);
    QFETCH(QByteArray, constraint);
    QFETCH(ErrorCode, code);
    QFETCH(Retry, retry);
    const Error error = postgresError(sqlstate.toStdString(), constraint.toStdString(), "no");
    QCOMPARE(error.code, code);
    QCOMPARE(error.retry, retry);
}

namespace {

Task<void> openInto(Runtime& runtime, Journal& journal, PostgresOptions options, std::shared_ptr<Store>& store)
{
    auto opened = co_await openPostgresStore(runtime, journal, std::move(options));
    if (opened)
        store = *opened;
}

} // namespace

void TestPostgresStore::migrate_severalAtOnce()
{
    m_runtime.run(store().close());
    script("DROP SCHEMA orderlab CASCADE");
    std::array<std::shared_ptr<Store>, 5> stores;
    TaskGroup group(m_runtime);
    for (auto& opened : stores)
        group.spawn(openInto(m_runtime, journal(), options(), opened));
    m_runtime.run(group.join());
    for (const auto& opened : stores) {
        QVERIFY(opened);
        m_runtime.run(opened->close());
    }
    QCOMPARE(valueOf("SELECT count(*) FROM orderlab.schema_migrations"), std::to_string(postgresMigrations().size()));
}

void TestPostgresStore::migrate_refusesANewerDatabase()
{
    script("INSERT INTO orderlab.schema_migrations (version, name) VALUES (9999, 'from_the_future')");
    const auto opened = m_runtime.run(openPostgresStore(m_runtime, journal(), options()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::Rejected);
    QCOMPARE(opened.error().retry, Retry::Never);
    QVERIFY(opened.error().message.find("9999") != std::string::npos);
}

void TestPostgresStore::migrate_addsEventTypesOfANewerProgram()
{
    m_runtime.run(store().close());
    script("ALTER TYPE orderlab.event_type RENAME VALUE 'payment-refunded' TO 'unheard-of'"); // As if it did not know the one.
    const auto opened = open(journal(), options());
    Event event = newEvent(newOrder());
    event.type = EventType::PaymentRefunded;
    auto emit = opened->begin();
    emit->emit(event);
    commit(emit);
    QCOMPARE(valueOf("SELECT type FROM orderlab.outbox"), std::string("payment-refunded"));
    QCOMPARE(valueOf("SELECT cardinality(enum_range(NULL::orderlab.event_type))"), std::to_string(event_type_count + 1));
    m_runtime.run(opened->close());
}

void TestPostgresStore::open_refusesWhatIsNoUrl()
{
    PostgresOptions wrong = options();
    wrong.url = "mysql://secret@nowhere";
    const auto opened = m_runtime.run(openPostgresStore(m_runtime, journal(), wrong));
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(opened.error().field, std::string("postgres"));
    QVERIFY(opened.error().message.find("secret") == std::string::npos);
}

void TestPostgresStore::open_saysThatTheServerIsAway()
{
    for (const char* url : {"postgresql://orderlab:secret@127.0.0.1:1/orderlab", "postgresql:///orderlab?host=/nowhere",
                            "postgresql://orderlab:secret@host.invalid/orderlab"}) {
        PostgresOptions away = options();
        away.url = url;
        const auto opened = m_runtime.run(openPostgresStore(m_runtime, journal(), away));
        QVERIFY2(!opened, url);
        QCOMPARE(opened.error().code, ErrorCode::Unavailable);
        QCOMPARE(opened.error().retry, Retry::Later);
        QVERIFY(opened.error().message.find("secret") == std::string::npos);
    }
}

void TestPostgresStore::outbox_rowCommittedLateIsStillPublished()
{
    // Another program has its sequence number, but does not commit yet.
    const Event late = newEvent(newOrder());
    script("BEGIN; INSERT INTO orderlab.outbox (slot, event_id, order_id, type, event_time, trace_id, span_id, user_id, amount_minor, currency)"
           " VALUES (3, '" + late.id.toString() + "', '" + late.order.toString() + "', 'order-created', now(), '"
           + late.trace.trace.toString() + "', 1, 'ada', 1999, 'EUR')");
    storeOrderWithEvents(1);
    storeOrderWithEvents(1);
    QCOMPARE(claimAllAndMark(store()), std::size_t(2));
    script("COMMIT");
    QCOMPARE(valueOf("SELECT (SELECT sequence FROM orderlab.outbox WHERE published_at IS NULL)"
                     " < (SELECT min(sequence) FROM orderlab.outbox WHERE published_at IS NOT NULL)"), std::string("t"));
    auto claim = get(store().claimOutbox(10));
    QVERIFY(claim);
    QCOMPARE(claim->events().size(), std::size_t(1));
    QVERIFY(claim->events()[0].id == late.id);
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

Task<void> waitAndClaimInto(Store& store, std::atomic<int>& claimed)
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
    group.spawn(waitAndClaimInto(*other, claimed));
    for (int i = 0; i < 500 && valueOf("SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN orderlab_outbox'") != "1"; ++i)
        m_runtime.run(m_runtime.sleep(10ms));
    m_runtime.run(m_runtime.sleep(50ms));
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
    group.spawn(waitAndClaimInto(*other, claimed));
    QTRY_COMPARE(valueOf("SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN orderlab_outbox'"), std::string("1"));
    const std::string first = valueOf("SELECT pid FROM pg_stat_activity WHERE query = 'LISTEN orderlab_outbox'");
    valueOf("SELECT pg_terminate_backend(" + first + ")");
    QTRY_VERIFY(valueOf("SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN orderlab_outbox' AND pid <> " + first) == "1");
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
    for (int i = 0; i < 500 && !taken_over; ++i) {
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

/// Eight days ago: published, and done by those who have done it.
void TestPostgresStore::makeOld(const std::string& which)
{
    script("UPDATE orderlab.outbox SET published_at = now() - interval '8 days' WHERE published_at IS NOT NULL AND " + which);
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
    QCOMPARE(valueOf("SELECT string_agg(sequence::text, ' ' ORDER BY sequence) FROM orderlab.outbox"), std::string("8 9 10 11 12"));
}

/// Who has not started yet what a Lab does first must not take what groups have yet to do for done.
void TestPostgresStore::upkeep_deletesNothingBeforeItKnowsTheGroups()
{
    markDone(payment_group, publish(2));
    makeOld("true");
    QCOMPARE(get(store().upkeep().clean({}, 100)).total(), 0);
}

/// An event that one group has yet to do is published again at the next start; what the other has done of it must not be
/// forgotten before, or it is done twice.
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
    QVERIFY((get(store().findProcessed(std::string(payment_group), {events[1].id, events[2].id})) == std::vector<bool>{true, true}));

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

/// More pages than a step looks at: those that are old are on the first ones, and among young ones on the last.
void TestPostgresStore::upkeep_comesToEveryPage()
{
    script("INSERT INTO orderlab.notifications (event_id, order_id, about, user_id, amount_minor, currency, created_at)"
           " SELECT gen_random_uuid(), gen_random_uuid(), 'order-created', 'ada', 1, 'EUR',"
           " now() - CASE WHEN i <= 1000 OR i % 100 = 0 THEN interval '31 days' ELSE interval '0' END FROM generate_series(1, 3000) i");
    const Cleaned first = get(store().upkeep().clean({}, 100)); // A page.
    QVERIFY(first.notifications > 0 && first.notifications <= 100);
    QVERIFY(first.has_more);
    QCOMPARE(cleanUntil({}, 1'020 - first.notifications, 100).notifications, 1'020 - first.notifications);
    QCOMPARE(valueOf("SELECT count(*) FROM orderlab.notifications"), std::string("1980"));
    // The table rests after the walk, and is then looked at again.
    script("UPDATE orderlab.notifications SET created_at = now() - interval '31 days' WHERE ctid = (SELECT max(ctid) FROM orderlab.notifications)");
    QCOMPARE(cleanUntil({}, 1, 100).notifications, 1);
}

void TestPostgresStore::upkeep_tellsWhatIsOnTheDisk()
{
    const StoreBytes before = get(store().upkeep().bytesOnDisk());
    script("INSERT INTO orderlab.inbox (event_id, processed_at, group_id) SELECT gen_random_uuid(), 0, 1 FROM generate_series(1, 10000)");
    const StoreBytes bounded = get(store().upkeep().bytesOnDisk());
    QVERIFY(bounded.bounded >= before.bounded + 500'000);
    QCOMPARE(bounded.kept, before.kept);
    script("INSERT INTO orderlab.orders SELECT gen_random_uuid(), 'ada', 1, 'EUR', 'paid', now(), now(), 1 FROM generate_series(1, 10000)");
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
    const std::string rows = "SELECT string_agg(consumer_group, ' ' ORDER BY consumer_group) FROM orderlab.processed_events";
    QCOMPARE(valueOf(rows), "payment payment");
    QCOMPARE(valueOf("SELECT count(*) FROM orderlab.processed_events WHERE consumer_group = 'payment' AND event_id = '"
                     + events[0].id.toString() + "' AND abs(extract(epoch FROM now() - processed_at)) < 60"), std::string("1"));
    script("INSERT INTO orderlab.processed_events (consumer_group, event_id) VALUES ('analytics', '" + events[2].id.toString() + "')");
    QVERIFY((get(store().findProcessed(std::string(analytics_group), {events[1].id, events[2].id})) == std::vector{false, true}));
    script("UPDATE orderlab.processed_events SET consumer_group = 'billing' WHERE event_id = '" + events[0].id.toString() + "'");
    QVERIFY((get(store().findProcessed("billing", {events[0].id})) == std::vector{true}));
    script("DELETE FROM orderlab.processed_events WHERE consumer_group = 'payment'");
    QVERIFY((get(store().findProcessed(std::string(payment_group), {events[0].id, events[1].id})) == std::vector{false, false}));
    QCOMPARE(valueOf(rows), "analytics billing");
}

/// It has no index by order; read once an order, or with every statement, it would take most of the time.
void TestPostgresStore::archive_readsTheOutboxOnceABatch()
{
    get(store().republishUnprocessed(two_groups, "a log"));
    constexpr int batches = 3;
    const std::string count = std::to_string(batches * PostgresArchive::batch_max);
    script("INSERT INTO orderlab.orders SELECT format('01900000-0000-7000-8000-%s', lpad(i::text, 12, '0'))::uuid, 'ada', 1, 'EUR', 'paid',"
           " now() - interval '10 days', now() - interval '10 days', 2 FROM generate_series(1, " + count + ") i;"
           "INSERT INTO orderlab.outbox (slot, event_id, order_id, type, event_time, trace_id, span_id, user_id, amount_minor, currency, published_at)"
           " SELECT 0, id, id, 'order-created', created_at, id, 1, user_id, 1, 'EUR', created_at FROM orderlab.orders;"
           "INSERT INTO orderlab.inbox SELECT id, 0, orderlab.group_id(g) FROM orderlab.orders, unnest(ARRAY['payment', 'analytics']) g;"
           "DELETE FROM orderlab.inbox WHERE event_id = '01900000-0000-7000-8000-000000000007' AND group_id = orderlab.group_id('analytics')");
    const std::string reads = "SELECT seq_scan + coalesce(idx_scan, 0) FROM pg_stat_user_tables WHERE relid = 'orderlab.outbox'::regclass";
    const std::string deleted = "SELECT n_tup_del FROM pg_stat_user_tables WHERE relid = 'orderlab.orders'::regclass";
    const std::int64_t before = std::stoll(valueOf(reads));
    const std::int64_t archived = std::stoll(count) - 1;
    {
        PostgresArchive archive(get(PostgresConnection::open(m_runtime, m_server->url(), 60s)), runtime().now() - 1h, two_groups);
        QCOMPARE(get(archiveOrders(archive, nullptr, {})), archived);
    }
    QVERIFY(get(store().findOrder(OrderId{*Uuid::parse("01900000-0000-7000-8000-000000000007")})));
    QTRY_COMPARE_WITH_TIMEOUT(std::stoll(valueOf(deleted)), archived, 60'000); // The session's figures have come.
    const std::int64_t reading = std::stoll(valueOf(reads)) - before;
    QVERIFY2(reading >= 1 && reading <= batches + 1, qPrintable(QString::number(reading)));
}

void TestPostgresStore::archive_takesWhatIsDoneForGood()
{
    get(store().republishUnprocessed(two_groups, "a log"));
    const TimePoint long_ago = runtime().now() - 240h;
    const auto stored = [&](OrderStatus status, TimePoint at) {
        Order order = newOrder();
        order.status = status;
        order.created_at = order.updated_at = at;
        return storeOrder(order);
    };
    const Order paid = stored(OrderStatus::Paid, long_ago), open_order = stored(OrderStatus::Created, long_ago),
                young = stored(OrderStatus::Paid, runtime().now()), waiting = stored(OrderStatus::Failed, long_ago),
                undone = stored(OrderStatus::Canceled, long_ago);
    auto transaction = store().begin();
    Payment payment = newPayment(paid, PaymentOutcome::Refunded);
    transaction->insertPayment(payment);
    transaction->insertNotification(newNotification(paid, newEvent(paid)));
    transaction->insertNotification(newNotification(young, newEvent(young)));
    transaction->rememberAnswer({"key", std::string(64, 'a'), paid.id, long_ago});
    transaction->emit(newEvent(undone));
    commit(transaction);
    get<void>(store().ledger().append(newCharge(paid, paid.id)));
    get<void>(store().ledger().append(newCharge(paid, Uuid{})));
    get<void>(store().ledger().append(newCharge(young, young.id)));
    storeDeadLetter(newDeadLetter(newEvent(waiting), std::string(payment_group)));

    PostgresArchive archive(get(PostgresConnection::open(m_runtime, m_server->url(), 10s)), runtime().now() - 1h, two_groups);
    QCOMPARE(get(archive.count()), 1);
    const std::filesystem::path path = m_folder.path() / "archive.jsonl";
    auto file = ArchiveFile::open(path);
    QVERIFY(file);
    QCOMPARE(get(archiveOrders(archive, &*file, {})), 1);
    QCOMPARE(get(archiveOrders(archive, &*file, {})), 0);
    QVERIFY(!get(store().findOrder(paid.id)));
    QVERIFY(!get(store().findAnswer("key")));
    for (const Order& order : {open_order, young, waiting, undone})
        QVERIFY(get(store().findOrder(order.id)));
    QCOMPARE(valueOf("SELECT (SELECT count(*) FROM orderlab.payments) || ' ' || (SELECT count(*) FROM orderlab.refunds) || ' '"
                     " || (SELECT count(*) FROM orderlab.notifications) || ' ' || (SELECT count(*) FROM orderlab.gateway_ledger)"),
             std::string("0 0 1 1"));
    // All that was taken out is in the file.
    std::ifstream stream(path);
    std::string line, further;
    std::getline(stream, line);
    QVERIFY(!std::getline(stream, further));
    QCOMPARE(valueOf("SELECT (j->'order'->>'id') || ' ' || (j->'payment'->>'outcome') || ' ' || (j->'refund'->>'order_id') || ' '"
                     " || json_array_length(j->'ledger') || ' ' || json_array_length(j->'notifications') FROM (SELECT '"
                     + line + "'::json AS j) l"),
             paid.id.toString() + " refunded " + paid.id.toString() + " 2 1");
}

/// An end between the file and the database: the order is in both, and the next run takes it again.
void TestPostgresStore::archive_interruptedLosesNothing()
{
    Order order = newOrder();
    order.status = OrderStatus::Paid;
    storeOrder(order);
    PostgresArchive archive(get(PostgresConnection::open(m_runtime, m_server->url(), 10s)), runtime().now() + 1h, two_groups);
    const std::filesystem::path path = m_folder.path() / "interrupted.jsonl";
    {
        auto file = ArchiveFile::open(path);
        QVERIFY(file);
        const ArchiveBatch batch = get(archive.next());
        QVERIFY(file->append(batch.lines));
        QVERIFY(file->append(batch.lines.substr(0, 30))); // A line that was cut off.
    }
    QVERIFY(get(store().findOrder(order.id)));
    auto file = ArchiveFile::open(path);
    QVERIFY(file);
    archive.setBefore(runtime().now() + 1h); // The next run.
    QCOMPARE(get(archiveOrders(archive, &*file, {})), 1);
    std::ifstream stream(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    QCOMPARE(lines.size(), std::size_t(2));
    QCOMPARE(lines[0], lines[1]);
}

void TestPostgresStore::archive_isNotWrittenIntoOtherFiles()
{
    const std::filesystem::path path = m_folder.path() / "letter.txt";
    std::ofstream(path) << "Dear Ada,";
    const auto file = ArchiveFile::open(path);
    QVERIFY(!file);
    QCOMPARE(file.error().field, std::string("out"));
    QCOMPARE(std::filesystem::file_size(path), std::uintmax_t(9));
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

    script("UPDATE orderlab.outbox SET log_partition = NULL, log_offset = NULL WHERE published_at IS NOT NULL"); // Of an older version.
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
    get<void>(store().saveLogExtents({{EventType::OrderCreated, 0, 0, 4, 11}, {EventType::PaymentFailed, 2, 2, 1, 99}})); // By another that looked earlier.
    QVERIFY((get(store().logExtents()) == std::vector<LogExtent>{{EventType::OrderCreated, 0, 0, 5, 11}, second}));
    get<void>(store().saveLogExtents({{EventType::OrderCreated, 0, 1, 0, 2}})); // Another log.
    QVERIFY((get(store().logExtents()) == std::vector<LogExtent>{{EventType::OrderCreated, 0, 1, 0, 2}, second}));
    QCOMPARE(get(store().republishUnprocessed(payment, "kafka a orders.")), 0);
    QCOMPARE(get(store().logExtents()).size(), std::size_t(2));
    QCOMPARE(get(store().republishUnprocessed(payment, "kafka b orders.")), 0);
    QVERIFY(get(store().logExtents()).empty());
}

/// A database of the first version, with a dead letter in it.
void TestPostgresStore::migration_keepsOldDeadLetters()
{
    m_runtime.run(store().close());
    script("DROP SCHEMA orderlab CASCADE; CREATE SCHEMA orderlab;"
           "CREATE TABLE orderlab.schema_migrations (version integer PRIMARY KEY, name text NOT NULL,"
           " applied_at timestamptz NOT NULL DEFAULT now());"
           + std::string(postgresMigrations()[0].sql)
           + ";INSERT INTO orderlab.schema_migrations (version, name) VALUES (1, '0001_initial');"
             "INSERT INTO orderlab.dead_letters VALUES ('01980000-0000-7000-8000-000000000001', 'payment',"
             " '01980000-0000-7000-8000-000000000002', '01980000-0000-7000-8000-000000000003', 'order-created', now(), '',"
             " NULL, '{\"user_id\":\"ada\",\"amount\":\"19.99\",\"currency\":\"EUR\"}', 2, 41, 5, 'no answer', now());"
             "INSERT INTO orderlab.notifications (event_id, order_id, about, user_id, amount_minor, currency, text, created_at) VALUES"
             " ('01980000-0000-7000-8000-000000000002', '01980000-0000-7000-8000-000000000003', 'order-created', 'ada', 1999, 'EUR', '-', now())");
    const auto migrated = open(journal(), options());
    const auto letters = get(migrated->findDeadLetters(10));
    QCOMPARE(letters.size(), std::size_t(1));
    QCOMPARE(letters[0].state, DeadLetterState::Waiting);
    QCOMPARE(letters[0].attempts, 5);
    QVERIFY(letters[0].attempts_made.empty());
    QVERIFY(letters[0].audit.empty());
    const auto claim = get(migrated->claimDeadLetters(10));
    QVERIFY2(claim && claim->letters()[0].id == letters[0].id, "the log is told of letters from before, too");
    const auto told = get(migrated->findNotifications(letters[0].event.order));
    QCOMPARE(told.size(), std::size_t(1));
    QCOMPARE(told[0].text(), std::string("Thank you, ada. We have your order 01980000 over 19.99 EUR."));
    m_runtime.run(migrated->close());
}

/// A database of version 9 that is in use: what is published and done stays so, what waits is published with all it says.
void TestPostgresStore::migration_keepsInboxAndOutbox()
{
    m_runtime.run(store().close());
    std::string sql = "DROP SCHEMA orderlab CASCADE; CREATE SCHEMA orderlab;"
                      "CREATE TABLE orderlab.schema_migrations (version integer PRIMARY KEY, name text NOT NULL,"
                      " applied_at timestamptz NOT NULL DEFAULT now());";
    for (int version = 1; version <= 9; ++version)
        sql += std::string(postgresMigrations()[std::size_t(version) - 1].sql) + ";INSERT INTO orderlab.schema_migrations (version, name) VALUES ("
               + std::to_string(version) + ", '-');";
    script(sql);
    const auto id = [](int number) { return EventId{*Uuid::parse("01980000-0000-7000-8000-00000000000" + std::to_string(number))}; };
    const OrderId order{*Uuid::parse("01980000-0000-7000-8000-0000000000aa")};
    script("INSERT INTO orderlab.outbox (slot, event_id, order_id, type, event_time, traceparent, data, published_at, log_partition, log_offset, kept)"
           " SELECT 3, format('01980000-0000-7000-8000-00000000000%s', i)::uuid, '01980000-0000-7000-8000-0000000000aa', 'order-created',"
           " '2026-01-02 03:04:05.678901+00', '00-0123456789abcdef0123456789abcdef-fedcba9876543210-01', '{\"user_id\":\"ada\",\"amount\":\"19.99\",\"currency\":\"USD\"}',"
           " now(), 2, 40 + i, i = 2 FROM generate_series(1, 3) i;"
           "INSERT INTO orderlab.outbox (slot, event_id, order_id, type, event_time, traceparent, data, extensions, target_group) VALUES"
           " (3, '01980000-0000-7000-8000-000000000004', '01980000-0000-7000-8000-0000000000aa', 'payment-succeeded', now(), '',"
           " '{\"user_id\":\"ada\",\"amount\":\"1000000.00\",\"currency\":\"EUR\",\"payment_id\":\"01980000-0000-7000-8000-0000000000bb\",\"reason\":\"why\"}',"
           " '[[\"ce_orderlabtarget\",\"analytics\"]]', 'analytics');"
           "INSERT INTO orderlab.processed_events (consumer_group, event_id, processed_at) SELECT g, format('01980000-0000-7000-8000-00000000000%s', i)::uuid,"
           " '2026-01-02 03:04:05.9+00' FROM unnest(ARRAY['payment', 'analytics']) g, generate_series(1, 3) i WHERE g = 'payment' OR i = 1");
    const auto migrated = open(journal(), options());
    QVERIFY((get(migrated->findProcessed("payment", {id(1), id(2), id(3), id(4)})) == std::vector{true, true, true, false}));
    QVERIFY((get(migrated->findProcessed("analytics", {id(1), id(2)})) == std::vector{true, false}));
    QCOMPARE(valueOf("SELECT DISTINCT processed_at AT TIME ZONE 'UTC' FROM orderlab.processed_events"), std::string("2026-01-02 03:04:05"));
    QCOMPARE(valueOf("SELECT string_agg(event_id::text || kept, ' ') FROM orderlab.outbox WHERE kept"), "01980000-0000-7000-8000-000000000002true");

    const std::vector<Subscription> groups = {{"payment", {EventType::OrderCreated}}, {"analytics", {EventType::OrderCreated}}};
    const auto lost = get(migrated->republishLost(groups, {EventType::OrderCreated, 2, 43}, 10));
    QCOMPARE(lost.size(), std::size_t(1)); // Analytics has not done the second; the third is behind what was lost.
    QVERIFY(lost[0].event == id(2) && lost[0].order == order && lost[0].offset == 42);
    const auto claim = get(migrated->claimOutbox(10));
    QVERIFY(claim);
    QCOMPARE(claim->events().size(), std::size_t(2));
    const Event& created = claim->events()[0], &paid = claim->events()[1];
    QVERIFY(created.id == id(2));
    QCOMPARE(created.trace.traceparent(), std::string("00-0123456789abcdef0123456789abcdef-fedcba9876543210-01"));
    QCOMPARE(toRfc3339(created.time), std::string("2026-01-02T03:04:05.678901Z"));
    QVERIFY((created.data == EventData{"ada", {1999, *Currency::parse("USD")}, NoDetails{}}));
    QVERIFY(paid.id == id(4) && paid.type == EventType::PaymentSucceeded && paid.trace == TraceContext{});
    QVERIFY((paid.data == EventData{"ada", {100'000'000, {}}, PaymentDetails{*Uuid::parse("01980000-0000-7000-8000-0000000000bb"), "why"}}));
    QCOMPARE(targetGroupOf(paid), std::string_view("analytics"));
    QCOMPARE(valueOf("SELECT orderlab.event_data(o) FROM orderlab.outbox o WHERE sequence = 4"),
             std::string(R"({"user_id":"ada","amount":"1000000.00","currency":"EUR","payment_id":"01980000-0000-7000-8000-0000000000bb","reason":"why"})"));
    // Numbers go on.
    auto emit = migrated->begin();
    emit->emit(newEvent(newOrder()));
    commit(emit);
    QCOMPARE(valueOf("SELECT max(sequence) FROM orderlab.outbox"), std::string("5"));
    m_runtime.run(migrated->close());
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

namespace {

Task<Result<std::vector<PostgresResult>>> select(std::shared_ptr<PostgresPool> pool, std::string sql)
{
    std::vector<PostgresStatement> statements;
    statements.push_back({nullptr, {}, std::move(sql)});
    co_return co_await pool->run(std::move(statements));
}

Task<void> selectInto(std::shared_ptr<PostgresPool> pool, std::string sql, std::atomic<int>& succeeded)
{
    const auto results = co_await select(pool, std::move(sql));
    if (results)
        ++succeeded;
}

} // namespace

void TestPostgresStore::pool_isBoundedAndSaysSo()
{
    PostgresPoolOptions pool_options;
    pool_options.url = m_server->url();
    pool_options.connections_max = 2;
    pool_options.wait_limit = 100ms;
    const auto pool = std::make_shared<PostgresPool>(m_runtime, pool_options);
    {
        const auto first = m_runtime.run(pool->take()), second = m_runtime.run(pool->take());
        QVERIFY(first && second);
        const auto third = m_runtime.run(pool->take());
        QVERIFY(!third);
        QCOMPARE(third.error().code, ErrorCode::Unavailable);
        QCOMPARE(third.error().retry, Retry::Later);
    }
    // Ten at once share the two, one after the other.
    std::atomic<int> succeeded{0};
    TaskGroup group(m_runtime);
    for (int i = 0; i < 10; ++i)
        group.spawn(selectInto(pool, "SELECT pg_sleep(0.005)", succeeded));
    m_runtime.run(group.join());
    QCOMPARE(succeeded.load(), 10);
    pool->close();
}

void TestPostgresStore::pool_cancelledQueryPoisonsNothing()
{
    PostgresPoolOptions pool_options;
    pool_options.url = m_server->url();
    pool_options.connections_max = 1;
    const auto pool = std::make_shared<PostgresPool>(m_runtime, pool_options);
    for (int i = 0; i < 30; ++i) {
        // Cancelled at all sorts of moments: connecting, sending, reading, done already.
        const std::string sql = "SELECT 'wrong', pg_sleep(0.00" + std::to_string(i % 10) + ")";
        const auto limit = Duration{200 * (i % 20)};
        (void)m_runtime.run(withTimeout<std::vector<PostgresResult>>(m_runtime, limit, "it", select(pool, sql)));
        const auto results = m_runtime.run(select(pool, "SELECT " + std::to_string(i)));
        QVERIFY2(results, results ? "" : results.error().message.c_str());
        QCOMPARE((*results)[0].number(0, 0), i);
    }
    // Many at once, all cancelled together, most of them while they wait for the one connection.
    std::atomic<int> succeeded{0};
    TaskGroup group(m_runtime);
    for (int i = 0; i < 20; ++i)
        group.spawn(selectInto(pool, "SELECT pg_sleep(1)", succeeded));
    m_runtime.run(m_runtime.sleep(50ms));
    group.cancel();
    m_runtime.run(group.join());
    QCOMPARE(succeeded.load(), 0);
    const auto results = m_runtime.run(select(pool, "SELECT 1"));
    QVERIFY2(results, results ? "" : results.error().message.c_str());
    pool->close();
}

void TestPostgresStore::pool_recoversWhenItsSessionsAreCutOff()
{
    const Order order = storeOrder(newOrder());
    valueOf("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
    QTRY_VERIFY(m_runtime.run(store().ping()));
    QVERIFY(get(store().findOrder(order.id)) == order);
}

void TestPostgresStore::refund_hasItsRow()
{
    const Order order = storeOrder(newOrder());
    Payment payment = newPayment(order);
    auto insert = store().begin();
    insert->insertPayment(payment);
    commit(insert);
    QCOMPARE(valueOf("SELECT count(*) FROM orderlab.refunds"), std::string("0"));
    payment.outcome = PaymentOutcome::Refunded;
    auto refund = store().begin();
    refund->updatePayment(payment);
    commit(refund);
    QCOMPARE(valueOf("SELECT order_id || ' ' || payment_id || ' ' || amount_minor FROM orderlab.refunds"),
             order.id.toString() + ' ' + payment.payment.toString() + " 1999");
}

void TestPostgresStore::notification_keepsItsText()
{
    for (const EventType type : all_event_types) {
        for (const std::int64_t amount : {5, 1999, 100'000'000}) {
            const Order order = storeOrder(newOrder("Žofie \"%s\"", amount));
            const Notification notification = newNotification(order, newEvent(order, type));
            auto transaction = store().begin();
            transaction->insertNotification(notification);
            commit(transaction);
            QCOMPARE(valueOf("SELECT orderlab.sent_text(n) FROM orderlab.notifications n ORDER BY id DESC LIMIT 1"), notification.text());
        }
    }
}

ORDERLAB_TEST(tst_postgres_store, QCoreApplication, TestPostgresStore)
#include "tst_postgres_store.moc"
