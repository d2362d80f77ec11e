#include "machine.h"
#include "ui/canvas/event_flow_view.h"
#include "ui/dialogs/replay_dialog.h"
#include "ui/models/batch_edit.h"
#include "ui/models/dead_letter_text.h"
#include "ui/panels/create_orders_panel.h"
#include "ui/panels/dead_letters_panel.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/story_panel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTextBrowser>
#include <QTreeView>

#include <algorithm>
#include <random>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

DeadLetter letterOf(std::uint64_t number, const char* error, const char* group = "orderlab.payment")
{
    DeadLetter letter;
    letter.id = Uuid{1, number};
    letter.group = group;
    letter.error = error;
    letter.attempts = 5;
    letter.created_at = fromMicros(1'700'000'000'000'000 + std::int64_t(number));
    letter.event.order = OrderId{Uuid{2, number}};
    letter.event.data.user_id = "user-" + std::to_string(number);
    return letter;
}

/// What the store would say of `letters`.
std::vector<DeadLetterCause> causesOf(const std::vector<DeadLetter>& letters)
{
    std::vector<DeadLetterCause> causes;
    for (const DeadLetter& letter : letters) {
        auto known = std::find_if(causes.begin(), causes.end(), [&](const DeadLetterCause& cause) {
            return cause.group == letter.group && cause.error == letter.error;
        });
        if (known == causes.end())
            known = causes.insert(known, {letter.group, letter.event.type, letter.code, letter.error, 0,
                                          letter.created_at, letter.created_at});
        ++known->count;
    }
    return causes;
}

/// "2 × away · payment, order-created [user-5 user-4]", a line a cause.
QStringList printed(const DeadLettersModel& model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex cause = model.index(row, 0);
        QStringList letters;
        for (int i = 0; i < model.rowCount(cause); ++i)
            letters << model.index(i, 0, cause).data().toString();
        lines << cause.data().toString() + " [" + letters.join(' ') + ']';
    }
    return lines;
}

/// The real window over a real system in memory, with its dead letters in front.
struct DeadLettersDesktop : Desktop {
    DeadLettersDesktop() { window.showPanel(QStringLiteral("dead-letters")); }
    DeadLettersPanel& panel() { return window.deadLetters(); }
    DeadLetterDesk& desk() { return window.bridge().deadLetters(); }
    /// Orders that the gateway cannot process, until their letters are seen.
    bool poison(int count) { return poison(count, count); }
    bool poison(int count, int waiting)
    {
        for (int i = 0; i < count; ++i) {
            if (!window.bridge().commands().createOrder(QStringLiteral("user-poison"), QStringLiteral("19.99"),
                                                        QStringLiteral("EUR")))
                return false;
        }
        return QTest::qWaitFor([&] { return desk().waiting() == waiting && int(desk().letters().size()) == waiting; },
                               patience_ms);
    }
    void selectLetter(int i)
    {
        auto* tree = child<QTreeView>("deadLettersTree");
        const QModelIndex cause = panel().model().index(0, 0);
        tree->expand(cause);
        tree->setCurrentIndex(panel().model().index(i, 0, cause));
    }
    /// The dialog says what it would do before it can be done.
    bool waitForForecast()
    {
        return QTest::qWaitFor(
            [&] { return window.findChild<ReplayDialog*>() && child<QPushButton>("replayButton")->isEnabled(); },
            patience_ms);
    }
};

} // namespace

class DeadLettersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void model_keepsPlacesAndAnnouncesLittle();
    void model_followsAnything();
    void model_saysWhatIsNotListed();
    void foreignRecord_isShownWithItsBytes();
    void emptyState_explainsItself();
    void aPoisonedOrder_isShownWithAllThatIsKept();
    void canvasNode_leadsHere();
    void replayOne_saysFirstWhatItWouldDo();
    void replayAll_hasProgressAndReplaysEachOnce();
    void edit_isCheckedWhileItIsTyped();
    void editedLetter_isPaid();
    void batchEdit_isPlannedAndChecked();
    void batchEdit_mendsMany();
    void batchEdit_inASimulatedWorld();
    void slowReplay_canBeStopped();
    void discard_asksFirst();
    void keys_work();
};

