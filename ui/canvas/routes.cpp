#include "ui/canvas/routes.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace orderlab::ui {

namespace {

/// A line or a cubic curve of a path.
struct Piece {
    std::array<QPointF, 4> points; ///< Of a line the first and the last.
    bool is_line = true;
    double length = 0;

    QPointF at(double t) const
    {
        const double s = 1 - t;
        if (is_line)
            return points[0] * s + points[3] * t;
        return points[0] * (s * s * s) + points[1] * (3 * s * s * t) + points[2] * (3 * s * t * t)
               + points[3] * (t * t * t);
    }
    void measure()
    {
        constexpr int chords = 24; // A thousandth of the length of the curves here.
        QPointF before = points[0];
        for (int i = 1; i <= (is_line ? 1 : chords); ++i) {
            const QPointF after = at(double(i) / (is_line ? 1 : chords));
            length += std::hypot(after.x() - before.x(), after.y() - before.y());
            before = after;
        }
    }
};

/// Of one line without gaps.
std::vector<Piece> piecesOf(const QPainterPath& path)
{
    std::vector<Piece> pieces;
    QPointF before;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPointF point = path.elementAt(i);
        if (path.elementAt(i).isCurveTo() && i + 2 < path.elementCount()) {
            pieces.push_back({{before, point, path.elementAt(i + 1), path.elementAt(i + 2)}, false});
            i += 2;
        } else if (path.elementAt(i).isLineTo()) {
            pieces.push_back({{before, {}, {}, point}});
        }
        before = path.elementAt(i);
    }
    for (Piece& piece : pieces)
        piece.measure();
    return pieces;
}

} // namespace

/// As QPainterPath::pointAtPercent() does, which measures all of the path anew for each point.
Route::Route(const QPainterPath& path)
{
    const std::vector<Piece> pieces = piecesOf(path);
    for (const Piece& piece : pieces)
        m_length += piece.length;
    std::size_t piece = 0;
    double passed = 0;
    for (int i = 0; i <= samples && !pieces.empty(); ++i) {
        const double wanted = m_length * i / samples;
        while (piece + 1 < pieces.size() && passed + pieces[piece].length < wanted)
            passed += pieces[piece++].length;
        const double length = pieces[piece].length;
        m_points[std::size_t(i)] =
            pieces[piece].at(length > 0 ? std::clamp((wanted - passed) / length, 0.0, 1.0) : 1.0);
    }
}

QPointF Route::at(double part) const
{
    const double place = std::clamp(part, 0.0, 1.0) * samples;
    const int before = std::min(int(place), samples - 1);
    const double rest = place - before;
    return m_points[std::size_t(before)] * (1 - rest) + m_points[std::size_t(before) + 1] * rest;
}

QPointF portOf(const FlowLayout& layout, EventType topic, int partition, bool right)
{
    const FlowLayout::Topic& place = layout.topics[std::size_t(topic)];
    const QRectF row = place.rows.empty()
                           ? place.header
                           : place.rows[std::size_t(std::clamp(partition, 0, int(place.rows.size()) - 1))];
    return {right ? layout.bus.right() - 14 : layout.bus.left() + 14, row.center().y()};
}

Routes::Routes(const FlowLayout& layout, int partitions) : m_partitions(std::max(1, partitions))
{
    QPainterPath accept(QPointF(layout.api.center().x(), layout.api.bottom()));
    accept.lineTo(layout.api.center().x(), layout.store.top());
    m_accept = Route(accept);
    for (const EventType topic : all_event_types) {
        for (int p = 0; p < m_partitions; ++p) {
            m_publish.emplace_back(publishPath(layout, portOf(layout, topic, p, false)));
            for (std::size_t g = 0; g < layout.groups.size(); ++g)
                m_deliver.emplace_back(deliverPath(layout, portOf(layout, topic, p, true), g));
        }
    }
    for (std::size_t g = 0; g < layout.groups.size(); ++g) {
        m_effects.emplace_back(effectsPath(layout, g));
        QPainterPath dead(QPointF(layout.groups[g].right(), layout.groups[g].center().y()));
        const QPointF end(layout.dead_letters.right(), layout.dead_letters.center().y());
        dead.cubicTo(QPointF(layout.channel_right + 6, dead.currentPosition().y()),
                     QPointF(layout.channel_right + 6, end.y()), end);
        m_dead.emplace_back(dead);
    }
}

std::size_t Routes::rowOf(const RouteKey& key) const
{
    return std::size_t(key.topic) * std::size_t(m_partitions)
           + std::size_t(std::clamp(int(key.partition), 0, m_partitions - 1));
}

const Route& Routes::at(const RouteKey& key) const
{
    const std::size_t group = m_effects.empty() ? 0 : std::min<std::size_t>(key.group, m_effects.size() - 1);
    switch (key.kind) {
    case RouteKey::Kind::Publish: return m_publish[rowOf(key)];
    case RouteKey::Kind::Deliver:
        return m_effects.empty() ? m_accept : m_deliver[rowOf(key) * m_effects.size() + group];
    case RouteKey::Kind::Effects: return m_effects.empty() ? m_accept : m_effects[group];
    case RouteKey::Kind::Dead: return m_dead.empty() ? m_accept : m_dead[group];
    case RouteKey::Kind::Accept: break;
    }
    return m_accept;
}

QPainterPath Routes::publishPath(const FlowLayout& layout, QPointF end)
{
    const QPointF start(layout.store.right(), layout.store.top() + layout.store.height() * 0.36);
    const double reach = (end.x() - start.x()) * 0.55;
    QPainterPath path(start);
    path.cubicTo(start + QPointF(reach, 0), end - QPointF(reach, 0), end);
    return path;
}

QPainterPath Routes::deliverPath(const FlowLayout& layout, QPointF start, std::size_t group)
{
    const QRectF card = layout.groups[group];
    const QPointF end(card.left(), card.center().y());
    const double reach = (end.x() - start.x()) * 0.5;
    QPainterPath path(start);
    path.cubicTo(start + QPointF(reach, 0), end - QPointF(reach, 0), end);
    path.lineTo(layout.ring(group).center());
    return path;
}

QPainterPath Routes::effectsPath(const FlowLayout& layout, std::size_t group)
{
    const QRectF card = layout.groups[group];
    const double right = layout.channel_right;
    const double top = layout.channel_top;
    const double left = layout.channel_left;
    constexpr double bend = 14;
    const double start_y = card.top() + card.height() * 0.35;
    const double end_y = layout.store.top() + layout.store.height() * 0.72;
    QPainterPath path(QPointF(card.right(), start_y));
    path.lineTo(right - bend, start_y);
    path.quadTo(right, start_y, right, start_y - bend);
    path.lineTo(right, top + bend);
    path.quadTo(right, top, right - bend, top);
    path.lineTo(left + bend, top);
    path.quadTo(left, top, left, top + bend);
    path.lineTo(left, end_y - bend);
    path.quadTo(left, end_y, left - bend, end_y);
    path.lineTo(layout.store.right(), end_y);
    return path;
}

} // namespace orderlab::ui
