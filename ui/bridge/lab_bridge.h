#pragma once
#include "ui/bridge/dead_letter_desk.h"
#include "ui/bridge/fault_control.h"
#include "ui/bridge/frame_pump.h"
#include "ui/bridge/session.h"
#include "ui/bridge/store_reader.h"
#include "ui/bridge/system_commands.h"

#include <QTimer>

namespace orderlab::ui {

/// The system behind the window, and the way to it: it owns the parts and has them do their work once a frame (about 16
/// ms; slower while nothing happens). Core never calls into Qt: what its threads have to tell waits in
/// SystemCore::answers, and what it journals in the journal, until the next frame. Which system it is, is decided here;
/// everybody else asks the parts for their texts and for what they can do. GUI thread.
class LabBridge final : public QObject {
    Q_OBJECT
public:
    enum class Mode : std::uint8_t {
        OwnSystem, ///< It runs a Lab.
        Attached,  ///< It runs none, and shows what others share of theirs on the config's Kafka cluster. Commands are
                   ///< refused.
    };

    /// Nothing runs yet.
    explicit LabBridge(LabConfig config, Mode mode = Mode::OwnSystem, QObject* parent = nullptr);
    ~LabBridge() override;

    /// Starts the system behind the window. Returns at once.
    void start();
    /// Stops everything; blocks until it has, at most a few seconds. Idempotent.
    void stop();

    const Session& session() const { return *m_session; }
    const FramePump& frames() const { return *m_frames; }
    const StoreReader& store() const { return *m_store; }
    SystemCommands& commands() { return *m_commands; }
    const SystemCommands& commands() const { return *m_commands; }
    FaultControl& faults() { return *m_faults; }
    const FaultControl& faults() const { return *m_faults; }
    DeadLetterDesk& deadLetters() { return *m_dead_letters; }
    const DeadLetterDesk& deadLetters() const { return *m_dead_letters; }

Q_SIGNALS:
    /// Of any of the parts; a sentence for a person.
    void commandFailed(const QString& problem);
    /// Of LabNotices; a sentence for a person.
    void told(const QString& sentence);

private:
    void makeLab(LabConfig config);
    void makeWatched(LabConfig config);
    void makeFrames();
    void tick();
    void wake();

    std::unique_ptr<SystemCore> m_core;
    // Children, in the order in which they are made.
    Session* m_session = nullptr;
    FramePump* m_frames = nullptr;
    StoreReader* m_store = nullptr;
    SystemCommands* m_commands = nullptr;
    FaultControl* m_faults = nullptr;
    DeadLetterDesk* m_dead_letters = nullptr;
    QTimer m_timer;
    int m_quiet_ticks = 0;
};

} // namespace orderlab::ui
