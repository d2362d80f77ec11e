#pragma once
#include "base/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orderlab {

/// A request target (RFC 9112, section 3.2), taken apart and decoded.
struct RequestTarget {
    std::string authority;             ///< Of the absolute form; else empty.
    std::vector<std::string> segments; ///< "/orders/1" gives "orders", "1"; "/" gives one empty segment.
    std::vector<std::pair<std::string, std::string>> query; ///< In order. "+" is a space, as forms write it.
};

/// Reads the origin form and the absolute form; percent escapes have to be right, and an escaped "/" stays inside its
/// segment. Error: InvalidArgument.
Result<RequestTarget> parseRequestTarget(std::string_view target);

} // namespace orderlab
