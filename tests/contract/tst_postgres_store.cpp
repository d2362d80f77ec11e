#include "contract/tst_postgres_store.h"

#include "support/test_program.h"
#include "support/verify_result.h"

namespace orderlab::test {

using namespace std::chrono_literals;

void TestPostgresStore::initTestCase()
{
    auto server = m_runtime.run(startPrivatePostgres(m_runtime, {m_folder.path() / "data", {}, 60s, 20s}));
    QVERIFY_RESULT(server);
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

namespace {

Task<void> createOrder(Store& from, Runtime& time, std::string key, std::atomic<int>& created,
                       std::atomic<int>& refused)
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
    QTRY_COMPARE(valueOf("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"),
                 std::string("1"));
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
            QCOMPARE(valueOf("SELECT orderlab.sent_text(n) FROM orderlab.notifications n ORDER BY id DESC LIMIT 1"),
                     notification.text());
        }
    }
}

} // namespace orderlab::test

ORDERLAB_TEST(tst_postgres_store, QCoreApplication, TestPostgresStore)
