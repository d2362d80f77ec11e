#pragma once
#include <string>
#include <string_view>

namespace orderlab {

/// Appends `text` as a JSON string (RFC 8259). Bytes that are no UTF-8 become U+FFFD each; nothing else is changed,
/// also what a terminal should not be shown.
void appendJsonString(std::string& out, std::string_view text);

} // namespace orderlab
