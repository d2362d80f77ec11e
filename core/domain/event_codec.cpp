#include "domain/event_codec.h"

#include <boost/json.hpp>

namespace orderlab {

namespace json = boost::json;

namespace {

constexpr std::size_t data_bytes_max = 64 * 1024;

/// Names and values of our own headers, the key, and the members that all data have, with a price of six characters.
constexpr std::size_t fixed_bytes = 368;
/// Around a name and a value, about.
constexpr std::size_t member_bytes = 6;
constexpr std::size_t uuid_bytes = 37;
constexpr std::size_t number_bytes = 8;

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

// Members of details: a Uuid, a std::string or a std::int64_t.

template <typename Value>
bool isEmpty(const Value& value)
{
    return value == Value{};
}

template <typename Value>
json::value jsonOf(const Value& value)
{
    if constexpr (std::is_same_v<Value, Uuid>)
        return json::value(value.toString());
    else
        return json::value(value);
}

template <typename Value>
std::size_t bytesOf(const Value& value)
{
    if constexpr (std::is_same_v<Value, std::string>)
        return value.size();
    else
        return std::is_same_v<Value, Uuid> ? uuid_bytes : number_bytes;
}

template <typename Value>
Result<void> readMember(const json::object& object, std::string_view name, Value& value)
{
    if constexpr (std::is_same_v<Value, std::int64_t>) {
        const json::value* number = object.if_contains(name);
        if (number && !number->is_int64())
            return invalidArgument(std::string(name), "must be a whole number below 2^63");
        value = number ? number->get_int64() : value;
    } else {
        auto text = textMember(object, name, false);
        if (!text)
            return text.error();
        if constexpr (std::is_same_v<Value, std::string>) {
            value = std::move(*text);
        } else if (!text->empty()) {
            const auto id = Uuid::parse(*text);
            if (!id)
                return invalidArgument(std::string(name), id.error().message);
            value = *id;
        }
    }
    return {};
}

void addDetails(json::object& object, const EventDetails& details)
{
    forEachMember(details, [&](std::string_view name, const auto& value) {
        if (!isEmpty(value))
            object[name] = jsonOf(value);
    });
}

Result<void> readDetails(const json::object& object, EventDetails& details)
{
    Result<void> read;
    forEachMember(details, [&](std::string_view name, auto& value) {
        if (read)
            read = readMember(object, name, value);
    });
    return read;
}

/// Error: Corrupt when it is no JSON object, or too large a one.
Result<json::object> objectOf(std::string_view text)
{
    if (text.size() > data_bytes_max)
        return corrupt("data", "is larger than 64 KiB");
    boost::system::error_code error;
    json::value value = json::parse(text, error, {}, {.max_depth = 8});
    if (error || !value.is_object())
        return corrupt("data", error ? "is not JSON: " + error.message() : "must be a JSON object");
    return std::move(value.get_object());
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
                                {"content-type", "application/json"}};
    if (!event.trace.trace.isNull()) // A record of another program may have none.
        headers.emplace_back("traceparent", event.trace.traceparent());
    headers.insert(headers.end(), event.extensions.begin(), event.extensions.end());
    return headers;
}

std::string encodeData(const EventData& data)
{
    json::object object{
        {"user_id", data.user_id}, {"amount", data.total.amountText()}, {"currency", data.total.currency.code()}};
    addDetails(object, data.details);
    return json::serialize(object);
}

std::string encodeDetails(const EventDetails& details)
{
    json::object object;
    addDetails(object, details);
    return json::serialize(object);
}

Result<void> decodeDetails(EventDetails& details, std::string_view text)
{
    const auto object = objectOf(text);
    if (!object)
        return object.error();
    return readDetails(*object, details);
}

std::size_t encodedBytes(const Event& event)
{
    std::size_t bytes = 0;
    for (const auto& [name, value] : event.extensions)
        bytes += name.size() + (value ? value->size() : 0);
    if (event.undecodable)
        return bytes + event.undecodable->bytes();
    bytes += fixed_bytes + event.data.user_id.size();
    forEachMember(event.data.details, [&](std::string_view name, const auto& value) {
        if (!isEmpty(value))
            bytes += name.size() + member_bytes + bytesOf(value);
    });
    return bytes;
}

Result<EventData> decodeData(EventType type, std::string_view text)
{
    const auto parsed = objectOf(text);
    if (!parsed)
        return parsed.error();
    const json::object& object = *parsed;
    const auto user = textMember(object, "user_id", true), amount = textMember(object, "amount", true),
               code = textMember(object, "currency", true);
    for (const auto* member : {&user, &amount, &code}) {
        if (!*member)
            return member->error();
    }
    const auto currency = Currency::parse(*code);
    if (!currency)
        return currency.error();
    const auto total = Money::parse(*amount, *currency);
    if (!total)
        return total.error();
    EventData data{*user, *total, noDetailsOf(type)};
    ORDERLAB_TRY(return, (OrderRequest{data.user_id, data.total}.validate()));
    ORDERLAB_TRY(return, readDetails(object, data.details));
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
            // A trace that cannot be read costs the trace, not the event (W3C Trace Context, section 3.2). Of several
            // the last counts: who forwards a message appends its own.
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
    auto decoded = decodeData(*event_type, data);
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
