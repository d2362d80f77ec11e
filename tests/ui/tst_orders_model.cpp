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
    void anOrderThatTheFoldHasForgotten_staysAsItWas();
    void aForgottenOrderThatComesAgain_hasItsRow();
    void anotherRun_keepsTheRowsThatAreInBoth();
    void manyChanges_areShownAsIfSortedAndFilteredAnew_data();
    void manyChanges_areShownAsIfSortedAndFilteredAnew();
    void rowsThatStay_keepTheirIndexes();
    void aMillionOrders_areFilteredAndSorted();
    void olderOrders_areWantedAtTheEnd();
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

/// The table goes on where the fold has no room: at any moment it has the orders that had been accepted by then.
void OrdersModelTest::anOrderThatTheFoldHasForgotten_staysAsItWas()
{
    constexpr std::uint64_t count = 200;
    EntryBuilder journal;
    journal.world = WorldState(*journal.table, 16);
    OrdersModel model(journal.names);
    OrdersFilter filter;
    filter.setSourceModel(&model);
    filter.sort(OrdersModel::Accepted, Qt::DescendingOrder);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::vector<WorldState> worlds{journal.world};
    for (std::uint64_t i = 0; i < count; ++i) {
        journal.accept(i, "ada", std::int32_t(100 + i));
        if (i > 2)
            journal.status(i - 3, i % 2 == 0 ? "paid" : "failed");
        model.note(journal.take());
        model.flush(journal.world);
        worlds.push_back(journal.world);
    }
    QVERIFY(journal.world.ordersForgotten() > count / 2);
    for (const std::uint64_t moment :
         {count, std::uint64_t(120), std::uint64_t(3), std::uint64_t(0), std::uint64_t(150)}) {
        model.showMoment(worlds[moment]);
        QCOMPARE(model.rowCount(), int(moment));
        QCOMPARE(filter.rowCount(), int(moment));
        for (std::uint64_t i = 0; i < moment; ++i) {
            const OrderState& order = model.stateAt(int(i));
            QCOMPARE(order.amount_minor, std::int64_t(100 + i));
            QCOMPARE(order.status, i + 3 >= moment    ? OrderStatus::Created
                                   : (i + 3) % 2 == 0 ? OrderStatus::Paid
                                                      : OrderStatus::Failed);
        }
    }
    // The run goes on while the moment is held.
    journal.accept(count, "grace", 1);
    model.note(journal.take());
    model.flush(journal.world);
    QCOMPARE(model.rowCount(), 150);
    model.showLatest(journal.world);
    QCOMPARE(model.rowCount(), int(count + 1));
    QCOMPARE(filter.index(0, OrdersModel::Customer).data().toString(), QStringLiteral("grace"));
    QCOMPARE(filter.index(1, OrdersModel::Customer).data().toString(), QStringLiteral("ada"));
}

/// It is among the newest of the fold, which says nothing of the orders around it.
void OrdersModelTest::aForgottenOrderThatComesAgain_hasItsRow()
{
    EntryBuilder journal;
    journal.world = WorldState(*journal.table, 16);
    OrdersModel model(journal.names);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (std::uint64_t i = 0; i < 40; ++i) {
        journal.accept(i, "ada", 100);
        journal.status(i, "paid");
        model.note(journal.take());
        model.flush(journal.world);
    }
    QVERIFY(!journal.world.findOrder(EntryBuilder::order(3)));
    journal.accept(40, "ada", 100);
    journal.accept(3, "ada", 100);
    model.note(journal.take());
    model.flush(journal.world);
    QCOMPARE(model.rowCount(), 41);
    QCOMPARE(model.rowOf(EntryBuilder::order(40)), 40);
    QCOMPARE(model.rowOf(EntryBuilder::order(3)), 3);
    model.showMoment(journal.world);
    QCOMPARE(model.rowCount(), 41);
    QCOMPARE(model.rowOf(EntryBuilder::order(40)), 40);
}

