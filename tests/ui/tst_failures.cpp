#include "desktop.h"
#include "ui/models/fault_presets.h"
#include "ui/panels/amount_field.h"
#include "ui/panels/create_orders_panel.h"
#include "ui/panels/story_panel.h"
#include "ui/panels/switch.h"

#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTreeWidget>

using namespace orderlab;
using namespace orderlab::ui;
using namespace std::chrono_literals;

namespace {

/// The real window over a real system in memory.
struct FailuresDesktop : Desktop {
    explicit FailuresDesktop(WindowOptions options = forgetful()) : Desktop({}, std::move(options), QSize()) {}

    /// On the switch's knob, as a hand would.
    void click(const char* name)
    {
        auto* button = child<QAbstractButton>(name);
        QTest::mouseClick(button, Qt::LeftButton, {}, {10, button->height() / 2});
    }
};

Fault faultOf(const char* text)
{
    const auto fault = parseFault(text);
    if (!fault)
        qFatal("%s", fault.error().message.c_str());
    return *fault;
}

} // namespace

class FailuresTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void desk_leavesOthersWhereTheyAre();
    void amount_readsWhatItSays_data();
    void amount_readsWhatItSays();
    void presets_areValidAndApart();
    void switch_injectsAndAnOrderShowsIt();
    void onceSwitch_goesOffByItself();
    void switch_worksByKeyboard();
    void amount_isTypedInPlace();
    void stopAll_isAShortcut();
    void lostAnswer_makesTheCustomerAskAgain();
    void guarantee_isSwitchedAndMarked();
    void withoutPaymentKey_theInvariantGoesRedAndLeadsToTheStory();
    void withAllGuarantees_everythingHolds();
    void dialog_composesAndRefuses();
    void dialog_asksForARateWhereTheWayIsNarrow();
    void leftColumn_fitsTheWindow();
};

