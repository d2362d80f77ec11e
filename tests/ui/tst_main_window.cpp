#include "desktop.h"
#include "support/scratch_folder.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/panels/banner.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/create_orders_panel.h"
#include "ui/panels/groups_panel.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/sequence_view.h"
#include "ui/panels/story_panel.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QDockWidget>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QToolButton>
#include <QTreeWidget>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

/// The real window over a real system, both stores and bus in memory.
struct OrdersDesktop : Desktop {
    explicit OrdersDesktop(QSize size = {1'600, 1'000}, LabConfig config = {})
        : Desktop(std::move(config), forgetful(), size)
    {}

    QAbstractItemModel& table() { return *child<QTableView>("ordersTable")->model(); }
    QString cell(int row, int column) { return table().index(row, column).data().toString(); }
    bool waitForStatus(int row, const char* status)
    {
        return waitFor(
            [&] { return table().rowCount() > row && cell(row, OrdersModel::Status) == QLatin1String(status); });
    }
    bool waitForFinal(std::int64_t orders)
    {
        return waitFor(
            [&] { return totals().accepted >= orders && totals().in_flight == 0 && table().rowCount() >= orders; });
    }
};

} // namespace

class MainWindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void createOrder_isPaid();
    void controls_sayWhyTheyCannotBeUsedYet();
    void badAmount_isSaidInWords();
    void burst_isFinalAndAddsUp();
    void burst_keepsModelsConsistent();
    void selectedOrder_tellsItsStory();
    void selectedOrder_staysOrBecomesNone();
    void goToKeys_giveTheFocusToWhatIsThere();
    void invariants_areNotCheckedBeforeTheStart();
    void afterARestart_ordersAreAsTheStoreHasThem();
    void steadyFlow_runsAndStops();
    void flakyAndPoison_endAsTheySay();
    void cancel_asksFirst();
    void scaling_changesMembers();
    void theme_changesColours();
    void theme_alsoOfTheEventDetail();
    void smallestWindow_hasRoomForAllPanels();
    void panels_areAsWideAsTheyWereLeft();
    void shortcut_createsAnOrder();
    void copyId_putsItOnTheClipboard();
    void canvas_hasKeysAndZoom();
    void canvas_clickOnAnEvent_opensItsStory();
    void pause_isSaidInWords();
    void everySize_isDrawn_data();
    void everySize_isDrawn();
    void anotherEngine_leavesTheFlowItsRoom();
    void controls_haveNames();
    void import_countsAndListsRejectedLines();
    void import_ofTheSameFile_createsNothingTwice();
    void anImpossibleConfig_isABanner();
    void aStoreThatIsAway_isABannerAndTriedAgain();
    void memoryInsteadOfPostgres_isABanner();
};

void MainWindowTest::createOrder_isPaid()
{
    OrdersDesktop desktop;
    QVERIFY(!desktop.child<QPushButton>("createButton")->isEnabled());
    QVERIFY(desktop.start());
    desktop.click("createButton");
    QVERIFY(desktop.waitForStatus(0, "paid"));
    QCOMPARE(desktop.cell(0, OrdersModel::Customer), QStringLiteral("ada"));
    QCOMPARE(desktop.cell(0, OrdersModel::Amount), QStringLiteral("19.99 EUR"));
}

void MainWindowTest::controls_sayWhyTheyCannotBeUsedYet()
{
    OrdersDesktop desktop;
    const char* const names[] = {"createButton", "burstButton",  "importButton",
                                 "flowSlider",   "more-payment", "fewer-payment"};
    for (const char* name : names) {
        const auto* control = desktop.child<QWidget>(name);
        QVERIFY2(!control->isEnabled(), name);
        QCOMPARE(control->toolTip(), QStringLiteral("Not yet: Starting…"));
    }
    QVERIFY(desktop.child<QLineEdit>("customerEdit")->isEnabled());
    QVERIFY(desktop.start());
    QVERIFY(desktop.waitFor([&] { return desktop.child<QWidget>("more-payment")->isEnabled(); }));
    for (const char* name : names)
        QVERIFY2(!desktop.child<QWidget>(name)->toolTip().startsWith(QLatin1String("Not yet")), name);
    QVERIFY(desktop.child<QWidget>("createButton")->toolTip().contains(QLatin1String("Ctrl+N")));
}

