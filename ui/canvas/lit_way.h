#pragma once
#include "journal/entry.h"
#include "ui/bridge/journal_names.h"
#include "ui/canvas/routes.h"

class QPainter;

namespace orderlab::ui {

struct Palette;

/// What stands out in the event flow: the way that one step of a story took, or where it took place. A value.
struct LitWay {
    std::optional<RouteKey> route;
    bool is_backward = false; ///< Against the way's own direction.
    std::vector<NodeId> nodes;
    bool operator==(const LitWay&) const = default;
};

/// `groups` in the order of their cards. Nothing lights for what has no place there.
LitWay litWayOf(const Entry& entry, const JournalNames& names, const std::vector<QString>& groups);

/// Over the scene, below the tokens: a line with an arrowhead, and brackets around the nodes, so that it is not told by
/// a colour.
void drawLitWay(QPainter& painter, const LitWay& lit, const FlowLayout& layout, const Routes& routes,
                const Palette& palette);

} // namespace orderlab::ui
