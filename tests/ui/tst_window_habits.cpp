#include "machine.h"
#include "remembering.h"
#include "ui/layouts/window_layouts.h"
#include "ui/models/fault_texts.h"
#include "ui/panels/banner.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/panel.h"
#include "ui/panels/story_panel.h"
#include "ui/status/status_line.h"
#include "ui/undo/undo_desk.h"

#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSlider>
#include <QStatusBar>
#include <QTabBar>
#include <QTimer>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

QAction* actionOf(QMainWindow& window, const QKeySequence& keys)
{
    for (QAction* action : window.actions()) {
        if (action->shortcut() == keys)
            return action;
    }
    qFatal("no action %s", qPrintable(keys.toString()));
}

void undo(Desktop& desktop)
{
    actionOf(desktop.window, QKeySequence::Undo)->trigger();
}

void redo(Desktop& desktop)
{
    actionOf(desktop.window, QKeySequence(QStringLiteral("Ctrl+Shift+Z")))->trigger();
}

bool canUndo(Desktop& desktop)
{
    return actionOf(desktop.window, QKeySequence::Undo)->isEnabled();
}

QAction* entryOf(QMenu* menu, const char* text)
{
    for (QAction* action : menu->actions()) {
        if (action->text().remove(QLatin1Char('&')).startsWith(QLatin1String(text)))
            return action;
    }
    qFatal("no entry %s", text);
}

} // namespace

