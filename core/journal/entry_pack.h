#pragma once
#include "journal/entry.h"
#include "journal/position_table.h"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orderlab {

/// Packs blocks of entries: about 13 bytes an entry of a run instead of 64. What an entry has in common with the last
/// one of its kind is left out, times and offsets are differences, ids are written out once a block, numbers take as
/// many bytes as they need (LEB128). A block is read without any other. Keeps its tables from block to block. One
/// thread at a time. The form is part of packed recordings (packed_form.h): a change is a new major version there.
class EntryPacker {
public:
    /// Appends the packed `entries`, fewer than 2^31.
    void pack(std::span<const Entry> entries, std::string& out);

private:
    void putId(const Uuid& id, std::string& out);

    std::vector<Uuid> m_ids;
    PositionTable m_places;
};

/// Reads what EntryPacker writes. Keeps its tables from block to block. One thread at a time.
class EntryUnpacker {
public:
    /// Fills `entries`. False where `bytes` are not those of so many entries; then they are unspecified.
    bool unpack(std::string_view bytes, std::span<Entry> entries);

private:
    std::vector<Uuid> m_ids;
};

} // namespace orderlab
