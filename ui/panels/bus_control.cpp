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
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_use_memory = choice("useMemory", QStringLiteral("In &memory"));
    m_use_embedded = choice("useEmbeddedKafka", QStringLiteral("&Kafka in this process: 3 brokers, gone at exit"));
    m_use_brokers = choice("useKafka", {});
    m_use_other = choice("useOtherKafka", QStringLiteral("Kafka at &another address…"));
    m_use_other->setCheckable(false);
    connect(m_use_memory, &QAction::triggered, this, [this] { m_bridge.commands().switchBus({BusKind::Memory}); });
    connect(m_use_embedded, &QAction::triggered, this,
            [this] { m_bridge.commands().switchBus({BusKind::EmbeddedKafka}); });
    connect(m_use_brokers, &QAction::triggered, this, [this] {
        m_bridge.commands().switchBus({BusKind::Kafka, m_brokers});
    });
    connect(m_use_other, &QAction::triggered, this, &BusControl::otherBrokersWanted);

    m_memory = segment("memoryBusButton", QStringLiteral("In-memory"), this);
    m_kafka = segment("kafkaBusButton", QStringLiteral("Kafka ▾"), this);
    connect(m_memory, &QToolButton::clicked, m_use_memory, &QAction::trigger);
    auto* menu = new QMenu(m_kafka);
    menu->addActions({m_use_embedded, m_use_brokers, m_use_other});
    m_kafka->setMenu(menu);
    m_kafka->setPopupMode(QToolButton::InstantPopup);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(2);
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
    m_use_brokers->setText(QStringLiteral("Kafka at %1").arg(m_brokers));
    m_use_memory->setChecked(shown.kind == BusKind::Memory);
    m_use_embedded->setChecked(shown.kind == BusKind::EmbeddedKafka);
    m_use_brokers->setChecked(shown.kind == BusKind::Kafka && shown.brokers == m_brokers);
    setActive(m_memory, shown.kind == BusKind::Memory);
    setActive(m_kafka, shown.kind != BusKind::Memory);
    const bool can_switch = !is_switching && m_bridge.commands().can(Ask::SwitchBus);
    for (QAction* action : choices())
        action->setEnabled(can_switch);
    for (QToolButton* button : {m_memory, m_kafka})
        button->setEnabled(can_switch);
    QString now = is_switching ? QStringLiteral("Switching to %1…").arg(busName(shown))
                               : QStringLiteral("In use: %1.\n").arg(busName(bus)) + aboutBus(bus);
    if (const QString& why_not = m_bridge.commands().capabilities().whyNot(Ask::SwitchBus); !why_not.isEmpty())
        now += QLatin1Char('\n') + why_not;
    m_memory->setToolTip(now);
    m_kafka->setToolTip(now);
    m_memory->setAccessibleName(QStringLiteral("Use the in-memory bus"));
    m_kafka->setAccessibleName(QStringLiteral("Use Kafka as the bus"));
    setAccessibleName(QStringLiteral("Event bus"));
    setAccessibleDescription(now);
}

} // namespace orderlab::ui
