#include "ui/bridge/lab_bridge.h"

#include "runtime/virtual_runtime.h"
#include "simulation/moment_line.h"
#include "simulation/shipped_scenarios.h"
#include "ui/bridge/lab_commands.h"
#include "ui/bridge/lab_dead_letter_desk.h"
#include "ui/bridge/lab_notices.h"
#include "ui/bridge/lab_session.h"
#include "ui/bridge/live_recorder.h"
#include "ui/bridge/recorded_session.h"
#include "ui/bridge/table_desk.h"
#include "ui/bridge/topic_desk.h"
#include "ui/bridge/watched_commands.h"
#include "ui/bridge/watched_session.h"
#include "ui/classroom/class_desk.h"
#include "ui/worlds/simulated_commands.h"
#include "ui/worlds/simulated_dead_letter_desk.h"
#include "ui/worlds/simulated_fault_control.h"
#include "ui/worlds/simulated_session.h"
#include "ui/worlds/simulated_table_desk.h"
#include "ui/worlds/simulated_topic_desk.h"
#include "ui/worlds/worlds.h"

namespace orderlab::ui {

namespace {

constexpr int frame_ms = 16;
constexpr int quiet_ms = 100; ///< Between looks at a journal in which nothing happens.
constexpr int quiet_after_ticks = 40;

} // namespace

Result<Engine> engineOf(const std::string& world)
{
    Engine engine{Engine::Kind::Simulated};
    engine.speed = 0.1; // The eye follows what takes milliseconds.
    if (MomentLine::isLine(world)) {
        auto line = MomentLine::parse(world);
        if (!line)
            return line.error();
        auto scenario = line->scenario();
        if (!scenario)
            return scenario.error();
        engine.scenario = std::move(*scenario);
        engine.seed = line->seed;
        return engine;
    }
    const auto source = findScenario(world);
    if (!source)
        return source.error();
    auto scenario = parseScenario(source->text, source->file);
    if (!scenario)
        return scenario.error();
    engine.scenario = std::move(*scenario);
    engine.seed = engine.scenario.seed;
    return engine;
}

Engine simulatedEngine()
{
    Engine engine = engineOf("double-charge").value(); // A promise breaks, and one switch mends it. It is shipped.
    engine.seed = 5;                                   // Soon, and often.
    return engine;
}

Engine learningEngine()
{
    return engineOf("happy-day").value();
}

namespace {

/// With the further groups that are programs among the others.
LabConfig withFurtherGroups(LabConfig config)
{
    for (const OwnWorker& own : config.own_workers) {
        if (!findGroupKind(own.group))
            config.workers.push_back(own.group);
    }
    return config;
}

} // namespace

LabBridge::LabBridge(LabConfig config, const Engine& engine, QObject* parent) : QObject(parent), m_engine(engine.kind)
{
    switch (engine.kind) {
    case Engine::Kind::OwnSystem: makeLab(std::move(config)); break;
    case Engine::Kind::Attached: makeWatched(std::move(config)); break;
    case Engine::Kind::Simulated: makeSimulated(engine); break;
    case Engine::Kind::Recorded: makeRecorded(engine, std::move(config)); break;
    }
    if (!m_class)
        m_class = new ClassDesk(nullptr, *m_session, this);
    m_recorder = new LiveRecorder(*m_session, *m_commands, *m_faults, this);
    connect(m_player, &Player::changed, this, &LabBridge::wake);
    if (m_engine == Engine::Kind::OwnSystem)
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
    m_worker_output = std::make_shared<WorkerOutput>();
    const auto clock = std::make_shared<Runtime*>(nullptr); // There is none before the Lab is made.
    config.own_worker_options.on_output = [output = m_worker_output, clock](std::string_view member,
                                                                            std::string_view line) {
        output->say(toMicros((*clock)->now()), member, line);
    };
    auto owned = std::make_unique<LabCore>(notices->configured(withFurtherGroups(std::move(config))));
    LabCore& core = *owned;
    *clock = &core.runtime;
    notices->listenTo(core);
    m_core = std::move(owned);
    m_session = new LabSession(core, this);
    makeFrames([&core] { return core.runtime.now(); });
    m_frames->replace(m_session->entries());
    m_store = new LabStoreReader(core, *m_session, *m_frames, this);
    m_commands = new LabCommands(core, *m_session, this);
    m_faults = new LabFaultControl(core, m_commands->capabilities(), this);
    m_dead_letters = new LabDeadLetterDesk(core, m_commands->capabilities(), this);
    m_tables = new LabTableDesk(core, *m_frames, this);
    m_topics = new LabTopicDesk(core, *m_frames, m_commands->capabilities(), this);
    m_class = new ClassDesk(&core, *m_session, this);
}

void LabBridge::makeWatched(LabConfig config)
{
    m_core = std::make_unique<SystemCore>(std::move(config));
    m_session = new WatchedSession(*m_core, this);
    makeFrames([core = m_core.get()] { return core->runtime.now(); });
    m_frames->replace(m_session->entries());
    m_store = new JournalStoreReader(*m_frames, this);
    m_commands = new WatchedCommands(attachedOnly(), *m_session, *m_frames, this);
    m_faults = new FaultControl(m_commands->capabilities(), this);
    m_dead_letters = new DeadLetterDesk(m_commands->capabilities(), this);
    m_tables = new TableDesk(*m_core, *m_frames,
                             tr("The store belongs to the processes that are watched: their tables are not "
                                "read from here. Choose another engine above to see tables."),
                             this);
    m_topics = new TopicDesk(*m_core, *m_frames, m_commands->capabilities(),
                             tr("The log belongs to the processes that are watched: their topics are not "
                                "read from here. Choose the engine Kafka above to see topics."),
                             this);
}

void LabBridge::makeSimulated(const Engine& engine)
{
    m_core = std::make_unique<SystemCore>(withFurtherGroups(engine.scenario.labConfig()));
    auto* session = new SimulatedSession(*m_core, this);
    m_session = session;
    makeFrames([] { return VirtualRuntime::epoch(); });
    m_worlds = new Worlds(engine.scenario, engine.seed, session->names(), this);
    m_store = new JournalStoreReader(*m_frames, this);
    m_commands = new SimulatedCommands(*m_core, *m_worlds, *m_session, *m_frames, this);
    m_faults = new SimulatedFaultControl(*m_worlds, *m_frames, m_commands->capabilities(), this);
    m_dead_letters = new SimulatedDeadLetterDesk(*m_core, *m_worlds, *m_frames, m_commands->capabilities(), this);
    m_tables = new SimulatedTableDesk(*m_core, *m_worlds, *m_frames, this);
    m_topics = new SimulatedTopicDesk(*m_core, *m_worlds, *m_frames, m_commands->capabilities(), this);
    m_player->setSpeed(engine.speed);
    connect(m_worlds, &Worlds::failed, this, &LabBridge::commandFailed);
    connect(m_worlds, &Worlds::changed, this, &LabBridge::wake);
}

void LabBridge::makeRecorded(const Engine& engine, LabConfig config)
{
    m_core = std::make_unique<SystemCore>(std::move(config));
    auto* session = new RecordedSession(*m_core, engine.recording, this);
    m_session = session;
    makeFrames([session] { return session->startedAt(); });
    m_store = new JournalStoreReader(*m_frames, this);
    m_commands = new WatchedCommands(recordedOnly(), *m_session, *m_frames, this);
    m_faults = new FaultControl(m_commands->capabilities(), this);
    m_dead_letters = new DeadLetterDesk(m_commands->capabilities(), this);
    auto* tables = new SimulatedTableDesk(*m_core, *m_frames, this);
    m_tables = tables;
    auto* topics = new SimulatedTopicDesk(*m_core, *m_frames, m_commands->capabilities(), this);
    m_topics = topics;
    connect(session, &Session::opened, tables, [session, tables, topics] {
        const RecordingHeader& header = session->header();
        if (header.scenario.empty() || !header.seed)
            return;
        if (auto scenario = parseScenario(header.scenario, "the recording's scenario")) {
            topics->setRecorded(*scenario, *header.seed);
            tables->setRecorded(std::move(*scenario), *header.seed);
        }
    });
    connect(session, &Session::opened, this,
            [this, session] { m_frames->replace(session->entries(), session->firstUs()); });
}

void LabBridge::makeFrames(std::function<TimePoint()> clock)
{
    m_frames = new FramePump(m_session->names(), m_core->config.topic_prefix, m_core->config.group_prefix,
                             std::move(clock), this);
    m_player = new Player(*m_frames, m_engine == Engine::Kind::OwnSystem || m_engine == Engine::Kind::Attached, this);
    m_places = new Places(*m_frames, *m_player, this);
}

LabBridge::~LabBridge()
{
    stop();
    // They hold on to the core, so they go before it does.
    for (QObject* part :
         {static_cast<QObject*>(m_class), static_cast<QObject*>(m_recorder), static_cast<QObject*>(m_topics),
          static_cast<QObject*>(m_tables), static_cast<QObject*>(m_dead_letters), static_cast<QObject*>(m_faults),
          static_cast<QObject*>(m_commands), static_cast<QObject*>(m_store), static_cast<QObject*>(m_worlds),
          static_cast<QObject*>(m_places), static_cast<QObject*>(m_player), static_cast<QObject*>(m_frames),
          static_cast<QObject*>(m_session)})
        delete part;
}

std::shared_ptr<WorkerOutput> LabBridge::workerOutput() const
{
    return m_worlds ? m_worlds->workerOutput() : m_worker_output;
}

void LabBridge::start()
{
    if (m_session->state() != Session::State::Idle)
        return;
    m_session->start();
    if (m_worlds) {
        m_worlds->begin(*m_frames);
        m_player->setPlaying(true);
    }
    m_timer.start();
}

void LabBridge::stop()
{
    m_timer.stop();
    m_class->stop();  // Its students buy from what ends next.
    m_tables->stop(); // They look into what ends next.
    m_topics->stop();
    m_dead_letters->stopReplay();
    m_commands->stop();
    m_session->stop();
    m_recorder->stop(); // The end is part of it.
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
    if (m_worlds)
        m_worlds->follow();
    m_player->tick();
    if ((m_player->isPlaying() && !m_frames->isFollowing()) || m_frames->isReplacing())
        m_quiet_ticks = 0;
    m_store->follow();
    m_dead_letters->follow(m_frames->fresh(), m_session->isRunning());
    m_faults->follow();
    m_recorder->follow();
    Q_EMIT ticked();
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
