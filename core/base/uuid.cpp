#include "base/uuid.h"

namespace orderlab {

std::string Uuid::toString() const
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text(36, '-');
    std::size_t pos = 0;
    for (int nibble = 0; nibble < 32; ++nibble) {
        if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20)
            ++pos;
        const std::uint64_t half = nibble < 16 ? high : low;
        text[pos++] = digits[(half >> (60 - 4 * (nibble % 16))) & 15];
    }
    return text;
}

Result<Uuid> Uuid::parse(std::string_view text)
{
    const auto wrong = [] {
        return invalidArgument("", "expected a UUID such as 018f3c1e-7c1b-7000-8000-000000000001");
    };
    if (text.size() != 36)
        return wrong();
    Uuid id;
    int nibble = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (c != '-')
                return wrong();
            continue;
        }
        std::uint64_t digit;
        if (c >= '0' && c <= '9')
            digit = std::uint64_t(c - '0');
        else if (c >= 'a' && c <= 'f')
            digit = std::uint64_t(c - 'a' + 10);
        else if (c >= 'A' && c <= 'F')
            digit = std::uint64_t(c - 'A' + 10);
        else
            return wrong();
        std::uint64_t& half = nibble < 16 ? id.high : id.low;
        half = half << 4 | digit;
        ++nibble;
    }
    return id;
}

Uuid Uuid::version7(std::uint64_t unix_ms, std::uint64_t random_high, std::uint64_t random_low)
{
    return {unix_ms << 16 | 0x7000 | (random_high & 0x0fff),
            (random_low & 0x3fffffffffffffffull) | 0x8000000000000000ull};
}

} // namespace orderlab
