#pragma once
#include "journal/varint.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace orderlab {

// A packed recording: packed_magic, then frames. A frame is a header of frame_header_bytes and a payload:
//
//   marker (4 bytes) | type (1) | count (4) | payload's length (4) | first (8) | payload's CRC-32 | header's CRC-32
//
// Numbers are little-endian. CRC-32 is that of ISO 3309 (zlib's); the header's covers all before it. Types:
//
//   H  the first frame: the header line of the other form, without its line end
//   N  `count` names, numbered from `first`: use (1 byte, NameUse), length (LEB128), UTF-8; name 0 is "", never told
//   E  `count` entries, the first of them number `first` of the run, as EntryPacker packs them; their names are those
//      of the frames before
//   Z  the last frame: the run has `first` entries; no payload
//
// So what is left of a damaged file can be read, and it is known what is missing. Newer minor versions of the header
// may add types, which are skipped, and kinds of entries.

inline constexpr std::string_view packed_magic = "\x89OLJ\r\n\x1a\n"; ///< Shows what a transfer as text breaks.
inline constexpr std::string_view packed_marker = "\xfeOL\x01";
inline constexpr std::size_t frame_header_bytes = 29;
inline constexpr std::size_t block_entries_max = 65'536;  ///< 1 MB packed, 4 MB unpacked.
inline constexpr std::size_t frame_payload_max = 8 << 20; ///< 100 bytes for each entry of a block are enough.

/// CRC-32 of ISO 3309.
std::uint32_t crc32Of(std::string_view bytes);

struct PackedFrame {
    char type = 0;
    std::uint32_t count = 0;
    std::uint64_t first = 0;
    std::uint32_t length = 0; ///< Of the payload.
    std::uint32_t payload_crc = 0;
};

/// Appends a frame.
void putFrame(std::string& out, char type, std::uint32_t count, std::uint64_t first, std::string_view payload);
/// Reads a frame's header; false where `bytes`, of frame_header_bytes, are none.
bool readFrameHeader(std::string_view bytes, PackedFrame& frame);

} // namespace orderlab
