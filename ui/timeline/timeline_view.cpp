#include "ui/timeline/timeline_view.h"

#include "runtime/virtual_runtime.h"
#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/theme/focus_frame.h"
#include "ui/theme/theme.h"
#include "ui/timeline/entry_finder.h"
#include "ui/timeline/time_keys.h"
#include "ui/worlds/comparison.h"
#include "ui/worlds/fate_finder.h"
#include "ui/worlds/worlds.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace orderlab::ui {

namespace {

constexpr double marks_height = 12;
constexpr double lane_height = 15; ///< Of a group.
constexpr double names_width = 84; ///< Left of the lanes of groups.
constexpr double range_least = 4;  ///< Pixels; less is a click.
constexpr std::int64_t span_min_us = 20;

const char* wordOf(MarkKind kind)
{
    switch (kind) {
    case MarkKind::Retry: return QT_TRANSLATE_NOOP("orderlab::ui::TimelineView", "retry");
    case MarkKind::Fault: return QT_TRANSLATE_NOOP("orderlab::ui::TimelineView", "fault");
    case MarkKind::Crash: return QT_TRANSLATE_NOOP("orderlab::ui::TimelineView", "crash");
    case MarkKind::DeadLetter: return QT_TRANSLATE_NOOP("orderlab::ui::TimelineView", "dead letter");
    case MarkKind::Violation: return QT_TRANSLATE_NOOP("orderlab::ui::TimelineView", "broken promise");
    case MarkKind::Change: return QT_TRANSLATE_NOOP("orderlab::ui::TimelineView", "change");
    }
    return "";
}

} // namespace

QString momentText(std::int64_t since_us)
{
    const double seconds = double(since_us) / 1e6;
    if (seconds < 60)
        return QStringLiteral("%1 s").arg(seconds, 0, 'f', 3);
    const int minutes = int(seconds / 60);
    return QStringLiteral("%1:%2").arg(minutes).arg(seconds - minutes * 60.0, 4, 'f', 1, QLatin1Char('0'));
}

