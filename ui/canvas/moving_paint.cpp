#include "ui/canvas/moving_paint.h"

#include "ui/canvas/scene_paint.h"
#include "ui/canvas/shaped_texts.h"
#include "ui/theme/motion.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace orderlab::ui {

namespace {

constexpr double name_width_max = 100;
constexpr double name_height = 16;

/// Above the token, as wide as a name may be.
QRectF nameBox(QPointF token, double width)
{
    return {token.x() - width / 2, token.y() - token_radius - name_height - 1, width, name_height};
}

/// A part of a ring, in degrees from three o'clock, clockwise; no span: none is drawn.
struct Arc {
    QColor colour;
    double start = 90;
    double span = 0;
};

Arc arcOf(const GroupCard& group, double since_arrival_s, double time_s, std::int64_t now_us)
{
    Arc arc{group.colour};
    const double turning = Motion::instance().isReduced() ? 90 : 90 - std::fmod(time_s * 300, 360.0);
    if (group.activity == MemberActivity::Retrying) {
        arc.colour = colours().warning;
        const double left = double(group.next_attempt_us - now_us) / 1e6;
        arc.span = 360 * std::clamp(left / std::max(1.0, left + 0.5), 0.06, 1.0);
    } else if (group.activity == MemberActivity::Paused) {
        arc.colour = colours().failure;
        arc.span = 360;
    } else if (since_arrival_s > -0.4 && since_arrival_s < ring_glow_s) {
        arc.span = 250 * std::clamp(1 - std::max(0.0, since_arrival_s) / ring_glow_s, 0.15, 1.0);
        arc.start = turning;
    } else if (group.activity == MemberActivity::Busy) {
        arc.span = 90;
        arc.start = turning;
    }
    return arc;
}

} // namespace

QPointF shownAt(const Token& token, const Routes& routes, double time_s)
{
    if (!Motion::instance().isReduced())
        return TokenField::positionOf(token, routes, time_s);
    const bool has_left = time_s > token.start_s + token.duration_s / 2;
    return TokenField::positionOf(token, routes, has_left ? token.start_s + token.duration_s : token.start_s);
}

void drawRings(QPainter& painter, const FlowLayout& layout, const SceneData& data, const TokenField& tokens,
               TokenAtlas& marks, std::int64_t now_us)
{
    painter.setRenderHint(QPainter::Antialiasing);
    const double now = tokens.time();
    for (std::size_t g = 0; g < data.groups.size() && g < layout.groups.size(); ++g) {
        if (g < data.marks.groups.size() && data.marks.groups[g].is_down)
            continue;
        const GroupCard& group = data.groups[g];
        const QRectF ring = layout.ring(g);
        const double since = now - tokens.lastArrivalAt(g);
        const Arc arc = arcOf(group, since, now, now_us);
        if (arc.span <= 0)
            continue;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(arc.colour, 3.5, Qt::SolidLine, Qt::RoundCap));
        painter.drawArc(ring, int(arc.start * 16), int(-arc.span * 16));
        if (since > 0 && since < ring_glow_s)
            marks.add(ring.center(), tokens.lastFaceAt(g));
        else if (group.activity == MemberActivity::Retrying)
            marks.add(ring.center(), new_order_face, TokenAtlas::Look::Dim);
    }
}

void drawTokens(QPainter& painter, const Routes& routes, const SceneData& data, const TokenField& tokens,
                TokenAtlas& marks)
{
    const double now = tokens.time();
    for (const Token& token : tokens.tokens()) {
        if (token.start_s > now)
            continue;
        const QPointF position = shownAt(token, routes, now);
        marks.add(position, token.face);
        if (!data.selected.isNull() && token.order == data.selected) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(colours().text, 1.6));
            painter.drawEllipse(position, token_radius + 4, token_radius + 4);
        }
    }
    marks.flush(painter);
}

std::vector<TokenName> tokenNames(const Routes& routes, const TokenField& tokens,
                                  const std::function<QString(const OrderId&)>& nameOf)
{
    std::vector<TokenName> names;
    if (tokens.tokens().size() > names_max)
        return names;
    std::vector<OrderId> named;
    for (const Token& token : tokens.tokens()) {
        if (token.start_s > tokens.time() || std::find(named.begin(), named.end(), token.order) != named.end())
            continue;
        const QString name = nameOf(token.order);
        if (name.isEmpty())
            continue;
        named.push_back(token.order);
        names.push_back({shownAt(token, routes, tokens.time()), name});
    }
    return names;
}

void drawNames(QPainter& painter, const std::vector<TokenName>& names)
{
    const QFont font = Theme::textFont(11, QFont::DemiBold);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = colours().window;
    ground.setAlphaF(0.85f);
    for (const TokenName& name : names) {
        constexpr double margins = 10;
        const double width = std::min(name_width_max, textWidth(font, name.name) + margins);
        chip(painter, nameBox(name.token, width), ground, font, colours().text, name.name);
    }
}

void coverMoving(Tiles& tiles, const FlowLayout& layout, const Routes& routes, const TokenField& tokens,
                 const ZoomPan& view, bool with_names)
{
    constexpr double around_token = token_radius + 6; // A selected one has a ring.
    constexpr double around_ring = 4;
    const auto add = [&](QPointF centre, double reach) {
        const QPointF seen = view.pan() + centre * view.scale();
        const double size = reach * view.scale() + 1;
        tiles.add(QRectF(seen.x() - size, seen.y() - size, 2 * size, 2 * size));
    };
    for (std::size_t g = 0; g < layout.groups.size(); ++g)
        add(layout.ring(g).center(), std::max(layout.ring(g).width() / 2 + around_ring, around_token));
    for (const Token& token : tokens.tokens()) {
        if (token.start_s > tokens.time())
            continue;
        const QPointF at = shownAt(token, routes, tokens.time());
        add(at, around_token);
        if (with_names) {
            const QRectF box = nameBox(at, name_width_max);
            tiles.add(
                QRectF(view.pan() + box.topLeft() * view.scale(), box.size() * view.scale()).adjusted(-1, -1, 1, 1));
        }
    }
}

void drawEmptyFlow(QPainter& painter, const FlowLayout& layout, const QString& title, const QString& hint)
{
    const double top = layout.topics.back().area.bottom();
    const QRectF room(layout.bus.left() + 16, top, layout.bus.width() - 32, layout.bus.bottom() - top - 12);
    if (room.height() < 44)
        return;
    const QRectF line(room.left(), room.center().y() - 22, room.width(), 20);
    painter.setFont(Theme::textFont(13, QFont::DemiBold));
    painter.setPen(colours().text);
    painter.drawText(line, Qt::AlignCenter, title);
    painter.setFont(Theme::textFont(12));
    painter.setPen(colours().muted);
    painter.drawText(line.translated(0, 22).adjusted(0, 0, 0, 18), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     hint);
}

} // namespace orderlab::ui
