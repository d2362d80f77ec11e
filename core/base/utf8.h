#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace orderlab {

/// The number of code points of valid UTF-8 (RFC 3629) without control characters (C0, DEL, C1, line and paragraph
/// separators, bidirectional overrides, noncharacters); nothing for any other bytes.
std::optional<std::size_t> printableLength(std::string_view text);

/// Whether `text` is valid UTF-8 (RFC 3629: no overlong forms, no surrogates).
bool isUtf8(std::string_view text);

/// The bytes of the valid character that `text` begins with; 0 when it begins with none.
std::size_t characterLength(std::string_view text);

/// U+FFFD, for a byte that is no UTF-8.
inline constexpr std::string_view replacement_character = "\xef\xbf\xbd";

/// `text`, or as many whole characters of its start as fit into `bytes_max` with "…" behind them. For messages that say
/// what somebody wrote.
std::string shortened(std::string_view text, std::size_t bytes_max);

} // namespace orderlab
