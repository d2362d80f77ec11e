#include "ui/panels/toolbar.h"

#include "ui/bridge/live_recorder.h"
#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/panels/bus_control.h"
#include "ui/panels/labels.h"
#include "ui/panels/seed_field.h"
#include "ui/panels/transport.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>

namespace orderlab::ui {

namespace {

/// A number with its title: see Toolbar::makeFigure().
QWidget* figureOf(const QLabel* value)
{
    return value->parentWidget()->parentWidget();
}

constexpr int toolbar_every_ms = 200;
constexpr int menus_beside_least = 1'640; ///< In a narrower window the menus have a row of their own.
constexpr int menu_row_height = 18;       ///< Above a row that has air.
constexpr int menus_place = 2;            ///< Behind the brand and the space after it.

} // namespace

Toolbar::Toolbar(LabBridge& bridge, QMenuBar* menus, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("toolbar"));
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(metrics::toolbar_height);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(18, 0, 16, 0);
    rows->setSpacing(0);
    m_menu_row = new QHBoxLayout;
    rows->addLayout(m_menu_row);
    m_row = new QHBoxLayout;
    rows->addLayout(m_row, 1);
    auto* row = m_row;
    row->setSpacing(0);
    m_brand = new QLabel(QStringLiteral("Orderlab"), this);
    m_brand->setObjectName(QStringLiteral("brand"));
    m_brand->setFont(Theme::textFont(16, QFont::Bold));
    row->addWidget(m_brand);
    row->addSpacing(10);
    m_menus = menus;
    menus->setParent(this);
    menus->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    row->addWidget(menus, 0, Qt::AlignVCenter);
    row->addSpacing(10);

    m_engine_title = mutedLabel(tr("Engine"), this);
    row->addWidget(m_engine_title);
    row->addSpacing(8);
    m_bus = new BusControl(bridge, this);
    row->addWidget(m_bus);
    row->addSpacing(10);
    if (bridge.worlds()) {
        m_seed_title = mutedLabel(tr("Seed"), this);
        row->addWidget(m_seed_title);
        row->addSpacing(8);
        row->addWidget(new SeedField(*bridge.worlds(), this));
        row->addSpacing(14);
    }
    m_transport = new Transport(bridge, this);
    row->addWidget(m_transport);
    row->addSpacing(12);
    const bool is_virtual = bridge.worlds() != nullptr;
    row->addWidget(makeFigure(is_virtual ? tr("virtual time") : tr("running for"), m_time, is_virtual ? 92 : 66));
    row->addSpacing(14);
    row->addWidget(makeFigure(tr("orders"), m_orders, 52));
    row->addStretch(1);
    makePills();
    makeRecordingPill();
    row->addWidget(m_recording->parentWidget());
    for (QPushButton* pill : {m_failures, m_off, m_invariants}) {
        row->addSpacing(6);
        row->addWidget(pill);
    }

