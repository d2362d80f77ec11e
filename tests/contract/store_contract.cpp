#include "contract/store_contract.h"

#include <algorithm>

namespace orderlab::test {

using namespace std::chrono_literals;

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

} // namespace orderlab::test
