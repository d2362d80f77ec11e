#include "ui/panels/orders_panel.h"

#include "ui/models/format.h"
#include "ui/panels/content_or_empty.h"
#include "ui/panels/delegates.h"
#include "ui/panels/fitted_table.h"
#include "ui/panels/held_rows.h"
#include "ui/panels/labels.h"
#include "ui/panels/saved_filters_button.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

namespace orderlab::ui {

namespace {

constexpr int flush_every_ms = 200; ///< A table that changes faster cannot be read, and costs.
/// More at once, as of a file that is opened, are taken before the fold of the journal forgets orders.
constexpr std::size_t flush_entries_max = 16'384;

} // namespace

OrdersPanel::OrdersPanel(LabBridge& bridge, QWidget* parent)
    : Panel(tr("Orders"), parent), m_bridge(bridge), m_model(bridge.frames().names())
{
    setObjectName(QStringLiteral("ordersDock"));
    m_filter.setSourceModel(&m_model);
    m_model.setRunBegan(toMicros(bridge.session().startedAt()));
    // Before the table is connected: it would make the neighbour of a row that goes current, which nobody has chosen.
    connect(&m_filter, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex&, int first, int last) {
                const int row = m_table ? m_table->currentIndex().row() : -1;
                if (row >= first && row <= last)
                    m_table->selectionModel()->clear();
            });
    QWidget* bar = makeFilters(this);
    m_table = makeTable(this);
    m_content = setTabContent(bar, m_table);
    setFocusProxy(m_table);
    showEmptyState();
    showActions();
    connect(&bridge.session(), &Session::stateChanged, this, &OrdersPanel::showEmptyState);
    connect(&bridge.store(), &StoreReader::earlierOrders, this, [this](const std::vector<OrderState>& orders) {
        m_model.addEarlier(orders);
        m_model.setHasOlder(m_bridge.store().hasOlder());
        showEmptyState();
    });
    connect(&m_model, &OrdersModel::olderWanted, &bridge.store(), &StoreReader::askForOlder);
    connect(&bridge.frames(), &FramePump::ordersLearned, this,
            [this](const std::vector<Entry>& entries) { note(entries); });
    // Also while another moment is shown: the table keeps what the fold of the journal forgets.
    connect(&bridge.frames(), &FramePump::grown, this, [this] { note(m_bridge.frames().fresh()); });
    connect(&bridge.frames(), &FramePump::worldChanged, this, [this] {
        m_is_other_world = true;
        planFlush();
    });
    if (bridge.frames().timeline().endIndex() > 0) {
        m_is_other_world = true;
        planFlush();
    }
    connect(&bridge.store(), &StoreReader::countsChanged, this, &OrdersPanel::showEmptyState);
    connect(&bridge.range(), &TimeRange::changed, this, [this] {
        m_filter.setSpan(m_bridge.range().span());
        keepSelected();
        showEmptyState();
    });
    connect(&bridge.faults(), &FaultControl::invariantsChanged, this, [this] {
        m_model.setBroken(m_bridge.faults().invariants().broken());
        showEmptyState();
    });
}

