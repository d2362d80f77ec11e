#include "postgres/postgres_values.h"

#include "base/utf8.h"

#include <boost/json.hpp>

#include <charconv>

namespace orderlab {

namespace json = boost::json;

namespace {

Error corrupt(std::string message)
{
    return {ErrorCode::Corrupt, Retry::Never, "the database holds " + std::move(message), {}};
}

std::string hexOf(std::string_view bytes)
{
    std::string text;
    for (const unsigned char byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

/// Header names and values are bytes; JSON holds text. Bytes that are no text become {"hex": …}; a value may be null.
json::value jsonOf(std::string_view bytes)
{
    if (isUtf8(bytes))
        return json::value(bytes);
    return json::object{{"hex", hexOf(bytes)}};
}

std::optional<std::string> bytesOfHex(std::string_view digits)
{
    std::string bytes;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        unsigned byte = 0;
        const char* end = digits.data() + std::min(i + 2, digits.size());
        const auto [stop, error] = std::from_chars(digits.data() + i, end, byte, 16);
        if (error != std::errc{} || stop != end || digits.size() - i < 2)
            return std::nullopt;
        bytes += char(byte);
    }
    return bytes;
}

std::optional<std::string> bytesOf(const json::value& value)
{
    if (const json::string* text = value.if_string())
        return std::string(*text);
    const json::value* hex = value.is_object() ? value.get_object().if_contains("hex") : nullptr;
    if (!hex || !hex->is_string())
        return std::nullopt;
    return bytesOfHex(hex->get_string());
}

std::string extensionsText(const Event& event)
{
    json::array list;
    for (const auto& [name, value] : event.extensions)
        list.push_back(json::array{jsonOf(name), value ? jsonOf(*value) : json::value(nullptr)});
    return json::serialize(list);
}

Result<std::vector<Header>> extensionsOf(std::string_view text)
{
    std::vector<Header> extensions;
    boost::system::error_code error;
    const json::value list = json::parse(text, error);
    if (error || !list.is_array())
        return corrupt("event extensions that are no list");
    for (const json::value& pair : list.get_array()) {
        if (!pair.is_array() || pair.get_array().size() != 2)
            return corrupt("event extensions that are no pairs");
        const json::value& bytes = pair.get_array()[1];
        auto name = bytesOf(pair.get_array()[0]), value = bytesOf(bytes);
        if (!name || (!value && !bytes.is_null()))
            return corrupt("event extensions that are no text");
        extensions.emplace_back(std::move(*name), std::move(value));
    }
    return extensions;
}

Result<void> readExtensions(Event& event, const PostgresResult& rows, int row, int column)
{
    if (rows.isNull(row, column))
        return {};
    auto extensions = extensionsOf(rows.text(row, column));
    if (!extensions)
        return extensions.error();
    event.extensions = std::move(*extensions);
    return {};
}

} // namespace

std::string dataText(const Event& event)
{
    return event.undecodable ? "null" : encodeData(event.data);
}

Result<std::string> bytesOf(const PostgresResult& rows, int row, int column)
{
    const std::string_view text = rows.text(row, column);
    auto bytes = text.starts_with("\\x") ? bytesOfHex(text.substr(2)) : std::nullopt;
    if (!bytes)
        return corrupt("bytes that cannot be read");
    return std::move(*bytes);
}

std::string storableText(std::string_view text)
{
    if (isUtf8(text) && text.find('\0') == std::string_view::npos)
        return std::string(text);
    std::string storable;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t length = 1;
        while (length <= 4 && i + length <= text.size() && !isUtf8(text.substr(i, length)))
            ++length;
        if (length > 4 || i + length > text.size() || text[i] == '\0') {
            storable += "\uFFFD";
            ++i;
        } else {
            storable += text.substr(i, length);
            i += length;
        }
    }
    return storable;
}

void EventColumns::add(const Event& event)
{
    id.add(event.id);
    order.add(event.order);
    type.addText(topicName(event.type));
    time.add(event.time);
    traceparent.addText(event.trace.traceparent());
    addExtensions(extensions, event);
    data.addJson(dataText(event));
}

void addExtensions(PostgresArray& column, const Event& event)
{
    if (event.extensions.empty())
        column.addNull();
    else
        column.addJson(extensionsText(event));
}

Result<Uuid> uuidOf(const PostgresResult& rows, int row, int column)
{
    if (rows.isNull(row, column))
        return Uuid{};
    return Uuid::parse(rows.text(row, column));
}

Result<Money> moneyOf(const PostgresResult& rows, int row, int column)
{
    const auto currency = Currency::parse(rows.text(row, column + 1));
    if (!currency)
        return corrupt("an unknown currency");
    return Money{rows.number(row, column), *currency};
}

Result<Order> orderOf(const PostgresResult& rows, int row)
{
    const auto id = uuidOf(rows, row, 0);
    const auto total = moneyOf(rows, row, 2);
    const auto status = orderStatusOf(rows.text(row, 4));
    if (!id || !total || !status)
        return corrupt("an order that cannot be read: " + std::string(rows.text(row, 0)));
    Order order;
    order.id = OrderId{*id};
    order.user_id = rows.text(row, 1);
    order.total = *total;
    order.status = *status;
    order.created_at = timeOf(rows, row, 5);
    order.updated_at = timeOf(rows, row, 6);
    order.version = std::int32_t(rows.number(row, 7));
    return order;
}

Result<Event> eventOf(const PostgresResult& rows, int row, int column)
{
    const auto id = uuidOf(rows, row, column), order = uuidOf(rows, row, column + 1);
    const auto type = eventTypeOf(rows.text(row, column + 2));
    const std::string_view data_text = rows.text(row, column + 6);
    auto data = data_text == "null" ? Result<EventData>(EventData{})
                                    : decodeData(type ? *type : EventType::OrderCreated, data_text);
    if (!id || !order || !type || !data)
        return corrupt("an event that cannot be read: " + std::string(rows.text(row, column)));
    Event event;
    event.id = EventId{*id};
    event.order = OrderId{*order};
    event.type = *type;
    event.time = timeOf(rows, row, column + 3);
    if (const auto trace = TraceContext::parse(rows.text(row, column + 4)))
        event.trace = *trace;
    ORDERLAB_TRY(return, readExtensions(event, rows, row, column + 5));
    event.data = std::move(*data);
    return event;
}

namespace {

// Members of details that have a column of their own.
constexpr std::string_view payment_column = "payment_id", reason_column = "reason";

/// From three columns: payment_id, reason, details.
Result<void> readDetails(EventDetails& details, const PostgresResult& rows, int row, int column)
{
    if (!rows.isNull(row, column + 2))
        ORDERLAB_TRY(return, decodeDetails(details, rows.text(row, column + 2)));
    const auto payment = uuidOf(rows, row, column);
    if (!payment)
        return payment.error();
    forEachMember(details, [&](std::string_view name, auto& value) {
        using Value = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, Uuid>) {
            if (name == payment_column)
                value = *payment;
        } else if constexpr (std::is_same_v<Value, std::string>) {
            if (name == reason_column)
                value = rows.text(row, column + 1);
        }
    });
    return {};
}

} // namespace