void DeadLettersTest::model_keepsPlacesAndAnnouncesLittle()
{
    DeadLettersModel model("orderlab.");
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::vector<DeadLetter> letters = {letterOf(3, "away"), letterOf(2, "poison"), letterOf(1, "away")};
    model.show(causesOf(letters), letters);
    QCOMPARE(printed(model), QStringList({"2 × away · payment, order-created [user-3 user-1]",
                                          "1 × poison · payment, order-created [user-2]"}));
    QCOMPARE(model.index(0, DeadLettersModel::Group).data().toString(), QStringLiteral("payment"));
    const QPersistentModelIndex kept = model.indexOf(letters[1].id);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted), changed(&model, &QAbstractItemModel::dataChanged);
    letters.insert(letters.begin(), letterOf(4, "away"));
    model.show(causesOf(letters), letters);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(changed.size(), 1); // The cause's count.
    QCOMPARE(printed(model), QStringList({"3 × away · payment, order-created [user-4 user-3 user-1]",
                                          "1 × poison · payment, order-created [user-2]"}));
    // The first cause goes: what was selected in the second one is still that letter.
    letters = {letters[2]};
    model.show(causesOf(letters), letters);
    QCOMPARE(printed(model), QStringList({"1 × poison · payment, order-created [user-2]"}));
    QVERIFY(kept.isValid());
    QVERIFY(model.letterAt(kept) && model.letterAt(kept)->id == letters[0].id);
    QCOMPARE(kept.parent().row(), 0);
    model.show({}, {});
    QVERIFY(!kept.isValid());
}

void DeadLettersTest::model_followsAnything()
{
    std::mt19937 random(7);
    DeadLettersModel model("orderlab.");
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const char* errors[] = {"away", "poison", "no answer"};
    for (int round = 0; round < 200; ++round) {
        std::vector<DeadLetter> letters;
        for (std::uint64_t number = 30; number > 0; --number) {
            if (random() % 3 == 0)
                letters.push_back(letterOf(number, errors[random() % 3]));
        }
        const auto causes = causesOf(letters);
        model.show(causes, letters);
        DeadLettersModel anew("orderlab.");
        anew.show(causes, letters);
        QStringList found = printed(model), expected = printed(anew);
        found.sort(); // Causes stay where they are; only their contents have to agree.
        expected.sort();
        QCOMPARE(found, expected);
    }
}

void DeadLettersTest::model_saysWhatIsNotListed()
{
    DeadLettersModel model("orderlab.");
    const std::vector<DeadLetter> letters = {letterOf(1, "away")};
    auto causes = causesOf(letters);
    causes[0].count = 1'200;
    model.show(causes, letters);
    const QString tip = model.index(0, 0).data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains(QStringLiteral("The newest 1 of 1")), qPrintable(tip));
}

void DeadLettersTest::foreignRecord_isShownWithItsBytes()
{
    DeadLetter letter = letterOf(1, "none of our events");
    auto record = std::make_shared<UndecodableRecord>();
    record->key = "<key>";
    record->value = std::string("\x00\xff", 2);
    letter.event.undecodable = record;
    letter.event.order = {};
    letter.event.extensions = {{"source", "elsewhere"}, {"no value", std::nullopt}};
    QTextBrowser shown;
    shown.setHtml(letterHtml(letter));
    for (const char* part : {"can be discarded, not replayed", "<key>", "00 ff", "elsewhere", "none (null)"})
        QVERIFY2(shown.toPlainText().contains(QLatin1String(part)), qPrintable(shown.toPlainText()));
    DeadLettersModel model("orderlab.");
    model.show(causesOf({letter}), {letter});
    QCOMPARE(printed(model), QStringList({"1 × none of our events · payment, order-created [not an event of ours]"}));
}

