#include "base/json_fields.h"

#include "base/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace orderlab {

namespace {

/// Nothing when the literal does not fit into a double.
std::optional<double> doubleOf(const JsonNode& node)
{
    double value = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [stop, error] = std::from_chars(node.text.data(), end, value);
    if (node.type != JsonType::Number || error != std::errc{} || stop != end)
        return std::nullopt;
    return value;
}

std::string rangeText(const std::string& min, const std::string& max)
{
    return " from " + min + " to " + max;
}

} // namespace

std::optional<std::uint64_t> wholeNumberOf(const JsonNode& node)
{
    constexpr double exact_max = 9007199254740992; // 2^53
    std::uint64_t whole = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [stop, error] = std::from_chars(node.text.data(), end, whole);
    if (node.type == JsonType::Number && error == std::errc{} && stop == end)
        return whole;
    const auto value = doubleOf(node);
    if (!value || !(*value >= 0 && *value <= exact_max) || *value != std::floor(*value))
        return std::nullopt;
    return std::uint64_t(*value);
}

std::string numberText(double value)
{
    return JsonNode::number(value).text;
}

JsonNode durationNode(Duration duration, double unit_us)
{
    return JsonNode::number(double(duration.count()) / unit_us);
}

JsonFields::JsonFields(const JsonNode& node, std::string path, std::vector<JsonProblem>& problems)
    : m_node(node), m_path(std::move(path)), m_problems(problems)
{
    if (node.type != JsonType::Object)
        m_problems.push_back({node.offset, m_path, "must be a JSON object"});
}

std::string JsonFields::pathOf(std::string_view name) const
{
    return m_path.empty() ? std::string(name) : m_path + '.' + std::string(name);
}

void JsonFields::note(std::size_t offset, std::string_view name, std::string reason)
{
    m_problems.push_back({offset, pathOf(name), std::move(reason)});
}

void JsonFields::note(std::string_view name, std::string reason)
{
    const JsonNode* node = m_node.find(name);
    note(node ? node->offset : m_node.offset, name, std::move(reason));
}

const JsonNode* JsonFields::take(std::string_view name)
{
    if (std::find(m_known.begin(), m_known.end(), name) == m_known.end())
        m_known.emplace_back(name);
    return m_node.find(name);
}

const JsonNode* JsonFields::require(std::string_view name)
{
    const JsonNode* node = take(name);
    if (!node && m_node.type == JsonType::Object)
        note(m_node.offset, name, "is missing");
    return node;
}

void JsonFields::boolean(std::string_view name, bool& out)
{
    const JsonNode* node = take(name);
    if (!node)
        return;
    if (node->type != JsonType::Boolean)
        note(node->offset, name, "must be true or false");
    else
        out = node->text == "true";
}

void JsonFields::string(std::string_view name, std::string& out, std::size_t size_min, std::size_t size_max)
{
    const JsonNode* node = take(name);
    if (!node)
        return;
    if (node->type != JsonType::String || node->text.size() < size_min || node->text.size() > size_max) {
        note(node->offset, name,
             "must be a string of " + std::to_string(size_min) + " to " + std::to_string(size_max) + " bytes");
        return;
    }
    out = node->text;
}

void JsonFields::number(std::string_view name, double& out, double min, double max)
{
    const JsonNode* node = take(name);
    if (!node)
        return;
    const auto value = doubleOf(*node);
    if (!value || !(*value >= min && *value <= max))
        note(node->offset, name, "must be a number" + rangeText(numberText(min), numberText(max)));
    else
        out = *value;
}

bool JsonFields::readInteger(std::string_view name, std::uint64_t& out, std::uint64_t min, std::uint64_t max)
{
    const JsonNode* node = take(name);
    if (!node)
        return false;
    if (const auto value = wholeNumberOf(*node); value && *value >= min && *value <= max) {
        out = *value;
        return true;
    }
    note(node->offset, name, "must be a whole number" + rangeText(std::to_string(min), std::to_string(max)));
    return false;
}

void JsonFields::duration(std::string_view name, Duration& out, Duration min, Duration max, double unit_us)
{
    double value = double(out.count()) / unit_us;
    const std::size_t before = m_problems.size();
    const bool is_there = m_node.find(name) != nullptr;
    number(name, value, double(min.count()) / unit_us, double(max.count()) / unit_us);
    if (is_there && m_problems.size() == before)
        out = Duration{std::llround(value * unit_us)};
}

void JsonFields::milliseconds(std::string_view name, Duration& out, Duration min, Duration max)
{
    duration(name, out, min, max, 1e3);
}

void JsonFields::seconds(std::string_view name, Duration& out, Duration min, Duration max)
{
    duration(name, out, min, max, 1e6);
}

const JsonNode* JsonFields::takeArray(std::string_view name, std::size_t count_max)
{
    const JsonNode* node = take(name);
    if (!node)
        return nullptr;
    if (node->type != JsonType::Array) {
        note(node->offset, name, "must be a list");
        return nullptr;
    }
    if (node->items.size() > count_max) {
        note(node->offset, name, "can have at most " + std::to_string(count_max) + " items");
        return nullptr;
    }
    return node;
}

void JsonFields::finish()
{
    for (const JsonNode::Member& member : m_node.members) {
        if (std::find(m_known.begin(), m_known.end(), member.name) != m_known.end())
            continue;
        std::string known;
        for (std::size_t i = 0; i < m_known.size(); ++i)
            known += (i == 0 ? "" : i + 1 == m_known.size() ? " and " : ", ") + m_known[i];
        note(member.offset, shortened(member.name, JsonNode::shown_name_bytes_max), "is unknown; known are " + known);
    }
}

} // namespace orderlab
