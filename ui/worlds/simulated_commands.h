#pragma once
#include "ui/bridge/frame_pump.h"
#include "ui/bridge/system_commands.h"

namespace orderlab::ui {

class Worlds;

/// Of the simulated engine: each is a change of the shown world at the moment shown. GUI thread.
class SimulatedCommands final : public SystemCommands {
    Q_OBJECT
public:
    SimulatedCommands(Worlds& worlds, const Session& session, const FramePump& frames, QObject* parent);

    Result<void> createOrder(const QString& customer, const QString& amount, const QString& currency) override;
    void burst(int count) override;
    void setSteadyFlow(double rate_per_s) override;
    void cancelOrder(OrderId id) override;
    void scale(const QString& group, std::size_t members) override;
    std::size_t members(const QString& group) const override;

private:
    Worlds& m_worlds;
    const FramePump& m_frames;
};

} // namespace orderlab::ui
