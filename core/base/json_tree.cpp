#include "base/json_tree.h"

#include <algorithm>
#include <charconv>

namespace orderlab {

namespace {

constexpr std::size_t columns_max = 100;

void writeString(std::string& out, std::string_view text)
{
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            (out += '\\') += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (std::uint8_t(c) < 0x20) {
            ((out += "\\u00") += digits[std::uint8_t(c) >> 4]) += digits[std::uint8_t(c) & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

/// `gap`: what stands behind commas and colons.
void write(std::string& out, const JsonNode& node, std::string_view gap)
{
    const char* between = "";
    switch (node.type) {
    case JsonType::Null: out += "null"; break;
    case JsonType::Boolean:
    case JsonType::Number: out += node.text; break;
    case JsonType::String: writeString(out, node.text); break;
    case JsonType::Array:
        out += '[';
        for (const JsonNode& item : node.items) {
            out += between;
            if (*between)
                out += gap;
            between = ",";
            write(out, item, gap);
        }
        out += ']';
        break;
    case JsonType::Object:
        out += '{';
        for (const JsonNode::Member& member : node.members) {
            out += between;
            if (*between)
                out += gap;
            between = ",";
            writeString(out, member.name);
            (out += ':') += gap;
            write(out, member.value, gap);
        }
        out += '}';
        break;
    }
}

void writePretty(std::string& out, const JsonNode& node, std::size_t indent, std::size_t column)
{
    std::string line;
    write(line, node, " ");
    const bool is_simple = node.items.empty() && node.members.empty();
    if (is_simple || (indent > 0 && column + line.size() <= columns_max)) {
        out += line;
        return;
    }
    const std::string inner(indent + 2, ' ');
    const char* between = "\n";
    out += node.type == JsonType::Array ? '[' : '{';
    for (const JsonNode& item : node.items) {
        (out += between) += inner;
        between = ",\n";
        writePretty(out, item, indent + 2, indent + 2);
    }
    for (const JsonNode::Member& member : node.members) {
        (out += between) += inner;
        between = ",\n";
        const std::size_t start = out.size();
        writeString(out, member.name);
        out += ": ";
        writePretty(out, member.value, indent + 2, indent + 2 + out.size() - start);
    }
    (out += '\n').append(indent, ' ') += node.type == JsonType::Array ? ']' : '}';
}

} // namespace

JsonNode JsonNode::number(double value)
{
    char digits[32];
    const char* end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    return {JsonType::Number, 0, std::string(digits, std::size_t(end - digits)), {}, {}};
}

JsonNode& JsonNode::add(std::string_view name, JsonNode value)
{
    members.push_back({std::string(name), 0, std::move(value)});
    return *this;
}

const JsonNode* JsonNode::find(std::string_view name) const
{
    const auto found = std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.name == name; });
    return found == members.end() ? nullptr : &found->value;
}

std::string JsonNode::toJson() const
{
    std::string out;
    write(out, *this, "");
    return out;
}

std::string JsonNode::toPrettyJson() const
{
    std::string out;
    writePretty(out, *this, 0, 0);
    return out + '\n';
}

} // namespace orderlab
