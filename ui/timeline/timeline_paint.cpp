#include "runtime/virtual_runtime.h"
#include "ui/theme/theme.h"
#include "ui/timeline/entry_finder.h"
#include "ui/timeline/timeline_view.h"
#include "ui/worlds/comparison.h"
#include "ui/worlds/fate_finder.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

// What the timeline looks like.

namespace orderlab::ui {

namespace {

constexpr double bar_step = 4; ///< Pixels from one bar to the next.

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

} // namespace

std::size_t TimelineView::binsOf(double width)
{
    return std::size_t(std::max(1.0, width / bar_step));
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
    if (!lane.group.isEmpty()) {
        const QRectF name(side + 4, bars.top(), bars.left() - side - 10, bars.height());
        painter.setFont(Theme::textFont(10.5));
        painter.setPen(p.muted);
        painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(lane.group, Qt::ElideRight, int(name.width())));
        painter.fillRect(QRectF(bars.left(), bars.bottom(), bars.width(), 1), p.border);
    }
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
    for (std::size_t i = 0; i < std::size(letters) && i < m_lanes.size(); ++i) {
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

void TimelineView::drawRange(QPainter& painter) const
{
    const auto& span = m_bridge.range().span();
    if (!span)
        return;
    const QRectF bars = barsRect();
    const double left = std::clamp(xOf(span->from_us), bars.left(), bars.right());
    const double right = std::clamp(xOf(span->to_us), bars.left(), bars.right());
    const double bottom = double(height()) - label_height;
    QColor fill = colours().accent;
    fill.setAlpha(38);
    painter.fillRect(QRectF(left, 1, right - left, bottom - 1), fill);
    for (const double x : {left, right})
        painter.fillRect(QRectF(x - 0.5, 1, 1, bottom - 1), colours().accent);
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
    painter.fillRect(QRectF(x - 1, 3, 2, double(height()) - label_height - 3), p.text);
    painter.drawPolygon(QPolygonF({{x - 5, 1}, {x + 5, 1}, {x, 9}}));
}

void TimelineView::paintEvent(QPaintEvent*)
{
    countBins();
    const Palette& p = colours();
    QPainter painter(this);
    const QRectF bars = barsRect();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? p.accent : p.edge);
    painter.setBrush(p.bus);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -label_height + 0.5), 6, 6);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (m_bridge.frames().summary().isEmpty()) {
        painter.setPen(p.muted);
        painter.setFont(Theme::textFont(12));
        painter.drawText(bars, Qt::AlignCenter, tr("Nothing has happened yet."));
        return;
    }
    painter.drawPixmap(0, 0, m_resting);
    QColor to_come = p.bus; // Is dim.
    to_come.setAlpha(170);
    const double playhead = std::clamp(xOf(m_bridge.frames().nowUs()), bars.left(), bars.right());
    painter.fillRect(
        QRectF(playhead, bars.top(), bars.right() - playhead, double(height()) - label_height - bars.top()), to_come);
    if (const Timeline& timeline = m_bridge.frames().timeline(); timeline.firstIndex() > 0) {
        // Counted, but no longer kept: the oldest entries have made room.
        const double kept = xOf(timeline.at(timeline.firstIndex()).time_us);
        painter.fillRect(
            QRectF(bars.left(), bars.top(), std::clamp(kept - bars.left(), 0.0, bars.width()), bars.height()),
            QBrush(p.muted, Qt::BDiagPattern));
    }
    drawRange(painter);
    drawDifferences(painter);
    drawPoints(painter);
    drawFate(painter);
    drawPlayhead(painter);
    if (m_bins_stale) // Later, when it is due.
        QTimer::singleShot(count_every_ms, this, qOverload<>(&QWidget::update));
}

} // namespace orderlab::ui
