#include "entry_builder.h"
#include "support/test_program.h"
#include "ui/bridge/stored_orders.h"
#include "ui/models/orders_filter.h"
#include "ui/models/orders_model.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

QString shown(const QAbstractItemModel& model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (const int column : {OrdersModel::Customer, OrdersModel::Amount, OrdersModel::Status, OrdersModel::Retries})
            cells << model.index(row, column).data().toString();
        rows << cells.join(QLatin1Char('|'));
    }
    return rows.join(QLatin1Char('\n'));
}

} // namespace

class OrdersModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void orders_appearAndChange();
    void changes_areBatchedIntoRuns();
    void anOrderSeenBeforeItsAcceptance_isShownOnce();
    void oldestRows_goPastTheBound();
    void moments_farApart_replaceOnlyWhatDiffers_data();
    void moments_farApart_replaceOnlyWhatDiffers();
    void sorting_isByValueNotByText();
    void filters_keepWhatMatches();
    void deadLetteredOrder_saysSo();
    void earlierOrders_comeFirstAndStayKnown();
    void anEarlierOrderThatHasEnded_staysSo();
    void whatIsNotKnown_isNotInvented();
    void unknownOrders_areAskedForOnce();
    void whatTheStoreHas_completesTheJournal();
};

/// Its events come again after a restart and change nothing: the journal of this run never hears of its end.
void OrdersModelTest::anEarlierOrderThatHasEnded_staysSo()
{
    EntryBuilder journal;
    OrdersModel model(journal.names);
    OrderState earlier;
    earlier.id = EntryBuilder::order(3);
    earlier.user = journal.table->intern("grace");
    earlier.currency = journal.table->intern("EUR");
    earlier.amount_minor = 300;
    earlier.status = OrderStatus::Paid;
    earlier.accepted_us = journal.now_us - 60'000'000;
    earlier.updated_us = earlier.final_us = earlier.accepted_us + 2'000'000;
    model.setRunBegan(journal.now_us);
    model.addEarlier({earlier});
    journal.event(EntryKind::EventDelivered, 3, EventType::OrderCreated, 0, 0, "payment");
    model.note(journal.take());
    model.flush(journal.world);
    QCOMPARE(shown(model), QStringLiteral("grace|3.00 EUR|paid|–"));
    QCOMPARE(model.index(0, OrdersModel::Settled).data().toString(), QStringLiteral("2.0 s"));
    QVERIFY(!model.index(0, OrdersModel::Retries).data(Qt::ToolTipRole).toString().isEmpty());
}

void OrdersModelTest::whatIsNotKnown_isNotInvented()
{
    EntryBuilder journal;
    OrdersModel model(journal.names);
    journal.event(EntryKind::EventDelivered, 3, EventType::OrderCreated, 0, 0, "payment");
    model.note(journal.take());
    model.flush(journal.world);
    QCOMPARE(shown(model), QStringLiteral("–|–|unknown|–"));
    for (const int column : {OrdersModel::Accepted, OrdersModel::Settled})
        QCOMPARE(model.index(0, column).data().toString(), QStringLiteral("–"));
    QVERIFY(!model.index(0, OrdersModel::Customer).data(Qt::ToolTipRole).toString().isEmpty());
    journal.status(3, "paid");
    model.note(journal.take());
    model.flush(journal.world);
    QCOMPARE(shown(model), QStringLiteral("–|–|paid|–"));
}

void OrdersModelTest::unknownOrders_areAskedForOnce()
{
    EntryBuilder journal;
    UnknownOrders unknown;
    journal.accept(1, "ada", 100);
    journal.event(EntryKind::EventDelivered, 1, EventType::OrderCreated, 0, 0, "payment");
    journal.event(EntryKind::EventDelivered, 2, EventType::OrderCreated, 0, 1, "payment");
    journal.event(EntryKind::EventHandled, 2, EventType::OrderCreated, 0, 1, "payment");
    std::vector<Entry> entries = journal.take();
    unknown.note(entries, journal.world);
    QCOMPARE(unknown.take(10), std::vector<OrderId>{EntryBuilder::order(2)});
    unknown.note(entries, journal.world);
    QVERIFY(unknown.take(10).empty());
    unknown.giveBack({EntryBuilder::order(2)});
    QCOMPARE(unknown.take(10).size(), std::size_t(1));
    // After a gap also those that may have ended in it.
    Entry gap;
    gap.kind = EntryKind::EntriesMissed;
    gap.value = 5;
    unknown.note(std::span(&gap, 1), journal.world);
    QCOMPARE(unknown.take(10).size(), std::size_t(2));
}

