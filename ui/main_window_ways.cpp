#include "ui/dialogs/columns_dialog.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/export/export_actions.h"
#include "ui/lessons/narrator_line.h"
#include "ui/main_window.h"
#include "ui/models/format.h"
#include "ui/palette/command_palette.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/create_orders_panel.h"
#include "ui/panels/fitted_table.h"
#include "ui/panels/groups_panel.h"
#include "ui/panels/invariants_section.h"
#include "ui/panels/list_keys.h"
#include "ui/panels/orders_panel.h"
#include "ui/panels/saved_filters_button.h"
#include "ui/panels/status_banners.h"
#include "ui/panels/story_panel.h"
#include "ui/panels/toolbar.h"
#include "ui/story/two_orders_dialog.h"
#include "ui/theme/zoom.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/window_room.h"

#include <QAbstractItemView>
#include <QFileDialog>
#include <QLineEdit>

#include <algorithm>

// Ways through the window: to an order, a broken promise, a node, a panel, or what is typed.

namespace orderlab::ui {

void MainWindow::importOrders()
{
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Import orders"), {}, tr("Order files (*.csv);;All files (*)"));
    if (!file.isEmpty())
        importFile(file);
}

ImportDialog* MainWindow::importFile(const QString& file)
{
    auto* dialog = new ImportDialog(*m_bridge, file, this);
    if (!m_bridge->commands().startImport(file)) {
        delete dialog;
        const QString why_not = m_bridge->commands().whyNot(Ask::ImportOrders);
        m_banners->warn(why_not.isEmpty() ? tr("One import runs already. Wait for its end, or cancel it.") : why_not);
        return nullptr;
    }
    dialog->show();
    return dialog;
}

void MainWindow::showStory(OrderId id)
{
    m_story->tell(id);
    m_canvas->view().setSelectedOrder(id);
    m_timeline->view().setOrder(id);
    m_narrator->setOrder(id);
    for (Panel* const panel : m_panels)
        panel->showOrder(id);
    if (auto* const two = findChild<TwoOrdersDialog*>())
        two->follow(id);
}

void MainWindow::compareOrder(OrderId id)
{
    delete findChild<TwoOrdersDialog*>();
    auto* dialog = new TwoOrdersDialog(*m_bridge, id, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void MainWindow::showViolation(const Violation& found, bool goes)
{
    const Violation violation = found; // It may be of the report, which is made anew with the moment.
    if (goes || !m_bridge->frames().isFollowing())
        m_bridge->places().goToTime(violation.time_us);
    m_story->explain(violation);
    if (violation.order.isNull()) {
        m_banners->warn(QString::fromStdString(violation.explanation));
        return;
    }
    m_story->show();
    m_orders->select(violation.order);
    showStory(violation.order);
    m_story->explain(violation);
}

void MainWindow::showFirstViolation()
{
    const Violation* first = nullptr;
    for (const InvariantStatus& status : m_bridge->faults().invariants().statuses) {
        if (status.first && (!first || status.first->time_us < first->time_us))
            first = &*status.first;
    }
    if (first)
        showViolation(*first, false);
}

void MainWindow::nextViolation(bool forward)
{
    const InvariantReport known{{}, knownViolations(*m_bridge)};
    const std::vector<Violation>& all = known.violations;
    if (all.empty()) {
        m_banners->tell(tr("No promise is broken here."));
        return;
    }
    const int count = int(all.size());
    const auto shown = m_story->explained();
    int place = shown ? known.placeOf(*shown) : -1;
    if (place >= 0) {
        place = (place + (forward ? 1 : count - 1)) % count;
    } else {
        const std::int64_t now_us = m_bridge->frames().nowUs();
        const int before =
            int(std::count_if(all.begin(), all.end(), [now_us](const Violation& one) { return one.time_us < now_us; }));
        place = forward ? before % count : (before + count - 1) % count;
    }
    showViolation(all[std::size_t(place)]);
}

void MainWindow::nextViolationOf(const QString& invariant)
{
    const InvariantReport known{{}, knownViolations(*m_bridge)};
    const auto shown = m_story->explained();
    const int at = shown && toQt(shown->invariant) == invariant ? known.placeOf(*shown) : -1;
    const Violation* first = nullptr;
    const Violation* next = nullptr;
    for (std::size_t i = 0; i < known.violations.size(); ++i) {
        const Violation& one = known.violations[i];
        if (toQt(one.invariant) != invariant)
            continue;
        first = first ? first : &one;
        next = !next && int(i) > at ? &one : next;
    }
    if (first) {
        showViolation(next ? *next : *first);
        return;
    }
    for (const InvariantStatus& status : m_bridge->faults().invariants().statuses) { // More are found than are kept.
        if (toQt(status.name) == invariant && status.first)
            return showViolation(*status.first);
    }
}

void MainWindow::openNode(NodeId node)
{
    switch (node.kind) {
    case NodeId::Kind::Api: m_create->focusCustomer(); break;
    case NodeId::Kind::Store: showPanel(QStringLiteral("orders")); break;
    case NodeId::Kind::Topic: showPanel(QStringLiteral("groups")); break;
    case NodeId::Kind::Group:
        showGroup(QString::fromStdString(m_bridge->session().config().workers[std::size_t(node.index)]));
        break;
    case NodeId::Kind::DeadLetters: showPanel(QStringLiteral("dead-letters")); break;
    case NodeId::Kind::None: break;
    }
}

std::vector<WindowRegions::Region> MainWindow::regions() const
{
    std::vector<WindowRegions::Region> regions = {
        {m_toolbar, nullptr}, {m_create, nullptr}, {m_canvas, &m_canvas->view()}, {m_story, m_story->focusProxy()}};
    for (Panel* const panel : m_panels) {
        if (panel != m_create && panel != m_story && panel->isSeen())
            regions.push_back({panel, panel->focusProxy()});
    }
    regions.push_back({m_timeline, &m_timeline->view()});
    return regions;
}

void MainWindow::goToRegion(bool forward)
{
    m_regions->go(forward);
}

void MainWindow::zoomBy(int direction)
{
    Zoom& zoom = Zoom::instance();
    const int wanted = zoom.next(direction);
    // Who has a small screen keeps what fits.
    const QSizeF room = QSizeF(screen()->availableSize().expandedTo(size())) * zoom.percent() / wanted;
    if (direction > 0 && (room.width() < WindowRoom::least.width() || room.height() < WindowRoom::least.height()))
        say(tr("The screen has no room for more than %1 %.").arg(zoom.percent()));
    else
        zoom.set(wanted);
}

void MainWindow::openPalette()
{
    (new CommandPalette(*this))->open();
}

void MainWindow::focusFindField()
{
    QLineEdit* field = nullptr;
    for (Panel* const panel : m_panels) {
        QLineEdit* const one = panel->findField();
        const bool has_focus = panel->isAncestorOf(focusWidget());
        if (one && (has_focus || (!field && !one->visibleRegion().isEmpty())))
            field = one;
    }
    if (!field) {
        m_timeline->focusFind();
        return;
    }
    field->setFocus(Qt::ShortcutFocusReason);
    field->selectAll();
}

void MainWindow::showGroup(const QString& group)
{
    showPanel(QStringLiteral("groups"));
    m_groups->showGroup(group);
}

void MainWindow::restoreLists()
{
    bool is_broken = false;
    SavedFiltersButton& filters = m_orders->savedFilters();
    filters.setFilters(m_memory.orderFilters(is_broken));
    if (is_broken)
        say(tr("The saved filters of orders could not be read. They are set aside, and there are none now."));
    connect(&filters, &SavedFiltersButton::filtersChanged, this,
            [this, &filters] { m_memory.keepOrderFilters(filters.filters()); });
    for (Panel* panel : m_panels) {
        if (QLineEdit* field = panel->findField())
            giveEscapeKey(field);
        for (QAbstractItemView* view : panel->findChildren<QAbstractItemView*>())
            giveCopyKey(view);
    }
    for (FittedTable* table : findChildren<FittedTable*>()) {
        const QString name = table->objectName();
        if (const auto columns = m_memory.columns(name, is_broken))
            table->setColumnLayout(*columns);
        if (is_broken)
            say(tr("What was remembered of the columns of “%1” could not be read. It is set aside, and the columns are "
                   "as at first.")
                    .arg(table->accessibleName()));
        connect(table, &FittedTable::columnsChanged, this,
                [this, table, name] { m_memory.keepColumns(name, table->columnLayout()); });
    }
}

void MainWindow::arrangeColumns()
{
    auto* const table = qobject_cast<FittedTable*>(meantTable(*this));
    if (table)
        ColumnsDialog(*table).exec();
    else
        say(tr("The list in front has columns that cannot be arranged. Open a tab with a table, such as Orders."));
}

} // namespace orderlab::ui