void OrdersModelTest::anotherRun_keepsTheRowsThatAreInBoth()
{
    EntryBuilder journal, other;
    OrdersModel model(journal.names);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (std::uint64_t i = 0; i < 5; ++i)
        journal.accept(i, "ada", 100);
    model.note(journal.take());
    model.flush(journal.world);
    for (const std::uint64_t i : {0, 1, 2, 7})
        other.accept(i, "ada", 100);
    other.status(1, "paid");
    other.take();
    const QPersistentModelIndex kept = model.index(2, 0), gone = model.index(4, 0);
    model.beginAnew(other.world);
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(kept.row(), 2);
    QVERIFY(!gone.isValid());
    QCOMPARE(model.index(1, OrdersModel::Status).data().toString(), QStringLiteral("paid"));
    QCOMPARE(model.orderAt(3), EntryBuilder::order(7));
}

void OrdersModelTest::manyChanges_areShownAsIfSortedAndFilteredAnew_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<Qt::SortOrder>("direction");
    for (int column = 0; column < OrdersModel::ColumnCount; ++column) {
        for (const Qt::SortOrder direction : {Qt::AscendingOrder, Qt::DescendingOrder})
            QTest::addRow("column %d, direction %d", column, int(direction)) << column << direction;
    }
}

void OrdersModelTest::manyChanges_areShownAsIfSortedAndFilteredAnew()
{
    QFETCH(int, column);
    QFETCH(Qt::SortOrder, direction);
    EntryBuilder journal;
    OrdersModel model(journal.names, 150);
    OrdersFilter filter;
    filter.setSourceModel(&model);
    filter.sort(column, direction);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QStringList names{"ada", "bob", "Cy", "grace", "linus"};
    const char* const texts[] = {"", "a", "c", "1", "grace", "b"};
    const char* const statuses[] = {"", "paid", "created", "dead-lettered"};
    std::uint32_t random = 7;
    const auto draw = [&random](std::uint32_t below) {
        random = random * 1'664'525 + 1'013'904'223;
        return (random >> 8) % below;
    };
    std::uint64_t made = 0;
    std::vector<WorldState> worlds{journal.world};
    for (int round = 0; round < 120; ++round) {
        for (std::uint32_t i = draw(8); i > 0; --i)
            journal.accept(made++, names[int(draw(5))].toStdString(), std::int32_t(draw(50)) * 100 + 100);
        for (std::uint32_t i = made > 0 ? draw(40) : 0; i > 0; --i) {
            const std::uint64_t order = draw(std::uint32_t(made));
            if (draw(3) == 0)
                journal.event(EntryKind::AttemptFailed, order, EventType::OrderCreated, 0, 0, "payment");
            else if (draw(4) == 0)
                journal.event(EntryKind::DeadLettered, order, EventType::OrderCreated, 0, 0, "payment");
            else
                journal.status(order, draw(2) == 0 ? "paid" : "failed");
        }
        model.note(journal.take());
        model.flush(journal.world);
        worlds.push_back(journal.world);
        switch (draw(6)) {
        case 0: filter.setText(QLatin1String(texts[draw(6)])); break;
        case 1: filter.setStatus(QLatin1String(statuses[draw(4)])); break;
        case 2: model.showMoment(worlds[draw(std::uint32_t(worlds.size()))]); break;
        case 3: model.showLatest(journal.world); break;
        default: break;
        }
        OrdersFilter anew;
        anew.setSourceModel(&model);
        anew.sort(column, direction);
        anew.setText(filter.text());
        anew.setStatus(filter.status());
        QCOMPARE(filter.rowCount(), anew.rowCount());
        for (int row = 0; row < anew.rowCount(); ++row) {
            const QModelIndex source = filter.mapToSource(filter.index(row, 0));
            QCOMPARE(source, anew.mapToSource(anew.index(row, 0)));
            QCOMPARE(filter.mapFromSource(source).row(), row);
        }
        for (int row = 1; row < anew.rowCount(); ++row) {
            const auto one = model.sortNumber(model.stateAt(anew.mapToSource(anew.index(row - 1, 0)).row()), column);
            const auto next = model.sortNumber(model.stateAt(anew.mapToSource(anew.index(row, 0)).row()), column);
            QVERIFY(direction == Qt::AscendingOrder ? one <= next : one >= next);
        }
    }
}

