#include "lessons/shipped_lessons.h"
#include "machine.h"
#include "runtime/virtual_runtime.h"
#include "support/scratch_folder.h"
#include "ui/lessons/lesson_desk.h"
#include "ui/lessons/lesson_handout.h"
#include "ui/lessons/lesson_page.h"
#include "ui/lessons/lessons_panel.h"
#include "ui/lessons/narrator_line.h"
#include "ui/lessons/presentation.h"
#include "ui/panels/banner.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/story_panel.h"
#include "ui/theme/theme.h"
#include "ui/theme/zoom.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>
#include <QTextBrowser>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

constexpr std::uint64_t few_worlds = 6; ///< As tst_lessons takes.

/// Somebody who learns in the real window.
struct Learner : Machine {
    explicit Learner(const QString& lesson = {}, WindowOptions options = simulated(), QSize size = {1'600, 1'000})
        : Machine(std::move(options), size)
    {
        desk().setWorlds(few_worlds);
        window.showLessons();
        if (!lesson.isEmpty() && !desk().open(lesson))
            qFatal("no lesson %s", qPrintable(lesson));
    }
    LessonDesk& desk() { return window.lessons(); }
    const Lesson& lesson() { return *desk().lesson(); }
    /// The button of the step that is shown now.
    bool next()
    {
        const LessonStep before = desk().step();
        auto* button = child<QPushButton>("lessonNext");
        if (!button->isEnabled())
            return false;
        button->click();
        return waitFor([&] { return !desk().lesson() || desk().step() != before; });
    }
    bool isPlayed()
    {
        return waitFor([&] { return desk().played() != nullptr; });
    }
    void commitAll()
    {
        std::map<std::string, PredictionAnswer> answers;
        for (const Prediction& prediction : lesson().predictions)
            answers[prediction.id] = {prediction.expected, {}};
        desk().commit(answers);
    }
    void choose(const Prediction& prediction, std::size_t choice)
    {
        child<QRadioButton>(
            QStringLiteral("choice-%1-%2").arg(fromCore(prediction.id)).arg(QLatin1Char(letterOf(choice))).toLatin1())
            ->click();
    }
    /// By keyboard, as somebody without a mouse would.
    void arrange(const std::vector<std::size_t>& chain)
    {
        auto* cards = child<QListWidget>("puzzleCards");
        const auto rowOf = [&](std::size_t card) {
            for (int row = 0; row < cards->count(); ++row) {
                if (cards->item(row)->text().startsWith(QLatin1Char(letterOf(card))))
                    return row;
            }
            return -1;
        };
        for (std::size_t i = 0; i < chain.size(); ++i) {
            cards->setCurrentRow(rowOf(chain[i]));
            while (cards->currentRow() > int(i))
                QTest::keyClick(cards, Qt::Key_Up, Qt::AltModifier);
        }
        for (int row = 0; row < cards->count(); ++row) {
            const bool belongs = row < int(chain.size());
            cards->setCurrentRow(row);
            if (belongs != (cards->item(row)->checkState() == Qt::Checked))
                QTest::keyClick(cards, Qt::Key_Space);
        }
    }
    bool tryChanges(const std::vector<Change>& changes)
    {
        for (auto* box : window.findChildren<QComboBox*>()) {
            if (box->objectName().startsWith(QLatin1String("set-")))
                box->setCurrentText({});
        }
        QStringList texts;
        for (const Change& change : changes) {
            const QString setting = fromCore(toString(change.setting));
            texts << (change.at == Duration{0} ? setting : QStringLiteral("%1us,").arg(change.at.count()) + setting);
        }
        child<QLineEdit>("freeChanges")->setText(texts.join(QStringLiteral("; ")));
        click("tryChanges");
        return waitFor([&] { return desk().work() == LessonDesk::Work::None && desk().taskGrade(); });
    }
    QString boxText(const char* name)
    {
        return child<QLabel>(name)->isHidden() ? QString() : child<QLabel>(name)->text();
    }
    QString text() { return child<QTextBrowser>("lessonText")->toPlainText(); }
};

QStringList answersOf(Learner& learner)
{
    QStringList texts;
    for (const QLabel* label : learner.window.findChildren<QLabel*>(QStringLiteral("answer")))
        texts << label->text();
    return texts;
}

} // namespace

class TestLessonsWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void list_tellsOfAllAndOfTheNext();
    void questions_chooseAPath();
    void lesson_isPlayedThrough_data();
    void lesson_isPlayedThrough();
    void drill_countsOnItsClock_data();
    void drill_countsOnItsClock();
    void prediction_isLockedAndRevealsNothing();
    void run_stopsAtTheLessonsMoment();
    void links_leadToTheirMoment();
    void grading_canBeCancelledAndEndsWithTheLesson();
    void changesOfTheWindow_areTakenOver();
    void worker_isTold();
    void progress_isKeptAndBrokenOnesAreSetAside();
    void brokenLesson_isToldWithItsLine();
    void narrator_saysWhatJustHappened();
    void presentation_showsLittleAndLarge();
    void presentation_goesOnByOneKey();
    void handout_isPaper();
    void pictures_data();
    void pictures();
};

void TestLessonsWindow::list_tellsOfAllAndOfTheNext()
{
    Learner learner;
    auto* list = learner.child<QListWidget>("lessons");
    QCOMPARE(list->count(), int(shippedLessons().size()));
    const auto* next = learner.child<QPushButton>("nextLesson");
    QVERIFY2(next->accessibleName().contains(list->item(0)->text()), qPrintable(next->accessibleName()));
    auto* find = learner.child<QLineEdit>("findLesson");
    find->setText(QStringLiteral("circuit breaker"));
    QStringList seen;
    for (int row = 0; row < list->count(); ++row) {
        if (!list->isRowHidden(row))
            seen << list->item(row)->data(Qt::UserRole).toString();
    }
    QCOMPARE(seen, QStringList{QStringLiteral("retries-and-backoff")});
    find->clear();
    // By keyboard alone.
    list->setFocus();
    list->setCurrentRow(6);
    const QString wanted = list->currentItem()->data(Qt::UserRole).toString();
    QTest::keyClick(list, Qt::Key_Return);
    QVERIFY(learner.waitFor([&] { return learner.desk().lesson() != nullptr; }));
    QCOMPARE(fromCore(learner.lesson().name), wanted);
    QCOMPARE(learner.desk().stateOf(wanted), LessonDesk::State::Begun);
    learner.click("leaveLesson");
    QVERIFY(learner.waitFor([&] { return !learner.desk().lesson(); }));
    QVERIFY2(next->accessibleName().contains(list->item(6)->text()),
             qPrintable(next->accessibleName())); // What was begun goes on.
}

void TestLessonsWindow::questions_chooseAPath()
{
    Learner learner;
    auto* questions = learner.child<QWidget>("lessonQuestions");
    QVERIFY(questions->isVisible());
    for (auto* box : questions->findChildren<QAbstractButton*>()) {
        if (box->isCheckable())
            box->click();
    }
    learner.click("findMyWay");
    QVERIFY(!questions->isVisible());
    QVERIFY(learner.desk().progress().path() == LessonPath::Expert);
    QCOMPARE(learner.desk().recommended()->name, std::string("idempotent-handlers"));
    learner.desk().resetAll();
    QVERIFY(questions->isVisible());
    learner.click("skipQuestions");
    QVERIFY(!questions->isVisible());
    QCOMPARE(fromCore(learner.desk().recommended()->name), fromCore(std::string(shippedLessons().front().name)));
}

void TestLessonsWindow::lesson_isPlayedThrough_data()
{
    QTest::addColumn<QString>("name");
    for (const EmbeddedText& text : shippedLessons()) {
        if (!shippedLesson(text.name).isDrill())
            QTest::newRow(std::string(text.name).c_str()) << fromCore(std::string(text.name));
    }
}

