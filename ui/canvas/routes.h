#pragma once
#include "ui/canvas/flow_layout.h"

#include <QPainterPath>

#include <array>

namespace orderlab::ui {

/// A curve that tokens travel, sampled so that a position costs a table look-up.
class Route {
public:
    static constexpr int samples = 48;
    Route() = default;
    explicit Route(const QPainterPath& path);
    /// `part` from 0 to 1.
    QPointF at(double part) const;
    double length() const { return m_length; }

private:
    std::array<QPointF, samples + 1> m_points{};
    double m_length = 0;
};

/// Names a way between nodes, whatever the layout is.
struct RouteKey {
    enum class Kind : std::uint8_t { Accept, Publish, Deliver, Effects, Dead } kind = Kind::Accept;
    EventType topic = EventType::OrderCreated;
    std::uint16_t partition = 0;
    std::uint8_t group = 0; ///< Place in the layout.
    bool operator==(const RouteKey&) const = default;
};

/// The ways between the nodes of a layout. Pure.
class Routes {
public:
    Routes() = default;
    Routes(const FlowLayout& layout, int partitions);

    const Route& at(const RouteKey& key) const;
    std::size_t groupCount() const { return m_effects.size(); }

    static QPainterPath publishPath(const FlowLayout& layout, QPointF end);
    static QPainterPath deliverPath(const FlowLayout& layout, QPointF start, std::size_t group);
    static QPainterPath effectsPath(const FlowLayout& layout, std::size_t group);

private:
    std::size_t rowOf(const RouteKey& key) const;

    int m_partitions = 0;
    Route m_accept;
    std::vector<Route> m_publish; ///< topic × partition
    std::vector<Route> m_deliver; ///< topic × partition × group
    std::vector<Route> m_effects, m_dead;
};

/// Where events of a partition enter (left) and leave (right) the bus.
QPointF portOf(const FlowLayout& layout, EventType topic, int partition, bool right);

} // namespace orderlab::ui
