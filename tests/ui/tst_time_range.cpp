#include "machine.h"
#include "ui/timeline/group_lanes.h"

#include <QTableView>
#include <QTreeView>

#include <numeric>

using namespace orderlab;
using namespace orderlab::ui;

class TestTimeRange : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void dragWithShift_choosesARange()
    {
        Machine machine;
        machine.press(Qt::Key_End);
        TimelineView& line = machine.line();
        const std::uint64_t index = machine.frames().index();
        auto* table = machine.child<QTableView>("ordersTable");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), int(machine.totals().accepted), patience_ms);
        const std::int64_t from = line.fromUs(), span = line.toUs() - from;
        const QPoint begin(int(line.xOf(from + span / 4)), 30), end(int(line.xOf(from + span / 2)), 30);
        QTest::mousePress(&line, Qt::LeftButton, Qt::ShiftModifier, begin);
        QTest::mouseMove(&line, end);
        QTest::mouseRelease(&line, Qt::LeftButton, Qt::ShiftModifier, end);
        QCOMPARE(machine.frames().index(), index); // The moment stays.
        const auto range = machine.bridge().range().span();
        QVERIFY(range);
        QVERIFY(range->from_us < range->to_us && range->from_us > from);
        int within = 0;
        for (const OrderState& order : machine.frames().world().orders())
            within += order.accepted_us <= range->to_us && order.updated_us >= range->from_us;
        QVERIFY(within > 0 && within < int(machine.totals().accepted));
        QCOMPARE(table->model()->rowCount(), within);
        auto* chip = machine.child<QAbstractButton>("rangeButton");
        QVERIFY(chip->isVisible());
        machine.click("rangeButton");
        QVERIFY(!machine.bridge().range().span());
        QVERIFY(!chip->isVisible());
        QCOMPARE(table->model()->rowCount(), int(machine.totals().accepted));
    }
    void keys_beginAndEndARange()
    {
        Machine machine;
        machine.press(Qt::Key_Home);
        machine.press(Qt::Key_BracketRight);
        const std::int64_t trouble = machine.frames().nowUs();
        machine.press(Qt::Key_I);
        QVERIFY(machine.bridge().range().span());
        QCOMPARE(machine.bridge().range().span()->from_us, trouble);
        QCOMPARE(machine.bridge().range().span()->to_us, machine.frames().summary().lastUs());
        machine.press(Qt::Key_BracketRight);
        machine.press(Qt::Key_O);
        QCOMPARE(machine.bridge().range().span()->from_us, trouble);
        QCOMPARE(machine.bridge().range().span()->to_us, machine.frames().nowUs());
        machine.press(Qt::Key_Escape);
        QVERIFY(!machine.bridge().range().span());
    }
    void deadLetters_areThoseOfTheRange()
    {
        WindowOptions options = simulated();
        options.engine = *engineOf("poison");
        Machine machine(options);
        machine.press(Qt::Key_End);
        auto* tree = machine.child<QTreeView>("deadLettersTree");
        QTRY_VERIFY_WITH_TIMEOUT(tree->model()->rowCount() > 0, patience_ms);
        const TimelineSummary& summary = machine.frames().summary();
        machine.bridge().range().set(summary.firstUs(), summary.firstUs());
        QCOMPARE(tree->model()->rowCount(), 0);
        machine.bridge().range().set(summary.firstUs(), summary.lastUs());
        QVERIFY(tree->model()->rowCount() > 0);
    }
    void lanes_areShownForEachGroup()
    {
        Machine machine;
        TimelineView& line = machine.line();
        const int before = line.sizeHint().height();
        machine.press(Qt::Key_G);
        QVERIFY(line.hasLanes());
        QVERIFY(machine.child<QAbstractButton>("lanesButton")->isChecked());
        QVERIFY(line.sizeHint().height() > before);
        // Dragging is still right where the lanes have pushed the bars.
        const std::int64_t middle = (line.fromUs() + line.toUs()) / 2;
        const int x = int(line.xOf(middle));
        QTest::mouseClick(&line, Qt::LeftButton, {}, QPoint(x, line.height() - 30));
        QCOMPARE(machine.frames().index(), machine.frames().timeline().indexAfter(line.timeAt(x)));
        QCoreApplication::processEvents();
        const QPixmap with = line.grab();
        machine.click("lanesButton");
        QVERIFY(!line.hasLanes());
        QCOMPARE(line.sizeHint().height(), before);
        QVERIFY(keepPicture(with, QStringLiteral("lanes")));
    }
    void lanes_countWhatEachGroupDoes()
    {
        Machine machine;
        GroupLanes lanes(machine.bridge());
        const auto& read = lanes.read();
        QCOMPARE(read.size(), machine.bridge().session().config().workers.size());
        const Timeline& timeline = machine.frames().timeline();
        for (const GroupLanes::Lane& lane : read) {
            std::uint32_t entries = 0;
            timeline.forEach([&](const Entry& entry) {
                entries += entry.group != 0 && machine.frames().names().groupLabel(entry.group) == lane.group;
            });
            std::uint32_t counted = 0;
            const TimelineSummary& all = machine.frames().summary();
            for (const auto& bin : lane.summary.histogram(all.firstUs(), all.lastUs() + 1, 10))
                counted += std::accumulate(bin.begin(), bin.end(), 0U);
            QVERIFY(entries > 0);
            QCOMPARE(counted, entries);
        }
    }
};

ORDERLAB_TEST(tst_time_range, QApplication, TestTimeRange)
#include "tst_time_range.moc"
