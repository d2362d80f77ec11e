#pragma once
#include "journal/entry.h"

#include <array>
#include <atomic>
#include <mutex>
#include <string>
#include <unordered_map>

namespace orderlab {

/// The journal's table of names. Any thread. Bounded at 65,535 names: further ones become "(other)".
/// Looking a number up takes no lock, nor does interning a name that this thread has interned lately.
class Names {
public:
    Names();
    ~Names();
    Names(const Names&) = delete;
    Names& operator=(const Names&) = delete;

    NameId intern(std::string_view name);
    /// Valid as long as the table. "" for a number that was never given out.
    std::string_view text(NameId id) const;
    std::size_t size() const;

private:
    NameId internShared(std::string_view name);

    static constexpr std::size_t capacity = 65'536;
    static constexpr std::size_t block_size = 256;
    using Block = std::array<std::string, block_size>; ///< A text is written before m_size says that it is there.
    const std::uint64_t m_instance; ///< Never used twice, so that a thread's cache knows whose names it holds.
    std::mutex m_mutex;
    std::unordered_map<std::string_view, NameId> m_ids;
    /// Made as they are needed: a simulation has a few dozen names.
    std::array<std::atomic<Block*>, capacity / block_size> m_blocks{};
    std::atomic<std::size_t> m_size{0};
};

} // namespace orderlab
