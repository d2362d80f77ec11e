#include "journal/trace_table.h"

namespace orderlab {

void TraceTable::Notes::add(const Uuid& id, const TraceContext& context)
{
    const auto [found, is_new] = map.insert_or_assign(id, context);
    if (!is_new)
        return;
    in_order.push_back(id);
    if (in_order.size() > notes_max) {
        map.erase(in_order.front());
        in_order.pop_front();
    }
}

std::optional<TraceContext> TraceTable::Notes::find(const Uuid& id) const
{
    const auto found = map.find(id);
    return found == map.end() ? std::nullopt : std::optional(found->second);
}

void TraceTable::noteOrder(OrderId order, const TraceContext& caller)
{
    if (!isOn() || caller.trace.isNull())
        return;
    const MutexLock lock(m_mutex);
    m_orders.add(order, caller);
    m_has_orders = true;
}

void TraceTable::noteEvent(const Event& event)
{
    const TraceContext& trace = event.trace;
    if (!isOn() || event.undecodable || trace.trace.isNull())
        return;
    const bool is_span_usual = trace.span == spanOf(event.id);
    if (is_span_usual && trace.is_sampled && trace.trace == traceOf(event.order))
        return;
    const MutexLock lock(m_mutex);
    auto known = m_orders.find(event.order);
    if (!known && event.type == EventType::OrderCreated) { // Accepted by another process.
        known = TraceContext{trace.trace, 0, trace.is_sampled};
        m_orders.add(event.order, *known);
        m_has_orders = true;
    }
    if (is_span_usual && known && known->trace == trace.trace)
        return;
    m_events.add(event.id, trace);
    m_has_events = true;
}

std::optional<TraceContext> TraceTable::order(OrderId id) const
{
    if (!m_has_orders)
        return {};
    const MutexLock lock(m_mutex);
    return m_orders.find(id);
}

std::optional<TraceContext> TraceTable::event(EventId id) const
{
    if (!m_has_events)
        return {};
    const MutexLock lock(m_mutex);
    return m_events.find(id);
}

} // namespace orderlab
