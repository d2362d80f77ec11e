#include "ui/panels/status_banners.h"

#include "ui/bridge/lab_bridge.h"
#include "ui/panels/banner.h"

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
    connect(&bridge.session(), &Session::stateChanged, this, &StatusBanners::showState);
    connect(&bridge.commands(), &SystemCommands::busChanged, this, &StatusBanners::showBus);
    connect(&bridge, &LabBridge::commandFailed, this,
            [this](const QString& problem) { m_banner->showText(Banner::Kind::Problem, problem); });
    connect(&bridge, &LabBridge::told, this, [this](const QString& sentence) {
        m_told.removeAll(sentence);
        m_told += sentence;
        m_told = m_told.last(std::min(told_max, m_told.size()));
        showNotice();
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

void StatusBanners::warn(const QString& text)
{
    m_banner->showText(Banner::Kind::Warning, text);
}

void StatusBanners::tell(const QString& text)
{
    m_banner->showText(Banner::Kind::Info, text);
}

void StatusBanners::showState()
{
    const QString text = m_bridge.session().stateText();
    switch (m_bridge.session().state()) {
    case Session::State::Idle:
    case Session::State::Starting: m_banner->showText(Banner::Kind::Info, text, false); break;
    case Session::State::Waiting: m_banner->showText(Banner::Kind::Warning, text, false); break;
    case Session::State::Failed: m_banner->showText(Banner::Kind::Problem, text, false); break;
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
            QStringLiteral("Switching to %1: workers finish what they have in hand, new orders are accepted and wait "
                           "in the outbox…")
                .arg(busName(m_bridge.commands().nextBus())),
            false);
    } else if (std::exchange(m_is_switching_bus, false)) {
        m_banner->hide();
    }
}

} // namespace orderlab::ui
