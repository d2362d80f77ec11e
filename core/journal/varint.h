#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace orderlab {

/// Appends `number` in LEB128: seven bits a byte, the lowest first.
inline void putVarint(std::string& out, std::uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        out += char(number | 0x80);
    out += char(number);
}

/// Small numbers of either sign become small ones.
constexpr std::uint64_t zigzag(std::int64_t number)
{
    return std::uint64_t(number) << 1 ^ std::uint64_t(number >> 63);
}
constexpr std::int64_t unzigzag(std::uint64_t number)
{
    return std::int64_t(number >> 1 ^ (0 - (number & 1)));
}

/// Reads bytes from the front; once they end too early, or a number is too long, all reads give 0 and isGood() is
/// false.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes)
        : m_at(reinterpret_cast<const unsigned char*>(bytes.data())), m_end(m_at + bytes.size())
    {}

    std::uint8_t byte()
    {
        if (m_at == m_end) {
            m_good = false;
            return 0;
        }
        return *m_at++;
    }

    std::uint64_t varint()
    {
        if (m_at != m_end && *m_at < 0x80)
            return *m_at++;
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const std::uint8_t next = byte();
            number |= std::uint64_t(next & 0x7f) << shift;
            if (next < 0x80)
                return number;
        }
        m_good = false;
        return 0;
    }

    /// Little-endian, `size` bytes of at most 8.
    std::uint64_t fixed(std::size_t size)
    {
        if (left() < size) {
            m_at = m_end;
            m_good = false;
            return 0;
        }
        std::uint64_t number = 0;
        for (std::size_t i = 0; i < size; ++i)
            number |= std::uint64_t(*m_at++) << (8 * i);
        return number;
    }

    std::string_view text(std::size_t size)
    {
        if (left() < size) {
            m_at = m_end;
            m_good = false;
            return {};
        }
        const std::string_view bytes(reinterpret_cast<const char*>(m_at), size);
        m_at += size;
        return bytes;
    }

    std::size_t left() const { return std::size_t(m_end - m_at); }
    bool isGood() const { return m_good; }

private:
    const unsigned char* m_at;
    const unsigned char* m_end;
    bool m_good = true;
};

inline void putFixed(std::string& out, std::uint64_t number, std::size_t size)
{
    for (std::size_t i = 0; i < size; ++i)
        out += char(number >> (8 * i));
}

} // namespace orderlab
