#include "ui/timeline/timeline_view.h"

#include "runtime/virtual_runtime.h"
#include "ui/models/fault_texts.h"
#include "ui/models/format.h"
#include "ui/theme/theme.h"
#include "ui/timeline/entry_finder.h"
#include "ui/timeline/time_keys.h"
#include "ui/worlds/comparison.h"
#include "ui/worlds/fate_finder.h"
#include "ui/worlds/worlds.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace orderlab::ui {

namespace {

constexpr double bar_step = 4; ///< Pixels from one bar to the next.
constexpr double marks_height = 12;
constexpr double label_height = 15;
constexpr double delta_height = 12; ///< Of the row that shows where two worlds differ.
constexpr double side = 8;
constexpr int count_every_ms = 250;
constexpr std::int64_t span_min_us = 20;

QColor colourOf(MarkKind kind)
{
    const Palette& p = colours();
    switch (kind) {
    case MarkKind::Retry: return p.warning;
    case MarkKind::Fault: return p.muted;
    case MarkKind::Crash: return p.failure;
    case MarkKind::DeadLetter: return p.dead;
    case MarkKind::Violation: return p.failure;
    case MarkKind::Change: return p.accent;
    }
    return p.muted;
}

const char* wordOf(MarkKind kind)
{
    switch (kind) {
    case MarkKind::Retry: return "retry";
    case MarkKind::Fault: return "fault";
    case MarkKind::Crash: return "crash";
    case MarkKind::DeadLetter: return "dead letter";
    case MarkKind::Violation: return "broken promise";
    case MarkKind::Change: return "change";
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

TimelineView::TimelineView(LabBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(QStringLiteral("Timeline"));
    setAccessibleDescription(QStringLiteral(
        "The run from its start to its end. Left and right go an entry back and forward, with Shift of the same order, "
        "with Control of the same worker. Square brackets go to trouble, Space plays."));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    connect(&bridge.frames(), &FramePump::grown, this, &TimelineView::growSoon);
    connect(&bridge.frames(), &FramePump::momentChanged, this, qOverload<>(&QWidget::update));
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

QRectF TimelineView::barsRect() const
{
    return QRectF(rect()).adjusted(side, marks_height, -side, -label_height - (m_comparison ? delta_height : 0));
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

/// A step line: what is so after an entry is so until the next one that was asked about. Dashed: with the guarantee
/// that would have kept the promise longest.
void TimelineView::drawFate(QPainter& painter) const
{
    if (!m_fate || !m_fate->report() || m_fate->report()->points.empty())
        return;
    const FateReport& report = *m_fate->report();
    const QRectF bars = barsRect();
    const auto line = [&](auto probabilityOf) {
        QPolygonF steps;
        double before = 0;
        for (const FatePoint& point : report.points) {
            const double x = xOf(toMicros(VirtualRuntime::epoch()) + std::int64_t(point.virtual_seconds * 1e6));
            const double y = bars.bottom() - 1 - probabilityOf(point) * (bars.height() - 3);
            steps << QPointF(x, steps.isEmpty() ? y : before) << QPointF(x, y);
            before = y;
        }
        return steps;
    };
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colours().failure, 2));
    painter.drawPolyline(line([](const FatePoint& point) { return point.probability; }));
    if (report.savers.empty())
        return;
    const auto longest = std::max_element(report.savers.begin(), report.savers.end(), [](const auto& a, const auto& b) {
        return a.until_virtual_seconds < b.until_virtual_seconds;
    });
    painter.setPen(QPen(colours().ok, 2, Qt::DashLine));
    painter.drawPolyline(line([guarantee = longest->guarantee](const FatePoint& point) {
        const auto with = std::find_if(point.with.begin(), point.with.end(),
                                       [guarantee](const auto& one) { return one.first == guarantee; });
        return with == point.with.end() ? point.probability : with->second;
    }));
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
    if (m_comparison)
        m_lanes.push_back({&m_comparison->other(), {}, colours().accent, {}});
    m_lanes.push_back({&m_bridge.frames(), {}, m_comparison ? colours().ok : colours().accent, {}});
    const double height = bars.height() / double(m_lanes.size());
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        Lane& lane = m_lanes[i];
        lane.bars = QRectF(bars.left(), bars.top() + double(i) * height, bars.width(), height - (m_comparison ? 2 : 0));
        lane.bins =
            lane.frames->summary().histogram(fromUs(), toUs() + 1, std::size_t(std::max(1.0, bars.width() / bar_step)));
        for (const TimelineSummary::Counts& counts : lane.bins) {
            std::uint32_t all = 0;
            for (const std::uint32_t count : counts)
                all += count;
            lane.most = std::max(lane.most, all);
        }
    }
    m_bins_stale = false;
    m_since_bins.start();
    drawResting();
}

/// What does not move with the playhead: bars and marks.
void TimelineView::drawResting()
{
    m_resting = QPixmap(size() * devicePixelRatioF());
    m_resting.setDevicePixelRatio(devicePixelRatioF());
    m_resting.fill(Qt::transparent);
    QPainter painter(&m_resting);
    for (const Lane& lane : m_lanes)
        drawBars(painter, lane);
    drawMarks(painter);
}

void TimelineView::drawBars(QPainter& painter, const Lane& lane) const
{
    const Palette& p = colours();
    const QRectF& bars = lane.bars;
    const QColor by_outcome[] = {lane.colour, lane.colour, p.warning, p.dead};
    const double width = bars.width() / double(lane.bins.size());
    painter.setOpacity(0.85);
    for (std::size_t bin = 0; bin < lane.bins.size(); ++bin) {
        const double x = bars.left() + double(bin) * width;
        double bottom = bars.bottom();
        for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
            const std::uint32_t count = lane.bins[bin][outcome];
            if (count == 0)
                continue;
            // Few among many are seen, too: the root grows fast at first.
            const double height = std::max(1.5, bars.height() * std::sqrt(double(count) / double(lane.most)) * 0.96);
            const double top = std::max(bars.top(), bottom - height);
            painter.fillRect(QRectF(x + 0.5, top, std::max(1.0, width - 1), bottom - top), by_outcome[outcome]);
            bottom = top;
        }
    }
    painter.setOpacity(1);
}

void TimelineView::drawDifferences(QPainter& painter) const
{
    if (!m_comparison)
        return;
    const QRectF bars = barsRect();
    painter.setFont(Theme::textFont(10.5, QFont::DemiBold));
    const char* letters[] = {"A", "B"};
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        painter.setPen(m_lanes[i].colour);
        painter.drawText(QRectF(bars.left() + 2, m_lanes[i].bars.top(), 14, 14), Qt::AlignCenter,
                         QLatin1String(letters[i]));
    }
    for (const WorldComparison::Place& place : m_comparison->places()) {
        const double x = xOf(place.time_us);
        if (x >= bars.left() - 1 && x <= bars.right() + 1)
            painter.fillRect(QRectF(x - 1.5, bars.bottom() + 2, 3, delta_height - 3), colours().dead);
    }
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

void TimelineView::drawMarks(QPainter& painter) const
{
    const QRectF bars = barsRect();
    // One a pixel is enough, and one kind may not hide another.
    std::array<int, mark_kind_count> last;
    last.fill(-10);
    for (const TimelineSummary::Mark& mark : m_bridge.frames().summary().marks()) {
        const double x = xOf(mark.time_us);
        if (x < bars.left() - 1 || x > bars.right() + 1)
            continue;
        int& before = last[std::size_t(mark.kind)];
        if (int(x) - before < 4)
            continue;
        before = int(x);
        const bool is_low = mark.kind == MarkKind::Retry || mark.kind == MarkKind::Fault;
        painter.fillRect(QRectF(x - 1.5, is_low ? 6.5 : 1, 3, 4.5), colourOf(mark.kind));
    }
}

/// What people look for, have changed, and find broken.
void TimelineView::drawPoints(QPainter& painter) const
{
    const QRectF bars = barsRect();
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_finder) {
        int before = -10;
        for (const EntryFinder::Hit& hit : m_finder->hits()) {
            const double x = xOf(hit.time_us);
            if (x < bars.left() - 1 || x > bars.right() + 1 || int(x) - before < 3)
                continue;
            before = int(x);
            painter.setPen(Qt::NoPen);
            painter.setBrush(colours().text);
            painter.drawEllipse(QPointF(x, bars.bottom() - 4), 2.5, 2.5);
        }
    }
    for (const Point& change : changes()) {
        const double x = xOf(change.time_us);
        if (x < bars.left() - 1 || x > bars.right() + 1)
            continue;
        painter.setPen(Qt::NoPen);
        painter.setBrush(change.colour);
        painter.drawPolygon(QPolygonF({{x - 4, 1}, {x + 4, 1}, {x, 8}}));
        painter.fillRect(QRectF(x - 0.5, 8, 1, bars.bottom() - 8), change.colour);
    }
    bool is_labelled = false;
    int before = -10;
    for (const Point& violation : violations()) {
        const double x = xOf(violation.time_us);
        if (x < bars.left() - 1 || x > bars.right() + 1 || int(x) - before < 3)
            continue;
        before = int(x);
        QColor line = violation.colour;
        line.setAlpha(130); // The bars behind stay readable.
        painter.setPen(QPen(line, 1, Qt::DashLine));
        painter.drawLine(QPointF(x, 1), QPointF(x, bars.bottom()));
        if (!std::exchange(is_labelled, true))
            drawLabel(painter, x, QStringLiteral("✕ ") + violation.text, violation.colour);
    }
}