void DeadLettersTest::emptyState_explainsItself()
{
    DeadLettersDesktop desktop;
    QVERIFY(desktop.start());
    QTRY_VERIFY_WITH_TIMEOUT(desktop.desk().isKnown(), patience_ms);
    const auto* empty = desktop.panel().findChild<QLabel*>(QStringLiteral("emptyState"));
    QVERIFY(empty && empty->isVisible());
    QVERIFY2(empty->text().startsWith(QLatin1String("No dead letters wait.")), qPrintable(empty->text()));
    QCOMPARE(desktop.panel().windowTitle(), QStringLiteral("Dead letters"));
    QVERIFY(!desktop.child<QPushButton>("replayLetters")->isEnabled());
}

void DeadLettersTest::aPoisonedOrder_isShownWithAllThatIsKept()
{
    DeadLettersDesktop desktop;
    QVERIFY(desktop.start());
    QVERIFY(desktop.poison(2));
    QCOMPARE(desktop.panel().windowTitle(), QStringLiteral("Dead letters 2"));
    QCOMPARE(desktop.child<QLabel>("letterCount")->text(), QStringLiteral("2 in 1 cause"));
    QCOMPARE(desktop.child<QPushButton>("replayLetters")->text(), QStringLiteral("Replay all 2…"));
    QVERIFY(!desktop.child<QPushButton>("discardLetter")->isEnabled()); // Not a whole cause at once.
    QSignalSpy picked(&desktop.panel(), &DeadLettersPanel::orderSelected);
    desktop.selectLetter(0);
    const DeadLetter letter = desktop.desk().letters().front();
    QCOMPARE(picked.size(), 1);
    QVERIFY(desktop.window.story().order() == letter.event.order);
    const QString detail = desktop.child<QTextBrowser>("letterDetail")->toPlainText();
    for (const QString& part :
         {QString::fromStdString(letter.error),
          QStringLiteral("order-created, partition %1, offset %2").arg(letter.partition).arg(letter.offset),
          QString::fromStdString(letter.event.order.toString()), QStringLiteral("ce_id"), QStringLiteral("traceparent"),
          QStringLiteral("\"user_id\": \"user-poison\""), QStringLiteral("1 attempt")})
        QVERIFY2(detail.contains(part), qPrintable(part + QStringLiteral(" is not in:\n") + detail));
}

void DeadLettersTest::canvasNode_leadsHere()
{
    DeadLettersDesktop desktop;
    QVERIFY(desktop.start());
    desktop.window.showPanel(QStringLiteral("orders"));
    // A dock behind another is off the screen, not hidden.
    const auto is_seen = [&] { return !desktop.child<QWidget>("letterState")->visibleRegion().isEmpty(); };
    QTRY_VERIFY(!is_seen());
    Q_EMIT desktop.window.findChild<EventFlowView*>()->nodeActivated({NodeId::Kind::DeadLetters, 0});
    QTRY_VERIFY(is_seen());
}

void DeadLettersTest::replayOne_saysFirstWhatItWouldDo()
{
    DeadLettersDesktop desktop;
    QVERIFY(desktop.start());
    QVERIFY(desktop.poison(1));
    desktop.selectLetter(0);
    const DeadLetter before = desktop.desk().letters().front();
    desktop.child<QPushButton>("replayLetters")->click();
    QVERIFY(desktop.waitForForecast());
    QCOMPARE(desktop.child<QLabel>("replayForecast")->text(),
             QStringLiteral("1 to replay: 0 would be skipped as duplicates, 1 would run again."));
    desktop.child<QPushButton>("replayButton")->click();
    auto* told = desktop.child<QLabel>("replayForecast");
    QTRY_VERIFY2_WITH_TIMEOUT(told->text().startsWith(QStringLiteral("1 of 1 replayed. Its order is ")),
                              qPrintable(told->text()), patience_ms);
    // The cause was not mended: the same letter waits again, with both attempts.
    QTRY_VERIFY_WITH_TIMEOUT(desktop.desk().letters().size() == 1
                                 && desktop.desk().letters().front().attempts == before.attempts + 1,
                             patience_ms);
    QVERIFY(desktop.desk().letters().front().id == before.id);
    QCOMPARE(desktop.desk().letters().front().audit.size(), std::size_t(1));
    QVERIFY(desktop.desk().letters().front().audit.front().by.starts_with("desktop "));
}

