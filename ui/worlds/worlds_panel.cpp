#include "ui/worlds/worlds_panel.h"

#include "runtime/virtual_runtime.h"
#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/panels/delegates.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_view.h"
#include "ui/worlds/outcomes_dialog.h"
#include "ui/worlds/worlds.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QUndoStack>

namespace orderlab::ui {

namespace {

enum WorldColumn { Name, Parts, Seed, Promises, Orders, WorldColumnCount };

QTreeWidget* table(const char* object, const QStringList& titles, QWidget* parent)
{
    auto* made = new QTreeWidget(parent);
    made->setObjectName(QLatin1String(object));
    made->setHeaderLabels(titles);
    made->setRootIsDecorated(false);
    made->setUniformRowHeights(true);
    made->setAllColumnsShowFocus(true);
    made->header()->setStretchLastSection(true);
    made->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    made->setItemDelegate(new RowDelegate(false, made));
    return made;
}

/// It gives way where there is little room.
QLabel* hintLabel(const QString& text, QWidget* parent)
{
    QLabel* label = mutedLabel(text, parent);
    label->setToolTip(text);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return label;
}

QString promisesOf(const World& world)
{
    if (!world.problem.isEmpty())
        return world.problem;
    if (!world.outcome)
        return QStringLiteral("…");
    QStringList broken;
    for (const InvariantOutcome& one : world.outcome->invariants) {
        if (!one.holds)
            broken << QStringLiteral("%1 ×%2").arg(invariantTitle(one.name)).arg(one.violations);
    }
    return broken.isEmpty() ? WorldsPanel::tr("all hold") : QStringLiteral("✕ ") + broken.join(QStringLiteral(", "));
}

QString ordersOf(const World& world)
{
    if (!world.outcome)
        return {};
    const Totals& totals = world.outcome->totals;
    QString text = WorldsPanel::tr("%1 accepted, %2 paid, %3 failed")
                       .arg(grouped(totals.accepted), grouped(totals.paid), grouped(totals.failed));
    if (totals.dead_lettered > 0)
        text += WorldsPanel::tr(", %1 dead-lettered").arg(grouped(totals.dead_lettered));
    if (totals.in_flight > 0)
        text += WorldsPanel::tr(", %1 in flight").arg(grouped(totals.in_flight));
    return text + WorldsPanel::tr(" · %1 charges").arg(grouped(totals.charges));
}

} // namespace

WorldsPanel::WorldsPanel(LabBridge& bridge, QWidget* parent) : Panel(tr("Worlds"), parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("worldsDock"));
    setTitleBarWidget(new QWidget(this));
    auto* body = new QWidget(this);
    body->setObjectName(QStringLiteral("panel"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(10, 6, 10, 6);
    if (!bridge.worlds()) {
        m_hint = new QLabel(tr("The simulated engine has worlds: runs in virtual time that can be played "
                               "back and forth, changed at any moment, and forked. Choose “Simulated” "
                               "above."),
                            body);
        m_hint->setProperty("role", QStringLiteral("empty"));
        m_hint->setWordWrap(true);
        m_hint->setAlignment(Qt::AlignCenter);
        column->addWidget(m_hint);
        setWidget(body);
        return;
    }
    auto* splitter = new QSplitter(Qt::Horizontal, body);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeWorlds(splitter));
    splitter->addWidget(makeChanges(splitter));
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    column->addWidget(splitter);
    setWidget(body);
    setFocusProxy(m_worlds);
    connect(bridge.worlds(), &Worlds::changed, this, &WorldsPanel::refresh);
    refresh();
}

QWidget* WorldsPanel::makeWorlds(QWidget* parent)
{
    auto* side = new QWidget(parent);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 8, 0);
    m_worlds = table("worldsTable", {tr("World"), tr("Parts at"), tr("Seed"), tr("Promises"), tr("Orders")}, side);
    m_worlds->setAccessibleName(tr("Worlds"));
    m_worlds->setRootIsDecorated(true);
    m_worlds->setColumnWidth(Name, 150);
    m_worlds->setColumnWidth(Parts, 66);
    m_worlds->setColumnWidth(Seed, 52);
    m_worlds->setColumnWidth(Promises, 190);
    column->addWidget(m_worlds, 1);
    auto* foot = new QHBoxLayout;
    foot->addWidget(hintLabel(tr("Choose a world to be in it. Fork another at the playhead with F."), side), 1);
    m_compare = new QPushButton(tr("Compare…"), side);
    m_compare->setObjectName(QStringLiteral("compareWorlds"));
    m_compare->setToolTip(tr("Another world beside the one that is shown"));
    foot->addWidget(m_compare);
    connect(m_compare, &QPushButton::clicked, this, &WorldsPanel::chooseOther);
    m_remove_world = new QPushButton(tr("Forget world"), side);
    m_remove_world->setObjectName(QStringLiteral("removeWorld"));
    foot->addWidget(m_remove_world);
    column->addLayout(foot);
    Worlds& worlds = *m_bridge.worlds();
    connect(m_worlds, &QTreeWidget::currentItemChanged, this, [this, &worlds](QTreeWidgetItem* item) {
        if (item && !m_is_filling) // Not while its own signal is under way.
            QMetaObject::invokeMethod(
                this, [&worlds, id = item->data(Name, Qt::UserRole).toInt()] { worlds.show(id); },
                Qt::QueuedConnection);
    });
    connect(m_remove_world, &QPushButton::clicked, this, [&worlds] { worlds.remove(worlds.shown().id); });
    return side;
}