void FailuresTest::desk_leavesOthersWhereTheyAre()
{
    const TimePoint start = fromMicros(1'000'000'000);
    FaultDesk desk;
    QVERIFY(desk.add(faultOf("handler-entry,count=5"), start));
    QVERIFY(desk.add(faultOf("broker=away,start=2s,for=10s"), start));
    (void)desk.plan(start);
    desk.takeStrikes(std::vector<std::uint64_t>{3, 9});
    QVERIFY(desk.add(faultOf("delivery=duplicate"), start + 5s));
    auto plan = desk.plan(start + 5s);
    QCOMPARE(plan.size(), std::size_t(3));
    QCOMPARE(plan[0].count, 2u);                                 // Three of five are used up.
    QVERIFY(plan[1].start.count() == 0 && plan[1].length == 7s); // It began three seconds ago.
    desk.takeStrikes(std::vector<std::uint64_t>{2, 0, 4});       // Counted anew with each plan.
    QCOMPARE(desk.items()[0].strikes, std::uint64_t(5));
    QCOMPARE(desk.items()[1].strikes, std::uint64_t(9));
    QVERIFY(desk.removeSpent(start + 5s));
    QCOMPARE(desk.items().size(), std::size_t(2));
    QVERIFY(!desk.removeSpent(start + 11'999ms));
    QVERIFY(desk.removeSpent(start + 12s));
    QCOMPARE(desk.items().size(), std::size_t(1));
    QVERIFY(!desk.add(Fault{.probability = 2}, start));
}

void FailuresTest::amount_readsWhatItSays_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("text"); // Empty: refused.
    for (const QString& choice : amountChoices())
        QTest::newRow(qPrintable(choice)) << choice << choice;
    QTest::newRow("percent without a space") << "30%"
                                             << "30 %";
    QTest::newRow("a part of a percent") << "0.5 %"
                                         << "0.5 %";
    QTest::newRow("times in short") << "7x"
                                    << "7 times";
    QTest::newRow("a time in short") << "12s"
                                     << "for 12 s";
    QTest::newRow("minutes") << "for 2 min"
                             << "for 2 min";
    QTest::newRow("nothing") << ""
                             << "";
    QTest::newRow("never") << "0 %"
                           << "";
    QTest::newRow("more than always") << "101 %"
                                      << "";
    QTest::newRow("no times") << "0 times"
                              << "";
    QTest::newRow("no time") << "for 0 s"
                             << "";
    QTest::newRow("too many times") << "99999999999 times"
                                    << "";
    QTest::newRow("words") << "often"
                           << "";
}

void FailuresTest::amount_readsWhatItSays()
{
    QFETCH(QString, typed);
    QFETCH(QString, text);
    const auto amount = FaultAmount::parse(typed);
    QCOMPARE(bool(amount), !text.isEmpty());
    if (amount) {
        QCOMPARE(amount->text(), text);
        Fault fault;
        amount->applyTo(fault);
        QCOMPARE(FaultAmount::of(fault).text(), text);
    }
}

void FailuresTest::presets_areValidAndApart()
{
    for (const FaultPreset& preset : faultPresets()) {
        QVERIFY2(bool(preset.fault.validate()), preset.key);
        int matching = 0;
        for (const FaultPreset& other : faultPresets())
            matching += other.matches(preset.fault);
        QCOMPARE(matching, 1);
    }
}

void FailuresTest::switch_injectsAndAnOrderShowsIt()
{
    FailuresDesktop desktop;
    QVERIFY(desktop.start());
    desktop.child<AmountField>("amount-handler-fails")->setAmount(*FaultAmount::parse(QStringLiteral("100 %")));
    desktop.click("fail-handler-fails");
    QVERIFY(desktop.child<Switch>("fail-handler-fails")->isChecked());
    QCOMPARE(desktop.bridge().faults().items().size(), std::size_t(1));
    QVERIFY(desktop.child<QPushButton>("failuresPill")->isVisible());
    desktop.click("createButton");
    QTRY_VERIFY_WITH_TIMEOUT(desktop.totals().attempts_failed >= 3, patience_ms);
    QTRY_VERIFY_WITH_TIMEOUT(desktop.bridge().faults().items()[0].strikes >= 3, patience_ms);
    desktop.click("fail-handler-fails");
    QVERIFY(!desktop.child<QPushButton>("failuresPill")->isVisible());
    QVERIFY(desktop.bridge().faults().items().empty());
}

void FailuresTest::onceSwitch_goesOffByItself()
{
    FailuresDesktop desktop;
    QVERIFY(desktop.start());
    desktop.click("fail-crash-before-ack");
    QVERIFY(desktop.child<Switch>("fail-crash-before-ack")->isChecked());
    desktop.click("createButton");
    QTRY_VERIFY_WITH_TIMEOUT(!desktop.child<Switch>("fail-crash-before-ack")->isChecked(), patience_ms);
    // It says what has become of it, until it is switched on again.
    auto* amount =
        desktop.child<AmountField>("amount-crash-before-ack")->findChild<QPushButton*>(QStringLiteral("amountButton"));
    QCOMPARE(amount->text(), QStringLiteral("struck 1×"));
    QVERIFY(desktop.waitForFinal(1));
    QTRY_VERIFY_WITH_TIMEOUT(desktop.totals().duplicates_skipped > 0, patience_ms); // The inbox knew it.
    QCOMPARE(desktop.bridge().faults().invariants().holding(), 9);
    desktop.click("fail-crash-before-ack");
    QCOMPARE(amount->text(), QStringLiteral("once"));
    desktop.click("fail-crash-before-ack"); // Off by hand: there is nothing to tell.
    QCOMPARE(amount->text(), QStringLiteral("once"));
}

void FailuresTest::switch_worksByKeyboard()
{
    FailuresDesktop desktop;
    QVERIFY(desktop.start());
    desktop.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&desktop.window));
    QTest::keyClick(&desktop.window, Qt::Key_5, Qt::ControlModifier);
    auto* control = desktop.child<Switch>("fail-lose-answer");
    QVERIFY(control->hasFocus());
    QAccessibleInterface* heard = QAccessible::queryAccessibleInterface(control);
    QVERIFY(heard);
    QCOMPARE(heard->role(), QAccessible::CheckBox);
    QCOMPARE(heard->text(QAccessible::Name), QStringLiteral("Gateway loses answers"));
    QVERIFY(!heard->state().checked);
    QTest::keyClick(control, Qt::Key_Space);
    QVERIFY(heard->state().checked);
    QCOMPARE(desktop.bridge().faults().items().size(), std::size_t(1));
    QTest::keyClick(control, Qt::Key_Return);
    QVERIFY(!heard->state().checked);
    QVERIFY(desktop.bridge().faults().items().empty());
}

