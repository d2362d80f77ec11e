#include "ui/canvas/flow_scene.h"

#include "ui/canvas/routes.h"
#include "ui/canvas/scene_paint.h"
#include "ui/canvas/shaped_texts.h"
#include "ui/models/format.h"
#include "ui/theme/event_faces.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace orderlab::ui {

namespace {

constexpr double fresh_s = 1.5; ///< An event that has just come stays bright, however fast it was handled.

} // namespace

std::int64_t firstShownOffset(std::int64_t end, int cells)
{
    // Three places stay free at the right, where the next events will come.
    const int used = std::max(1, cells - 3);
    return std::max<std::int64_t>(0, end - used);
}

void FlowScene::drawGround(QPainter& painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    drawBus(painter);
    drawWays(painter);
}

QString FlowScene::groundKey() const
{
    const Trouble& bus = m_data.marks.bus;
    QString key = QStringLiteral("%1|%2|%3|%4|%5|")
                      .arg(m_data.bus, bus.what, bus.when)
                      .arg(m_data.partitions)
                      .arg(m_data.marks.relay.isEmpty());
    for (const auto& group : m_data.committed) {
        for (const auto& offsets : group)
            key += QLatin1Char(offsets.empty() ? '0' : '1'); // Whether there is a way.
    }
    return key;
}

void FlowScene::draw(QPainter& painter, TokenAtlas& cells, const LogTail& tail, const CellAge& age) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    drawApi(painter);
    drawStore(painter);
    drawRedis(painter);
    drawRelay(painter);
    painter.setOpacity(m_data.marks.bus.isEmpty() ? 1 : dimmed);
    for (const EventType type : all_event_types)
        drawTopic(painter, cells, tail, age, type);
    painter.setOpacity(1);
    for (std::size_t g = 0; g < m_data.groups.size(); ++g)
        drawGroup(painter, g);
    drawGateway(painter);
    drawDeadLetters(painter);
    dimEqual(painter);
    drawFocus(painter);
}

void FlowScene::drawWays(QPainter& painter) const
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_palette.events[0], 1.6));
    painter.drawLine(QPointF(m_layout.api.center().x(), m_layout.api.bottom()),
                     QPointF(m_layout.store.center().x(), m_layout.store.top()));
    const double port =
        std::clamp(m_layout.store.center().y() - 80, m_layout.bus.top() + 60, m_layout.bus.bottom() - 40);
    QPen publishing(m_palette.events[0], 1.6);
    if (!m_data.marks.relay.isEmpty()) {
        publishing.setColor(m_palette.failure);
        publishing.setDashPattern({2, 3});
    }
    painter.setPen(publishing);
    painter.drawPath(Routes::publishPath(m_layout, {m_layout.bus.left(), port}));

    painter.setPen(QPen(m_palette.edge, 1.2));
    for (std::size_t g = 0; g < m_data.committed.size() && g < m_layout.groups.size(); ++g) {
        for (std::size_t t = 0; t < event_type_count; ++t) {
            const FlowLayout::Topic& topic = m_layout.topics[t];
            if (m_data.committed[g][t].empty() || topic.rows.empty())
                continue;
            const QPointF start(m_layout.bus.right(), topic.rows[topic.rows.size() / 2].center().y());
            painter.drawPath(Routes::deliverPath(m_layout, start, g));
        }
    }
    QColor effects = m_palette.ok;
    effects.setAlphaF(0.6f);
    painter.setPen(QPen(effects, 1.3, Qt::CustomDashLine));
    QPen dashed(effects, 1.3);
    dashed.setDashPattern({3, 3});
    painter.setPen(dashed);
    if (!m_layout.groups.empty())
        painter.drawPath(Routes::effectsPath(m_layout, m_layout.groups.size() - 1));
    for (std::size_t g = 0; g + 1 < m_layout.groups.size(); ++g) {
        const double y = m_layout.groups[g].top() + m_layout.groups[g].height() * 0.35;
        painter.drawLine(QPointF(m_layout.groups[g].right(), y), QPointF(m_layout.channel_right, y));
    }
    // On the line that it is about.
    const QFont caption = Theme::textFont(10);
    const QString words = tr("effects, inbox row and new events: one transaction");
    const double width = std::min(QFontMetricsF(caption).horizontalAdvance(words) + 14, m_layout.bus.width() + 80);
    const QRectF label(m_layout.bus.center().x() - width / 2, m_layout.channel_top - 8, width, 16);
    painter.fillRect(label, m_palette.window);
    text(painter, label, Qt::AlignCenter, caption, m_palette.muted, words);
    const double middle = (m_layout.api.bottom() + m_layout.store.top()) / 2;
    const double x = m_layout.api.center().x() + 10;
    const QFont small = Theme::textFont(10);
    const QRectF note(x, middle - 14, m_layout.bus.left() - x - 4, 14);
    text(painter, note, Qt::AlignLeft | Qt::AlignVCenter, small, m_palette.muted, tr("one transaction"));
    text(painter, note.translated(0, 13), Qt::AlignLeft | Qt::AlignVCenter, small, m_palette.muted,
         tr("order + outbox"));
}

