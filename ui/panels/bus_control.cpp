#include "ui/panels/bus_control.h"

#include "ui/panels/labels.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace orderlab::ui {

namespace {

QToolButton* segment(const char* object, const QString& text, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setObjectName(QLatin1String(object));
    button->setText(text);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    return button;
}

void setActive(QToolButton* button, bool active)
{
    restyle(button, "segment", active ? QStringLiteral("on") : QStringLiteral("off"));
}

} // namespace

BusControl::BusControl(LabBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("busControl"));
    setAttribute(Qt::WA_StyledBackground);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_use_simulated = choice("useSimulated", tr("&Simulated, in virtual time"));
    m_use_memory = choice("useMemory", tr("In &memory"));
    m_use_embedded = choice("useEmbeddedKafka", tr("&Kafka in this process: 3 brokers, gone at exit"));
    m_use_brokers = choice("useKafka", {});
    m_use_other = choice("useOtherKafka", tr("Kafka at &another address…"));
    m_use_other->setCheckable(false);
    connect(m_use_simulated, &QAction::triggered, this, &BusControl::simulatedWanted);
    connect(m_use_memory, &QAction::triggered, this, [this] { choose({BusKind::Memory}); });
    connect(m_use_embedded, &QAction::triggered, this, [this] { choose({BusKind::EmbeddedKafka}); });
    connect(m_use_brokers, &QAction::triggered, this, [this] { choose({BusKind::Kafka, m_brokers}); });
    connect(m_use_other, &QAction::triggered, this, &BusControl::otherBrokersWanted);

    m_simulated = segment("simulatedButton", tr("Simulated"), this);
    m_memory = segment("memoryBusButton", tr("In-memory"), this);
    m_kafka = segment("kafkaBusButton", tr("Kafka ▾"), this);
    connect(m_simulated, &QToolButton::clicked, m_use_simulated, &QAction::trigger);
    connect(m_memory, &QToolButton::clicked, m_use_memory, &QAction::trigger);
    auto* menu = new QMenu(m_kafka);
    menu->addActions({m_use_embedded, m_use_brokers, m_use_other});
    m_kafka->setMenu(menu);
    m_kafka->setPopupMode(QToolButton::InstantPopup);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(2);
    row->addWidget(m_simulated);
    row->addWidget(m_memory);
    row->addWidget(m_kafka);
    connect(&bridge.commands(), &SystemCommands::busChanged, this, &BusControl::refresh);
    connect(&bridge.session(), &Session::stateChanged, this, &BusControl::refresh);
    refresh();
}

QAction* BusControl::choice(const char* object, const QString& text)
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1String(object));
    action->setCheckable(true);
    return action;
}

void BusControl::choose(const BusChoice& bus)
{
    if (m_bridge.engine() == Engine::Kind::Simulated || m_bridge.engine() == Engine::Kind::Recorded)
        Q_EMIT realWanted(bus);
    else
        m_bridge.commands().switchBus(bus);
}

void BusControl::setBrokers(const QString& brokers)
{
    m_brokers = brokers;
    refresh();
}

void BusControl::refresh()
{
    const BusChoice& bus = m_bridge.commands().bus();
    const bool is_switching = m_bridge.commands().isSwitchingBus();
    const BusChoice shown = is_switching ? m_bridge.commands().nextBus() : bus;
    m_use_brokers->setText(tr("Kafka at %1").arg(m_brokers));
    const bool is_simulated = m_bridge.engine() == Engine::Kind::Simulated;
    const bool is_recorded = m_bridge.engine() == Engine::Kind::Recorded;
    const bool is_real = !is_simulated && !is_recorded;
    m_use_simulated->setChecked(is_simulated);
    m_use_memory->setChecked(is_real && shown.kind == BusKind::Memory);
    m_use_embedded->setChecked(is_real && shown.kind == BusKind::EmbeddedKafka);
    m_use_brokers->setChecked(is_real && shown.kind == BusKind::Kafka && shown.brokers == m_brokers);
    setActive(m_simulated, is_simulated);
    setActive(m_memory, is_real && shown.kind == BusKind::Memory);
    setActive(m_kafka, is_real && shown.kind != BusKind::Memory);
    const bool can_switch = !is_real || (!is_switching && m_bridge.commands().can(Ask::SwitchBus));
    for (QAction* action : choices())
        action->setEnabled(can_switch);
    for (QToolButton* button : {m_memory, m_kafka})
        button->setEnabled(can_switch);
    const bool is_attached = m_bridge.engine() == Engine::Kind::Attached;
    m_use_simulated->setEnabled(!is_attached);
    m_simulated->setEnabled(!is_attached);
    QString now = is_simulated   ? tr("In use: the simulated engine. The real handlers run in virtual time, "
                                        "without a database and a broker.")
                  : is_recorded  ? tr("A recording is shown; no engine runs.")
                  : is_switching ? tr("Switching to %1…").arg(busName(shown))
                                 : tr("In use: %1.").arg(busName(bus)) + QLatin1Char('\n') + aboutBus(bus);
    const QString& why_not = m_bridge.commands().capabilities().whyNot(Ask::SwitchBus);
    if (!why_not.isEmpty() && is_real)
        now += QLatin1Char('\n') + why_not;
    m_simulated->setToolTip(is_simulated ? now : tr("Worlds in virtual time: play, go back, change, compare"));
    m_simulated->setAccessibleName(tr("Use the simulated engine"));
    m_memory->setToolTip(now);
    m_kafka->setToolTip(now);
    m_memory->setAccessibleName(tr("Use the in-memory bus"));
    m_kafka->setAccessibleName(tr("Use Kafka as the bus"));
    setAccessibleName(tr("Engine"));
    setAccessibleDescription(now);
}

} // namespace orderlab::ui
