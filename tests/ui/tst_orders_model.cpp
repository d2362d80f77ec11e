#include "entry_builder.h"
#include "support/test_program.h"
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
    void sorting_isByValueNotByText();
    void filters_keepWhatMatches();
    void deadLetteredOrder_saysSo();
    void earlierOrders_comeFirstAndStayKnown();
};

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
    QCOMPARE(shown(model), QStringLiteral("grace|3.00 EUR|created|–\nada|7.00 EUR|created|–"));
    // This run's journal tells that it is canceled, and nothing else about it.
    journal.status(3, "canceled");
    model.note(journal.take());
    model.flush(journal.world);
    QCOMPARE(shown(model), QStringLiteral("grace|3.00 EUR|canceled|–\nada|7.00 EUR|created|–"));
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
    QCOMPARE(shown(model), QStringLiteral("ada|19.99 EUR|created|–\nuser-flaky|1\u202f000.00 EUR|created|–"));

    journal.event(EntryKind::AttemptFailed, 2, EventType::OrderCreated, 0, 0, "payment");
    journal.status(1, "paid");
    model.note(journal.take());
    model.flush(journal.world);
    QCOMPARE(shown(model), QStringLiteral("ada|19.99 EUR|paid|–\nuser-flaky|1\u202f000.00 EUR|created|1"));
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
    QCOMPARE(shown(model), QStringLiteral("ada|5.00 EUR|created|–"));
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