void FlowScene::drawBus(QPainter& painter) const
{
    const Trouble& trouble = m_data.marks.bus;
    QPen dashed(trouble.isEmpty() ? m_palette.edge : m_palette.failure, trouble.isEmpty() ? 1 : 2);
    dashed.setDashPattern({5, 4});
    painter.setPen(dashed);
    painter.setBrush(m_palette.bus);
    painter.drawRoundedRect(m_layout.bus, 12, 12);
    const QRectF title(m_layout.bus.left() + 16, m_layout.bus.top() + 12, m_layout.bus.width() - 32, 18);
    const QString heading = tr("EVENT BUS");
    text(painter, title, Qt::AlignLeft | Qt::AlignVCenter, Theme::headingFont(), m_palette.muted, heading);
    const QRectF beside = title.adjusted(textWidth(Theme::headingFont(), heading) + 12, 0, 0, 0);
    const int hidden = m_data.partitions - m_layout.rows_shown;
    const QString note = hidden > 0 ? tr("%1 of %2 partitions hidden").arg(hidden).arg(m_data.partitions) : m_data.bus;
    if (trouble.isEmpty())
        text(painter, beside, Qt::AlignRight | Qt::AlignVCenter, Theme::textFont(11), m_palette.faint, note);
    else
        troubleChip(painter, beside, Qt::AlignRight, trouble, m_palette);
}

