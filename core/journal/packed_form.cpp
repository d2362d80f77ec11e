#include "journal/packed_form.h"

#include <boost/crc.hpp>

namespace orderlab {

std::uint32_t crc32Of(std::string_view bytes)
{
    boost::crc_32_type crc;
    crc.process_bytes(bytes.data(), bytes.size());
    return crc.checksum();
}

void putFrame(std::string& out, char type, std::uint32_t count, std::uint64_t first, std::string_view payload)
{
    const std::size_t begin = out.size();
    out += packed_marker;
    out += type;
    putFixed(out, count, 4);
    putFixed(out, payload.size(), 4);
    putFixed(out, first, 8);
    putFixed(out, crc32Of(payload), 4);
    putFixed(out, crc32Of(std::string_view(out).substr(begin)), 4);
    out += payload;
}

bool readFrameHeader(std::string_view bytes, PackedFrame& frame)
{
    ByteReader reader(bytes);
    if (reader.text(packed_marker.size()) != packed_marker)
        return false;
    frame.type = char(reader.byte());
    frame.count = std::uint32_t(reader.fixed(4));
    frame.length = std::uint32_t(reader.fixed(4));
    frame.first = reader.fixed(8);
    frame.payload_crc = std::uint32_t(reader.fixed(4));
    return reader.fixed(4) == crc32Of(bytes.substr(0, frame_header_bytes - 4)) && frame.length <= frame_payload_max;
}

} // namespace orderlab
