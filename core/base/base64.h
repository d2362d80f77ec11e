#pragma once
#include <string>
#include <string_view>

namespace orderlab {

/// RFC 4648, section 4, with padding.
std::string toBase64(std::string_view bytes);

} // namespace orderlab
