#pragma once
#include <string>
#include <string_view>

namespace orderlab {

/// The SHA-256 digest (FIPS 180-4) of `bytes` as 64 lower-case hexadecimal digits. Any thread.
std::string sha256Hex(std::string_view bytes);

} // namespace orderlab