void MainWindowTest::badAmount_isSaidInWords()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    desktop.child<QLineEdit>("amountEdit")->setText(QStringLiteral("19.999"));
    desktop.click("createButton");
    const auto* note = desktop.child<QLabel>("createNote");
    QVERIFY(note->isVisible());
    QVERIFY2(!note->text().isEmpty(), qPrintable(note->text()));
    QCOMPARE(desktop.child<QLineEdit>("amountEdit")->property("invalid").toBool(), true);
    desktop.child<QLineEdit>("amountEdit")->setText(QStringLiteral("20"));
    QVERIFY(!note->isVisible());
    desktop.click("createButton");
    QVERIFY(desktop.waitForFinal(1));
    QCOMPARE(desktop.totals().accepted, std::int64_t(1)); // The first click made none.
}

void MainWindowTest::burst_isFinalAndAddsUp()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    desktop.click("burstButton");
    QVERIFY(desktop.waitForFinal(100));
    const Totals& totals = desktop.totals();
    QCOMPARE(totals.accepted, std::int64_t(100));
    QCOMPARE(totals.failed, std::int64_t(10));
    QCOMPARE(totals.paid, std::int64_t(90));
    QCOMPARE(totals.dead_lettered, std::int64_t(0));
}

void MainWindowTest::burst_keepsModelsConsistent()
{
    OrdersDesktop desktop;
    QAbstractItemModelTester orders(&desktop.window.orders().model(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester filter(&desktop.table(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester groups(&desktop.window.groups().model(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester story(&desktop.window.story().model(),
                                   QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(desktop.start());
    desktop.window.showPanel(QStringLiteral("groups"));
    desktop.click("createButton");
    desktop.click("burstButton");
    QVERIFY(desktop.waitForFinal(101));
    QVERIFY(QTest::qWaitFor([&] { return desktop.window.groups().model().rowCount() == 3 * (2 + 5 + 5 + 3); },
                            patience_ms));
}

void MainWindowTest::selectedOrder_tellsItsStory()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    desktop.click("burstButton");
    QVERIFY(desktop.waitForFinal(100));
    auto* table = desktop.child<QTableView>("ordersTable");
    const QRect cell = table->visualRect(desktop.table().index(3, OrdersModel::Customer));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell.center());
    StoryPanel& story = desktop.window.story();
    QCOMPARE(story.order(), desktop.window.orders().selected());
    QVERIFY(story.title().contains(desktop.cell(3, OrdersModel::Customer)));
    QVERIFY2(story.model().rowCount() > 8, qPrintable(QString::number(story.model().rowCount())));
    auto* sequence = desktop.child<SequenceView>("sequenceView");
    const int deciding = sequence->shownSteps();
    sequence->setAllGroups(true);
    QVERIFY(sequence->shownSteps() > deciding);
    const QString before = desktop.child<QLabel>("stepSummary")->text();
    sequence->setFocus();
    QTest::keyClick(sequence, Qt::Key_Down);
    QVERIFY(desktop.child<QLabel>("stepSummary")->text() != before);
}

void MainWindowTest::selectedOrder_staysOrBecomesNone()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    desktop.click("burstButton");
    QVERIFY(desktop.waitForFinal(100));
    int row = 0;
    while (desktop.cell(row, OrdersModel::Customer) == QLatin1String("user-declined"))
        ++row;
    auto* table = desktop.child<QTableView>("ordersTable");
    table->setCurrentIndex(desktop.table().index(row, 0));
    const OrderId chosen = desktop.window.orders().selected();
    StoryPanel& story = desktop.window.story();
    QCOMPARE(story.order(), chosen);
    auto* filter = desktop.child<QLineEdit>("customerFilter");
    filter->setText(QStringLiteral("declined"));
    QVERIFY(desktop.table().rowCount() > 0);
    QVERIFY(desktop.window.orders().selected().isNull());
    QCOMPARE(story.order(), chosen);
    filter->clear();
    QCOMPARE(desktop.window.orders().selected(), chosen);
    QCOMPARE(story.order(), chosen);
    // It stays in sight, wherever its row goes.
    const auto isInSight = [&] {
        return table->viewport()->rect().contains(table->visualRect(table->currentIndex()).center());
    };
    QTRY_VERIFY_WITH_TIMEOUT(isInSight(), patience_ms);
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        table->sortByColumn(OrdersModel::Amount, order);
        QTRY_VERIFY_WITH_TIMEOUT(isInSight(), patience_ms);
        QCOMPARE(desktop.window.orders().selected(), chosen);
    }
    filter->setText(desktop.cell(table->currentIndex().row(), OrdersModel::Customer));
    QTRY_VERIFY_WITH_TIMEOUT(isInSight(), patience_ms);
    QTest::keyClick(filter, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(filter->text().isEmpty() && isInSight(), patience_ms);
}

void MainWindowTest::goToKeys_giveTheFocusToWhatIsThere()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    desktop.click("burstButton");
    QVERIFY(desktop.waitForFinal(100));
    desktop.window.activateWindow();
    desktop.window.showPanel(QStringLiteral("orders"));
    auto* table = desktop.child<QTableView>("ordersTable");
    QCOMPARE(desktop.window.focusWidget(), table);
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY(!desktop.window.orders().selected().isNull());
    desktop.window.showPanel(QStringLiteral("story"));
    QCOMPARE(desktop.window.focusWidget(), desktop.child<SequenceView>("sequenceView"));
    desktop.window.showPanel(QStringLiteral("groups"));
    QVERIFY(qobject_cast<QTableView*>(desktop.window.focusWidget()));
}

void MainWindowTest::invariants_areNotCheckedBeforeTheStart()
{
    LabConfig config;
    config.partitions = 99; // never starts
    Desktop impossible(config);
    QVERIFY(impossible.waitFor([&] { return impossible.bridge().session().state() == Session::State::Failed; }));
    QCOMPARE(impossible.child<QPushButton>("invariantsPill")->text(), QStringLiteral("invariants not checked"));
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    QVERIFY(desktop.child<QPushButton>("invariantsPill")->text().startsWith(QStringLiteral("9 of 9")));
}

/// Without the inbox all events of the first run are published again: their orders end no second time.
void MainWindowTest::afterARestart_ordersAreAsTheStoreHasThem()
{
    const test::ScratchFolder data;
    LabConfig config;
    config.store = StoreKind::PostgresPrivate;
    config.data_dir = data.path() / "data";
    WindowOptions options = Desktop::forgetful();
    options.guarantees.set(Guarantee::Inbox, false);
    const auto shown = [](Desktop& desktop) {
        const auto* table = desktop.child<QTableView>("ordersTable")->model();
        QStringList rows;
        for (int row = 0; row < table->rowCount(); ++row) {
            QStringList cells;
            for (const int column : {OrdersModel::Order, OrdersModel::Customer, OrdersModel::Amount,
                                     OrdersModel::Status, OrdersModel::Accepted})
                cells << table->index(row, column).data().toString();
            rows << cells.join(QLatin1Char('|'));
        }
        rows.sort();
        return rows.join(QLatin1Char('\n'));
    };
    QString before;
    {
        Desktop desktop(config, options);
        QVERIFY(desktop.start());
        desktop.click("burstButton");
        QVERIFY(desktop.waitForFinal(100));
        QVERIFY(desktop.waitFor([&] {
            return desktop.bridge().store().counts().outbox_unpublished == 0
                   && shown(desktop).count(QLatin1Char('\n')) == 99
                   && !shown(desktop).contains(QStringLiteral("created"));
        }));
        before = shown(desktop);
    }
    Desktop desktop(config, options);
    QVERIFY(desktop.start());
    QVERIFY(desktop.waitFor([&] { return desktop.totals().accepted > 0 && desktop.totals().in_flight == 0; }));
    const bool is_same = desktop.waitFor([&] { return shown(desktop) == before; });
    if (!is_same)
        QCOMPARE(shown(desktop), before);
    QCOMPARE(desktop.totals().paid + desktop.totals().failed, desktop.totals().accepted);
}

void MainWindowTest::steadyFlow_runsAndStops()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    auto* slider = desktop.child<QSlider>("flowSlider");
    slider->setValue(7);
    const Totals& totals = desktop.totals();
    QVERIFY(QTest::qWaitFor([&] { return totals.accepted >= 40; }, patience_ms));
    slider->setValue(0);
    QVERIFY(desktop.waitForFinal(40));
    const std::int64_t accepted = totals.accepted;
    desktop.click("createButton");
    QVERIFY(desktop.waitForFinal(accepted + 1));
    QCOMPARE(totals.accepted, accepted + 1); // The flow made none meanwhile.
}

void MainWindowTest::flakyAndPoison_endAsTheySay()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    const std::pair<const char*, const char*> ends[] = {
        {"user-declined", "failed"}, {"user-flaky", "paid"}, {"user-poison", "dead-lettered"}};
    for (const auto& [customer, status] : ends) {
        desktop.child<QLineEdit>("customerEdit")->setText(QLatin1String(customer));
        QVERIFY(desktop.child<QLabel>("createNote")->isVisible());
        desktop.click("createButton");
        QVERIFY2(QTest::qWaitFor(
                     [&, wanted = QLatin1String(customer), end = QLatin1String(status)] {
                         return desktop.table().rowCount() > 0 && desktop.cell(0, OrdersModel::Customer) == wanted
                                && desktop.cell(0, OrdersModel::Status) == end;
                     },
                     patience_ms),
                 customer);
    }
}

void MainWindowTest::cancel_asksFirst()
{
    LabConfig nobody_pays;
    nobody_pays.workers = {"analytics"};
    OrdersDesktop desktop({1'600, 1'000}, nobody_pays);
    QVERIFY(desktop.start());
    desktop.click("createButton");
    QVERIFY(desktop.waitForStatus(0, "created"));
    desktop.child<QTableView>("ordersTable")->selectRow(0);
    QVERIFY(desktop.child<QPushButton>("cancelButton")->isEnabled());
    const auto answer = [&](const char* button) { // While click() waits for it.
        auto* asked = new QTimer(&desktop.window);
        QObject::connect(asked, &QTimer::timeout, asked, [asked, button] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!box)
                return;
            asked->deleteLater();
            QCOMPARE(box->defaultButton()->text(), QStringLiteral("Keep it")); // What Enter does can be undone.
            for (QAbstractButton* choice : box->buttons()) {
                if (choice->text() == QLatin1String(button))
                    choice->click();
            }
        });
        asked->start(1);
    };
    answer("Keep it");
    desktop.click("cancelButton");
    QVERIFY(desktop.bridge().commands().createOrder(QStringLiteral("grace"), QStringLiteral("1.00"),
                                                    QStringLiteral("EUR")));
    QVERIFY(desktop.waitForStatus(1, "created")); // What was asked before has been done as well.
    QCOMPARE(desktop.cell(0, OrdersModel::Customer), QStringLiteral("grace"));
    QCOMPARE(desktop.totals().canceled, std::int64_t(0));
    desktop.child<QTableView>("ordersTable")->selectRow(1);
    answer("Cancel the order");
    desktop.click("cancelButton");
    QVERIFY(desktop.waitForStatus(1, "canceled"));
    QCOMPARE(desktop.cell(0, OrdersModel::Status), QStringLiteral("created"));
    QVERIFY(!desktop.child<QPushButton>("cancelButton")->isEnabled());
}