QWidget* OrdersPanel::makeFilters(QWidget* parent)
{
    auto* bar = new QWidget(parent);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(6, 2, 6, 2);
    row->setSpacing(8);
    m_status = new QComboBox(bar);
    m_status->setObjectName(QStringLiteral("statusFilter"));
    m_status->setAccessibleName(tr("Show orders with status"));
    m_status->addItem(tr("all statuses"), QString());
    for (const char* status : {"created", "paid", "failed", "canceled", "dead-lettered"})
        m_status->addItem(statusWords(QLatin1String(status)), QLatin1String(status));
    m_status->addItem(statusWords(broken_status), broken_status);
    m_text = new QLineEdit(bar);
    m_text->setObjectName(QStringLiteral("customerFilter"));
    m_text->setPlaceholderText(tr("customer or order id"));
    m_text->setAccessibleName(tr("Show orders of customer, or with id"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaxLength(int(SavedFilter::text_max));
    m_text->setMinimumWidth(104);
    m_text->setMaximumWidth(190);
    m_text->installEventFilter(this);
    m_count = mutedLabel({}, bar);
    m_count->setObjectName(QStringLiteral("orderCount"));
    m_copy = new QPushButton(tr("Copy id"), bar);
    m_copy->setToolTip(tr("Copy the selected order's id (Ctrl+Shift+I)"));
    m_cancel = new QPushButton(tr("Cancel order…"), bar);
    m_cancel->setObjectName(QStringLiteral("cancelButton"));
    m_saved = new SavedFiltersButton(bar);
    connect(m_saved, &SavedFiltersButton::chosen, this, [this](const SavedFilter& filter) {
        filterStatus(filter.status);
        m_text->setText(filter.text);
    });
    connect(m_saved, &SavedFiltersButton::told, this, &OrdersPanel::told);
    row->addWidget(m_status);
    row->addWidget(m_text, 1);
    row->addWidget(m_saved);
    row->addWidget(new SteadyRoom(m_count));
    row->addStretch();
    row->addWidget(m_copy);
    row->addWidget(m_cancel);
    connect(m_status, &QComboBox::currentIndexChanged, this, [this] {
        m_filter.setStatus(m_status->currentData().toString());
        filtersChanged();
    });
    connect(m_text, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter.setText(text);
        m_table->setProperty(wanted_property, text.trimmed());
        filtersChanged();
    });
    connect(m_copy, &QPushButton::clicked, this, &OrdersPanel::copySelectedId);
    connect(m_cancel, &QPushButton::clicked, this, &OrdersPanel::cancelSelected);
    return bar;
}

FittedTable* OrdersPanel::makeTable(QWidget* parent)
{
    auto* table = new FittedTable(parent);
    table->setObjectName(QStringLiteral("ordersTable"));
    table->setAccessibleName(tr("Orders"));
    table->setModel(&m_filter);
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    table->setItemDelegate(new CellDelegate(false, table));
    for (const int column :
         {OrdersModel::Order, OrdersModel::Amount, OrdersModel::Accepted, OrdersModel::Settled, OrdersModel::Retries})
        table->setItemDelegateForColumn(column, new CellDelegate(true, table));
    table->setItemDelegateForColumn(OrdersModel::Status, new StatusDelegate(table));
    table->setColumnWeights({120, 114, 112, 118, 122, 132, 88});
    table->setSortingEnabled(true);
    table->sortByColumn(OrdersModel::Accepted, Qt::DescendingOrder);
    connect(table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
        showActions();
        if (!current.isValid())
            return;
        m_chosen = selected();
        Q_EMIT orderSelected(m_chosen);
    });
    connect(table, &QTableView::customContextMenuRequested, this, &OrdersPanel::openMenu);
    connect(table, &FittedTable::momentWanted, this, &OrdersPanel::goToSelected);
    return table;
}

/// What comes while the latest is followed is noted already.
void OrdersPanel::showFrame(const Frame&)
{
    const bool is_held = !m_bridge.frames().isFollowing();
    if (!is_held && m_model.isLatest())
        return;
    m_is_elsewhere = m_is_elsewhere || is_held;
    planFlush();
}

void OrdersPanel::note(std::span<const Entry> entries)
{
    m_model.note(entries);
    if (m_model.noted() > flush_entries_max)
        flush();
    else if (m_model.hasNews())
        planFlush();
}

void OrdersPanel::planFlush()
{
    if (!std::exchange(m_flush_planned, true))
        QTimer::singleShot(flush_every_ms, this, &OrdersPanel::flush);
}

void OrdersPanel::flush()
{
    m_flush_planned = false;
    const FramePump& frames = m_bridge.frames();
    const WorldState& latest = frames.timeline().now();
    if (std::exchange(m_is_other_world, false))
        m_model.beginAnew(latest);
    m_model.flush(latest);
    const bool is_elsewhere = std::exchange(m_is_elsewhere, false);
    if (frames.isFollowing() && !m_model.isLatest())
        m_model.showLatest(latest);
    else if (!frames.isFollowing() && is_elsewhere)
        m_model.showMoment(frames.world());
    showEmptyState();
    showActions();
}

void OrdersPanel::showEmptyState()
{
    const int shown = m_filter.rowCount();
    const int all = m_model.rowCount();
    const bool running = m_bridge.session().state() == Session::State::Running;
    QString reason = m_bridge.session().stateText();
    if (all > 0)
        reason =
            m_bridge.range().span()
                ? counted(all, QT_TRANSLATE_N_NOOP("counted", "None of the %n orders matches these filters and was "
                                                              "under way in the chosen range."))
                : counted(all, QT_TRANSLATE_N_NOOP("counted", "None of the %n orders matches these filters."));
    else if (running)
        reason = m_bridge.session().texts().no_orders;
    m_content->show(shown > 0, reason);
    // The table has the newest; the store has all.
    const std::int64_t stored = std::max<std::int64_t>(m_bridge.store().counts().orders, all);
    const QString of_all = counted(stored, QT_TRANSLATE_N_NOOP("counted", "%n orders"));
    const QString newest = stored == all ? of_all : tr("the newest %1 of %2").arg(grouped(all), of_all);
    m_count->setText(all == 0 ? QString() : shown != all ? tr("%1 of %2").arg(grouped(shown), newest) : newest);
    m_count->setToolTip(stored == all ? QString()
                                      : tr("Of earlier runs the newest %1 orders are read at the start, older ones as "
                                           "one scrolls down, at most %2, and others as something happens to them. The "
                                           "table has room for %3. GET /orders has all.")
                                            .arg(grouped(std::int64_t(earlier_orders_page)),
                                                 grouped(std::int64_t(earlier_orders_max)),
                                                 grouped(std::int64_t(OrdersModel::rows_max_usual))));
}

