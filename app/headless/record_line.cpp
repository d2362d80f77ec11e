#include "headless/record_line.h"

#include "base/base64.h"
#include "base/json_tree.h"
#include "base/utf8.h"
#include "headless/json_text.h"
#include "observe/log_text.h"

#include <algorithm>
#include <cstdio>

namespace orderlab {

namespace {

constexpr std::size_t payload_bytes_max = 500, cell_bytes_max = 100; ///< What a line shows of them.

/// The CloudEvents type; null: it has none.
const std::string* typeOf(const LogRecord& record)
{
    const auto found = std::ranges::find(record.headers, "ce_type", &Header::first);
    return found != record.headers.end() && found->second ? &*found->second : nullptr;
}

std::string shownBytes(const std::string* bytes, std::size_t bytes_max)
{
    if (!bytes)
        return "(none)";
    if (!isUtf8(*bytes))
        return '(' + std::to_string(bytes->size()) + " bytes that are no text: see --json)";
    std::string text;
    appendPlain(text, shortened(*bytes, bytes_max));
    return text;
}

void addBytes(JsonNode& object, const std::string& name, const std::optional<std::string>& bytes)
{
    if (!bytes)
        object.add(name, JsonNode());
    else if (isUtf8(*bytes))
        object.add(name, JsonNode::string(*bytes));
    else
        object.add(name + "_base64", JsonNode::string(toBase64(*bytes)));
}

void appendUtf16(std::string& out, unsigned unit)
{
    char text[16];
    std::snprintf(text, sizeof text, "\\u%04x", unit);
    out += text;
}

/// JSON with characters as \u escapes that a terminal would not show: they are within strings only.
std::string visibleJson(const std::string& json)
{
    std::string out;
    for (std::size_t i = 0; i < json.size();) {
        const std::size_t length = std::max<std::size_t>(1, characterLength(std::string_view(json).substr(i)));
        const std::string_view character = std::string_view(json).substr(i, length);
        i += length;
        if (printableLength(character)) {
            out += character;
            continue;
        }
        unsigned code = length == 1 ? static_cast<unsigned char>(character[0])
                                    : static_cast<unsigned char>(character[0]) & (0x7fu >> length);
        for (std::size_t byte = 1; byte < length; ++byte)
            code = code << 6 | (static_cast<unsigned char>(character[byte]) & 0x3fu);
        if (code >= 0x10000) {
            appendUtf16(out, 0xd800 + ((code - 0x10000) >> 10));
            code = 0xdc00 + ((code - 0x10000) & 0x3ff);
        }
        appendUtf16(out, code);
    }
    return out;
}

} // namespace

std::string recordTextHeading()
{
    return padded("PARTITION", 11) + padded("OFFSET", 10) + padded("TIME (UTC)", 25) + padded("KEY", 38)
           + padded("TYPE", 30) + "PAYLOAD\n";
}

std::string recordTextLine(const LogRecord& record)
{
    std::string time = toRfc3339(record.appended_at).substr(0, 23);
    time[10] = ' ';
    return padded(std::to_string(record.partition), 11) + padded(std::to_string(record.offset), 10) + padded(time, 25)
           + padded(shownBytes(record.key ? &*record.key : nullptr, cell_bytes_max), 38)
           + padded(shownBytes(typeOf(record), cell_bytes_max), 30)
           + shownBytes(record.value ? &*record.value : nullptr, payload_bytes_max) + '\n';
}

std::string recordJsonLine(const std::string& topic, const LogRecord& record)
{
    JsonNode object = JsonNode::object();
    object.add("topic", JsonNode::string(topic))
        .add("partition", JsonNode::number(record.partition))
        .add("offset", JsonNode::number(record.offset))
        .add("time", JsonNode::string(toRfc3339(record.appended_at)));
    addBytes(object, "key", record.key);
    const std::string* type = typeOf(record);
    addBytes(object, "type", type ? std::optional(*type) : std::nullopt);
    JsonNode headers = JsonNode::array();
    for (const auto& [name, value] : record.headers) { // A name may be there twice.
        headers.items.push_back(JsonNode::object());
        addBytes(headers.items.back(), "name", name);
        addBytes(headers.items.back(), "value", value);
    }
    object.add("headers", std::move(headers));
    JsonProblem problem;
    auto value = record.value ? parseJsonTree(*record.value, problem) : std::nullopt;
    if (value && (value->type == JsonType::Object || value->type == JsonType::Array))
        object.add("value", std::move(*value));
    else
        addBytes(object, "value", record.value);
    return visibleJson(object.toJson()) + '\n';
}

} // namespace orderlab
