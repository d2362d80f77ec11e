#include "contract/store_contract.h"

namespace orderlab::test {

using namespace std::chrono_literals;

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

} // namespace orderlab::test
