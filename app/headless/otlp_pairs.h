#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orderlab {

/// NAME=VALUE,NAME=VALUE (W3C Baggage without properties), percent-decoded. Nothing: it is none.
std::optional<std::vector<std::pair<std::string, std::string>>> pairsOf(std::string_view text);
/// Whether a request can carry it.
bool isHeader(const std::pair<std::string, std::string>& header);

} // namespace orderlab