void MainWindowTest::scaling_changesMembers()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    desktop.window.showPanel(QStringLiteral("groups"));
    LabBridge& bridge = desktop.bridge();
    QCOMPARE(bridge.commands().members(QStringLiteral("payment")), std::size_t(1));
    QVERIFY(!desktop.child<QToolButton>("fewer-payment")->isEnabled());
    desktop.click("more-payment");
    QVERIFY(QTest::qWaitFor([&] { return bridge.commands().members(QStringLiteral("payment")) == 2; }, patience_ms));
    QVERIFY(QTest::qWaitFor([&] { return desktop.child<QToolButton>("fewer-payment")->isEnabled(); }, patience_ms));
    desktop.click("fewer-payment");
    QVERIFY(QTest::qWaitFor([&] { return bridge.commands().members(QStringLiteral("payment")) == 1; }, patience_ms));
}

void MainWindowTest::theme_changesColours()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    const auto corner = [&] { return desktop.window.grab().toImage().pixelColor(4, 600); };
    const QColor dark = corner();
    desktop.child<QAction>("theme-light")->trigger();
    const QColor light = corner();
    QVERIFY2(light.lightness() > dark.lightness() + 100, qPrintable(dark.name() + light.name()));
    desktop.child<QAction>("theme-contrast")->trigger();
    QCOMPARE(corner(), QColor(Qt::black));
    desktop.child<QAction>("theme-dark")->trigger();
    QCOMPARE(corner(), dark);
}