void FlowScene::drawTopic(QPainter& painter, TokenAtlas& cells, const LogTail& tail, const CellAge& age,
                          EventType type) const
{
    const FlowLayout::Topic& place = m_layout.topics[std::size_t(type)];
    const TopicLine& line = m_data.topics[std::size_t(type)];
    if (place.rows.empty())
        return drawQuietTopic(painter, type);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_palette.events[std::size_t(type)]);
    const bool is_low = place.header.height() < 20;
    const double shape_size = is_low ? 4.6 : 5.6;
    painter.drawPath(eventShape(type, QPointF(place.header.left() + 6, place.header.center().y() - 1), shape_size));
    const QRectF header = place.header.adjusted(20, 0, 0, -2);
    const QFont mono = Theme::monoFont(is_low ? 11 : 12, QFont::DemiBold);
    const QString name = toQt(topicName(type));
    QString figures = tr("%1 · lag %2").arg(rateText(line.rate), grouped(line.lag));
    const QFont figure_font = Theme::textFont(is_low ? 10 : 11);
    const double name_width = textWidth(mono, name);
    if (name_width + textWidth(figure_font, figures) + 10 > header.width())
        figures = tr("lag %1").arg(grouped(line.lag));
    text(painter, header, Qt::AlignLeft | Qt::AlignVCenter, mono, m_palette.text, name);
    if (name_width + textWidth(figure_font, figures) + 10 <= header.width())
        text(painter, header, Qt::AlignRight | Qt::AlignVCenter, figure_font,
             line.lag > 0 ? m_palette.text : m_palette.muted, figures);

    for (std::size_t p = 0; p < place.rows.size(); ++p) {
        const QRectF row = place.rows[p];
        painter.setPen(QPen(m_palette.edge, 1));
        painter.setBrush(m_palette.panel);
        painter.drawRoundedRect(row, 5, 5);
        text(painter, QRectF(row.left() + 4, row.top(), 20, row.height()), Qt::AlignCenter,
             Theme::monoFont(std::min(11.0, row.height() - 1), QFont::Medium), m_palette.faint, QString::number(p));
        const int count = m_layout.cellCount(row);
        QColor grid = m_palette.border;
        grid.setAlphaF(0.6f);
        painter.setPen(QPen(grid, 1));
        for (int c = 1; c < count && row.height() > 14; ++c) {
            const double x = m_layout.cellsOf(row).left() + c * m_layout.cell_width;
            painter.drawLine(QPointF(x, row.top() + 4), QPointF(x, row.bottom() - 4));
        }
        const auto& log = tail.cells(type, std::uint16_t(p));
        const std::int64_t end = log.empty() ? 0 : log.back().offset + 1;
        const std::int64_t first = firstShownOffset(end, count);
        std::int64_t handled_by_all = end;
        for (const auto& group : m_data.committed) {
            if (p < group[std::size_t(type)].size())
                handled_by_all = std::min(handled_by_all, group[std::size_t(type)][p]);
        }
        for (auto cell = log.rbegin(); cell != log.rend() && cell->offset >= first; ++cell) {
            const QPointF centre = m_layout.cellCentre(row, int(cell->offset - first));
            const double seconds = age(cell->event);
            const bool done = cell->offset < handled_by_all && seconds > fresh_s;
            const auto look = seconds < 0 ? TokenAtlas::Look::Hollow
                              : done      ? TokenAtlas::Look::Dim
                                          : TokenAtlas::Look::Bright;
            cells.add(centre, TokenFace(type), look);
            if (!m_data.selected.isNull() && cell->order == m_data.selected) {
                painter.setPen(QPen(m_palette.text, 1.4));
                painter.setBrush(Qt::NoBrush);
                painter.drawEllipse(centre, m_layout.cell_width * 0.45, m_layout.cell_width * 0.45);
            }
        }
        drawLag(painter, row, type, int(p), first, end);
        drawMarkers(painter, row, type, int(p), first, count);
    }
    cells.flush(painter);
    for (std::size_t p = 0; p < place.rows.size(); ++p)
        drawMore(painter, place.rows[p], type, int(p), tail);
}

/// Topics without events share lines.
void FlowScene::drawQuietTopic(QPainter& painter, EventType type) const
{
    const QRectF box = m_layout.topics[std::size_t(type)].header;
    QColor colour = m_palette.events[std::size_t(type)];
    colour.setAlpha(160);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPath(eventShape(type, QPointF(box.left() + 6, box.center().y()), 4.6));
    text(painter, box.adjusted(16, 0, -2, 0), Qt::AlignLeft | Qt::AlignVCenter, Theme::monoFont(10.5), m_palette.muted,
         toQt(topicName(type)));
}

/// The group furthest behind in a partition; -1: none is.
int FlowScene::slowestIn(EventType type, int partition, std::int64_t end) const
{
    int slowest = -1;
    std::int64_t least = end;
    for (std::size_t g = 0; g < m_data.committed.size(); ++g) {
        const auto& offsets = m_data.committed[g][std::size_t(type)];
        if (std::size_t(partition) < offsets.size() && offsets[std::size_t(partition)] < least) {
            least = offsets[std::size_t(partition)];
            slowest = int(g);
        }
    }
    return slowest;
}

/// Lag as a length: a line from the slowest group's mark to the end of the log.
void FlowScene::drawLag(QPainter& painter, const QRectF& row, EventType type, int partition, std::int64_t first_offset,
                        std::int64_t end) const
{
    const int group = slowestIn(type, partition, end);
    if (group < 0)
        return;
    const std::int64_t from =
        std::max(m_data.committed[std::size_t(group)][std::size_t(type)][std::size_t(partition)], first_offset);
    const double left = m_layout.cellsOf(row).left();
    const double x1 = left + double(from - first_offset) * m_layout.cell_width;
    const double x2 = left + double(end - first_offset) * m_layout.cell_width;
    const double width = row.height() > 14 ? 3 : 2;
    painter.fillRect(QRectF(x1, row.bottom() - width, std::min(x2, row.right() - 2) - x1, width),
                     m_data.groups[std::size_t(group)].colour);
}

