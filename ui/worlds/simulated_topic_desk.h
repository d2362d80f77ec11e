#pragma once
#include "simulation/scenario.h"
#include "ui/bridge/topic_desk.h"

namespace orderlab::ui {

class Worlds;

/// Topics of a simulated run: the run is made once more behind the window, and the log of its bus is kept, of which the
/// moment shown tells how much had been published by then. GUI thread.
class SimulatedTopicDesk final : public TopicDesk {
    Q_OBJECT
public:
    /// Of the world that is shown.
    SimulatedTopicDesk(SystemCore& core, Worlds& worlds, const FramePump& frames, const Capabilities& capabilities,
                       QObject* parent);
    /// Of a recording that says which run it is.
    SimulatedTopicDesk(SystemCore& core, const FramePump& frames, const Capabilities& capabilities, QObject* parent);

    /// What a recording says of itself, once it is read; without a scenario there are no topics.
    void setRecorded(Scenario scenario, std::uint64_t seed);
    void rest() override;

protected:
    OpenBrowser opener() const override;
    TopicEnds endsShown() const override;

private:
    struct Log;
    void setRun(const Scenario& scenario, std::uint64_t seed);

    Worlds* m_worlds = nullptr; ///< Null for a recording.
    std::shared_ptr<Log> m_log; ///< Of the run that is shown; null: not known.
};

} // namespace orderlab::ui
