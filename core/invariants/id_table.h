#pragma once
#include "base/uuid.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace orderlab {

/// A hash index from Uuids to the numbers of records that the caller owns, with erase: open addressing, linear probing
/// and backward shift deletion (Knuth, vol. 3, 6.4, algorithm R), eight bytes a slot, at most half full. It holds no
/// keys: `key_at(number)` gives a record's. At most 2^31 slots. One thread at a time.
class IdTable {
public:
    static constexpr std::uint32_t npos = 0xffffffff;

    template <typename KeyAt>
    std::uint32_t find(const Uuid& id, KeyAt&& key_at) const
    {
        if (m_slots.empty())
            return npos;
        const std::uint32_t tag = tagOf(id);
        for (std::size_t i = tag & mask();; i = (i + 1) & mask()) {
            if (m_slots[i].number == npos)
                return npos;
            if (m_slots[i].tag == tag && key_at(m_slots[i].number) == id)
                return m_slots[i].number;
        }
    }

    /// `id` must not be there yet.
    void insert(const Uuid& id, std::uint32_t number)
    {
        if (m_size * 2 >= m_slots.size())
            grow();
        place({tagOf(id), number});
        ++m_size;
    }

    /// `id` must be there, with this number.
    void erase(const Uuid& id, std::uint32_t number)
    {
        std::size_t hole = tagOf(id) & mask();
        while (m_slots[hole].number != number)
            hole = (hole + 1) & mask();
        for (std::size_t i = (hole + 1) & mask(); m_slots[i].number != npos; i = (i + 1) & mask()) {
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

    std::size_t size() const { return m_size; }

private:
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t number = npos;
    };

    static std::uint32_t tagOf(const Uuid& id) { return std::uint32_t(hashValue(id)); }
    std::size_t mask() const { return m_slots.size() - 1; }

    void place(const Slot& slot)
    {
        std::size_t i = slot.tag & mask();
        while (m_slots[i].number != npos)
            i = (i + 1) & mask();
        m_slots[i] = slot;
    }
    void grow()
    {
        std::vector<Slot> old(m_slots.empty() ? 16 : m_slots.size() * 2);
        old.swap(m_slots);
        for (const Slot& slot : old) {
            if (slot.number != npos)
                place(slot);
        }
    }

    std::vector<Slot> m_slots;
    std::size_t m_size = 0;
};

} // namespace orderlab
