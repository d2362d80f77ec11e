#include "observe/entry_trace.h"

namespace orderlab {

TraceContext EntryTrace::ofOrder(OrderId order) const
{
    if (const auto caller = m_table.order(order))
        return {caller->trace, requestSpan(order), caller->is_sampled};
    return {traceOf(order), requestSpan(order)};
}

TraceContext EntryTrace::ofEvent(OrderId order, EventId event) const
{
    if (const auto own = m_table.event(event))
        return *own;
    TraceContext context = ofOrder(order);
    context.span = spanOf(event);
    return context;
}

std::uint64_t EntryTrace::attemptSpan(const Entry& entry) const
{
    const std::uint64_t place = std::uint64_t(entry.offset) << 24 ^ std::uint64_t{entry.group} << 8 ^ entry.attempt;
    return mixedSpan(entry.event.low ^ m_run, place);
}

bool EntryTrace::isAboutEvent(const Entry& entry)
{
    return entry_kinds[std::size_t(entry.kind)].fields.has(entry_marks::topic) && !entry.event.isNull();
}

std::optional<TraceContext> EntryTrace::of(const Entry& entry) const
{
    if (entry.order.isNull())
        return {};
    if (!isAboutEvent(entry))
        return ofOrder(OrderId(entry.order));
    const EntryFields& fields = entry_kinds[std::size_t(entry.kind)].fields;
    TraceContext context = ofEvent(OrderId(entry.order), EventId(entry.event));
    if (fields.has(entry_marks::group) && fields.has(entry_marks::attempt))
        context.span = attemptSpan(entry);
    return context;
}

} // namespace orderlab
