#include "domain/event_codec.h"

#include <boost/json.hpp>

namespace orderlab {

namespace json = boost::json;

namespace {

constexpr std::size_t data_bytes_max = 64 * 1024;

/// Names and values of our own headers, the key, and the members that all data have, with a price of six characters.
constexpr std::size_t fixed_bytes = 368;
constexpr std::size_t payment_bytes = 53;
constexpr std::size_t reason_bytes = 12; ///< Around the reason's text.

Error corrupt(std::string field, std::string message)
{
    return {ErrorCode::Corrupt, Retry::Never, std::move(message), std::move(field)};
}

Result<std::string> textMember(const json::object& object, std::string_view name, bool required)
{
    const json::value* value = object.if_contains(name);
    if (!value && !required)
        return std::string{};
    if (!value || !value->is_string())
        return invalidArgument(std::string(name), "must be a string");
    return std::string(value->get_string());
}

} // namespace

std::vector<Header> encodeHeaders(const Event& event)
{
    std::vector<Header> headers{{"ce_id", event.id.toString()},
                                {"ce_source", std::string(event_source)},
                                {"ce_type", std::string(cloudEventType(event.type))},
                                {"ce_subject", event.order.toString()},
                                {"ce_time", toRfc3339(event.time)},
                                {"ce_specversion", "1.0"},
                                {"content-type", "application/json"},
                                {"traceparent", event.trace.traceparent()}};
    headers.insert(headers.end(), event.extensions.begin(), event.extensions.end());
    return headers;
}

std::string encodeData(const EventData& data)
{
    json::object object{{"user_id", data.user_id},
                        {"amount", data.total.amountText()},
                        {"currency", data.total.currency.code()}};
    if (!data.payment.isNull())
        object["payment_id"] = data.payment.toString();
    if (!data.reason.empty())
        object["reason"] = data.reason;
    return json::serialize(object);
}

std::size_t encodedBytes(const Event& event)
{
    std::size_t bytes = 0;
    for (const auto& [name, value] : event.extensions)
        bytes += name.size() + (value ? value->size() : 0);
    if (event.undecodable)
        return bytes + event.undecodable->bytes();
    bytes += fixed_bytes + event.data.user_id.size() + event.data.reason.size();
    bytes += event.data.payment.isNull() ? 0 : payment_bytes;
    bytes += event.data.reason.empty() ? 0 : reason_bytes;
    return bytes;
}

Result<EventData> decodeData(std::string_view text)
{
    if (text.size() > data_bytes_max)
        return corrupt("data", "is larger than 64 KiB");
    boost::system::error_code error;
    const json::value value = json::parse(text, error, {}, {.max_depth = 8});
    if (error || !value.is_object())
        return corrupt("data", error ? "is not JSON: " + error.message() : "must be a JSON object");
    const json::object& object = value.get_object();
    const auto user = textMember(object, "user_id", true), amount = textMember(object, "amount", true),
               code = textMember(object, "currency", true), payment = textMember(object, "payment_id", false),
               reason = textMember(object, "reason", false);
    for (const auto* member : {&user, &amount, &code, &payment, &reason}) {
        if (!*member)
            return member->error();
    }
    const auto currency = Currency::parse(*code);
    if (!currency)
        return currency.error();
    const auto total = Money::parse(*amount, *currency);
    if (!total)
        return total.error();
    EventData data{*user, *total, {}, *reason};
    ORDERLAB_TRY(return, (OrderRequest{data.user_id, data.total}.validate()));
    if (!payment->empty()) {
        const auto id = Uuid::parse(*payment);
        if (!id)
            return invalidArgument("payment_id", id.error().message);
        data.payment = *id;
    }
    return data;
}

Result<Event> decodeEvent(const std::vector<Header>& headers, std::string_view data)
{
    Event event;
    std::string_view id, type, subject, time, version;
    for (const auto& [name, bytes] : headers) {
        const std::string_view value = bytes ? std::string_view(*bytes) : std::string_view();
        if (name == "ce_id")
            id = value;
        else if (name == "ce_type")
            type = value;
        else if (name == "ce_subject")
            subject = value;
        else if (name == "ce_time")
            time = value;
        else if (name == "ce_specversion")
            version = value;
        else if (name == "traceparent") {
            // A trace that cannot be read costs the trace, not the event (W3C Trace Context, section 3.2).
            if (const auto trace = TraceContext::parse(value))
                event.trace = *trace;
        } else if (name != "ce_source" && name != "content-type")
            event.extensions.emplace_back(name, bytes);
    }
    if (version != "1.0")
        return corrupt("ce_specversion", "must be 1.0");
    const auto event_id = Uuid::parse(id);
    if (!event_id)
        return corrupt("ce_id", event_id.error().message);
    const auto order = Uuid::parse(subject);
    if (!order)
        return corrupt("ce_subject", order.error().message);
    const auto event_type = eventTypeOf(type);
    if (!event_type)
        return corrupt("ce_type", event_type.error().message);
    const auto moment = parseRfc3339(time);
    if (!moment)
        return corrupt("ce_time", moment.error().message);
    auto decoded = decodeData(data);
    if (!decoded)
        return corrupt(decoded.error().field, decoded.error().message);
    event.id = EventId{*event_id};
    event.order = OrderId{*order};
    event.type = *event_type;
    event.time = *moment;
    event.data = std::move(*decoded);
    return event;
}

} // namespace orderlab
