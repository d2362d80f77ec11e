#pragma once
#include "ui/bridge/dead_letter_desk.h"
#include "ui/bridge/system_core.h"

#include <QElapsedTimer>

namespace orderlab::ui {

/// Of a Lab in this process: every call of its DeadLetterService runs behind the window, what it answers comes with a
/// later frame. It knows the newest letters of one state and all causes, and asks again when the journal tells of a
/// change. GUI thread.
class LabDeadLetterDesk final : public DeadLetterDesk {
    Q_OBJECT
public:
    static constexpr std::size_t letters_max = 500; ///< Shown; the causes count all.

    /// Its Lab must have started before follow() is called with `is_running`; its tasks end before this does.
    LabDeadLetterDesk(LabCore& core, const Capabilities& capabilities, QObject* parent);
    ~LabDeadLetterDesk() override;

    void setState(DeadLetterState state) override;
    quint64 askForecast(const LetterChoice& choice) override;
    bool replay(const LetterChoice& choice, std::int64_t total, const QString& data, double rate_per_s) override;
    bool replayEdited(std::vector<LetterEdit> edits, double rate_per_s) override;
    void stopReplay() override;
    void discard(const Uuid& id, const QString& reason) override;
    void follow(std::span<const Entry> fresh, bool is_running) override;

private:
    struct Looked;
    using Progress = Answers::News<ReplayNews>;
    using Stop = std::shared_ptr<const std::atomic<bool>>;
    static Task<void> look(Lab& lab, LabDeadLetterDesk& desk, DeadLetterState state, Answers::Reply reply);
    static Task<void> foresee(Lab& lab, LabDeadLetterDesk& desk, LetterChoice choice, quint64 number,
                              Answers::Reply reply);
    static Task<void> replayOne(Lab& lab, Progress progress, Uuid id, std::string data);
    static Task<void> replayMany(Lab& lab, Progress progress, Stop stop, DeadLetterFilter filter, std::int64_t total,
                                 double rate_per_s);
    static Task<void> replayEach(Lab& lab, Progress progress, Stop stop, std::vector<LetterEdit> edits,
                                 double rate_per_s);
    static Task<void> waitUntil(Lab& lab, Stop stop, TimePoint due);
    static Task<void> throwAway(Lab& lab, LabDeadLetterDesk& desk, Uuid id, std::string reason, Answers::Reply reply);
    void takeLook(const Looked& looked);

    LabCore& m_core;
    Answers::Receiver m_receiver;
    Progress m_progress;
    std::shared_ptr<std::atomic<bool>> m_stop =
        std::make_shared<std::atomic<bool>>(false); ///< Of the replay that runs.
    bool m_is_stale = true;
    bool m_is_looking = false;
    QElapsedTimer m_since_look;
};

} // namespace orderlab::ui