void FailuresTest::amount_isTypedInPlace()
{
    FailuresDesktop desktop;
    QVERIFY(desktop.start());
    desktop.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&desktop.window));
    desktop.click("fail-lose-answer");
    auto* field = desktop.child<AmountField>("amount-lose-answer");
    auto* button = field->findChild<QPushButton*>(QStringLiteral("amountButton"));
    auto* edit = field->findChild<QLineEdit*>(QStringLiteral("amountEditor"));
    button->setFocus();
    QTest::keyClick(button, Qt::Key_7);
    QVERIFY(edit->isVisible());
    QTest::keyClicks(edit, QStringLiteral("00 %"));
    QTest::keyClick(edit, Qt::Key_Return); // 700 %: refused, and said so.
    QVERIFY(edit->isVisible());
    QVERIFY(edit->property("invalid").toBool());
    edit->setText(QStringLiteral("7x"));
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(!edit->isVisible());
    QCOMPARE(desktop.bridge().faults().items().size(), std::size_t(1));
    QCOMPARE(desktop.bridge().faults().items()[0].fault.count, 7u);
    QTest::keyClick(button, Qt::Key_1);
    QTest::keyClick(edit, Qt::Key_Escape);
    QCOMPARE(field->amount().text(), QStringLiteral("7 times"));
}

void FailuresTest::stopAll_isAShortcut()
{
    FailuresDesktop desktop;
    QVERIFY(desktop.start());
    desktop.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&desktop.window));
    desktop.click("fail-lose-answer");
    desktop.click("fail-reorder");
    QCOMPARE(desktop.child<QPushButton>("failuresPill")->text(), QStringLiteral("2 failures on"));
    QTest::keyClick(&desktop.window, Qt::Key_Period, Qt::ControlModifier);
    QVERIFY(desktop.bridge().faults().items().empty());
    QVERIFY(!desktop.child<Switch>("fail-reorder")->isChecked());
}

void FailuresTest::lostAnswer_makesTheCustomerAskAgain()
{
    FailuresDesktop desktop;
    QVERIFY(desktop.start());
    QVERIFY(desktop.bridge().faults().add(faultOf("client-answer=lose,count=1")));
    desktop.click("createButton");
    QTRY_VERIFY_WITH_TIMEOUT(!desktop.window.story().order().isNull(), patience_ms); // The answer came in the end…
    QVERIFY(desktop.waitForFinal(1));
    QCOMPARE(desktop.totals().accepted, std::int64_t(1)); // …and it was ordered once.
    Guarantees guarantees;
    guarantees.set(Guarantee::IdempotencyKey, false);
    desktop.bridge().faults().setGuarantees(guarantees);
    QVERIFY(desktop.bridge().faults().add(faultOf("client-answer=lose,count=1")));
    desktop.click("createButton");
    QVERIFY(desktop.waitForAccepted(3)); // Without the key it is ordered twice.
}

void FailuresTest::guarantee_isSwitchedAndMarked()
{
    FailuresDesktop desktop;
    QVERIFY(desktop.start());
    auto* mark = desktop.child<QPushButton>("guaranteesPill");
    QVERIFY(!mark->isVisible());
    desktop.click("keep-inbox");
    QVERIFY(!desktop.bridge().faults().guarantees()[Guarantee::Inbox]);
    QVERIFY(mark->isVisible());
    QVERIFY2(mark->text().contains(QStringLiteral("Inbox")), qPrintable(mark->text()));
    desktop.click("keep-outbox");
    QCOMPARE(mark->text(), QStringLiteral("2 guarantees off"));
    desktop.click("keep-inbox");
    desktop.click("keep-outbox");
    QVERIFY(!mark->isVisible());
    QVERIFY(desktop.bridge().faults().guarantees() == Guarantees{});
}

