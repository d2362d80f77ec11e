#include "http/dead_letter_json.h"

#include "base/base64.h"
#include "base/utf8.h"
#include "domain/event_codec.h"

namespace orderlab {

namespace {

constexpr std::size_t listed_record_bytes = 1'024; ///< In lists: 500 letters of a megabyte each would be too much.

JsonNode text(std::string_view value)
{
    if (isUtf8(value))
        return JsonNode::string(value);
    std::string hex = "hex:"; // Header values are bytes; JSON holds text.
    for (const unsigned char byte : value) {
        hex += "0123456789abcdef"[byte >> 4];
        hex += "0123456789abcdef"[byte & 15];
    }
    return JsonNode::string(hex);
}
JsonNode time(TimePoint value)
{
    return JsonNode::string(toRfc3339(value));
}

/// {"text":…} where the bytes are UTF-8, else {"base64":…}; how many bytes there are, and whether they are all shown.
/// Null where the record had none.
JsonNode bytesJson(const std::optional<std::string>& record_bytes, std::size_t bytes_max)
{
    if (!record_bytes)
        return JsonNode{};
    const std::string_view bytes = *record_bytes;
    std::string_view shown = bytes.substr(0, bytes_max);
    const bool is_text = isUtf8(bytes);
    while (is_text && !isUtf8(shown))
        shown.remove_suffix(1); // No character cut in two.
    JsonNode node = JsonNode::object();
    node.add(is_text ? "text" : "base64", is_text ? JsonNode::string(shown) : JsonNode::string(toBase64(shown)));
    node.add("bytes", JsonNode::number(std::uint64_t(bytes.size())));
    if (shown.size() < bytes.size())
        node.add("is_cut", JsonNode::boolean(true));
    return node;
}

JsonNode extensionsJson(const Event& event)
{
    JsonNode extensions = JsonNode::array();
    for (const auto& [name, value] : event.extensions)
        extensions.items.push_back(
            JsonNode::object().add("name", text(name)).add("value", value ? text(*value) : JsonNode{}));
    return extensions;
}

/// What is known of a record that is no event: where it lies, and its headers.
JsonNode undecodableJson(const Event& event)
{
    return JsonNode::object()
        .add("id", text(event.id.toString()))
        .add("type", JsonNode{})
        .add("order_id", JsonNode{})
        .add("time", JsonNode{})
        .add("traceparent", JsonNode{})
        .add("data", JsonNode{})
        .add("extensions", extensionsJson(event));
}

JsonNode eventJson(const Event& event)
{
    if (event.undecodable)
        return undecodableJson(event);
    JsonProblem problem;
    auto data = parseJsonTree(encodeData(event.data), problem);
    return JsonNode::object()
        .add("id", text(event.id.toString()))
        .add("type", text(cloudEventType(event.type)))
        .add("order_id", text(event.order.toString()))
        .add("time", time(event.time))
        .add("traceparent", text(event.trace.traceparent()))
        .add("data", data ? std::move(*data) : JsonNode::object())
        .add("extensions", extensionsJson(event));
}

} // namespace

JsonNode deadLetterJson(const DeadLetter& letter, std::size_t record_bytes_max)
{
    JsonNode attempts = JsonNode::array();
    for (const FailedAttempt& attempt : letter.attempts_made) {
        attempts.items.push_back(JsonNode::object()
                                     .add("at", time(attempt.at))
                                     .add("number", JsonNode::number(attempt.number))
                                     .add("code", text(name(attempt.code)))
                                     .add("error", text(attempt.error)));
    }
    JsonNode audit = JsonNode::array();
    for (const DeadLetterAct& act : letter.audit) {
        audit.items.push_back(JsonNode::object()
                                  .add("kind", text(name(act.kind)))
                                  .add("at", time(act.at))
                                  .add("by", text(act.by))
                                  .add("reason", text(act.reason)));
    }
    JsonNode source = JsonNode::object()
                          .add("topic", text(topicName(letter.event.type)))
                          .add("partition", JsonNode::number(letter.partition))
                          .add("offset", JsonNode::number(letter.offset));
    JsonNode node = JsonNode::object();
    node.add("id", text(letter.id.toString()))
        .add("group", text(letter.group))
        .add("state", text(name(letter.state)))
        .add("event", eventJson(letter.event))
        .add("source", std::move(source))
        .add("attempts", JsonNode::number(letter.attempts))
        .add("error", text(letter.error))
        .add("code", text(name(letter.code)))
        .add("given_up_at", time(letter.created_at))
        .add("attempts_made", std::move(attempts))
        .add("audit", std::move(audit));
    if (const auto& record = letter.event.undecodable) {
        node.add("record", JsonNode::object()
                               .add("key", bytesJson(record->key, record_bytes_max))
                               .add("value", bytesJson(record->value, record_bytes_max)));
    }
    return node;
}

JsonNode deadLetterPageJson(const DeadLetterPage& page)
{
    JsonNode letters = JsonNode::array();
    for (const DeadLetter& letter : page.letters)
        letters.items.push_back(deadLetterJson(letter, listed_record_bytes));
    return JsonNode::object()
        .add("dead_letters", std::move(letters))
        .add("next_cursor", page.next_cursor.empty() ? JsonNode{} : text(page.next_cursor));
}

JsonNode deadLetterCausesJson(std::span<const DeadLetterCause> causes)
{
    JsonNode list = JsonNode::array();
    for (const DeadLetterCause& cause : causes) {
        list.items.push_back(JsonNode::object()
                                 .add("group", text(cause.group))
                                 .add("event", text(topicName(cause.event_type)))
                                 .add("code", text(name(cause.code)))
                                 .add("error", text(cause.error))
                                 .add("count", JsonNode::number(cause.count))
                                 .add("oldest", time(cause.oldest))
                                 .add("newest", time(cause.newest)));
    }
    return JsonNode::object().add("causes", std::move(list));
}

JsonNode forecastJson(const DeadLetterForecast& forecast)
{
    return JsonNode::object()
        .add("to_replay", JsonNode::number(forecast.to_replay))
        .add("duplicates", JsonNode::number(forecast.duplicates))
        .add("run_again", JsonNode::number(forecast.run_again))
        .add("undecodable", JsonNode::number(forecast.undecodable))
        .add("is_complete", JsonNode::boolean(forecast.is_complete))
        .add("sentence", text(forecast.sentence()));
}

JsonNode replayReportJson(const ReplayReport& report)
{
    JsonNode node = JsonNode::object()
                        .add("replayed", JsonNode::number(report.replayed))
                        .add("skipped", JsonNode::number(report.skipped))
                        .add("remaining", JsonNode::number(report.remaining));
    if (report.failure)
        node.add("failure", text(report.failure->message));
    return node;
}

} // namespace orderlab
