#include "headless/dead_letter_text.h"

#include "headless/json_text.h"

namespace orderlab {

namespace {

/// "2026-01-31 12:00:00"
std::string when(const JsonNode& node, std::string_view name)
{
    std::string text = textIn(node, name).substr(0, 19);
    if (text.size() > 10)
        text[10] = ' ';
    return text;
}

} // namespace

namespace {

/// "{not json" (9 bytes), or base64 and says so.
bool isNull(const JsonNode& node)
{
    return node.type == JsonType::Null;
}

std::string bytesText(const JsonNode& bytes)
{
    if (isNull(bytes))
        return "none (null)";
    const bool is_text = bytes.find("text") != nullptr;
    return (is_text ? textIn(bytes, "text") : textIn(bytes, "base64")) + " (" + textIn(bytes, "bytes") + " bytes"
           + (is_text ? ")" : ", shown in base64)");
}

} // namespace

std::string lettersText(const JsonNode& letters, bool has_more)
{
    if (letters.items.empty())
        return "No dead letters.\n";
    std::string text = padded("ID", 38) + padded("GIVEN UP (UTC)", 21) + padded("STATE", 11) + padded("GROUP", 24)
                       + padded("EVENT", 19) + padded("ATTEMPTS", 10) + "ERROR\n";
    for (const JsonNode& letter : letters.items) {
        text += padded(textIn(letter, "id"), 38) + padded(when(letter, "given_up_at"), 21)
                + padded(textIn(letter, "state"), 11) + padded(textIn(letter, "group"), 24)
                + padded(textIn(in(letter, "source"), "topic"), 19) + padded(textIn(letter, "attempts"), 10)
                + textIn(letter, "error") + '\n';
    }
    if (has_more)
        text += "There are more: --limit.\n";
    return text;
}

std::string causesText(const JsonNode& answer)
{
    const JsonNode& causes = in(answer, "causes");
    if (causes.items.empty())
        return "No dead letters.\n";
    std::string text =
        padded("COUNT", 8) + padded("GROUP", 24) + padded("EVENT", 19) + padded("NEWEST (UTC)", 21) + "ERROR\n";
    for (const JsonNode& cause : causes.items) {
        text += padded(textIn(cause, "count"), 8) + padded(textIn(cause, "group"), 24)
                + padded(textIn(cause, "event"), 19) + padded(when(cause, "newest"), 21) + textIn(cause, "error")
                + '\n';
    }
    return text;
}

std::string letterText(const JsonNode& letter)
{
    const JsonNode &event = in(letter, "event"), &source = in(letter, "source");
    std::string text = "Dead letter " + textIn(letter, "id") + ", " + textIn(letter, "state") + '\n';
    const auto line = [&](const char* name, const std::string& value) {
        text += "  " + padded(name, 12) + value + '\n';
    };
    line("group", textIn(letter, "group"));
    const JsonNode* record = letter.find("record");
    if (!record) {
        line("event", textIn(event, "type") + ' ' + textIn(event, "id"));
        line("order", textIn(event, "order_id"));
    } else {
        line("record", "none of our events: it can be discarded, not replayed");
    }
    line("from", textIn(source, "topic") + ", partition " + textIn(source, "partition") + ", offset "
                     + textIn(source, "offset"));
    if (!record) {
        line("emitted", when(event, "time") + " UTC");
        line("trace", textIn(event, "traceparent"));
    }
    for (const JsonNode& extension : in(event, "extensions").items)
        line("header", textIn(extension, "name")
                           + (isNull(in(extension, "value")) ? ", null" : ": " + textIn(extension, "value")));
    if (record) {
        line("key", bytesText(in(*record, "key")));
        line("value", bytesText(in(*record, "value")));
    } else {
        line("data", in(event, "data").toJson());
    }
    line("given up", when(letter, "given_up_at") + " UTC, after " + textIn(letter, "attempts")
                         + (numberIn(letter, "attempts") == 1 ? " attempt" : " attempts"));
    line("error", textIn(letter, "code") + ": " + textIn(letter, "error"));
    for (const JsonNode& attempt : in(letter, "attempts_made").items) {
        line("attempt", textIn(attempt, "number") + " at " + when(attempt, "at") + ": " + textIn(attempt, "code") + ": "
                            + textIn(attempt, "error"));
    }
    for (const JsonNode& act : in(letter, "audit").items) {
        const std::string reason = textIn(act, "reason");
        line(textIn(act, "kind").c_str(),
             when(act, "at") + " by " + textIn(act, "by") + (reason.empty() ? "" : ": " + reason));
    }
    return text;
}

} // namespace orderlab
