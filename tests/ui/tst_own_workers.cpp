#include "machine.h"
#include "ui/own_workers/command_files.h"
#include "ui/own_workers/own_worker_dialog.h"
#include "ui/own_workers/worker_start_files.h"
#include "ui/panels/banner.h"
#include "ui/panels/fitted_table.h"
#include "ui/panels/story_panel.h"
#include "ui/status/status_line.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTemporaryDir>

#include <cstdio>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

const QString examples = QStringLiteral(ORDERLAB_SOURCE_DIR "/examples/workers/python/");

/// An example that says first what it is, in a folder of its own.
QString program(const QTemporaryDir& folder, const QString& says, const QString& example = QStringLiteral("payment"))
{
    const QString path = folder.filePath(QStringLiteral("my_payment.py"));
    const QString written = path + QStringLiteral(".new"); // As editors save.
    QFile file(written);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("the program cannot be written");
    file.write(QStringLiteral("import sys\nsys.path.insert(0, '%1')\nprint('%2', file=sys.stderr, flush=True)\n"
                              "import %3\n")
                   .arg(examples, says, example)
                   .toUtf8());
    file.close();
    if (std::rename(written.toLocal8Bit(), path.toLocal8Bit()) != 0)
        qFatal("the program cannot be put into its place");
    return QStringLiteral("python3 ") + path;
}

/// The dialog, opened by keyboard.
OwnWorkerDialog* openDialog(Desktop& desktop)
{
    desktop.window.activateWindow();
    if (!QTest::qWaitForWindowActive(&desktop.window))
        qFatal("the window is not active");
    QTest::keyClick(&desktop.window, Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
    auto* dialog = desktop.window.findChild<OwnWorkerDialog*>();
    if (!dialog)
        qFatal("no dialog");
    return dialog;
}

void type(Desktop& desktop, const QString& command)
{
    desktop.child<QComboBox>("ownCommand")->setEditText(command);
}

QString said(Desktop& desktop)
{
    return desktop.child<QLabel>("ownSaid")->text();
}

bool isInLog(Desktop& desktop, const QString& text)
{
    WorkerLogModel& log = desktop.window.ownWorkers().log();
    for (int row = 0; row < log.rowCount(); ++row) {
        if (log.text(row).contains(text))
            return true;
    }
    return false;
}

bool runs(Desktop& desktop)
{
    return desktop.waitFor([&] { return !desktop.window.ownWorkers().isBusy(); })
           && desktop.window.ownWorkers().find(QStringLiteral("payment"));
}

QString status(Desktop& desktop)
{
    return desktop.child<QLabel>("statusOwn")->text();
}

} // namespace

class OwnWorkersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void commands_areRead();
    void wrongProgram_isToldBeforeAnythingStarts();
    void start_isWrittenIntoAFolder();
    void simulated_isStartedChangedAndStopped();
    void live_isStartedChangedAndStopped();
    void failedAttempt_leadsToItsOrder();
    void furtherGroup_standsOnTheCanvas();
    void manyWorlds_findTheMistake();
    void manyWorlds_canBeGivenUp();
    void silentProgram_canBeGivenUp();
};

void OwnWorkersTest::commands_areRead()
{
    QCOMPARE(quotedWord(QStringLiteral("/a/b.py")), QStringLiteral("/a/b.py"));
    for (const QString& word : {QStringLiteral("/my files/it's.py"), QStringLiteral("a\"b\\c"), QString()}) {
        const auto split = splitCommand(("x " + quotedWord(word)).toStdString());
        QVERIFY(split);
        QCOMPARE(QString::fromStdString(split->back()), word);
    }
    QCOMPARE(commandOf(QStringLiteral("/a/b.py")), QStringLiteral("python3 /a/b.py"));
    QCOMPARE(commandOf(QStringLiteral("/a/b.js")), QStringLiteral("node /a/b.js"));
    QCOMPARE(commandOf(QStringLiteral("/a/b")), QStringLiteral("/a/b"));
    QCOMPARE(filesOf(QStringLiteral("python3 %1payment.py /nowhere.py").arg(examples)),
             QStringList{examples + QStringLiteral("payment.py")});
    QCOMPARE(shortCommand(QStringLiteral("python3 '/my files/payment.py' --fast")),
             QStringLiteral("python3 payment.py --fast"));
}

