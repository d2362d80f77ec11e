#include "ui/bridge/lab_bridge.h"

#include "ui/bridge/lab_commands.h"
#include "ui/bridge/lab_dead_letter_desk.h"
#include "ui/bridge/lab_notices.h"
#include "ui/bridge/lab_session.h"
#include "ui/bridge/watched_commands.h"
#include "ui/bridge/watched_session.h"

namespace orderlab::ui {

namespace {

constexpr int frame_ms = 16;
constexpr int quiet_ms = 80; ///< Between looks at a journal in which nothing happens.
constexpr int quiet_after_ticks = 40;

} // namespace

LabBridge::LabBridge(LabConfig config, Mode mode, QObject* parent) : QObject(parent)
{
    switch (mode) {
    case Mode::OwnSystem: makeLab(std::move(config)); break;
    case Mode::Attached: makeWatched(std::move(config)); break;
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

void LabBridge::makeLab(LabConfig config)
{
    config.watch_invariants = true;
    auto* notices = new LabNotices(this);
    connect(notices, &LabNotices::told, this, &LabBridge::told);
    auto owned = std::make_unique<LabCore>(notices->configured(std::move(config)));
    LabCore& core = *owned;
    notices->listenTo(core);
    m_core = std::move(owned);
    m_session = new LabSession(core, this);
    makeFrames();
    m_store = new LabStoreReader(core, *m_session, *m_frames, this);
    m_commands = new LabCommands(core, *m_session, this);
    m_faults = new LabFaultControl(core, m_commands->capabilities(), this);
    m_dead_letters = new LabDeadLetterDesk(core, m_commands->capabilities(), this);
}

void LabBridge::makeWatched(LabConfig config)
{
    m_core = std::make_unique<SystemCore>(std::move(config));
    m_session = new WatchedSession(*m_core, this);
    makeFrames();
    m_store = new JournalStoreReader(*m_frames, this);
    m_commands = new WatchedCommands(*m_session, *m_frames, this);
    m_faults = new FaultControl(m_commands->capabilities(), this);
    m_dead_letters = new DeadLetterDesk(m_commands->capabilities(), this);
}

void LabBridge::makeFrames()
{
    m_frames = new FramePump(m_session->journal(), m_core->config.topic_prefix, m_core->config.group_prefix, this);
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
    m_dead_letters->follow(m_frames->fresh(), m_session->isRunning());
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
