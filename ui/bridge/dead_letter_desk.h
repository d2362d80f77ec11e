#pragma once
#include "ui/bridge/system_core.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

namespace orderlab::ui {

/// Which dead letters: one, or all waiting ones that match.
struct LetterChoice {
    std::optional<Uuid> id;
    DeadLetterFilter filter;
};

/// How a replay goes. The last news say that it has ended.
struct ReplayNews {
    std::int64_t total = 0; ///< As forecast.
    std::int64_t replayed = 0;
    std::int64_t skipped = 0; ///< Somebody else has decided about them meanwhile.
    bool is_finished = false;
    bool is_stopped = false; ///< On request; the rest waits as before.
    QString problem;         ///< What ended it early; empty otherwise.
};

/// The window's side of DeadLetterService: every call runs behind the window, what it answers comes with a later frame.
/// It knows the newest letters of one state and all causes, and asks again when the journal tells of a change. GUI
/// thread.
class DeadLetterDesk final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t letters_max = 500; ///< Shown; the causes count all.

    /// Its Lab must have started before follow() is called with `is_running`; its tasks end before this does.
    explicit DeadLetterDesk(SystemCore& core, QObject* parent = nullptr);
    ~DeadLetterDesk() override;

    DeadLetterState state() const { return m_state; }
    /// Letters in this state are shown; asks for them.
    void setState(DeadLetterState state);
    /// Newest first.
    const std::vector<DeadLetter>& letters() const { return m_letters; }
    const std::vector<DeadLetterCause>& causes() const { return m_causes; }
    /// All that wait, whatever is shown.
    std::int64_t waiting() const { return m_waiting; }
    /// Whether anything was heard of the store yet.
    bool isKnown() const { return m_is_known; }
    /// Why the last look failed; empty: it did not.
    const QString& problem() const { return m_problem; }

    /// Answered by forecastReady() or forecastFailed() with the number that it returns.
    quint64 askForecast(const LetterChoice& choice);
    /// One at a time: false while another runs. `total`: as forecast. `data`: JSON in place of the event's, for one
    /// letter.
    bool replay(const LetterChoice& choice, std::int64_t total, const QString& data = {});
    void stopReplay();
    bool isReplaying() const { return m_is_replaying; }
    /// For good. Answered by discardEnded().
    void discard(const Uuid& id, const QString& reason);

    /// Once a frame: looks again where that is due.
    void follow(std::span<const Entry> fresh, bool is_running);

Q_SIGNALS:
    void changed();
    void forecastReady(quint64 number, const orderlab::DeadLetterForecast& forecast);
    void forecastFailed(quint64 number, const QString& problem);
    void replayNews(const orderlab::ui::ReplayNews& news);
    /// Empty: it is discarded.
    void discardEnded(const QString& problem);

private:
    struct Looked;
    using Progress = Answers::News<ReplayNews>;
    static Task<void> look(Lab& lab, DeadLetterDesk& desk, DeadLetterState state, Answers::Reply reply);
    static Task<void> foresee(Lab& lab, DeadLetterDesk& desk, LetterChoice choice, quint64 number,
                              Answers::Reply reply);
    static Task<void> replayOne(Lab& lab, Progress progress, Uuid id, std::string data);
    static Task<void> replayMany(Lab& lab, Progress progress, std::shared_ptr<const std::atomic<bool>> stop,
                                 DeadLetterFilter filter, std::int64_t total);
    static Task<void> throwAway(Lab& lab, DeadLetterDesk& desk, Uuid id, std::string reason, Answers::Reply reply);
    void takeLook(const Looked& looked);

    SystemCore& m_core;
    Answers::Receiver m_receiver;
    Progress m_progress;
    std::shared_ptr<std::atomic<bool>> m_stop =
        std::make_shared<std::atomic<bool>>(false); ///< Of the replay that runs.
    DeadLetterState m_state = DeadLetterState::Waiting;
    std::vector<DeadLetter> m_letters;
    std::vector<DeadLetterCause> m_causes;
    std::int64_t m_waiting = 0;
    QString m_problem;
    bool m_is_known = false;
    bool m_is_stale = true;
    bool m_is_looking = false;
    bool m_is_replaying = false;
    QElapsedTimer m_since_look;
    quint64 m_forecasts = 0;
};

} // namespace orderlab::ui
