#include "contract/tst_postgres_store.h"

#include "postgres/postgres_migrations.h"
#include "support/dead_letters.h"

namespace orderlab::test {

using namespace std::chrono_literals;

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
    script("ALTER TYPE orderlab.event_type RENAME VALUE 'payment-refunded' TO 'unheard-of'"); // As if it did not know
                                                                                              // the one.
    const auto opened = open(journal(), options());
    Event event = newEvent(newOrder());
    event.type = EventType::PaymentRefunded;
    auto emit = opened->begin();
    emit->emit(event);
    commit(emit);
    QCOMPARE(valueOf("SELECT type FROM orderlab.outbox"), std::string("payment-refunded"));
    QCOMPARE(valueOf("SELECT cardinality(enum_range(NULL::orderlab.event_type))"),
             std::to_string(event_type_count + 1));
    m_runtime.run(opened->close());
}

/// A database of the first version, with a dead letter in it.
void TestPostgresStore::migration_keepsOldDeadLetters()
{
    m_runtime.run(store().close());
    script(
        "DROP SCHEMA orderlab CASCADE; CREATE SCHEMA orderlab;"
        "CREATE TABLE orderlab.schema_migrations (version integer PRIMARY KEY, name text NOT NULL,"
        " applied_at timestamptz NOT NULL DEFAULT now());"
        + std::string(postgresMigrations()[0].sql)
        + ";INSERT INTO orderlab.schema_migrations (version, name) VALUES (1, '0001_initial');"
          "INSERT INTO orderlab.dead_letters VALUES ('01980000-0000-7000-8000-000000000001', 'payment',"
          " '01980000-0000-7000-8000-000000000002', '01980000-0000-7000-8000-000000000003', 'order-created', now(), '',"
          " NULL, '{\"user_id\":\"ada\",\"amount\":\"19.99\",\"currency\":\"EUR\"}', 2, 41, 5, 'no answer', now());"
          "INSERT INTO orderlab.notifications (event_id, order_id, about, user_id, amount_minor, currency, text, "
          "created_at) VALUES"
          " ('01980000-0000-7000-8000-000000000002', '01980000-0000-7000-8000-000000000003', 'order-created', 'ada', "
          "1999, 'EUR', '-', now())");
    const auto migrated = open(journal(), options());
    const auto letters = get(findDeadLetters(*migrated, 10));
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

/// A database of version 9 that is in use: what is published and done stays so, what waits is published with all it
/// says.
void TestPostgresStore::migration_keepsInboxAndOutbox()
{
    m_runtime.run(store().close());
    std::string sql = "DROP SCHEMA orderlab CASCADE; CREATE SCHEMA orderlab;"
                      "CREATE TABLE orderlab.schema_migrations (version integer PRIMARY KEY, name text NOT NULL,"
                      " applied_at timestamptz NOT NULL DEFAULT now());";
    for (int version = 1; version <= 9; ++version)
        sql += std::string(postgresMigrations()[std::size_t(version) - 1].sql)
               + ";INSERT INTO orderlab.schema_migrations (version, name) VALUES (" + std::to_string(version)
               + ", '-');";
    script(sql);
    const auto id = [](int number) {
        return EventId{*Uuid::parse("01980000-0000-7000-8000-00000000000" + std::to_string(number))};
    };
    const OrderId order{*Uuid::parse("01980000-0000-7000-8000-0000000000aa")};
    script("INSERT INTO orderlab.outbox (slot, event_id, order_id, type, event_time, traceparent, data, published_at, "
           "log_partition, log_offset, kept)"
           " SELECT 3, format('01980000-0000-7000-8000-00000000000%s', i)::uuid, "
           "'01980000-0000-7000-8000-0000000000aa', 'order-created',"
           " '2026-01-02 03:04:05.678901+00', '00-0123456789abcdef0123456789abcdef-fedcba9876543210-01', "
           "'{\"user_id\":\"ada\",\"amount\":\"19.99\",\"currency\":\"USD\"}',"
           " now(), 2, 40 + i, i = 2 FROM generate_series(1, 3) i;"
           "INSERT INTO orderlab.outbox (slot, event_id, order_id, type, event_time, traceparent, data, extensions, "
           "target_group) VALUES"
           " (3, '01980000-0000-7000-8000-000000000004', '01980000-0000-7000-8000-0000000000aa', 'payment-succeeded', "
           "now(), '',"
           " '{\"user_id\":\"ada\",\"amount\":\"1000000.00\",\"currency\":\"EUR\",\"payment_id\":\"01980000-0000-7000-"
           "8000-0000000000bb\",\"reason\":\"why\"}',"
           " '[[\"ce_orderlabtarget\",\"analytics\"]]', 'analytics');"
           "INSERT INTO orderlab.processed_events (consumer_group, event_id, processed_at) SELECT g, "
           "format('01980000-0000-7000-8000-00000000000%s', i)::uuid,"
           " '2026-01-02 03:04:05.9+00' FROM unnest(ARRAY['payment', 'analytics']) g, generate_series(1, 3) i WHERE g "
           "= 'payment' OR i = 1");
    const auto migrated = open(journal(), options());
    QVERIFY((get(migrated->findProcessed("payment", {id(1), id(2), id(3), id(4)}))
             == std::vector{true, true, true, false}));
    QVERIFY((get(migrated->findProcessed("analytics", {id(1), id(2)})) == std::vector{true, false}));
    QCOMPARE(valueOf("SELECT DISTINCT processed_at AT TIME ZONE 'UTC' FROM orderlab.processed_events"),
             std::string("2026-01-02 03:04:05"));
    QCOMPARE(valueOf("SELECT string_agg(event_id::text || kept, ' ') FROM orderlab.outbox WHERE kept"),
             "01980000-0000-7000-8000-000000000002true");

    const std::vector<Subscription> groups = {{"payment", {EventType::OrderCreated}},
                                              {"analytics", {EventType::OrderCreated}}};
    const auto lost = get(migrated->republishLost(groups, {EventType::OrderCreated, 2, 43}, 10));
    QCOMPARE(lost.size(), std::size_t(1)); // Analytics has not done the second; the third is behind what was lost.
    QVERIFY(lost[0].event == id(2) && lost[0].order == order && lost[0].offset == 42);
    const auto claim = get(migrated->claimOutbox(10));
    QVERIFY(claim);
    QCOMPARE(claim->events().size(), std::size_t(2));
    const Event &created = claim->events()[0], &paid = claim->events()[1];
    QVERIFY(created.id == id(2));
    QCOMPARE(created.trace.traceparent(), std::string("00-0123456789abcdef0123456789abcdef-fedcba9876543210-01"));
    QCOMPARE(toRfc3339(created.time), std::string("2026-01-02T03:04:05.678901Z"));
    QVERIFY((created.data == EventData{"ada", {1999, *Currency::parse("USD")}, NoDetails{}}));
    QVERIFY(paid.id == id(4) && paid.type == EventType::PaymentSucceeded && paid.trace == TraceContext{});
    QVERIFY((paid.data
             == EventData{"ada",
                          {100'000'000, {}},
                          PaymentDetails{*Uuid::parse("01980000-0000-7000-8000-0000000000bb"), "why"}}));
    QCOMPARE(targetGroupOf(paid), std::string_view("analytics"));
    QCOMPARE(
        valueOf("SELECT orderlab.event_data(o) FROM orderlab.outbox o WHERE sequence = 4"),
        std::string(
            R"({"user_id":"ada","amount":"1000000.00","currency":"EUR","payment_id":"01980000-0000-7000-8000-0000000000bb","reason":"why"})"));
    // Numbers go on.
    auto emit = migrated->begin();
    emit->emit(newEvent(newOrder()));
    commit(emit);
    QCOMPARE(valueOf("SELECT max(sequence) FROM orderlab.outbox"), std::string("5"));
    m_runtime.run(migrated->close());
}

} // namespace orderlab::test
