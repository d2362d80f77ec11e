#include "ui/worlds/simulated_session.h"

#include "runtime/virtual_runtime.h"

namespace orderlab::ui {

SimulatedSession::SimulatedSession(SystemCore& core, QObject* parent) : Session(core, VirtualRuntime::epoch(), parent)
{}

Task<Result<Session::Opened>> SimulatedSession::open()
{
    co_return Opened{QStringLiteral("memory"), QStringLiteral("memory"), int(config().partitions)};
}

Task<void> SimulatedSession::close()
{
    co_return;
}

QString SimulatedSession::startingText() const
{
    return QStringLiteral("Making the world…");
}

SystemTexts SimulatedSession::texts() const
{
    SystemTexts texts;
    texts.window_title = QStringLiteral("Orderlab, simulated");
    texts.flow_about = QStringLiteral("simulated: the real handlers in virtual time · %1 consumer groups")
                           .arg(config().workers.size());
    texts.bus_place = QStringLiteral("simulated");
    texts.api_sentence = QStringLiteral("Where the orders of the simulated customers come in.");
    texts.store_title = QStringLiteral("Memory store");
    texts.store_lane = QStringLiteral("Store");
    texts.store_sentence = QStringLiteral("The store of the simulated world, as of the moment shown.");
    texts.no_orders = QStringLiteral("No orders yet at this moment.");
    texts.no_orders_hint = QStringLiteral("Press Space to play, or create an order with Ctrl+N.");
    return texts;
}

Session::Label SimulatedSession::label() const
{
    return {QStringLiteral("virtual time"), QStringLiteral("Simulated worlds need no database and no broker."), false};
}

} // namespace orderlab::ui
