#include "base/utf8.h"

#include <cstdint>

namespace orderlab {

namespace {

/// Reads one code point at `pos` and moves past it; nothing when the bytes are not valid.
std::optional<char32_t> next(std::string_view text, std::size_t& pos)
{
    const auto byte = [&](std::size_t i) { return std::uint8_t(text[i]); };
    const std::uint8_t lead = byte(pos);
    if (lead < 0x80) {
        ++pos;
        return lead;
    }
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    if (length == 0 || lead > 0xf4 || pos + length > text.size())
        return {};
    char32_t point = lead & (0xff >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(pos + i) & 0xc0) != 0x80)
            return {};
        point = point << 6 | (byte(pos + i) & 0x3f);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (overlong || (point >= 0xd800 && point <= 0xdfff) || point > 0x10ffff)
        return {};
    pos += length;
    return point;
}

bool isPrintable(char32_t c)
{
    return c >= 0x20 && !(c >= 0x7f && c < 0xa0) && c != 0x2028 && c != 0x2029 && !(c >= 0x202a && c <= 0x202e)
           && !(c >= 0x2066 && c <= 0x2069) && c != 0xfeff && (c & 0xfffe) != 0xfffe && !(c >= 0xfdd0 && c <= 0xfdef);
}

} // namespace

std::optional<std::size_t> printableLength(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t pos = 0; pos < text.size(); ++count) {
        const auto point = next(text, pos);
        if (!point || !isPrintable(*point))
            return {};
    }
    return count;
}

bool isUtf8(std::string_view text)
{
    for (std::size_t pos = 0; pos < text.size();) {
        if (!next(text, pos))
            return false;
    }
    return true;
}

std::size_t characterLength(std::string_view text)
{
    std::size_t length = 0;
    return !text.empty() && next(text, length) ? length : 0;
}

std::string shortened(std::string_view text, std::size_t bytes_max)
{
    static constexpr std::string_view more = "…";
    if (text.size() <= bytes_max)
        return std::string(text);
    std::size_t size = bytes_max > more.size() ? bytes_max - more.size() : 0;
    while (size > 0 && (std::uint8_t(text[size]) & 0xc0) == 0x80)
        --size;
    return std::string(text.substr(0, size)).append(more);
}

} // namespace orderlab
