#include "desktop.h"
#include "support/scratch_folder.h"
#include "ui/dialogs/columns_dialog.h"
#include "ui/models/column_layout.h"
#include "ui/models/orders_filter.h"
#include "ui/models/orders_model.h"
#include "ui/models/row_trouble.h"
#include "ui/models/saved_filters.h"
#include "ui/panels/fitted_table.h"
#include "ui/panels/held_rows.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/saved_filters_button.h"

#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QInputDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QScrollBar>
#include <QSettings>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTemporaryDir>

#include <set>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

/// Settings of its own, which are gone with it.
struct OwnSettings {
    OwnSettings()
    {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder.path());
        QSettings().clear();
    }
    static WindowOptions remembering()
    {
        WindowOptions options = Desktop::forgetful();
        options.remember = true;
        options.engine = Engine{};
        return options;
    }
    QTemporaryDir folder;
};

/// A table of numbers, the newest on top.
struct Numbers {
    explicit Numbers(int rows)
    {
        table.setModel(&model);
        table.setColumnWeights({80, 80, 80});
        table.resize(400, 240);
        for (int i = 0; i < rows; ++i)
            add();
        table.show();
    }
    /// The mouse is nowhere near.
    void leave()
    {
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(table.viewport(), &leave);
    }
    void add()
    {
        QList<QStandardItem*> cells;
        for (int column = 0; column < 3; ++column)
            cells << new QStandardItem(QString::number(next));
        model.insertRow(0, cells);
        ++next;
    }
    int next = 0;
    QStandardItemModel model;
    FittedTable table;
};

/// Answers the dialog that is about to open.
template <typename Answer>
void answerSoon(Answer answer)
{
    QTimer::singleShot(0, qApp, [answer] { answer(QApplication::activeModalWidget()); });
}

} // namespace

class ListsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void columnLayout_isReadAsWritten_andBrokenOnesAreNot_data();
    void columnLayout_isReadAsWritten_andBrokenOnesAreNot();
    void columns_areMovedHiddenSizedAndReset();
    void columns_byKeyboard();
    void columns_areRemembered_andABrokenMemoryIsSetAside();
    void copiedRow_isWhatIsSeen();
    void rowsBelowTheMouse_stay();
    void scrolledRows_stay_andTheButtonGoesToTheTop();
    void savedFilters_areBoundedAndReadAsWritten();
    void savedFilter_isKeptChosenAndDeleted();
    void search_findsWhatIsShown_andTroubleHasALetter();
    void olderOrders_comeAsOneScrollsDown();
};

void ListsTest::columnLayout_isReadAsWritten_andBrokenOnesAreNot_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("no JSON") << "columns";
    QTest::newRow("nothing") << "[]";
    QTest::newRow("no list") << "{}";
    QTest::newRow("twice") << R"([{"column":0,"width":90,"shown":true},{"column":0,"width":90,"shown":true}])";
    QTest::newRow("no such column") << R"([{"column":1,"width":90,"shown":true}])";
    QTest::newRow("too narrow") << R"([{"column":0,"width":1,"shown":true}])";
    QTest::newRow("too wide") << R"([{"column":0,"width":99999,"shown":true}])";
    QTest::newRow("none is shown") << R"([{"column":0,"width":90,"shown":false}])";
    QTest::newRow("half of one") << R"([{"column":0,"width":90}])";
}

