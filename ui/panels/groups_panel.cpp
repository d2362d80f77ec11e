#include "ui/panels/groups_panel.h"

#include "ui/dialogs/reset_offsets_dialog.h"
#include "ui/models/format.h"
#include "ui/panels/allowed.h"
#include "ui/panels/content_or_empty.h"
#include "ui/panels/delegates.h"
#include "ui/panels/fitted_table.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QToolButton>

namespace orderlab::ui {

namespace {

constexpr int groups_every_ms = 250;
constexpr int roomy_width = 820; ///< With room for more than the members of four groups.
constexpr std::size_t members_max = 16;

} // namespace

GroupsPanel::GroupsPanel(LabBridge& bridge, QWidget* parent)
    : Panel(tr("Consumer groups"), parent), m_bridge(bridge), m_model(bridge.frames().names())
{
    setObjectName(QStringLiteral("groupsDock"));
    m_sorted.setSourceModel(&m_model);
    m_sorted.setSortRole(GroupsModel::SortRole);
    QWidget* bar = makeScalers(this);
    m_table = makeTable(this);
    m_content = setTabContent(bar, m_table);
    setFocusProxy(m_table);
    m_timer.setInterval(groups_every_ms);
    connect(&m_timer, &QTimer::timeout, this, &GroupsPanel::refresh);
    connect(&bridge.session(), &Session::stateChanged, this, &GroupsPanel::refresh);
    connect(&bridge.commands(), &SystemCommands::groupsScaled, this, &GroupsPanel::refresh);
    connect(this, &QDockWidget::visibilityChanged, this, &GroupsPanel::refresh);
    refresh();
}

QWidget* GroupsPanel::makeScalers(QWidget* parent)
{
    auto* bar = new QWidget(parent);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(6, 4, 6, 4);
    row->setSpacing(4);
    QLabel* title = mutedLabel(tr("Members"), bar);
    row->addWidget(title);
    for (const std::string& name : m_bridge.session().config().workers) {
        const QString group = toQt(name);
        Scaler scaler{group, new QLabel(QStringLiteral("×0"), bar), new QToolButton(bar), new QToolButton(bar)};
        row->addSpacing(14);
        row->addWidget(new QLabel(group, bar));
        scaler.members->setFont(Theme::monoFont(12, QFont::DemiBold));
        scaler.members->setFixedWidth(28);
        scaler.members->setAlignment(Qt::AlignCenter);
        scaler.members->setAccessibleName(tr("Members of %1").arg(group));
        scaler.fewer->setText(QStringLiteral("−"));
        scaler.more->setText(QStringLiteral("+"));
        scaler.fewer->setAccessibleName(tr("One member fewer in %1").arg(group));
        scaler.more->setAccessibleName(tr("One member more in %1").arg(group));
        scaler.fewer->setToolTip(tr("One member fewer: its partitions go to the others"));
        scaler.more->setToolTip(tr("One member more: partitions are shared anew. More members than partitions "
                                   "wait idle."));
        scaler.fewer->setObjectName(QStringLiteral("fewer-") + group);
        scaler.more->setObjectName(QStringLiteral("more-") + group);
        for (QToolButton* button : {scaler.fewer, scaler.more})
            button->setProperty("small", true);
        connect(scaler.fewer, &QToolButton::clicked, this,
                [this, group] { m_bridge.commands().scale(group, m_bridge.commands().members(group) - 1); });
        connect(scaler.more, &QToolButton::clicked, this,
                [this, group] { m_bridge.commands().scale(group, m_bridge.commands().members(group) + 1); });
        row->addWidget(scaler.fewer);
        row->addWidget(scaler.members);
        row->addWidget(scaler.more);
        m_scalers.push_back(scaler);
    }
    row->addStretch(1);
    m_last_failure = new QPushButton(tr("Last failure"), bar);
    m_last_failure->setObjectName(QStringLiteral("lastFailure"));
    m_last_failure->setProperty("link", true);
    m_last_failure->setEnabled(false);
    m_last_failure->setMinimumWidth(1); // The window's columns must not give way to it.
    m_last_failure->setToolTip(tr("To the last failed attempt, crash or dead letter of the selected row's "
                                  "group before the moment shown (G)"));
    connect(m_last_failure, &QPushButton::clicked, this, &GroupsPanel::goToLastFailure);
    row->addWidget(m_last_failure);
    m_reset = new QPushButton(tr("Reset offsets…"), bar);
    m_reset->setObjectName(QStringLiteral("resetOffsets"));
    m_reset->setProperty("link", true);
    m_reset->setMinimumWidth(1);
    m_reset->setToolTip(tr("Let the selected row's group go on from another place of the log (R)"));
    connect(m_reset, &QPushButton::clicked, this, &GroupsPanel::askToReset);
    row->addWidget(m_reset);
    return bar;
}

FittedTable* GroupsPanel::makeTable(QWidget* parent)
{
    auto* table = new FittedTable(parent);
    table->setObjectName(QStringLiteral("groupsTable"));
    table->setAccessibleName(tr("Consumer groups by partition"));
    table->setModel(&m_sorted);
    table->setItemDelegate(new CellDelegate(false, table));
    for (const int column : {GroupsModel::Topic, GroupsModel::Partition, GroupsModel::Committed, GroupsModel::End,
                             GroupsModel::Lag, GroupsModel::LagTime, GroupsModel::Rate})
        table->setItemDelegateForColumn(column, new CellDelegate(true, table));
    table->setItemDelegateForColumn(GroupsModel::Bar, new LagBarDelegate(table));
    table->setColumnWeights({98, 156, 74, 98, 92, 60, 48, 78, 68, 70});
    table->setSortingEnabled(true);
    table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_sorted.sort(-1);
    connect(table, &FittedTable::momentWanted, this, &GroupsPanel::goToLastFailure);
    table->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) { m_last_failure->setEnabled(current.isValid()); });
    auto* go = new QAction(tr("Go to the group's last failure\tG"), table);
    connect(go, &QAction::triggered, this, &GroupsPanel::goToLastFailure);
    table->addAction(go);
    m_reset_action = new QAction(tr("Reset offsets…"), table);
    m_reset_action->setShortcut(Qt::Key_R);
    m_reset_action->setShortcutContext(Qt::WidgetShortcut);
    connect(m_reset_action, &QAction::triggered, this, &GroupsPanel::askToReset);
    table->addAction(m_reset_action);
    return table;
}

