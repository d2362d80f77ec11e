#pragma once
#include "lab/lab.h"
#include "runtime/task_group.h"

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
/// It knows the newest letters of one state and all causes, and asks again when the journal tells of a change. GUI thread.
class DeadLetterDesk final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t letters_max = 500; ///< Shown; the causes count all.

    /// `lab` must have started before follow() is called with `is_running`; `tasks` end before it does.
    DeadLetterDesk(Lab& lab, TaskGroup& tasks, QObject* parent = nullptr);
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
    /// One at a time: false while another runs. `total`: as forecast. `data`: JSON in place of the event's, for one letter.
    bool replay(const LetterChoice& choice, std::int64_t total, const QString& data = {});
    void stopReplay();
    bool isReplaying() const { return m_is_replaying; }
    /// For good. Answered by discardEnded().
    void discard(const Uuid& id, const QString& reason);

    /// Once a frame: takes answers, and looks again where that is due.
    void follow(std::span<const Entry> fresh, bool is_running);

Q_SIGNALS:
    void changed();
    void forecastReady(quint64 number, const orderlab::DeadLetterForecast& forecast);
    void forecastFailed(quint64 number, const QString& problem);
    void replayNews(const orderlab::ui::ReplayNews& news);
    /// Empty: it is discarded.
    void discardEnded(const QString& problem);

private:
    struct Answer;
    struct Shared; ///< What coroutines touch.
    static Task<void> look(std::shared_ptr<Shared> shared, Lab& lab, DeadLetterState state);
    static Task<void> foresee(std::shared_ptr<Shared> shared, Lab& lab, LetterChoice choice, quint64 number);
    static Task<void> replayOne(std::shared_ptr<Shared> shared, Lab& lab, Uuid id, std::string data);
    static Task<void> replayMany(std::shared_ptr<Shared> shared, Lab& lab, DeadLetterFilter filter, std::int64_t total);
    static Task<void> throwAway(std::shared_ptr<Shared> shared, Lab& lab, Uuid id, std::string reason);
    void take(Answer& answer);

    Lab& m_lab;
    TaskGroup& m_tasks;
    std::shared_ptr<Shared> m_shared;
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
