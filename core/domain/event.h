#pragma once
#include "domain/event_types.h"
#include "domain/order.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace orderlab {

/// "order-created": the topic's name without its prefix.
std::string_view topicName(EventType type);
/// "orders.order-created.v1": the CloudEvents type.
std::string_view cloudEventType(EventType type);
/// The kind of details that events of this type have, empty.
EventDetails noDetailsOf(EventType type);
/// By topicName() or cloudEventType(). Error: InvalidArgument.
Result<EventType> eventTypeOf(std::string_view name);

/// W3C Trace Context: the trace an event belongs to and the span that sends it.
struct TraceContext {
    Uuid trace;
    std::uint64_t span = 0;
    bool is_sampled = true; ///< Whether whoever began the trace records it.

    bool operator==(const TraceContext&) const = default;
    /// Version 00: "00-<32 hex>-<16 hex>-01", or -00.
    std::string traceparent() const;
    /// Later versions, too, as far as version 00 goes (section 4.1 of the Recommendation). Error: InvalidArgument.
    static Result<TraceContext> parse(std::string_view traceparent);
};

/// The span that sends an event of ours, so that whoever knows the event knows its span: the random half of its id.
inline std::uint64_t spanOf(EventId id)
{
    return id.low | (id.low == 0);
}
/// The trace of an order whose request brought none: the bytes of its id. Nothing has to be remembered for it.
inline Uuid traceOf(OrderId id)
{
    return id;
}

/// A further header of a record. Nothing: its value is null, which is not an empty one.
using Header = std::pair<std::string, std::optional<std::string>>;

/// A record of a log that is none of our events: what another program, or an older one, has written there.
struct UndecodableRecord {
    Error error;                      ///< What is wrong with it; Corrupt, retry Never.
    std::optional<std::string> key;   ///< As it was, bytes. Nothing: it had none (null), which is not an empty one.
    std::optional<std::string> value; ///< Likewise: a record without a value, a tombstone.
    std::size_t bytes() const { return (key ? key->size() : 0) + (value ? value->size() : 0); }
    bool operator==(const UndecodableRecord& other) const { return key == other.key && value == other.value; }
};

/// A CloudEvents 1.0 event as the program holds it; event_codec.h gives its wire form. A value.
struct Event {
    EventId id;
    OrderId order; ///< CloudEvents subject, and the key that keeps events of one order in order.
    EventType type = EventType::OrderCreated;
    TimePoint time;
    TraceContext trace;
    EventData data;
    std::vector<Header> extensions; ///< Further headers; carried along unchanged.
    /// Set where a record could not be decoded: then `type` is the topic, `id` names its place in the log,
    /// `extensions` are all of its headers, and the rest is empty. Workers give it up at once.
    std::shared_ptr<const UndecodableRecord> undecodable = {};

    bool operator==(const Event& other) const;
};

/// A copy of an event that only one consumer group is to handle: a replayed dead letter. The CloudEvents extension
/// attribute "orderlabtarget", as a header of the Kafka binary binding.
inline constexpr std::string_view target_header = "ce_orderlabtarget";
/// The full name of the only group that is to handle `event`; empty: every group that takes its topic.
std::string_view targetGroupOf(const Event& event);
/// Empty takes the address away.
void setTargetGroup(Event& event, std::string_view group);

/// The event that says what happened to `order`; its details are empty.
Event makeEvent(EventType type, const Order& order, EventId id, TimePoint now, TraceContext trace);

/// The partition of `order` among `partitions`; the same for every bus in this process and every topic.
inline std::uint16_t partitionOf(OrderId order, std::uint16_t partitions)
{
    return std::uint16_t(hashValue(order) % partitions);
}

} // namespace orderlab
