#include "ui/bridge/system_commands.h"

#include "ui/bridge/frame_pump.h"
#include "ui/models/format.h"

#include <QTimer>

#include <algorithm>

namespace orderlab::ui {

Result<OrderRequest> orderRequestOf(const QString& customer, const QString& amount, const QString& currency)
{
    const auto code = Currency::parse(currency.trimmed().toUpper().toStdString());
    if (!code)
        return code.error();
    const auto total = Money::parse(amount.trimmed().toStdString(), *code);
    if (!total)
        return total.error();
    OrderRequest request{customer.trimmed().toStdString(), *total};
    ORDERLAB_TRY(return, request.validate());
    return request;
}

std::size_t membersIn(const FramePump& frames, const QString& group)
{
    for (const GroupState& state : frames.world().groups()) {
        if (frames.names().groupLabel(state.name) == group)
            return state.members.size();
    }
    return 0;
}

std::int64_t ResetForecast::seenAgain() const
{
    std::int64_t again = 0;
    for (const OffsetChange& change : changes)
        again += std::max<std::int64_t>(0, change.seenAgain());
    return again;
}

std::int64_t ResetForecast::neverSeen() const
{
    std::int64_t never = 0;
    for (const OffsetChange& change : changes)
        never += std::max<std::int64_t>(0, -change.seenAgain());
    return never;
}

SystemCommands::SystemCommands(Capabilities capabilities, const Session& session, QObject* parent)
    : QObject(parent), m_session(session), m_capabilities(std::move(capabilities)),
      m_bus{session.config().bus,
            session.config().bus == BusKind::Kafka ? toQt(session.config().kafka.brokers) : QString()},
      m_partitions(session.config().partitions)
{
    connect(&session, &Session::opened, this, [this](const Session::Opened& opened) {
        m_bus_description = opened.bus;
        m_partitions = opened.partitions;
        Q_EMIT busChanged();
    });
}

QString SystemCommands::whyNot(Ask ask) const
{
    if (!m_capabilities.can(ask))
        return m_capabilities.whyNot(ask);
    return m_session.isRunning() ? QString() : tr("Not yet: %1").arg(m_session.stateText());
}

bool SystemCommands::allows(Ask ask)
{
    Q_EMIT asked();
    const QString why_not = whyNot(ask);
    if (!why_not.isEmpty())
        Q_EMIT failed(why_not);
    return why_not.isEmpty();
}

Result<void> SystemCommands::createOrder(const QString&, const QString&, const QString&)
{
    allows(Ask::CreateOrders);
    return {};
}

void SystemCommands::burst(int)
{
    allows(Ask::CreateOrders);
}

void SystemCommands::setSteadyFlow(double)
{
    allows(Ask::CreateOrders);
}

void SystemCommands::play(const FlowScenario&)
{
    allows(Ask::CreateOrders);
}

void SystemCommands::cancelOrder(OrderId)
{
    allows(Ask::CancelOrders);
}

bool SystemCommands::startImport(const QString&)
{
    return allows(Ask::ImportOrders) && false;
}

void SystemCommands::scale(const QString&, std::size_t)
{
    allows(Ask::ScaleGroups);
}

void SystemCommands::foreseeLater(quint64 number, const ResetForecast& forecast)
{
    QTimer::singleShot(0, this, [this, number, forecast] { Q_EMIT resetForeseen(number, forecast); });
}

quint64 SystemCommands::foreseeReset(const GroupReset&)
{
    const quint64 number = nextForecast();
    foreseeLater(number, {{}, whyNot(Ask::ResetOffsets)});
    return number;
}

void SystemCommands::resetGroup(const GroupReset&)
{
    allows(Ask::ResetOffsets);
}

void SystemCommands::replaceHandler(const OwnWorker& worker)
{
    allows(Ask::ReplaceHandlers);
    Q_EMIT handlerReplaced(toQt(worker.group), whyNot(Ask::ReplaceHandlers));
}

QString SystemCommands::ownCommand(const QString& group) const
{
    const OwnWorker* const own = findOwnWorker(m_session.config().own_workers, group.toStdString());
    return own ? toQt(own->command) : QString();
}

void SystemCommands::switchBus(const BusChoice&)
{
    allows(Ask::SwitchBus);
    Q_EMIT busChanged(); // So that what was clicked shows what is.
}

} // namespace orderlab::ui
