#pragma once
#include "base/json_tree.h"

namespace orderlab {

// For commands that print what the HTTP API answers.

/// A member; null where it is not there.
const JsonNode& in(const JsonNode& node, std::string_view name);
/// "" and 0 where it is not there.
std::string textIn(const JsonNode& node, std::string_view name);
std::int64_t numberIn(const JsonNode& node, std::string_view name);
/// A cell of a table: blanks up to `width` characters' bytes, one at least.
std::string padded(std::string_view text, std::size_t width);

} // namespace orderlab