void MainWindowTest::theme_alsoOfTheEventDetail()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    desktop.click("createButton");
    QVERIFY(desktop.waitForFinal(1));
    desktop.child<QTableView>("ordersTable")->selectRow(0);
    auto* detail = desktop.child<QTreeWidget>("eventDetail");
    QVERIFY(QTest::qWaitFor([&] { return detail->topLevelItemCount() > 0; }, patience_ms));
    for (const char* theme : {"theme-light", "theme-contrast", "theme-dark"}) {
        desktop.child<QAction>(theme)->trigger();
        for (int row = 0; row < detail->topLevelItemCount(); ++row)
            QCOMPARE(detail->topLevelItem(row)->foreground(0).color(), colours().muted);
    }
}

void MainWindowTest::smallestWindow_hasRoomForAllPanels()
{
    OrdersDesktop desktop(QSize(1, 1));
    QVERIFY(desktop.start());
    desktop.click("createButton");
    QVERIFY(desktop.waitForFinal(1));
    desktop.child<QTableView>("ordersTable")->selectRow(0);
    QCOMPARE(desktop.window.size(), desktop.window.minimumSize());
    QList<QWidget*> shown = {desktop.window.centralWidget(), desktop.child<QWidget>("toolbar")};
    for (auto* dock : desktop.window.findChildren<QDockWidget*>()) {
        if (!dock->visibleRegion().isEmpty())
            shown << dock;
    }
    QCOMPARE(shown.size(), 4); // Those at the bottom share a place, and those at the sides.
    for (QWidget* one : std::as_const(shown)) {
        const QRect place(one->mapTo(&desktop.window, QPoint()), one->size());
        QVERIFY2(desktop.window.rect().contains(place), qPrintable(one->objectName()));
        QVERIFY2(one->width() >= one->minimumSizeHint().width() || one->objectName() == QLatin1String("toolbar"),
                 qPrintable(one->objectName()));
        for (QWidget* other : std::as_const(shown)) {
            const QRect beside(other->mapTo(&desktop.window, QPoint()), other->size());
            QVERIFY2(one == other || !place.intersects(beside), qPrintable(one->objectName() + other->objectName()));
        }
    }
    const auto menus = desktop.window.findChild<QMenuBar*>();
    QVERIFY(menus->width() >= menus->sizeHint().width());
}

