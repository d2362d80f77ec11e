#include "ui/panels/toolbar.h"

#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/panels/bus_control.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>

namespace orderlab::ui {

namespace {

constexpr double speeds[] = {0.25, 0.5, 1, 2, 4};
constexpr int toolbar_every_ms = 200;

/// A play or pause sign in `colour`.
QIcon playerIcon(bool playing, const QColor& colour)
{
    QPixmap pixmap(32, 32);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    if (playing) {
        painter.drawRect(QRectF(4, 2.5, 3, 11));
        painter.drawRect(QRectF(9.5, 2.5, 3, 11));
    } else {
        painter.drawPolygon(QPolygonF({{4, 2}, {14, 8}, {4, 14}}));
    }
    return QIcon(pixmap);
}

} // namespace

Toolbar::Toolbar(LabBridge& bridge, QMenuBar* menus, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("toolbar"));
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(metrics::toolbar_height);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(18, 0, 16, 0);
    row->setSpacing(0);
    auto* brand = new QLabel(QStringLiteral("Orderlab"), this);
    brand->setObjectName(QStringLiteral("brand"));
    brand->setFont(Theme::textFont(16, QFont::Bold));
    row->addWidget(brand);
    row->addSpacing(14);
    menus->setParent(this);
    menus->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    row->addWidget(menus, 0, Qt::AlignVCenter);
    row->addSpacing(18);

    m_engine_title = mutedLabel(QStringLiteral("Engine"), this);
    row->addWidget(m_engine_title);
    row->addSpacing(8);
    m_bus = new BusControl(bridge, this);
    row->addWidget(m_bus);
    row->addSpacing(10);
    m_store = mutedLabel({}, this);
    m_store->setObjectName(QStringLiteral("storeLabel"));
    row->addWidget(m_store);
    row->addSpacing(18);
    makePlayer();
    row->addWidget(m_play);
    row->addSpacing(14);
    row->addWidget(m_speed_title);
    row->addSpacing(8);
    row->addWidget(m_speed);
    row->addSpacing(8);
    row->addWidget(m_speed_text);
    row->addSpacing(16);
    row->addWidget(makeFigure(QStringLiteral("running for"), m_time, 66));
    row->addSpacing(14);
    row->addWidget(makeFigure(QStringLiteral("orders"), m_orders, 52));
    row->addSpacing(14);
    row->addWidget(makeFigure(QStringLiteral("events/s"), m_rate, 44));
    row->addStretch(1);
    makePills();
    for (QPushButton* pill : {m_failures, m_off, m_invariants}) {
        row->addSpacing(8);
        row->addWidget(pill);
    }

    m_clock = new QTimer(this);
    m_clock->setInterval(1'000);
    connect(m_clock, &QTimer::timeout, this, &Toolbar::refresh);
    m_clock->start();
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        setIcon();
        refresh();
    });
    connect(&bridge.session(), &Session::stateChanged, this, &Toolbar::refresh);
    setIcon();
    refresh();
}

void Toolbar::makePills()
{
    const auto pill = [this](const char* object, const char* kind) {
        auto* button = new QPushButton(this);
        button->setObjectName(QLatin1String(object));
        button->setProperty("pill", QLatin1String(kind));
        button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        return button;
    };
    m_failures = pill("failuresPill", "failures");
    auto* failures = new QMenu(m_failures);
    connect(failures->addAction(QStringLiteral("Stop all failures")), &QAction::triggered, &m_bridge.faults(),
            &FaultControl::stopAll);
    connect(failures->addAction(QStringLiteral("Show them…")), &QAction::triggered, this, &Toolbar::moreFailuresWanted);
    m_failures->setMenu(failures);
    m_off = pill("guaranteesPill", "off");
    auto* off = new QMenu(m_off);
    connect(off->addAction(QStringLiteral("Switch all guarantees on")), &QAction::triggered, this,
            [this] { m_bridge.faults().setGuarantees({}); });
    m_off->setMenu(off);
    m_invariants = pill("invariantsPill", "ok");
    connect(m_invariants, &QPushButton::clicked, this, &Toolbar::invariantsPicked);
    connect(&m_bridge.faults(), &FaultControl::faultsChanged, this, &Toolbar::showPills);
    connect(&m_bridge.faults(), &FaultControl::guaranteesChanged, this, &Toolbar::showPills);
    connect(&m_bridge.faults(), &FaultControl::invariantsChanged, this, &Toolbar::showPills);
    connect(&m_bridge.session(), &Session::stateChanged, this, &Toolbar::showPills);
    showPills();
}

