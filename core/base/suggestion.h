#pragma once
#include <span>
#include <string>
#include <string_view>

namespace orderlab {

/// "; did you mean NAME?" with the nearest of `names` (Levenshtein distance), or "" where none is near: at most two
/// changes, or a third of a long word. The first of those that are equally near. Time: length of `word` times that of
/// all names.
std::string suggestion(std::string_view word, std::span<const std::string_view> names);

} // namespace orderlab
