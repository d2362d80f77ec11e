#pragma once
#include "journal/entry_pack.h"
#include "journal/names.h"
#include "journal/packed_form.h"

#include <span>

namespace orderlab {

/// Turns entries into the frames of a packed recording. One thread at a time.
class PackedEncoder {
public:
    /// Appends what the file begins with. `header_line` as recordingHeaderLine() gives it.
    static void begin(std::string_view header_line, std::string& out);
    /// Appends the blocks that are full; the rest of the entries waits. `names` is the same table in every call.
    void add(const Entry& entry, const Names& names, std::string& out);
    /// Appends what waits.
    void flush(std::string& out);
    /// Appends what waits and the end of the file.
    void finish(std::string& out);
    std::size_t waiting() const { return m_block.size(); }

private:
    void putNames(std::string& out);
    NameId numberOf(NameId id, NameUse use, const Names& names);

    EntryPacker m_packer;
    std::vector<Entry> m_block;    ///< With the file's numbers of names.
    std::vector<NameId> m_numbers; ///< By NameId of the table; 0: not in the file yet.
    std::string m_new_names;       ///< Payload of the next frame of names.
    std::uint32_t m_new_count = 0; ///< Names in it.
    std::uint32_t m_names = 1;     ///< Numbers given out, "" included.
    std::uint64_t m_entries = 0;   ///< In frames already.
    std::string m_payload;
};

} // namespace orderlab
