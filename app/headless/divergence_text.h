#pragma once
#include "base/json_tree.h"
#include "simulation/divergence.h"

namespace orderlab {

/// The entries of both runs, a line each; `first` and `second` are what people call the runs.
void printDivergence(const Divergence& divergence, const char* first, const char* second);
/// What `text` says; null where it is no JSON.
JsonNode treeOf(const std::string& text);

} // namespace orderlab