void DetailColumns::add(const EventDetails& details)
{
    EventDetails others = details;
    Uuid payment_id;
    std::string why;
    bool has_others = false; // Few events have: writing JSON for each would be in the way of all.
    forEachMember(others, [&](std::string_view name, auto& value) {
        using Value = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, Uuid>) {
            if (name == payment_column)
                payment_id = std::exchange(value, Uuid{});
        } else if constexpr (std::is_same_v<Value, std::string>) {
            value = storableText(value);
            if (name == reason_column)
                why = std::exchange(value, {});
        }
        has_others = has_others || value != Value{};
    });
    payment.addOptional(payment_id);
    why.empty() ? reason.addNull() : reason.addText(why);
    has_others ? rest.addJsonb(encodeDetails(others)) : rest.addNull();
}

Result<Event> outboxEventOf(const PostgresResult& rows, int row)
{
    const auto id = uuidOf(rows, row, 0), order = uuidOf(rows, row, 1), trace = uuidOf(rows, row, 4);
    const auto type = eventTypeOf(rows.text(row, 2));
    const auto total = moneyOf(rows, row, 7);
    if (!id || !order || !trace || !type || !total)
        return corrupt("an event that cannot be read: " + std::string(rows.text(row, 0)));
    Event event;
    event.id = EventId{*id};
    event.order = OrderId{*order};
    event.type = *type;
    event.time = timeOf(rows, row, 3);
    event.trace = {*trace, std::uint64_t(rows.number(row, 5)), rows.isNull(row, 13) || (rows.number(row, 13) & 1) != 0};
    event.data = {std::string(rows.text(row, 6)), *total, noDetailsOf(*type)};
    ORDERLAB_TRY(return, readDetails(event.data.details, rows, row, 9));
    ORDERLAB_TRY(return, readExtensions(event, rows, row, 12));
    return event;
}

} // namespace orderlab
