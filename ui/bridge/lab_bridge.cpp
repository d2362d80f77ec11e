#include "ui/bridge/lab_bridge.h"

#include "ui/bridge/lab_commands.h"
#include "ui/bridge/lab_session.h"
#include "ui/bridge/watched_commands.h"
#include "ui/bridge/watched_session.h"

namespace orderlab::ui {

namespace {

constexpr int frame_ms = 16;
constexpr int quiet_ms = 80; ///< Between looks at a journal in which nothing happens.
constexpr int quiet_after_ticks = 40;

/// Invariants need the whole journal of a system from its start on; what others share has gaps.
LabConfig watched(LabConfig config, LabBridge::Mode mode)
{
    config.watch_invariants = mode == LabBridge::Mode::OwnSystem;
    return config;
}

} // namespace

LabBridge::LabBridge(LabConfig config, Mode mode, QObject* parent)
    : QObject(parent), m_core(std::make_unique<SystemCore>(watched(std::move(config), mode)))
{
    SystemCore& core = *m_core;
    m_frames = new FramePump(core.lab.journal(), core.lab.config().topic_prefix, core.lab.config().group_prefix, this);
    m_dead_letters = new DeadLetterDesk(core, this);
    switch (mode) {
    case Mode::OwnSystem:
        m_session = new LabSession(core, this);
        m_store = new LabStoreReader(core, *m_session, *m_frames, this);
        m_commands = new LabCommands(core, *m_session, this);
        m_faults = new LabFaultControl(core, m_commands->capabilities(), this);
        break;
    case Mode::Attached:
        m_session = new WatchedSession(core, this);
        m_store = new JournalStoreReader(*m_frames, this);
        m_commands = new WatchedCommands(*m_session, *m_frames, this);
        m_faults = new FaultControl(m_commands->capabilities(), this);
        break;
    }
    connect(m_session, &Session::opened, m_faults, &FaultControl::beginChecking);
    connect(m_commands, &SystemCommands::asked, this, &LabBridge::wake);
    connect(m_commands, &SystemCommands::failed, this, &LabBridge::commandFailed);
    connect(m_faults, &FaultControl::asked, this, &LabBridge::wake);
    connect(m_faults, &FaultControl::failed, this, &LabBridge::commandFailed);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(frame_ms);
    connect(&m_timer, &QTimer::timeout, this, &LabBridge::tick);
}

LabBridge::~LabBridge()
{
    stop();
    // They hold on to the core, so they go before it does.
    for (QObject* part :
         {static_cast<QObject*>(m_dead_letters), static_cast<QObject*>(m_faults), static_cast<QObject*>(m_commands),
          static_cast<QObject*>(m_store), static_cast<QObject*>(m_frames), static_cast<QObject*>(m_session)})
        delete part;
}

void LabBridge::start()
{
    if (m_session->state() != Session::State::Idle)
        return;
    m_session->start();
    m_timer.start();
}

void LabBridge::stop()
{
    m_timer.stop();
    m_dead_letters->stopReplay();
    m_commands->stop();
    m_session->stop();
}

void LabBridge::tick()
{
    m_core->answers.drain();
    if (m_frames->read()) {
        m_quiet_ticks = 0;
        m_store->note(m_frames->fresh());
        m_faults->note(m_frames->fresh());
        m_frames->show();
    } else {
        m_quiet_ticks = std::min(m_quiet_ticks + 1, quiet_after_ticks);
    }
    m_store->follow();
    m_dead_letters->follow(m_frames->fresh(),
                           m_session->isRunning() && m_commands->capabilities().can(Ask::DecideDeadLetters));
    m_faults->follow();
    const int interval = m_quiet_ticks >= quiet_after_ticks ? quiet_ms : frame_ms;
    if (m_timer.interval() != interval)
        m_timer.setInterval(interval);
}

void LabBridge::wake()
{
    // What a command causes is to be seen at once, not after a quiet journal's next look.
    m_quiet_ticks = 0;
    m_timer.setInterval(frame_ms);
}

} // namespace orderlab::ui