void ListsTest::columnLayout_isReadAsWritten_andBrokenOnesAreNot()
{
    QFETCH(QString, text);
    QVERIFY(!ColumnLayout::parse(text));
    const ColumnLayout layout{{{2, 100, true}, {0, 36, false}, {1, 2'000, true}}};
    QVERIFY(ColumnLayout::parse(layout.toText()) == layout);
}

void ListsTest::columns_areMovedHiddenSizedAndReset()
{
    Numbers numbers(3);
    FittedTable& table = numbers.table;
    QVERIFY(QTest::qWaitForWindowExposed(&table));
    const ColumnLayout at_first = table.columnLayout();
    int changes = 0;
    connect(&table, &FittedTable::columnsChanged, this, [&changes] { ++changes; });
    table.horizontalHeader()->moveSection(0, 2);
    QCOMPARE(changes, 1);
    table.showColumn(1, false);
    QVERIFY(table.isColumnHidden(1));
    table.showColumn(0, false);
    table.showColumn(2, false); // The last one stays.
    QVERIFY(!table.isColumnHidden(2));
    QCOMPARE(table.columnWidth(2), table.viewport()->width()); // It has all the room.
    table.resetColumns();
    QVERIFY(table.columnLayout() == at_first);
    // A drag of the first column's edge: the others keep their widths, and it is kept when the window changes.
    const int other = table.columnWidth(1), edge = table.columnWidth(0) - 1;
    QWidget* const header = table.horizontalHeader()->viewport();
    QTest::mousePress(header, Qt::LeftButton, {}, {edge, 5});
    QMouseEvent drag(QEvent::MouseMove, QPointF(edge + 30, 5), header->mapToGlobal(QPointF(edge + 30, 5)), Qt::NoButton,
                     Qt::LeftButton, {});
    QApplication::sendEvent(header, &drag);
    QTest::mouseRelease(header, Qt::LeftButton, {}, {edge + 30, 5});
    QTRY_VERIFY(table.columnLayout().columns[0].width > at_first.columns[0].width + 25);
    QCOMPARE(table.columnWidth(1), other);
    const double share = double(table.columnWidth(0)) / table.columnWidth(1);
    table.resize(640, 240);
    QTRY_VERIFY(table.columnWidth(1) > other);
    QVERIFY(std::abs(double(table.columnWidth(0)) / table.columnWidth(1) - share) < 0.05);
}

void ListsTest::columns_byKeyboard()
{
    Numbers numbers(3);
    ColumnsDialog dialog(numbers.table);
    dialog.show();
    auto* list = dialog.findChild<QListWidget*>(QStringLiteral("columnsList"));
    list->setCurrentRow(1);
    QTest::keyClick(list, Qt::Key_Space);
    QVERIFY(numbers.table.isColumnHidden(1));
    QTest::keyClick(dialog.findChild<QPushButton*>(QStringLiteral("columnUp")), Qt::Key_Space);
    QCOMPARE(numbers.table.columnLayout().columns[0].column, 1);
    QCOMPARE(list->currentRow(), 0);
    dialog.findChild<QSpinBox*>(QStringLiteral("columnWidth"))->setValue(222);
    QCOMPARE(numbers.table.columnLayout().columns[0].width, 222);
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QVERIFY(!numbers.table.isColumnHidden(1)); // Taken back.
    QCOMPARE(numbers.table.columnLayout().columns[0].column, 0);
}

void ListsTest::columns_areRemembered_andABrokenMemoryIsSetAside()
{
    const OwnSettings settings;
    {
        Desktop desktop({}, OwnSettings::remembering());
        auto* table = desktop.child<FittedTable>("ordersTable");
        table->showColumn(OrdersModel::Settled, false);
        table->horizontalHeader()->moveSection(0, 1);
    }
    {
        Desktop desktop({}, OwnSettings::remembering());
        auto* table = desktop.child<FittedTable>("ordersTable");
        QVERIFY(table->isColumnHidden(OrdersModel::Settled));
        QCOMPARE(table->columnLayout().columns[0].column, int(OrdersModel::Customer));
        QVERIFY(!desktop.child<FittedTable>("logTable")->isColumnHidden(0));
    }
    QSettings().setValue(QStringLiteral("columns/ordersTable"), QStringLiteral("[{"));
    QSettings().setValue(QStringLiteral("orderFilters"), QStringLiteral("7"));
    Desktop desktop({}, OwnSettings::remembering());
    QVERIFY(!desktop.child<FittedTable>("ordersTable")->isColumnHidden(OrdersModel::Settled));
    QCOMPARE(QSettings().value(QStringLiteral("setAside/columns/ordersTable")).toString(), QStringLiteral("[{"));
    QVERIFY(!QSettings().contains(QStringLiteral("orderFilters")));
}

void ListsTest::copiedRow_isWhatIsSeen()
{
    Numbers numbers(3);
    for (int column = 0; column < 3; ++column)
        numbers.model.item(0, column)->setText(QString(QLatin1Char(char('a' + column))));
    numbers.table.setCurrentIndex(numbers.model.index(0, 0));
    QTest::keyClick(&numbers.table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("a\tb\tc"));
    numbers.table.showColumn(1, false);
    numbers.table.horizontalHeader()->moveSection(2, 0);
    QTest::keyClick(&numbers.table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("c\ta"));
}

void ListsTest::rowsBelowTheMouse_stay()
{
    Numbers numbers(50);
    FittedTable& table = numbers.table;
    QVERIFY(QTest::qWaitForWindowExposed(&table));
    numbers.leave();
    const auto shownAt = [&](const QPoint& place) { return table.indexAt(place).data().toString(); };
    numbers.add();
    QTRY_COMPARE(shownAt({5, 5}), QStringLiteral("50")); // Nobody looks closer: the newest is on top.
    const QPoint place(20, 60);
    QMouseEvent over(QEvent::MouseMove, QPointF(place), table.viewport()->mapToGlobal(QPointF(place)), Qt::NoButton,
                     Qt::NoButton, {});
    QTest::mouseMove(table.viewport(), place); // Else the platform says that it is elsewhere.
    QCoreApplication::processEvents();
    QApplication::sendEvent(table.viewport(), &over);
    const QString below = shownAt(place);
    for (int i = 0; i < 7; ++i)
        numbers.add();
    QCoreApplication::processEvents();
    QCOMPARE(shownAt(place), below);
    QCOMPARE(table.heldRows().news(), 7);
    auto* button = table.findChild<QPushButton*>(QStringLiteral("newRows"));
    QVERIFY(button->isVisible());
    QCOMPARE(button->text(), QStringLiteral("7 new ▲"));
    numbers.model.removeRows(30, 5); // What goes elsewhere moves nothing.
    QCoreApplication::processEvents();
    QCOMPARE(shownAt(place), below);
    numbers.model.sort(0, Qt::AscendingOrder); // Nor does another order, as long as it can be scrolled to.
    QCoreApplication::processEvents();
    QCOMPARE(shownAt(place), below);
    numbers.model.sort(0, Qt::DescendingOrder);
    QCoreApplication::processEvents();
    numbers.leave();
    QCOMPARE(table.verticalScrollBar()->value(), 0); // The mouse only held it: now it shows the newest again.
    QVERIFY(!button->isVisible());
}

void ListsTest::scrolledRows_stay_andTheButtonGoesToTheTop()
{
    Numbers numbers(50);
    FittedTable& table = numbers.table;
    QVERIFY(QTest::qWaitForWindowExposed(&table));
    numbers.leave();
    table.verticalScrollBar()->setValue(200);
    const QString top = table.indexAt({5, 5}).data().toString();
    numbers.add();
    numbers.add();
    QCoreApplication::processEvents();
    QCOMPARE(table.indexAt({5, 5}).data().toString(), top);
    auto* button = table.findChild<QPushButton*>(QStringLiteral("newRows"));
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(table.verticalScrollBar()->value(), 0);
    QVERIFY(!button->isVisible());
    QCOMPARE(table.heldRows().news(), 0);
}

void ListsTest::savedFilters_areBoundedAndReadAsWritten()
{
    SavedFilters filters;
    QVERIFY(filters.keep({QStringLiteral("  my  poison "), QStringLiteral("failed"), QStringLiteral("user-\"x")})
                .isEmpty());
    QCOMPARE(filters.all().front().name, QStringLiteral("my poison"));
    QVERIFY(filters.keep({QStringLiteral("my poison"), {}, QStringLiteral("ada")}).isEmpty());
    QCOMPARE(filters.all().size(), std::size_t(1));
    QVERIFY(SavedFilters::parse(filters.toText()) == filters);
    QVERIFY(!filters.keep({QStringLiteral(" "), {}, {}}).isEmpty());
    QVERIFY(!filters.keep({QString(41, QLatin1Char('x')), {}, {}}).isEmpty());
    for (std::size_t i = 1; i < SavedFilters::filters_max; ++i)
        QVERIFY(filters.keep({QString::number(i), {}, QStringLiteral("x")}).isEmpty());
    QVERIFY(!filters.keep({QStringLiteral("one more"), {}, {}}).isEmpty());
    for (const char* broken : {"", "7", "{}", "[7]", R"([{"name":"x"}])", R"([{"name":"","status":"","text":""}])"})
        QVERIFY2(!SavedFilters::parse(QLatin1String(broken)), broken);
}

void ListsTest::savedFilter_isKeptChosenAndDeleted()
{
    const OwnSettings settings;
    const auto menuOf = [](Desktop& desktop) {
        auto* menu = desktop.child<SavedFiltersButton>("savedFilters")->menu();
        Q_EMIT menu->aboutToShow();
        return menu;
    };
    const auto actionOf = [](QMenu* menu, const QString& text) {
        for (QAction* action : menu->actions()) {
            if (action->text().remove(QLatin1Char('&')) == text)
                return action;
        }
        return static_cast<QAction*>(nullptr);
    };
    {
        Desktop desktop({}, OwnSettings::remembering());
        QVERIFY(!actionOf(menuOf(desktop), QStringLiteral("Save this filter…"))->isEnabled()); // There is none.
        desktop.child<QLineEdit>("customerFilter")->setText(QStringLiteral("declined"));
        desktop.window.orders().filterStatus(QStringLiteral("failed"));
        desktop.child<QLineEdit>("customerFilter")->setText(QStringLiteral("declined"));
        QMenu* menu = menuOf(desktop);
        answerSoon([](QWidget* dialog) {
            auto* input = qobject_cast<QInputDialog*>(dialog);
            if (!input)
                qFatal("no question");
            input->setTextValue(QStringLiteral("no money"));
            input->accept();
        });
        actionOf(menu, QStringLiteral("Save this filter…"))->trigger();
    }
    Desktop desktop({}, OwnSettings::remembering());
    actionOf(menuOf(desktop), QStringLiteral("no money"))->trigger();
    QCOMPARE(desktop.child<QLineEdit>("customerFilter")->text(), QStringLiteral("declined"));
    QCOMPARE(desktop.child<QComboBox>("statusFilter")->currentData().toString(), QStringLiteral("failed"));
    QMenu* forget = actionOf(menuOf(desktop), QStringLiteral("Delete"))->menu();
    forget->actions().front()->trigger();
    QVERIFY(!actionOf(menuOf(desktop), QStringLiteral("no money")));
    QCOMPARE(QSettings().value(QStringLiteral("orderFilters")).toString(), QStringLiteral("[]"));
}

void ListsTest::search_findsWhatIsShown_andTroubleHasALetter()
{
    Desktop desktop;
    QVERIFY(desktop.start());
    desktop.bridge().commands().burst(20);
    QVERIFY(desktop.bridge().commands().createOrder(QStringLiteral("user-poison"), QStringLiteral("19.99"),
                                                    QStringLiteral("EUR")));
    QVERIFY(desktop.waitForAccepted(21));
    OrdersModel& model = desktop.window.orders().model();
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 21, patience_ms);
    const auto markOf = [&](int row) { return model.index(row, OrdersModel::Order).data(mark_role).toString(); };
    const auto poisoned = [&] {
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.index(row, OrdersModel::Customer).data().toString() == QLatin1String("user-poison"))
                return row;
        }
        return 0;
    };
    QTRY_COMPARE_WITH_TIMEOUT(markOf(poisoned()), QStringLiteral("D"), patience_ms);
    QCOMPARE(model.index(poisoned(), 0).data(trouble_role).toInt(), int(RowTrouble::Broken));
    auto* table = desktop.child<FittedTable>("ordersTable");
    auto* field = desktop.child<QLineEdit>("customerFilter");
    const QString whole = model.index(3, 0).data(OrdersModel::IdRole).toString();
    // Digits that nobody sees find nothing, unless the whole id is meant.
    field->setText(whole.left(8));
    QCOMPARE(table->model()->rowCount(), 0);
    field->setText(whole);
    QCOMPARE(table->model()->rowCount(), 1);
    field->setText(whole.right(6));
    QCOMPARE(table->model()->rowCount(), 1);
    QCOMPARE(table->property("wantedText").toString(), whole.right(6));
    field->setText(QStringLiteral("a"));
    QVERIFY(keepPicture(desktop.window.grab(), QStringLiteral("orders-found")));
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(table->model()->rowCount(), 21);
    QVERIFY(keepPicture(desktop.window.grab(), QStringLiteral("orders-trouble")));
}