class TestWindowHabits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void statusLine_saysWhatIsSo()
    {
        Desktop desktop;
        QVERIFY(desktop.start());
        QVERIFY(
            desktop.waitFor([&] { return desktop.child<QLabel>("statusState")->text() == QLatin1String("Running"); }));
        QCOMPARE(desktop.child<QLabel>("storeLabel")->text(), QStringLiteral("memory store"));
        QCOMPARE(desktop.child<QLabel>("statusBus")->text(), QStringLiteral("bus: memory"));
        desktop.click("burstButton");
        QVERIFY(desktop.waitForFinal(100));
        QVERIFY(desktop.waitFor(
            [&] { return desktop.child<QLabel>("statusOpen")->text().startsWith(QLatin1String("0 in flight")); }));
        desktop.bridge().places().go(10);
        QVERIFY(desktop.waitFor([&] {
            const QString moment = desktop.child<QLabel>("statusMoment")->text();
            return moment.startsWith(QLatin1String("held")) || moment.startsWith(QLatin1String("entry 10 of"));
        }));
        desktop.window.say(QStringLiteral("Something to know."));
        QVERIFY(desktop.window.status().notices().front().contains(QLatin1String("Something to know.")));
        QCOMPARE(desktop.child<QPushButton>("noticesButton")->text(), QStringLiteral("1 notice"));
        QAccessibleInterface* said = QAccessible::queryAccessibleInterface(&desktop.window.status());
        QVERIFY(said && said->text(QAccessible::Name) == QLatin1String("Status"));
        QVERIFY(said->text(QAccessible::Description).contains(QLatin1String("memory store")));
        for (int i = 0; i < 60; ++i)
            desktop.window.say(QStringLiteral("Sentence %1.").arg(i));
        QCOMPARE(desktop.window.status().notices().size(), StatusLine::notices_max);
    }
    void messages_lieOverTheCanvas()
    {
        for (const QSize size : {QSize(1'600, 1'000), QSize(1'280, 720)}) {
            Desktop desktop({}, Desktop::forgetful(), size);
            QVERIFY(desktop.start());
            EventFlowView& view = desktop.window.canvas().view();
            QVERIFY(desktop.waitFor([&] { return !desktop.window.banner().isVisible(); }));
            const QRect before(view.mapTo(&desktop.window, QPoint()), view.size());
            desktop.window.say(QStringLiteral("A sentence that is shown while orders are on their way."));
            Q_EMIT desktop.bridge().told(QStringLiteral("A second one."));
            QApplication::processEvents();
            QVERIFY(desktop.window.banner().isVisible());
            QCOMPARE(QRect(view.mapTo(&desktop.window, QPoint()), view.size()), before);
            // It is over the canvas, whole, and below its title.
            const QRect at(desktop.window.banner().mapTo(&desktop.window, QPoint()), desktop.window.banner().size());
            QVERIFY(at.height() >= 20 && at.width() == view.width());
            QVERIFY(at.top() >= before.top() - 4);
            QVERIFY(keepPicture(desktop.window.grab(), QStringLiteral("messages-%1").arg(size.width())));
        }
    }
    void hint_movesNothing()
    {
        Desktop desktop;
        QVERIFY(desktop.start());
        const int before = desktop.child<QSlider>("flowSlider")->mapTo(&desktop.window, QPoint()).y();
        desktop.child<QLineEdit>("customerEdit")->setText(QStringLiteral("user-poison"));
        QApplication::processEvents();
        QVERIFY(desktop.child<QLabel>("createNote")->isVisible());
        QCOMPARE(desktop.child<QSlider>("flowSlider")->mapTo(&desktop.window, QPoint()).y(), before);
    }

    void undo_ofSwitchesFailuresAndMembers()
    {
        Desktop desktop;
        QVERIFY(desktop.start());
        FaultControl& faults = desktop.bridge().faults();
        QVERIFY(!canUndo(desktop));
        desktop.click("keep-inbox");
        QVERIFY(!faults.guarantees()[Guarantee::Inbox]);
        desktop.click("fail-lose-answer");
        QCOMPARE(faults.items().size(), std::size_t(1));
        QTRY_COMPARE_WITH_TIMEOUT(
            actionOf(desktop.window, QKeySequence::Undo)->text().contains(QStringLiteral("failure")), true,
            patience_ms);
        desktop.bridge().commands().scale(QStringLiteral("payment"), 3);
        QVERIFY(desktop.waitFor([&] {
            return desktop.bridge().commands().members(QStringLiteral("payment")) == 3
                   && actionOf(desktop.window, QKeySequence::Undo)->text().contains(QStringLiteral("payment: 3"));
        }));
        undo(desktop);
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().commands().members(QStringLiteral("payment")) == 1; }));
        undo(desktop);
        QVERIFY(faults.items().empty());
        undo(desktop);
        QVERIFY(faults.guarantees()[Guarantee::Inbox]);
        QVERIFY(!canUndo(desktop));
        redo(desktop);
        QVERIFY(!faults.guarantees()[Guarantee::Inbox]);
        redo(desktop);
        QCOMPARE(faults.items().size(), std::size_t(1));
        redo(desktop);
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().commands().members(QStringLiteral("payment")) == 3; }));
    }
    void undo_ofStopAll_bringsThemBack()
    {
        Desktop desktop;
        QVERIFY(desktop.start());
        FaultControl& faults = desktop.bridge().faults();
        desktop.click("fail-lose-answer");
        desktop.click("fail-deliver-twice");
        QCOMPARE(faults.items().size(), std::size_t(2));
        QTRY_VERIFY_WITH_TIMEOUT(canUndo(desktop), patience_ms);
        desktop.click("stopFailures");
        QTRY_VERIFY_WITH_TIMEOUT(
            actionOf(desktop.window, QKeySequence::Undo)->text().contains(QStringLiteral("no failures")), patience_ms);
        undo(desktop);
        QCOMPARE(faults.items().size(), std::size_t(2));
    }
    void undo_ofTheFlow_movesTheSlider()
    {
        Desktop desktop;
        QVERIFY(desktop.start());
        auto* slider = desktop.child<QSlider>("flowSlider");
        slider->setValue(2);
        QCOMPARE(desktop.bridge().commands().steadyFlow(), 2.0);
        slider->setValue(0);
        undo(desktop);
        QCOMPARE(desktop.bridge().commands().steadyFlow(), 2.0);
        QTRY_COMPARE_WITH_TIMEOUT(slider->value(), 2, patience_ms);
        undo(desktop);
        QTRY_COMPARE_WITH_TIMEOUT(slider->value(), 0, patience_ms);
        QVERIFY(!canUndo(desktop));
    }
    void undo_ofPanelsAndFilters()
    {
        Desktop desktop;
        QVERIFY(desktop.start());
        auto* story = desktop.child<QDockWidget>("storyDock");
        story->toggleViewAction()->trigger();
        QVERIFY(story->isHidden());
        auto* filter = desktop.child<QLineEdit>("customerFilter");
        filter->setText(QStringLiteral("ada"));
        Q_EMIT filter->editingFinished();
        undo(desktop);
        QCOMPARE(filter->text(), QString());
        undo(desktop);
        QVERIFY(!story->isHidden());
        redo(desktop);
        QVERIFY(story->isHidden());
        redo(desktop);
        QCOMPARE(filter->text(), QStringLiteral("ada"));
    }
    /// Changes of the world and of the window are in one row there.
    void undo_inASimulatedWorld()
    {
        Machine machine;
        const std::string before = machine.hash();
        machine.bridge().places().go(machine.frames().timeline().endIndex() / 2);
        Guarantees guarantees = machine.bridge().faults().guarantees();
        guarantees.set(Guarantee::Inbox, !guarantees[Guarantee::Inbox]);
        machine.bridge().faults().setGuarantees(guarantees);
        QVERIFY(machine.whole());
        auto* story = machine.child<QDockWidget>("storyDock");
        story->toggleViewAction()->trigger();
        QVERIFY(story->isHidden());
        undo(machine);
        QVERIFY(!story->isHidden());
        undo(machine);
        QCOMPARE(machine.hash(), before);
    }

    void layouts_areKeptChosenAndDeleted()
    {
        Remembering remembering;
        WindowOptions options = Remembering::options();
        options.engine = Engine{};
        Desktop desktop({}, options);
        QVERIFY(desktop.start());
        auto* story = desktop.child<QDockWidget>("storyDock");
        story->hide();
        WindowLayouts& layouts = desktop.window.layouts();
        QVERIFY(layouts.save(QStringLiteral("  no/story & more ")));
        QVERIFY(!layouts.save(QString()));
        QVERIFY(!layouts.save(QString(41, QLatin1Char('x'))));
        desktop.window.resetLayout();
        QVERIFY(!story->isHidden());
        auto* menu = desktop.child<QMenu>("layouts");
        layouts.fillLayouts(menu);
        QVERIFY(menu->actions().front()->text().contains(QLatin1String("no/story && more")));
        menu->actions().front()->trigger();
        QVERIFY(story->isHidden());
        undo(desktop);
        QVERIFY(!story->isHidden());
        layouts.fillLayouts(menu);
        entryOf(menu, "Delete")->menu()->actions().front()->trigger();
        QVERIFY(WindowMemory(true).namedLayouts().isEmpty());
        undo(desktop);
        QCOMPARE(WindowMemory(true).namedLayouts(), QStringList{QStringLiteral("no/story & more")});
        for (int i = 1; i < WindowMemory::named_layouts_max; ++i)
            QVERIFY(layouts.save(QString::number(i)));
        QVERIFY(!layouts.save(QStringLiteral("one too many")));
    }
    void panel_movesByMenuAndResets()
    {
        Desktop desktop;
        QVERIFY(desktop.start());
        auto* story = desktop.child<QDockWidget>("storyDock");
        auto* create = desktop.child<QDockWidget>("createOrdersDock");
        const QList<int> before = {story->width(), create->width()};
        desktop.window.showPanel(QStringLiteral("story"));
        auto* menu = desktop.child<QMenu>("panelPlaces");
        desktop.window.layouts().fillPlaces(menu);
        QVERIFY(menu->actions().front()->text().startsWith(story->windowTitle()));
        entryOf(menu, "To the left")->trigger();
        QCOMPARE(desktop.window.dockWidgetArea(story), Qt::LeftDockWidgetArea);
        desktop.window.resetLayout();
        QCOMPARE(desktop.window.dockWidgetArea(story), Qt::RightDockWidgetArea);
        QTRY_COMPARE_WITH_TIMEOUT((QList<int>{story->width(), create->width()}), before, patience_ms);
        for (const QTabBar* bar : desktop.window.findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
            QVERIFY(!bar->drawBase());
    }

    void failedStart_offersOtherWays()
    {
        LabConfig config;
        config.store = StoreKind::PostgresPrivate;
        config.data_dir = "/proc/nowhere"; // Nobody can make a folder there.
        Desktop desktop(config);
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().session().state() == Session::State::Failed; }));
        QVERIFY(!desktop.window.banner().text().contains(QLatin1String("Trying again")));
        QVERIFY(keepPicture(desktop.window.grab(), QStringLiteral("start-failed")));
        const auto button = [&](const char* name) {
            auto* found = desktop.window.banner().findChild<QPushButton*>(QLatin1String(name));
            return found && found->isVisible() ? found : nullptr;
        };
        QVERIFY(button("otherFolderButton"));
        // It is tried as often as one likes.
        const QPointer<QObject> first(&desktop.bridge());
        button("tryAgainButton")->click();
        QVERIFY(
            desktop.waitFor([&] { return !first && desktop.bridge().session().state() == Session::State::Failed; }));
        button("keepInMemoryButton")->click();
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().session().isRunning(); }));
        desktop.click("createButton");
        QVERIFY(desktop.waitForFinal(1));
        QVERIFY(!desktop.window.banner().isVisible());
    }
    /// A cluster whose files are damaged does not start by being asked again.
    void brokenCluster_isToldOnceAndAnotherFolderWorks()
    {
        const test::ScratchFolder folder;
        LabConfig config;
        config.store = StoreKind::PostgresPrivate;
        config.data_dir = folder.path() / "data";
        {
            Desktop desktop(config);
            QVERIFY(desktop.start());
        }
        QVERIFY(QFile::resize(QString::fromStdString((config.data_dir / "postgres/global/pg_control").string()), 10));
        Desktop desktop(config);
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().session().state() == Session::State::Failed; }));
        const QString said = desktop.window.banner().text();
        QVERIFY2(said.contains(QLatin1String("does not start")) && !said.contains(QLatin1String("Trying again")),
                 qPrintable(said));
        QCOMPARE(desktop.child<QPushButton>("invariantsPill")->text(), QStringLiteral("invariants not checked"));
        desktop.window.startIn(QString::fromStdString((folder.path() / "other").string()));
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().session().isRunning(); }));
        QVERIFY(desktop.child<QLabel>("storeLabel")->toolTip().contains(QLatin1String("/other")));
    }

    void quit_asksWhileOrdersInMemoryAreUnderWay()
    {
        WindowOptions options = Desktop::forgetful();
        options.asks_before_end = true;
        LabConfig nobody_pays;
        nobody_pays.workers = {"analytics"};
        Desktop desktop(nobody_pays, options);
        QVERIFY(desktop.start());
        desktop.click("createButton");
        QVERIFY(desktop.waitForAccepted(1));
        QTimer::singleShot(0, &desktop.window, [] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            QVERIFY(box);
            QCOMPARE(box->defaultButton()->text(), QStringLiteral("Stay"));
            box->defaultButton()->click();
        });
        QVERIFY(!desktop.window.close());
        QVERIFY(desktop.window.isVisible() && desktop.bridge().session().isRunning());
        desktop.window.end(); // As a signal does: nobody is asked.
        QVERIFY(!desktop.window.isVisible());
    }

    void welcome_comesBackAndHasThreeThingsToTry_data()
    {
        QTest::addColumn<QByteArray>("trial");
        QTest::newRow("why") << QByteArray("trial-0");
        QTest::newRow("back in time") << QByteArray("trial-1");
        QTest::newRow("another future") << QByteArray("trial-2");
    }
    void welcome_comesBackAndHasThreeThingsToTry()
    {
        QFETCH(QByteArray, trial);
        Desktop desktop;
        QVERIFY(desktop.start());
        desktop.window.showWelcome();
        auto* welcome = desktop.child<QDialog>("welcome");
        QVERIFY(keepPicture(welcome->grab(), QStringLiteral("welcome")));
        desktop.click(trial.constData());
        QVERIFY(desktop.waitFor([&] {
            return desktop.bridge().engine() == Engine::Kind::Simulated && desktop.window.banner().isVisible();
        }));
        QVERIFY(desktop.waitFor([&] { return !desktop.window.story().order().isNull(); }));
        if (trial == "trial-2")
            QVERIFY(desktop.waitFor([&] { return qobject_cast<QDialog*>(QApplication::activeModalWidget()); }));
        QVERIFY(keepPicture(desktop.window.grab(), QString::fromLatin1(trial)));
    }
    void recent_hasScenariosAndBrokers()
    {
        Remembering remembering;
        WindowMemory(true).keepBrokers(QStringLiteral("broker-1:9092"));
        Desktop desktop({}, Remembering::options());
        desktop.window.simulateScenario(QStringLiteral("happy-day"));
        auto* menu = desktop.child<QMenu>("recentFiles");
        Q_EMIT menu->aboutToShow();
        QVERIFY(entryOf(menu, "Kafka at broker-1:9092"));
        desktop.window.simulateScenario(QString());
        menu = desktop.child<QMenu>("recentFiles");
        Q_EMIT menu->aboutToShow();
        entryOf(menu, "happy-day")->trigger();
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().worlds()->shown().scenario.name == "happy-day"; }));
    }
};

ORDERLAB_TEST(tst_window_habits, QApplication, TestWindowHabits)
#include "tst_window_habits.moc"
