#include "machine.h"
#include "runtime/virtual_runtime.h"
#include "ui/panels/canvas_panel.h"
#include "ui/worlds/compare_view.h"
#include "ui/worlds/equal_parts.h"
#include "ui/worlds/worlds_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QTableWidget>

using namespace orderlab;
using namespace orderlab::ui;

class TestComparedWorlds : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nextDelivery_isLostOrLate_data()
    {
        QTest::addColumn<int>("fate");
        QTest::newRow("lost") << 0;
        QTest::newRow("late") << 2;
    }
    void nextDelivery_isLostOrLate()
    {
        QFETCH(int, fate);
        Machine machine;
        const std::string before = machine.hash();
        machine.press(Qt::Key_Home);
        machine.press(Qt::Key_F);
        auto* delivery = machine.child<QComboBox>("forkDelivery");
        auto* what = machine.child<QComboBox>("forkFate");
        QVERIFY(delivery->count() > 2);
        QVERIFY(!what->isEnabled());
        QVERIFY(!machine.child<QAbstractButton>("forkOk")->isEnabled()); // Nothing is different yet.
        delivery->setCurrentIndex(1);
        what->setCurrentIndex(fate);
        machine.click("forkOk");
        QVERIFY(machine.waitFor([&] { return machine.window.compareView() != nullptr; }));
        QVERIFY(machine.whole());
        QCOMPARE(machine.worlds().all().size(), std::size_t(2));
        QVERIFY(machine.worlds().shown().outcome->refused.empty());
        QVERIFY(machine.hash() != before);
        const Change& change = machine.worlds().shown().scenario.changes.back();
        QCOMPARE(std::holds_alternative<DropDelivery>(change.setting), fate == 0);
        QCOMPARE(std::holds_alternative<DelayDelivery>(change.setting), fate != 0);
        if (fate == 0) // The member that had it in hand has died of it.
            QVERIFY(machine.frames().timeline().now().totals().deliveries > 0);
    }
    void nextDelivery_isOfWhatTheMomentIsAbout()
    {
        Machine machine;
        machine.press(Qt::Key_Home);
        const bool found = machine.bridge().player().stepTo(
            true, [](const Entry& entry) { return entry.kind == EntryKind::EventPublished; });
        QVERIFY(found);
        const Entry about = machine.frames().timeline().at(machine.frames().index() - 1);
        machine.press(Qt::Key_F);
        machine.child<QComboBox>("forkDelivery")->setCurrentIndex(1);
        machine.click("forkOk");
        QVERIFY(machine.waitFor([&] { return machine.worlds().all().size() == 2; }));
        const auto& drop = std::get<DropDelivery>(machine.worlds().shown().scenario.changes.back().setting);
        QCOMPARE(drop.event, about.event);
    }
    void equalParts_areDim()
    {
        Machine machine;
        machine.press(Qt::Key_Home);
        const int first = machine.worlds().shown().id;
        machine.worlds().fork({SwitchGuarantee{Guarantee::PaymentKey, true}}, QStringLiteral("key on"));
        QVERIFY(machine.whole());
        machine.window.compareWith(first);
        CompareView& compare = *machine.window.compareView();
        QVERIFY(machine.waitFor([&] { return !compare.sentence().isEmpty(); }));
        const auto groups = machine.bridge().session().config().workers;
        const auto payment = std::size_t(std::find(groups.begin(), groups.end(), "payment") - groups.begin());
        // At the start nothing differs.
        machine.press(Qt::Key_Home);
        for (EventFlowView* const flow : {&compare.other(), &compare.shown()})
            QCOMPARE(flow->equalParts(), EqualParts()); // Then nothing is dim.
        QVERIFY(machine.child<QLabel>("shownEnd")->text().contains(QLatin1String("nothing differs")));
        // Where the customer is charged once more in one of them, the payment group differs, and what it has not
        // touched is equal.
        machine.click("nextDifference");
        for (EventFlowView* const flow : {&compare.other(), &compare.shown()}) {
            QVERIFY(!flow->equalParts().groups[payment]);
            QVERIFY(flow->equalParts().api);
        }
        QVERIFY(keepPicture(machine.window.grab(), QStringLiteral("compare-dim")));
        machine.click("leaveCompare");
        QVERIFY(machine.waitFor([&] { return machine.window.compareView() == nullptr; }));
        QCOMPARE(machine.window.canvas().view().equalParts(), EqualParts());
    }
    void threeWorlds_standInATable()
    {
        Machine machine;
        machine.press(Qt::Key_Home);
        const int first = machine.worlds().shown().id;
        machine.worlds().fork({SwitchGuarantee{Guarantee::PaymentKey, true}}, QStringLiteral("key on"));
        QVERIFY(machine.whole());
        machine.worlds().show(first);
        machine.press(Qt::Key_Home);
        machine.worlds().fork({PlaceOrder{"ada"}}, QStringLiteral("one more"));
        QVERIFY(machine.whole());
        machine.child<WorldsPanel>("worldsDock")->showOutcomes();
        auto* table = machine.child<QTableWidget>("outcomesTable");
        QCOMPARE(table->columnCount(), 3);
        const auto row = [&](const char* title) {
            for (int r = 0; r < table->rowCount(); ++r) {
                if (table->verticalHeaderItem(r)->text() == QLatin1String(title))
                    return r;
            }
            return -1;
        };
        const int accepted = row("Accepted"), charged = row("Charged at most once");
        QVERIFY(accepted >= 0);
        QVERIFY2(charged >= 0, "no such promise");
        QCOMPARE(table->item(accepted, 2)->text().toInt(), table->item(accepted, 0)->text().toInt() + 1);
        QVERIFY(table->item(accepted, 2)->font().bold());
        QVERIFY(table->item(charged, 0)->text().startsWith(QStringLiteral("✕")));
        QCOMPARE(table->item(charged, 1)->text(), QStringLiteral("holds"));
        machine.child<QCheckBox>("onlyDifferent")->setChecked(true);
        QVERIFY(!table->isRowHidden(accepted) && !table->isRowHidden(charged));
        QVERIFY(table->isRowHidden(row("In flight")));
    }
    void equalParts_seeEveryDifference()
    {
        // Of two moments of one run: what has changed between them is not equal.
        Machine machine;
        const Timeline& timeline = machine.frames().timeline();
        const auto groups = machine.bridge().session().config().workers;
        const JournalNames& names = machine.frames().names();
        int seen = 0;
        for (std::uint64_t i = timeline.firstIndex(); i < timeline.endIndex() && seen < 300; ++i) {
            const Entry entry = timeline.at(i);
            const EqualParts equal = equalParts(timeline.stateBefore(i), timeline.stateBefore(i + 1), names, groups);
            if (entry.kind == EntryKind::EventHandled) {
                const auto place = std::find(groups.begin(), groups.end(), names.groupLabel(entry.group).toStdString());
                QVERIFY(place != groups.end());
                QVERIFY(!equal.groups[std::size_t(place - groups.begin())]);
                ++seen;
            } else if (entry.kind == EntryKind::EventPublished) {
                QVERIFY(!equal.topics[std::size_t(*names.topic(entry.topic))]);
                ++seen;
            } else if (entry.kind == EntryKind::OrderAccepted) {
                QVERIFY(!equal.api && !equal.store);
                ++seen;
            }
        }
        QCOMPARE(seen, 300);
    }
};

ORDERLAB_TEST(tst_compared_worlds, QApplication, TestComparedWorlds)
#include "tst_compared_worlds.moc"
