#pragma once
#include "journal/names.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace orderlab {

/// SHA-256 (FIPS 180-4) over journal entries, batch by batch. Equal runs have equal hashes, however their names were
/// numbered: a name is hashed as text where it is first used and by order of first use from then on. How the entries
/// are cut into batches does not count. One thread at a time.
class JournalHash {
public:
    JournalHash();
    ~JournalHash();

    /// `names` is the table of the entries; the same one in every call.
    void add(std::span<const Entry> entries, const Names& names);
    /// 64 lower-case hexadecimal digits, of all entries so far. More may be added afterwards.
    std::string hex() const;

private:
    struct Digest;
    void flush();
    void putName(NameId name, const Names& names);
    template <typename Number>
    void put(Number number);

    std::unique_ptr<Digest> m_digest;
    std::string m_buffer;
    std::vector<std::uint32_t> m_use_of_name; ///< By NameId: 1 + order of first use; 0: not used yet.
    std::uint32_t m_names_used = 0;
};

/// Of a whole journal at once.
std::string journalSha256(std::span<const Entry> entries, const Names& names);

} // namespace orderlab