QWidget* WorldsPanel::makeChanges(QWidget* parent)
{
    auto* side = new QWidget(parent);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(8, 0, 0, 0);
    m_changes = table("changesTable", {tr("At"), tr("Change in this world")}, side);
    m_changes->setAccessibleName(tr("Changes in this world"));
    m_changes->setColumnWidth(0, 84);
    m_no_changes = new QLabel(tr("Nothing is changed in this world yet. Flip a switch, place an order or "
                                 "scale a group: it happens at the playhead, and stands here."),
                              m_changes);
    m_no_changes->setObjectName(QStringLiteral("noChanges"));
    m_no_changes->setProperty("role", QStringLiteral("empty"));
    m_no_changes->setWordWrap(true);
    m_no_changes->setAlignment(Qt::AlignCenter);
    m_no_changes->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* over = new QVBoxLayout(m_changes->viewport());
    over->setContentsMargins(12, 4, 12, 4);
    over->addWidget(m_no_changes);
    column->addWidget(m_changes, 1);
    auto* foot = new QHBoxLayout;
    foot->addWidget(hintLabel(tr("What you do at the playhead becomes a change here."), side), 1);
    m_remove_change = new QPushButton(tr("Take it out"), side);
    m_remove_change->setObjectName(QStringLiteral("removeChange"));
    m_remove_change->setToolTip(tr("The world is made again without this change (undo with Ctrl+Z)"));
    foot->addWidget(m_remove_change);
    column->addLayout(foot);
    connect(m_changes, &QTreeWidget::currentItemChanged, this,
            [this](QTreeWidgetItem* item) { m_remove_change->setEnabled(item != nullptr); });
    connect(m_changes, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        m_bridge.places().goToTime(item->data(0, Qt::UserRole + 1).toLongLong());
    });
    connect(m_remove_change, &QPushButton::clicked, this, [this] {
        if (const QTreeWidgetItem* const item = m_changes->currentItem())
            m_bridge.worlds()->removeChange(item->data(0, Qt::UserRole).toULongLong());
    });
    return side;
}

void WorldsPanel::chooseOther()
{
    const Worlds& worlds = *m_bridge.worlds();
    QMenu menu(this);
    for (const World& world : worlds.all()) {
        if (world.id != worlds.shown().id)
            menu.addAction(world.name, this, [this, id = world.id] { Q_EMIT compareWanted(id); });
    }
    menu.addSeparator();
    menu.addAction(tr("&All worlds in a table…"), this, &WorldsPanel::showOutcomes);
    menu.exec(m_compare->mapToGlobal(QPoint(0, m_compare->height())));
}

void WorldsPanel::showOutcomes()
{
    (new OutcomesDialog(*m_bridge.worlds(), this))->show();
}

void WorldsPanel::refresh()
{
    m_is_filling = true;
    showWorlds();
    showChanges();
    m_is_filling = false;
}

void WorldsPanel::showWorlds()
{
    const Worlds& worlds = *m_bridge.worlds();
    m_worlds->clear();
    std::map<int, QTreeWidgetItem*> items;
    for (const World& world : worlds.all()) {
        const auto parent = items.find(world.parent);
        auto* item = new QTreeWidgetItem;
        if (parent == items.end())
            m_worlds->addTopLevelItem(item);
        else
            parent->second->addChild(item);
        items[world.id] = item;
        item->setData(Name, Qt::UserRole, world.id);
        item->setText(Name, world.name);
        item->setText(Parts, world.parent == 0 ? QStringLiteral("–") : momentText(world.parts_at.count()));
        item->setText(Seed, QString::number(world.seed));
        item->setText(Orders, ordersOf(world));
        item->setText(Promises, promisesOf(world));
        const bool holds = world.outcome && world.outcome->holds();
        if (world.outcome)
            item->setForeground(Promises, holds ? colours().ok : colours().failure);
        for (int column = 0; column < WorldColumnCount; ++column)
            item->setToolTip(column, item->text(column));
        if (world.id == worlds.shown().id)
            m_worlds->setCurrentItem(item);
    }
    m_worlds->expandAll();
    m_compare->setEnabled(worlds.all().size() > 1);
    m_remove_world->setEnabled(worlds.all().size() > 1);
}

void WorldsPanel::showChanges()
{
    const int row = m_changes->indexOfTopLevelItem(m_changes->currentItem());
    m_changes->clear();
    const std::vector<Change>& changes = m_bridge.worlds()->shown().scenario.changes;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        auto* item =
            new QTreeWidgetItem(m_changes, {momentText(changes[i].at.count()), settingText(changes[i].setting)});
        item->setData(0, Qt::UserRole, qulonglong(i));
        item->setData(0, Qt::UserRole + 1, qlonglong(toMicros(VirtualRuntime::epoch() + changes[i].at)));
    }
    m_changes->setCurrentItem(m_changes->topLevelItem(std::min(row, m_changes->topLevelItemCount() - 1)));
    m_remove_change->setEnabled(m_changes->currentItem() != nullptr);
    m_no_changes->setVisible(changes.empty());
}

} // namespace orderlab::ui