void OrdersModelTest::whatTheStoreHas_completesTheJournal()
{
    EntryBuilder journal;
    journal.event(EntryKind::EventDelivered, 3, EventType::OrderCreated, 0, 0, "payment");
    journal.take();
    QCOMPARE(journal.world.totals().in_flight, std::int64_t(1));
    OrderState stored;
    stored.id = EntryBuilder::order(3);
    stored.user = journal.table->intern("grace");
    stored.currency = journal.table->intern("EUR");
    stored.amount_minor = 300;
    stored.status = OrderStatus::Paid;
    stored.accepted_us = journal.now_us - 60'000'000;
    stored.updated_us = stored.accepted_us + 1'000'000;
    journal.world.apply(entriesOf(stored, *journal.world.findOrder(stored.id), *journal.table));
    const OrderState* known = journal.world.findOrder(stored.id);
    QCOMPARE(known->status, OrderStatus::Paid);
    QCOMPARE(known->user, stored.user);
    QCOMPARE(known->accepted_us, stored.accepted_us);
    QCOMPARE(known->final_us, stored.updated_us);
    QCOMPARE(journal.world.totals().in_flight, std::int64_t(0));
    QCOMPARE(journal.world.totals().paid, std::int64_t(1));
    QVERIFY(entriesOf(stored, *known, *journal.table).empty());
}

void OrdersModelTest::earlierOrders_comeFirstAndStayKnown()
{
    EntryBuilder journal;
    OrdersModel model(journal.names);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    journal.accept(7, "ada", 700);
    model.note(journal.take());
    model.flush(journal.world);
    OrderState earlier;
    earlier.id = EntryBuilder::order(3);
    earlier.user = journal.table->intern("grace");
    earlier.currency = journal.table->intern("EUR");
    earlier.amount_minor = 300;
    OrderState known = earlier;
    known.id = EntryBuilder::order(7);
    model.addEarlier({earlier, known});
    QCOMPARE(shown(model), QStringLiteral("grace|3.00 EUR|created|0\nada|7.00 EUR|created|0"));
    // This run's journal tells that it is canceled, and nothing else about it.
    journal.status(3, "canceled");
    model.note(journal.take());
    model.flush(journal.world);
    QCOMPARE(shown(model), QStringLiteral("grace|3.00 EUR|canceled|0\nada|7.00 EUR|created|0"));
    QCOMPARE(model.rowOf(EntryBuilder::order(7)), 1);
}

