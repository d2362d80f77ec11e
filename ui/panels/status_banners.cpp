#include "ui/panels/status_banners.h"

#include "ui/bridge/lab_bridge.h"

#include <QEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr qsizetype told_max = 3; ///< Sentences of the notice: the newest.

} // namespace

StatusBanners::StatusBanners(LabBridge& bridge, const QString& store_notice, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_store_notice(store_notice), m_notice(new Banner(this)),
      m_banner(new Banner(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_notice);
    column->addWidget(m_banner);
    for (Banner* banner : {m_notice, m_banner})
        banner->installEventFilter(this);
    connect(m_banner, &Banner::said, this, &StatusBanners::said);
    connect(&bridge.session(), &Session::stateChanged, this, &StatusBanners::showState);
    connect(&bridge.commands(), &SystemCommands::busChanged, this, &StatusBanners::showBus);
    connect(&bridge, &LabBridge::commandFailed, this,
            [this](const QString& problem) { m_banner->showText(Banner::Kind::Problem, problem); });
    connect(&bridge, &LabBridge::told, this, [this](const QString& sentence) {
        m_told.removeAll(sentence);
        m_told += sentence;
        m_told = m_told.last(std::min(told_max, m_told.size()));
        showNotice();
        Q_EMIT said(sentence);
    });
    showState();
}

void StatusBanners::showNotice()
{
    QStringList lines = m_told;
    if (!m_store_notice.isEmpty())
        lines.prepend(m_store_notice);
    const bool is_warning = !lines.isEmpty();
    if (const QString notice = m_bridge.session().texts().notice; !notice.isEmpty())
        lines.prepend(notice);
    if (!lines.isEmpty())
        m_notice->showText(is_warning ? Banner::Kind::Warning : Banner::Kind::Info, lines.join(QLatin1Char('\n')));
}

void StatusBanners::lieOver(QWidget* under, int below)
{
    m_under = under;
    m_below = below;
    under->installEventFilter(this);
    place();
}

void StatusBanners::place()
{
    if (!m_under)
        return;
    const bool is_any = !m_notice->isHidden() || !m_banner->isHidden();
    const int width = m_under->width();
    layout()->activate();
    const int height = is_any ? layout()->totalHeightForWidth(width) : 0;
    setGeometry(m_under->x(), m_under->y() + m_below, width, height);
    setVisible(is_any);
    raise();
}

bool StatusBanners::event(QEvent* event)
{
    const bool is_taken = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest)
        place();
    return is_taken;
}

bool StatusBanners::eventFilter(QObject* object, QEvent* event)
{
    const QEvent::Type type = event->type();
    const bool is_under = object == m_under && (type == QEvent::Resize || type == QEvent::Move);
    const bool is_banner = object != m_under && (type == QEvent::ShowToParent || type == QEvent::HideToParent);
    if (is_under || is_banner)
        place();
    return QWidget::eventFilter(object, event);
}

void StatusBanners::warn(const QString& text)
{
    m_banner->showText(Banner::Kind::Warning, text);
}

void StatusBanners::tell(const QString& text)
{
    m_banner->showText(Banner::Kind::Info, text);
}

/// Of a start that failed.
std::vector<Banner::Action> StatusBanners::waysOut()
{
    std::vector<Banner::Action> ways;
    const Session& session = m_bridge.session();
    if (session.state() == Session::State::Failed)
        ways.push_back({QStringLiteral("tryAgainButton"), tr("Try again"), tr("Starts it once more as it is"),
                        [this] { Q_EMIT startWanted(); }});
    if (m_bridge.engine() != Engine::Kind::OwnSystem || session.config().store == StoreKind::Memory)
        return ways;
    if (session.config().store == StoreKind::PostgresPrivate)
        ways.push_back({QStringLiteral("otherFolderButton"), tr("Other folder…"),
                        tr("Keeps the orders of this run, and its PostgreSQL, in a folder that you choose"),
                        [this] { Q_EMIT otherFolderWanted(); }});
    ways.push_back({QStringLiteral("keepInMemoryButton"), tr("Keep in memory"),
                    tr("Starts without a database: the orders of this run are gone when the window closes"),
                    [this] { Q_EMIT memoryWanted(); }});
    return ways;
}

void StatusBanners::showState()
{
    const QString text = m_bridge.session().stateText();
    switch (m_bridge.session().state()) {
    case Session::State::Idle:
    case Session::State::Starting: m_banner->showText(Banner::Kind::Info, text, false); break;
    case Session::State::Waiting: m_banner->showText(Banner::Kind::Warning, text, false, waysOut()); break;
    case Session::State::Failed: m_banner->showText(Banner::Kind::Problem, text, false, waysOut()); break;
    case Session::State::Running:
        m_banner->hide();
        showNotice();
        break;
    case Session::State::Stopped: break;
    }
}

void StatusBanners::showBus()
{
    if (m_bridge.commands().isSwitchingBus()) {
        m_is_switching_bus = true;
        m_banner->showText(
            Banner::Kind::Info,
            tr("Switching to %1: workers finish what they have in hand, new orders are accepted and wait "
               "in the outbox…")
                .arg(busName(m_bridge.commands().nextBus())),
            false);
    } else if (std::exchange(m_is_switching_bus, false)) {
        m_banner->hide();
    }
}

} // namespace orderlab::ui
