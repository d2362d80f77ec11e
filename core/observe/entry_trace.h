#pragma once
#include "domain/derived_ids.h"
#include "journal/journal.h"
#include "journal/trace_table.h"

namespace orderlab {

/// Which trace and span an entry of the journal belongs to: told from the entry itself and the journal's TraceTable, so
/// that spans, lines of the log and exemplars agree without anything being remembered. Any thread.
class EntryTrace {
public:
    /// `run` makes spans of this process different from those of others; any number.
    EntryTrace(const TraceTable& table, std::uint64_t run) : m_table(table), m_run(run) {}

    /// Of everything that is about the order and no event of a trace of its own.
    TraceContext ofOrder(OrderId order) const;
    /// The event's trace, and the span that sends it.
    TraceContext ofEvent(OrderId order, EventId event) const;
    /// What the event brought: a trace, or a span, of its own; nothing: it belongs to its order's trace.
    std::optional<TraceContext> ownOf(EventId event) const { return m_table.event(event); }
    /// The span of one attempt of a group at an event.
    std::uint64_t attemptSpan(const Entry& entry) const;
    /// The span of the request that has made the order.
    static std::uint64_t requestSpan(OrderId order) { return order.low | (order.low == 0); }
    /// Whether an entry is about its event, rather than about its order or a purchase.
    static bool isAboutEvent(const Entry& entry);
    /// Nothing: it is about no order.
    std::optional<TraceContext> of(const Entry& entry) const;
    /// What a caller had brought for the order; nothing: the trace begins here.
    std::optional<TraceContext> callerOf(OrderId order) const { return m_table.order(order); }

private:
    const TraceTable& m_table;
    const std::uint64_t m_run;
};

} // namespace orderlab
