#include "desktop.h"
#include "entry_builder.h"
#include "journal/recording.h"
#include "runtime/virtual_runtime.h"
#include "simulation/simulate.h"
#include "support/scratch_folder.h"
#include "ui/bridge/table_desk.h"
#include "ui/database/database_panel.h"
#include "ui/database/row_writer.h"
#include "ui/database/rows_view.h"
#include "ui/database/select_view.h"
#include "ui/database/sql_edit.h"
#include "ui/panels/create_orders_panel.h"
#include "ui/worlds/worlds.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTableView>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolButton>
#include <QTreeWidget>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

/// A window that shows the tables of a simulated world, known as a whole and at rest.
struct Shelf : Desktop {
    explicit Shelf(WindowOptions options = simulatedWindow(nullptr), LabConfig config = {})
        : Desktop(std::move(config), std::move(options))
    {
        if (bridge().worlds()) {
            if (!waitFor(
                    [this] { return bridge().frames().isWhole() && bridge().worlds()->shown().outcome.has_value(); }))
                qFatal("no world");
            bridge().player().setPlaying(false);
            frames().goTo(frames().timeline().endIndex());
        }
        window.showPanel(QStringLiteral("database"));
    }
    static WindowOptions simulatedWindow(const char* scenario)
    {
        WindowOptions options = forgetful();
        options.engine = scenario ? engineOf(scenario).value() : simulatedEngine();
        return options;
    }
    FramePump& frames() { return bridge().frames(); }
    DatabasePanel& panel()
    {
        auto* found = window.findChild<DatabasePanel*>();
        if (!found)
            qFatal("no panel");
        return *found;
    }
    RowsView& rows() { return panel().rows(); }
    TablePageModel& model() { return rows().model(); }
    /// Once the rows are those of the moment shown.
    bool isCurrent()
    {
        return waitFor(
            [this] { return rows().isCurrent() && rows().problem().isEmpty() && !model().table().name.empty(); });
    }
    bool show(const char* table)
    {
        return isCurrent() && rows().showTable(QLatin1String(table)) && isCurrent() && model().table().name == table;
    }
    QString countOf(const char* table)
    {
        const auto found = child<QTreeWidget>("tableList")->findItems(QLatin1String(table), Qt::MatchExactly);
        return found.isEmpty() ? QString() : found.first()->text(1);
    }
    QString cell(int row, const char* column)
    {
        const Cell found = model().cellAt(row, column);
        return found ? QString::fromStdString(*found) : QStringLiteral("NULL");
    }
    QString text(const char* label) { return child<QLabel>(label)->text(); }
    /// What the statement gives, "a|b" for each row, or the message.
    QStringList select(const QString& sql, bool by_key = true)
    {
        panel().showSelect();
        auto* edit = child<SqlEdit>("sqlEdit");
        edit->setPlainText(sql);
        if (by_key)
            QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
        else
            click("runSelect");
        if (!waitFor([this] { return !panel().select().isRunning(); }))
            return {QStringLiteral("it runs on")};
        if (child<QLabel>("selectMessage")->property("role") == QStringLiteral("error"))
            return {text("selectMessage")};
        const SelectedModel& selected = panel().select().model();
        QStringList lines;
        for (int row = 0; row < selected.rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < selected.columnCount(); ++column)
                cells << selected.index(row, column).data().toString();
            lines << cells.join(QLatin1Char('|'));
        }
        return lines;
    }
};

TableInfo threeColumns()
{
    TableInfo table;
    table.name = "t";
    table.columns = {{"id", "bigint", true}, {"text", "text", false}, {"other", "uuid", false}};
    return table;
}
TablePage pageOf(std::int64_t first, std::int64_t total, int rows)
{
    TablePage page;
    page.first = first;
    page.total = total;
    for (int i = 0; i < rows; ++i)
        page.rows.push_back({std::to_string(first + i), std::string(), Cell()});
    return page;
}

} // namespace

class TestDatabasePanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void model_hasOnePage()
    {
        TablePageModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(threeColumns(), pageOf(0, 1'000, 200));
        QCOMPARE(model.rowCount(), 1'000);
        QCOMPARE(model.index(199, 0).data().toString(), QStringLiteral("199"));
        QCOMPARE(model.index(200, 0).data().toString(), QStringLiteral("…"));
        // NULL and an empty text are told apart.
        QCOMPARE(model.index(5, 1).data().toString(), QString());
        QVERIFY(!model.index(5, 1).data(TablePageModel::NullRole).toBool());
        QCOMPARE(model.index(5, 2).data().toString(), QStringLiteral("NULL"));
        QVERIFY(model.index(5, 2).data(TablePageModel::NullRole).toBool());
        QVERIFY(!model.wantedPage(0, 30));
        QCOMPARE(model.wantedPage(190, 220), std::optional<std::int64_t>(105));
        QCOMPARE(model.wantedPage(990, 2'000), std::optional<std::int64_t>(894));
        model.show(threeColumns(), pageOf(105, 1'003, 200));
        QCOMPARE(model.rowCount(), 1'003);
        QCOMPARE(model.index(220, 0).data().toString(), QStringLiteral("220"));
        QVERIFY(!model.wantedPage(190, 220));
        model.show(threeColumns(), pageOf(0, 3, 3));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.keyOf(2), QStringLiteral("2"));
        model.show(threeColumns(), pageOf(0, 0, 0));
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.wantedPage(0, 0));
        TablePage changed = pageOf(0, 2, 2);
        changed.changes = {RowChange::Changed, RowChange::Gone};
        changed.before = {{"0", "before", Cell()}, {}};
        model.show(threeColumns(), changed);
        QCOMPARE(model.columnCount(), 4);
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("± changed"));
        QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("− gone"));
        QVERIFY(model.index(0, 2).data(TablePageModel::CellChangedRole).toBool());
        QVERIFY(!model.index(0, 1).data(TablePageModel::CellChangedRole).toBool());
        QVERIFY(model.index(0, 2).data(Qt::ToolTipRole).toString().contains(QStringLiteral("was: before")));
        model.clear();
        QCOMPARE(model.columnCount(), 0);
    }
    void rows_areThoseOfTheMoment()
    {
        Shelf shelf;
        QVERIFY(shelf.isCurrent());
        const Totals end = shelf.totals();
        QVERIFY(end.accepted > 10);
        QCOMPARE(std::int64_t(shelf.model().rowCount()), end.accepted);
        QCOMPARE(shelf.countOf("orders"), QString::number(end.accepted));
        QVERIFY2(shelf.text("tableState").contains(QStringLiteral(" at ")), qPrintable(shelf.text("tableState")));
        std::int64_t paid = 0;
        for (int row = 0; row < shelf.model().rowCount(); ++row)
            paid += shelf.cell(row, "status") == QStringLiteral("paid");
        QCOMPARE(paid, end.paid);

        const std::uint64_t last = shelf.frames().timeline().endIndex();
        for (const std::uint64_t index : {last / 2, last / 5, last}) {
            shelf.frames().goTo(index);
            QVERIFY(!shelf.rows().isCurrent());
            QVERIFY(shelf.isCurrent());
            QCOMPARE(std::int64_t(shelf.model().rowCount()), shelf.totals().accepted);
        }
        shelf.frames().goTo(shelf.frames().timeline().firstIndex());
        QVERIFY(shelf.isCurrent());
        QCOMPARE(shelf.model().rowCount(), 0);
        // What a person does becomes a change of the world, and of its tables.
        shelf.frames().goTo(last);
        QVERIFY(shelf.isCurrent());
        for (const char* table :
             {"outbox", "processed_events", "payments", "notifications", "gateway_ledger", "consumer_groups"})
            QVERIFY2(shelf.show(table), table);
        QCOMPARE(shelf.countOf("processed_events"), shelf.countOf("inbox"));
    }
    void rows_areNotAskedForUnseen()
    {
        Shelf shelf;
        QVERIFY(shelf.isCurrent());
        shelf.window.showPanel(QStringLiteral("orders"));
        shelf.frames().goTo(shelf.frames().timeline().firstIndex());
        QVERIFY(!shelf.rows().isCurrent());
        const int before = shelf.model().rowCount();
        // Asked for something else, and waited for that.
        bool is_answered = false;
        QVERIFY(shelf.bridge().tables().ask<std::vector<TableInfo>>(
            &shelf.window, [](Tables& tables) { return tables.list(); },
            [&](const Result<std::vector<TableInfo>>& list) {
                QVERIFY(list.has_value());
                QCOMPARE(list->front().rows, 0);
                is_answered = true;
            }));
        QVERIFY(shelf.waitFor([&] { return is_answered; }));
        QCOMPARE(shelf.model().rowCount(), before);
        shelf.window.showPanel(QStringLiteral("database"));
        QVERIFY(shelf.isCurrent());
        QCOMPARE(shelf.model().rowCount(), 0);
    }
    void filters_areByColumn()
    {
        Shelf shelf(Shelf::simulatedWindow("everything-at-once")); // Not all are paid.
        QVERIFY(shelf.isCurrent());
        auto* field = shelf.child<QLineEdit>("filter-status");
        QTest::keyClicks(field, QStringLiteral("pai"));
        QTRY_COMPARE_WITH_TIMEOUT(std::int64_t(shelf.model().rowCount()), shelf.totals().paid, patience_ms);
        QVERIFY(shelf.totals().paid < shelf.totals().accepted);
        // Stays with the moment.
        shelf.frames().goTo(shelf.frames().timeline().endIndex() / 2);
        QVERIFY(shelf.isCurrent());
        QCOMPARE(std::int64_t(shelf.model().rowCount()), shelf.totals().paid);
        field->clear();
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(std::int64_t(shelf.model().rowCount()), shelf.totals().accepted, patience_ms);
        // Another table has its own.
        QVERIFY(shelf.show("payments"));
        QVERIFY(shelf.window.findChild<QLineEdit*>(QStringLiteral("filter-outcome")));
    }
    void pages_comeByScrolling()
    {
        Shelf shelf;
        QVERIFY(shelf.show("processed_events"));
        const int rows = shelf.model().rowCount();
        QVERIFY2(rows > int(Tables::page_rows), qPrintable(QString::number(rows)));
        QCOMPARE(shelf.cell(rows - 1, "event_id"), QStringLiteral("NULL")); // Not on the page.
        auto* table = shelf.child<QTableView>("tableRows");
        table->scrollToBottom();
        QTRY_VERIFY_WITH_TIMEOUT(shelf.model().rowAt(rows - 1) != nullptr, patience_ms);
        QVERIFY(shelf.cell(rows - 1, "event_id").size() == 36);
        QVERIFY(!shelf.model().rowAt(0));
        table->scrollToTop();
        QTRY_VERIFY_WITH_TIMEOUT(shelf.model().rowAt(0) != nullptr, patience_ms);
    }
    void titles_sort()
    {
        Shelf shelf;
        QVERIFY(shelf.isCurrent());
        auto* header = shelf.child<QTableView>("tableRows")->horizontalHeader();
        const auto clickTitle = [&](int column) {
            QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                              QPoint(header->sectionViewportPosition(column) + 12, 6));
        };
        const auto amounts = [&] {
            std::vector<qint64> all;
            for (int row = 0; row < shelf.model().rowCount(); ++row)
                all.push_back(shelf.cell(row, "amount_minor").toLongLong());
            return all;
        };
        clickTitle(2);
        QVERIFY(shelf.isCurrent());
        const auto up = amounts();
        QVERIFY(std::is_sorted(up.begin(), up.end()) && up.front() < up.back());
        clickTitle(2);
        QVERIFY(shelf.isCurrent());
        const auto down = amounts();
        QVERIFY(std::is_sorted(down.rbegin(), down.rend()));
    }
    void select_runsAtTheMoment()
    {
        Shelf shelf;
        QVERIFY(shelf.isCurrent());
        QCOMPARE(shelf.select(QStringLiteral("SELECT count(*), NULL, '' FROM orders")),
                 QStringList{QStringLiteral("%1|NULL|").arg(shelf.totals().accepted)});
        shelf.frames().goTo(shelf.frames().timeline().endIndex() / 2);
        QCOMPARE(shelf.select(QStringLiteral("SELECT count(*) FROM orders WHERE status = 'paid'"), false),
                 QStringList{QString::number(shelf.totals().paid)});
        QVERIFY(shelf.text("selectMessage").contains(QStringLiteral(" at ")));
        // A mistake is told at its place.
        QVERIFY(shelf.select(QStringLiteral("SELECT 'ä', nope\nFROM orders")).first().contains(QStringLiteral("nope")));
        QCOMPARE(shelf.child<SqlEdit>("sqlEdit")->problem(), 12);
        bool is_marked = false;
        for (const auto& range : shelf.child<SqlEdit>("sqlEdit")->document()->firstBlock().layout()->formats())
            is_marked =
                is_marked || (range.start == 12 && range.format.underlineStyle() == QTextCharFormat::WaveUnderline);
        QVERIFY(is_marked);
        QVERIFY(shelf.select(QStringLiteral("DELETE FROM orders")).first().contains(QStringLiteral("Only SELECT")));
        // Runs without end, until a person ends it.
        shelf.child<SqlEdit>("sqlEdit")->setPlainText(QStringLiteral(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0"));
        shelf.click("runSelect");
        QVERIFY(shelf.panel().select().isRunning());
        QVERIFY(shelf.waitFor([&] {
            shelf.panel().select().cancel();
            return !shelf.panel().select().isRunning();
        }));
        QVERIFY2(shelf.text("selectMessage").contains(QStringLiteral("anceled")),
                 qPrintable(shelf.text("selectMessage")));
        // The plan, and what was asked before.
        shelf.child<SqlEdit>("sqlEdit")->setPlainText(QStringLiteral("SELECT * FROM orders WHERE id = 'x'"));
        shelf.click("planSelect");
        QVERIFY(shelf.waitFor([&] { return !shelf.panel().select().isRunning(); }));
        QVERIFY(shelf.child<QPlainTextEdit>("planText")->toPlainText().contains(QStringLiteral("orders_by_key")));
        const QStringList& history = shelf.panel().select().history();
        QCOMPARE(history.first(), QStringLiteral("SELECT * FROM orders WHERE id = 'x'"));
        QVERIFY(history.contains(QStringLiteral("DELETE FROM orders")));
        for (int i = 0; i < 2 * SelectView::history_max; ++i)
            shelf.select(QStringLiteral("SELECT %1").arg(i));
        QCOMPARE(shelf.panel().select().history().size(), SelectView::history_max);
    }
    void marks_showWhatHasChanged()
    {
        Shelf shelf;
        const std::uint64_t end = shelf.frames().timeline().endIndex();
        shelf.frames().goTo(end / 3);
        QVERIFY(shelf.isCurrent());
        const std::int64_t orders = shelf.totals().accepted, paid = shelf.totals().paid;
        shelf.click("markMoment");
        QVERIFY(shelf.isCurrent());
        QVERIFY(shelf.model().hasChanges());
        shelf.frames().goTo(end);
        QVERIFY(shelf.isCurrent());
        std::int64_t added = 0, changed = 0;
        for (int row = 0; row < shelf.model().rowCount(); ++row) {
            added += shelf.model().changeAt(row) == RowChange::Added;
            changed += shelf.model().changeAt(row) == RowChange::Changed;
        }
        QCOMPARE(added, shelf.totals().accepted - orders);
        QVERIFY(changed > 0 && changed <= orders - paid);
        shelf.child<QCheckBox>("changedOnly")->setChecked(true);
        QTRY_COMPARE_WITH_TIMEOUT(std::int64_t(shelf.model().rowCount()), added + changed, patience_ms);
        // The other way round they are gone.
        shelf.click("markMoment");
        QVERIFY(shelf.isCurrent());
        QVERIFY(!shelf.model().hasChanges());
        shelf.click("markMoment");
        shelf.frames().goTo(end / 3);
        QVERIFY(shelf.isCurrent());
        std::int64_t gone = 0;
        for (int row = 0; row < shelf.model().rowCount(); ++row)
            gone += shelf.model().changeAt(row) == RowChange::Gone;
        QCOMPARE(gone, added);
    }
    /// Each look is compared with the one before.
    void looks_showWhatHasChangedSince()
    {
        Shelf shelf;
        const std::uint64_t end = shelf.frames().timeline().endIndex();
        const auto added = [&] {
            int rows = 0;
            for (int row = 0; row < shelf.model().rowCount(); ++row)
                rows += shelf.model().changeAt(row) == RowChange::Added;
            return rows;
        };
        shelf.frames().goTo(end / 4);
        QVERIFY(shelf.isCurrent());
        const auto first = shelf.totals().accepted;
        shelf.child<QCheckBox>("sinceLook")->setChecked(true);
        QVERIFY(shelf.isCurrent());
        QVERIFY(shelf.model().hasChanges());
        QCOMPARE(added(), 0);
        shelf.window.showPanel(QStringLiteral("orders"));
        shelf.frames().goTo(end / 2);
        const auto second = shelf.totals().accepted;
        QVERIFY(second > first);
        shelf.window.showPanel(QStringLiteral("database"));
        QVERIFY(shelf.isCurrent());
        QCOMPARE(added(), second - first);
        QVERIFY(keepPicture(shelf.window.grab(), QStringLiteral("database-since-look")));
        shelf.window.showPanel(QStringLiteral("orders"));
        shelf.window.showPanel(QStringLiteral("database"));
        QVERIFY(shelf.isCurrent());
        QCOMPARE(added(), 0); // It has been seen.
        shelf.frames().goTo(end);
        QVERIFY(shelf.isCurrent());
        QCOMPARE(added(), shelf.totals().accepted - second);
        shelf.click("markMoment"); // No more.
        QVERIFY(shelf.isCurrent());
        QVERIFY(!shelf.model().hasChanges());
        QVERIFY(!shelf.child<QCheckBox>("sinceLook")->isChecked());
    }
    /// A store in memory is as it is now: what was seen is copied when it goes out of sight.
    void looks_ofALiveStore()
    {
        Shelf shelf(Desktop::forgetful());
        QVERIFY(shelf.start());
        QVERIFY(shelf.isCurrent());
        shelf.child<QCheckBox>("sinceLook")->setChecked(true);
        QVERIFY(shelf.isCurrent());
        shelf.window.showPanel(QStringLiteral("orders"));
        bool is_copied = false; // Questions are answered one after the other.
        QVERIFY(shelf.bridge().tables().ask<bool>(
            &shelf.window, [](Tables&) -> Result<bool> { return true; },
            [&is_copied](const Result<bool>&) { is_copied = true; }));
        QVERIFY(shelf.waitFor([&] { return is_copied; }));
        shelf.window.createOrders().createBurst();
        QVERIFY(shelf.waitFor([&] { return shelf.totals().accepted > 0 && shelf.totals().in_flight == 0; }));
        shelf.window.showPanel(QStringLiteral("database"));
        QTRY_VERIFY_WITH_TIMEOUT(shelf.model().rowCount() > 0, patience_ms);
        QCOMPARE(shelf.model().changeAt(0), RowChange::Added);
    }
    void writer_isFound_data()
    {
        QTest::addColumn<QByteArray>("table");
        QTest::addColumn<QString>("says");
        QTest::newRow("payments") << QByteArray("payments") << "payment, attempt";
        QTest::newRow("notifications") << QByteArray("notifications") << "notification, attempt";
        QTest::newRow("processed_events") << QByteArray("processed_events") << "event-handled";
        QTest::newRow("gateway_ledger") << QByteArray("gateway_ledger") << "gateway-charged";
        QTest::newRow("analytics") << QByteArray("analytics") << "unknown";
    }
    void writer_isFound()
    {
        QFETCH(QByteArray, table);
        QFETCH(QString, says);
        Shelf shelf;
        QVERIFY(shelf.show(table.constData()));
        auto* rows = shelf.child<QTableView>("tableRows");
        const int row = std::min(3, shelf.model().rowCount() - 1);
        QVERIFY(row >= 0);
        const CellRow selected = *shelf.model().rowAt(row);
        rows->selectRow(row);
        QVERIFY2(shelf.text("writtenBy").contains(says), qPrintable(shelf.text("writtenBy")));
        auto* go = shelf.child<QPushButton>("goToWriter");
        QCOMPARE(go->isHidden(), says == QStringLiteral("unknown"));
        if (go->isHidden())
            return;
        go->click();
        // The moment at which it was written: the row is there, and one entry earlier it is not, or was another one.
        const std::uint64_t index = shelf.frames().index();
        QVERIFY(index < shelf.frames().timeline().endIndex());
        const auto isThere = [&] {
            for (int i = 0; i < int(shelf.model().page().rows.size()); ++i) {
                if (*shelf.model().rowAt(i) == selected)
                    return true;
            }
            return false;
        };
        QVERIFY(shelf.isCurrent());
        QVERIFY(isThere());
    }
    /// Each order's row at the end was written by the last entry about its status.
    void writer_ofAllOrders()
    {
        Shelf shelf;
        QVERIFY(shelf.isCurrent());
        const FramePump& frames = shelf.frames();
        for (int row = 0; row < shelf.model().rowCount(); ++row) {
            const auto writer = findRowWriter(frames.timeline(), frames.index(), frames.names(), shelf.model().table(),
                                              *shelf.model().rowAt(row));
            QVERIFY(writer.has_value());
            const QString status = shelf.cell(row, "status");
            QCOMPARE(writer->entry.kind,
                     status == QStringLiteral("created") ? EntryKind::OrderAccepted : EntryKind::StatusChanged);
            if (writer->entry.kind == EntryKind::StatusChanged)
                QCOMPARE(frames.names().text(writer->entry.detail), status);
            if (status == QStringLiteral("paid")) {
                QVERIFY(writer->handled.has_value());
                QCOMPARE(frames.names().groupLabel(writer->handled->group), QStringLiteral("order-status"));
            }
        }
    }
    void realSystem_showsWhatIsNow()
    {
        Shelf shelf(Desktop::forgetful());
        QVERIFY(shelf.start());
        shelf.click("createButton");
        QVERIFY(shelf.waitForFinal(1));
        QTRY_VERIFY_WITH_TIMEOUT(shelf.model().rowCount() > 0, patience_ms);
        QTRY_COMPARE_WITH_TIMEOUT(shelf.cell(0, "status"), QStringLiteral("paid"), patience_ms);
        QVERIFY(shelf.text("tableState").contains(QStringLiteral("the store in memory, now")));
        shelf.bridge().player().setPlaying(false); // It would catch up.
        shelf.frames().goTo(shelf.frames().timeline().firstIndex());
        QTRY_VERIFY_WITH_TIMEOUT(shelf.text("tableState").contains(QStringLiteral("not at the moment shown")),
                                 patience_ms);
        QCOMPARE(shelf.model().rowCount(), 1);
        QCOMPARE(shelf.select(QStringLiteral("SELECT status FROM orders")), QStringList{QStringLiteral("paid")});
    }
    void postgres_isReadAsTheReader()
    {
        const test::ScratchFolder folder;
        LabConfig config;
        config.store = StoreKind::PostgresPrivate;
        config.data_dir = folder.path() / "data";
        Shelf shelf(Desktop::forgetful(), config);
        QVERIFY(shelf.start());
        shelf.click("createButton");
        QVERIFY(shelf.waitForFinal(1));
        QTRY_VERIFY_WITH_TIMEOUT(shelf.model().rowCount() > 0, patience_ms);
        QTRY_COMPARE_WITH_TIMEOUT(shelf.cell(0, "status"), QStringLiteral("paid"), patience_ms);
        QVERIFY(shelf.text("tableState").contains(QStringLiteral("PostgreSQL, now")));
        QVERIFY(!shelf.child<QPushButton>("markMoment")->isEnabled());
        QCOMPARE(shelf.select(QStringLiteral("SELECT current_user, status FROM orders")),
                 QStringList{QStringLiteral("orderlab_read|paid")});
        QVERIFY(shelf.select(QStringLiteral("SELECT pg_sleep(60)")).first().contains(QStringLiteral("pg_sleep")));
    }
    void recording_hasTablesIfItSaysWhichRunItIs()
    {
        const Engine engine = simulatedEngine();
        for (const bool says : {true, false}) {
            const test::ScratchFolder folder;
            const std::string file = (folder.path() / "run.jsonl").string();
            RecordingHeader header;
            header.started_at = VirtualRuntime::epoch();
            header.program = ORDERLAB_VERSION;
            if (says) {
                header.seed = engine.seed;
                header.scenario = engine.scenario.toJson();
                header.scenario.erase(std::remove(header.scenario.begin(), header.scenario.end(), '\n'),
                                      header.scenario.end());
            }
            auto writer = RecordingWriter::create(file, header);
            QVERIFY(writer.has_value());
            SimulationOptions options;
            options.on_entries = [&](std::span<const Entry> entries, const Names& names) {
                (void)(*writer)->write(entries, names);
            };
            const auto report = simulate(engine.scenario, engine.seed, options);
            QVERIFY(report.has_value());
            QVERIFY((*writer)->close().has_value());
            WindowOptions window = Desktop::forgetful();
            window.engine = Engine{Engine::Kind::Recorded};
            window.engine->recording = QString::fromStdString(file);
            Shelf shelf(window);
            QVERIFY(shelf.start());
            QVERIFY(
                shelf.waitFor([&] { return shelf.frames().isWhole() && shelf.frames().timeline().endIndex() > 0; }));
            shelf.bridge().player().setPlaying(false);
            if (!says) {
                QTRY_VERIFY_WITH_TIMEOUT(shelf.panel()
                                             .findChild<QLabel*>(QStringLiteral("emptyState"))
                                             ->text()
                                             .contains(QStringLiteral("does not say which run")),
                                         patience_ms);
                continue;
            }
            for (const std::uint64_t index :
                 {shelf.frames().timeline().endIndex(), shelf.frames().timeline().endIndex() / 2}) {
                shelf.frames().goTo(index);
                QVERIFY(shelf.isCurrent());
                QCOMPARE(std::int64_t(shelf.model().rowCount()), shelf.totals().accepted);
            }
        }
    }
    void attached_saysWhyThereAreNone()
    {
        LabConfig config;
        config.bus = BusKind::Kafka;
        config.kafka.brokers = "127.0.0.1:1";
        WindowOptions options = Desktop::forgetful();
        options.engine = Engine{Engine::Kind::Attached};
        Shelf shelf(options, config);
        QVERIFY(
            shelf.panel().findChild<QLabel*>(QStringLiteral("emptyState"))->text().contains(QStringLiteral("watched")));
        QVERIFY(!shelf.child<QPushButton>("runSelect")->isEnabled());
    }
    void key_goesThere()
    {
        Shelf shelf;
        shelf.window.showPanel(QStringLiteral("orders"));
        const auto isInFront = [&shelf] {
            const QWidget* at = shelf.window.childAt(shelf.panel().mapTo(&shelf.window, shelf.panel().rect().center()));
            return at && shelf.panel().isAncestorOf(at);
        };
        QTRY_VERIFY_WITH_TIMEOUT(!isInFront(), patience_ms); // Behind another tab.
        QList<QAction*> found;
        for (QAction* action : shelf.window.findChildren<QAction*>()) {
            if (action->shortcut() == QKeySequence(QStringLiteral("Alt+D")))
                found << action;
        }
        QCOMPARE(found.size(), 1);
        found.first()->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(isInFront(), patience_ms);
    }
};

ORDERLAB_TEST(tst_database_panel, QApplication, TestDatabasePanel)
#include "tst_database_panel.moc"