void TimelineView::drawLabel(QPainter& painter, double x, const QString& text, const QColor& colour) const
{
    painter.setFont(Theme::textFont(10.5, QFont::DemiBold));
    const double width = painter.fontMetrics().horizontalAdvance(text) + 4;
    const double left = std::clamp(x - width / 2, side, std::max(side, this->width() - width - side));
    painter.setPen(colour);
    painter.drawText(QRectF(left, height() - label_height, width, label_height), Qt::AlignCenter, text);
}

void TimelineView::drawPlayhead(QPainter& painter) const
{
    const QRectF bars = barsRect();
    double x = xOf(m_bridge.frames().nowUs());
    if (m_bridge.frames().isFollowing() && m_is_fitted)
        x = std::min(x, bars.right()); // Since the latest entry nothing has happened.
    if (x < bars.left() - 1 || x > bars.right() + 1)
        return;
    const Palette& p = colours();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(p.text);
    painter.fillRect(QRectF(x - 1, 3, 2, bars.bottom() - 3), p.text);
    painter.drawPolygon(QPolygonF({{x - 5, 1}, {x + 5, 1}, {x, 9}}));
}

void TimelineView::paintEvent(QPaintEvent*)
{
    countBins();
    const Palette& p = colours();
    QPainter painter(this);
    const QRectF bars = barsRect();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? p.accent : p.border);
    painter.setBrush(p.bus);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -label_height + 0.5), 6, 6);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (m_bridge.frames().summary().isEmpty()) {
        painter.setPen(p.muted);
        painter.setFont(Theme::textFont(12));
        painter.drawText(bars, Qt::AlignCenter, QStringLiteral("Nothing has happened yet."));
        return;
    }
    painter.drawPixmap(0, 0, m_resting);
    QColor to_come = p.bus; // Is dim.
    to_come.setAlpha(170);
    const double playhead = std::clamp(xOf(m_bridge.frames().nowUs()), bars.left(), bars.right());
    painter.fillRect(QRectF(playhead, bars.top(), bars.right() - playhead, bars.height()), to_come);
    if (const Timeline& timeline = m_bridge.frames().timeline(); timeline.firstIndex() > 0) {
        // Counted, but no longer kept: the oldest entries have made room.
        const double kept = xOf(timeline.at(timeline.firstIndex()).time_us);
        painter.fillRect(
            QRectF(bars.left(), bars.top(), std::clamp(kept - bars.left(), 0.0, bars.width()), bars.height()),
            QBrush(p.muted, Qt::BDiagPattern));
    }
    drawDifferences(painter);
    drawPoints(painter);
    drawFate(painter);
    drawPlayhead(painter);
    if (m_bins_stale) // Later, when it is due.
        QTimer::singleShot(count_every_ms, this, qOverload<>(&QWidget::update));
}

void TimelineView::moveTo(double x)
{
    FramePump& frames = m_bridge.frames();
    frames.goTo(frames.timeline().indexAfter(timeAt(x)));
}

void TimelineView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_bridge.frames().summary().isEmpty())
        return;
    m_is_dragged = true;
    m_played_before = m_bridge.player().isPlaying() && !m_bridge.player().lives();
    m_bridge.player().setPlaying(false);
    moveTo(event->position().x());
}

void TimelineView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_is_dragged)
        moveTo(event->position().x());
}

void TimelineView::mouseReleaseEvent(QMouseEvent*)
{
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
    QStringList lines{QStringLiteral("at %1").arg(momentText(timeAt(x) - start_us))};
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
            lines << QStringLiteral("%1 × %2").arg(counts[kind]).arg(QLatin1String(wordOf(MarkKind(kind))));
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
