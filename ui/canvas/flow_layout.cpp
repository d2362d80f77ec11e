#include "ui/canvas/flow_layout.h"

#include "domain/group_roles.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace orderlab::ui {

namespace {

constexpr double topic_header = 24;
constexpr double topic_header_low = 15; ///< Where there is little room.
constexpr double quiet_line = 20;       ///< Topics without events, two beside each other.
constexpr double row_gap = 6;
constexpr double row_min = 12;
constexpr double row_height_min = 7;
constexpr double row_pitch_low = 8.5;
constexpr double row_max = 32;

} // namespace

FlowLayout::FlowLayout(QSizeF size, const FlowShape& shape)
{
    const QSizeF room = size.expandedTo(least());
    placeColumns(room);
    placeTopics(shape);
    placeGroups(shape, room.height());
}

void FlowLayout::placeColumns(QSizeF size)
{
    const double width = size.width();
    const double height = size.height();
    const double spread = std::clamp((width - 620) / 380, 0.0, 1.0); // 0: narrow window, 1: the design's width.
    const double left_margin = 14 + 6 * spread;
    const double store_width = 116 + 16 * spread;
    const double worker_width = 178 + 52 * spread;
    const double gap_left = 44 + 32 * spread;
    const double gap_right = 58 + 40 * spread;
    const double right_margin = 22 + 30 * spread;
    const double top = 44;
    const double bottom = 12;

    const double bus_left = left_margin + store_width + gap_left;
    const double bus_right = width - right_margin - worker_width - gap_right;
    bus = QRectF(bus_left, top, bus_right - bus_left, height - top - bottom);
    const double store_height = std::min(132.0, height * 0.36);
    const double middle = top + (height - top - bottom) * 0.46;
    const double api_height = 58;
    const double between = std::clamp(height * 0.13, 30.0, 76.0);
    const double stack = api_height + between + store_height;
    api = QRectF(left_margin, std::max(top + 12, middle - stack / 2), store_width, api_height);
    store = QRectF(left_margin, api.bottom() + between, store_width, store_height);

    redis = QRectF(left_margin + 6, store.bottom() - 10, bus_left - left_margin - 12, 16);
    relay = QRectF(left_margin, store.bottom() + 5, bus_left - left_margin - 6, 30);

    groups.clear();
    gateway = {};
    dead_letters = QRectF(width - right_margin - worker_width, height - bottom - 30, worker_width, 30);
    channel_right = width - right_margin / 2 - 4;
    channel_top = 28;
    channel_left = bus_left - gap_left * 0.2;
}

void FlowLayout::placeTopics(const FlowShape& shape)
{
    const int active = int(std::count(shape.active.begin(), shape.active.end(), true));
    const int quiet = int(event_type_count) - active;
    const double inner_left = bus.left() + 14;
    const double inner_width = bus.width() - 28;
    double inner_top = bus.top() + 38;
    const int quiet_columns = quiet > 1 ? 2 : 1;
    const int quiet_lines = (quiet + quiet_columns - 1) / quiet_columns;
    const double quiet_height = quiet_line * quiet_lines;
    const double inner_bottom = bus.bottom() - 10 - quiet_height;
    // Where all partitions have no room otherwise, names and gaps give way.
    double header = topic_header, between = 8, pitch_min = row_min + 3;
    const auto room = [&] { return std::max(0.0, inner_bottom - inner_top - active * (header + between)); };
    if (active > 0 && room() < pitch_min * shape.partitions * active) {
        header = topic_header_low;
        between = 2;
        inner_top = bus.top() + 30;
        pitch_min = row_pitch_low;
    }
    rows_shown = shape.partitions;
    double pitch = row_max + row_gap;
    if (active > 0) {
        rows_shown = std::clamp(int(room() / (pitch_min * active)), 1, shape.partitions);
        pitch = std::min(pitch, room() / (rows_shown * active));
    }
    const double gap = std::min(row_gap, std::max(pitch < row_min ? 1.5 : 2.0, pitch * 0.18));
    const double row_height = std::clamp(pitch - gap, row_height_min, row_max);
    // What is left over goes between the topics, so that the column is filled evenly.
    const double extra = active > 0 ? std::max(0.0, room() - pitch * rows_shown * active) / active : 0;
    cell_width = std::clamp(row_height * 0.95, 14.0, 23.0);

    double y = inner_top;
    int quiet_before = 0;
    const double column = inner_width / quiet_columns;
    const double quiet_top = active > 0 ? inner_bottom + 4 : inner_top;
    for (std::size_t t = 0; t < event_type_count; ++t) {
        Topic& topic = topics[t];
        topic.rows.clear();
        if (!shape.active[t]) {
            topic.header = QRectF(inner_left + column * (quiet_before % quiet_columns),
                                  quiet_top + quiet_line * (quiet_before / quiet_columns), column, quiet_line);
            topic.area = topic.header;
            ++quiet_before;
            continue;
        }
        topic.header = QRectF(inner_left, y, inner_width, header);
        y += header;
        for (int p = 0; p < rows_shown; ++p) {
            topic.rows.push_back(QRectF(inner_left, y, inner_width, row_height));
            y += row_height + gap;
        }
        topic.area = QRectF(topic.header.topLeft(), QPointF(topic.header.right(), y));
        y += between + std::min(extra, 26.0);
    }
}

