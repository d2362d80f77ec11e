#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace orderlab {

enum class JsonType : std::uint8_t { Null, Boolean, Number, String, Array, Object };

/// A JSON value that knows where it stood, for files that people write and want to be told where they erred. A value.
struct JsonNode {
    struct Member;
    static constexpr std::size_t shown_name_bytes_max = 60; ///< Of a name that somebody wrote, in messages.

    JsonType type = JsonType::Null;
    std::size_t offset = 0;      ///< Of its first byte in the text it was read from.
    std::string text;            ///< A string's value; a number's literal as it was written; "true" or "false".
    std::vector<JsonNode> items; ///< Of an array.
    std::vector<Member> members; ///< Of an object, in order.

    static JsonNode object();
    static JsonNode array();
    static JsonNode string(std::string_view value);
    static JsonNode boolean(bool value);
    template <typename Integer>
        requires std::is_integral_v<Integer>
    static JsonNode number(Integer value);
    /// In as few digits as give the same double again. Must be finite.
    static JsonNode number(double value);

    /// Appends a member to an object.
    JsonNode& add(std::string_view name, JsonNode value);
    /// Null when there is none.
    const JsonNode* find(std::string_view name) const;
    /// RFC 8259, without blanks.
    std::string toJson() const;
    /// For people: two blanks a level, what fits into 100 columns on one line, a line end last.
    std::string toPrettyJson() const;
};

struct JsonNode::Member {
    std::string name;
    std::size_t offset = 0; ///< Of the name.
    JsonNode value;
};

// Here, as a Member has to be complete.
inline JsonNode JsonNode::object()
{
    return {JsonType::Object, 0, {}, {}, {}};
}
inline JsonNode JsonNode::array()
{
    return {JsonType::Array, 0, {}, {}, {}};
}
inline JsonNode JsonNode::string(std::string_view value)
{
    return {JsonType::String, 0, std::string(value), {}, {}};
}
inline JsonNode JsonNode::boolean(bool value)
{
    return {JsonType::Boolean, 0, value ? "true" : "false", {}, {}};
}
template <typename Integer>
    requires std::is_integral_v<Integer>
JsonNode JsonNode::number(Integer value)
{
    return {JsonType::Number, 0, std::to_string(value), {}, {}};
}

/// What is wrong at one place of a JSON text.
struct JsonProblem {
    std::size_t offset = 0;
    std::string field; ///< "faults[2].count"; empty: the text itself.
    std::string reason;
};

/// Reads one JSON value (RFC 8259), strictly: valid UTF-8, no byte order mark, no name twice in an object, at most 16
/// levels, nothing behind it. Nothing, and `problem` set, when it is not such JSON.
std::optional<JsonNode> parseJsonTree(std::string_view text, JsonProblem& problem);

/// Where people find an offset: both from 1; columns are characters.
struct TextPlace {
    std::size_t line = 1;
    std::size_t column = 1;
};
TextPlace placeOf(std::string_view text, std::size_t offset);

/// "FILE:LINE:COLUMN: field: reason".
std::string toString(const JsonProblem& problem, std::string_view text, std::string_view file);

} // namespace orderlab
