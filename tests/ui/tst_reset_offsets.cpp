#include "machine.h"
#include "ui/dialogs/reset_offsets_dialog.h"
#include "ui/panels/fitted_table.h"
#include "ui/panels/groups_panel.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

/// Opens the dialog of `group` by keyboard.
void openFor(Desktop& desktop, const char* group)
{
    desktop.window.showPanel(QStringLiteral("groups"));
    desktop.window.showGroup(QLatin1String(group));
    desktop.window.activateWindow();
    if (!QTest::qWaitForWindowActive(&desktop.window))
        qFatal("the window is not active");
    desktop.child<FittedTable>("groupsTable")->setFocus();
    QTest::keyClick(desktop.child<FittedTable>("groupsTable"), Qt::Key_R);
}

bool waitForPreview(Desktop& desktop)
{
    return desktop.waitFor([&] { return desktop.child<QPushButton>("resetButton")->isEnabled(); });
}

QString text(Desktop& desktop, const char* label)
{
    return desktop.child<QLabel>(label)->text();
}

void choose(Desktop& desktop, OffsetTarget target)
{
    auto* box = desktop.child<QComboBox>("resetTarget");
    box->setCurrentIndex(box->findData(int(target)));
}

} // namespace

class ResetOffsetsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void liveGroup_isStoppedMovedAndStarted();
    void whatIsTyped_isChecked();
    void simulatedGroup_isMovedAtTheMoment();
};

void ResetOffsetsTest::liveGroup_isStoppedMovedAndStarted()
{
    Desktop desktop;
    QVERIFY(desktop.start());
    desktop.bridge().commands().burst(8);
    QVERIFY(desktop.waitForFinal(8));
    openFor(desktop, "notification");
    QVERIFY(waitForPreview(desktop));
    auto* preview = desktop.child<FittedTable>("resetPreview");
    QVERIFY(preview->model()->rowCount() > 0);
    QVERIFY2(text(desktop, "resetSentence").contains(QLatin1String("come again")),
             qPrintable(text(desktop, "resetSentence")));
    QVERIFY(!desktop.child<QLabel>("resetWarning")->isVisible()); // The inbox is on.
    const std::size_t members = desktop.bridge().commands().members(QStringLiteral("notification"));
    QVERIFY(members > 0);
    QVERIFY(text(desktop, "resetMembers").contains(QLatin1String("join")));
    auto* dialog = desktop.window.findChild<ResetOffsetsDialog*>();
    QVERIFY(keepPicture(dialog->grab(), QStringLiteral("reset-offsets")));
    QVERIFY(!desktop.child<QPushButton>("resetButton")->isDefault()); // Enter leaves all as it is.
    const std::int64_t skipped = desktop.totals().duplicates_skipped;
    desktop.click("resetButton");
    QTRY_VERIFY_WITH_TIMEOUT(!desktop.window.findChild<ResetOffsetsDialog*>(), patience_ms);
    QTRY_VERIFY_WITH_TIMEOUT(desktop.totals().duplicates_skipped >= skipped + 8, patience_ms); // Its inbox knows them.
    QTRY_COMPARE_WITH_TIMEOUT(desktop.bridge().commands().members(QStringLiteral("notification")), members,
                              patience_ms);
    // It goes on with what is new.
    desktop.bridge().commands().burst(2);
    QVERIFY(desktop.waitForFinal(10));
    // Where it is already nothing can be done.
    openFor(desktop, "notification");
    choose(desktop, OffsetTarget::Latest);
    QTRY_VERIFY_WITH_TIMEOUT(text(desktop, "resetSentence").contains(QLatin1String("already")), patience_ms);
    QVERIFY(!desktop.child<QPushButton>("resetButton")->isEnabled());
}

void ResetOffsetsTest::whatIsTyped_isChecked()
{
    Desktop desktop;
    QVERIFY(desktop.start());
    desktop.bridge().commands().burst(5);
    QVERIFY(desktop.waitForFinal(5));
    openFor(desktop, "analytics");
    QVERIFY(waitForPreview(desktop));
    QVERIFY(!desktop.child<QLineEdit>("resetOffset")->isEnabled()); // It does not count here.
    choose(desktop, OffsetTarget::Offset);
    auto* offset = desktop.child<QLineEdit>("resetOffset");
    QVERIFY(offset->isEnabled());
    for (const char* bad : {"", "x", "-1", "1.5", "99999999999999999999"}) {
        offset->setText(QLatin1String(bad));
        QVERIFY2(!desktop.child<QPushButton>("resetButton")->isEnabled(), bad);
        QVERIFY2(offset->property("invalid").toBool() || QLatin1String(bad).size() > 16, bad);
    }
    offset->setText(QStringLiteral("0"));
    QVERIFY(waitForPreview(desktop));
    // A topic that it has not read: in the system's own words.
    desktop.child<QComboBox>("resetTopic")->setCurrentText(QStringLiteral("payment-refunded"));
    desktop.child<QComboBox>("resetGroup")->setCurrentText(QStringLiteral("payment"));
    QTRY_VERIFY_WITH_TIMEOUT(desktop.child<FittedTable>("resetPreview")->model()->rowCount() == 0, patience_ms);
    QVERIFY(!desktop.child<QPushButton>("resetButton")->isEnabled());
    // Without the inbox all happens twice, and it says so.
    Guarantees guarantees;
    guarantees.set(Guarantee::Inbox, false);
    desktop.bridge().faults().setGuarantees(guarantees);
    desktop.child<QComboBox>("resetTopic")->setCurrentIndex(0);
    QVERIFY(waitForPreview(desktop));
    QVERIFY(desktop.child<QLabel>("resetWarning")->isVisible());
}

void ResetOffsetsTest::simulatedGroup_isMovedAtTheMoment()
{
    Machine machine;
    machine.bridge().player().toEnd();
    const std::string before = machine.hash();
    openFor(machine, "notification");
    QVERIFY(waitForPreview(machine));
    const QString sentence = text(machine, "resetSentence");
    // To the moment shown: nothing that came before is seen again.
    choose(machine, OffsetTarget::Time);
    QTRY_VERIFY_WITH_TIMEOUT(text(machine, "resetSentence").contains(QLatin1String("already")), patience_ms);
    choose(machine, OffsetTarget::Earliest);
    QTRY_COMPARE_WITH_TIMEOUT(text(machine, "resetSentence"), sentence, patience_ms);
    machine.click("resetButton");
    QTRY_VERIFY_WITH_TIMEOUT(!machine.window.findChild<ResetOffsetsDialog*>(), patience_ms);
    const auto* reset = std::get_if<ResetOffsets>(&machine.worlds().shown().scenario.changes.back().setting);
    QVERIFY(reset && reset->group == "notification" && reset->target == OffsetTarget::Earliest);
    QVERIFY(machine.whole());
    QVERIFY(machine.worlds().shown().outcome->refused.empty());
    QVERIFY(machine.hash() != before);
    machine.worlds().history().undo();
    QCOMPARE(machine.hash(), before);
}

ORDERLAB_TEST(tst_reset_offsets, QApplication, ResetOffsetsTest)
#include "tst_reset_offsets.moc"