void OrdersModelTest::orders_appearAndChange()
{
    EntryBuilder journal;
    OrdersModel model(journal.names);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    journal.accept(1, "ada", 1'999);
    journal.accept(2, "user-flaky", 100'000);
    model.note(journal.take());
    model.flush(journal.world);
    QCOMPARE(shown(model), QStringLiteral("ada|19.99 EUR|created|0\nuser-flaky|1\u202f000.00 EUR|created|0"));

    journal.event(EntryKind::AttemptFailed, 2, EventType::OrderCreated, 0, 0, "payment");
    journal.status(1, "paid");
    model.note(journal.take());
    model.flush(journal.world);
    QCOMPARE(shown(model), QStringLiteral("ada|19.99 EUR|paid|0\nuser-flaky|1\u202f000.00 EUR|created|1"));
}

void OrdersModelTest::changes_areBatchedIntoRuns()
{
    EntryBuilder journal;
    OrdersModel model(journal.names);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    for (std::uint64_t i = 0; i < 100; ++i)
        journal.accept(i, "ada", 100);
    model.note(journal.take());
    model.flush(journal.world);
    QCOMPARE(inserted.count(), 1);

    for (const std::uint64_t i : {5, 3, 4, 20, 6, 21})
        journal.status(i, "paid");
    model.note(journal.take());
    model.flush(journal.world);
    QCOMPARE(changed.count(), 2); // Rows 3 to 6, and 20 to 21.
    QCOMPARE(changed.at(0).at(0).toModelIndex().row(), 3);
    QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 6);
}

void OrdersModelTest::anOrderSeenBeforeItsAcceptance_isShownOnce()
{
    EntryBuilder journal;
    OrdersModel model(journal.names);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    journal.event(EntryKind::EventPublished, 1, EventType::OrderCreated, 0, 0);
    model.note(journal.take());
    model.flush(journal.world);
    journal.accept(1, "ada", 500);
    model.note(journal.take());
    model.flush(journal.world);
    QCOMPARE(shown(model), QStringLiteral("ada|5.00 EUR|created|0"));
}

void OrdersModelTest::oldestRows_goPastTheBound()
{
    EntryBuilder journal;
    OrdersModel model(journal.names, 10);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (std::uint64_t i = 0; i < 25; ++i) {
        journal.accept(i, "ada", 100);
        model.note(journal.take());
        model.flush(journal.world);
    }
    QCOMPARE(model.rowCount(), 10);
    QCOMPARE(model.rowOf(EntryBuilder::order(14)), -1);
    QCOMPARE(model.rowOf(EntryBuilder::order(15)), 0);
    QCOMPARE(model.rowOf(EntryBuilder::order(24)), 9);
}

void OrdersModelTest::moments_farApart_replaceOnlyWhatDiffers_data()
{
    QTest::addColumn<QList<int>>("moments"); // Orders that are there.
    QTest::newRow("forth and back") << QList<int>{5, 18, 12, 30, 25, 29};
    QTest::newRow("far forth") << QList<int>{5, 30, 4};
    QTest::newRow("far back") << QList<int>{30, 3, 30, 15};
    QTest::newRow("to the start") << QList<int>{25, 0, 12};
    QTest::newRow("just over the bound") << QList<int>{9, 10, 11, 10, 9};
}

void OrdersModelTest::moments_farApart_replaceOnlyWhatDiffers()
{
    QFETCH(QList<int>, moments);
    constexpr int rows_max = 10;
    EntryBuilder journal;
    OrdersModel model(journal.names, rows_max);
    OrdersFilter filter;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setSourceModel(&model);
    filter.sort(OrdersModel::Accepted, Qt::DescendingOrder);
    std::vector<WorldState> worlds{journal.world};
    for (std::uint64_t i = 0; i < 30; ++i) {
        journal.accept(i, "ada", 100);
        if (i > 0)
            journal.status(i - 1, "paid");
        journal.take();
        worlds.push_back(journal.world);
    }
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    for (const int count : moments) {
        model.showMoment(worlds[std::size_t(count)]);
        QCOMPARE(model.rowCount(), std::min(count, rows_max));
        QCOMPARE(filter.rowCount(), model.rowCount());
        for (int row = 0; row < model.rowCount(); ++row) {
            const OrderId newest = EntryBuilder::order(std::uint64_t(count - 1 - row));
            QCOMPARE(model.orderAt(filter.mapToSource(filter.index(row, 0)).row()), newest);
            QVERIFY(model.stateAt(model.rowOf(newest)) == *worlds[std::size_t(count)].findOrder(newest));
        }
    }
    QCOMPARE(resets.count(), 0); // Who selects or sorts rows does not begin anew.
}

void OrdersModelTest::sorting_isByValueNotByText()
{
    EntryBuilder journal;
    OrdersModel model(journal.names);
    OrdersFilter filter;
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setSourceModel(&model);
    journal.accept(1, "ada", 900);
    journal.accept(2, "bob", 10'000);
    journal.accept(3, "cy", 2'500);
    model.note(journal.take());
    model.flush(journal.world);
    filter.sort(OrdersModel::Amount, Qt::AscendingOrder);
    QStringList customers;
    for (int row = 0; row < filter.rowCount(); ++row)
        customers << filter.index(row, OrdersModel::Customer).data().toString();
    QCOMPARE(customers, QStringList({"ada", "cy", "bob"})); // As text, "100.00" would come before "9.00".
}

void OrdersModelTest::filters_keepWhatMatches()
{
    EntryBuilder journal;
    OrdersModel model(journal.names);
    OrdersFilter filter;
    filter.setSourceModel(&model);
    journal.accept(1, "ada", 100);
    journal.accept(2, "user-declined", 100);
    journal.accept(3, "Adam", 100);
    journal.status(2, "failed");
    journal.status(3, "paid");
    model.note(journal.take());
    model.flush(journal.world);
    filter.setText(QStringLiteral("ada"));
    QCOMPARE(filter.rowCount(), 2);
    filter.setStatus(QStringLiteral("paid"));
    QCOMPARE(filter.rowCount(), 1);
    filter.setText({});
    filter.setStatus(QStringLiteral("failed"));
    QCOMPARE(filter.index(0, OrdersModel::Customer).data().toString(), QStringLiteral("user-declined"));
    // An order that comes to match appears by itself.
    journal.status(1, "failed");
    model.note(journal.take());
    model.flush(journal.world);
    QCOMPARE(filter.rowCount(), 2);
}

void OrdersModelTest::deadLetteredOrder_saysSo()
{
    EntryBuilder journal;
    OrdersModel model(journal.names);
    journal.accept(1, "user-poison", 100);
    journal.event(EntryKind::DeadLettered, 1, EventType::OrderCreated, 0, 0, "payment");
    model.note(journal.take());
    model.flush(journal.world);
    QCOMPARE(model.index(0, OrdersModel::Status).data().toString(), QStringLiteral("dead-lettered"));
}

ORDERLAB_TEST(tst_orders_model, QApplication, OrdersModelTest)
#include "tst_orders_model.moc"
