#pragma once
#include "base/mutex.h"
#include "domain/event.h"

#include <atomic>
#include <deque>
#include <unordered_map>

namespace orderlab {

/// Which traces the orders and events of a journal belong to, where that is not what their ids say (spanOf(),
/// traceOf()): an order whose request brought a traceparent, an event that another program sent or that has a trace of
/// its own. So an entry needs no place for a trace. Off until somebody reads it: then nothing is kept. Any thread.
///
/// Bounded: of more than notes_max orders, or events, the oldest are forgotten; they are then told by their ids.
class TraceTable {
public:
    static constexpr std::size_t notes_max = 65'536; ///< About 8 MiB; minutes of orders that all bring a trace.

    void turnOn() { m_is_on = true; }
    bool isOn() const { return m_is_on.load(std::memory_order_relaxed); }

    /// `caller`: the trace that the order's request brought, and the caller's span.
    void noteOrder(OrderId order, const TraceContext& caller);
    /// An event's own trace and the span that sends it, unless they are what anybody would expect.
    void noteEvent(const Event& event);

    /// Nothing: its trace is traceOf(), begun here.
    std::optional<TraceContext> order(OrderId id) const;
    /// Nothing: its trace is its order's, its span spanOf().
    std::optional<TraceContext> event(EventId id) const;

private:
    struct Notes {
        std::unordered_map<Uuid, TraceContext, UuidHash> map;
        std::deque<Uuid> in_order; ///< The oldest first.
        void add(const Uuid& id, const TraceContext& context);
        std::optional<TraceContext> find(const Uuid& id) const;
    };

    std::atomic<bool> m_is_on{false};
    mutable Mutex m_mutex;
    Notes m_orders ORDERLAB_GUARDED_BY(m_mutex);
    Notes m_events ORDERLAB_GUARDED_BY(m_mutex);
    std::atomic<bool> m_has_orders{false}, m_has_events{false}; ///< Usually not: then nobody needs the lock.
};

} // namespace orderlab
