#pragma once
#include "base/json_tree.h"

namespace orderlab {

// What the API answers about dead letters, for people.
std::string lettersText(const JsonNode& letters, bool has_more); ///< A line each.
std::string causesText(const JsonNode& answer);
std::string letterText(const JsonNode& letter);

/// "" and 0 where it is not there.
std::string textIn(const JsonNode& node, std::string_view name);
std::int64_t numberIn(const JsonNode& node, std::string_view name);

} // namespace orderlab
