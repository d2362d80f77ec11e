#include "ui/status/status_line.h"

#include "ui/models/format.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"
#include "ui/worlds/worlds.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QTime>
#include <QTimer>

namespace orderlab::ui {

namespace {

constexpr int refresh_every_ms = 250; ///< Figures that change faster cannot be read.
constexpr int notice_letters_max = 140;

void put(QLabel* label, const QString& text)
{
    if (label->text() == text)
        return;
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

StatusLine::StatusLine(LabBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("statusLine"));
    setAccessibleName(tr("Status"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 12, 0);
    row->setSpacing(18);
    m_state = addPart("statusState", tr("What runs"));
    m_store = addPart("storeLabel", tr("Where the orders are kept"));
    m_bus = addPart("statusBus", tr("The event bus in use"));
    m_own = addPart("statusOwn", tr("Programs of yours in the place of handlers"));
    m_moment = addPart("statusMoment", tr("The moment that all panels show, and the chosen range"));
    row->addStretch(1);
    m_rate = addPart("statusRate", tr("Events published and handled, a second"));
    m_open = addPart("statusOpen", tr("Orders in flight and events in the outbox, at the moment shown"));
    m_notice_button = new QPushButton(this);
    m_notice_button->setObjectName(QStringLiteral("noticesButton"));
    m_notice_button->setProperty("link", true);
    m_notice_button->setToolTip(tr("What the window has said, the latest first. Choose one to copy it"));
    m_notice_menu = new QMenu(m_notice_button);
    m_notice_button->setMenu(m_notice_menu);
    row->addWidget(m_notice_button);
    connect(m_notice_menu, &QMenu::aboutToShow, this, &StatusLine::fillNotices);

    connect(&bridge.session(), &Session::stateChanged, this, &StatusLine::refresh);
    connect(&bridge.commands(), &SystemCommands::busChanged, this, &StatusLine::refresh);
    connect(&bridge.frames(), &FramePump::momentChanged, this, &StatusLine::refreshSoon);
    connect(&bridge.frames(), &FramePump::grown, this, &StatusLine::refreshSoon);
    connect(&bridge.range(), &TimeRange::changed, this, &StatusLine::refresh);
    if (Worlds* const worlds = bridge.worlds())
        connect(worlds, &Worlds::changed, this, &StatusLine::refreshSoon);
    auto* clock = new QTimer(this); // A rate falls while nothing comes.
    clock->setInterval(1'000);
    connect(clock, &QTimer::timeout, this, &StatusLine::refresh);
    clock->start();
    refresh();
    fillNotices();
}

QLabel* StatusLine::addPart(const char* object, const QString& about)
{
    QLabel* label = mutedLabel({}, this);
    label->setObjectName(QLatin1String(object));
    label->setToolTip(about);
    label->setTextFormat(Qt::PlainText);
    label->hide();
    static_cast<QHBoxLayout*>(layout())->addWidget(new SteadyRoom(label));
    return label;
}

void StatusLine::setOwnWorkers(const QString& text, const QString& details)
{
    put(m_own, text);
    m_own->setToolTip(details);
    setAccessibleDescription(this->text());
}

void StatusLine::showFrame(const Frame& frame)
{
    std::int64_t events = 0;
    for (const Entry& entry : frame.fresh)
        events += entry.kind == EntryKind::EventPublished || entry.kind == EntryKind::EventHandled;
    if (frame.move == Move::Forward)
        m_meter.add(m_bridge.frames().nowUs(), events);
    else
        m_meter = {}; // What was before this moment is elsewhere.
    refreshSoon();
}

void StatusLine::refreshSoon()
{
    if (!std::exchange(m_is_stale, true))
        QTimer::singleShot(refresh_every_ms, this, &StatusLine::refresh);
}

void StatusLine::refresh()
{
    m_is_stale = false;
    showSystem();
    showMoment();
    showFigures();
    setAccessibleDescription(text());
}

void StatusLine::showSystem()
{
    const Session& session = m_bridge.session();
    QString state = session.stateTitle();
    if (session.isRunning()) {
        switch (m_bridge.engine()) {
        case Engine::Kind::OwnSystem: state = tr("Running"); break;
        case Engine::Kind::Attached: state = tr("Watching"); break;
        case Engine::Kind::Recorded: state = tr("A recording"); break;
        case Engine::Kind::Simulated: state = tr("Simulated: %1").arg(m_bridge.worlds()->shown().name); break;
        }
    }
    put(m_state, state);
    const Session::Label label = session.label();
    const bool says_more = m_bridge.engine() != Engine::Kind::Simulated && label.text != state;
    put(m_store, says_more ? label.text : QString());
    m_store->setToolTip(label.details);
    const bool is_system = session.isRunning() && m_bridge.engine() != Engine::Kind::Simulated
                           && m_bridge.engine() != Engine::Kind::Recorded;
    const QString bus = m_bridge.commands().busDescription();
    put(m_bus, is_system && !bus.isEmpty() ? tr("bus: %1").arg(bus.section(QLatin1String(" ("), 0, 0)) : QString());
}

void StatusLine::showMoment()
{
    const FramePump& frames = m_bridge.frames();
    const std::int64_t start_us = toMicros(m_bridge.session().startedAt());
    const auto since = [start_us](std::int64_t time_us) {
        return durationText(std::max<std::int64_t>(0, time_us - start_us));
    };
    QString text;
    if (m_bridge.session().isRunning() || frames.timeline().endIndex() > 0) {
        if (frames.isFollowing() && m_bridge.player().lives())
            text = tr("follows what happens now");
        else if (const std::int64_t behind = m_bridge.player().behindUs(); behind > 0)
            text = tr("held, %1 behind").arg(durationText(behind));
        else
            text = tr("entry %1 of %2")
                       .arg(grouped(std::int64_t(frames.index())), grouped(std::int64_t(frames.timeline().endIndex())));
    }
    if (const auto& span = m_bridge.range().span())
        text += QStringLiteral(" · ") + tr("range %1 to %2").arg(since(span->from_us), since(span->to_us));
    put(m_moment, text);
}

void StatusLine::showFigures()
{
    const FramePump& frames = m_bridge.frames();
    const Totals& totals = frames.world().totals();
    put(m_rate, tr("%1 events/s").arg(grouped(std::int64_t(m_meter.perSecond(frames.nowUs())))));
    const std::int64_t outbox = totals.outboxWaiting();
    put(m_open, outbox == 0 ? tr("%1 in flight").arg(grouped(totals.in_flight))
                            : tr("%1 in flight · outbox %2").arg(grouped(totals.in_flight), grouped(outbox)));
}

QString StatusLine::text() const
{
    QStringList parts;
    for (const QLabel* label : {m_state, m_store, m_bus, m_moment, m_rate, m_open}) {
        if (!label->text().isEmpty())
            parts << label->text();
    }
    parts << m_notice_button->text();
    return parts.join(QStringLiteral(". "));
}

void StatusLine::note(const QString& sentence)
{
    if (sentence.isEmpty())
        return;
    m_notices.prepend(tr("%1  %2", "a time of day and a sentence")
                          .arg(QTime::currentTime().toString(QStringLiteral("HH:mm:ss")), sentence));
    m_notices = m_notices.mid(0, notices_max);
    fillNotices();
    QAccessibleEvent said(m_notice_button, QAccessible::Alert);
    QAccessible::updateAccessibility(&said);
}

void StatusLine::fillNotices()
{
    m_notice_menu->clear();
    for (const QString& notice : std::as_const(m_notices)) {
        QString line = notice.simplified();
        if (line.size() > notice_letters_max)
            line = line.left(notice_letters_max) + QStringLiteral("…");
        QAction* const action = m_notice_menu->addAction(line.replace(QLatin1Char('&'), QLatin1String("&&")));
        connect(action, &QAction::triggered, this, [notice] { QGuiApplication::clipboard()->setText(notice); });
    }
    m_notice_button->setEnabled(!m_notices.isEmpty());
    m_notice_button->setText(m_notices.isEmpty() ? tr("no notices") : tr("%n notices", nullptr, int(m_notices.size())));
    m_notice_button->setAccessibleDescription(m_notices.isEmpty() ? QString() : m_notices.front());
}

} // namespace orderlab::ui
