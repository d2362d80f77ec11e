#pragma once
#include "ui/bridge/frame_pump.h"
#include "ui/bridge/system_commands.h"

#include <atomic>

namespace orderlab::ui {

class Worlds;

/// Of the simulated engine: each is a change of the shown world at the moment shown. GUI thread.
class SimulatedCommands final : public SystemCommands {
    Q_OBJECT
public:
    /// `core` outlives it.
    SimulatedCommands(SystemCore& core, Worlds& worlds, const Session& session, const FramePump& frames,
                      QObject* parent);
    ~SimulatedCommands() override;

    Result<void> createOrder(const QString& customer, const QString& amount, const QString& currency) override;
    void burst(int count) override;
    void setSteadyFlow(double rate_per_s) override;
    void cancelOrder(OrderId id) override;
    void scale(const QString& group, std::size_t members) override;
    quint64 foreseeReset(const GroupReset& reset) override;
    void resetGroup(const GroupReset& reset) override;
    void replaceHandler(const OwnWorker& worker) override;
    std::size_t members(const QString& group) const override;
    QString ownCommand(const QString& group) const override;

private:
    struct Question;
    void tellReplaced();
    static Task<void> foresee(SimulatedCommands& commands, std::shared_ptr<const Question> question,
                              Answers::Reply reply);

    SystemCore& m_core;
    Worlds& m_worlds;
    const FramePump& m_frames;
    Answers::Receiver m_receiver;
    QString m_replaced; ///< The group whose handler was replaced, until its world is known.
    const std::shared_ptr<std::atomic<bool>> m_is_given_up = std::make_shared<std::atomic<bool>>(false);
};

} // namespace orderlab::ui
