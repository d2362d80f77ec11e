#pragma once
#include <string>
#include <string_view>

namespace orderlab {

/// `text` as a QR code (ISO/IEC 18004) of half blocks, two rows of it a line, dark on light by the escape sequences of
/// a terminal, with the quiet zone that the standard asks for. Empty: the text is too long for one.
std::string qrText(std::string_view text);

} // namespace orderlab