    m_clock = new QTimer(this);
    m_clock->setInterval(1'000);
    connect(m_clock, &QTimer::timeout, this, &Toolbar::refresh);
    m_clock->start();
    connect(&Theme::instance(), &Theme::changed, this, &Toolbar::refresh);
    connect(&bridge.session(), &Session::stateChanged, this, &Toolbar::refresh);
    connect(&bridge.frames(), &FramePump::momentChanged, this, &Toolbar::refreshSoon);
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
    connect(failures->addAction(tr("Stop all failures")), &QAction::triggered, &m_bridge.faults(),
            &FaultControl::stopAll);
    connect(failures->addAction(tr("Show them…")), &QAction::triggered, this, &Toolbar::moreFailuresWanted);
    m_failures->setMenu(failures);
    m_off = pill("guaranteesPill", "off");
    auto* off = new QMenu(m_off);
    connect(off->addAction(tr("Switch all guarantees on")), &QAction::triggered, this,
            [this] { m_bridge.faults().setGuarantees({}); });
    m_off->setMenu(off);
    m_invariants = pill("invariantsPill", "ok");
    connect(m_invariants, &QPushButton::clicked, this, &Toolbar::invariantsPicked);
    connect(&m_bridge.faults(), &FaultControl::faultsChanged, this, &Toolbar::fit);
    connect(&m_bridge.faults(), &FaultControl::guaranteesChanged, this, &Toolbar::fit);
    connect(&m_bridge.faults(), &FaultControl::invariantsChanged, this, &Toolbar::fit);
    connect(&m_bridge.session(), &Session::stateChanged, this, &Toolbar::fit);
    showPills();
}

void Toolbar::makeRecordingPill()
{
    auto* box = new QWidget(this); // Takes no room, nor the space before it, while nothing is recorded.
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(8, 0, 0, 0);
    m_recording = new QPushButton(box);
    row->addWidget(m_recording);
    m_recording->setObjectName(QStringLiteral("recordingPill"));
    m_recording->setProperty("pill", QStringLiteral("broken"));
    m_recording->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    auto* menu = new QMenu(m_recording);
    LiveRecorder& recorder = m_bridge.recorder();
    connect(menu->addAction(tr("Stop recording")), &QAction::triggered, &recorder, &LiveRecorder::stop);
    m_recording->setMenu(menu);
    connect(&recorder, &LiveRecorder::changed, this, &Toolbar::showRecording);
    showRecording();
}

void Toolbar::showRecording()
{
    const LiveRecorder& recorder = m_bridge.recorder();
    const QString size = sizeText(recorder.bytes());
    m_recording->parentWidget()->setVisible(recorder.isRecording());
    m_recording->setText(QStringLiteral("● %1").arg(size));
    m_recording->setAccessibleName(tr("Recording, %1").arg(size));
    m_recording->setToolTip(tr("Recording to %1: %2 entries, %3 written")
                                .arg(recorder.file(), grouped(std::int64_t(recorder.entries())), size));
}

void Toolbar::showPills()
{
    const auto& faults = m_bridge.faults().items();
    const bool is_short = isCrowded();
    m_failures->setText(is_short
                            ? counted(std::int64_t(faults.size()), QT_TRANSLATE_N_NOOP("counted", "%n failures"))
                            : counted(std::int64_t(faults.size()), QT_TRANSLATE_N_NOOP("counted", "%n failures on")));
    QStringList texts;
    for (const FaultDesk::Item& item : faults)
        texts << QString::fromStdString(item.fault.toString());
    m_failures->setToolTip(texts.join(QLatin1Char('\n')) + QLatin1Char('\n') + tr("Stop them all with Ctrl+."));
    // In little room the switches at the left say it.
    const bool has_room = width() >= (m_bridge.worlds() ? 1'400 : 1'240);
    m_failures->setVisible(has_room && !faults.empty());
    QStringList off;
    for (const GuaranteeText& text : guaranteeTexts()) {
        if (!m_bridge.faults().guarantees()[text.guarantee])
            off << text.title;
    }
    m_off->setText(is_short          ? tr("%1 off").arg(off.size())
                   : off.size() == 1 ? tr("%1 off").arg(off.front())
                                     : tr("%1 guarantees off").arg(off.size()));
    m_off->setToolTip(tr("Off: %1").arg(off.join(QStringLiteral(", "))));
    m_off->setVisible(has_room && !off.isEmpty());
    const int all = int(m_bridge.faults().invariants().statuses.size());
    const int holding = m_bridge.faults().invariants().holding();
    m_invariants->setVisible(all > 0);
    m_invariants->setText(width() < 1'440 || isCrowded() ? tr("%1 of %2 hold").arg(holding).arg(all)
                                                         : tr("%1 of %2 invariants hold").arg(holding).arg(all));
    restyle(m_invariants, "pill", holding == all ? QStringLiteral("ok") : QStringLiteral("broken"));
    m_invariants->setAccessibleName(tr("%1 of %2 invariants hold").arg(holding).arg(all));
    if (!m_bridge.faults().invariants().is_checking) {
        m_invariants->setText(tr("invariants not checked"));
        restyle(m_invariants, "pill", QStringLiteral("idle"));
        m_invariants->setAccessibleName(m_invariants->text());
        m_invariants->setToolTip(tr("Nothing runs yet that could keep or break them"));
        return;
    }
    m_invariants->setToolTip(holding == all ? tr("Checked with every entry of the journal")
                                            : tr("Click for the story of the first violation (F3 for the "
                                                 "next one)"));
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
    column->addWidget(new SteadyRoom(value));
    return box;
}

void Toolbar::showFrame(const Frame&)
{
    refreshSoon();
}

void Toolbar::refreshSoon()
{
    if (!std::exchange(m_stale, true))
        QTimer::singleShot(toolbar_every_ms, this, &Toolbar::refresh);
}

void Toolbar::refresh()
{
    m_stale = false;
    const std::int64_t now_us = m_bridge.frames().nowUs();
    const std::int64_t since_us = std::max<std::int64_t>(0, now_us - toMicros(m_bridge.session().startedAt()));
    const std::int64_t seconds = since_us / 1'000'000;
    QString time = QStringLiteral("%1:%2:%3")
                       .arg(seconds / 3600, 2, 10, QLatin1Char('0'))
                       .arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'))
                       .arg(seconds % 60, 2, 10, QLatin1Char('0'));
    if (m_bridge.worlds())
        time += QStringLiteral(".%1").arg(since_us / 1'000 % 1'000, 3, 10, QLatin1Char('0'));
    m_time->setText(time);
    m_orders->setText(grouped(m_bridge.frames().world().totals().accepted));
}

/// A simulated world has its seed up here, too.
bool Toolbar::isCrowded() const
{
    return m_is_short || width() < (m_bridge.worlds() ? 1'800 : 1'440);
}

void Toolbar::placeMenus()
{
    const bool has_own_row = width() < menus_beside_least;
    if (has_own_row == (m_menu_row->count() > 0))
        return;
    QHBoxLayout* const from = has_own_row ? m_row : m_menu_row;
    from->removeWidget(m_menus);
    if (has_own_row) {
        m_menu_row->addWidget(m_menus);
        m_menu_row->addStretch(1);
    } else {
        delete m_menu_row->takeAt(0); // What kept the menus at the left.
        m_row->insertWidget(menus_place, m_menus, 0, Qt::AlignVCenter);
    }
    setFixedHeight(metrics::toolbar_height + (has_own_row ? menu_row_height : 0));
}

/// What matters least gives way first, so that nothing is cut and nothing is over another.
void Toolbar::fit()
{
    m_menus->setFixedWidth(m_menus->sizeHint().width()); // Its hint grows without a word to the layout.
    placeMenus();
    const bool is_virtual = m_bridge.worlds() != nullptr;
    const bool is_narrow = width() < (is_virtual ? 1'700 : 1'560);
    m_is_short = false;
    m_engine_title->setVisible(width() >= (is_virtual ? 1'900 : 1'720));
    if (m_seed_title)
        m_seed_title->setVisible(width() >= 1'700);
    m_brand->setVisible(width() >= 1'400);
    m_transport->setNarrow(is_narrow, width() >= 1'240);
    figureOf(m_orders)->setVisible(width() >= (is_virtual ? 1'800 : 1'480));
    figureOf(m_time)->setVisible(width() >= (is_virtual ? 1'400 : 1'360));
    showPills();
    const std::function<void()> steps[] = {
        [this] { m_transport->setNarrow(true, true); },
        [this] { figureOf(m_orders)->hide(); },
        [this] {
            m_is_short = true;
            showPills();
        },
        [this] { m_brand->hide(); },
        [this] { figureOf(m_time)->hide(); },
        [this] { m_transport->setNarrow(true, false); },
        [this] { m_off->hide(); }, // The switches at the left say it.
        [this] { m_failures->hide(); },
        [this] { // Its name and its tooltip say what that is.
            const InvariantReport& report = m_bridge.faults().invariants();
            m_invariants->setText(report.is_checking
                                      ? QStringLiteral("%1/%2").arg(report.holding()).arg(report.statuses.size())
                                      : QStringLiteral("–"));
        },
    };
    for (const auto& step : steps) {
        for (QLayout* rows : {static_cast<QLayout*>(m_row), static_cast<QLayout*>(m_menu_row), layout()})
            rows->invalidate(); // What was hidden is told to the outermost one only.
        if (layout()->totalMinimumSize().width() <= width())
            return;
        step();
    }
}

void Toolbar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
    refresh();
}

} // namespace orderlab::ui
