#include "journal/recording.h"
#include "machine.h"
#include "runtime/virtual_runtime.h"
#include "simulation/simulate.h"
#include "support/scratch_folder.h"
#include "ui/panels/banner.h"
#include "ui/panels/bus_control.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/create_orders_panel.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/story_panel.h"
#include "ui/panels/toolbar.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/worlds/compare_view.h"
#include "ui/worlds/worlds.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialog>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSpinBox>
#include <QTreeWidget>

using namespace orderlab;
using namespace orderlab::ui;

class TestTimeMachine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void simulated_startsWithoutServices()
    {
        Machine machine;
        QVERIFY(machine.bridge().session().isRunning());
        QVERIFY(machine.frames().timeline().endIndex() > 1'000);
        QVERIFY(!machine.bridge().player().lives());
    }
    void firstStart_hasThreeDoors_data()
    {
        QTest::addColumn<QByteArray>("door");
        QTest::addColumn<bool>("is_simulated");
        QTest::newRow("watch") << QByteArray("watchDoor") << true;
        QTest::newRow("real") << QByteArray("realDoor") << false;
        QTest::newRow("learn") << QByteArray("learnDoor") << true;
    }
    void firstStart_hasThreeDoors()
    {
        QFETCH(QByteArray, door);
        QFETCH(bool, is_simulated);
        WindowOptions options = Desktop::forgetful();
        options.engine.reset(); // Nobody has said, and nothing is remembered.
        Desktop desktop({}, options);
        QVERIFY(desktop.waitFor([&] { return desktop.window.findChild<QDialog*>(QStringLiteral("welcome")); }));
        for (const char* one : {"watchDoor", "realDoor", "learnDoor"}) {
            auto* button = desktop.child<QAbstractButton>(one);
            const auto labels = button->findChildren<QLabel*>();
            QVERIFY(!labels.empty());
            for (const QLabel* label : labels) // All of its words are seen.
                QVERIFY2(label->height() >= label->heightForWidth(label->width()) && label->height() >= 14, one);
        }
        desktop.click(door.constData());
        QVERIFY(desktop.waitFor([&] {
            return !desktop.window.findChild<QDialog*>(QStringLiteral("welcome"))
                   && desktop.bridge().session().isRunning() && (desktop.bridge().worlds() != nullptr) == is_simulated;
        }));
    }
    void drag_movesTheMomentBothWays()
    {
        Machine machine;
        TimelineView& line = machine.line();
        const int y = line.height() / 2;
        const std::int64_t last = machine.frames().summary().lastUs();
        QTest::mousePress(&line, Qt::LeftButton, {}, QPoint(int(line.xOf(last / 2 + line.fromUs() / 2)), y));
        const std::uint64_t middle = machine.frames().index();
        QVERIFY(middle > 0 && middle < machine.frames().timeline().endIndex());
        QTest::mouseMove(&line, QPoint(int(line.xOf(last)), y));
        QCOMPARE(machine.frames().index(), machine.frames().timeline().endIndex());
        const std::int64_t paid = machine.totals().paid;
        QVERIFY(paid > 0);
        QTest::mouseMove(&line, QPoint(int(line.xOf(line.fromUs())), y));
        QTest::mouseRelease(&line, Qt::LeftButton, {}, QPoint(int(line.xOf(line.fromUs())), y));
        QCOMPARE(machine.totals().paid, std::int64_t(0));
        // The table has no orders of the future.
        auto* table = machine.child<QAbstractItemView>("ordersTable");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), int(machine.totals().accepted), patience_ms);
        machine.press(Qt::Key_End);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), int(machine.totals().accepted), patience_ms);
        QCOMPARE(machine.totals().paid, paid);
    }
    void keys_goBackAndForth()
    {
        Machine machine;
        machine.press(Qt::Key_Home);
        QCOMPARE(machine.frames().index(), machine.frames().timeline().firstIndex());
        machine.press(Qt::Key_Right);
        machine.press(Qt::Key_Right);
        machine.press(Qt::Key_Left);
        QCOMPARE(machine.frames().index(), machine.frames().timeline().firstIndex() + 1);
        machine.press(Qt::Key_BracketRight); // To the next trouble.
        const std::uint64_t trouble = machine.frames().index();
        QVERIFY(trouble > machine.frames().timeline().firstIndex() + 1);
        const Entry& entry = machine.frames().timeline().at(trouble - 1);
        machine.press(Qt::Key_Right, Qt::ShiftModifier); // The same order.
        QVERIFY(machine.frames().index() > trouble);
        if (!entry.order.isNull())
            QCOMPARE(machine.frames().timeline().at(machine.frames().index() - 1).order, entry.order);
        machine.press(Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(machine.frames().index(), trouble);
        machine.press(Qt::Key_BracketLeft);
        QVERIFY(machine.frames().index() <= trouble);
    }
    void brokenPromise_isShownFromItsMomentOn()
    {
        Machine machine;
        const auto violations = machine.worlds().shown().outcome->violations;
        QVERIFY(!violations.empty());
        machine.press(Qt::Key_Home);
        const auto& invariants = machine.bridge().faults().invariants();
        QTRY_COMPARE_WITH_TIMEOUT(invariants.holding(), 9, patience_ms);
        machine.frames().goToTime(violations.front().time_us);
        QTRY_COMPARE_WITH_TIMEOUT(invariants.holding(), 8, patience_ms);
        machine.press(Qt::Key_Home);
        QTRY_COMPARE_WITH_TIMEOUT(invariants.holding(), 9, patience_ms);
    }
    void switch_isAChangeAndCanBeUndone()
    {
        Machine machine;
        const std::string before = machine.hash();
        machine.press(Qt::Key_Home);
        machine.click("keep-payment-key");
        QVERIFY(machine.waitFor([&] { return machine.hash() != before; }));
        QCOMPARE(machine.worlds().shown().scenario.changes.size(), std::size_t(1));
        QVERIFY(machine.worlds().shown().outcome->holds()); // The key has saved it.
        QTRY_VERIFY_WITH_TIMEOUT(machine.bridge().faults().guarantees()[Guarantee::PaymentKey], patience_ms);
        machine.worlds().history().undo();
        QVERIFY(machine.waitFor([&] { return machine.hash() == before; }));
        QTRY_VERIFY_WITH_TIMEOUT(!machine.bridge().faults().guarantees()[Guarantee::PaymentKey], patience_ms);
    }
    void order_isPlacedAtTheMoment()
    {
        Machine machine;
        const std::int64_t before = machine.worlds().shown().outcome->totals.accepted;
        machine.press(Qt::Key_End);
        machine.click("createButton");
        QVERIFY(machine.waitFor(
            [&] { return machine.whole() && machine.worlds().shown().outcome->totals.accepted == before + 1; }));
        // A wrong one changes nothing.
        const std::size_t changes = machine.worlds().shown().scenario.changes.size();
        QVERIFY(!machine.bridge().commands().createOrder(QStringLiteral("ada"), QStringLiteral("nothing"),
                                                         QStringLiteral("EUR")));
        QCOMPARE(machine.worlds().shown().scenario.changes.size(), changes);
    }
    void whatCannotBeDone_isToldAndChangesNothing()
    {
        Machine machine;
        const std::string before = machine.hash();
        QStringList problems;
        connect(&machine.bridge(), &LabBridge::commandFailed, this,
                [&](const QString& problem) { problems << problem; });
        machine.worlds().change(CrashMember{"nobody-7"}, QStringLiteral("crash nobody-7"));
        QVERIFY(machine.waitFor([&] { return !problems.isEmpty() && machine.hash() == before; }));
        QVERIFY2(problems.front().contains(QLatin1String("nobody-7")), qPrintable(problems.front()));
        QVERIFY(machine.worlds().shown().scenario.changes.empty());
    }
    void fork_isComparedWithWhereItCameFrom()
    {
        Machine machine;
        machine.press(Qt::Key_Home);
        machine.press(Qt::Key_F);
        machine.child<QCheckBox>("fork-payment-key")->setChecked(true);
        machine.click("forkOk");
        QVERIFY(machine.waitFor([&] { return machine.window.compareView() != nullptr; }));
        CompareView& compare = *machine.window.compareView();
        QVERIFY(machine.waitFor([&] { return !compare.sentence().isEmpty(); }));
        QCOMPARE(machine.worlds().all().size(), std::size_t(2));
        // Both show the same moment.
        machine.press(Qt::Key_Home);
        machine.click("nextDifference");
        const std::int64_t first = machine.frames().nowUs();
        QVERIFY(first > toMicros(VirtualRuntime::epoch()));
        machine.click("nextDifference");
        QVERIFY(machine.frames().nowUs() > first);
        machine.click("previousDifference");
        QCOMPARE(machine.frames().nowUs(), first);
        machine.click("leaveCompare");
        QVERIFY(machine.waitFor([&] { return machine.window.compareView() == nullptr; }));
        auto* worlds = machine.child<QTreeWidget>("worldsTable");
        QCOMPARE(worlds->topLevelItem(0)->childCount(), 1);
    }
    void scenario_isChosenInTheMenu()
    {
        Machine machine;
        auto* menu = machine.child<QMenu>("scenarios");
        const auto choose = [&](const QString& text) {
            for (QAction* action : machine.child<QMenu>("scenarios")->actions()) {
                if (action->text() == text)
                    action->trigger();
            }
            return machine.waitFor([&] { return machine.bridge().worlds(); });
        };
        QVERIFY(menu->actions().size() >= 16);
        QVERIFY(choose(QStringLiteral("poison")));
        QVERIFY(machine.waitFor([&] { return machine.worlds().shown().scenario.name == "poison" && machine.whole(); }));
        // In an empty world nothing happens but what is done.
        QVERIFY(choose(QStringLiteral("&Empty world")));
        QVERIFY(machine.waitFor([&] { return machine.worlds().shown().scenario.name == "empty" && machine.whole(); }));
        QCOMPARE(machine.worlds().shown().outcome->totals.accepted, std::int64_t(0));
        machine.bridge().player().setPlaying(false);
        machine.click("createButton");
        QVERIFY(machine.waitFor([&] { return machine.whole() && machine.worlds().shown().outcome->totals.paid == 1; }));
        // A wrong one is told, and nothing changes.
        machine.window.simulateScenario(QStringLiteral("/nowhere.json"));
        QVERIFY2(machine.window.banner().text().contains(QLatin1String("/nowhere.json")),
                 qPrintable(machine.window.banner().text()));
        QCOMPARE(machine.worlds().shown().outcome->totals.paid, std::int64_t(1));
    }
    void seed_makesAnotherWorld()
    {
        Machine machine;
        const std::string before = machine.hash();
        auto* seed = machine.child<QLineEdit>("seedField");
        seed->setFocus();
        seed->selectAll();
        QTest::keyClicks(seed, QStringLiteral("7"));
        QTest::keyClick(seed, Qt::Key_Return);
        QCOMPARE(machine.worlds().shown().seed, std::uint64_t(7));
        QVERIFY(machine.waitFor([&] { return machine.hash() != before; }));
    }
    void find_goesFromHitToHit()
    {
        Machine machine;
        machine.press(Qt::Key_Home);
        auto* find = machine.child<QLineEdit>("findField");
        auto* hits = machine.child<QLabel>("findHits");
        find->setFocus();
        QTest::keyClicks(find, QStringLiteral("attempt-failed group=payment"));
        const EntryFinder& finder = machine.window.timeline().finder();
        QVERIFY(machine.waitFor([&] { return finder.isDone() && !finder.hits().empty(); }));
        QVERIFY2(hits->text().contains(QLatin1String("hit")), qPrintable(hits->text()));
        QTest::keyClick(find, Qt::Key_Return);
        const std::uint64_t first = machine.frames().index();
        QVERIFY(machine.frames().timeline().at(first - 1).kind == EntryKind::AttemptFailed);
        QTest::keyClick(find, Qt::Key_Return);
        QVERIFY(machine.frames().index() > first);
        QTest::keyClick(find, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(machine.frames().index(), first);
        find->clear();
        QTest::keyClicks(find, QStringLiteral("attempt-faild"));
        QTRY_VERIFY_WITH_TIMEOUT(hits->text().contains(QLatin1String("column 1")), patience_ms);
        QTest::keyClick(find, Qt::Key_Escape);
        QVERIFY(find->text().isEmpty());
    }
    void line_isTheSameMomentElsewhere()
    {
        QString line;
        std::uint64_t index = 0;
        std::string hash;
        {
            Machine machine;
            machine.press(Qt::Key_Home);
            machine.press(Qt::Key_BracketRight);
            machine.worlds().change(SwitchGuarantee{Guarantee::PaymentKey, true}, QStringLiteral("key"));
            hash = machine.hash();
            machine.press(Qt::Key_BracketRight);
            index = machine.frames().index();
            machine.window.copyMoment();
            line = QApplication::clipboard()->text();
        }
        QVERIFY2(line.startsWith(QLatin1String("orderlab:double-charge?")), qPrintable(line));
        Machine other;
        other.window.openMoment(line);
        QVERIFY(other.waitFor([&] { return other.whole() && other.frames().index() == index; }));
        QCOMPARE(other.hash(), hash);
        // A wrong one changes nothing.
        other.window.openMoment(QStringLiteral("orderlab:nowhere?seed=1"));
        QCOMPARE(other.hash(), hash);
        QCOMPARE(other.frames().index(), index);
        QVERIFY2(other.window.banner().text().contains(QLatin1String("nowhere")),
                 qPrintable(other.window.banner().text()));
    }
    void pointOfNoReturn_isFoundAndDrawn()
    {
        Machine machine;
        QStringList told;
        connect(&machine.window.timeline(), &TimelinePanel::told, this, [&](const QString& text) { told << text; });
        machine.click("fateButton");
        FateFinder& fate = *machine.window.timeline().fate();
        QVERIFY(fate.isRunning());
        QVERIFY(machine.waitFor([&] { return !fate.isRunning(); }));
        QVERIFY2(fate.report(), qPrintable(fate.sentence()));
        QCOMPARE(fate.report()->points.back().probability, 1.0);
        QVERIFY(!told.isEmpty());
        QVERIFY2(told.last().contains(QStringLiteral("Payment key")), qPrintable(told.last()));
        machine.worlds().setSeed(2); // It is of another world then.
        QVERIFY(machine.waitFor([&] { return !fate.report(); }));
    }
    void allSeeds_areRunAndOneIsChosen()
    {
        Machine machine;
        QVERIFY(machine.window.showPanel(QStringLiteral("seeds")));
        machine.child<QSpinBox>("seedCount")->setValue(12);
        machine.click("runSeeds");
        auto* table = machine.child<QTreeWidget>("seedsTable");
        QVERIFY(machine.waitFor([&] { return table->topLevelItemCount() == 12; }));
        auto* state = machine.child<QLabel>("seedsState");
        QVERIFY2(state->text().contains(QLatin1String("of 12 worlds")), qPrintable(state->text()));
        const std::uint64_t chosen = table->topLevelItem(3)->text(0).toULongLong();
        Q_EMIT table->itemActivated(table->topLevelItem(3), 0);
        QCOMPARE(machine.worlds().shown().seed, chosen);
        QVERIFY(machine.whole());
    }
    void everySize_isDrawn_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<ThemeName>("theme");
        for (const QSize size : {QSize(1'600, 1'000), QSize(1'280, 720)}) {
            for (const ThemeName theme : {ThemeName::Dark, ThemeName::Light})
                QTest::addRow("%d-%s", size.width(), qPrintable(name(theme))) << size << theme;
        }
    }
    void everySize_isDrawn()
    {
        QFETCH(QSize, size);
        QFETCH(ThemeName, theme);
        WindowOptions options = simulated();
        options.theme = theme;
        options.engine->seed = 5;
        Machine machine(options, size);
        const auto keep = [&](const char* what, QWidget& widget) {
            QCoreApplication::processEvents();
            QVERIFY(keepPicture(
                widget.grab(),
                QStringLiteral("time-%1-%2").arg(QLatin1String(what), QLatin1String(QTest::currentDataTag()))));
        };
        machine.press(Qt::Key_Home);
        machine.press(Qt::Key_BracketRight);
        QVERIFY(machine.line().addBookmark(QStringLiteral("the answer is lost")));
        QTRY_VERIFY_WITH_TIMEOUT(machine.window.timeline().momentLine().contains(QLatin1String("entry")), patience_ms);
        keep("trouble", machine.window);
        QCOMPARE(machine.window.grab().size(), size);
        machine.press(Qt::Key_Left);
        keep("step-back", machine.window);
        machine.press(Qt::Key_F);
        keep("fork", *machine.child<QDialog>("forkDialog"));
        machine.child<QDialog>("forkDialog")->reject();
        machine.click("fateButton");
        QVERIFY(machine.waitFor([&] { return machine.window.timeline().fate()->report().has_value(); }));
        keep("point-of-no-return", machine.window);
        const int first = machine.worlds().shown().id;
        machine.worlds().fork({SwitchGuarantee{Guarantee::PaymentKey, true}}, QStringLiteral("key on"));
        QVERIFY(machine.whole());
        machine.window.compareWith(first);
        CompareView& compare = *machine.window.compareView();
        QVERIFY(machine.waitFor([&] { return !compare.sentence().isEmpty(); }));
        machine.click("nextDifference");
        keep("compare", machine.window);
        // Nothing reaches out of the window.
        QVERIFY(compare.geometry().right() <= machine.window.width());
    }
    void mark_isMadeWithItsName()
    {
        Machine machine;
        machine.press(Qt::Key_Home);
        machine.press(Qt::Key_BracketRight);
        const std::uint64_t index = machine.frames().index();
        const auto answer = [&](const QString& name, bool is_wanted) {
            QTimer::singleShot(0, &machine.window, [&, name, is_wanted] {
                auto* const asked = machine.window.timeline().findChild<QInputDialog*>();
                QVERIFY(asked);
                asked->setTextValue(name);
                is_wanted ? asked->accept() : asked->reject();
            });
            machine.press(Qt::Key_M);
        };
        answer(QStringLiteral("not this one"), false);
        QVERIFY(machine.line().bookmarks().empty());
        answer(QStringLiteral("  "), true); // Has no name.
        QVERIFY(machine.line().bookmarks().empty());
        answer(QStringLiteral("the answer is lost"), true);
        QCOMPARE(machine.line().bookmarks().size(), std::size_t(1));
        QCOMPARE(machine.line().bookmarks()[0].index, index);
        QCOMPARE(machine.line().bookmarks()[0].name, QStringLiteral("the answer is lost"));
    }
    void journalFile_isShownAndCanBeSimulated()
    {
        const Scenario scenario = simulatedEngine().scenario;
        const test::ScratchFolder folder;
        const std::string file = (folder.path() / "run.jsonl").string();
        RecordingHeader header;
        header.started_at = VirtualRuntime::epoch();
        header.program = ORDERLAB_VERSION;
        header.seed = 5;
        header.scenario = scenario.toJson();
        header.scenario.erase(std::remove(header.scenario.begin(), header.scenario.end(), '\n'), header.scenario.end());
        auto writer = RecordingWriter::create(file, header);
        QVERIFY(writer);
        SimulationOptions record;
        record.on_entries = [&](std::span<const Entry> entries, const Names& names) {
            (void)(*writer)->write(entries, names);
        };
        const auto report = simulate(scenario, 5, record);
        QVERIFY(report && (*writer)->close());

        Machine machine;
        machine.window.openJournalFile(QString::fromStdString(file));
        QVERIFY(machine.waitFor([&] {
            return machine.frames().isWhole() && machine.frames().timeline().endIndex() == report->journal_entries;
        }));
        machine.press(Qt::Key_End);
        QCOMPARE(machine.totals().paid, report->totals.paid);
        machine.press(Qt::Key_Home);
        QCOMPARE(machine.totals().paid, std::int64_t(0));
        QVERIFY(!machine.bridge().commands().can(Ask::CreateOrders));
        machine.window.simulateRecording();
        QVERIFY(machine.whole());
        QCOMPARE(machine.hash(), report->journal_sha256);
        // One that is none is told.
        machine.window.openJournalFile(QStringLiteral("/nowhere/run.jsonl"));
        QVERIFY(machine.waitFor([&] { return machine.bridge().session().state() == Session::State::Failed; }));
        QVERIFY2(machine.window.banner().text().contains(QLatin1String("/nowhere/run.jsonl")),
                 qPrintable(machine.window.banner().text()));
    }
    void liveView_isHeldAndCatchesUp()
    {
        Desktop desktop;
        QVERIFY(desktop.start());
        desktop.bridge().commands().burst(50);
        QVERIFY(desktop.waitForFinal(50));
        desktop.click("playButton"); // Holds.
        QVERIFY(!desktop.bridge().frames().isFollowing());
        desktop.bridge().commands().burst(20);
        QVERIFY(desktop.waitFor([&] {
            const Totals& now = desktop.bridge().frames().timeline().now().totals();
            return now.accepted == 70 && now.in_flight == 0;
        }));
        QCOMPARE(desktop.totals().accepted, std::int64_t(50)); // What is shown stays.
        auto* live = desktop.child<QAbstractButton>("liveButton");
        QTRY_VERIFY_WITH_TIMEOUT(live->isVisible() && live->text().contains(QLatin1String("behind")), patience_ms);
        desktop.click("backButton");
        QVERIFY(desktop.totals().in_flight >= 0);
        desktop.click("liveButton");
        QVERIFY(desktop.bridge().frames().isFollowing());
        QCOMPARE(desktop.totals().accepted, std::int64_t(70));
    }
    void engine_isChangedInTheSameWindow()
    {
        Machine machine;
        QVERIFY(machine.window.changeEngine(Engine{}, BusChoice{BusKind::Memory, {}}));
        QVERIFY(machine.start());
        QVERIFY(!machine.bridge().worlds());
        machine.bridge().commands().burst(5);
        QVERIFY(machine.waitForFinal(5));
        machine.click("simulatedButton");
        QVERIFY(machine.waitFor([&] { return machine.bridge().worlds() != nullptr; }));
        QVERIFY(machine.whole());
    }
};

ORDERLAB_TEST(tst_time_machine, QApplication, TestTimeMachine)
#include "tst_time_machine.moc"
