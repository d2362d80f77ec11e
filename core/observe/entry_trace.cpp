#include "observe/entry_trace.h"

namespace orderlab {

/// SplitMix64 (G. L. Steele et al., "Fast splittable pseudorandom number generators", 2014).
std::uint64_t mixedSpan(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t x = a + 0x9e3779b97f4a7c15ull * (b + 1);
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ x >> 27) * 0x94d049bb133111ebull;
    x ^= x >> 31;
    return x | (x == 0);
}

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

std::optional<TraceContext> EntryTrace::of(const Entry& entry) const
{
    if (entry.order.isNull())
        return {};
    const EntryFields& fields = entry_kinds[std::size_t(entry.kind)].fields;
    const bool is_about_event = fields.has(entry_marks::topic) && !entry.event.isNull(); // Else it may be a purchase.
    if (!is_about_event)
        return ofOrder(OrderId(entry.order));
    TraceContext context = ofEvent(OrderId(entry.order), EventId(entry.event));
    if (fields.has(entry_marks::group) && fields.has(entry_marks::attempt))
        context.span = attemptSpan(entry);
    return context;
}

} // namespace orderlab
