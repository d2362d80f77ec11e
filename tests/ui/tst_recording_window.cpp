#include "../integration/small_disk.h"
#include "desktop.h"
#include "journal/recording.h"
#include "remembering.h"
#include "ui/bridge/live_recorder.h"
#include "ui/panels/banner.h"
#include "ui/window_files.h"
#include "ui/worlds/scenario_from_dialog.h"
#include "ui/worlds/worlds.h"

#include <QAction>
#include <QDialog>
#include <QDir>
#include <QFileInfo>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

std::size_t count(const Recording& recording, EntryKind kind)
{
    return std::size_t(std::count_if(recording.entries.begin(), recording.entries.end(),
                                     [kind](const Entry& entry) { return entry.kind == kind; }));
}

} // namespace

class TestRecordingWindow : public QObject {
    Q_OBJECT

    static QString in(const test::ScratchFolder& folder, const char* name)
    {
        return QString::fromStdString((folder.path() / name).string());
    }

    /// For people to look at: build/…/pictures.
    static void draw(QWidget& widget, const char* name)
    {
        const QDir pictures(QStringLiteral(ORDERLAB_BIN_DIR "/../pictures"));
        QVERIFY(pictures.mkpath(QStringLiteral(".")));
        QVERIFY(widget.grab().save(pictures.filePath(QStringLiteral("%1.png").arg(QLatin1String(name)))));
    }

private Q_SLOTS:
    void recording_holdsWhatHappened_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<RecordingForm>("form");
        QTest::newRow("lines") << QByteArray("run.jsonl") << RecordingForm::Lines;
        QTest::newRow("packed") << QByteArray("run.packed") << RecordingForm::Packed;
    }
    void recording_holdsWhatHappened()
    {
        QFETCH(QByteArray, name);
        QFETCH(RecordingForm, form);
        const test::ScratchFolder folder;
        const QString file = in(folder, name.constData());
        Desktop desktop;
        QVERIFY(desktop.start());
        desktop.bridge().commands().burst(10); // Before it: still in the journal.
        QVERIFY(desktop.waitForFinal(10));
        const auto* pill = desktop.child<QPushButton>("recordingPill");
        QVERIFY(!pill->isVisible());
        desktop.child<QAction>("recordAction")->trigger();
        desktop.child<QLineEdit>("recordFile")->setText(file);
        draw(*desktop.child<QDialog>("recordDialog"), "record-dialog");
        desktop.click("recordOk");
        QVERIFY(desktop.bridge().recorder().isRecording());
        QVERIFY(desktop.waitFor([&] { return pill->isVisible(); }));
        QCOMPARE(desktop.child<QAction>("recordAction")->text(), QStringLiteral("Stop re&cording"));
        QVERIFY(!desktop.bridge().recorder().start(file)); // One at a time.
        desktop.bridge().commands().burst(20);
        QVERIFY(desktop.waitForFinal(30));
        QVERIFY(desktop.waitFor(
            [&] { return pill->toolTip().contains(file) && pill->text() != QLatin1String("● 0 bytes"); }));
        draw(desktop.window, "recording");
        desktop.child<QAction>("recordAction")->trigger();
        QVERIFY(!desktop.bridge().recorder().isRecording());
        QVERIFY(!pill->isVisible());
        QVERIFY2(desktop.window.banner().text().contains(file), qPrintable(desktop.window.banner().text()));
        const auto read = readRecording(file.toStdString());
        QVERIFY(read && !read->is_cut_short && read->form == form);
        QCOMPARE(count(*read, EntryKind::OrderAccepted), std::size_t(30));
        QCOMPARE(count(*read, EntryKind::EntriesMissed), std::size_t(0));
        QVERIFY2(read->header.system.find("\"orders\"") != std::string::npos, read->header.system.c_str());
        QVERIFY(read->header.scenario.empty());
        // It is shown, as any journal.
        desktop.window.files().open(file);
        QVERIFY(desktop.waitFor([&] {
            return desktop.bridge().frames().isWhole()
                   && desktop.bridge().frames().timeline().endIndex() == read->entries.size();
        }));
        QVERIFY(!desktop.child<QAction>("recordAction")->isEnabled()); // There is nothing live.
        QVERIFY(desktop.child<QAction>("recordAction")->toolTip().contains(QLatin1String("real system")));
    }
    void existingFile_isReplacedOnlyOnRequest()
    {
        const test::ScratchFolder folder;
        const QString file = in(folder, "run.jsonl");
        QFile before(file);
        QVERIFY(before.open(QIODevice::WriteOnly) && before.write("precious") > 0);
        before.close();
        Desktop desktop;
        QVERIFY(desktop.start());
        const auto answer = [](const char* button) {
            QTimer::singleShot(0, qApp, [button] {
                auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
                for (QAbstractButton* one : box->buttons()) {
                    if (one->text() == QLatin1String(button))
                        one->click();
                }
            });
        };
        desktop.window.files().record();
        desktop.child<QLineEdit>("recordFile")->setText(file);
        answer("Keep it");
        desktop.click("recordOk");
        QVERIFY(!desktop.bridge().recorder().isRecording());
        QCOMPARE(QFileInfo(file).size(), qint64(8));
        QVERIFY(desktop.child<QDialog>("recordDialog")->isVisible());
        answer("Replace");
        desktop.click("recordOk");
        QVERIFY(desktop.bridge().recorder().isRecording());
        desktop.window.files().stopRecording();
        QVERIFY(readRecording(file.toStdString()));
    }
    void badPlace_isToldInTheDialog()
    {
        const test::ScratchFolder folder;
        Desktop desktop;
        desktop.window.files().record();
        auto* edit = desktop.child<QLineEdit>("recordFile");
        for (const QString& text :
             {QString(), QStringLiteral("/nowhere/run.jsonl"), QString::fromStdString(folder.path().string())}) {
            edit->setText(text);
            QVERIFY2(!desktop.child<QPushButton>("recordOk")->isEnabled(), qPrintable(text));
            QVERIFY(!desktop.child<QLabel>("recordNote")->text().isEmpty());
        }
        edit->setText(in(folder, "run.jsonl"));
        QVERIFY(desktop.child<QPushButton>("recordOk")->isEnabled());
        QVERIFY(!desktop.window.files().recordTo(QStringLiteral("/dev/full"), 1));
        QVERIFY2(desktop.window.banner().text().contains(QLatin1String("No space left on device")),
                 qPrintable(desktop.window.banner().text()));
    }
    void bound_endsItWithAReason()
    {
        const test::ScratchFolder folder;
        const QString file = in(folder, "run.jsonl");
        Desktop desktop;
        QVERIFY(desktop.start());
        constexpr std::uint64_t bytes_max = 20'000;
        QVERIFY(desktop.bridge().recorder().start(file, bytes_max));
        desktop.bridge().commands().burst(100);
        QVERIFY(desktop.waitFor([&] { return !desktop.bridge().recorder().isRecording(); }));
        QVERIFY2(desktop.window.banner().text().contains(QLatin1String("bound of 20000 bytes")),
                 qPrintable(desktop.window.banner().text()));
        QVERIFY(QFileInfo(file).size() <= qint64(bytes_max));
        const auto read = readRecording(file.toStdString());
        QVERIFY(read && !read->is_cut_short && read->entries.size() > 50);
        QVERIFY(desktop.waitForFinal(100)); // The system goes on.
    }
    void fullDisk_endsItWithAReason()
    {
        if (geteuid() != 0)
            QSKIP("needs root, to mount a small disk");
        const test::ScratchFolder folder;
        const test::SmallDisk disk(folder.path().string());
        QVERIFY2(disk.problem().isEmpty(), disk.problem().constData());
        const QString file = in(folder, "run.jsonl");
        Desktop desktop;
        QVERIFY(desktop.start());
        desktop.bridge().commands().burst(10);
        QVERIFY(desktop.waitForFinal(10));
        QVERIFY(desktop.bridge().recorder().start(file));
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().recorder().bytes() > 1'000; }));
        disk.fill();
        desktop.bridge().commands().burst(200);
        QVERIFY(desktop.waitFor([&] { return !desktop.bridge().recorder().isRecording(); }));
        QVERIFY2(desktop.window.banner().text().contains(QLatin1String("No space left on device")),
                 qPrintable(desktop.window.banner().text()));
        const auto read = readRecording(file.toStdString());
        QVERIFY(read && !read->is_cut_short);
        QVERIFY(count(*read, EntryKind::OrderAccepted) >= 10);
    }
    void anotherEngine_endsItAndTells()
    {
        const test::ScratchFolder folder;
        const QString file = in(folder, "run.jsonl");
        Desktop desktop;
        QVERIFY(desktop.start());
        QVERIFY(desktop.window.files().recordTo(file, 1));
        desktop.bridge().commands().burst(5);
        QVERIFY(desktop.waitForFinal(5));
        QStringList told;
        QVERIFY(desktop.window.changeEngine(simulatedEngine()));
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().session().isRunning(); }));
        bool is_told = false;
        for (const QLabel* label : desktop.window.findChildren<QLabel*>())
            is_told = is_told || label->text().contains(file);
        QVERIFY(is_told);
        const auto read = readRecording(file.toStdString());
        QVERIFY(read && !read->is_cut_short);
        QVERIFY(count(*read, EntryKind::MemberLeft) > 0); // To the very end.
    }
    /// What it is worth is said before anybody works with it.
    void liveRecording_becomesAScenario()
    {
        const test::ScratchFolder folder;
        const QString file = in(folder, "Monday morning.jsonl");
        Desktop desktop;
        QVERIFY(desktop.start());
        QVERIFY(desktop.window.files().recordTo(file, 10));
        QVERIFY(desktop.bridge().faults().add(parseFault("gateway-call=fail,count=5").value()));
        desktop.bridge().faults().setGuarantees([] {
            Guarantees guarantees;
            guarantees.set(Guarantee::PaymentKey, false);
            return guarantees;
        }());
        desktop.bridge().commands().burst(30);
        QVERIFY(desktop.waitForFinal(30));
        desktop.window.files().stopRecording();
        desktop.window.files().open(file);
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().session().isRunning(); }));
        desktop.child<QAction>("scenarioFromAction")->trigger();
        auto* dialog = desktop.child<ScenarioFromDialog>("scenarioFromDialog");
        auto* ok = desktop.child<QPushButton>("scenarioFromOk");
        QVERIFY(desktop.waitFor([&] { return ok->isEnabled(); }));
        const QString text = dialog->text();
        for (const char* part : {"30 of 30 orders end the same way", "30 orders of ", "5 strikes of failures",
                                 "The first difference", "1 guarantee off from the start"}) {
            if (qstrcmp(part, "The first difference") != 0 || !text.contains(QLatin1String("no difference")))
                QVERIFY2(text.contains(QLatin1String(part)),
                         qPrintable(QLatin1String(part) + QLatin1Char('\n') + text));
        }
        const QString saved = in(folder, "scenario.json");
        QCOMPARE(dialog->saveTo(saved), QString());
        const Scenario scenario = dialog->made()->scenario.scenario;
        QCOMPARE(scenario.name, std::string("monday-morning"));
        draw(*dialog, "scenario-from");
        desktop.click("scenarioFromOk");
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().worlds() && desktop.bridge().frames().isWhole(); }));
        QCOMPARE(desktop.bridge().worlds()->shown().scenario, scenario);
        // The file is the same world.
        desktop.window.files().open(saved);
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().worlds() && desktop.bridge().frames().isWhole(); }));
        QCOMPARE(desktop.bridge().worlds()->shown().scenario, scenario);
    }
    void simulatedRecording_hasItsScenario()
    {
        const test::ScratchFolder folder;
        const QString file = in(folder, "run.jsonl");
        RecordingHeader header;
        header.program = ORDERLAB_VERSION;
        header.seed = 5;
        header.scenario = simulatedEngine().scenario.toJsonNode().toJson();
        QVERIFY((*RecordingWriter::create(file.toStdString(), header))->close());
        Desktop desktop;
        desktop.window.files().open(file);
        QVERIFY(desktop.waitFor([&] { return desktop.bridge().session().isRunning(); }));
        const auto* action = desktop.child<QAction>("scenarioFromAction");
        QVERIFY(!action->isEnabled());
        QVERIFY2(action->toolTip().contains(QLatin1String("simulate it")), qPrintable(action->toolTip()));
    }
    void recentFiles_areOpenedAgain()
    {
        Remembering remembering;
        QStringList files;
        {
            Desktop desktop({}, Remembering::options());
            QVERIFY(desktop.window.changeEngine(Engine{}));
            QVERIFY(desktop.start());
            for (int i = 0; i < 12; ++i) {
                files << in(remembering.folder, qPrintable(QStringLiteral("run%1.jsonl").arg(i)));
                QVERIFY(desktop.window.files().recordTo(files.back(), 1));
                desktop.window.files().stopRecording();
            }
            desktop.window.openJournalFile(files[5]); // To the front.
        }
        Desktop desktop({}, Remembering::options());
        auto* menu = desktop.child<QMenu>("recentFiles");
        Q_EMIT menu->aboutToShow();
        QStringList shown;
        for (const QAction* action : menu->actions()) {
            if (!action->data().isNull())
                shown << action->data().toString();
        }
        QCOMPARE(shown.size(), WindowMemory::recent_files_max);
        QCOMPARE(shown[0], files[5]);
        QCOMPARE(shown[1], files[11]);
        QVERIFY(!shown.contains(files[1]));
        // One that is gone is told and taken off.
        QVERIFY(QFile::remove(files[11]));
        menu->actions()[1]->trigger();
        QVERIFY(desktop.waitFor([&] { return desktop.window.banner().text().contains(files[11]); }));
        Q_EMIT menu->aboutToShow();
        QCOMPARE(menu->actions()[1]->data().toString(), files[10]);
        menu->actions()[1]->trigger();
        QVERIFY(desktop.waitFor([&] {
            return desktop.bridge().engine() == Engine::Kind::Recorded && desktop.bridge().session().isRunning();
        }));
        menu = desktop.child<QMenu>("recentFiles");
        Q_EMIT menu->aboutToShow();
        QCOMPARE(menu->actions()[0]->data().toString(), files[10]);
        menu->actions().last()->trigger(); // Clear.
        Q_EMIT menu->aboutToShow();
        QCOMPARE(menu->actions().size(), qsizetype(1));
        QVERIFY(!menu->actions()[0]->isEnabled());
    }
    /// The next start shows what ran last.
    void engineOfTheLastSession_runsAgain()
    {
        Remembering remembering;
        {
            Desktop first({}, Remembering::options());
            QCOMPARE(first.bridge().engine(), Engine::Kind::Simulated);
            QVERIFY(first.waitFor([&] { return first.window.findChild<QDialog*>(QStringLiteral("welcome")); }));
            QVERIFY(first.window.changeEngine(Engine{}));
            QVERIFY(first.start());
        }
        {
            Desktop second({}, Remembering::options());
            QVERIFY(second.start());
            QCOMPARE(second.bridge().engine(), Engine::Kind::OwnSystem);
            QVERIFY(!second.window.findChild<QDialog*>(QStringLiteral("welcome")));
            QVERIFY(second.window.changeEngine(simulatedEngine()));
        }
        Desktop third({}, Remembering::options());
        QVERIFY(third.start());
        QCOMPARE(third.bridge().engine(), Engine::Kind::Simulated);
        QVERIFY(!third.window.findChild<QDialog*>(QStringLiteral("welcome")));
    }
};

ORDERLAB_TEST(tst_recording_window, QApplication, TestRecordingWindow)
#include "tst_recording_window.moc"
