#pragma once
#include "ui/bridge/entry_source.h"
#include "ui/bridge/system_core.h"
#include "ui/bridge/system_texts.h"

#include <QObject>
#include <QStringList>

namespace orderlab::ui {

/// The system that the window shows, from its start to its end: a Lab of this process (lab_session.h), other processes
/// that are watched (watched_session.h), or worlds that are simulated (simulated_session.h). A service that is away is
/// tried again. GUI thread.
class Session : public QObject {
    Q_OBJECT
public:
    enum class State : std::uint8_t {
        Idle,     ///< start() was not called yet.
        Starting, ///< It opens.
        Running,
        Waiting, ///< A service is away; it is tried again every two seconds.
        Failed,  ///< It cannot start; see stateText().
        Stopped,
    };
    /// What is known once it has opened.
    struct Opened {
        QString store;                            ///< "PostgreSQL 15.18 (private, /path)"; empty: it is elsewhere.
        QString bus;                              ///< "Kafka at localhost:9092".
        int partitions = 0;                       ///< Of a topic.
        std::optional<TimePoint> started_at = {}; ///< Where that was not when the window was opened.
    };
    /// Where the orders are kept, or who keeps them, in few words and in full.
    struct Label {
        QString text;
        QString details;
        bool is_always_shown = false; ///< Also where there is little room.
    };

    Session(SystemCore& core, QObject* parent) : Session(core, core.runtime.now(), parent) {}
    Session(SystemCore& core, TimePoint started_at, QObject* parent);

    /// Starts behind the window. Returns at once. Once.
    void start();
    /// Stops everything; blocks until it has, at most a few seconds. Idempotent.
    void stop();

    State state() const { return m_state; }
    bool isRunning() const { return m_state == State::Running; }
    /// "Starting PostgreSQL…", or what is wrong; empty while running.
    QString stateText() const;
    /// The same in a few words, where there is little room.
    QString stateTitle() const;
    /// As it was started with; the bus in use may be another by now.
    const LabConfig& config() const { return m_core.config; }
    QString storeDescription() const { return m_opened.store; }
    /// What everything on the screen is read from: the table of names, as long as this, and once its entries.
    virtual Names& names() = 0;
    virtual std::unique_ptr<EntrySource> entries() = 0;
    /// Where what happens is written while it does; null: all of it is known, or made ahead.
    virtual const Journal* journal() const { return nullptr; }
    /// The time of what happens now; what the window shows may be earlier: FramePump::nowUs().
    TimePoint now() const { return m_core.runtime.now(); }
    /// By the same clock as entries.
    TimePoint startedAt() const { return m_started_at; }

    virtual SystemTexts texts() const = 0;
    virtual Label label() const = 0;

Q_SIGNALS:
    /// Once, before the state becomes Running.
    void opened(const orderlab::ui::Session::Opened& opened);
    void stateChanged();

protected:
    /// On the runtime. Called again after an error that need not last.
    virtual Task<Result<Opened>> open() = 0;
    /// On the runtime, when nothing else runs any more; after open(), however that ended, or without it. Takes a few
    /// seconds at most.
    virtual Task<void> close() = 0;
    virtual QString startingText() const = 0;

    SystemCore& m_core;

private:
    static Task<void> openAfter(Session& session, Duration pause, Answers::Reply reply);
    static Task<void> closeAll(Session& session);
    void tryAfter(Duration pause);
    void take(const Result<Opened>& opened);
    void setState(State state, QString problem = {});

    TimePoint m_started_at;
    Answers::Receiver m_receiver;
    State m_state = State::Idle;
    QString m_problem;
    Opened m_opened;
};

} // namespace orderlab::ui
