#include "base/json_string.h"

#include "base/utf8.h"

#include <cstdint>

namespace orderlab {

void appendJsonString(std::string& out, std::string_view text)
{
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    while (!text.empty()) {
        std::size_t length = 0; // Most text is ASCII.
        while (length < text.size() && text[length] >= 0x20 && text[length] < 0x7f && text[length] != '"'
               && text[length] != '\\')
            ++length;
        out += text.substr(0, length);
        text.remove_prefix(length);
        if (text.empty())
            break;
        const char c = text.front();
        length = characterLength(text);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (std::uint8_t(c) < 0x20)
            ((out += "\\u00") += digits[c >> 4]) += digits[c & 15];
        else
            out += length > 0 ? text.substr(0, length) : replacement_character;
        text.remove_prefix(length > 0 ? length : 1);
    }
    out += '"';
}

} // namespace orderlab