TimelineView::TimelineView(LabBridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_group_lanes(bridge)
{
    setObjectName(QStringLiteral("timeline"));
    setAccessibleRole(this, QAccessible::Graphic); // Before it is known to anybody.
    setAccessibleName(tr("Timeline"));
    setAccessibleDescription(tr(
        "The run from its start to its end. Left and right go an entry back and forward, with Shift of the same order, "
        "with Control of the same worker. Square brackets go to trouble, Space plays. I and O begin and end a range, "
        "Escape lets it go. G shows a lane for each group."));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    connect(&bridge.frames(), &FramePump::grown, this, &TimelineView::growSoon);
    connect(&bridge.frames(), &FramePump::momentChanged, this, qOverload<>(&QWidget::update));
    connect(&bridge.frames(), &FramePump::worldChanged, this, [this] { m_group_lanes.forget(); });
    connect(&bridge.range(), &TimeRange::changed, this, qOverload<>(&QWidget::update));
    connect(&Theme::instance(), &Theme::changed, this, &TimelineView::recount);
    if (bridge.worlds())
        connect(bridge.worlds(), &Worlds::changed, this, qOverload<>(&QWidget::update));
}

std::int64_t TimelineView::fromUs() const
{
    return m_is_fitted ? m_bridge.frames().summary().firstUs() : m_from_us; // Both worlds begin at the same time.
}

std::int64_t TimelineView::toUs() const
{
    if (!m_is_fitted)
        return m_to_us;
    const std::int64_t other_us = m_comparison ? m_comparison->other().summary().lastUs() : 0;
    return std::max({m_bridge.frames().summary().lastUs(), fromUs() + span_min_us, other_us});
}

double TimelineView::heightBelow() const
{
    return label_height + (m_comparison ? delta_height : 0)
           + (m_has_lanes ? lane_height * double(m_bridge.session().config().workers.size()) + 2 : 0);
}

QSize TimelineView::sizeHint() const
{
    return {600, (m_comparison ? 85 : 59) + int(heightBelow())};
}

QSize TimelineView::minimumSizeHint() const
{
    return {200, 43 + int(heightBelow())};
}

QRectF TimelineView::barsRect() const
{
    return QRectF(rect()).adjusted(side + (m_has_lanes ? names_width : 0), marks_height, -side, -heightBelow());
}

QRectF TimelineView::laneRect(std::size_t lane) const
{
    const QRectF bars = barsRect();
    return {bars.left(), bars.bottom() + (m_comparison ? delta_height : 0) + 2 + double(lane) * lane_height,
            bars.width(), lane_height - 2};
}

void TimelineView::showLanes(bool shown)
{
    if (shown == m_has_lanes)
        return;
    m_has_lanes = shown;
    if (!shown)
        m_group_lanes.forget();
    updateGeometry();
    recount();
    Q_EMIT lanesShown(shown);
}

double TimelineView::xOf(std::int64_t time_us) const
{
    const QRectF bars = barsRect();
    return bars.left() + bars.width() * double(time_us - fromUs()) / double(toUs() - fromUs());
}

std::int64_t TimelineView::timeAt(double x) const
{
    const QRectF bars = barsRect();
    const double part = std::clamp((x - bars.left()) / std::max(1.0, bars.width()), 0.0, 1.0);
    return fromUs() + std::int64_t(part * double(toUs() - fromUs()));
}

void TimelineView::fit()
{
    m_is_fitted = true;
    recount();
}

void TimelineView::recount()
{
    m_bins_stale = true;
    m_since_bins.invalidate();
    update();
}

/// A run that grows is drawn anew a few times a second.
void TimelineView::growSoon()
{
    m_bins_stale = true;
    if (!std::exchange(m_is_growing, true))
        QTimer::singleShot(count_every_ms, this, [this] {
            m_is_growing = false;
            update();
        });
}

void TimelineView::zoomBy(double factor, std::int64_t around_us)
{
    const TimelineSummary& summary = m_bridge.frames().summary();
    const std::int64_t from = fromUs(), to = toUs();
    const double whole = std::max<double>(span_min_us, double(summary.lastUs() - summary.firstUs()));
    const double span = std::clamp(double(to - from) / factor, double(span_min_us), whole);
    if (span >= whole) {
        fit();
        return;
    }
    const double part = double(around_us - from) / double(to - from);
    m_from_us =
        std::clamp(around_us - std::int64_t(part * span), summary.firstUs(), summary.lastUs() - std::int64_t(span));
    m_to_us = m_from_us + std::int64_t(span);
    m_is_fitted = false;
    recount();
}

void TimelineView::setFinder(const EntryFinder* finder)
{
    m_finder = finder;
    connect(finder, &EntryFinder::changed, this, qOverload<>(&QWidget::update));
}

void TimelineView::setFate(const FateFinder* fate)
{
    m_fate = fate;
    connect(fate, &FateFinder::changed, this, qOverload<>(&QWidget::update));
}

bool TimelineView::addBookmark(const QString& name)
{
    if (m_bookmarks.size() >= bookmarks_max)
        return false;
    m_bookmarks.push_back({m_bridge.frames().index(), m_bridge.frames().nowUs(), name});
    update();
    return true;
}

void TimelineView::setComparison(const WorldComparison* comparison)
{
    m_comparison = comparison;
    if (comparison)
        connect(comparison, &WorldComparison::changed, this, &TimelineView::fit);
    updateGeometry();
    fit();
}

void TimelineView::countBins()
{
    if (!m_bins_stale || (m_since_bins.isValid() && !m_since_bins.hasExpired(count_every_ms) && !m_lanes.empty()))
        return;
    const QRectF bars = barsRect();
    m_lanes.clear();
    const double height = bars.height() / (m_comparison ? 2 : 1);
    if (m_comparison)
        addLane(m_comparison->other().summary(), QRectF(bars.topLeft(), QSizeF(bars.width(), height - 2)),
                colours().accent);
    addLane(m_bridge.frames().summary(), bars.adjusted(0, m_comparison ? height : 0, 0, m_comparison ? -2 : 0),
            m_comparison ? colours().ok : colours().accent);
    if (m_has_lanes) {
        const std::vector<GroupLanes::Lane>& groups = m_group_lanes.read();
        for (std::size_t g = 0; g < groups.size(); ++g)
            addLane(groups[g].summary, laneRect(g), colours().groups[g % colours().groups.size()], groups[g].group);
    }
    m_bins_stale = false;
    m_since_bins.start();
    drawResting();
}

void TimelineView::addLane(const TimelineSummary& summary, const QRectF& bars, const QColor& colour,
                           const QString& group)
{
    Lane lane{bars, colour, group, summary.histogram(fromUs(), toUs() + 1, binsOf(bars.width())), 1};
    for (const TimelineSummary::Counts& counts : lane.bins) {
        std::uint32_t all = 0;
        for (const std::uint32_t count : counts)
            all += count;
        lane.most = std::max(lane.most, all);
    }
    m_lanes.push_back(std::move(lane));
}

std::vector<TimelineView::Point> TimelineView::violations() const
{
    std::vector<Point> points;
    const Worlds* const worlds = m_bridge.worlds();
    if (!worlds || !worlds->shown().outcome)
        return points;
    for (const Violation& violation : worlds->shown().outcome->violations)
        points.push_back({violation.time_us, colours().failure, invariantTitle(violation.invariant)});
    return points;
}

std::vector<TimelineView::Point> TimelineView::changes() const
{
    std::vector<Point> points;
    if (const Worlds* const worlds = m_bridge.worlds()) {
        for (const Change& change : worlds->shown().scenario.changes)
            points.push_back(
                {toMicros(VirtualRuntime::epoch() + change.at), colours().accent, settingText(change.setting)});
    }
    for (const Bookmark& mark : m_bookmarks)
        points.push_back({mark.time_us, colours().text, mark.name});
    return points;
}

void TimelineView::setRangeEnd(bool is_begin)
{
    const std::int64_t now_us = std::clamp(m_bridge.frames().nowUs(), fromUs(), toUs());
    const auto& span = m_bridge.range().span();
    const TimelineSummary& summary = m_bridge.frames().summary();
    if (is_begin)
        m_bridge.range().set(now_us, std::max(now_us, span ? span->to_us : summary.lastUs()));
    else
        m_bridge.range().set(std::min(now_us, span ? span->from_us : summary.firstUs()), now_us);
}

void TimelineView::moveTo(double x, Cause cause)
{
    FramePump& frames = m_bridge.frames();
    frames.goTo(frames.timeline().indexAfter(timeAt(x)), cause);
}

void TimelineView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_bridge.frames().summary().isEmpty())
        return;
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        m_range_from_x = event->position().x();
        m_bridge.range().clear();
        return;
    }
    m_is_dragged = true;
    m_played_before = m_bridge.player().isPlaying() && !m_bridge.player().lives();
    moveTo(event->position().x(), Cause::Jump);
    m_bridge.player().pause();
}