void OwnWorkersTest::wrongProgram_isToldBeforeAnythingStarts()
{
    Machine machine;
    openDialog(machine);
    auto* start = machine.child<QPushButton>("ownStart");
    QVERIFY(!start->isEnabled());
    QVERIFY2(start->toolTip().contains(QLatin1String("Say which program")), qPrintable(start->toolTip()));
    type(machine, QStringLiteral("python3 'unended"));
    QVERIFY(!start->isEnabled());
    QVERIFY2(start->toolTip().contains(QLatin1String("does not end")), qPrintable(start->toolTip()));
    const std::string hash = machine.hash();
    type(machine, QStringLiteral("python3 /nowhere/payment.py"));
    QVERIFY(start->isEnabled());
    machine.click("ownStart");
    QTRY_VERIFY_WITH_TIMEOUT(said(machine).contains(QLatin1String("No such file")), patience_ms);
    QVERIFY2(said(machine).contains(QLatin1String("ended before it was ready")), qPrintable(said(machine)));
    QVERIFY(machine.window.ownWorkers().running().empty());
    QVERIFY(status(machine).isEmpty());
    QCOMPARE(machine.hash(), hash);
    type(machine, QStringLiteral("no-such-program-anywhere"));
    machine.click("ownTry");
    QTRY_VERIFY_WITH_TIMEOUT(said(machine).contains(QLatin1String("no-such-program-anywhere")), patience_ms);
    type(machine, QStringLiteral("python3 %1payment.py").arg(examples));
    machine.click("ownTry");
    QTRY_VERIFY_WITH_TIMEOUT(said(machine).contains(QLatin1String("says that it is ready")), patience_ms);
    QVERIFY(machine.window.ownWorkers().running().empty());
}

void OwnWorkersTest::start_isWrittenIntoAFolder()
{
    QTemporaryDir folder;
    Machine machine;
    OwnWorkerDialog* dialog = openDialog(machine);
    dialog->writeStart(QStringLiteral("python"), folder.path());
    QVERIFY2(said(machine).contains(QLatin1String("payment.py is written")), qPrintable(said(machine)));
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("orderlab_worker.py"))));
    QCOMPARE(QString::fromStdString(dialog->chosen().command),
             QStringLiteral("python3 ") + folder.filePath(QStringLiteral("payment.py")));
    dialog->writeStart(QStringLiteral("python"), folder.path());
    QVERIFY2(said(machine).contains(QLatin1String("is there already")), qPrintable(said(machine)));
    machine.click("ownTry");
    QTRY_VERIFY_WITH_TIMEOUT(said(machine).contains(QLatin1String("says that it is ready")), patience_ms);
}

void OwnWorkersTest::simulated_isStartedChangedAndStopped()
{
    QTemporaryDir folder;
    Machine machine;
    const std::string built_in = machine.hash();
    OwnWorkerDialog* dialog = openDialog(machine);
    type(machine, program(folder, QStringLiteral("version 1")));
    QTest::keyClick(machine.child<QComboBox>("ownCommand")->lineEdit(), Qt::Key_Return);
    QVERIFY(machine.waitFor([&] { return runs(machine); }));
    QVERIFY2(status(machine).contains(QLatin1String("payment is your own: python3 my_payment.py")),
             qPrintable(status(machine)));
    QTRY_VERIFY_WITH_TIMEOUT(isInLog(machine, QStringLiteral("version 1")), patience_ms);
    QVERIFY(machine.hash() != built_in);
    QVERIFY(keepPicture(pictureOf(*dialog), QStringLiteral("own-worker-log")));
    QVERIFY(keepPicture(pictureOf(machine.window), QStringLiteral("own-worker-window")));

    // Its file is saved anew.
    program(folder, QStringLiteral("version 2"));
    QTRY_VERIFY_WITH_TIMEOUT(isInLog(machine, QStringLiteral("version 2")), patience_ms);
    QVERIFY(machine.waitFor([&] { return runs(machine); }));
    QVERIFY(!isInLog(machine, QStringLiteral("version 1"))); // It is another run.
    // With a mistake, what ran before goes on.
    program(folder, QStringLiteral("version 3"), QStringLiteral("no_such_module"));
    QTRY_VERIFY_WITH_TIMEOUT(said(machine).contains(QLatin1String("no_such_module")), patience_ms);
    QVERIFY(machine.window.ownWorkers().find(QStringLiteral("payment")));

    machine.child<QLineEdit>("ownFind")->setText(QStringLiteral("version"));
    machine.click("ownCopy");
    QVERIFY(QApplication::clipboard()->text().contains(QLatin1String("version 2")));
    machine.click("ownStop");
    QTRY_VERIFY_WITH_TIMEOUT(!machine.window.ownWorkers().isBusy(), patience_ms);
    QVERIFY(machine.window.ownWorkers().running().empty());
    QCOMPARE(machine.hash(), built_in);
    QVERIFY(status(machine).isEmpty());
}