/// What a person has selected stays selected, wherever its row goes.
void OrdersModelTest::rowsThatStay_keepTheirIndexes()
{
    EntryBuilder journal;
    OrdersModel model(journal.names);
    OrdersFilter filter;
    filter.setSourceModel(&model);
    filter.sort(OrdersModel::Accepted, Qt::DescendingOrder);
    for (std::uint64_t i = 0; i < 300; ++i)
        journal.accept(i, i % 3 == 0 ? "ada" : "bob", std::int32_t(1'000 - i));
    model.note(journal.take());
    model.flush(journal.world);
    const QPersistentModelIndex kept = filter.mapFromSource(model.index(30, OrdersModel::Amount));
    const QPersistentModelIndex gone = filter.mapFromSource(model.index(31, OrdersModel::Amount));
    filter.setText(QStringLiteral("ada"));
    QCOMPARE(filter.mapToSource(kept).row(), 30);
    QVERIFY(!gone.isValid());
    filter.setText({});
    QCOMPARE(filter.mapToSource(kept).row(), 30);
    filter.sort(OrdersModel::Amount, Qt::AscendingOrder);
    QCOMPARE(filter.mapToSource(kept).row(), 30);
    QCOMPARE(kept.row(), 300 - 1 - 30);
}

/// Right, and as quick as a person types (measured by `orderlab --benchmark`).
void OrdersModelTest::aMillionOrders_areFilteredAndSorted()
{
    constexpr std::uint32_t count = 1'000'000;
    EntryBuilder journal;
    OrdersModel model(journal.names);
    OrdersFilter filter;
    filter.setSourceModel(&model);
    filter.sort(OrdersModel::Accepted, Qt::DescendingOrder);
    std::vector<OrderState> orders(count + 5);
    for (std::uint32_t i = 0; i < orders.size(); ++i) {
        orders[i].id = EntryBuilder::order(i);
        orders[i].user = journal.table->intern("customer-" + std::to_string(i % 1'000));
        orders[i].amount_minor = std::int64_t(i) * 7'919 % 1'000'003;
        orders[i].accepted_us = journal.now_us + i;
        orders[i].status = i % 10 == 0 ? OrderStatus::Failed : OrderStatus::Paid;
    }
    model.addEarlier(orders);
    QCOMPARE(model.rowCount(), int(count)); // The newest.
    QVERIFY(model.memory() < std::size_t(100) << 20);
    QCOMPARE(model.orderAt(filter.mapToSource(filter.index(0, 0)).row()), orders.back().id);
    filter.setText(QStringLiteral("customer-77"));
    QCOMPARE(filter.rowCount(), 11 * int(count) / 1'000);
    filter.setStatus(QStringLiteral("failed"));
    QCOMPARE(filter.rowCount(), int(count) / 1'000);
    QCOMPARE(filter.index(0, OrdersModel::Customer).data().toString(), QStringLiteral("customer-770"));
    filter.setText({});
    filter.setStatus({});
    QCOMPARE(filter.rowCount(), int(count));
    filter.sort(OrdersModel::Amount, Qt::AscendingOrder);
    std::int64_t before = -1;
    for (int row = 0; row < filter.rowCount(); ++row) {
        const std::int64_t amount = model.stateAt(filter.mapToSource(filter.index(row, 0)).row()).amount_minor;
        QVERIFY(amount >= before);
        before = amount;
    }
}

void OrdersModelTest::olderOrders_areWantedAtTheEnd()
{
    EntryBuilder journal;
    OrdersModel model(journal.names, 3);
    OrdersFilter filter;
    filter.setSourceModel(&model);
    filter.sort(OrdersModel::Accepted, Qt::DescendingOrder);
    QSignalSpy wanted(&model, &OrdersModel::olderWanted);
    QVERIFY(!filter.canFetchMore({}));
    model.setHasOlder(true);
    QVERIFY(filter.canFetchMore({}));
    filter.fetchMore({});
    QCOMPARE(wanted.count(), 1);
    const auto earlier = [&](std::uint64_t number) {
        OrderState order;
        order.id = EntryBuilder::order(number);
        order.user = journal.table->intern("ada");
        order.accepted_us = journal.now_us + std::int64_t(number);
        return order;
    };
    model.addEarlier({earlier(5), earlier(6)});
    model.addEarlier({earlier(1), earlier(2), earlier(3), earlier(4)}); // There is room for the newest of them.
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.orderAt(0), EntryBuilder::order(4));
    QCOMPARE(model.orderAt(filter.mapToSource(filter.index(2, 0)).row()), EntryBuilder::order(4));
    QVERIFY(!filter.canFetchMore({})); // It would have to go at once.
}

ORDERLAB_TEST(tst_orders_model, QApplication, OrdersModelTest)
#include "tst_orders_model.moc"