/// The first prediction wrongly, the others rightly; the puzzle and the task first wrongly, then rightly.
void TestLessonsWindow::lesson_isPlayedThrough()
{
    QFETCH(QString, name);
    Learner learner(name);
    QVERIFY(learner.desk().step() == LessonStep::Told);
    QCOMPARE(learner.child<QLabel>("lessonTitle")->text(), fromCore(learner.lesson().title));
    QVERIFY(!learner.text().isEmpty());
    QVERIFY(learner.next());
    const auto& predictions = learner.lesson().predictions;
    QVERIFY(!learner.child<QPushButton>("lessonNext")->isEnabled());
    for (std::size_t i = 0; i < predictions.size(); ++i)
        learner.choose(predictions[i], i > 0 ? predictions[i].expected : predictions[i].expected == 0 ? 1 : 0);
    learner.click("commitPredictions");
    QVERIFY(learner.next()); // Run
    QVERIFY(learner.next()); // What
    QVERIFY(learner.isPlayed());
    QVERIFY2(!learner.text().contains(QLatin1String("{{")), qPrintable(learner.text()));
    QVERIFY(answersOf(learner).isEmpty()); // Facts first.
    QVERIFY(learner.next());               // Why
    const QStringList answers = answersOf(learner);
    QCOMPARE(answers.size(), qsizetype(predictions.size()));
    QVERIFY2(answers[0].startsWith(QChar(0x2717)) && answers[0].count(QLatin1Char('\n')) == 2, qPrintable(answers[0]));
    for (qsizetype i = 1; i < answers.size(); ++i)
        QVERIFY2(answers[i].startsWith(QChar(0x2713)), qPrintable(answers[i]));
    learner.click("countChoices");
    QVERIFY(learner.waitFor([&] { return learner.desk().counts().has_value(); }));
    QVERIFY2(learner.boxText("choiceCounts").contains(QStringLiteral("of %1 worlds").arg(few_worlds)),
             qPrintable(learner.boxText("choiceCounts")));
    if (learner.lesson().puzzle) {
        QVERIFY(learner.next());
        auto chain = causalChain(learner.lesson(), *learner.desk().played());
        QVERIFY(chain);
        std::vector<std::size_t> wrong = *chain;
        std::swap(wrong.front(), wrong.back());
        learner.arrange(wrong);
        learner.click("checkPuzzle");
        QVERIFY(!learner.boxText("puzzleBad").isEmpty());
        learner.arrange(*chain);
        learner.click("checkPuzzle");
        QCOMPARE(learner.boxText("puzzleBad"), QString());
        QVERIFY(learner.desk().record().is_puzzle_right);
    }
    if (learner.lesson().modify) {
        QVERIFY(learner.next());
        const ModifyTask& task = *learner.lesson().modify;
        if (!task.wrong.empty()) {
            QVERIFY(learner.tryChanges(task.wrong.front().changes));
            QVERIFY2(learner.boxText("taskBad").contains(fromCore(task.wrong.front().refute)),
                     qPrintable(learner.boxText("taskBad")));
        }
        QVERIFY(learner.tryChanges(task.solution));
        QVERIFY2(!learner.boxText("taskGood").isEmpty(), qPrintable(learner.boxText("taskBad")));
    }
    if (learner.lesson().make) {
        QVERIFY(learner.next());
        QVERIFY(!learner.child<QPushButton>("tryWorker")->isEnabled());
    }
    QVERIFY(learner.desk().isAtEnd());
    QVERIFY(learner.next());
    QVERIFY(learner.desk().stateOf(name) == LessonDesk::State::Done);
}

void TestLessonsWindow::drill_countsOnItsClock_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("silent orders") << QStringLiteral("drill-silent-orders");
    QTest::newRow("angry customers") << QStringLiteral("drill-angry-customers");
}