void OwnWorkersTest::live_isStartedChangedAndStopped()
{
    QTemporaryDir folder;
    Desktop desktop;
    QVERIFY(desktop.start());
    desktop.bridge().commands().burst(4);
    QVERIFY(desktop.waitForFinal(4));
    openDialog(desktop);
    type(desktop, program(folder, QStringLiteral("version 1")));
    desktop.click("ownStart");
    QVERIFY(desktop.waitFor([&] { return runs(desktop); }));
    desktop.bridge().commands().burst(4);
    QVERIFY(desktop.waitForFinal(8));
    QTRY_VERIFY_WITH_TIMEOUT(isInLog(desktop, QStringLiteral("version 1")), patience_ms);
    // Processes are started for their first event.
    program(folder, QStringLiteral("version 2"));
    QTRY_VERIFY_WITH_TIMEOUT(said(desktop).contains(QLatin1String("started anew")), patience_ms);
    desktop.bridge().commands().burst(4);
    QVERIFY(desktop.waitForFinal(12));
    QTRY_VERIFY_WITH_TIMEOUT(isInLog(desktop, QStringLiteral("version 2")), patience_ms);
    desktop.click("ownStop");
    QTRY_VERIFY_WITH_TIMEOUT(said(desktop).contains(QLatin1String("built-in handler again")), patience_ms);
    const int lines = desktop.window.ownWorkers().log().rowCount();
    desktop.bridge().commands().burst(4);
    QVERIFY(desktop.waitForFinal(16));
    QCOMPARE(desktop.window.ownWorkers().log().rowCount(), lines);
}

void OwnWorkersTest::failedAttempt_leadsToItsOrder()
{
    Machine machine;
    openDialog(machine);
    type(machine, QStringLiteral("python3 %1 fails").arg(QStringLiteral(ORDERLAB_SOURCE_DIR "/tests/workers/odd.py")));
    machine.click("ownStart");
    QVERIFY(machine.waitFor([&] { return runs(machine); }));
    QTRY_VERIFY_WITH_TIMEOUT(isInLog(machine, QStringLiteral("Attempt failed, order")), patience_ms);
    auto* table = machine.child<FittedTable>("ownLog");
    machine.child<QLineEdit>("ownFind")->setText(QStringLiteral("Attempt failed"));
    QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, patience_ms);
    table->setFocus();
    table->selectRow(0);
    QVERIFY(machine.window.story().order().isNull());
    QTest::keyClick(table, Qt::Key_Return);
    QVERIFY(!machine.window.story().order().isNull());
}

void OwnWorkersTest::furtherGroup_standsOnTheCanvas()
{
    Machine machine;
    openDialog(machine);
    auto* group = machine.child<QComboBox>("ownGroup");
    group->setCurrentIndex(group->count() - 1);
    machine.child<QLineEdit>("ownName")->setText(QStringLiteral("loyalty"));
    type(machine, QStringLiteral("python3 %1loyalty.py").arg(examples));
    QVERIFY(!machine.child<QPushButton>("ownStart")->isEnabled()); // It takes nothing yet.
    machine.click("ownTopic-payment-succeeded");
    machine.click("ownTopic-payment-refunded");
    QVERIFY(
        keepPicture(pictureOf(*machine.window.findChild<OwnWorkerDialog*>()), QStringLiteral("own-worker-further")));
    machine.click("ownStart");
    QTRY_VERIFY_WITH_TIMEOUT(machine.bridge().session().config().workers.back() == "loyalty", patience_ms);
    QVERIFY(machine.whole());
    machine.bridge().player().setPlaying(false);
    machine.frames().goTo(machine.frames().timeline().endIndex());
    QVERIFY(status(machine).contains(QLatin1String("loyalty is your own")));
    bool is_member = false;
    for (const GroupState& state : machine.frames().world().groups())
        is_member = is_member || machine.frames().names().groupLabel(state.name) == QLatin1String("loyalty");
    QVERIFY(is_member);
    QVERIFY(machine.window.findChild<OwnWorkerDialog*>()); // It is there again.
    machine.window.findChild<OwnWorkerDialog*>()->close();
    QVERIFY(keepPicture(pictureOf(machine.window), QStringLiteral("own-worker-further-window")));
}