/// "‹ 2 611 more": events that the slowest group has not handled, and that are no longer in sight.
void FlowScene::drawMore(QPainter& painter, const QRectF& row, EventType type, int partition, const LogTail& tail) const
{
    const auto& log = tail.cells(type, std::uint16_t(partition));
    if (log.empty())
        return;
    const std::int64_t end = log.back().offset + 1;
    const int group = slowestIn(type, partition, end);
    const std::int64_t first = firstShownOffset(end, m_layout.cellCount(row));
    const std::int64_t more =
        group < 0 ? 0 : first - m_data.committed[std::size_t(group)][std::size_t(type)][std::size_t(partition)];
    if (more <= 0)
        return;
    const QFont font = Theme::textFont(std::min(10.5, row.height() - 1), QFont::DemiBold);
    const QString words = tr("‹ %1 more").arg(grouped(more));
    const double cells = std::ceil((QFontMetricsF(font).horizontalAdvance(words) + 6) / m_layout.cell_width);
    const QRectF box(m_layout.cellsOf(row).left() - 2, row.top() + 1, cells * m_layout.cell_width + 2, // Whole cells.
                     row.height() - (row.height() > 14 ? 4 : 2));
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_palette.panel);
    painter.drawRoundedRect(box, 3, 3);
    text(painter, box, Qt::AlignCenter, font, m_palette.text, words);
}

void FlowScene::drawMarkers(QPainter& painter, const QRectF& row, EventType type, int partition,
                            std::int64_t first_offset, int cells) const
{
    painter.setPen(Qt::NoPen);
    const double size = std::clamp(row.height() * 0.13, 2.4, 4.0);
    // Groups at the same offset stand beside each other, so that none is hidden.
    std::vector<std::pair<std::int64_t, int>> at;
    for (std::size_t g = 0; g < m_data.committed.size(); ++g) {
        const auto& offsets = m_data.committed[g][std::size_t(type)];
        if (std::size_t(partition) < offsets.size())
            at.emplace_back(
                std::clamp<std::int64_t>(offsets[std::size_t(partition)], first_offset, first_offset + cells), int(g));
    }
    for (const auto& [offset, group] : at) {
        const auto same = std::count_if(at.begin(), at.end(), [o = offset](const auto& a) { return a.first == o; });
        const auto before = std::count_if(
            at.begin(), at.end(), [o = offset, g = group](const auto& a) { return a.first == o && a.second < g; });
        const double step = size * 2 + 1;
        const double x = m_layout.cellsOf(row).left() + double(offset - first_offset) * m_layout.cell_width
                         + (double(before) - double(same - 1) / 2) * step;
        painter.setBrush(m_data.groups[std::size_t(group)].colour);
        groupMark(painter, QPointF(x, row.bottom() - size * 0.9), size, std::size_t(group));
    }
}

void FlowScene::dimEqual(QPainter& painter) const
{
    const EqualParts& equal = m_data.equal;
    const auto dim = [&](bool is_equal, const QRectF& box, const QColor& ground) {
        if (!is_equal)
            return;
        QColor veil = ground;
        veil.setAlphaF(0.58f);
        painter.setPen(Qt::NoPen);
        painter.setBrush(veil);
        painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 10, 10);
    };
    dim(equal.api, m_layout.api, m_palette.window);
    dim(equal.store, m_layout.store, m_palette.window);
    dim(equal.dead_letters, m_layout.dead_letters, m_palette.window);
    for (std::size_t t = 0; t < equal.topics.size(); ++t)
        dim(equal.topics[t], m_layout.topics[t].area, m_palette.bus);
    for (std::size_t g = 0; g < equal.groups.size() && g < m_layout.groups.size(); ++g)
        dim(equal.groups[g], m_layout.groups[g], m_palette.window);
}

void FlowScene::drawFocus(QPainter& painter) const
{
    if (m_data.focus.kind == NodeId::Kind::None)
        return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_palette.accent, 2, Qt::DotLine));
    painter.drawRoundedRect(m_layout.rectOf(m_data.focus).adjusted(-4, -4, 4, 4), 12, 12);
}

} // namespace orderlab::ui