void TestLessonsWindow::drill_countsOnItsClock()
{
    QFETCH(QString, name);
    Learner learner(name);
    QVERIFY(learner.next());
    QVERIFY(learner.waitFor([&] { return learner.window.findChild<QWidget*>(QStringLiteral("drillCover")); }));
    // By the names on the tabs, not by those of the program.
    const QString cover = learner.child<QLabel>("drillCover")->text();
    for (const auto& [view, title] : {std::pair("metrics", "Charts"), {"lag", "Consumer groups"}, {"log", "Log"}}) {
        const auto& views = learner.lesson().drill->views;
        const bool is_allowed = std::find(views.begin(), views.end(), view) != views.end();
        QVERIFY2(cover.contains(QLatin1String(title)) == is_allowed, qPrintable(cover));
    }
    QVERIFY(!learner.window.timeline().isVisible());
    QVERIFY(!learner.window.story().isVisible());
    QVERIFY(!learner.next());
    learner.click("runLesson");
    QVERIFY(learner.waitFor([&] { return learner.bridge().player().isPlaying(); }));
    QVERIFY(learner.whole());
    QVERIFY(learner.waitFor([&] { return learner.window.findChild<QWidget*>(QStringLiteral("drillCover")); }));
    // The clock of the run, not of this machine.
    learner.bridge().player().setPlaying(false);
    const Duration alert = learner.lesson().drill->alert_at, known = alert + std::chrono::milliseconds{500};
    learner.frames().goToTime(toMicros(VirtualRuntime::epoch() + alert / 2));
    QTRY_VERIFY_WITH_TIMEOUT(!learner.child<QPushButton>("iKnow")->isEnabled(), patience_ms);
    learner.frames().goToTime(toMicros(VirtualRuntime::epoch() + known));
    QTRY_VERIFY_WITH_TIMEOUT(learner.child<QPushButton>("iKnow")->isEnabled(), patience_ms);
    QVERIFY(learner.frames().index() > 0);
    if (name == QLatin1String("drill-silent-orders"))
        QVERIFY(keepPicture(learner.window.grab(), QStringLiteral("drill")));
    learner.click("iKnow");
    QVERIFY(learner.waitFor([&] { return learner.desk().step() == LessonStep::Predict; }));
    QCOMPARE(learner.desk().record().diagnosed_at->count(), known.count());
    for (const Prediction& prediction : learner.lesson().predictions)
        learner.choose(prediction, prediction.expected);
    learner.click("commitPredictions");
    QVERIFY(learner.next());
    std::vector<Change> repair = learner.lesson().modify->solution;
    for (Change& change : repair)
        change.at = Duration{0}; // Now, whatever the time is.
    QVERIFY(learner.tryChanges(repair));
    QVERIFY2(!learner.boxText("taskGood").isEmpty(), qPrintable(learner.boxText("taskBad")));
    QVERIFY(learner.next()); // What
    QVERIFY(learner.next()); // Why, and the clock
    const QString clock = learner.boxText("drillClock");
    QVERIFY2(clock.contains(QLatin1String("0.500 s")), qPrintable(clock));
    QVERIFY(learner.waitFor([&] { return !learner.window.findChild<QWidget*>(QStringLiteral("drillCover")); }));
    QVERIFY(learner.window.timeline().isVisible());
    QVERIFY(learner.next());
    QVERIFY(learner.desk().stateOf(name) == LessonDesk::State::Done);
}

void TestLessonsWindow::prediction_isLockedAndRevealsNothing()
{
    Learner learner(QStringLiteral("payment-key"));
    QVERIFY(learner.next());
    for (const LessonStep step : {LessonStep::Run, LessonStep::What, LessonStep::Why, LessonStep::Modify}) {
        learner.desk().goTo(step);
        QVERIFY(learner.desk().step() == LessonStep::Predict);
    }
    QVERIFY(!learner.child<QPushButton>("commitPredictions")->isEnabled());
    for (const Prediction& prediction : learner.lesson().predictions)
        learner.choose(prediction, 0);
    learner.child<QSlider>("confidence-charged")->setValue(80);
    learner.click("commitPredictions");
    QVERIFY(!learner.child<QRadioButton>("choice-charged-B")->isEnabled());
    QCOMPARE(learner.desk().record().predictions.at("charged").choice, std::size_t(0));
    QCOMPARE(learner.desk().record().predictions.at("charged").confidence, std::optional(80u));
    learner.desk().commit({{"charged", {1, {}}}, {"skipped", {0, {}}}});
    QCOMPARE(learner.desk().record().predictions.at("charged").choice, std::size_t(0));
}