void DeadLettersTest::replayAll_hasProgressAndReplaysEachOnce()
{
    DeadLettersDesktop desktop;
    QVERIFY(desktop.start());
    constexpr int count = 45; // More than one step of it.
    QVERIFY(desktop.poison(count));
    std::vector<ReplayNews> news;
    connect(&desktop.desk(), &DeadLetterDesk::replayNews, this, [&](const ReplayNews& one) { news.push_back(one); });
    // A window that stands still for a moment gets the news of several steps as one; then it is tried again.
    for (int replays = 1; news.size() < 3 && replays <= 20; ++replays) {
        news.clear();
        desktop.child<QPushButton>("replayLetters")->click();
        QVERIFY(desktop.waitForForecast());
        desktop.child<QPushButton>("replayButton")->click();
        QVERIFY(!desktop.desk().replay({}, 1)); // One at a time.
        QTRY_VERIFY(!news.empty() && news.back().is_finished);
        desktop.window.findChild<ReplayDialog*>()->reject();
        QTRY_VERIFY(!desktop.window.findChild<ReplayDialog*>());
        QCOMPARE(news.back().replayed, std::int64_t(count));
        QCOMPARE(news.back().problem, QString());
        for (std::size_t i = 1; i < news.size(); ++i)
            QVERIFY(news[i].replayed >= news[i - 1].replayed);
        // All fail again, and none was replayed twice.
        QTRY_COMPARE(desktop.desk().waiting(), std::int64_t(count));
        QTRY_VERIFY(std::ranges::all_of(desktop.desk().letters(), [&](const DeadLetter& letter) {
            return letter.attempts == 1 + replays && int(letter.audit.size()) == replays;
        }));
    }
    QVERIFY(news.size() >= 3);
}

void DeadLettersTest::edit_isCheckedWhileItIsTyped()
{
    DeadLettersDesktop desktop;
    QVERIFY(desktop.start());
    QVERIFY(desktop.poison(1));
    desktop.selectLetter(0);
    desktop.child<QPushButton>("editLetter")->click();
    QVERIFY(desktop.waitForForecast());
    auto* data = desktop.child<QPlainTextEdit>("replayData");
    const QString before = data->toPlainText();
    const auto* problem = desktop.child<QLabel>("replayProblem");
    QVERIFY(!problem->isVisible());
    data->setPlainText(QStringLiteral("{\"user_id\": \"ada\""));
    QVERIFY(problem->isVisible());
    QVERIFY(!desktop.child<QPushButton>("replayButton")->isEnabled());
    data->setPlainText(QString(before).replace(QLatin1String("19.99"), QLatin1String("19.999")));
    QVERIFY2(problem->text().contains(QStringLiteral("amount")), qPrintable(problem->text()));
    data->setPlainText(before);
    QVERIFY(!problem->isVisible());
    QVERIFY(desktop.child<QPushButton>("replayButton")->isEnabled());
}

