#include "lab/lab.h"
#include "runtime/task_group.h"
#include "runtime/virtual_runtime.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <map>

using namespace orderlab;
using namespace std::chrono_literals;

namespace {

constexpr int orders_per_seed = 30;

/// What became of one order, from the store's and the gateway's view.
struct Outcome {
    OrderStatus status = OrderStatus::Created;
    std::int64_t charged_minor = 0;
    std::int64_t refunded_minor = 0;
    bool cancel_accepted = false;
};

Task<void> createAndCancel(Lab& lab, std::map<Uuid, Outcome>& outcomes)
{
    CreateOrder create;
    create.request.user_id = "ada";
    create.request.total.amount_minor = 1999;
    const auto created = co_await lab.orders().create(std::move(create));
    if (!created)
        co_return;
    Outcome& outcome = outcomes[created->order.id];
    co_await lab.runtime().sleep(Duration{std::int64_t(lab.runtime().randomBelow(20'000))});
    const auto canceled = co_await lab.orders().cancel(created->order.id);
    outcome.cancel_accepted = canceled.has_value();
}

/// Until nothing moves any more: no open orders, no unpublished rows, and all is quiet for a second.
Task<Result<void>> settle(Lab& lab, std::map<Uuid, Outcome>& outcomes)
{
    co_await lab.runtime().sleep(2s);
    for (auto& [id, outcome] : outcomes) {
        const auto order = co_await lab.store().findOrder(OrderId{id});
        if (!order || !*order)
            co_return internalError("an order is missing");
        outcome.status = (*order)->status;
        const auto entries = co_await lab.store().ledger().find(id);
        if (!entries)
            co_return entries.error();
        for (const LedgerEntry& entry : *entries)
            (entry.kind == LedgerEntry::Kind::Charge ? outcome.charged_minor : outcome.refunded_minor) +=
                entry.total.amount_minor;
    }
    co_return Result<void>{};
}

} // namespace

/// Cancel races the payment: whoever wins, nobody pays for a canceled order.
class TestCancellation : public QObject {
    Q_OBJECT

private slots:
    void cancel_duringThePayment_neverKeepsTheMoney()
    {
        int canceled_unpaid = 0, canceled_refunded = 0, paid = 0;
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            VirtualRuntime runtime(seed);
            LabConfig config;
            config.members = 2;
            Lab lab(runtime, config);
            QVERIFY_RESULT(runtime.run(lab.start()));
            std::map<Uuid, Outcome> outcomes;
            TaskGroup customers(runtime);
            for (int i = 0; i < orders_per_seed; ++i)
                customers.spawn(createAndCancel(lab, outcomes));
            runtime.run(customers.join());
            QVERIFY_RESULT(runtime.run(settle(lab, outcomes)));
            QCOMPARE(outcomes.size(), std::size_t(orders_per_seed));
            for (const auto& [id, outcome] : outcomes) {
                const QByteArray what =
                    "seed " + QByteArray::number(quint64(seed)) + ", order " + QByteArray::fromStdString(id.toString());
                QVERIFY2(outcome.status == (outcome.cancel_accepted ? OrderStatus::Canceled : OrderStatus::Paid),
                         what.constData());
                const std::int64_t kept = outcome.charged_minor - outcome.refunded_minor;
                QVERIFY2(kept == (outcome.cancel_accepted ? 0 : 1999), what.constData());
                QVERIFY2(outcome.charged_minor <= 1999, what.constData());
                paid += !outcome.cancel_accepted;
                canceled_unpaid += outcome.cancel_accepted && outcome.charged_minor == 0;
                canceled_refunded += outcome.cancel_accepted && outcome.charged_minor > 0;
            }
            runtime.run(lab.stop());
        }
        // The seeds meet all three cases, or the test would say nothing.
        QVERIFY(paid > 0);
        QVERIFY(canceled_unpaid > 0);
        QVERIFY(canceled_refunded > 0);
    }

    void cancel_ofAFinalOrderIsRefused()
    {
        VirtualRuntime runtime(1);
        Lab lab(runtime, {});
        QVERIFY_RESULT(runtime.run(lab.start()));
        CreateOrder create;
        create.request.user_id = "ada";
        create.request.total.amount_minor = 1;
        const auto created = runtime.run(lab.orders().create(std::move(create)));
        QVERIFY_RESULT(created);
        runtime.run(runtime.sleep(1s));
        QCOMPARE(runtime.run(lab.orders().cancel(created->order.id)).error().code, ErrorCode::IllegalTransition);
        QCOMPARE(runtime.run(lab.orders().cancel(OrderId{Uuid{1, 2}})).error().code, ErrorCode::NotFound);
        runtime.run(lab.stop());
    }
};

ORDERLAB_TEST(tst_cancellation, NoApplication, TestCancellation)
#include "tst_cancellation.moc"
