#pragma once
#include "domain/event.h"

#include <QRectF>
#include <QString>

#include <vector>

namespace orderlab::ui {

/// What the canvas has to find room for.
struct FlowShape {
    int partitions = 3;
    std::array<bool, event_type_count> active{}; ///< Topics with events; the others share a few lines.
    std::vector<QString> groups;                 ///< In the order of the configuration.
};

/// One thing on the canvas that can be pointed at, selected with the arrow keys and opened.
struct NodeId {
    enum class Kind : std::uint8_t { None, Api, Store, Topic, Group, DeadLetters } kind = Kind::None;
    int index = 0; ///< EventType of a Topic, place of a Group.
    bool operator==(const NodeId&) const = default;
};

/// Where everything on the canvas lies, in device-independent pixels at zoom 1. Pure; fits any size from least() on.
struct FlowLayout {
    static constexpr QSize least() { return {560, 300}; }
    FlowLayout() = default;
    FlowLayout(QSizeF size, const FlowShape& shape);

    QRectF api, store, redis, bus, dead_letters;
    QRectF relay;   ///< Room for words about the relay, below the store.
    QRectF gateway; ///< A tag on the payment card's lower edge; empty without that group.
    struct Topic {
        QRectF header;            ///< Name and figures.
        std::vector<QRectF> rows; ///< A partition each; fewer than there are partitions when there is no room.
        QRectF area;              ///< Header and rows.
    };
    std::array<Topic, event_type_count> topics;
    std::vector<QRectF> groups;
    double cell_width = 23;
    int rows_shown = 0;       ///< Partitions a topic that have a row.
    double channel_right = 0; ///< x of the way that effects take from the workers…
    double channel_top = 0;   ///< …y over the bus…
    double channel_left = 0;  ///< …and x down to the store.

    /// Room for cells in a row, right of the partition's number.
    QRectF cellsOf(const QRectF& row) const { return row.adjusted(24, 0, -6, 0); }
    int cellCount(const QRectF& row) const { return std::max(1, int(cellsOf(row).width() / cell_width)); }
    QPointF cellCentre(const QRectF& row, int place) const
    {
        return {cellsOf(row).left() + (place + 0.5) * cell_width, row.center().y()};
    }
    QRectF ring(std::size_t group) const;
    QRectF rectOf(NodeId node) const;
    std::vector<NodeId> nodes() const;
    NodeId nodeAt(QPointF position) const;
    /// The nearest node from `from` in the direction (dx, dy); `from` when there is none.
    NodeId neighbour(NodeId from, int dx, int dy) const;

private:
    void placeColumns(QSizeF size);
    void placeTopics(const FlowShape& shape);
    void placeGroups(const FlowShape& shape, double height);
};

} // namespace orderlab::ui
