#include "machine.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/dead_letters_panel.h"
#include "ui/panels/groups_panel.h"
#include "ui/panels/labels.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/sequence_view.h"
#include "ui/panels/story_panel.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QTableView>
#include <QTextBrowser>
#include <QToolButton>
#include <QTreeView>
#include <QUrl>

#include <set>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

/// Double clicks on a row of a table in the window.
void doubleClick(QAbstractItemView* view, const QModelIndex& index)
{
    view->scrollTo(index);
    const QPoint at = view->visualRect(index).center();
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, at);
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, at);
}

WindowOptions scenario(const char* name, std::uint64_t seed = 1)
{
    WindowOptions options = Desktop::forgetful();
    options.engine = engineOf(name).value();
    options.engine->seed = seed;
    return options;
}

/// As the menus do.
void trigger(Desktop& desktop, const char* keys)
{
    for (QAction* action : desktop.window.actions()) {
        if (action->shortcut() == QKeySequence(QLatin1String(keys)))
            return action->trigger();
    }
    qFatal("no action has %s", keys);
}

} // namespace

class TestPlaces : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void places_areGoneBackAndForward()
    {
        Machine machine;
        machine.press(Qt::Key_Home);
        machine.frames().goTo(100);
        machine.press(Qt::Key_BracketRight);
        const std::uint64_t trouble = machine.frames().index();
        QVERIFY(trouble != 100);
        auto* back = machine.child<QToolButton>("placeBackButton");
        auto* forward = machine.child<QToolButton>("placeForwardButton");
        QVERIFY(back->isEnabled() && !forward->isEnabled());
        QTest::mouseClick(back, Qt::LeftButton);
        QCOMPARE(machine.frames().index(), std::uint64_t(100));
        trigger(machine, "Alt+Left");
        QCOMPARE(machine.frames().index(), machine.frames().timeline().firstIndex());
        trigger(machine, "Alt+Right");
        QTest::mouseClick(forward, Qt::LeftButton);
        QCOMPARE(machine.frames().index(), trouble);
        QVERIFY(back->isEnabled() && !forward->isEnabled());
        // Whoever goes elsewhere drops what was forward.
        trigger(machine, "Alt+Left");
        machine.frames().goTo(50);
        QVERIFY(!forward->isEnabled());
        trigger(machine, "Alt+Left");
        QCOMPARE(machine.frames().index(), std::uint64_t(100));
    }
    void aDrag_isOnePlace_andSoAreSteps()
    {
        Machine machine;
        machine.frames().goTo(200);
        TimelineView& line = machine.line();
        const int y = line.height() / 2;
        QTest::mousePress(&line, Qt::LeftButton, {}, {line.width() / 4, y});
        for (int x = line.width() / 4; x < line.width() / 2; x += 20)
            QTest::mouseMove(&line, {x, y});
        QTest::mouseMove(&line, {line.width() / 2, y});
        QTest::mouseRelease(&line, Qt::LeftButton, {}, {line.width() / 2, y});
        const std::uint64_t dragged = machine.frames().index();
        QVERIFY(dragged != 200);
        for (int i = 0; i < 5; ++i)
            machine.press(Qt::Key_Left);
        QCOMPARE(machine.frames().index(), dragged - 5);
        trigger(machine, "Alt+Left");
        QCOMPARE(machine.frames().index(), dragged);
        trigger(machine, "Alt+Left");
        QCOMPARE(machine.frames().index(), std::uint64_t(200));
        trigger(machine, "Alt+Right");
        trigger(machine, "Alt+Right");
        QCOMPARE(machine.frames().index(), dragged - 5);
    }
    void whereOneHasPlayedTo_isWhereOneComesBackTo()
    {
        Machine machine;
        machine.press(Qt::Key_Home);
        machine.bridge().player().setSpeed(Player::speed_max / 100);
        machine.bridge().player().setPlaying(true);
        QVERIFY(machine.waitFor([&] { return machine.frames().index() > 50; }));
        machine.bridge().player().setPlaying(false);
        const std::uint64_t played = machine.frames().index();
        machine.press(Qt::Key_End);
        trigger(machine, "Alt+Left");
        QCOMPARE(machine.frames().index(), played);
    }
    void places_areBounded()
    {
        Machine machine;
        for (std::size_t i = 0; i < Places::places_max + 20; ++i)
            machine.frames().goTo(10 + 5 * i);
        Places& places = machine.bridge().places();
        std::size_t went = 0;
        while (places.canGoBack()) {
            places.back();
            ++went;
        }
        QCOMPARE(went, Places::places_max - 1);
        QCOMPARE(machine.frames().index(), std::uint64_t(10 + 5 * 20));
    }
    void fromALiveSystem_oneComesBackToNow()
    {
        Desktop desktop;
        QVERIFY(desktop.start());
        desktop.bridge().commands().burst(20);
        QVERIFY(desktop.waitForFinal(20));
        FramePump& frames = desktop.bridge().frames();
        frames.goTo(frames.timeline().endIndex() / 2);
        QVERIFY(!frames.isFollowing());
        trigger(desktop, "Alt+Left");
        QVERIFY(frames.isFollowing());
        QCOMPARE(desktop.totals().paid + desktop.totals().failed, std::int64_t(20));
        trigger(desktop, "Alt+Right");
        QVERIFY(!frames.isFollowing());
    }
    void ordersRow_selects_andADoubleClickGoes()
    {
        Machine machine;
        machine.press(Qt::Key_End);
        auto* table = machine.child<QTableView>("ordersTable");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), int(machine.totals().accepted), patience_ms);
        const std::uint64_t end = machine.frames().index();
        const QModelIndex row = table->model()->index(table->model()->rowCount() - 1, 0); // The oldest.
        table->scrollTo(row);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(row).center());
        const OrderId order = machine.window.orders().selected();
        QVERIFY(!order.isNull());
        QCOMPARE(machine.frames().index(), end); // All orders are still there.
        doubleClick(table, row);
        const std::uint64_t last = machine.frames().index();
        QVERIFY(last < end);
        QCOMPARE(machine.frames().timeline().at(last - 1).order, Uuid(order));
        const auto story = machine.frames().timeline().story(order);
        QVERIFY(machine.frames().timeline().at(last - 1) == story.back());
        QCOMPARE(machine.window.story().order(), order);
        trigger(machine, "Alt+Left");
        QCOMPARE(machine.frames().index(), end);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_G);
        QCOMPARE(machine.frames().index(), last);
    }
    void ordersRow_ofALiveSystem_stopsNothingBeforeADoubleClick()
    {
        Desktop desktop;
        QVERIFY(desktop.start());
        desktop.bridge().commands().burst(5);
        QVERIFY(desktop.waitForFinal(5));
        auto* table = desktop.child<QTableView>("ordersTable");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 5, patience_ms);
        const QModelIndex row = table->model()->index(4, 0);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(row).center());
        QVERIFY(desktop.bridge().frames().isFollowing());
        // The same in its story, in the picture and in the list of all steps.
        auto* sequence = desktop.child<SequenceView>("sequenceView");
        QTest::keyClick(sequence, Qt::Key_Down);
        QVERIFY(desktop.bridge().frames().isFollowing());
        doubleClick(table, row);
        QVERIFY(!desktop.bridge().frames().isFollowing());
        QVERIFY(!desktop.bridge().player().isPlaying()); // It rests there.
        trigger(desktop, "Alt+Left");
        QVERIFY(desktop.bridge().frames().isFollowing());
        QTest::keyClick(sequence, Qt::Key_Return);
        QVERIFY(!desktop.bridge().frames().isFollowing());
    }
    void deadLetter_goesToWhenItWasGivenUp()
    {
        Desktop desktop;
        QVERIFY(desktop.start());
        QVERIFY(desktop.bridge().commands().createOrder(QStringLiteral("user-poison"), QStringLiteral("19.99"),
                                                        QStringLiteral("EUR")));
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().deadLetters().letters().size() == 1; }));
        const DeadLetter letter = desktop.bridge().deadLetters().letters().front();
        desktop.bridge().commands().burst(5);
        QVERIFY(desktop.waitFor([&] { return desktop.totals().accepted == 6 && desktop.totals().paid >= 4; }));
        desktop.window.showPanel(QStringLiteral("dead-letters"));
        auto* tree = desktop.child<QTreeView>("deadLettersTree");
        tree->expandAll();
        const QModelIndex row = tree->model()->index(0, 0, tree->model()->index(0, 0));
        tree->setCurrentIndex(row);
        FramePump& frames = desktop.bridge().frames();
        QVERIFY(frames.isFollowing());
        const auto isThere = [&] {
            const Entry entry = frames.timeline().at(frames.index() - 1);
            return !frames.isFollowing() && entry.kind == EntryKind::DeadLettered && entry.event == letter.event.id;
        };
        QTest::keyClick(tree, Qt::Key_G);
        QVERIFY(isThere());
        trigger(desktop, "Alt+Left");
        QVERIFY(frames.isFollowing());
        doubleClick(tree, row);
        QVERIFY(isThere());
        trigger(desktop, "Alt+Left");
        // Each attempt's time is a link.
        auto* detail = desktop.child<QTextBrowser>("letterDetail");
        const std::int64_t attempt_us = toMicros(letter.attempts_made.front().at);
        const QString link = QStringLiteral("moment:%1").arg(attempt_us);
        QVERIFY2(detail->toHtml().contains(link), qPrintable(detail->toHtml()));
        Q_EMIT detail->anchorClicked(QUrl(link));
        QCOMPARE(frames.index(), frames.timeline().indexAfter(attempt_us));
    }
    void group_goesToItsLastFailure()
    {
        Machine machine(scenario("poison"));
        machine.press(Qt::Key_End);
        machine.window.showPanel(QStringLiteral("groups"));
        machine.window.groups().refresh();
        const auto last = lastFailureOf(machine.frames(), QStringLiteral("payment"));
        QVERIFY(last);
        machine.window.groups().showGroup(QStringLiteral("payment"));
        machine.click("lastFailure");
        QCOMPARE(machine.frames().index(), *last);
        const Entry failure = machine.frames().timeline().at(*last - 1);
        QCOMPARE(machine.frames().names().groupLabel(failure.group), QStringLiteral("payment"));
        machine.press(Qt::Key_Left); // Before it: the one before.
        machine.window.groups().showGroup(QStringLiteral("payment"));
        machine.window.groups().goToLastFailure();
        QVERIFY(machine.frames().index() < *last);
        // Where nothing has failed, that is said.
        machine.press(Qt::Key_Home);
        machine.press(Qt::Key_Right);
        QVERIFY(!lastFailureOf(machine.frames(), QStringLiteral("payment")));
    }
    void event_inAPartition_goesToItsPublishing()
    {
        Machine machine;
        machine.press(Qt::Key_End);
        EventFlowView& flow = machine.window.canvas().view();
        QVERIFY(machine.waitFor([&] { return flow.tokenCount() == 0; }));
        std::int64_t published_us = 0;
        QPoint at;
        connect(&flow, &EventFlowView::momentWanted, this, [&](OrderId, std::int64_t us) { published_us = us; });
        for (int y = 60; y < flow.height() && published_us == 0; y += 7) {
            for (int x = 200; x < flow.width() && published_us == 0; x += 5) {
                QTest::mouseMove(&flow, {x, y});
                QCoreApplication::processEvents();
                if (flow.cursor().shape() == Qt::PointingHandCursor) {
                    at = {x, y};
                    QTest::mouseDClick(&flow, Qt::LeftButton, {}, at);
                }
            }
        }
        QVERIFY(published_us > 0);
        QCOMPARE(machine.frames().index(), machine.frames().timeline().indexAfter(published_us));
        // A drag that begins on an event moves the view, and picks nothing.
        flow.setZoom(2, at);
        int picked = 0;
        connect(&flow, &EventFlowView::orderPicked, this, [&] { ++picked; });
        QTest::mousePress(&flow, Qt::LeftButton, {}, at);
        QTest::mouseMove(&flow, at + QPoint(15, 15));
        QTest::mouseMove(&flow, at + QPoint(30, 30));
        QTest::mouseRelease(&flow, Qt::LeftButton, {}, at + QPoint(30, 30));
        QCOMPARE(picked, 0);
    }
    void everyBrokenPromise_isReachedCountedAndListed()
    {
        Machine machine;
        const auto violations = machine.worlds().shown().outcome->violations;
        QVERIFY2(violations.size() >= 3, "a world for this test breaks more");
        machine.press(Qt::Key_Home);
        std::set<std::pair<Uuid, std::int64_t>> seen;
        for (std::size_t i = 0; i < violations.size(); ++i) {
            trigger(machine, "F3");
            QCOMPARE(machine.window.story().order(), violations[i].order);
            QCOMPARE(machine.frames().index(), machine.frames().timeline().indexAfter(violations[i].time_us));
            seen.emplace(violations[i].order, violations[i].time_us);
            auto* place = machine.child<QLabel>("whyPlace");
            const QString wanted = QStringLiteral("%1 of %2").arg(i + 1).arg(violations.size());
            QTRY_VERIFY2_WITH_TIMEOUT(place->text().contains(wanted), qPrintable(place->text() + " / " + wanted),
                                      patience_ms);
            QCOMPARE(machine.child<QLabel>("whyText")->text(), QString::fromStdString(violations[i].explanation));
        }
        trigger(machine, "Shift+F3");
        QCOMPARE(machine.window.story().order(), violations[violations.size() - 2].order);
        // The table marks all of them, and shows them alone.
        machine.press(Qt::Key_End);
        std::set<Uuid> orders;
        for (const Violation& violation : violations)
            orders.insert(violation.order);
        auto* filter = machine.child<QComboBox>("statusFilter");
        filter->setCurrentIndex(filter->findText(QStringLiteral("promise broken")));
        auto* table = machine.child<QTableView>("ordersTable");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), int(orders.size()), patience_ms);
        QVERIFY(!table->model()->index(0, OrdersModel::Status).data(OrdersModel::BrokenRole).toString().isEmpty());
        // The link of the invariant goes from one to the next.
        auto* link = machine.child<QPushButton>("broken-charged-at-most-once");
        QTRY_VERIFY2_WITH_TIMEOUT(link->text().startsWith(QStringLiteral("%1×").arg(violations.size())),
                                  qPrintable(link->text()), patience_ms);
        trigger(machine, "F3");
        trigger(machine, "F3");
        QTest::mouseClick(link, Qt::LeftButton);
        const std::int64_t first = machine.frames().nowUs();
        QTest::mouseClick(link, Qt::LeftButton);
        QVERIFY(machine.frames().nowUs() > first);
    }
    void evidence_isNotHidden()
    {
        Machine machine(scenario("inbox-off"));
        const auto violations = machine.worlds().shown().outcome->violations;
        machine.press(Qt::Key_End);
        const auto ofOthers = std::find_if(violations.begin(), violations.end(), [](const Violation& one) {
            return one.explanation.find("analytics") != std::string::npos
                   || one.explanation.find("notification") != std::string::npos;
        });
        auto* all = machine.child<QCheckBox>("allGroups");
        auto* steps = machine.child<QTableView>("allSteps");
        const auto shown = [&] {
            int rows = 0;
            for (int row = 0; row < steps->model()->rowCount(); ++row)
                rows += !steps->isRowHidden(row);
            return rows;
        };
        if (ofOthers != violations.end()) {
            machine.window.showViolation(*ofOthers);
            QTRY_VERIFY_WITH_TIMEOUT(all->isChecked(), patience_ms);
            QCOMPARE(shown(), steps->model()->rowCount());
        }
        QVERIFY(ofOthers != violations.end());
        // The list of all steps leaves out what the picture leaves out.
        all->setChecked(false);
        QVERIFY(shown() < steps->model()->rowCount());
    }
    void story_hasTimesAndItsNamesStandApart()
    {
        Machine machine;
        machine.press(Qt::Key_End);
        const Violation broken = machine.worlds().shown().outcome->violations.front();
        machine.window.showStory(broken.order);
        auto* sequence = machine.child<SequenceView>("sequenceView");
        QVERIFY(sequence->shownSteps() > 5);
        int times = 0, gaps = 0;
        for (int row = 0; row < sequence->shownSteps(); ++row) {
            const auto [time, gap] = sequence->timesOf(row);
            times += !time.isEmpty();
            gaps += !gap.isEmpty();
        }
        QVERIFY(times > 3);
        QVERIFY(gaps > 0); // It waited between two attempts.
        for (const bool all : {false, true}) {
            sequence->setAllGroups(all);
            const auto heads = sequence->heads();
            for (std::size_t i = 0; i < heads.size(); ++i) {
                for (std::size_t j = i + 1; j < heads.size(); ++j)
                    QVERIFY2(!heads[i].intersects(heads[j]), qPrintable(QStringLiteral("%1 %2").arg(i).arg(j)));
            }
        }
    }
    void legend_opensByKeyAndByButton()
    {
        Machine machine;
        trigger(machine, "F2");
        QVERIFY(machine.waitFor([&] { return machine.window.findChild<QDialog*>(QStringLiteral("legend")); }));
        trigger(machine, "F2");
        QVERIFY(machine.waitFor([&] { return !machine.window.findChild<QDialog*>(QStringLiteral("legend")); }));
        machine.click("legendButton");
        QVERIFY(machine.waitFor([&] { return machine.window.findChild<QDialog*>(QStringLiteral("legend")); }));
    }
    void strip_hasRoomForAllOfIt_data()
    {
        QTest::addColumn<int>("width");
        for (const int width : {1'120, 1'280, 1'400, 1'500, 1'600, 1'900})
            QTest::newRow(std::to_string(width).c_str()) << width;
    }
    void strip_hasRoomForAllOfIt()
    {
        QFETCH(int, width);
        WindowOptions options = Desktop::forgetful();
        options.faults = {parseFault("gateway-call=lose-answer,probability=0.3").value()};
        options.guarantees.set(Guarantee::PaymentKey, false);
        options.guarantees.set(Guarantee::Inbox, false);
        for (const bool is_simulated : {false, true}) {
            if (is_simulated)
                options = simulated();
            Desktop machine({}, options, {width, 800});
            QVERIFY(machine.start());
            // The strip at the top has all of its menus, and nothing over another.
            const auto* menus = machine.window.findChild<QMenuBar*>();
            QTRY_VERIFY2_WITH_TIMEOUT(
                menus->width() >= menus->sizeHint().width(),
                qPrintable(QStringLiteral("%1 < %2").arg(menus->width()).arg(menus->sizeHint().width())), patience_ms);
            const auto overlap = [&] {
                QList<const QWidget*> strip;
                for (const QWidget* one : machine.child<QWidget>("toolbar")->findChildren<QWidget*>()) {
                    if (one->isVisible() && (qobject_cast<const QAbstractButton*>(one) || one == menus))
                        strip << one;
                }
                for (const QWidget* one : strip) {
                    for (const QWidget* other : strip) {
                        const QRect a(one->mapTo(&machine.window, QPoint()), one->size());
                        const QRect b(other->mapTo(&machine.window, QPoint()), other->size());
                        const bool is_inside = one->parentWidget() == other || other->parentWidget() == one;
                        if (one != other && !is_inside && a.intersects(b))
                            return QStringLiteral("%1 over %2").arg(one->objectName(), other->objectName());
                    }
                }
                return QString();
            };
            QTRY_COMPARE_WITH_TIMEOUT(overlap(), QString(), patience_ms);
        }
    }
    void whatHasNoRoom_isLeftOutWhole()
    {
        Machine machine(simulated(), {1'280, 720});
        auto* about = machine.child<PartsLabel>("flowAbout");
        QVERIFY(!about->shown().isEmpty());
        QVERIFY(about->fontMetrics().horizontalAdvance(about->shown()) <= about->width());
        // An empty list of changes says what it is for.
        QVERIFY(machine.child<QLabel>("noChanges")->isVisibleTo(machine.child<QWidget>("changesTable")));
        machine.worlds().change(SwitchGuarantee{Guarantee::PaymentKey, true}, QStringLiteral("key"));
        QVERIFY(machine.whole());
        QVERIFY(!machine.child<QLabel>("noChanges")->isVisibleTo(machine.child<QWidget>("changesTable")));
    }
};

ORDERLAB_TEST(tst_places, QApplication, TestPlaces)
#include "tst_places.moc"
