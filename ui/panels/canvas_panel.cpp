#include "ui/panels/canvas_panel.h"

#include "ui/models/format.h"
#include "ui/panels/labels.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QToolButton>

#include <cmath>

namespace orderlab::ui {

namespace {

constexpr int figures_every_ms = 200;
constexpr int narrow_width = 940; ///< Below, there is room for the sum or for what runs, not for both.

constexpr double slowness_told = 2; ///< Below, the eye takes it for real.

/// One figure: it is an average over what is moving now.
std::int64_t roundSlowness(double times)
{
    const double unit = std::pow(10.0, std::floor(std::log10(times)));
    return std::int64_t(std::round(times / unit) * unit);
}

} // namespace

CanvasPanel::CanvasPanel(const LabBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QWidget(this);
    head->setObjectName(QStringLiteral("canvasHeader"));
    head->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(20, 12, 20, 4);
    row->setSpacing(12);
    auto* title = new QLabel(tr("Event flow"), head);
    title->setFont(Theme::textFont(14, QFont::DemiBold));
    title->setProperty("role", QStringLiteral("title"));
    m_about = new PartsLabel(head); // It takes what room there is; the sum comes first.
    m_about->setObjectName(QStringLiteral("flowAbout"));
    auto* legend = new QToolButton(head);
    legend->setObjectName(QStringLiteral("legendButton"));
    legend->setText(QStringLiteral("?"));
    legend->setProperty("small", true);
    legend->setAccessibleName(tr("Legend of the event flow"));
    legend->setToolTip(tr("What the marks mean (F2)"));
    connect(legend, &QToolButton::clicked, this, &CanvasPanel::legendWanted);
    row->addWidget(title);
    row->addWidget(legend);
    row->addWidget(m_about, 1);
    m_balance = new QLabel(head);
    m_balance->setObjectName(QStringLiteral("balance"));
    m_balance->setTextFormat(Qt::RichText);
    m_balance->setMinimumWidth(1);
    m_balance->setFont(Theme::textFont(14, QFont::DemiBold));
    m_balance->setToolTip(tr("Where orders stand: every accepted order is paid, failed, canceled, in dead letters "
                             "or in flight, at every moment."));
    m_balance->setAccessibleName(tr("Where orders stand"));
    row->addWidget(new SteadyRoom(m_balance));
    m_view = new EventFlowView(FlowSource::of(bridge), this);
    column->addWidget(head);
    column->addWidget(m_view, 1);
    connect(m_view, &EventFlowView::samplingChanged, this, [this](quint64 every) {
        m_sample = every;
        showNote();
    });
    connect(m_view, &EventFlowView::zoomChanged, this, &CanvasPanel::showNote);
    connect(&Theme::instance(), &Theme::changed, this, &CanvasPanel::showBalance);
    connect(&bridge.commands(), &SystemCommands::busChanged, this, &CanvasPanel::showBus);
    showBus();
    showBalance();
}

void CanvasPanel::showBus()
{
    const QString about = m_bridge.session().texts().flow_about;
    const QString why_not = m_bridge.commands().capabilities().whyNot(Ask::SwitchBus);
    m_about->setToolTip(why_not.isEmpty() ? about : about + QLatin1Char('\n') + why_not);
    m_about_parts = about.split(QStringLiteral(" · "), Qt::SkipEmptyParts);
    if (about.isEmpty())
        aboutBusInUse();
    m_view->showBus();
    showNote();
}

void CanvasPanel::aboutBusInUse()
{
    const QString bus = m_bridge.commands().bus().kind == BusKind::Memory ? tr("in-memory bus")
                        : m_bridge.commands().busDescription().isEmpty()
                            ? busName(m_bridge.commands().bus())
                            : m_bridge.commands().busDescription().section(QLatin1String(" ("), 0, 0);
    m_about_parts = {
        bus,
        tr("%1 topics × %2")
            .arg(event_type_count)
            .arg(counted(m_bridge.commands().partitions(), QT_TRANSLATE_N_NOOP("counted", "%n partitions"))),
        counted(std::int64_t(m_bridge.session().config().workers.size()),
                QT_TRANSLATE_N_NOOP("counted", "%n consumer groups"))};
    m_about->setToolTip(aboutBus(m_bridge.commands().bus()));
}

void CanvasPanel::showFrame()
{
    if (!std::exchange(m_balance_planned, true))
        QTimer::singleShot(figures_every_ms, this, &CanvasPanel::showBalance);
}

void CanvasPanel::showBalance()
{
    m_balance_planned = false;
    showNote();
    m_balance->setText(balanceText());
}

QString CanvasPanel::balanceText() const
{
    const Totals& totals = m_bridge.frames().world().totals();
    const Palette& p = colours();
    const bool narrow = width() < narrow_width;
    const auto part = [&](std::int64_t count, const QString& words, const QColor& colour) {
        return QStringLiteral("<span style='color:%1'>%2</span>").arg(colour.name(), words.arg(grouped(count)));
    };
    QStringList parts = {part(totals.paid, tr("%1 paid"), p.ok), part(totals.failed, tr("%1 failed"), p.failure)};
    if (!narrow || totals.canceled > 0)
        parts << part(totals.canceled, tr("%1 canceled"), p.muted);
    if (!narrow || totals.dead_lettered > 0)
        parts << part(totals.dead_lettered, tr("%1 dead-lettered"), p.dead);
    parts << part(totals.in_flight, tr("%1 in flight"), p.events[0]);
    const QString plus = QStringLiteral(" <span style='color:%1'>+</span> ").arg(p.faint.name());
    const QString head = QStringLiteral("%1 <span style='color:%2'>=</span> ")
                             .arg(tr("%1 accepted").arg(grouped(totals.accepted)), p.faint.name());
    return head + parts.join(plus);
}

void CanvasPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showBalance();
}

void CanvasPanel::setPlaying(bool playing)
{
    m_view->setPlaying(playing);
    showNote();
}

void CanvasPanel::showNote()
{
    QStringList notes;
    const bool lives = m_bridge.player().lives();
    if (!m_view->isPlaying() && lives)
        notes << tr("held: the system goes on");
    else if (m_view->isPlaying() && m_view->slowness() >= slowness_told)
        notes << tr("dots ×%1 slower than real").arg(grouped(roundSlowness(m_view->slowness())));
    if (m_view->isPlaying() && m_sample > 1)
        notes << tr("showing 1 order in %1").arg(grouped(std::int64_t(m_sample)));
    if (m_view->zoom() != 1)
        notes << tr("zoom %1 % · 0 fits").arg(qRound(m_view->zoom() * 100));
    m_note = notes.join(QStringLiteral(" · "));
    // What is so now comes before what is always so.
    m_about->setParts(notes + m_about_parts, notes.size());
}

QString CanvasPanel::about() const
{
    return m_about_parts.join(QStringLiteral(" · "));
}

QString CanvasPanel::note() const
{
    return m_note;
}

} // namespace orderlab::ui