void GroupsPanel::showFrame(const Frame&)
{
    if (isVisible() && !m_timer.isActive()) {
        refresh();
        m_timer.start();
    }
}

void GroupsPanel::refresh()
{
    m_model.refresh(m_bridge.frames().world(), m_bridge.frames().tail(), m_bridge.frames().nowUs());
    showMembers();
    const bool running = m_bridge.session().state() == Session::State::Running;
    m_content->show(m_model.rowCount() > 0, running ? tr("No group has joined yet.") : m_bridge.session().stateText());
    if (!isVisible() || !m_model.hasLag())
        m_timer.stop();
}

void GroupsPanel::showMembers()
{
    const SystemCommands& commands = m_bridge.commands();
    const QString why_not = commands.whyNot(Ask::ScaleGroups);
    const QString no_reset = commands.whyNot(Ask::ResetOffsets);
    allow(m_reset, no_reset);
    if (m_reset_action)
        allow(m_reset_action, no_reset);
    for (const Scaler& scaler : m_scalers) {
        const std::size_t members = commands.members(scaler.group);
        scaler.members->setText(QStringLiteral("×%1").arg(members));
        allow(scaler.fewer, why_not);
        allow(scaler.more, why_not);
        scaler.fewer->setEnabled(scaler.fewer->isEnabled() && members > 1);
        scaler.more->setEnabled(scaler.more->isEnabled() && members < members_max);
    }
}

void GroupsPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    m_last_failure->setVisible(width() >= roomy_width); // Else the row's menu and G do the same.
    m_reset->setVisible(width() >= roomy_width);        // As R does.
}

void GroupsPanel::goToLastFailure()
{
    const QString group = m_table->currentIndex().data(GroupsModel::GroupRole).toString();
    if (group.isEmpty())
        return;
    if (const auto moment = lastFailureOf(m_bridge.frames(), group))
        m_bridge.places().go(*moment);
    else
        Q_EMIT told(tr("Nothing has failed in %1 until the moment shown.").arg(group));
}

void GroupsPanel::askToReset()
{
    const QModelIndex row = m_table->currentIndex();
    ResetOffsetsDialog::Choice choice;
    choice.group = row.data(GroupsModel::GroupRole).toString();
    (new ResetOffsetsDialog(m_bridge, choice, this))->show();
}

void GroupsPanel::showGroup(const QString& group)
{
    refresh();
    for (int row = 0; row < m_sorted.rowCount(); ++row) {
        const QModelIndex index = m_sorted.index(row, 0);
        if (index.data(GroupsModel::GroupRole).toString() == group) {
            m_table->setCurrentIndex(index);
            m_table->scrollTo(index, QAbstractItemView::PositionAtTop);
            return;
        }
    }
}

} // namespace orderlab::ui
