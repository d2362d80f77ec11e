#include "ui/classroom/class_desk.h"

#include "ui/bridge/system_core.h"
#include "ui/models/format.h"

namespace orderlab::ui {

namespace {

constexpr int class_look_every_ms = 250;

Task<void> stoppedClass(std::shared_ptr<ClassroomServer> server)
{
    co_await server->stop();
}

} // namespace

ClassDesk::ClassDesk(LabCore* core, const Session& session, QObject* parent)
    : QObject(parent), m_core(core), m_session(session)
{
    m_look.setInterval(class_look_every_ms);
    connect(&m_look, &QTimer::timeout, this, &ClassDesk::touched);
    connect(&session, &Session::stateChanged, this, [this] { *m_is_up = m_core && m_session.isRunning(); });
}

ClassDesk::~ClassDesk()
{
    stop();
}

QString ClassDesk::whyNot() const
{
    if (!m_core)
        return tr(
            "Students become customers of a system that runs in real time. Choose the engine Memory or Kafka above.");
    return m_session.isRunning() ? QString() : tr("The system is not running yet.");
}

Result<void> ClassDesk::start(const ClassroomServerOptions& options)
{
    if (const QString reason = whyNot(); !reason.isEmpty() || m_server)
        return Error{ErrorCode::Conflict, Retry::Never, m_server ? "a class is on already" : reason.toStdString(), {}};
    *m_is_up = true;
    const auto orders = [is_up = m_is_up, core = m_core]() -> OrderService* {
        return *is_up ? &core->lab.orders() : nullptr;
    };
    auto server = std::make_shared<ClassroomServer>(m_core->runtime, m_core->lab.journal(), orders, options);
    ORDERLAB_TRY(return, m_core->runtime.run(server->start()));
    m_server = std::move(server);
    m_view = m_server->classroom().view();
    m_look.start();
    Q_EMIT switched();
    return {};
}

void ClassDesk::end()
{
    if (!m_server)
        return;
    m_look.stop();
    m_server->classroom().end();
    m_core->to_the_end.spawn(stoppedClass(m_server));
    m_ended.push_back(std::move(m_server));
    m_server.reset();
    m_view = {};
    Q_EMIT switched();
}

void ClassDesk::stop()
{
    *m_is_up = false;
    m_look.stop();
    if (m_server) {
        m_core->runtime.run(m_server->stop());
        m_server.reset();
    }
    for (const auto& server : m_ended)
        m_core->runtime.run(server->stop());
    m_ended.clear();
}

QString ClassDesk::url() const
{
    return m_server ? toQt(m_server->url()) : QString();
}

QString ClassDesk::joinUrl() const
{
    return m_server ? toQt(m_server->joinUrl()) : QString();
}

void ClassDesk::touched()
{
    if (!m_server)
        return;
    m_view = m_server->classroom().view();
    Q_EMIT changed();
}

} // namespace orderlab::ui