void MainWindowTest::panels_areAsWideAsTheyWereLeft()
{
    const QTemporaryDir settings;
    QCoreApplication::setOrganizationName(QStringLiteral("orderlab-test"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    WindowOptions options = Desktop::forgetful();
    options.remember = true;
    const auto widths = [](Desktop& desktop) {
        QList<int> all{desktop.window.width()};
        for (const char* dock : {"createOrdersDock", "storyDock"})
            all << desktop.child<QDockWidget>(dock)->width();
        return all;
    };
    QList<int> left;
    {
        Desktop desktop({}, options, {1'400, 900});
        QVERIFY(desktop.start());
        desktop.window.resizeDocks({desktop.child<QDockWidget>("storyDock")}, {330}, Qt::Horizontal);
        QTRY_COMPARE_WITH_TIMEOUT(desktop.child<QDockWidget>("storyDock")->width(), 330, patience_ms);
        left = widths(desktop);
        desktop.window.close();
    }
    Desktop again({}, options, QSize());
    QVERIFY(again.start());
    QTRY_COMPARE_WITH_TIMEOUT(widths(again), left, patience_ms);
}

void MainWindowTest::shortcut_createsAnOrder()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    desktop.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&desktop.window));
    QTest::keyClick(&desktop.window, Qt::Key_N, Qt::ControlModifier);
    QVERIFY(desktop.waitForStatus(0, "paid"));
    QTest::keyClick(&desktop.window, Qt::Key_B, Qt::ControlModifier);
    QVERIFY(desktop.waitForFinal(101));
}

void MainWindowTest::copyId_putsItOnTheClipboard()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    desktop.click("createButton");
    QVERIFY(desktop.waitForStatus(0, "paid"));
    desktop.child<QTableView>("ordersTable")->selectRow(0);
    desktop.window.orders().copySelectedId();
    QCOMPARE(QGuiApplication::clipboard()->text(), desktop.table().index(0, 0).data(OrdersModel::IdRole).toString());
}

