#include "entry_builder.h"
#include "machine.h"
#include "support/scratch_folder.h"
#include "ui/canvas/event_flow_view.h"
#include "ui/database/database_panel.h"
#include "ui/database/rows_view.h"
#include "ui/models/format.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/sequence_view.h"
#include "ui/panels/story_panel.h"
#include "ui/story/causes_model.h"
#include "ui/story/step_detail.h"
#include "ui/story/step_rows.h"
#include "ui/story/step_rows_view.h"
#include "ui/story/two_orders_dialog.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTreeView>
#include <QTreeWidget>

#include <set>

using namespace orderlab;
using namespace orderlab::ui;

namespace {

WindowOptions worldOf(const char* scenario)
{
    WindowOptions options = Desktop::forgetful();
    options.engine = engineOf(scenario).value();
    return options;
}

/// A window on a simulated world at its end, with the story of an order.
struct Teller : Machine {
    explicit Teller(WindowOptions options = simulated(), QSize size = {1'600, 1'000})
        : Machine(std::move(options), size)
    {
        frames().goTo(frames().timeline().endIndex());
    }
    StoryPanel& story() { return window.story(); }
    StoryModel& model() { return story().model(); }
    /// The first order of which this is told.
    OrderId orderWith(EntryKind kind)
    {
        for (std::uint64_t i = frames().timeline().firstIndex(); i < frames().timeline().endIndex(); ++i) {
            const Entry entry = frames().timeline().at(i);
            if (entry.kind == kind && !entry.order.isNull())
                return OrderId(entry.order);
        }
        return {};
    }
    int stepOf(EntryKind kind, const QString& group = {})
    {
        for (int row = 0; row < model().rowCount(); ++row) {
            const Entry& entry = model().stepAt(row).entry;
            if (entry.kind == kind && (group.isEmpty() || frames().names().groupLabel(entry.group) == group))
                return row;
        }
        return -1;
    }
    /// As a click on it, without going to its moment.
    void choose(int step)
    {
        auto* sequence = child<SequenceView>("sequenceView");
        sequence->setAllGroups(true);
        sequence->selectStep(step);
        Q_EMIT sequence->stepSelected(step);
    }
    void showTab(int tab) { child<QTabBar>("storyTabs")->setCurrentIndex(tab); }
    QMap<QString, QString> headers() { return pairsOf(child<QTreeWidget>("eventHeaders")); }
    static QMap<QString, QString> pairsOf(const QTreeWidget* tree)
    {
        QMap<QString, QString> pairs;
        for (int row = 0; row < tree->topLevelItemCount(); ++row)
            pairs.insert(tree->topLevelItem(row)->text(0), tree->topLevelItem(row)->text(1));
        return pairs;
    }
    QString payload() { return child<QPlainTextEdit>("eventPayload")->toPlainText(); }
    QString source() { return child<QLabel>("payloadSource")->text(); }
    bool hasPayload()
    {
        return waitFor([this] { return story().findChild<StepDetail*>()->isCurrent() && !payload().isEmpty(); });
    }
    StepRowsView& rowsView() { return static_cast<StepRowsView&>(*child<QWidget>("stepRowsView")); }
    QTreeWidget* rowsTree() { return rowsView().findChild<QTreeWidget*>(); }
    /// "orders ± changed": the rows of the step.
    QStringList rows()
    {
        QStringList lines;
        auto* tree = rowsTree();
        for (int row = 0; row < tree->topLevelItemCount(); ++row)
            lines << tree->topLevelItem(row)->text(0) + QLatin1Char(' ') + tree->topLevelItem(row)->text(1);
        return lines;
    }
    bool hasRows()
    {
        return waitFor([this] { return rowsView().isCurrent() && rowsTree()->topLevelItemCount() > 0; });
    }
    QString cell(const QString& table, const QString& column)
    {
        auto* tree = rowsTree();
        for (int row = 0; row < tree->topLevelItemCount(); ++row) {
            QTreeWidgetItem* item = tree->topLevelItem(row);
            for (int i = 0; item->text(0) == table && i < item->childCount(); ++i) {
                if (item->child(i)->text(0) == column)
                    return item->child(i)->text(1);
            }
        }
        return {};
    }
};

} // namespace

class OrderStoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void step_hasHeadersAndPayloadAsEmitted()
    {
        Teller teller;
        const OrderId order = teller.orderWith(EntryKind::GatewayCharged);
        teller.window.showStory(order);
        teller.showTab(0);
        teller.choose(teller.stepOf(EntryKind::EventPublished));
        QVERIFY(teller.hasPayload());
        QVERIFY2(teller.source().contains(QStringLiteral("as it was emitted")), qPrintable(teller.source()));
        const auto headers = teller.headers();
        QCOMPARE(headers.value(QStringLiteral("ce_subject")), QString::fromStdString(order.toString()));
        QCOMPARE(headers.value(QStringLiteral("ce_type")), QStringLiteral("orders.order-created.v1"));
        QVERIFY(headers.value(QStringLiteral("traceparent")).startsWith(QStringLiteral("00-")));
        QVERIFY(headers.contains(QStringLiteral("ce_time")));
        QVERIFY2(teller.payload().contains(QStringLiteral("\"user_id\": ")), qPrintable(teller.payload()));
        QVERIFY(teller.payload().startsWith(QStringLiteral("{\n  ")));
        // Of another event of it, too; of what is about no event, none.
        const int paid = teller.stepOf(EntryKind::EventDelivered, QStringLiteral("order-status"));
        QVERIFY(paid >= 0);
        teller.choose(paid);
        QTRY_VERIFY_WITH_TIMEOUT(teller.payload().contains(QStringLiteral("payment_id")), patience_ms);
        teller.choose(teller.stepOf(EntryKind::GatewayCharged));
        QVERIFY(teller.child<QPlainTextEdit>("eventPayload")->isHidden());
        QVERIFY(keepPicture(teller.window.grab(), QStringLiteral("story-event")));
    }
    void step_hasItsRowsBeforeAndAfter()
    {
        Teller teller;
        teller.window.showStory(teller.orderWith(EntryKind::GatewayCharged));
        teller.showTab(1);
        teller.choose(teller.stepOf(EntryKind::OrderAccepted));
        QVERIFY(teller.hasRows());
        QVERIFY2(teller.rows().contains(QStringLiteral("orders + added")), qPrintable(teller.rows().join(u',')));
        QVERIFY2(teller.rows().contains(QStringLiteral("outbox + added")), qPrintable(teller.rows().join(u',')));
        QCOMPARE(teller.cell(QStringLiteral("orders"), QStringLiteral("status")), QStringLiteral("created"));
        teller.choose(teller.stepOf(EntryKind::StatusChanged));
        QTRY_VERIFY_WITH_TIMEOUT(teller.rows() == QStringList{QStringLiteral("orders ± changed")}, patience_ms);
        QCOMPARE(teller.cell(QStringLiteral("orders"), QStringLiteral("status")), QStringLiteral("created → paid"));
        QVERIFY(keepPicture(teller.window.grab(), QStringLiteral("story-rows")));
        teller.choose(teller.stepOf(EntryKind::EventHandled, QStringLiteral("payment")));
        QTRY_VERIFY_WITH_TIMEOUT(teller.rows().contains(QStringLiteral("payments + added")), patience_ms);
        QVERIFY2(teller.rows().contains(QStringLiteral("processed_events + added")),
                 qPrintable(teller.rows().join(u',')));
        // What wrote nothing says so.
        teller.choose(teller.stepOf(EntryKind::EventDelivered));
        QVERIFY(teller.rowsTree()->isHidden());
        QVERIFY(teller.rowsView().findChild<QLabel*>()->text().contains(QStringLiteral("wrote no row")));
    }
    /// Each row that a step names is there right after it, in every kind of trouble.
    void rows_ofAllSteps_data()
    {
        QTest::addColumn<QByteArray>("scenario");
        for (const char* name : {"everything-at-once", "poison"})
            QTest::newRow(name) << QByteArray(name);
    }
    void rows_ofAllSteps()
    {
        QFETCH(QByteArray, scenario);
        Teller teller(worldOf(scenario.constData()));
        std::set<EntryKind> seen;
        int looked = 0;
        for (const OrderState& order : teller.frames().world().orders()) {
            teller.window.showStory(order.id);
            for (int step = 0; step < teller.model().rowCount() && looked < 60; ++step) {
                const EntryKind kind = teller.model().stepAt(step).entry.kind;
                const StepRows rows = rowsOfStep(teller.model().story(), step, teller.frames());
                QCOMPARE(rows.written.empty(), !rows.why_none.isEmpty());
                if (rows.written.empty() || !seen.insert(kind).second)
                    continue;
                QVERIFY(rows.moment.has_value());
                ++looked;
                std::optional<Result<std::vector<WrittenRow>>> found;
                QVERIFY(teller.bridge().tables().askAt<std::vector<WrittenRow>>(
                    *rows.moment, &teller.window,
                    [places = rows.written](Tables& tables) { return findRows(tables, places); },
                    [&](const Result<std::vector<WrittenRow>>& answer) { found = answer; }));
                QVERIFY(teller.waitFor([&] { return found.has_value(); }));
                QVERIFY2(found->has_value(), found->has_value() ? "" : found->error().message.c_str());
                const bool has_written = std::any_of((*found)->begin(), (*found)->end(), [](const WrittenRow& row) {
                    return row.change == WrittenRow::Change::Added || row.change == WrittenRow::Change::Changed;
                });
                QStringList all;
                for (const WrittenRow& row : **found)
                    all << QString::fromStdString(row.table) + changeWords(row.change);
                QVERIFY2(has_written, (std::string(name(kind)) + ": " + all.join(u',').toStdString()).c_str());
            }
        }
        QVERIFY2(seen.size() >= 5, qPrintable(QString::number(seen.size())));
    }
    void liveSystem_showsWhatIsThereNow()
    {
        Desktop desktop;
        QVERIFY(desktop.start());
        desktop.click("createButton");
        QVERIFY(desktop.waitForFinal(1));
        desktop.child<QTabBar>("storyTabs")->setCurrentIndex(0);
        auto* payload = desktop.child<QPlainTextEdit>("eventPayload");
        const StoryModel& model = desktop.window.story().model();
        QTRY_VERIFY_WITH_TIMEOUT(model.rowCount() > 6, patience_ms);
        auto* sequence = desktop.child<SequenceView>("sequenceView");
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.stepAt(row).entry.kind == EntryKind::EventPublished) {
                sequence->selectStep(row);
                Q_EMIT sequence->stepSelected(row);
                break;
            }
        }
        // The outbox of a store in memory keeps no published event: what its order's row says is shown, and so it is
        // told.
        QTRY_VERIFY_WITH_TIMEOUT(payload->toPlainText().contains(QStringLiteral("\"amount\"")), patience_ms);
        QVERIFY(desktop.child<QLabel>("payloadSource")->text().contains(QStringLiteral("No table has the event")));
        desktop.child<QTabBar>("storyTabs")->setCurrentIndex(1);
        sequence->selectStep(0);
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.stepAt(row).entry.kind == EntryKind::OrderAccepted)
                Q_EMIT sequence->stepSelected(row);
        }
        auto* tree = desktop.child<QWidget>("stepRowsView")->findChild<QTreeWidget*>();
        QTRY_VERIFY_WITH_TIMEOUT(tree->topLevelItemCount() > 0, patience_ms);
        QCOMPARE(tree->topLevelItem(0)->text(1), QStringLiteral("as it is now"));
        QVERIFY(desktop.child<QWidget>("stepRowsView")
                    ->findChild<QLabel*>()
                    ->text()
                    .startsWith(QStringLiteral("As they are now")));
    }
    void postgres_showsEventsAndRows()
    {
        const test::ScratchFolder folder;
        LabConfig config;
        config.store = StoreKind::PostgresPrivate;
        config.data_dir = folder.path() / "data";
        Desktop desktop(config);
        QVERIFY(desktop.start());
        desktop.click("createButton");
        QVERIFY(desktop.waitForFinal(1));
        desktop.child<QTabBar>("storyTabs")->setCurrentIndex(0);
        auto* sequence = desktop.child<SequenceView>("sequenceView");
        const StoryModel& model = desktop.window.story().model();
        QTRY_VERIFY_WITH_TIMEOUT(model.rowCount() > 6, patience_ms);
        int published = -1, accepted = -1;
        for (int row = 0; row < model.rowCount(); ++row) {
            if (published < 0 && model.stepAt(row).entry.kind == EntryKind::EventPublished)
                published = row;
            if (model.stepAt(row).entry.kind == EntryKind::OrderAccepted)
                accepted = row;
        }
        Q_EMIT sequence->stepSelected(published);
        QTRY_VERIFY_WITH_TIMEOUT(
            desktop.child<QPlainTextEdit>("eventPayload")->toPlainText().contains(QStringLiteral("\"amount\"")),
            patience_ms);
        QVERIFY(Teller::pairsOf(desktop.child<QTreeWidget>("eventHeaders")).contains(QStringLiteral("ce_time")));
        desktop.child<QTabBar>("storyTabs")->setCurrentIndex(1);
        Q_EMIT sequence->stepSelected(accepted);
        auto* tree = desktop.child<QWidget>("stepRowsView")->findChild<QTreeWidget*>();
        QTRY_VERIFY_WITH_TIMEOUT(tree->topLevelItemCount() > 0, patience_ms);
        QCOMPARE(tree->topLevelItem(0)->text(0), QStringLiteral("orders"));
    }
    void chosenStep_isMarkedInTheDatabase()
    {
        Teller teller;
        teller.window.showStory(teller.orderWith(EntryKind::GatewayCharged));
        teller.showTab(1);
        const int step = teller.stepOf(EntryKind::StatusChanged);
        teller.choose(step);
        QVERIFY(teller.hasRows());
        teller.rowsView().findChild<QPushButton*>()->click();
        auto* panel = teller.window.findChild<DatabasePanel*>();
        QVERIFY(teller.waitFor([&] { return panel->isSeen() && panel->rows().isCurrent(); }));
        QTRY_COMPARE_WITH_TIMEOUT(panel->rows().model().rowCount(), 1, patience_ms); // The filter shows it alone.
        QVERIFY(panel->rows().model().isTouched(0));
        QVERIFY(!teller.child<QLineEdit>("filter-id")->text().isEmpty());
        QVERIFY(teller.child<QTreeWidget>("tableList")
                    ->findItems(QStringLiteral("orders"), Qt::MatchExactly)
                    .first()
                    ->font(0)
                    .underline());
        QVERIFY(keepPicture(teller.window.grab(), QStringLiteral("story-database")));
        // Without the filter other rows are there, and are not marked. At the step's own moment it may be the only
        // order.
        teller.frames().goTo(teller.frames().timeline().endIndex());
        teller.child<QLineEdit>("filter-id")->clear();
        QTest::keyClick(teller.child<QLineEdit>("filter-id"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(panel->rows().model().rowCount() > 1 && panel->rows().isCurrent(), patience_ms);
        int marked = 0;
        for (int row = 0; row < panel->rows().model().rowCount(); ++row)
            marked += panel->rows().model().isTouched(row);
        QCOMPARE(marked, 1);
    }
    void causes_areATreeWithTheKeyboard()
    {
        Teller teller(worldOf("double-charge"));
        QAbstractItemModelTester tester(&teller.story().causes(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        OrderId twice;
        for (const Violation& violation : teller.worlds().shown().outcome->violations)
            twice = violation.order;
        teller.window.showStory(twice);
        teller.showTab(2);
        auto* tree = teller.child<QTreeView>("storyCauses");
        const CausesModel& model = teller.story().causes();
        QCOMPARE(model.rowCount(), 1);
        QStringList told;
        for (QModelIndex index = model.index(0, 0); index.isValid(); index = tree->indexBelow(index))
            told << index.data().toString();
        QVERIFY2(!told.filter(QStringLiteral("payment-key off")).isEmpty(), qPrintable(told.join(u'\n')));
        QVERIFY(!told.filter(QStringLiteral("Order accepted")).isEmpty());
        tree->setFocus();
        tree->setCurrentIndex(model.index(0, 0));
        QTest::keyClick(tree, Qt::Key_Down);
        const int step = tree->currentIndex().data(CausesModel::StepRole).toInt();
        QCOMPARE(teller.child<SequenceView>("sequenceView")->selectedStep(), step);
        QTest::keyClick(tree, Qt::Key_Return);
        const auto index = teller.frames().indexOf(teller.model().stepAt(step).entry);
        QCOMPARE(teller.frames().index(), *index + 1);
        QVERIFY(keepPicture(teller.window.grab(), QStringLiteral("story-causes")));
    }
    void causesModel_staysWhereNothingIsNew()
    {
        EntryBuilder journal;
        journal.accept(1, "ada", 1'999);
        journal.event(EntryKind::EventPublished, 1, EventType::OrderCreated, 2, 74);
        journal.event(EntryKind::EventDelivered, 1, EventType::OrderCreated, 2, 74, "payment", 1);
        const ui::Story story = tellStory(journal.take(), journal.names);
        CausesModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.show(story, *journal.table, story.steps.front().entry.time_us);
        model.show(story, *journal.table, story.steps.front().entry.time_us);
        QCOMPARE(reset.count(), 1);
        QCOMPARE(model.rowCount(model.index(0, 0)), 2);
        QCOMPARE(model.indexOf(2), model.index(0, 0));
        QVERIFY(!model.indexOf(7).isValid());
        model.show({}, *journal.table, 0);
        QCOMPARE(model.rowCount(), 0);
    }
    void hoveredStep_lightsItsWay()
    {
        Teller teller;
        teller.window.showStory(teller.orderWith(EntryKind::GatewayCharged));
        const EventFlowView& flow = teller.window.canvas().view();
        teller.choose(teller.stepOf(EntryKind::OrderAccepted));
        QVERIFY(flow.lit().route && flow.lit().route->kind == RouteKey::Kind::Accept);
        auto* sequence = teller.child<SequenceView>("sequenceView");
        Q_EMIT sequence->stepHovered(teller.stepOf(EntryKind::EventPublished));
        QVERIFY(flow.lit().route && flow.lit().route->kind == RouteKey::Kind::Publish);
        QVERIFY(keepPicture(teller.window.grab(), QStringLiteral("story-lit")));
        Q_EMIT sequence->stepHovered(-1);
        QVERIFY(flow.lit().route->kind == RouteKey::Kind::Accept); // The chosen one again.
        // By the mouse, over the diagram.
        QSignalSpy hovered(sequence, &SequenceView::stepHovered);
        QTest::mouseMove(sequence->viewport(), QPoint(80, 60));
        QTRY_VERIFY_WITH_TIMEOUT(hovered.count() > 0, patience_ms);
    }
    void twoOrders_standSideBySide()
    {
        Teller teller(worldOf("everything-at-once"));
        const OrderId failed = teller.orderWith(EntryKind::AttemptFailed);
        teller.window.showStory(failed);
        teller.child<QPushButton>("compareOrders")->click();
        auto* dialog = teller.window.findChild<TwoOrdersDialog*>();
        QVERIFY(dialog);
        QAbstractItemModelTester tester(&dialog->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(teller.child<QLabel>("twoOrdersState")->text().contains(QStringLiteral("Write the end")));
        auto* field = teller.child<QLineEdit>("otherOrder");
        field->setText(QStringLiteral("zzz"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(teller.child<QLabel>("twoOrdersState")->text().contains(QStringLiteral("zzz")));
        const OrderId other = teller.orderWith(EntryKind::GatewayDeclined).isNull()
                                  ? teller.orderWith(EntryKind::GatewayCharged)
                                  : teller.orderWith(EntryKind::GatewayDeclined);
        QVERIFY(other != failed);
        field->setText(shortId(other));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(dialog->right(), other);
        QVERIFY(dialog->model().differences() > 0);
        // All steps of both are there, in their order.
        for (const auto& [role, story] : {std::pair{TwoStoriesModel::LeftRole, &dialog->model().left()},
                                          std::pair{TwoStoriesModel::RightRole, &dialog->model().right()}}) {
            int next = 0;
            for (int row = 0; row < dialog->model().rowCount(); ++row) {
                const int step = dialog->model().index(row, 0).data(role).toInt();
                if (step >= 0)
                    QCOMPARE(step, next++);
            }
            QCOMPARE(next, int(story->steps.size()));
        }
        QVERIFY(keepPicture(dialog->grab(), QStringLiteral("two-orders")));
        // A row is chosen in both pictures.
        auto* table = teller.child<QTableView>("twoStories");
        table->setCurrentIndex(dialog->model().index(0, TwoStoriesModel::Mark));
        QCOMPARE(teller.child<SequenceView>("leftStory")->selectedStep(),
                 dialog->model().index(0, 0).data(TwoStoriesModel::LeftRole).toInt());
        // The order that is selected in the window stands at the right.
        const OrderId third = teller.frames().world().orders().back().id;
        teller.window.orders().select(third);
        teller.window.showStory(third);
        if (third != failed)
            QCOMPARE(dialog->right(), third);
        // An order beside one like it.
        dialog->compareWith(dialog->right());
    }
    void alignment_putsTheSameBesideTheSame()
    {
        EntryBuilder journal;
        const auto tell = [&](std::uint64_t order, bool fails) {
            journal.accept(order, "ada", 100);
            journal.event(EntryKind::EventPublished, order, EventType::OrderCreated, 0, std::int64_t(order));
            journal.event(EntryKind::EventDelivered, order, EventType::OrderCreated, 0, std::int64_t(order), "payment",
                          1);
            if (fails) {
                journal.event(EntryKind::AttemptFailed, order, EventType::OrderCreated, 0, std::int64_t(order),
                              "payment", 1);
                journal.event(EntryKind::EventDelivered, order, EventType::OrderCreated, 0, std::int64_t(order),
                              "payment", 2);
            }
            journal.event(EntryKind::EventHandled, order, EventType::OrderCreated, 0, std::int64_t(order), "payment",
                          fails ? 2 : 1);
            return tellStory(journal.take(), journal.names);
        };
        const ui::Story well = tell(1, false), badly = tell(2, true), again = tell(3, false);
        const auto kinds = [&](const ui::Story& a, const ui::Story& b) {
            QString text;
            for (const AlignedSteps& row : alignStories(a, b, journal.names))
                text += QLatin1Char("=~<>"[int(row.kind)]);
            return text;
        };
        QCOMPARE(kinds(well, again), QStringLiteral("===="));
        QCOMPARE(kinds(well, badly), QStringLiteral("===>>~"));
        QCOMPARE(kinds(badly, well), QStringLiteral("===<<~"));
        QCOMPARE(kinds(well, {}), QStringLiteral("<<<<"));
        QCOMPARE(kinds({}, {}), QString());
    }
    void earlierOrder_hasRowsAndNoLifelines()
    {
        const test::ScratchFolder folder;
        LabConfig config;
        config.store = StoreKind::PostgresPrivate;
        config.data_dir = folder.path() / "data";
        OrderId order;
        {
            Desktop first(config);
            QVERIFY(first.start());
            first.click("createButton");
            QVERIFY(first.waitForFinal(1));
            order = first.bridge().frames().world().orders().front().id;
        }
        Desktop again(config);
        QVERIFY(again.start());
        again.window.showStory(order);
        QVERIFY(!again.child<SequenceView>("sequenceView")->isVisible());
        QVERIFY(again.child<QLabel>("earlierOrder")->isVisible());
        auto* rows = again.child<QWidget>("earlierRows")->findChild<QTreeWidget*>();
        QTRY_VERIFY_WITH_TIMEOUT(rows->topLevelItemCount() > 1, patience_ms);
        QCOMPARE(rows->topLevelItem(0)->text(0), QStringLiteral("orders"));
        QVERIFY(keepPicture(again.window.grab(), QStringLiteral("story-earlier")));
    }
    void pictures_inBothThemesAndSizes()
    {
        for (const ThemeName theme : {ThemeName::Dark, ThemeName::Light}) {
            for (const QSize size : {QSize(1'600, 1'000), QSize(1'280, 720)}) {
                WindowOptions options = worldOf("everything-at-once");
                options.theme = theme;
                Teller teller(options, size);
                teller.window.showStory(teller.orderWith(EntryKind::AttemptFailed));
                teller.choose(teller.stepOf(EntryKind::EventDelivered, QStringLiteral("payment")));
                for (int tab = 0; tab < 4; ++tab) {
                    teller.showTab(tab);
                    QVERIFY(teller.waitFor(
                        [&] { return tab != 0 || teller.story().findChild<StepDetail*>()->isCurrent(); }));
                    QVERIFY(keepPicture(teller.window.grab(),
                                        QStringLiteral("story-%1-%2-%3").arg(name(theme)).arg(size.width()).arg(tab)));
                }
            }
        }
    }
};

ORDERLAB_TEST(tst_order_story, QApplication, OrderStoryTest)
#include "tst_order_story.moc"