void OrdersPanel::filtersChanged()
{
    m_saved->setCurrent({{}, m_status->currentData().toString(), m_text->text().trimmed()});
    m_table->heldRows().forgetNews();
    m_table->viewport()->update(); // Marks of what is looked for.
    keepSelected();
    showEmptyState();
}

/// Selects what was chosen last, if the filters let it be seen and nothing is selected.
void OrdersPanel::keepSelected()
{
    if (!m_table)
        return;
    if (m_table->currentIndex().isValid()) {
        m_table->keepInSight();
        return;
    }
    const int row = m_chosen.isNull() ? -1 : m_model.rowOf(m_chosen);
    const QModelIndex index = row < 0 ? QModelIndex() : m_filter.mapFromSource(m_model.index(row, 0));
    if (!index.isValid())
        return;
    const QSignalBlocker blocker(this);
    m_table->setCurrentIndex(index);
    m_table->keepInSight();
    showActions();
}

OrderId OrdersPanel::selected() const
{
    const QModelIndex current = m_filter.mapToSource(m_table->selectionModel()->currentIndex());
    return current.isValid() ? m_model.orderAt(current.row()) : OrderId();
}

void OrdersPanel::select(OrderId id)
{
    flush();
    const int row = m_model.rowOf(id);
    const QModelIndex index = row < 0 ? QModelIndex() : m_filter.mapFromSource(m_model.index(row, 0));
    if (!index.isValid())
        return;
    const QSignalBlocker blocker(this);
    m_table->setCurrentIndex(index);
    m_chosen = id;
    m_table->scrollTo(index);
    showActions();
}

void OrdersPanel::filterStatus(const QString& status)
{
    m_text->clear();
    m_status->setCurrentIndex(std::max(0, m_status->findData(status)));
}

void OrdersPanel::showActions()
{
    const QModelIndex current = m_filter.mapToSource(m_table->selectionModel()->currentIndex());
    const bool any = current.isValid();
    const QString& why_not = m_bridge.commands().capabilities().whyNot(Ask::CancelOrders);
    const bool open = any && why_not.isEmpty() && !isFinal(m_model.stateAt(current.row()).status);
    m_copy->setEnabled(any);
    m_cancel->setEnabled(open);
    m_cancel->setToolTip(!why_not.isEmpty() ? why_not
                         : !any             ? tr("Select an order first")
                         : open             ? tr("Cancel the selected order; a payment that is under way is refunded")
                                            : tr("This order is final and cannot be canceled"));
}

void OrdersPanel::openMenu(const QPoint& at)
{
    if (selected().isNull())
        return;
    QMenu menu(this);
    menu.addAction(tr("Go to its last moment\tG"), this, &OrdersPanel::goToSelected);
    menu.addAction(tr("Copy id"), this, &OrdersPanel::copySelectedId);
    QAction* cancel = menu.addAction(tr("Cancel order…"), this, &OrdersPanel::cancelSelected);
    cancel->setEnabled(m_cancel->isEnabled());
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

void OrdersPanel::goToSelected()
{
    if (selected().isNull())
        return;
    if (const auto moment = momentOf(m_bridge.frames(), selected()))
        m_bridge.places().go(*moment);
    else
        Q_EMIT told(tr("The journal has nothing of this order until the moment shown: it is of an earlier "
                       "run, or so old that its entries had to make room."));
}

bool OrdersPanel::eventFilter(QObject* object, QEvent* event)
{
    if (object == m_text && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Escape: m_text->clear(); return true;
        case Qt::Key_Down: m_table->setFocus(Qt::OtherFocusReason); return true;
        default: break;
        }
    }
    return Panel::eventFilter(object, event);
}

void OrdersPanel::copySelectedId()
{
    if (const OrderId id = selected(); !id.isNull())
        QGuiApplication::clipboard()->setText(QString::fromStdString(id.toString()));
}

void OrdersPanel::cancelSelected()
{
    const QModelIndex current = m_filter.mapToSource(m_table->selectionModel()->currentIndex());
    if (!current.isValid())
        return;
    const OrderState order = m_model.stateAt(current.row());
    const QString question = tr("Cancel order %1 of %2 over %3 %4?")
                                 .arg(shortId(order.id), m_bridge.frames().names().text(order.user),
                                      amountText(order.amount_minor), m_bridge.frames().names().text(order.currency));
    QMessageBox box(QMessageBox::Question, tr("Cancel order"), question, QMessageBox::NoButton, this);
    box.setInformativeText(tr("A payment that is under way is refunded. This cannot be undone."));
    QPushButton* yes = box.addButton(tr("Cancel the order"), QMessageBox::AcceptRole);
    // What cannot be undone is never what Enter does.
    box.setDefaultButton(box.addButton(tr("Keep it"), QMessageBox::RejectRole));
    box.exec();
    if (box.clickedButton() == yes)
        m_bridge.commands().cancelOrder(order.id);
}

} // namespace orderlab::ui
