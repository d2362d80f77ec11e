#include "ui/worlds/simulated_commands.h"

#include "service/order_service.h"
#include "ui/models/format.h"
#include "ui/worlds/worlds.h"

namespace orderlab::ui {

namespace {

constexpr double flow_lasts_s = 60; ///< Of virtual time: a steady flow is so many orders.

Capabilities simulated()
{
    const QString elsewhere = QStringLiteral("A simulated world has its own bus. To use another, choose the engine "
                                             "In-memory or Kafka.");
    return Capabilities()
        .with(Ask::SwitchBus, elsewhere)
        .with(Ask::ImportOrders, QStringLiteral("Orders are imported into the real system: choose the engine In-memory "
                                                "or Kafka."))
        .with(
            Ask::PublishEvents,
            QStringLiteral("What happens in a simulated world follows from its seed and its changes; an event by hand "
                           "is none of them yet. Choose the engine In-memory or Kafka to publish one."));
}

} // namespace

SimulatedCommands::SimulatedCommands(Worlds& worlds, const Session& session, const FramePump& frames, QObject* parent)
    : SystemCommands(simulated(), session, parent), m_worlds(worlds), m_frames(frames)
{}

Result<void> SimulatedCommands::createOrder(const QString& customer, const QString& amount, const QString& currency)
{
    const auto request = orderRequestOf(customer, amount, currency);
    if (!request)
        return request.error();
    if (allows(Ask::CreateOrders))
        m_worlds.change(
            PlaceOrder{request->user_id, request->total.amount_minor, std::string(request->total.currency.code())},
            QStringLiteral("order of %1").arg(customer.trimmed()));
    return {};
}

void SimulatedCommands::burst(int count)
{
    if (allows(Ask::CreateOrders))
        m_worlds.change(PlaceOrders{std::uint64_t(count), Duration{0}}, QStringLiteral("%1 orders").arg(count));
}

void SimulatedCommands::setSteadyFlow(double rate_per_s)
{
    if (rate_per_s <= 0 || !allows(Ask::CreateOrders))
        return;
    m_worlds.change(PlaceOrders{std::uint64_t(rate_per_s * flow_lasts_s), Duration{std::int64_t(1e6 / rate_per_s)}},
                    QStringLiteral("%1 orders a second for %2 s").arg(rate_per_s).arg(flow_lasts_s));
}

void SimulatedCommands::cancelOrder(OrderId id)
{
    if (allows(Ask::CancelOrders))
        m_worlds.change(CancelOrder{id}, QStringLiteral("cancel order %1").arg(shortId(id)));
}

void SimulatedCommands::scale(const QString& group, std::size_t members)
{
    if (allows(Ask::ScaleGroups))
        m_worlds.change(SetMembers{members, group.toStdString()}, QStringLiteral("%1 ×%2").arg(group).arg(members));
}

std::size_t SimulatedCommands::members(const QString& group) const
{
    return membersIn(m_frames, group);
}

} // namespace orderlab::ui
