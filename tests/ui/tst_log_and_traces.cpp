#include "machine.h"
#include "observe/journal_log.h"
#include "observe/span_conventions.h"
#include "ui/models/format.h"
#include "ui/observe/log_panel.h"
#include "ui/observe/traces_panel.h"
#include "ui/panels/story_panel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTextBrowser>
#include <QTreeWidget>

#include <set>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

OrderId orderWithTrouble(Machine& machine)
{
    for (const OrderState& order : machine.frames().timeline().now().orders()) {
        if (order.attempts_failed > 0)
            return order.id;
    }
    qFatal("no attempt failed");
}

} // namespace

class TestLogAndTraces : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void log_hasALineForEachEntryThatIsWorthOne()
    {
        Machine machine;
        LogModel model(machine.bridge());
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.read();
        int lines = 0, warnings = 0;
        machine.frames().timeline().forEach([&](const Entry& entry) {
            const JournalLogRow* const row = journalLogRow(entry.kind);
            lines += row != nullptr;
            warnings += row && row->level >= LogLevel::Warning;
        });
        QVERIFY(lines > 1'000);
        QCOMPARE(model.rowCount(), lines);
        // Oldest first, and each is its entry's.
        for (int row = 1; row < model.rowCount(); ++row)
            QVERIFY(model.entryOf(row) > model.entryOf(row - 1));
        const Entry entry = machine.frames().timeline().at(model.entryOf(100));
        QCOMPARE(model.index(100, LogModel::Message).data().toString().toStdString(),
                 journalLogWords(*journalLogRow(entry.kind), entry, machine.frames().names().names()));
        model.setFilter({LogLevel::Warning, {}, {}});
        QCOMPARE(model.rowCount(), warnings);
        const OrderId order = orderWithTrouble(machine);
        model.setFilter({LogLevel::Debug, QString::fromStdString(order.toString()), {}});
        QVERIFY(model.rowCount() > 5);
        for (int row = 0; row < model.rowCount(); ++row)
            QCOMPARE(model.orderOf(row), order);
        model.setFilter({LogLevel::Debug, QStringLiteral("attempt at"), {}});
        QCOMPARE(std::int64_t(model.rowCount()), machine.frames().timeline().now().totals().attempts_failed);
        const std::int64_t middle = (machine.frames().summary().firstUs() + machine.frames().summary().lastUs()) / 8;
        model.setFilter({LogLevel::Debug, {}, TimeRange::Span{0, middle}});
        QVERIFY(model.rowCount() == 0 || model.rowCount() < lines);
    }
    void moment_isInTheLog()
    {
        Machine machine;
        LogModel model(machine.bridge());
        model.read();
        model.setMoment(0);
        QCOMPARE(model.rowsPassed(), 0);
        const QColor faint = model.index(0, 0).data(Qt::ForegroundRole).value<QColor>();
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setMoment(model.entryOf(10) + 1);
        QCOMPARE(model.rowsPassed(), 11);
        QCOMPARE(changed.count(), 1);
        QVERIFY(model.index(10, 0).data(Qt::ForegroundRole).value<QColor>() != faint);
        QCOMPARE(model.index(11, 0).data(Qt::ForegroundRole).value<QColor>(), faint);
    }
    void line_movesTheMomentAndTheMomentFindsItsLine()
    {
        Machine machine;
        machine.press(Qt::Key_Home);
        QVERIFY(machine.window.showPanel(QStringLiteral("log")));
        auto* table = machine.child<QTableView>("logTable");
        QVERIFY(machine.waitFor([&] { return table->model()->rowCount() > 100; }));
        machine.child<QLineEdit>("logText")->setText(QStringLiteral("attempt at"));
        QVERIFY(table->model()->rowCount() > 3);
        const QModelIndex row = table->model()->index(2, LogModel::Message);
        table->scrollTo(row);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(row).center());
        const Entry entry = machine.frames().timeline().at(machine.frames().index() - 1);
        QCOMPARE(entry.kind, EntryKind::AttemptFailed);
        QCOMPARE(machine.line().order(), OrderId(entry.order)); // Its story is told.
        machine.line().setOrder(OrderId());
        table->setCurrentIndex(row.siblingAtRow(1));
        table->setFocus();
        auto* log = qobject_cast<LogModel*>(table->model());
        const std::uint64_t wanted = log->entryOf(1);
        QTest::keyClick(table, Qt::Key_Return); // The same by keyboard.
        QCOMPARE(machine.frames().index(), wanted + 1);
        QCOMPARE(machine.line().order(), OrderId(machine.frames().timeline().at(wanted).order));
        machine.child<QLineEdit>("logText")->clear();
        machine.press(Qt::Key_BracketRight);
        const std::uint64_t index = machine.frames().index();
        QVERIFY(machine.waitFor([&] {
            const int at = table->currentIndex().row();
            auto* model = qobject_cast<LogModel*>(table->model());
            return at >= 0 && model->entryOf(at) < index
                   && (at + 1 == model->rowCount() || model->entryOf(at + 1) >= index);
        }));
        machine.child<QComboBox>("logLevel")->setCurrentIndex(2);
        QVERIFY(machine.child<QLabel>("logCount")->text().contains(QLatin1String("lines of")));
    }
    void log_followsALiveSystem()
    {
        Desktop desktop;
        QVERIFY(desktop.start());
        QVERIFY(desktop.window.showPanel(QStringLiteral("log")));
        desktop.bridge().commands().burst(20);
        QVERIFY(desktop.waitForFinal(20));
        auto* table = desktop.child<QTableView>("logTable");
        QVERIFY(desktop.waitFor([&] {
            auto* model = qobject_cast<LogModel*>(table->model());
            return model->rowCount() > 100 && model->rowsPassed() == model->rowCount();
        }));
    }
    void spans_areOneTreeOfTheOrder()
    {
        Machine machine;
        const OrderId order = orderWithTrouble(machine);
        const std::vector<OrderSpan> spans = spansOf(order, machine.bridge());
        QVERIFY(spans.size() >= 8);
        std::set<std::uint64_t> ids;
        int failed = 0, processed = 0, sent = 0;
        for (const OrderSpan& one : spans) {
            QVERIFY(ids.insert(one.span.id).second);
            QVERIFY(one.span.end_us >= one.span.start_us);
            QCOMPARE(one.span.trace, spans.front().span.trace);
            const Entry entry = machine.frames().timeline().at(one.entry);
            QCOMPARE(OrderId(entry.order), order);
            failed += one.span.is_error && one.span.kind == SpanKind::Consumer;
            processed += one.span.kind == SpanKind::Consumer;
            sent += one.span.kind == SpanKind::Producer;
            if (one.span.kind == SpanKind::Consumer) { // An attempt belongs to the event that was sent.
                QVERIFY(one.parent >= 0);
                QCOMPARE(spans[std::size_t(one.parent)].span.kind, SpanKind::Producer);
            }
        }
        QCOMPARE(sent, 2); // order-created and what payment emits.
        QVERIFY(failed >= 1);
        QCOMPARE(processed - failed, 3 + 3); // Three groups listen to each.
    }
    void traces_showTheOrderOfTheStory()
    {
        Machine machine;
        machine.press(Qt::Key_End);
        QVERIFY(machine.window.showPanel(QStringLiteral("traces")));
        auto* tree = machine.child<QTreeWidget>("tracesTree");
        QCOMPARE(tree->topLevelItemCount(), 0);
        const OrderId order = orderWithTrouble(machine);
        machine.window.showStory(order);
        QVERIFY(machine.waitFor([&] { return tree->topLevelItemCount() > 0; }));
        auto* panel = machine.child<TracesPanel>("tracesDock");
        QVERIFY(machine.child<QLabel>("tracesState")->text().contains(QLatin1String("with an error")));
        // A span leads to its entry, and says all of it.
        QTreeWidgetItem* item = nullptr;
        for (QTreeWidgetItemIterator it(tree); *it; ++it) {
            if (!item && (*it)->text(0).contains(QStringLiteral("✕")))
                item = *it;
        }
        QVERIFY(item);
        tree->setCurrentItem(item);
        const QString detail = machine.child<QTextBrowser>("spanDetail")->toPlainText();
        QVERIFY2(detail.contains(toQt(conventions::operation_type)) && detail.contains(QLatin1String("error")),
                 qPrintable(detail));
        const OrderSpan& span = panel->spans()[std::size_t(item->data(0, Qt::UserRole).toInt())];
        Q_EMIT tree->itemActivated(item, 0);
        QCOMPARE(machine.frames().index(), span.entry + 1);
        QVERIFY(keepPicture(machine.window.grab(), QStringLiteral("traces")));
        machine.window.showPanel(QStringLiteral("log"));
        QVERIFY(machine.waitFor([&] { return machine.child<QTableView>("logTable")->model()->rowCount() > 100; }));
        QCoreApplication::processEvents();
        QVERIFY(keepPicture(machine.window.grab(), QStringLiteral("log")));
    }
};

ORDERLAB_TEST(tst_log_and_traces, QApplication, TestLogAndTraces)
#include "tst_log_and_traces.moc"
