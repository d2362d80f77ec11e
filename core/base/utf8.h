#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace orderlab {

/// The number of code points of valid UTF-8 (RFC 3629) without control characters (C0, DEL, C1, line and paragraph
/// separators, bidirectional overrides, noncharacters); nothing for any other bytes.
std::optional<std::size_t> printableLength(std::string_view text);

/// Whether `text` is valid UTF-8 (RFC 3629: no overlong forms, no surrogates).
bool isUtf8(std::string_view text);

} // namespace orderlab