/// Those of earlier runs are in the store alone; the first page of them is there from the start.
void ListsTest::olderOrders_comeAsOneScrollsDown()
{
    constexpr int count = int(earlier_orders_page) + 200;
    const test::ScratchFolder folder;
    LabConfig config;
    config.store = StoreKind::PostgresPrivate;
    config.data_dir = folder.path() / "data";
    {
        Desktop first(config);
        QVERIFY(first.start());
        first.bridge().commands().burst(count);
        QVERIFY(first.waitForFinal(count));
    }
    Desktop again(config);
    QVERIFY(again.start());
    auto* table = again.child<FittedTable>("ordersTable");
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), int(earlier_orders_page), patience_ms);
    const QModelIndex newest = table->model()->index(0, 0);
    const QString id = newest.data(OrdersModel::IdRole).toString();
    table->setCurrentIndex(newest);
    table->scrollToBottom();
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), count, patience_ms);
    QCOMPARE(table->currentIndex().data(OrdersModel::IdRole).toString(), id);
    QVERIFY(!table->model()->canFetchMore({}));
    std::set<QString> ids;
    for (int row = 0; row < count; ++row)
        ids.insert(table->model()->index(row, 0).data(OrdersModel::IdRole).toString());
    QCOMPARE(ids.size(), std::size_t(count));
}

ORDERLAB_TEST(tst_lists, QApplication, ListsTest)
#include "tst_lists.moc"
