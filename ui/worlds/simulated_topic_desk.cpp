#include "ui/worlds/simulated_topic_desk.h"

#include "bus/event_bus.h"
#include "lab/lab.h"
#include "simulation/simulate.h"
#include "ui/worlds/worlds.h"

namespace orderlab::ui {

/// One run and its log, once somebody has asked for it.
struct SimulatedTopicDesk::Log {
    Log(Scenario of, std::uint64_t with) : scenario(std::move(of)), seed(with) {}

    Result<std::shared_ptr<TopicBrowser>> open(const std::function<bool()>& is_given_up)
    {
        const MutexLock guard(mutex); // One question at a time anyway.
        if (browser)
            return browser;
        SimulationOptions options;
        options.hash = false;
        options.give_up = is_given_up;
        std::shared_ptr<TopicBrowser> kept;
        options.at_stop = [&kept](Lab& lab, VirtualRuntime&) {
            if (const auto live = lab.bus().browser())
                kept = live->snapshot();
        };
        const auto report = simulate(scenario, seed, options);
        if (!report)
            return report.error();
        if (!kept)
            return internalError("the log of the run was not kept");
        browser = kept;
        return kept;
    }

    const Scenario scenario;
    const std::uint64_t seed;
    Mutex mutex;
    std::shared_ptr<TopicBrowser> browser ORDERLAB_GUARDED_BY(mutex);
};

SimulatedTopicDesk::SimulatedTopicDesk(SystemCore& core, Worlds& worlds, const FramePump& frames,
                                       const Capabilities& capabilities, QObject* parent)
    : TopicDesk(core, frames, capabilities, {}, parent), m_worlds(&worlds)
{
    const auto follow = [this] { setRun(m_worlds->shown().scenario, m_worlds->shown().seed); };
    connect(&worlds, &Worlds::changed, this, follow);
    follow();
}

SimulatedTopicDesk::SimulatedTopicDesk(SystemCore& core, const FramePump& frames, const Capabilities& capabilities,
                                       QObject* parent)
    : TopicDesk(core, frames, capabilities, {}, parent)
{}

void SimulatedTopicDesk::setRecorded(Scenario scenario, std::uint64_t seed)
{
    setRun(scenario, seed);
}

void SimulatedTopicDesk::setRun(const Scenario& scenario, std::uint64_t seed)
{
    if (m_log && m_log->seed == seed && m_log->scenario == scenario)
        return;
    cancel(); // Nobody wants the log of the run before.
    m_log = std::make_shared<Log>(scenario, seed);
    Q_EMIT stale();
}

void SimulatedTopicDesk::rest()
{
    if (m_log && !isAsking())
        m_log = std::make_shared<Log>(m_log->scenario, m_log->seed);
}

OpenBrowser SimulatedTopicDesk::opener() const
{
    return [log = m_log](const std::function<bool()>& is_given_up) -> Result<std::shared_ptr<TopicBrowser>> {
        if (!log) {
            return Error{ErrorCode::NotFound,
                         Retry::Later,
                         "this recording does not say which run it is of, so its records are not known",
                         {}};
        }
        return log->open(is_given_up);
    };
}

TopicEnds SimulatedTopicDesk::endsShown() const
{
    return endsInJournal(m_log ? m_log->scenario.topology.partitions : 0);
}

} // namespace orderlab::ui
