#include "domain/event.h"

#include <cstdio>

namespace orderlab {

namespace {
Result<std::uint64_t> hexNumber(std::string_view text)
{
    std::uint64_t value = 0;
    for (char c : text) {
        const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0)
            return invalidArgument("traceparent", "must be W3C Trace Context, 00-<32 hex>-<16 hex>-<2 hex>");
        value = value << 4 | std::uint64_t(digit);
    }
    return value;
}
} // namespace

std::string_view topicName(EventType type)
{
    return event_types[std::size_t(type)].topic;
}

std::string_view cloudEventType(EventType type)
{
    return event_types[std::size_t(type)].cloud_event;
}

EventDetails noDetailsOf(EventType type)
{
    return event_types[std::size_t(type)].details();
}

Result<EventType> eventTypeOf(std::string_view name)
{
    for (EventType type : all_event_types) {
        if (topicName(type) == name || cloudEventType(type) == name)
            return type;
    }
    return invalidArgument("type", "unknown event type " + std::string(name.substr(0, 80)));
}

std::string TraceContext::traceparent() const
{
    char text[64];
    std::snprintf(text, sizeof text, "00-%016llx%016llx-%016llx-%s", static_cast<unsigned long long>(trace.high),
                  static_cast<unsigned long long>(trace.low), static_cast<unsigned long long>(span),
                  is_sampled ? "01" : "00");
    return text;
}

Result<TraceContext> TraceContext::parse(std::string_view text)
{
    const auto mistake = [] {
        return invalidArgument("traceparent", "must be W3C Trace Context, 00-<32 hex>-<16 hex>-<2 hex>");
    };
    if (text.size() < 55 || text[2] != '-' || text[35] != '-' || text[52] != '-')
        return mistake();
    const auto version = hexNumber(text.substr(0, 2));
    // A later version may add something behind a dash; ff is none.
    if (!version || *version == 0xff || (text.size() > 55 && (*version == 0 || text[55] != '-')))
        return mistake();
    const auto high = hexNumber(text.substr(3, 16)), low = hexNumber(text.substr(19, 16));
    const auto span = hexNumber(text.substr(36, 16)), flags = hexNumber(text.substr(53, 2));
    if (!high || !low || !span || !flags || (*high | *low) == 0 || *span == 0)
        return mistake();
    return TraceContext{{*high, *low}, *span, (*flags & 1) != 0};
}

std::string_view targetGroupOf(const Event& event)
{
    for (const auto& [name, value] : event.extensions) {
        if (name == target_header && value)
            return *value;
    }
    return {};
}

void setTargetGroup(Event& event, std::string_view group)
{
    std::erase_if(event.extensions, [](const auto& extension) { return extension.first == target_header; });
    if (!group.empty())
        event.extensions.emplace_back(target_header, group);
}

bool Event::operator==(const Event& other) const
{
    const bool same_record =
        undecodable && other.undecodable ? *undecodable == *other.undecodable : undecodable == other.undecodable;
    return same_record && id == other.id && order == other.order && type == other.type && time == other.time
           && trace == other.trace && data == other.data && extensions == other.extensions;
}

Event makeEvent(EventType type, const Order& order, EventId id, TimePoint now, TraceContext trace)
{
    Event event;
    event.id = id;
    event.order = order.id;
    event.type = type;
    event.time = now;
    event.trace = trace;
    event.data.user_id = order.user_id;
    event.data.total = order.total;
    event.data.details = noDetailsOf(type);
    return event;
}

} // namespace orderlab