void MainWindowTest::canvas_hasKeysAndZoom()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    EventFlowView& view = desktop.window.canvas().view();
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Right);
    QVERIFY(view.focusedNode().kind == NodeId::Kind::Api);
    QTest::keyClick(&view, Qt::Key_Right);
    QVERIFY(view.focusedNode().kind == NodeId::Kind::Topic);
    QTest::keyClick(&view, Qt::Key_Return);
    QTRY_VERIFY(desktop.window.groups().isVisible());
    view.zoomBy(2);
    QCOMPARE(view.zoom(), 2.0);
    QVERIFY(desktop.window.canvas().note().contains(QStringLiteral("200")));
    QTest::keyClick(&desktop.window, Qt::Key_0, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(view.zoom(), 1.0);
}

void MainWindowTest::canvas_clickOnAnEvent_opensItsStory()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    desktop.click("burstButton");
    QVERIFY(desktop.waitForFinal(100));
    EventFlowView& view = desktop.window.canvas().view();
    QTRY_COMPARE_WITH_TIMEOUT(view.tokenCount(), std::size_t(0), patience_ms);
    QVERIFY(desktop.window.story().order().isNull());
    QSignalSpy picked(&view, &EventFlowView::orderPicked);
    // The pointer becomes a hand over something that has an order: with no tokens left, a cell of the log.
    for (int y = 60; y < view.height() && picked.isEmpty(); y += 7) {
        for (int x = 200; x < view.width() && picked.isEmpty(); x += 5) {
            QTest::mouseMove(&view, {x, y});
            QCoreApplication::processEvents();
            if (view.cursor().shape() == Qt::PointingHandCursor)
                QTest::mouseClick(&view, Qt::LeftButton, {}, {x, y});
        }
    }
    QCOMPARE(picked.count(), 1);
    QCOMPARE(desktop.window.story().order(), picked.at(0).at(0).value<OrderId>());
    QCOMPARE(desktop.window.orders().selected(), desktop.window.story().order());
    QVERIFY(desktop.window.story().model().rowCount() > 0);
}