void DeadLettersTest::editedLetter_isPaid()
{
    DeadLettersDesktop desktop;
    QVERIFY(desktop.start());
    QVERIFY(desktop.poison(1));
    const OrderId order = desktop.desk().letters().front().event.order;
    desktop.selectLetter(0);
    desktop.child<QPushButton>("editLetter")->click();
    QVERIFY(desktop.waitForForecast());
    auto* data = desktop.child<QPlainTextEdit>("replayData");
    data->setPlainText(data->toPlainText().replace(QLatin1String("user-poison"), QLatin1String("ada")));
    QVERIFY(desktop.poison(1, 2)); // Another one stands beside it.
    desktop.window.showStory(order);
    desktop.child<QPushButton>("replayButton")->click();
    const auto status = [&] {
        const OrderState* state = desktop.bridge().frames().world().findOrder(order);
        return state && state->status == OrderStatus::Paid;
    };
    QTRY_VERIFY_WITH_TIMEOUT(status(), patience_ms);
    QTRY_COMPARE_WITH_TIMEOUT(desktop.desk().waiting(), std::int64_t(1), patience_ms);
    QTRY_COMPARE_WITH_TIMEOUT(desktop.bridge().frames().world().deadLettersWaiting(), std::int64_t(1), patience_ms);
    // The dialog says what has become of it, and the other letter is not chosen in its place.
    auto* told = desktop.child<QLabel>("replayForecast");
    QTRY_VERIFY2_WITH_TIMEOUT(told->text().endsWith(QLatin1String("Its order is paid now.")), qPrintable(told->text()),
                              patience_ms);
    QTRY_COMPARE_WITH_TIMEOUT(desktop.desk().letters().size(), std::size_t(1), patience_ms);
    QCOMPARE(desktop.window.story().order(), order);
    QVERIFY(!desktop.panel().model().letterAt(desktop.child<QTreeView>("deadLettersTree")->currentIndex()));
    // It is kept with those that were replayed, and with what it was before.
    desktop.desk().setState(DeadLetterState::Replayed);
    QTRY_VERIFY_WITH_TIMEOUT(desktop.desk().letters().size() == 1
                                 && desktop.desk().letters().front().state == DeadLetterState::Replayed,
                             patience_ms);
    const QString kept = letterHtml(desktop.desk().letters().front());
    QVERIFY(kept.contains(QStringLiteral("edited")) && kept.contains(QStringLiteral("user-poison")));
}

