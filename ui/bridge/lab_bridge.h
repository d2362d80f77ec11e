#pragma once
#include "ui/bridge/dead_letter_desk.h"
#include "ui/bridge/fault_control.h"
#include "ui/bridge/frame_pump.h"
#include "ui/bridge/places.h"
#include "ui/bridge/player.h"
#include "ui/bridge/session.h"
#include "ui/bridge/store_reader.h"
#include "ui/bridge/system_commands.h"
#include "ui/bridge/time_range.h"
#include "ui/bridge/worker_output.h"

#include <QTimer>

namespace orderlab::ui {

class ClassDesk;
class LiveRecorder;
class TableDesk;
class TopicDesk;
class Worlds;

/// What runs behind the window. A value.
struct Engine {
    enum class Kind : std::uint8_t {
        OwnSystem, ///< A Lab, in real time.
        Attached,  ///< Nothing: what others share of theirs on the config's Kafka cluster is shown. Commands are
                   ///< refused.
        Simulated, ///< Worlds, made ahead in virtual time.
        Recorded,  ///< Nothing: a journal file is shown. Commands are refused.
    };
    Kind kind = Kind::OwnSystem;
    Scenario scenario = {}; ///< Of the first simulated world.
    std::uint64_t seed = 1;
    QString recording = {}; ///< The file.
    double speed = 1;       ///< Of the simulated engine: seconds of the world a second.
};

/// The simulated engine with a scenario: a shipped one's name, a file, or that of a moment's line. Errors: those of
/// findScenario(), parseScenario() and MomentLine.
Result<Engine> engineOf(const std::string& world);
/// The simulated engine with the scenario that is shown where nobody asks for another.
Engine simulatedEngine();
/// The same with one in which nothing goes wrong, slowly.
Engine learningEngine();

/// The system behind the window, and the way to it: it owns the parts and has them do their work once a frame (about 16
/// ms; slower while nothing happens). Core never calls into Qt: what its threads have to tell waits in
/// SystemCore::answers, and what it journals in the journal, until the next frame. Which system it is, is decided here;
/// everybody else asks the parts for their texts and for what they can do. GUI thread.
class LabBridge final : public QObject {
    Q_OBJECT
public:
    /// Nothing runs yet. `config`: of a simulated engine it is the scenario's.
    explicit LabBridge(LabConfig config, const Engine& engine = {}, QObject* parent = nullptr);
    ~LabBridge() override;

    /// Starts the system behind the window. Returns at once.
    void start();
    /// Stops everything; blocks until it has, at most a few seconds. Idempotent.
    void stop();

    Engine::Kind engine() const { return m_engine; }
    const Session& session() const { return *m_session; }
    FramePump& frames() { return *m_frames; }
    const FramePump& frames() const { return *m_frames; }
    Player& player() { return *m_player; }
    const Player& player() const { return *m_player; }
    TimeRange& range() { return m_range; }
    const TimeRange& range() const { return m_range; }
    Places& places() { return *m_places; }
    /// Null unless the engine is simulated.
    Worlds* worlds() { return m_worlds; }
    const Worlds* worlds() const { return m_worlds; }
    const StoreReader& store() const { return *m_store; }
    SystemCommands& commands() { return *m_commands; }
    const SystemCommands& commands() const { return *m_commands; }
    FaultControl& faults() { return *m_faults; }
    const FaultControl& faults() const { return *m_faults; }
    DeadLetterDesk& deadLetters() { return *m_dead_letters; }
    const DeadLetterDesk& deadLetters() const { return *m_dead_letters; }
    /// What own workers write to standard error; another one when it begins anew, as with a world that is made again.
    /// Null: nobody can.
    std::shared_ptr<WorkerOutput> workerOutput() const;
    LiveRecorder& recorder() { return *m_recorder; }
    TableDesk& tables() { return *m_tables; }
    TopicDesk& topics() { return *m_topics; }
    ClassDesk& classDesk() { return *m_class; }

Q_SIGNALS:
    /// Once a frame, after all parts have done their work.
    void ticked();
    /// Of any of the parts; a sentence for a person.
    void commandFailed(const QString& problem);
    /// Of LabNotices; a sentence for a person.
    void told(const QString& sentence);

private:
    void makeLab(LabConfig config);
    void makeWatched(LabConfig config);
    void makeSimulated(const Engine& engine);
    void makeRecorded(const Engine& engine, LabConfig config);
    void makeFrames(std::function<TimePoint()> clock);
    void tick();
    void wake();

    const Engine::Kind m_engine;
    std::shared_ptr<WorkerOutput> m_worker_output; ///< Of a Lab.
    std::unique_ptr<SystemCore> m_core;
    // Children, in the order in which they are made.
    Session* m_session = nullptr;
    FramePump* m_frames = nullptr;
    Player* m_player = nullptr;
    Places* m_places = nullptr;
    Worlds* m_worlds = nullptr;
    StoreReader* m_store = nullptr;
    SystemCommands* m_commands = nullptr;
    FaultControl* m_faults = nullptr;
    DeadLetterDesk* m_dead_letters = nullptr;
    TimeRange m_range;
    LiveRecorder* m_recorder = nullptr;
    TableDesk* m_tables = nullptr;
    TopicDesk* m_topics = nullptr;
    ClassDesk* m_class = nullptr;
    QTimer m_timer;
    int m_quiet_ticks = 0;
};

} // namespace orderlab::ui