void FailuresTest::withoutPaymentKey_theInvariantGoesRedAndLeadsToTheStory()
{
    FailuresDesktop desktop;
    QVERIFY(desktop.start());
    auto* link = desktop.child<QPushButton>("broken-charged-at-most-once");
    auto* pill = desktop.child<QPushButton>("invariantsPill");
    QVERIFY(!link->isVisible());
    QCOMPARE(pill->text(), QStringLiteral("9 of 9 invariants hold"));
    desktop.click("keep-payment-key");
    desktop.child<AmountField>("amount-lose-answer")->setAmount(*FaultAmount::parse(QStringLiteral("once")));
    desktop.click("fail-lose-answer");
    desktop.bridge().commands().burst(3);
    QVERIFY(desktop.waitForFinal(3));
    QTRY_VERIFY_WITH_TIMEOUT(link->isVisible(), patience_ms);
    QCOMPARE(pill->text(), QStringLiteral("8 of 9 invariants hold"));
    QCOMPARE(pill->property("pill").toString(), QStringLiteral("broken"));
    QVERIFY2(link->text().startsWith(QLatin1String("at ")), qPrintable(link->text()));
    QTest::mouseClick(link, Qt::LeftButton);
    const auto& status = desktop.bridge().faults().invariants().statuses[1];
    QVERIFY(status.first);
    QCOMPARE(desktop.window.story().order(), status.first->order);
    const auto* why = desktop.child<QLabel>("whyText");
    QVERIFY(why->isVisible());
    QVERIFY2(why->text().contains(QStringLiteral("payment key was off")), qPrintable(why->text()));
    QTRY_VERIFY(desktop.child<QLabel>("stepSummary")->isVisible());
    const auto tells = [&](const QString& words) {
        const StoryModel& model = desktop.window.story().model();
        for (int row = 0; row < model.rowCount(); ++row) {
            const auto& step = model.stepAt(row);
            if ((step.title + step.summary).contains(words))
                return true;
        }
        return false;
    };
    QTRY_VERIFY(tells(QStringLiteral("gateway-call lose-answer")));       // What was injected…
    QVERIFY(tells(QStringLiteral("Guarantee switched payment-key off"))); // …what let it happen…
    QVERIFY(!tells(QStringLiteral("makes a retry safe")));
    QTRY_VERIFY(tells(QStringLiteral("charged-at-most-once"))); // …and what it led to.
}

void FailuresTest::withAllGuarantees_everythingHolds()
{
    FailuresDesktop desktop;
    QVERIFY(desktop.start());
    std::vector<Fault> faults;
    for (const char* text : {"gateway-call=lose-answer,probability=0.2", "handler-entry,probability=0.1",
                             "delivery=duplicate,probability=0.3", "published=crash,count=2,delay=200ms",
                             "after-commit=crash,count=3,delay=200ms", "client-answer=lose,count=5"})
        faults.push_back(faultOf(text));
    QVERIFY(desktop.bridge().faults().set(faults));
    desktop.click("burstButton");
    QVERIFY(desktop.waitForAccepted(100));
    const auto have_all_struck = [&] {
        return std::ranges::all_of(desktop.bridge().faults().items(),
                                   [](const auto& item) { return item.strikes > 0; });
    };
    QTRY_VERIFY(have_all_struck());
    desktop.bridge().faults().stopAll();
    QVERIFY(QTest::qWaitFor([&] { return desktop.totals().in_flight == 0; }, 2 * patience_ms));
    for (const InvariantStatus& status : desktop.bridge().faults().invariants().statuses)
        QVERIFY2(status.violations == 0, status.first ? status.first->explanation.c_str() : "");
    // Failures that struck a group made no second one of its name.
    QCOMPARE(desktop.bridge().frames().world().groups().size(), desktop.bridge().session().config().workers.size());
}

void FailuresTest::dialog_composesAndRefuses()
{
    FailuresDesktop desktop;
    QVERIFY(desktop.start());
    desktop.click("moreFailures");
    auto* text = desktop.child<QLineEdit>("faultText");
    QCOMPARE(text->text(), QStringLiteral("gateway-call=lose-answer"));
    auto* probability = desktop.child<QLineEdit>("faultProbability");
    QTest::keyClicks(probability, QStringLiteral("7"));
    QCOMPARE(text->text(), QStringLiteral("gateway-call=lose-answer,probability=7"));
    auto* inject = desktop.child<QPushButton>("injectButton");
    // Said while it is typed.
    QVERIFY(desktop.child<QLabel>("faultProblem")->text().contains(QStringLiteral("at most 1")));
    QVERIFY(!inject->isEnabled());
    QVERIFY(desktop.bridge().faults().items().empty());
    // What does not count cannot be filled in, and says why.
    auto* delay = desktop.child<QLineEdit>("faultDelay");
    QVERIFY(!delay->isEnabled() && !delay->toolTip().isEmpty());
    QVERIFY(!desktop.child<QLineEdit>("faultWorker")->isEnabled()); // The gateway knows no worker.
    QVERIFY(desktop.child<QLineEdit>("faultCustomer")->isEnabled());
    auto* seam = desktop.child<QComboBox>("faultSeam");
    QCOMPARE(seam->currentText(), QStringLiteral("The payment gateway is asked"));
    desktop.child<QLineEdit>("faultCustomer")->setText(QStringLiteral("ada"));
    seam->setCurrentIndex(int(Seam::Database));
    QVERIFY(!desktop.child<QLineEdit>("faultCustomer")->isEnabled());
    QVERIFY(!text->text().contains(QStringLiteral("ada")));
    QVERIFY(keepPicture(desktop.window.findChild<QDialog*>(QStringLiteral("faultsDialog"))->grab(),
                        QStringLiteral("compose-failure")));
    text->clear();
    QTest::keyClicks(text, QStringLiteral("after-commit=crash,count=2,delay=500ms,group=payment"));
    QCOMPARE(desktop.child<QLineEdit>("faultCount")->text(), QStringLiteral("2"));
    inject->click();
    QVERIFY(desktop.child<QLabel>("faultProblem")->text().isEmpty());
    auto* list = desktop.child<QTreeWidget>("faultList");
    QCOMPARE(list->topLevelItemCount(), 1);
    QCOMPARE(list->topLevelItem(0)->text(0), QStringLiteral("after-commit=crash,count=2,delay=500ms,group=payment"));
    desktop.bridge().commands().burst(20);
    QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItemCount(), 0, patience_ms); // Used up, so it went.
    QVERIFY(desktop.waitForFinal(20));
}

