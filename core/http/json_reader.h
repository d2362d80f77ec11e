#pragma once
#include "base/json_tree.h"
#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace orderlab {

/// One member of a JSON object. `text`: a string's value, a number's literal as it was written (so that 19.99 stays
/// exactly that), "true" or "false"; empty for null, arrays and objects.
struct JsonMember {
    std::string name;
    JsonType type = JsonType::Null;
    std::string text;
    bool operator==(const JsonMember&) const = default;
};

/// Reads one JSON object (RFC 8259), strictly: valid UTF-8, no byte order mark, no duplicate names at any depth, at most
/// 16 levels, nothing behind it. Members stay in order; what is nested is checked, but not kept.
/// Errors: Corrupt when it is not such JSON; InvalidArgument when it is JSON, but not an object.
Result<std::vector<JsonMember>> readJsonObject(std::string_view text);

/// The start of a name from outside, at most 64 bytes and no character cut in two: fit for an error message.
std::string shortName(std::string_view name);

} // namespace orderlab
