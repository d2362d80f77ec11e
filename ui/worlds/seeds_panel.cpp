#include "ui/worlds/seeds_panel.h"

#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/models/groups_model.h"
#include "ui/panels/delegates.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_view.h"
#include "ui/worlds/worlds.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeWidget>

#include <algorithm>

namespace orderlab::ui {

namespace {

enum SeedColumn { SeedNumber, SeedBar, SeedBroken, SeedPromises, SeedOrders, SeedColumnCount };

QString brokenOf(const WorldOutcome& world)
{
    QStringList names;
    for (const std::string& name : world.violated)
        names << invariantTitle(name);
    return names.isEmpty() ? SeedsPanel::tr("all hold") : names.join(QStringLiteral(", "));
}

} // namespace

SeedsPanel::SeedsPanel(LabBridge& bridge, QWidget* parent) : Panel(tr("Seeds"), parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("seedsDock"));
    setTitleBarWidget(new QWidget(this));
    auto* body = new QWidget(this);
    body->setObjectName(QStringLiteral("panel"));
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(10, 6, 10, 6);
    setWidget(body);
    if (!bridge.worlds()) {
        auto* hint = new QLabel(tr("A simulated world can be run with many seeds at once, to see how often "
                                   "a promise breaks. Choose “Simulated” above."),
                                body);
        hint->setProperty("role", QStringLiteral("empty"));
        hint->setWordWrap(true);
        hint->setAlignment(Qt::AlignCenter);
        column->addWidget(hint);
        return;
    }
    makeBar(body, column);
    m_table = new QTreeWidget(body);
    m_table->setObjectName(QStringLiteral("seedsTable"));
    m_table->setAccessibleName(tr("Seeds"));
    m_table->setHeaderLabels({tr("Seed"), tr("Until"), tr("First broken"), tr("Promises"), tr("Orders")});
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setItemDelegate(new CellDelegate(false, m_table));
    m_table->setItemDelegateForColumn(SeedBar, new LagBarDelegate(m_table));
    m_table->setColumnWidth(SeedNumber, 64);
    m_table->setColumnWidth(SeedBar, 220);
    m_table->setColumnWidth(SeedBroken, 96);
    m_table->setColumnWidth(SeedPromises, 200);
    column->addWidget(m_table, 1);
    setFocusProxy(m_table);
    connect(m_table, &QTreeWidget::itemActivated, this,
            [this](QTreeWidgetItem* item) { m_bridge.worlds()->setSeed(item->text(SeedNumber).toULongLong()); });
    connect(m_table, &QTreeWidget::itemClicked, this,
            [this](QTreeWidgetItem* item) { m_bridge.worlds()->setSeed(item->text(SeedNumber).toULongLong()); });
    showState();
}

SeedsPanel::~SeedsPanel() = default;

void SeedsPanel::makeBar(QWidget* body, QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    m_run = new QPushButton(body);
    m_run->setObjectName(QStringLiteral("runSeeds"));
    m_count = new QSpinBox(body);
    m_count->setObjectName(QStringLiteral("seedCount"));
    m_count->setAccessibleName(tr("How many seeds"));
    m_count->setRange(2, seeds_max);
    m_count->setValue(seeds_usual);
    m_count->setSuffix(tr(" seeds"));
    m_state = mutedLabel({}, body);
    m_state->setObjectName(QStringLiteral("seedsState"));
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(m_count);
    row->addWidget(m_run);
    row->addWidget(m_state, 1);
    column->addLayout(row);
    connect(m_run, &QPushButton::clicked, this, [this] {
        if (m_work.isRunning()) {
            m_work.giveUp();
            showState();
        } else {
            run();
        }
    });
}

void SeedsPanel::showState()
{
    m_run->setText(m_work.isRunning() ? tr("Cancel") : tr("Run"));
    m_count->setEnabled(!m_work.isRunning());
    if (!m_work.isRunning() && m_table->topLevelItemCount() == 0)
        m_state->setText(tr("This world, as it is now, with seeds from 1 on. Choose one to be in it."));
}

void SeedsPanel::run()
{
    const Scenario scenario = m_bridge.worlds()->shown().scenario;
    const std::uint64_t count = std::uint64_t(m_count->value());
    m_table->clear();
    auto result = std::make_shared<std::optional<Result<std::vector<WorldOutcome>>>>();
    m_work.start(
        [this, scenario, count, result](const std::function<bool()>& is_given_up) {
            WorldsOptions options;
            options.give_up = is_given_up;
            std::uint64_t done = 0, told = 0;
            options.on_world = [&](const WorldOutcome&) {
                if (++done * 50 / count != told) { // Fifty steps are enough.
                    told = done * 50 / count;
                    m_work.post([this, done, count] { m_state->setText(tr("%1 of %2…").arg(done).arg(count)); });
                }
                return !is_given_up();
            };
            *result = allSeeds(scenario, {1, count}, options);
        },
        [this, result] {
            if (**result)
                showWorlds(***result);
            else
                m_state->setText(QString::fromStdString((*result)->error().message));
            showState();
        });
    m_state->setText(tr("0 of %1…").arg(count));
    showState();
}

void SeedsPanel::showWorlds(const std::vector<WorldOutcome>& worlds)
{
    double longest = 0.001;
    std::size_t broken = 0;
    for (const WorldOutcome& world : worlds) {
        longest = std::max(longest, world.first_violation_s.value_or(0));
        broken += world.first_violation_s.has_value();
    }
    QList<QTreeWidgetItem*> items;
    for (const WorldOutcome& world : worlds) {
        auto* item = new QTreeWidgetItem;
        item->setText(SeedNumber, QString::number(world.seed));
        item->setText(SeedBroken,
                      world.first_violation_s ? momentText(std::int64_t(*world.first_violation_s * 1e6)) : tr("never"));
        item->setText(SeedPromises, brokenOf(world));
        item->setForeground(SeedPromises, world.violated.empty() ? colours().ok : colours().failure);
        item->setText(SeedOrders, tr("%1 accepted, %2 paid · %3 charges")
                                      .arg(world.totals.accepted)
                                      .arg(world.totals.paid)
                                      .arg(world.totals.charges));
        item->setData(SeedBar, GroupsModel::LagShareRole, world.first_violation_s.value_or(longest) / longest);
        item->setData(SeedBar, GroupsModel::BehindRole, world.first_violation_s.has_value());
        items << item;
    }
    m_table->addTopLevelItems(items);
    m_state->setText(broken == 0 ? tr("All promises hold in all %1 worlds.").arg(worlds.size())
                                 : tr("A promise is broken in %1 of %2 worlds.").arg(broken).arg(worlds.size()));
}

} // namespace orderlab::ui