void TimelineView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_is_dragged)
        moveTo(event->position().x(), Cause::Drag);
    else if (m_range_from_x && std::abs(event->position().x() - *m_range_from_x) >= range_least)
        m_bridge.range().set(timeAt(*m_range_from_x), timeAt(event->position().x()));
}

void TimelineView::mouseReleaseEvent(QMouseEvent*)
{
    m_range_from_x.reset();
    if (std::exchange(m_is_dragged, false) && m_played_before)
        m_bridge.player().setPlaying(true);
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent*)
{
    fit();
}

void TimelineView::wheelEvent(QWheelEvent* event)
{
    const QPoint delta = event->angleDelta();
    const bool is_moved = event->modifiers().testFlag(Qt::ShiftModifier) || std::abs(delta.x()) > std::abs(delta.y());
    if (is_moved && !m_is_fitted) {
        const TimelineSummary& summary = m_bridge.frames().summary();
        const int by = delta.x() != 0 ? delta.x() : delta.y();
        const std::int64_t span = m_to_us - m_from_us;
        m_from_us = std::clamp(m_from_us - std::int64_t(double(span) * by / 1'200), summary.firstUs(),
                               std::max(summary.firstUs(), summary.lastUs() - span));
        m_to_us = m_from_us + span;
        recount();
    } else if (delta.y() != 0) {
        zoomBy(std::pow(1.0015, delta.y()), timeAt(event->position().x()));
    }
    event->accept();
}

void TimelineView::keyPressEvent(QKeyEvent* event)
{
    if (moveMoment(m_bridge, *event, m_order))
        return;
    switch (event->key()) {
    case Qt::Key_Plus: zoomBy(1.5, m_bridge.frames().nowUs()); break;
    case Qt::Key_Minus: zoomBy(1 / 1.5, m_bridge.frames().nowUs()); break;
    case Qt::Key_0: fit(); break;
    case Qt::Key_M: Q_EMIT bookmarkWanted(); break;
    case Qt::Key_F: Q_EMIT forkWanted(); break;
    case Qt::Key_I: setRangeEnd(true); break;
    case Qt::Key_O: setRangeEnd(false); break;
    case Qt::Key_Escape: m_bridge.range().clear(); break;
    case Qt::Key_G: showLanes(!m_has_lanes); break;
    default: QWidget::keyPressEvent(event);
    }
}

void TimelineView::resizeEvent(QResizeEvent*)
{
    recount();
}

QString TimelineView::textAt(double x) const
{
    constexpr double near = 4;
    const std::int64_t start_us = toMicros(m_bridge.session().startedAt());
    QStringList lines{tr("at %1").arg(momentText(timeAt(x) - start_us))};
    for (const std::vector<Point>& points : {violations(), changes()}) {
        for (const Point& point : points) {
            if (std::abs(xOf(point.time_us) - x) <= near && lines.size() < 8)
                lines << QStringLiteral("%1: %2").arg(momentText(point.time_us - start_us), point.text);
        }
    }
    std::array<int, mark_kind_count> counts{};
    for (const TimelineSummary::Mark& mark : m_bridge.frames().summary().marks())
        counts[std::size_t(mark.kind)] += std::abs(xOf(mark.time_us) - x) <= near;
    for (std::size_t kind = 0; kind < mark_kind_count; ++kind) {
        if (counts[kind] > 0)
            lines << QStringLiteral("%1 × %2").arg(counts[kind]).arg(tr(wordOf(MarkKind(kind))));
    }
    return lines.join(QLatin1Char('\n'));
}

bool TimelineView::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), textAt(help->pos().x()), this);
    return true;
}

} // namespace orderlab::ui