void FlowLayout::placeGroups(const FlowShape& shape, double)
{
    if (shape.groups.empty())
        return;
    const double top = bus.top();
    const double bottom = dead_letters.top() - 14;
    const double pitch = std::min(132.0, (bottom - top) / double(shape.groups.size()));
    const double height = std::clamp(pitch - 10, 44.0, 96.0);
    const double step = shape.groups.size() > 1 ? (bottom - top - height) / double(shape.groups.size() - 1) : 0;
    for (std::size_t g = 0; g < shape.groups.size(); ++g)
        groups.push_back(QRectF(dead_letters.left(), top + step * double(g), dead_letters.width(), height));
    const auto payment = std::find(shape.groups.begin(), shape.groups.end(),
                                   QLatin1String(group_roles.pays.data(), qsizetype(group_roles.pays.size())));
    if (payment != shape.groups.end()) {
        const QRectF& card = groups[std::size_t(payment - shape.groups.begin())];
        gateway = QRectF(card.left() + 12, card.bottom() - 9, card.width() - 22, 18);
    }
}

QRectF FlowLayout::ring(std::size_t group) const
{
    const QRectF card = groups[group];
    const double size = std::min(card.width() < 205 ? 34.0 : 46.0, card.height() - 26);
    return {card.left() + 12, card.center().y() - size / 2, size, size};
}

QRectF FlowLayout::rectOf(NodeId node) const
{
    switch (node.kind) {
    case NodeId::Kind::Api: return api;
    case NodeId::Kind::Store: return store;
    case NodeId::Kind::Topic: return topics[std::size_t(node.index)].area;
    case NodeId::Kind::Group:
        return std::size_t(node.index) < groups.size() ? groups[std::size_t(node.index)] : QRectF();
    case NodeId::Kind::DeadLetters: return dead_letters;
    case NodeId::Kind::None: break;
    }
    return {};
}

std::vector<NodeId> FlowLayout::nodes() const
{
    std::vector<NodeId> all = {{NodeId::Kind::Api, 0}, {NodeId::Kind::Store, 0}};
    for (int t = 0; t < int(event_type_count); ++t)
        all.push_back({NodeId::Kind::Topic, t});
    for (int g = 0; g < int(groups.size()); ++g)
        all.push_back({NodeId::Kind::Group, g});
    all.push_back({NodeId::Kind::DeadLetters, 0});
    return all;
}

NodeId FlowLayout::nodeAt(QPointF position) const
{
    for (const NodeId node : nodes()) {
        if (rectOf(node).contains(position))
            return node;
    }
    return {};
}

NodeId FlowLayout::neighbour(NodeId from, int dx, int dy) const
{
    if (from.kind == NodeId::Kind::None)
        return {NodeId::Kind::Api, 0};
    const QPointF origin = rectOf(from).center();
    NodeId best = from;
    double best_cost = std::numeric_limits<double>::max();
    for (const NodeId node : nodes()) {
        if (node == from)
            continue;
        const QPointF way = rectOf(node).center() - origin;
        const double along = way.x() * dx + way.y() * dy;
        const double across = std::abs(way.x() * dy) + std::abs(way.y() * dx);
        if (along < 8 || across > along * 3)
            continue;
        if (const double cost = along + 1.5 * across; cost < best_cost) {
            best_cost = cost;
            best = node;
        }
    }
    return best;
}

} // namespace orderlab::ui