void OwnWorkersTest::manyWorlds_findTheMistake()
{
    Machine machine;
    OwnWorkerDialog* dialog = openDialog(machine);
    type(machine, QStringLiteral("python3 %1mistakes.py without-key").arg(examples));
    machine.child<QTabWidget>("ownTabs")->setCurrentIndex(1);
    auto* open = machine.child<QPushButton>("ownOpen");
    QVERIFY(!open->isEnabled());
    machine.child<QSpinBox>("ownWorlds")->setValue(4);
    machine.click("ownTest");
    QVERIFY(machine.window.ownWorkers().isTesting());
    QTRY_VERIFY_WITH_TIMEOUT(!machine.window.ownWorkers().isTesting(), 3 * patience_ms);
    PromisesModel& promises = machine.window.ownWorkers().promises();
    QVERIFY2(promises.trial().has_value(), qPrintable(machine.window.ownWorkers().testText()));
    QVERIFY2(promises.text().contains(QStringLiteral("✕ broken")), qPrintable(promises.text()));
    QVERIFY(promises.firstBroken() >= 0);
    QCOMPARE(promises.promise(promises.firstBroken())->name, std::string("charged-at-most-once"));
    QTRY_VERIFY_WITH_TIMEOUT(open->isEnabled(), patience_ms);
    QVERIFY(keepPicture(pictureOf(*dialog), QStringLiteral("own-worker-worlds")));

    // One click, and it is on the canvas, with the program in it, and why.
    const std::string name = promises.promise(promises.firstBroken())->name;
    machine.click("ownOpen");
    QTRY_VERIFY_WITH_TIMEOUT(!machine.window.findChild<OwnWorkerDialog*>(), patience_ms);
    QVERIFY(machine.whole());
    QTRY_VERIFY_WITH_TIMEOUT(machine.window.story().explained().has_value(), patience_ms);
    QCOMPARE(std::string(machine.window.story().explained()->invariant), name);
    QVERIFY(!machine.window.story().order().isNull());
    QCOMPARE(machine.worlds().shown().scenario.own_workers.size(), std::size_t(1));
    QVERIFY(status(machine).contains(QLatin1String("payment is your own")));
    QVERIFY2(!machine.window.banner().text().contains(QLatin1String("another run")),
             qPrintable(machine.window.banner().text()));
    QVERIFY(keepPicture(pictureOf(machine.window), QStringLiteral("own-worker-world-found")));
    Theme::instance().set(ThemeName::Light);
    machine.window.resize(1'280, 720);
    dialog = openDialog(machine);
    QVERIFY(promises.trial().has_value()); // What was found is still there.
    machine.child<QTabWidget>("ownTabs")->setCurrentIndex(1);
    QVERIFY(keepPicture(pictureOf(*dialog), QStringLiteral("own-worker-worlds-light")));
    QVERIFY(keepPicture(pictureOf(machine.window), QStringLiteral("own-worker-world-found-light")));
    Theme::instance().set(ThemeName::Dark);
}

void OwnWorkersTest::manyWorlds_canBeGivenUp()
{
    Machine machine;
    openDialog(machine);
    type(machine, QStringLiteral("python3 %1payment.py").arg(examples));
    machine.child<QTabWidget>("ownTabs")->setCurrentIndex(1);
    machine.child<QSpinBox>("ownWorlds")->setValue(OwnWorkers::worlds_max);
    machine.click("ownTest");
    QTRY_VERIFY_WITH_TIMEOUT(machine.window.ownWorkers().worldsDone() > 0, patience_ms);
    QVERIFY(machine.child<QProgressBar>("ownProgress")->isVisible());
    machine.click("ownTest");
    QVERIFY(!machine.window.ownWorkers().isTesting());
    QVERIFY(machine.child<QLabel>("ownTestState")->text().contains(QLatin1String("Given up")));
}

/// Nobody waits for it: neither the window nor its end.
void OwnWorkersTest::silentProgram_canBeGivenUp()
{
    Machine machine;
    openDialog(machine);
    type(machine, QStringLiteral("python3 -c 'import sys; sys.stdin.read()'"));
    machine.click("ownStart");
    QVERIFY(machine.window.ownWorkers().isBusy());
    auto* cancel = machine.child<QPushButton>("ownCancel");
    QTRY_VERIFY_WITH_TIMEOUT(cancel->isVisible(), patience_ms);
    QTest::mouseClick(cancel, Qt::LeftButton);
    QVERIFY(!machine.window.ownWorkers().isBusy());
    QVERIFY(said(machine).contains(QLatin1String("Given up")));
    QVERIFY(machine.window.ownWorkers().running().empty());
}

ORDERLAB_TEST(tst_own_workers, QApplication, OwnWorkersTest)
#include "tst_own_workers.moc"
