#include "ui/bridge/session.h"

namespace orderlab::ui {

namespace {

constexpr Duration retry_start_after = std::chrono::seconds{2};

/// A service that is away may come back. A PostgreSQL of our own that does not start will not by being asked again.
bool mayHelpItself(const Error& error, const LabConfig& config)
{
    const bool has_other_services = config.bus == BusKind::Kafka || config.redis;
    return error.retry != Retry::Never && (config.store != StoreKind::PostgresPrivate || has_other_services);
}

} // namespace

Session::Session(SystemCore& core, TimePoint started_at, QObject* parent)
    : QObject(parent), m_core(core), m_started_at(started_at), m_receiver(core.answers)
{}

Task<void> Session::openAfter(Session& session, Duration pause, Answers::Reply reply)
{
    if (pause.count() > 0)
        co_await session.m_core.runtime.sleep(pause);
    Result<Opened> opened = co_await session.open();
    reply.answer([&session, opened] { session.take(opened); });
}

Task<void> Session::closeAll(Session& session)
{
    SystemCore& core = session.m_core;
    core.tasks.cancel();
    co_await core.tasks.join();
    co_await core.to_the_end.join();
    co_await session.close();
}

void Session::start()
{
    if (m_state != State::Idle)
        return;
    setState(State::Starting);
    tryAfter({});
}

void Session::tryAfter(Duration pause)
{
    if (auto reply = m_receiver.ask())
        m_core.tasks.spawn(openAfter(*this, pause, std::move(*reply)));
    else
        setState(State::Failed, tooManyQuestions());
}

void Session::take(const Result<Opened>& result)
{
    if (result) {
        m_opened = *result;
        m_started_at = m_opened.started_at.value_or(m_started_at);
        Q_EMIT opened(m_opened);
        setState(State::Running);
        return;
    }
    const bool again = mayHelpItself(result.error(), config());
    setState(again ? State::Waiting : State::Failed, sentence(result.error()));
    if (again)
        tryAfter(retry_start_after);
}

void Session::stop()
{
    if (m_state == State::Stopped)
        return;
    m_core.runtime.run(closeAll(*this));
    setState(State::Stopped);
}

QString Session::stateText() const
{
    switch (m_state) {
    case State::Idle:
    case State::Starting: return startingText();
    case State::Waiting: return tr("%1 Trying again every two seconds.").arg(m_problem);
    case State::Failed: return m_problem;
    case State::Running:
    case State::Stopped: break;
    }
    return {};
}

QString Session::stateTitle() const
{
    switch (m_state) {
    case State::Waiting: return config().bus == BusKind::Kafka ? tr("A service is away") : tr("The store is away");
    case State::Failed: return tr("Not running");
    default: return stateText();
    }
}

void Session::setState(State state, QString problem)
{
    m_state = state;
    m_problem = std::move(problem);
    Q_EMIT stateChanged();
}

} // namespace orderlab::ui
