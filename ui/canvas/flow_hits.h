#pragma once
#include "ui/canvas/flow_layout.h"
#include "ui/canvas/token_field.h"
#include "ui/models/log_tail.h"

namespace orderlab::ui {

/// The order whose token, or else whose event's mark in a partition, is at `scene`; null: none is.
OrderId orderAt(QPointF scene, const FlowLayout& layout, const Routes& routes, const TokenField& tokens,
                const LogTail& tail);

/// When the event of `order` whose mark in a partition is at `scene` was published; 0: there is none.
std::int64_t publishedAt(QPointF scene, OrderId order, const FlowLayout& layout, const LogTail& tail);

} // namespace orderlab::ui
