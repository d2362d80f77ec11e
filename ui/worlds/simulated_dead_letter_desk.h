#pragma once
#include "simulation/change.h"
#include "ui/bridge/dead_letter_desk.h"
#include "ui/bridge/frame_pump.h"
#include "ui/bridge/system_core.h"

#include <QElapsedTimer>

namespace orderlab::ui {

class Worlds;

/// Of the simulated engine: letters are those in the world's store at the moment shown. To see them, the world is made
/// again up to there, behind the window. A decision is a change of the world at that moment. GUI thread.
class SimulatedDeadLetterDesk final : public DeadLetterDesk {
    Q_OBJECT
public:
    static constexpr std::size_t letters_max = 500; ///< Shown; the causes count all.

    SimulatedDeadLetterDesk(SystemCore& core, Worlds& worlds, const FramePump& frames, const Capabilities& capabilities,
                            QObject* parent);
    ~SimulatedDeadLetterDesk() override;

    void setState(DeadLetterState state) override;
    quint64 askForecast(const LetterChoice& choice) override;
    bool replay(const LetterChoice& choice, std::int64_t total, const QString& data, double rate_per_s) override;
    bool replayEdited(std::vector<LetterEdit> edits, double rate_per_s) override;
    void discard(const Uuid& id, const QString& reason) override;
    void follow(std::span<const Entry> fresh, bool is_running) override;

private:
    struct Looked {
        std::vector<DeadLetter> letters;
        std::vector<DeadLetterCause> causes;
        std::int64_t waiting = 0;
        QString problem;
    };
    struct Question;
    static Task<void> look(SimulatedDeadLetterDesk& desk, std::shared_ptr<const Question> question,
                           Answers::Reply reply);
    void take(const Looked& looked);
    bool change(std::vector<Change::Setting> settings, std::int64_t total);
    /// Of those that are shown.
    std::vector<const DeadLetter*> chosen(const LetterChoice& choice) const;

    SystemCore& m_core;
    Worlds& m_worlds;
    const FramePump& m_frames;
    Answers::Receiver m_receiver;
    std::shared_ptr<std::atomic<bool>> m_is_given_up = std::make_shared<std::atomic<bool>>(false);
    bool m_is_stale = true;
    bool m_is_looking = false;
    QElapsedTimer m_since_look;
};

} // namespace orderlab::ui