void FailuresTest::dialog_asksForARateWhereTheWayIsNarrow()
{
    FailuresDesktop desktop;
    QVERIFY(desktop.start());
    desktop.click("moreFailures");
    auto* text = desktop.child<QLineEdit>("faultText");
    auto* rate = desktop.child<QLineEdit>("faultRate");
    auto* delay = desktop.child<QLineEdit>("faultDelay");
    auto* seam = desktop.child<QComboBox>("faultSeam");
    auto* action = desktop.child<QComboBox>("faultAction");
    QVERIFY(delay->isVisible() && !rate->isVisible());
    seam->setCurrentIndex(int(Seam::Network));
    QTest::keyClicks(delay, QStringLiteral("2s"));
    QCOMPARE(text->text(), QStringLiteral("network=delay,delay=2s"));
    action->setCurrentIndex(action->findData(int(FaultAction::Throttle)));
    QVERIFY(!delay->isVisible() && rate->isVisible());
    QCOMPARE(text->text(), QStringLiteral("network=throttle"));
    QTest::keyClicks(rate, QStringLiteral("5"));
    auto* inject = desktop.child<QPushButton>("injectButton");
    inject->click();
    QVERIFY(
        desktop.child<QLabel>("faultProblem")->text().startsWith(QStringLiteral("Bytes a second: must be from 1KB")));
    QTest::keyClicks(rate, QStringLiteral("KB"));
    QCOMPARE(text->text(), QStringLiteral("network=throttle,rate=5KB"));
    inject->click();
    QVERIFY(desktop.child<QLabel>("faultProblem")->text().isEmpty());
    QCOMPARE(desktop.bridge().faults().items().at(0).fault.bytes_per_second, std::uint64_t(5'000));
    // The text leads the fields, too.
    text->clear();
    QTest::keyClicks(text, QStringLiteral("gateway-call=delay,delay=3s"));
    QVERIFY(delay->isVisible() && !rate->isVisible());
    QCOMPARE(delay->text(), QStringLiteral("3s"));
    text->clear();
    QTest::keyClicks(text, QStringLiteral("network=throttle,rate=1.5MB"));
    QVERIFY(!delay->isVisible() && rate->isVisible());
    QCOMPARE(rate->text(), QStringLiteral("1500KB"));
    desktop.bridge().commands().burst(5);
    QVERIFY(desktop.waitForFinal(5));
    QTRY_VERIFY_WITH_TIMEOUT(desktop.bridge().faults().items()[0].strikes > 0, patience_ms);
}

void FailuresTest::leftColumn_fitsTheWindow()
{
    FailuresDesktop desktop;
    QVERIFY(desktop.start());
    const auto* scroll = desktop.window.createOrders().findChild<QScrollArea*>();
    QVERIFY(scroll);
    QTRY_COMPARE(scroll->verticalScrollBar()->maximum(), 0); // 1600 × 1000: all of it without scrolling.
    QVERIFY(desktop.bridge().faults().set(
        {faultOf("clock=jump,start=1min"), faultOf("broker=away,for=10s"), faultOf("delivery")}));
    QTRY_VERIFY(scroll->widget()->minimumSizeHint().width() <= scroll->viewport()->width());
    desktop.window.resize(1'280, 720);
    QTRY_VERIFY(scroll->verticalScrollBar()->maximum() > 0);
    QTRY_VERIFY(scroll->widget()->minimumSizeHint().width() <= scroll->viewport()->width()); // Only downwards.
}

ORDERLAB_TEST(tst_failures, QApplication, FailuresTest)
#include "tst_failures.moc"