void MainWindowTest::pause_isSaidInWords()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    desktop.click("playButton");
    QVERIFY(desktop.window.canvas().note().contains(QStringLiteral("held")));
    desktop.click("createButton");
    // The system goes on, and what is shown stays.
    QVERIFY(desktop.waitFor([&] { return desktop.bridge().frames().timeline().now().totals().paid == 1; }));
    QCOMPARE(desktop.totals().accepted, std::int64_t(0));
    QCOMPARE(desktop.window.canvas().view().tokenCount(), std::size_t(0));
    desktop.click("liveButton");
    QVERIFY(!desktop.window.canvas().note().contains(QStringLiteral("held")));
    QVERIFY(desktop.waitForStatus(0, "paid"));
    desktop.click("createButton");
    QTRY_VERIFY(desktop.window.canvas().view().tokenCount() > 0);
}

void MainWindowTest::everySize_isDrawn_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<ThemeName>("theme");
    QTest::newRow("1280x720 dark") << QSize(1'280, 720) << ThemeName::Dark;
    QTest::newRow("1280x720 light") << QSize(1'280, 720) << ThemeName::Light;
    QTest::newRow("1600x1000 dark") << QSize(1'600, 1'000) << ThemeName::Dark;
    QTest::newRow("1600x1000 contrast") << QSize(1'600, 1'000) << ThemeName::Contrast;
    QTest::newRow("smallest") << QSize(640, 480) << ThemeName::Dark;
}

void MainWindowTest::everySize_isDrawn()
{
    QFETCH(QSize, size);
    QFETCH(ThemeName, theme);
    OrdersDesktop desktop(size);
    Theme::instance().set(theme);
    QVERIFY(desktop.start());
    desktop.click("createButton");
    desktop.click("burstButton");
    QVERIFY(desktop.waitForFinal(101));
    const QImage picture = desktop.window.grab().toImage();
    QCOMPARE(picture.size(), desktop.window.size());
    if (size.width() >= 1'280) {
        QCOMPARE(desktop.window.size(), size);
        QVERIFY(desktop.window.canvas().view().width() > 600);
    }
}

void MainWindowTest::anotherEngine_leavesTheFlowItsRoom()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    const int before = desktop.window.canvas().view().height();
    QVERIFY(desktop.window.changeEngine(simulatedEngine()));
    QCoreApplication::processEvents();
    const int after = desktop.window.canvas().view().height();
    QVERIFY2(after > before * 3 / 4, qPrintable(QStringLiteral("%1 px instead of %2").arg(after).arg(before)));
}

void MainWindowTest::controls_haveNames()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    QStringList nameless;
    for (const QWidget* widget : desktop.window.findChildren<QWidget*>()) {
        const bool internal = widget->objectName().startsWith(QLatin1String("qt_"))
                              || QByteArray(widget->parentWidget()->metaObject()->className()) == "QLineEdit";
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool control = button || qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QSlider*>(widget);
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        if (control && !named && !internal && widget->focusPolicy() != Qt::NoFocus)
            nameless << QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ')
                            + widget->objectName();
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1String(", "))));
}

