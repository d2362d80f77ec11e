#pragma once
#include "base/json_tree.h"

namespace orderlab {

// What the API answers about dead letters, for people.
std::string lettersText(const JsonNode& letters, bool has_more); ///< A line each.
std::string causesText(const JsonNode& answer);
std::string letterText(const JsonNode& letter);

} // namespace orderlab