void TestLessonsWindow::run_stopsAtTheLessonsMoment()
{
    Learner learner(QStringLiteral("payment-key"));
    learner.commitAll();
    learner.desk().goTo(LessonStep::Run);
    QVERIFY(learner.isPlayed());
    learner.click("runLesson");
    QVERIFY(learner.waitFor([&] { return learner.bridge().player().isPlaying(); }));
    QVERIFY(learner.whole());
    QVERIFY(learner.window.lessonsPanel().isVisible());
    QCOMPARE(learner.worlds().shown().seed, learner.lesson().seed);
    const std::uint64_t stop = *learner.desk().stopEntry();
    learner.bridge().player().setSpeed(Player::speed_max); // Whoever is in a hurry.
    QVERIFY(learner.waitFor([&] { return !learner.bridge().player().isPlaying(); }));
    QCOMPARE(learner.frames().index(), stop + 1);
    QVERIFY(learner.frames().timeline().at(stop).kind == EntryKind::GatewayFailed);
    QVERIFY(!learner.window.story().order().isNull());
    QVERIFY(learner.window.canvas().height() > 300); // The panels are as large as before.
    QVERIFY(keepPicture(learner.window.grab(), QStringLiteral("lesson-run")));
    // At once, too.
    learner.bridge().places().go(3);
    learner.click("toTheMoment");
    QVERIFY(learner.waitFor([&] { return learner.frames().index() == stop + 1; }));
}