void Toolbar::showPills()
{
    const auto& faults = m_bridge.faults().items();
    m_failures->setText(faults.size() == 1 ? QStringLiteral("1 failure on")
                                           : QStringLiteral("%1 failures on").arg(faults.size()));
    QStringList texts;
    for (const FaultDesk::Item& item : faults)
        texts << QString::fromStdString(item.fault.toString());
    m_failures->setToolTip(texts.join(QLatin1Char('\n')) + QStringLiteral("\nStop them all with Ctrl+."));
    m_failures->setVisible(!faults.empty());
    QStringList off;
    for (const GuaranteeText& text : guaranteeTexts()) {
        if (!m_bridge.faults().guarantees()[text.guarantee])
            off << text.title;
    }
    m_off->setText(off.size() == 1 ? off.front() + QStringLiteral(" off")
                                   : QStringLiteral("%1 guarantees off").arg(off.size()));
    m_off->setToolTip(QStringLiteral("Off: ") + off.join(QStringLiteral(", ")));
    m_off->setVisible(!off.isEmpty());
    const int all = int(m_bridge.faults().invariants().statuses.size());
    const int holding = m_bridge.faults().invariants().holding();
    m_invariants->setVisible(all > 0);
    m_invariants->setText(width() < 1'440 ? QStringLiteral("%1 of %2 hold").arg(holding).arg(all)
                                          : QStringLiteral("%1 of %2 invariants hold").arg(holding).arg(all));
    restyle(m_invariants, "pill", holding == all ? QStringLiteral("ok") : QStringLiteral("broken"));
    m_invariants->setAccessibleName(QStringLiteral("%1 of %2 invariants hold").arg(holding).arg(all));
    if (!m_bridge.faults().invariants().is_checking) {
        m_invariants->setText(QStringLiteral("invariants not checked"));
        restyle(m_invariants, "pill", QStringLiteral("idle"));
        m_invariants->setAccessibleName(m_invariants->text());
        m_invariants->setToolTip(QStringLiteral("Nothing runs yet that could keep or break them"));
        return;
    }
    m_invariants->setToolTip(holding == all ? QStringLiteral("Checked with every entry of the journal")
                                            : QStringLiteral("Click for the story of the first violation"));
}

void Toolbar::makePlayer()
{
    m_play = new QToolButton(this);
    m_play->setObjectName(QStringLiteral("playButton"));
    m_play->setProperty("primary", true);
    m_play->setFixedSize(44, 28);
    connect(m_play, &QToolButton::clicked, this, &Toolbar::togglePlaying);
    m_speed_title = mutedLabel(QStringLiteral("Speed"), this);
    m_speed = new QSlider(Qt::Horizontal, this);
    m_speed->setRange(0, int(std::size(speeds)) - 1);
    m_speed->setValue(2);
    m_speed->setPageStep(1);
    m_speed->setFixedWidth(96);
    m_speed->setAccessibleName(QStringLiteral("Speed of the animation"));
    m_speed->setToolTip(QStringLiteral("Speed of the animation. The system itself always runs in real time."));
    m_speed_title->setBuddy(m_speed);
    m_speed_text = new QLabel(QStringLiteral("1×"), this);
    m_speed_text->setFont(Theme::monoFont(12, QFont::Medium));
    m_speed_text->setFixedWidth(38);
    connect(m_speed, &QSlider::valueChanged, this, [this](int step) {
        m_speed_text->setText(QStringLiteral("%1×").arg(speeds[step]));
        Q_EMIT speedChanged(speeds[step]);
    });
}

QWidget* Toolbar::makeFigure(const QString& title, QLabel*& value, int width)
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 9, 0, 8);
    column->setSpacing(0);
    QLabel* heading = mutedLabel(title, box);
    value = new QLabel(QStringLiteral("0"), box);
    value->setFont(Theme::monoFont(13, QFont::DemiBold));
    value->setAccessibleName(title);
    value->setMinimumWidth(width);
    column->addWidget(heading);
    column->addWidget(value);
    return box;
}

void Toolbar::setIcon()
{
    m_play->setIcon(playerIcon(m_playing, colours().on_accent));
    m_play->setToolTip(m_playing ? QStringLiteral("Pause the animation (Ctrl+Space). The system goes on.")
                                 : QStringLiteral("Go on with the animation (Ctrl+Space)"));
    m_play->setAccessibleName(m_playing ? QStringLiteral("Pause the animation") : QStringLiteral("Play the animation"));
}

void Toolbar::togglePlaying()
{
    m_playing = !m_playing;
    setIcon();
    Q_EMIT playingChanged(m_playing);
}

void Toolbar::showFrame(const Frame& frame)
{
    std::int64_t events = 0;
    for (const Entry& entry : frame.fresh)
        events += entry.kind == EntryKind::EventPublished || entry.kind == EntryKind::EventHandled;
    m_meter.add(toMicros(m_bridge.session().now()), events);
    if (!m_stale) {
        m_stale = true;
        QTimer::singleShot(toolbar_every_ms, this, &Toolbar::refresh);
    }
}

void Toolbar::refresh()
{
    m_stale = false;
    const std::int64_t now_us = toMicros(m_bridge.session().now());
    const std::int64_t seconds = (now_us - toMicros(m_bridge.session().startedAt())) / 1'000'000;
    m_time->setText(QStringLiteral("%1:%2:%3")
                        .arg(seconds / 3600, 2, 10, QLatin1Char('0'))
                        .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
                        .arg(seconds % 60, 2, 10, QLatin1Char('0')));
    m_orders->setText(grouped(m_bridge.frames().world().totals().accepted));
    m_rate->setText(grouped(std::int64_t(m_meter.perSecond(now_us))));
    const Session::Label label = m_bridge.session().label();
    m_store->setText(label.text);
    m_store->setToolTip(label.details);
}

void Toolbar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_engine_title->setVisible(width() >= 1'500);
    m_store->setVisible(width() >= 1'360 || m_bridge.session().label().is_always_shown);
    m_speed_title->setVisible(width() >= 1'360);
    m_speed->setFixedWidth(width() >= 1'440 ? 96 : 64);
    m_time->parentWidget()->setVisible(width() >= 1'240);
    showPills();
    refresh();
}

} // namespace orderlab::ui
