#pragma once
#include "observe/span.h"
#include "ui/bridge/lab_bridge.h"

namespace orderlab::ui {

/// A span among those of its order.
struct OrderSpan {
    Span span;
    int parent = -1;         ///< Its place in the same list; -1: none is there.
    std::uint64_t entry = 0; ///< That began it: its place in the timeline.
};

/// The spans of an order, those that began first first, as they are exported over OTLP: from what the journal tells,
/// up to its end. Spans that have not ended are left out. What a request has brought (its own span) is not known here,
/// and polls, which are traces of their own, are left out.
std::vector<OrderSpan> spansOf(OrderId order, const LabBridge& bridge);

/// "messaging.operation.name" → "process"…
QString attributeText(const AttributeValue& value);

} // namespace orderlab::ui
