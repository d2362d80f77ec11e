#include "domain/group_roles.h"
#include "ui/canvas/flow_scene.h"
#include "ui/canvas/flow_texts.h"
#include "ui/canvas/scene_paint.h"
#include "ui/canvas/shaped_texts.h"
#include "ui/models/format.h"
#include "ui/own_workers/command_files.h"
#include "ui/theme/event_faces.h"
#include "ui/theme/theme.h"

#include <QPainter>

// The cards around the bus: who asks, stores and handles, and what each has to say.

namespace orderlab::ui {

void FlowScene::drawApi(QPainter& painter) const
{
    const QRectF box = m_layout.api;
    const Trouble& trouble = m_data.marks.api;
    card(painter, box, m_palette.control, trouble.isEmpty() ? m_palette.accent : m_palette.failure);
    painter.setOpacity(trouble.isEmpty() ? 1 : dimmed);
    text(painter, box.adjusted(14, 11, -8, -28), Qt::AlignLeft | Qt::AlignVCenter, Theme::textFont(13, QFont::DemiBold),
         m_palette.text, tr("API"));
    text(painter, box.adjusted(14, 31, -8, -9), Qt::AlignLeft | Qt::AlignVCenter, Theme::textFont(11), m_palette.muted,
         tr("create, cancel"));
    if (m_data.order_rate > 0) {
        const QRectF rate(box.right() - 62, box.top() - 10, 54, 19);
        chip(painter, rate, m_palette.raised, Theme::textFont(11, QFont::Medium), m_palette.text,
             rateText(m_data.order_rate));
    }
    painter.setOpacity(1);
    if (!trouble.isEmpty())
        troubleChip(painter, QRectF(box.left() + 6, box.bottom() - 12, box.width() + 24, 20), Qt::AlignLeft, trouble,
                    m_palette);
}

void FlowScene::drawStore(QPainter& painter) const
{
    const QRectF box = m_layout.store;
    const Trouble& trouble = m_data.marks.store;
    card(painter, box, m_palette.control, trouble.isEmpty() ? m_palette.edge : m_palette.failure);
    painter.setOpacity(trouble.isEmpty() ? 1 : dimmed);
    text(painter, box.adjusted(14, 10, -8, 0), Qt::AlignLeft | Qt::AlignTop, Theme::textFont(13, QFont::DemiBold),
         m_palette.text, m_data.store);
    const std::pair<QString, std::int64_t> rows[] = {
        {tr("orders"), m_data.counts.orders},
        {tr("outbox"), m_data.counts.outbox_unpublished},
        {tr("inbox"), m_data.counts.processed_events},
        {tr("payments"), m_data.counts.payments},
        {tr("dead letters"), m_data.counts.dead_letters},
    };
    const double pitch = std::min(17.0, (box.height() - 42) / 5);
    double y = box.top() + 33;
    for (const auto& [name, count] : rows) {
        const QRectF line(box.left() + 14, y, box.width() - 26, pitch);
        text(painter, line, Qt::AlignLeft | Qt::AlignVCenter, Theme::textFont(11), m_palette.muted, name);
        text(painter, line, Qt::AlignRight | Qt::AlignVCenter, Theme::monoFont(11, QFont::Medium), m_palette.text,
             m_data.running ? grouped(count) : QStringLiteral("–"));
        y += pitch;
    }
    painter.setOpacity(1);
    if (!trouble.isEmpty())
        troubleChip(painter, QRectF(box.left() + 6, box.top() - 11, box.width() + 24, 20), Qt::AlignLeft, trouble,
                    m_palette);
}

/// A hint and no part of the store, so that it is only a tag on its card.
void FlowScene::drawRedis(QPainter& painter) const
{
    if (!m_data.redis.is_used)
        return;
    const QFont font = Theme::textFont(10);
    QString words = redisTag(m_data.redis, false);
    if (textWidth(font, words) + 14 > m_layout.redis.width())
        words = redisTag(m_data.redis, true);
    const double width = std::min(m_layout.redis.width(), textWidth(font, words) + 14);
    const QRectF box(m_layout.redis.topLeft(), QSizeF(width, m_layout.redis.height()));
    painter.setPen(QPen(m_data.redis.is_away ? m_palette.warning : m_palette.edge, 1));
    painter.setBrush(m_palette.panel);
    painter.drawRoundedRect(box, 8, 8);
    text(painter, box.adjusted(7, 0, -7, 0), Qt::AlignCenter, font,
         m_data.redis.is_away ? m_palette.warning : m_palette.muted, words);
}

/// Only when it is down: the way from the store to the bus says enough otherwise.
void FlowScene::drawRelay(QPainter& painter) const
{
    const Trouble& trouble = m_data.marks.relay;
    if (trouble.isEmpty())
        return;
    const QFont font = Theme::textFont(11, QFont::DemiBold);
    QRectF line(m_layout.relay.left(), m_layout.relay.top(), m_layout.relay.width(), 15);
    text(painter, line, Qt::AlignLeft | Qt::AlignVCenter, font, m_palette.failure, tr("relay %1").arg(trouble.what));
    text(painter, line.translated(0, 15), Qt::AlignLeft | Qt::AlignVCenter, Theme::textFont(11), m_palette.failure,
         trouble.when);
}

/// The payment gateway is outside, so that it is only a tag on the card of those who ask it.
void FlowScene::drawGateway(QPainter& painter) const
{
    const QRectF room = m_layout.gateway;
    if (room.isEmpty())
        return;
    const Trouble& trouble = m_data.marks.circuit;
    if (!trouble.isEmpty()) {
        troubleChip(painter, room, Qt::AlignRight, trouble, m_palette);
        return;
    }
    const QFont font = Theme::textFont(10);
    const QString words = tr("gateway");
    const double width = textWidth(font, words) + 14;
    const QRectF box(room.right() - width, room.center().y() - 8, width, 16);
    painter.setPen(QPen(m_palette.edge, 1));
    painter.setBrush(m_palette.panel);
    painter.drawRoundedRect(box, 8, 8);
    text(painter, box, Qt::AlignCenter, font, m_palette.muted, words);
}

/// What a worker card says, the most important first.
std::vector<FlowScene::CardLine> FlowScene::linesOf(const GroupCard& group, const GroupTrouble& trouble,
                                                    double width) const
{
    std::vector<CardLine> lines;
    const QFont font = Theme::textFont(11);
    /// In one line where it has room.
    const auto add = [&](const QColor& colour, const QString& what, const QString& when) {
        const QString both = what + QStringLiteral(" · ") + when;
        if (when.isEmpty() || textWidth(font, both) <= width) {
            lines.push_back({colour, when.isEmpty() ? what : both});
        } else {
            lines.push_back({colour, what});
            lines.push_back({colour, when});
        }
    };
    if (!trouble.trouble.isEmpty())
        add(m_palette.failure, trouble.trouble.what, trouble.trouble.when);
    if (trouble.is_down) {
        // Nothing else is under way.
    } else if (group.activity == MemberActivity::Retrying) {
        const std::int64_t left_us = group.next_attempt_us - m_data.now_us;
        const QString attempt = m_data.max_attempts > 0
                                    ? tr("attempt %1/%2").arg(group.attempt).arg(m_data.max_attempts)
                                    : tr("attempt %1").arg(group.attempt);
        add(m_palette.warning, attempt,
            left_us > 0 ? tr("in %1").arg(durationText(std::max<std::int64_t>(left_us, 100'000))) : tr("now"));
    } else if (group.activity == MemberActivity::Paused) {
        const bool pays = group.name == toQt(group_roles.pays) && !m_data.marks.circuit.isEmpty();
        lines.push_back({m_palette.warning, pays                            ? tr("waits for the gateway")
                                            : !m_data.marks.store.isEmpty() ? tr("waits for the store")
                                                                            : tr("paused: %1").arg(group.error)});
    } else if (!m_data.running) {
        lines.push_back({m_palette.muted, tr("not started")});
    } else if (group.members == 0) {
        lines.push_back({m_palette.warning, tr("no members")});
    } else if (group.rate > 0 || group.activity == MemberActivity::Busy) {
        lines.push_back({m_palette.muted, group.rate > 0 ? tr("busy · %1").arg(rateText(group.rate)) : tr("busy")});
    } else {
        lines.push_back({m_palette.muted, tr("idle")});
    }
    if (!group.own.isEmpty())
        lines.push_back({m_palette.text, tr("own: %1").arg(shortCommand(group.own))});
    if (group.parked > 0)
        lines.push_back({m_palette.warning, tr("%1 parked").arg(grouped(group.parked))});
    lines.push_back({m_palette.muted, tr("%1 handled").arg(grouped(group.handled))});
    return lines;
}

void FlowScene::drawGroup(QPainter& painter, std::size_t g) const
{
    if (g >= m_layout.groups.size())
        return;
    const GroupCard& group = m_data.groups[g];
    const QRectF box = m_layout.groups[g];
    const GroupTrouble trouble = g < m_data.marks.groups.size() ? m_data.marks.groups[g] : GroupTrouble{};
    const bool waits = group.activity == MemberActivity::Retrying || group.activity == MemberActivity::Paused;
    card(painter, box, m_palette.control,
         !trouble.trouble.isEmpty() ? m_palette.failure
         : waits                    ? m_palette.warning
                                    : m_palette.edge);
    painter.setOpacity(trouble.is_down ? dimmed : 1);
    const QRectF ring = m_layout.ring(g);
    painter.setPen(QPen(m_palette.edge, 1.4));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(ring);

    const bool narrow = box.width() < 205;
    const double left = ring.right() + (narrow ? 9 : 14);
    const bool roomy = box.height() >= 76;
    double y = box.top() + (roomy ? 10 : 5);
    const QFont title = Theme::textFont(narrow ? 12 : 13, QFont::DemiBold);
    painter.setPen(Qt::NoPen);
    painter.setBrush(group.colour);
    groupMark(painter, QPointF(left + 4, y + 5), 4, g);
    const QRectF members(box.right() - (narrow ? 35 : 40), y, narrow ? 28 : 30, 18);
    text(painter, QRectF(left + 14, y, members.left() - left - 16, 18), Qt::AlignLeft | Qt::AlignVCenter, title,
         m_palette.text, group.name);
    chip(painter, members, m_palette.raised, Theme::textFont(11, QFont::DemiBold), m_palette.text,
         QStringLiteral("×%1").arg(group.members));
    y += roomy ? 22 : 18;
    painter.setOpacity(1);
    const QFont font = Theme::textFont(11);
    for (const CardLine& line : linesOf(group, trouble, box.right() - left - 8)) {
        constexpr double line_height = 15;
        if (y + line_height > box.bottom() - 2)
            break;
        text(painter, QRectF(left, y, box.right() - left - 8, line_height), Qt::AlignLeft | Qt::AlignVCenter, font,
             line.colour, line.words);
        y += line_height + (roomy ? 1 : 0);
    }
}

void FlowScene::drawDeadLetters(QPainter& painter) const
{
    const QRectF box = m_layout.dead_letters;
    const bool any = m_data.dead_letters > 0;
    painter.setPen(QPen(any ? m_palette.dead : m_palette.edge, 1.2));
    painter.setBrush(any ? m_palette.dead_fill : m_palette.control);
    painter.drawRoundedRect(box, 8, 8);
    painter.setPen(Qt::NoPen);
    painter.setBrush(any ? m_palette.dead : m_palette.faint);
    painter.drawPath(deadLetterShape(QPointF(box.left() + 18, box.center().y()), 6.5));
    text(painter, box.adjusted(34, 0, -10, 0), Qt::AlignLeft | Qt::AlignVCenter, Theme::textFont(12, QFont::DemiBold),
         m_palette.text, tr("Dead letters"));
    text(painter, box.adjusted(34, 0, -14, 0), Qt::AlignRight | Qt::AlignVCenter, Theme::textFont(12, QFont::DemiBold),
         any ? m_palette.dead : m_palette.muted, any ? grouped(m_data.dead_letters) : tr("none"));
}

} // namespace orderlab::ui
