#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace orderlab {

/// A hash index from keys to their positions in a vector that the caller owns: open addressing with linear probing,
/// eight bytes a slot, at most half full. It holds no keys: find() asks the caller whether a position is the right one,
/// and only where 32 bits of the hash agree. A value; copying is one block copy.
class PositionTable {
public:
    static constexpr std::uint32_t npos = 0xffffffff;

    /// `matches(position)` says whether the key is there.
    template <typename Matches>
    std::uint32_t find(std::uint64_t hash, Matches&& matches) const
    {
        if (m_slots.empty())
            return npos;
        for (std::size_t i = hash & mask();; i = (i + 1) & mask()) {
            const Slot& slot = m_slots[i];
            if (slot.position == npos)
                return npos;
            if (slot.tag == tagOf(hash) && matches(slot.position))
                return slot.position;
        }
    }

    /// The key must not be there yet.
    void insert(std::uint64_t hash, std::uint32_t position)
    {
        if (m_size * 2 >= m_slots.size())
            grow();
        place({tagOf(hash), position});
        ++m_size;
    }

    /// The key must be there, with this position. Backward shift deletion (Knuth, vol. 3, 6.4, algorithm R).
    void erase(std::uint64_t hash, std::uint32_t position)
    {
        std::size_t hole = hash & mask();
        while (m_slots[hole].position != position)
            hole = (hole + 1) & mask();
        for (std::size_t i = (hole + 1) & mask(); m_slots[i].position != npos; i = (i + 1) & mask()) {
            const std::size_t home = m_slots[i].tag & mask();
            // What lies between its home and the hole would be found no more.
            if (((i - home) & mask()) >= ((i - hole) & mask())) {
                m_slots[hole] = m_slots[i];
                hole = i;
            }
        }
        m_slots[hole] = Slot{};
        --m_size;
    }

    void clear()
    {
        m_slots.assign(m_slots.size(), Slot{});
        m_size = 0;
    }

    std::size_t size() const { return m_size; }

    /// Of an empty table: room for `count` keys.
    void reserve(std::size_t count)
    {
        std::size_t room = 16;
        while (room < count * 2)
            room *= 2;
        m_slots.assign(room, Slot{});
    }

    void prefetch(std::uint64_t hash) const
    {
        if (!m_slots.empty())
            __builtin_prefetch(&m_slots[hash & mask()]);
    }

private:
    /// The low bits choose the slot and the tag is the low 32 bits whole, so growing needs no look at the keys
    /// (2^31 slots are far beyond any bound here).
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t position = npos;
    };

    static std::uint32_t tagOf(std::uint64_t hash) { return std::uint32_t(hash); }
    std::size_t mask() const { return m_slots.size() - 1; }

    void place(const Slot& slot)
    {
        std::size_t i = slot.tag & mask();
        while (m_slots[i].position != npos)
            i = (i + 1) & mask();
        m_slots[i] = slot;
    }
    void grow()
    {
        std::vector<Slot> old(m_slots.empty() ? 16 : m_slots.size() * 2);
        old.swap(m_slots);
        for (const Slot& slot : old) {
            if (slot.position != npos)
                place(slot);
        }
    }

    std::vector<Slot> m_slots;
    std::size_t m_size = 0;
};

} // namespace orderlab
