#include "ui/observe/order_spans.h"

#include "observe/span_conventions.h"
#include "observe/spans.h"
#include "ui/models/format.h"

#include <algorithm>

namespace orderlab::ui {

std::vector<OrderSpan> spansOf(OrderId order, const LabBridge& bridge)
{
    std::vector<OrderSpan> spans;
    const FramePump& frames = bridge.frames();
    const TraceTable table; // No request of the window brings a trace.
    const EntryTrace traces(table, 0);
    SpanOptions options;
    const bool is_kafka = bridge.commands().bus().kind != BusKind::Memory;
    options.messaging_system = [is_kafka] { return is_kafka ? conventions::system_kafka : conventions::system_memory; };
    if (bridge.engine() == Engine::Kind::OwnSystem && bridge.session().config().store != StoreKind::Memory)
        options.db_system = conventions::db_postgresql;
    SpanFold fold(frames.names().names(), traces, std::move(options), [&spans](std::vector<Span> told) {
        for (Span& span : told)
            spans.push_back({std::move(span), -1, 0});
    });
    std::int64_t last_us = 0;
    for (const Entry& entry : frames.timeline().story(order)) {
        if (const auto index = frames.indexOf(entry))
            fold.onEntries(std::span(&entry, 1), *index);
        last_us = entry.time_us;
    }
    fold.drain(last_us + std::chrono::microseconds(SpanFold::stranger_wait).count() + 1);
    // A poll that brought several events is no part of this order's trace, and is linked to it only.
    std::erase_if(spans,
                  [](const OrderSpan& one) { return !one.span.links.empty() && one.span.kind == SpanKind::Client; });
    std::stable_sort(spans.begin(), spans.end(), [](const OrderSpan& a, const OrderSpan& b) {
        // A parent before what began at the same time in it.
        return std::pair(a.span.start_us, -a.span.end_us) < std::pair(b.span.start_us, -b.span.end_us);
    });
    for (OrderSpan& one : spans) {
        for (std::size_t i = 0; i < spans.size(); ++i) {
            if (one.span.parent != 0 && spans[i].span.id == one.span.parent && spans[i].span.trace == one.span.trace)
                one.parent = int(i);
        }
        for (const Attribute& attribute : one.span.attributes) {
            if (attribute.key == conventions::entry)
                one.entry = std::uint64_t(std::get<std::int64_t>(attribute.value));
        }
    }
    return spans;
}

QString attributeText(const AttributeValue& value)
{
    if (const auto* const text = std::get_if<std::string>(&value))
        return toQt(*text);
    if (const auto* const number = std::get_if<std::int64_t>(&value))
        return QString::number(*number);
    if (const auto* const real = std::get_if<double>(&value))
        return QString::number(*real);
    return std::get<bool>(value) ? QStringLiteral("true") : QStringLiteral("false");
}

} // namespace orderlab::ui