void MainWindowTest::import_countsAndListsRejectedLines()
{
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    ImportDialog* dialog =
        desktop.window.importFile(QStringLiteral(ORDERLAB_SOURCE_DIR "/tests/data/cdnow-sample.csv"));
    QVERIFY(dialog);
    QAbstractItemModelTester tester(&dialog->rejected(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto* close = dialog->findChild<QPushButton*>(QStringLiteral("importClose"));
    QVERIFY(QTest::qWaitFor([&] { return close->text() == QLatin1String("Close"); }, 4 * patience_ms));
    QCOMPARE(dialog->summary(), QStringLiteral("6\u202f911 imported · 8 rejected · 0 already there"));
    QCOMPARE(dialog->rejected().rowCount(), 8);
    QVERIFY(!dialog->rejected().index(0, RejectedLinesModel::Reason).data().toString().isEmpty());
    const QTemporaryDir folder;
    QCOMPARE(dialog->saveRejectedTo(folder.filePath(QStringLiteral("bad.csv"))), QString());
    QFile saved(folder.filePath(QStringLiteral("bad.csv")));
    QFile sample(QStringLiteral(ORDERLAB_SOURCE_DIR "/tests/data/cdnow-sample.csv"));
    QVERIFY(saved.open(QIODevice::ReadOnly) && sample.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = saved.readAll().split('\n');
    QCOMPARE(lines.size(), 10); // the header, eight records, and nothing behind the last line end
    const QByteArray whole = sample.readAll();
    QVERIFY(whole.startsWith(lines.first() + '\n') && lines.last().isEmpty());
    for (const RejectedLine& line : dialog->rejected().lines())
        QCOMPARE(lines.value(1 + int(&line - dialog->rejected().lines().data())),
                 whole.split('\n').value(qsizetype(line.line) - 1));
    QVERIFY(!dialog->saveRejectedTo(sample.fileName()).isEmpty()); // never over the imported file
    QVERIFY(desktop.waitForFinal(6'911));
    close->click();
}

void MainWindowTest::import_ofTheSameFile_createsNothingTwice()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(
        "user_id,amount,currency,created_at\nada,19.99,EUR,2026-01-01T00:00:00Z\nada,-1,EUR,2026-01-01T00:00:00Z\n");
    file.close();
    OrdersDesktop desktop;
    QVERIFY(desktop.start());
    const auto import = [&] {
        ImportDialog* dialog = desktop.window.importFile(file.fileName());
        auto* close = dialog->findChild<QPushButton*>(QStringLiteral("importClose"));
        if (!QTest::qWaitFor([&] { return close->text() == QLatin1String("Close"); }, patience_ms))
            return QStringLiteral("not finished");
        const QString summary = dialog->summary();
        close->click();
        return summary;
    };
    QCOMPARE(import(), QStringLiteral("1 imported · 1 rejected · 0 already there"));
    QCOMPARE(import(), QStringLiteral("0 imported · 1 rejected · 1 already there"));
    QVERIFY(desktop.waitForFinal(1));
    QCOMPARE(desktop.totals().accepted, std::int64_t(1));
}

void MainWindowTest::anImpossibleConfig_isABanner()
{
    LabConfig config;
    config.partitions = 99;
    Desktop desktop(config, Desktop::forgetful(), {1'280, 720});
    QTRY_COMPARE_WITH_TIMEOUT(desktop.bridge().session().state(), Session::State::Failed, patience_ms);
    QVERIFY(desktop.window.banner().isVisible());
    QVERIFY2(desktop.window.banner().text().contains(QStringLiteral("64")), qPrintable(desktop.window.banner().text()));
}

void MainWindowTest::aStoreThatIsAway_isABannerAndTriedAgain()
{
    LabConfig config;
    config.store = StoreKind::PostgresUrl;
    config.postgres_url = "postgresql://nobody:secret@127.0.0.1:1/nothing";
    Desktop desktop(config);
    QTRY_COMPARE_WITH_TIMEOUT(desktop.bridge().session().state(), Session::State::Waiting, patience_ms);
    QVERIFY(desktop.window.banner().isVisible());
    QVERIFY2(desktop.window.banner().text().contains(QStringLiteral("Trying again")),
             qPrintable(desktop.window.banner().text()));
    QVERIFY2(!desktop.window.banner().text().contains(QStringLiteral("secret")),
             qPrintable(desktop.window.banner().text()));
    QVERIFY(!desktop.child<QPushButton>("createButton")->isEnabled());
    desktop.window.close(); // While it waits for the next try: nothing hangs.
}

void MainWindowTest::memoryInsteadOfPostgres_isABanner()
{
    WindowOptions options = Desktop::forgetful();
    options.store_notice = QStringLiteral("Install it: sudo apt install postgresql");
    Desktop desktop({}, options);
    QTRY_COMPARE_WITH_TIMEOUT(desktop.bridge().session().state(), Session::State::Running, patience_ms);
    bool said = false;
    for (const Banner* banner : desktop.window.findChildren<Banner*>())
        said = said || (banner->isVisible() && banner->text().contains(QStringLiteral("apt install postgresql")));
    QVERIFY(said);
}

ORDERLAB_TEST(tst_main_window, QApplication, MainWindowTest)
#include "tst_main_window.moc"