void DeadLettersTest::batchEdit_isPlannedAndChecked()
{
    std::vector<DeadLetter> letters{letterOf(1, "away"), letterOf(2, "away"), letterOf(3, "away")};
    for (DeadLetter& letter : letters)
        letter.event.data.total = {1'999, Currency::parse("EUR").value()};
    letters[1].event.data.user_id = "ada";
    letters[2].event.undecodable = std::make_shared<const UndecodableRecord>();
    QVERIFY(pathsOf(letters).contains(QStringLiteral("user_id")));
    const auto told = [&](const char* path, const char* value) {
        QStringList all;
        for (const BatchChange& change : planEdit(letters, {QLatin1String(path), QLatin1String(value)}))
            all << (change.isDone()            ? change.before + QStringLiteral(">") + change.after
                    : change.problem.isEmpty() ? QStringLiteral("stays")
                                               : QStringLiteral("wrong"));
        return all.join(QLatin1Char(' '));
    };
    QCOMPARE(told("user_id", "ada"), QStringLiteral("user-1>ada stays wrong"));
    QCOMPARE(told("amount", "5.00"), QStringLiteral("19.99>5.00 19.99>5.00 wrong"));
    QCOMPARE(told("amount", "5.001"), QStringLiteral("wrong wrong wrong"));
    QCOMPARE(told("amount", "much"), QStringLiteral("wrong wrong wrong"));
    QCOMPARE(told("user_id", ""), QStringLiteral("wrong wrong wrong"));
    for (const char* path : {"", ".", "user", "user_id.first", "details"})
        QCOMPARE(told(path, "ada"), QStringLiteral("wrong wrong wrong"));
    BatchEditModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.show(planEdit(letters, {QStringLiteral("user_id"), QStringLiteral("ada")}));
    QCOMPARE(model.index(0, BatchEditModel::Result).data().toString(), QStringLiteral("changes"));
}

void DeadLettersTest::batchEdit_mendsMany()
{
    DeadLettersDesktop desktop;
    QVERIFY(desktop.start());
    QVERIFY(desktop.poison(3));
    auto* tree = desktop.child<QTreeView>("deadLettersTree");
    tree->setCurrentIndex(desktop.panel().model().index(0, 0));
    // All come back once, and it shows.
    desktop.child<QPushButton>("replayLetters")->click();
    QVERIFY(desktop.waitForForecast());
    desktop.child<QPushButton>("replayButton")->click();
    const auto cameBack = [&] {
        const DeadLettersModel& model = desktop.panel().model();
        const QModelIndex cause = model.index(0, 0);
        int count = 0;
        for (int row = 0; row < model.rowCount(cause); ++row)
            count += model.index(row, 0, cause).data().toString().contains(QStringLiteral("↩ came back"));
        return count;
    };
    QTRY_COMPARE_WITH_TIMEOUT(cameBack(), 3, patience_ms);
    desktop.window.findChild<ReplayDialog*>()->reject();
    QVERIFY(keepPicture(desktop.window.grab(), QStringLiteral("letters-came-back")));
    tree->setCurrentIndex(desktop.panel().model().index(0, 0));
    QTRY_VERIFY_WITH_TIMEOUT(desktop.child<QPushButton>("editLetter")->isEnabled(), patience_ms);
    QTest::keyClick(tree, Qt::Key_E);
    desktop.child<QComboBox>("batchPath")->setEditText(QStringLiteral("user_id"));
    QVERIFY(!desktop.child<QPushButton>("batchReplay")->isEnabled()); // Nobody has an empty name.
    desktop.child<QLineEdit>("batchValue")->setText(QStringLiteral("ada"));
    QCOMPARE(desktop.child<QPushButton>("batchReplay")->text(), QStringLiteral("Change and replay 3"));
    QVERIFY(keepPicture(desktop.child<QDialog>("batchEditDialog")->grab(), QStringLiteral("batch-edit")));
    desktop.click("batchReplay");
    QTRY_COMPARE_WITH_TIMEOUT(desktop.totals().paid, std::int64_t(3), patience_ms);
    QTRY_VERIFY_WITH_TIMEOUT(desktop.child<QLabel>("batchSentence")->text().startsWith(QLatin1String("3 of 3")),
                             patience_ms);
    QTRY_COMPARE_WITH_TIMEOUT(desktop.desk().waiting(), std::int64_t(0), patience_ms);
}

void DeadLettersTest::batchEdit_inASimulatedWorld()
{
    Machine machine;
    machine.window.showPanel(QStringLiteral("dead-letters"));
    for (int i = 0; i < 2; ++i) {
        QVERIFY(machine.bridge().commands().createOrder(QStringLiteral("user-poison"), QStringLiteral("19.99"),
                                                        QStringLiteral("EUR")));
        QVERIFY(machine.whole());
    }
    machine.bridge().player().toEnd();
    DeadLetterDesk& desk = machine.bridge().deadLetters();
    const auto poisoned = [&] {
        std::vector<LetterEdit> edits;
        for (const DeadLetter& letter : desk.letters()) {
            for (const BatchChange& change : planEdit({letter}, {QStringLiteral("user_id"), QStringLiteral("ada")})) {
                if (letter.event.data.user_id == "user-poison" && change.isDone())
                    edits.push_back({change.letter, change.data});
            }
        }
        return edits;
    };
    QTRY_VERIFY_WITH_TIMEOUT(poisoned().size() >= 2, patience_ms);
    const auto edits = poisoned();
    QVERIFY(desk.replayEdited(edits));
    QVERIFY(machine.whole());
    QVERIFY(machine.worlds().shown().outcome->refused.empty());
    const auto& changes = machine.worlds().shown().scenario.changes;
    QCOMPARE(std::count_if(changes.begin(), changes.end(),
                           [](const Change& change) {
                               const auto* replay = std::get_if<ReplayDeadLetter>(&change.setting);
                               return replay && replay->data.find("ada") != std::string::npos;
                           }),
             std::ptrdiff_t(edits.size()));
}

void DeadLettersTest::slowReplay_canBeStopped()
{
    DeadLettersDesktop desktop;
    QVERIFY(desktop.start());
    QVERIFY(desktop.poison(4));
    desktop.child<QTreeView>("deadLettersTree")->setCurrentIndex(desktop.panel().model().index(0, 0));
    std::optional<ReplayNews> last;
    connect(&desktop.desk(), &DeadLetterDesk::replayNews, this, [&](const ReplayNews& news) { last = news; });
    desktop.child<QPushButton>("replayLetters")->click();
    QVERIFY(desktop.waitForForecast());
    desktop.child<QDoubleSpinBox>("replayRate")->setValue(0.1); // So slow that the end is never seen here.
    desktop.child<QPushButton>("replayButton")->click();
    QTRY_VERIFY_WITH_TIMEOUT(last && last->replayed > 0, patience_ms);
    desktop.desk().stopReplay();
    QTRY_VERIFY_WITH_TIMEOUT(last->is_finished, patience_ms);
    QVERIFY(last->is_stopped && last->replayed < 4);
    QVERIFY(desktop.child<QLabel>("replayForecast")->text().contains(QLatin1String("stopped")));
}

void DeadLettersTest::discard_asksFirst()
{
    DeadLettersDesktop desktop;
    QVERIFY(desktop.start());
    QVERIFY(desktop.poison(1));
    desktop.selectLetter(0);
    const auto answer = [&](const char* button) {
        QTimer::singleShot(0, this, [&desktop, button] {
            desktop.child<QLineEdit>("discardReason")->setText(QStringLiteral("a test order"));
            desktop.child<QPushButton>(button)->click();
        });
        desktop.child<QPushButton>("discardLetter")->click();
    };
    answer("keepButton");
    QVERIFY(
        desktop.bridge().commands().createOrder(QStringLiteral("ada"), QStringLiteral("1.00"), QStringLiteral("EUR")));
    QTRY_COMPARE_WITH_TIMEOUT(desktop.totals().paid, std::int64_t(1), patience_ms); // What was asked before is done.
    QCOMPARE(desktop.desk().waiting(), std::int64_t(1));
    answer("discardButton");
    QTRY_COMPARE_WITH_TIMEOUT(desktop.desk().waiting(), std::int64_t(0), patience_ms);
    QTRY_COMPARE_WITH_TIMEOUT(desktop.panel().windowTitle(), QStringLiteral("Dead letters"), patience_ms);
    QCOMPARE(desktop.bridge().frames().world().deadLettersWaiting(), std::int64_t(0));
    desktop.desk().setState(DeadLetterState::Discarded);
    QTRY_VERIFY_WITH_TIMEOUT(desktop.desk().letters().size() == 1, patience_ms);
    QCOMPARE(desktop.desk().letters().front().audit.back().reason, std::string("a test order"));
}

void DeadLettersTest::keys_work()
{
    DeadLettersDesktop desktop;
    QVERIFY(desktop.start());
    QVERIFY(desktop.poison(1));
    desktop.selectLetter(0);
    auto* tree = desktop.child<QTreeView>("deadLettersTree");
    QTest::keyClick(tree, Qt::Key_E);
    QVERIFY(desktop.window.findChild<QPlainTextEdit*>(QStringLiteral("replayData")));
    desktop.window.findChild<ReplayDialog*>()->reject();
    QTRY_VERIFY(!desktop.window.findChild<ReplayDialog*>());
    QTest::keyClick(tree, Qt::Key_Return);
    QVERIFY(desktop.waitForForecast());
    QVERIFY(!desktop.window.findChild<QPlainTextEdit*>(QStringLiteral("replayData")));
    // Enter does what the dialog is for.
    QVERIFY(desktop.child<QPushButton>("replayButton")->isDefault());
    QVERIFY(!desktop.child<QPushButton>("replayClose")->autoDefault());
    desktop.window.findChild<ReplayDialog*>()->reject();
    QVERIFY(desktop.poison(1, 2)); // A replay would have been done before this.
    for (const DeadLetter& letter : desktop.desk().letters())
        QCOMPARE(letter.attempts, 1); // Closing is not replaying.
}

ORDERLAB_TEST(tst_dead_letters_panel, QApplication, DeadLettersTest)
#include "tst_dead_letters_panel.moc"
