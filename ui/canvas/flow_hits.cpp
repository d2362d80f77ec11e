#include "ui/canvas/flow_hits.h"

#include "ui/canvas/flow_scene.h"
#include "ui/canvas/moving_paint.h"

#include <cmath>

namespace orderlab::ui {

namespace {

constexpr double token_reach = 11; ///< Pixels around a token's centre.

/// The newest is on top.
OrderId tokenAt(QPointF scene, const Routes& routes, const TokenField& tokens)
{
    const double now = tokens.time();
    for (auto token = tokens.tokens().rbegin(); token != tokens.tokens().rend(); ++token) {
        if (token->start_s > now)
            continue;
        const QPointF way = shownAt(*token, routes, now) - scene;
        if (std::hypot(way.x(), way.y()) < token_reach)
            return token->order;
    }
    return {};
}

const LogCell* cellAt(QPointF scene, const FlowLayout& layout, const LogTail& tail)
{
    for (const EventType type : all_event_types) {
        const auto& rows = layout.topics[std::size_t(type)].rows;
        for (std::size_t p = 0; p < rows.size(); ++p) {
            const QRectF cells = layout.cellsOf(rows[p]);
            if (!cells.contains(scene))
                continue;
            const auto& log = tail.cells(type, std::uint16_t(p));
            const std::int64_t end = log.empty() ? 0 : log.back().offset + 1;
            const std::int64_t offset = firstShownOffset(end, layout.cellCount(rows[p]))
                                        + std::int64_t((scene.x() - cells.left()) / layout.cell_width);
            for (const LogCell& cell : log) {
                if (cell.offset == offset)
                    return &cell;
            }
        }
    }
    return nullptr;
}

} // namespace

OrderId orderAt(QPointF scene, const FlowLayout& layout, const Routes& routes, const TokenField& tokens,
                const LogTail& tail)
{
    const OrderId moving = tokenAt(scene, routes, tokens);
    if (!moving.isNull())
        return moving;
    const LogCell* cell = cellAt(scene, layout, tail);
    return cell ? cell->order : OrderId();
}

std::int64_t publishedAt(QPointF scene, OrderId order, const FlowLayout& layout, const LogTail& tail)
{
    const LogCell* cell = cellAt(scene, layout, tail);
    return cell && cell->order == order ? cell->time_us : 0;
}

} // namespace orderlab::ui
