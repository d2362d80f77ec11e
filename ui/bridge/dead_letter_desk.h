#pragma once
#include "journal/entry.h"
#include "service/dead_letter_service.h"
#include "ui/bridge/capabilities.h"

#include <QObject>

#include <span>

namespace orderlab::ui {

/// Which dead letters: one, or all waiting ones that match.
struct LetterChoice {
    std::optional<Uuid> id;
    DeadLetterFilter filter;
};

/// One letter whose event gets other data before it is given back.
struct LetterEdit {
    Uuid id;
    QString data; ///< JSON.
};

/// So many a second of a replay of many: it protects a group that has just recovered.
inline constexpr double replay_rate_usual = 100, replay_rate_min = 0.1, replay_rate_max = 10'000;

/// How a replay goes. The last news say that it has ended.
struct ReplayNews {
    std::int64_t total = 0; ///< As forecast.
    std::int64_t replayed = 0;
    std::int64_t skipped = 0; ///< Somebody else has decided about them meanwhile.
    bool is_finished = false;
    bool is_stopped = false; ///< On request; the rest waits as before.
    QString problem;         ///< What ended it early; empty otherwise.
};

/// Events that were given up, and what a person decides about them. This class is of a system that is only watched: it
/// knows no letters and refuses every decision. GUI thread.
class DeadLetterDesk : public QObject {
    Q_OBJECT
public:
    DeadLetterDesk(const Capabilities& capabilities, QObject* parent) : QObject(parent), m_capabilities(capabilities) {}

    DeadLetterState state() const { return m_state; }
    /// Letters in this state are shown; asks for them.
    virtual void setState(DeadLetterState state) { m_state = state; }
    /// Newest first.
    const std::vector<DeadLetter>& letters() const { return m_letters; }
    const std::vector<DeadLetterCause>& causes() const { return m_causes; }
    /// All that wait, whatever is shown.
    std::int64_t waiting() const { return m_waiting; }
    /// Whether anything was heard of the store yet.
    bool isKnown() const { return m_is_known; }
    /// Why the last look failed; empty: it did not.
    const QString& problem() const { return m_problem; }

    /// Answered by forecastReady() or forecastFailed() with the number that it returns; not before it returns.
    virtual quint64 askForecast(const LetterChoice& choice);
    /// One at a time: false while another runs, or where none can. `total`: as forecast. `data`: JSON in place of the
    /// event's, for one letter. `rate_per_s`: of many, at most.
    virtual bool replay(const LetterChoice& choice, std::int64_t total, const QString& data = {},
                        double rate_per_s = replay_rate_usual);
    /// Likewise, of each with its own data.
    virtual bool replayEdited(std::vector<LetterEdit> edits, double rate_per_s = replay_rate_usual);
    virtual void stopReplay() {}
    bool isReplaying() const { return m_is_replaying; }
    /// For good. Answered by discardEnded().
    virtual void discard(const Uuid& id, const QString& reason);

    /// Once a frame: looks again where that is due.
    virtual void follow(std::span<const Entry>, bool /*is_running*/) {}

Q_SIGNALS:
    void changed();
    void forecastReady(quint64 number, const orderlab::DeadLetterForecast& forecast);
    void forecastFailed(quint64 number, const QString& problem);
    void replayNews(const orderlab::ui::ReplayNews& news);
    /// Empty: it is discarded.
    void discardEnded(const QString& problem);

protected:
    /// forecastFailed() with this number, once whoever asks knows it.
    void refuseForecast(quint64 number, const QString& problem);
    quint64 nextForecast() { return ++m_forecasts; }

    const Capabilities& m_capabilities;
    DeadLetterState m_state = DeadLetterState::Waiting;
    std::vector<DeadLetter> m_letters;
    std::vector<DeadLetterCause> m_causes;
    std::int64_t m_waiting = 0;
    QString m_problem;
    bool m_is_known = false;
    bool m_is_replaying = false;

private:
    quint64 m_forecasts = 0;
};

} // namespace orderlab::ui