void TestLessonsWindow::links_leadToTheirMoment()
{
    Learner learner(QStringLiteral("timeouts"));
    learner.window.openLessonLink(QStringLiteral("orderlab-time:0.500")); // Another world is shown.
    QVERIFY(learner.window.banner().isVisible());
    learner.window.runLesson();
    QVERIFY(learner.whole());
    learner.window.openLessonLink(QStringLiteral("orderlab-time:0.500"));
    QCOMPARE(learner.worlds().now().count(), 500'000);
    learner.window.openLessonLink(QStringLiteral("orderlab-lesson:outbox"));
    QCOMPARE(learner.lesson().name, std::string("outbox"));
    learner.window.openLessonLink(QStringLiteral("orderlab:happy-day?seed=3&t=0.2s"));
    QVERIFY(learner.waitFor([&] { return learner.worlds().shown().seed == 3 && learner.frames().isWhole(); }));
    QVERIFY(learner.window.lessonsPanel().isVisible());
}

void TestLessonsWindow::grading_canBeCancelledAndEndsWithTheLesson()
{
    Learner learner(QStringLiteral("payment-key"));
    learner.commitAll();
    learner.desk().goTo(LessonStep::Modify);
    learner.desk().setWorlds(10'000);
    learner.child<QLineEdit>("freeChanges")->setText(QStringLiteral("payment-key=maybe"));
    learner.click("tryChanges");
    QVERIFY(learner.boxText("taskBad").contains(QLatin1String("payment-key=maybe")));
    learner.child<QLineEdit>("freeChanges")->setText(QStringLiteral("payment-key=on"));
    learner.click("tryChanges");
    QVERIFY(learner.waitFor([&] { return learner.desk().done() > 0; }));
    QVERIFY(learner.child<QPushButton>("cancelWork")->isVisible());
    learner.click("cancelWork");
    QVERIFY(learner.desk().work() == LessonDesk::Work::None);
    QVERIFY(!learner.desk().taskGrade());
    learner.click("tryChanges");
    QVERIFY(learner.desk().work() == LessonDesk::Work::Task);
    learner.desk().close();
    QVERIFY(learner.desk().work() == LessonDesk::Work::None);
}

void TestLessonsWindow::changesOfTheWindow_areTakenOver()
{
    Learner learner(QStringLiteral("payment-key"));
    learner.commitAll();
    learner.window.runLesson();
    QVERIFY(learner.whole());
    learner.desk().goTo(LessonStep::Modify);
    QVERIFY(!learner.child<QPushButton>("takeChanges")->isEnabled());
    learner.bridge().player().setPlaying(false);
    learner.frames().goTo(0);
    learner.worlds().change(SwitchGuarantee{Guarantee::PaymentKey, true}, QStringLiteral("payment key on"));
    QVERIFY(learner.whole());
    learner.desk().goTo(LessonStep::Why);
    learner.desk().goTo(LessonStep::Modify);
    learner.click("takeChanges");
    const QString taken = learner.child<QLineEdit>("freeChanges")->text();
    QVERIFY2(taken.endsWith(QLatin1String(",payment-key=on")), qPrintable(taken));
    learner.click("tryChanges");
    QVERIFY(learner.waitFor([&] { return learner.desk().taskGrade().has_value(); }));
    QVERIFY2(learner.desk().taskGrade()->isRight(), learner.desk().taskGrade()->what_failed.c_str());
}

void TestLessonsWindow::worker_isTold()
{
    Learner learner(QStringLiteral("payment-key"));
    learner.commitAll();
    learner.desk().goTo(LessonStep::Make);
    learner.child<QLineEdit>("workerCommand")->setText(QStringLiteral("/no/such/program"));
    learner.click("tryWorker");
    QVERIFY(learner.waitFor([&] { return learner.desk().work() == LessonDesk::Work::None; }));
    QVERIFY2(learner.boxText("workerBad").contains(QLatin1String("/no/such/program")),
             qPrintable(learner.boxText("workerBad")));
    QVERIFY(!learner.desk().record().is_worker_right);
}

void TestLessonsWindow::progress_isKeptAndBrokenOnesAreSetAside()
{
    const test::ScratchFolder folder;
    const QString file = QString::fromStdString((folder.path() / "deep" / "lessons.json").string());
    {
        LessonDesk desk(file);
        QCOMPARE(desk.takeProblem(), QString());
        QVERIFY(desk.open(QStringLiteral("payment-key")));
        desk.commit({{"charged", {1, 80u}}, {"skipped", {0, {}}}});
        desk.goTo(LessonStep::Run);
    }
    {
        LessonDesk desk(file);
        QCOMPARE(desk.takeProblem(), QString());
        QVERIFY(desk.stateOf(QStringLiteral("payment-key")) == LessonDesk::State::Begun);
        QVERIFY(desk.open(QStringLiteral("payment-key")));
        QVERIFY(desk.step() == LessonStep::Run); // Where it was left.
        QCOMPARE(desk.record().predictions.at("charged").confidence, std::optional(80u));
        const QString table =
            desk.progress().toMarkdown({{QStringLiteral("payment-key"), QStringLiteral("Pay | key")}});
        QVERIFY2(table.contains(QLatin1String("| Pay \\| key | begun |")), qPrintable(table));
        desk.reset(QStringLiteral("payment-key"));
        QVERIFY(desk.step() == LessonStep::Told);
    }
    for (const QByteArray& broken : {QByteArray("{\"version\": 1, \"lessons\""), QByteArray("{\"version\": 99}"),
                                     QByteArray("{\"version\":1,\"lessons\":{\"a\":{\"step\":\"fly\"}}}")}) {
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(broken);
        out.close();
        LessonDesk desk(file);
        QVERIFY(desk.takeProblem().contains(file + QStringLiteral(".broken")));
        QVERIFY(QFile::exists(file + QStringLiteral(".broken")));
        QVERIFY(!QFile::exists(file));
        QVERIFY(desk.stateOf(QStringLiteral("payment-key")) == LessonDesk::State::New);
    }
}

void TestLessonsWindow::brokenLesson_isToldWithItsLine()
{
    const test::ScratchFolder folder;
    const QString file = QString::fromStdString((folder.path() / "mine.md").string());
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write("+++\ntitle = \"Mine\"\nminutes = \"ten\"\n+++\n");
    out.close();
    LessonDesk desk({});
    const QString problem = desk.openFile(file);
    QVERIFY2(problem.contains(file + QStringLiteral(":3:")), qPrintable(problem));
    QVERIFY(!desk.lesson());
    QVERIFY(desk.openFile(QStringLiteral("/no/such/lesson.md")).contains(QLatin1String("/no/such/lesson.md")));
}

void TestLessonsWindow::narrator_saysWhatJustHappened()
{
    Learner learner(QStringLiteral("retries-and-backoff"));
    NarratorLine& line = learner.window.narrator();
    QVERIFY(!line.isVisible());
    learner.window.runLesson();
    QVERIFY(learner.whole() && learner.isPlayed());
    learner.window.goToLessonStop();
    QVERIFY(learner.waitFor([&] { return learner.window.narrator().isVisible(); }));
    NarratorLine& now = learner.window.narrator(); // Another engine has made it anew.
    const auto& story = learner.window.story().model().story();
    QVERIFY(learner.waitFor([&] { return story.order == learner.window.story().order(); }));
    QString expected;
    for (const auto& step : story.steps) {
        if (learner.frames().indexOf(step.entry).value_or(UINT64_MAX) < learner.frames().index())
            expected = step.summary.isEmpty() ? step.title : step.summary;
    }
    QVERIFY(!expected.isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(now.text().endsWith(expected), patience_ms);
    QCOMPARE(now.accessibleName(), now.text());
    learner.bridge().places().go(0);
    QTRY_VERIFY_WITH_TIMEOUT(!now.text().endsWith(expected), patience_ms);
}

void TestLessonsWindow::presentation_showsLittleAndLarge()
{
    Learner learner(QStringLiteral("payment-key"));
    const QByteArray before = learner.window.saveState();
    learner.window.presentation().enter(false);
    const double factor = Zoom::instance().factor();
    QVERIFY(factor > 1.3);
    QVERIFY(!learner.child<QWidget>("mainToolbar")->isVisible());
    QVERIFY(!learner.window.timeline().isVisible());
    QVERIFY(!learner.window.orders().isVisible());
    QVERIFY(learner.window.lessonsPanel().isVisible());
    QVERIFY(learner.window.canvas().isVisible());
    // 18 pt and more, whatever the zoom leaves to do.
    const QWidget* const text = learner.child<QWidget>("lessonText");
    QVERIFY(text->font().pixelSize() * factor >= Presentation::text_pixels);
    QVERIFY(learner.window.narrator().font().pixelSize() * factor >= Presentation::text_pixels);
    QTest::mouseMove(&learner.window.canvas(), QPoint(100, 100));
    auto* halo = learner.child<QWidget>("pointerHalo");
    QTRY_VERIFY_WITH_TIMEOUT(halo->isVisible(), patience_ms);
    QVERIFY(halo->geometry().contains(learner.window.canvas().mapTo(&learner.window, QPoint(100, 100))));
    QVERIFY(keepPicture(learner.window.grab(), QStringLiteral("presentation-told")));
    QTest::keyClick(&learner.window, Qt::Key_Escape);
    QVERIFY(learner.waitFor([&] { return !learner.window.presentation().isOn(); }));
    QCOMPARE(Zoom::instance().percent(), 100);
    QVERIFY(learner.child<QWidget>("mainToolbar")->isVisible());
    QVERIFY(learner.window.timeline().isVisible());
    QVERIFY(learner.waitFor([&] { return learner.window.orders().isVisible(); }));
    QCOMPARE(learner.child<QWidget>("lessonText")->font().pixelSize(), LessonsPanel::text_size);
    QVERIFY(!before.isEmpty());
}

void TestLessonsWindow::presentation_goesOnByOneKey()
{
    Learner learner(QStringLiteral("retries-and-backoff"));
    QVERIFY(learner.isPlayed());
    learner.window.presentation().enter(false);
    learner.window.setFocus();
    const auto press = [&](Qt::Key key) { QTest::keyClick(&learner.window, key); };
    press(Qt::Key_PageDown);
    QVERIFY(learner.waitFor([&] { return learner.desk().step() == LessonStep::Predict; }));
    press(Qt::Key_PageUp);
    QVERIFY(learner.waitFor([&] { return learner.desk().step() == LessonStep::Told; }));
    learner.commitAll();
    learner.desk().goTo(LessonStep::Run);
    press(Qt::Key_PageDown); // The lesson's world opens…
    QVERIFY(learner.waitFor([&] { return learner.window.showsLessonWorld() && learner.frames().isWhole(); }));
    QVERIFY(learner.window.presentation().isOn());
    QVERIFY(!learner.child<QWidget>("mainToolbar")->isVisible());
    press(Qt::Key_PageDown); // … goes to its moment…
    const std::uint64_t stop = *learner.desk().stopEntry();
    QVERIFY(learner.waitFor([&] { return learner.frames().index() == stop + 1; }));
    QVERIFY(learner.desk().step() == LessonStep::Run);
    QTRY_VERIFY_WITH_TIMEOUT(!learner.window.narrator().text().isEmpty(), patience_ms);
    QTRY_VERIFY_WITH_TIMEOUT(learner.window.lessonsPanel().width() < learner.window.width() / 2, patience_ms);
    QVERIFY(keepPicture(learner.window.grab(), QStringLiteral("presentation-run")));
    press(Qt::Key_PageDown); // … and what happened is told.
    QVERIFY(learner.waitFor([&] { return learner.desk().step() == LessonStep::What; }));
    learner.desk().close();
    learner.window.presentation().apply();
    QVERIFY(learner.window.story().isVisible());
    const std::uint64_t here = learner.frames().index();
    press(Qt::Key_PageUp); // Without a lesson: along the story, which ends here.
    QVERIFY(learner.waitFor([&] { return learner.frames().index() < here; }));
    const std::uint64_t earlier = learner.frames().index();
    press(Qt::Key_PageDown);
    QVERIFY(learner.waitFor([&] { return learner.frames().index() > earlier; }));
    QVERIFY(OrderId(learner.frames().timeline().at(learner.frames().index() - 1).order)
            == learner.window.story().order());
    learner.window.presentation().leave();
}

void TestLessonsWindow::handout_isPaper()
{
    const test::ScratchFolder folder;
    Learner learner(QStringLiteral("payment-key"));
    QVERIFY(learner.isPlayed());
    const auto [questions, answers] = handoutText(learner.lesson(), *learner.desk().played());
    QVERIFY(questions.contains(fromCore(learner.lesson().title)));
    QVERIFY(!questions.contains(QLatin1String("payment-key=on"))); // No answer beside its question.
    QVERIFY(answers.contains(QLatin1String("`payment-key=on`")));
    QVERIFY2(!answers.contains(QLatin1String("{{")), qPrintable(answers));
    learner.window.runLesson();
    QVERIFY(learner.whole());
    learner.window.goToLessonStop();
    const QString file = QString::fromStdString((folder.path() / "handout.pdf").string());
    QCOMPARE(learner.window.writeHandoutTo(file), QString());
    QFile pdf(file);
    QVERIFY(pdf.open(QIODevice::ReadOnly));
    const QByteArray bytes = pdf.readAll();
    QVERIFY(bytes.startsWith("%PDF"));
    QVERIFY(bytes.count("/Type /Page\n") >= 2);
    const QDir pictures(QStringLiteral(ORDERLAB_BIN_DIR "/../../screenshots"));
    QFile::remove(pictures.filePath(QStringLiteral("lesson-handout.pdf")));
    QVERIFY(pictures.mkpath(QStringLiteral(".")) && pdf.copy(pictures.filePath(QStringLiteral("lesson-handout.pdf"))));
    QVERIFY(
        learner.window.writeHandoutTo(QStringLiteral("/no/such/folder/x.pdf")).contains(QLatin1String("not written")));
}

void TestLessonsWindow::pictures_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("theme");
    QTest::newRow("large-dark") << QSize(1'600, 1'000) << int(ThemeName::Dark);
    QTest::newRow("small-light") << QSize(1'280, 720) << int(ThemeName::Light);
}

void TestLessonsWindow::pictures()
{
    QFETCH(QSize, size);
    QFETCH(int, theme);
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    WindowOptions options = simulated();
    options.theme = ThemeName(theme);
    Learner learner({}, options, size);
    const auto keep = [&](const char* what) {
        QCoreApplication::processEvents();
        QVERIFY(keepPicture(learner.window.grab(), QStringLiteral("lesson-%1-%2").arg(QLatin1String(what), tag)));
    };
    keep("list");
    learner.desk().open(QStringLiteral("payment-key"));
    keep("told");
    QVERIFY(learner.next());
    learner.choose(learner.lesson().predictions[0], 0);
    keep("predict");
    learner.choose(learner.lesson().predictions[1], 0);
    learner.click("commitPredictions");
    QVERIFY(learner.isPlayed());
    learner.window.runLesson();
    QVERIFY(learner.whole());
    learner.window.goToLessonStop();
    learner.desk().goTo(LessonStep::What);
    keep("what");
    QVERIFY(learner.next());
    keep("why");
    QVERIFY(learner.next());
    keep("puzzle");
    QVERIFY(learner.next());
    QVERIFY(learner.tryChanges(learner.lesson().modify->wrong.front().changes));
    keep("modify");
    QVERIFY(learner.next());
    keep("make");
    Theme::instance().set(ThemeName::Dark);
}

ORDERLAB_TEST(tst_lessons_window, QApplication, TestLessonsWindow)
#include "tst_lessons_window.moc"
