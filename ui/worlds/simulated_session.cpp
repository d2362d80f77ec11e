#include "ui/worlds/simulated_session.h"

#include "runtime/virtual_runtime.h"

namespace orderlab::ui {

SimulatedSession::SimulatedSession(SystemCore& core, QObject* parent) : Session(core, VirtualRuntime::epoch(), parent)
{}

Task<Result<Session::Opened>> SimulatedSession::open()
{
    co_return Opened{tr("memory"), tr("memory"), int(config().partitions)};
}

Task<void> SimulatedSession::close()
{
    co_return;
}

QString SimulatedSession::startingText() const
{
    return tr("Making the world…");
}

SystemTexts SimulatedSession::texts() const
{
    SystemTexts texts;
    texts.window_title = tr("Orderlab, simulated");
    texts.flow_about =
        tr("simulated: the real handlers in virtual time · %1 consumer groups").arg(config().workers.size());
    texts.bus_place = tr("simulated");
    texts.api_sentence = tr("Where the orders of the simulated customers come in.");
    texts.store_title = tr("Memory store");
    texts.store_lane = tr("Store");
    texts.store_sentence = tr("The store of the simulated world, as of the moment shown.");
    texts.no_orders = tr("No orders yet at this moment.");
    texts.no_orders_hint = tr("Press Space to play, or create an order with Ctrl+N.");
    return texts;
}

Session::Label SimulatedSession::label() const
{
    return {tr("virtual time"), tr("Simulated worlds need no database and no broker."), false};
}

} // namespace orderlab::ui
