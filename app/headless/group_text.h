#pragma once
#include "base/json_tree.h"

#include <string>

namespace orderlab {

// What the API answers about consumer groups, for people: a line a partition.
std::string groupsText(const JsonNode& groups);
std::string groupResetText(const JsonNode& answer);

} // namespace orderlab
