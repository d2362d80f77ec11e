#pragma once
#include "base/block_arena.h"
#include "base/uuid.h"

#include <algorithm>
#include <array>
#include <new>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace orderlab {

/// A map from Uuids to small values, made for keys that come about nearly in their order, as UUIDv7 do: a B-tree of two
/// levels whose leaves ("pages") are hash tables. Each page has a range of the keys; a full one is cut in two. Keys
/// that were made at the same time lie on the same few pages, which stay in the processor's cache however many keys
/// there are, and no growth ever moves more than a page. Keys in any other order are as correct, and cost a cache miss
/// each. No erase but of all. Not synchronised, not even among readers.
template <typename Value>
class UuidIndex {
public:
    /// The pages are the arena's.
    explicit UuidIndex(BlockArena& arena) : m_arena(arena) {}

    /// Null: not there. Valid until the next insertion.
    const Value* find(const Uuid& key)
    {
        if (m_pages.empty() || m_highest < key)
            return nullptr;
        const Entry* entry = m_pages[pageOf(key)]->find(key, hashValue(key));
        return entry ? &entry->value : nullptr;
    }
    bool contains(const Uuid& key) { return find(key) != nullptr; }

    /// False, and nothing done: the key is there already.
    bool insert(const Uuid& key, Value value)
    {
        if (m_pages.empty()) {
            m_pages.push_back(newPage());
            m_lowest.push_back(Uuid{});
        }
        std::size_t page = pageOf(key);
        if (m_pages[page]->isFull()) {
            cut(page);
            page = pageOf(key);
        }
        const bool is_new = m_pages[page]->insert({key, value}, hashValue(key));
        m_size += is_new ? 1 : 0;
        m_highest = std::max(m_highest, key);
        return is_new;
    }
    std::size_t size() const { return m_size; }
    /// Calls `take` with each key, page by page in the order of their keys; within a page in the order of insertion.
    template <typename Take>
    void forEachKey(Take take) const
    {
        for (const Page* page : m_pages)
            page->forEachKey(take);
    }

    /// Forgets everything; the pages are `next`'s to fill, so that memory for as many keys is not asked for again. Both
    /// are of one arena.
    void clearFor(UuidIndex& next)
    {
        next.m_spare.insert(next.m_spare.end(), m_pages.begin(), m_pages.end());
        next.m_spare.insert(next.m_spare.end(), m_spare.begin(), m_spare.end());
        m_pages.clear();
        m_lowest.clear();
        m_spare.clear();
        m_recent = m_size = 0;
        m_highest = {};
    }

private:
    struct Entry {
        Uuid key;
        [[no_unique_address]] Value value;
    };

    /// Open addressing with linear probing, at most half full; the entries themselves lie in order of insertion.
    class Page {
    public:
        Page() { m_slots.fill(none); }
        bool isFull() const { return m_size == m_entries.size(); }

        const Entry* find(const Uuid& key, std::uint64_t hash) const
        {
            const Slot slot = m_slots[place(key, hash)];
            return slot == none ? nullptr : &m_entries[slot % tag_unit];
        }
        template <typename Take>
        void forEachKey(Take& take) const
        {
            for (std::size_t i = 0; i < m_size; ++i)
                take(m_entries[i].key);
        }
        /// There must be room.
        bool insert(const Entry& entry, std::uint64_t hash)
        {
            Slot& slot = m_slots[place(entry.key, hash)];
            if (slot != none)
                return false;
            slot = Slot(tagOf(hash) * tag_unit + m_size);
            m_entries[m_size++] = entry;
            return true;
        }
        /// A key that parts of the entries, and at least one, are below.
        Uuid border(std::size_t numerator, std::size_t denominator) const
        {
            std::array<Uuid, tag_unit / sample_step> sample;
            std::size_t size = 0;
            for (std::size_t i = 0; i < m_size; i += sample_step)
                sample[size++] = m_entries[i].key;
            const auto place = sample.begin() + std::ptrdiff_t(size * numerator / denominator);
            std::nth_element(sample.begin(), place, sample.begin() + std::ptrdiff_t(size));
            return *place;
        }
        /// Gives `high` what is not below `border`.
        void cut(const Uuid& border, Page& high)
        {
            const std::size_t size = std::exchange(m_size, 0);
            m_slots.fill(none);
            for (std::size_t i = 0; i < size; ++i) {
                const Entry entry = m_entries[i];
                (entry.key < border ? *this : high).insert(entry, hashValue(entry.key));
            }
        }

    private:
        static constexpr std::size_t sample_step = 4;
        /// Where the entry is, and above that five bits of its hash, so that few wrong entries are looked at.
        using Slot = std::uint16_t;
        static constexpr std::size_t tag_unit = 2048;
        static constexpr std::size_t slot_count = 2 * tag_unit;
        static constexpr Slot none = 0xffff; ///< No entry has the last position.
        static std::size_t slotOf(std::uint64_t hash) { return hash % slot_count; }
        static std::size_t tagOf(std::uint64_t hash) { return hash >> 59; }

        /// The key's slot, or the empty one where it would be put.
        std::size_t place(const Uuid& key, std::uint64_t hash) const
        {
            for (std::size_t i = slotOf(hash);; i = (i + 1) % slot_count) {
                const Slot slot = m_slots[i];
                if (slot == none || (slot / tag_unit == tagOf(hash) && m_entries[slot % tag_unit].key == key))
                    return i;
            }
        }

        std::array<Slot, slot_count> m_slots;
        std::size_t m_size = 0;
        union { // So that nobody clears them first.
            std::array<Entry, tag_unit - 1> m_entries;
        };
    };
    static_assert(std::is_trivially_copyable_v<Entry> && std::is_trivially_destructible_v<Page>);

    Page* newPage()
    {
        if (m_spare.empty())
            return new (m_arena.allocate(sizeof(Page), alignof(Page))) Page;
        Page* page = m_spare.back();
        m_spare.pop_back();
        return new (page) Page;
    }

    std::size_t pageOf(const Uuid& key)
    {
        const bool again =
            !(key < m_lowest[m_recent]) && (m_recent + 1 == m_lowest.size() || key < m_lowest[m_recent + 1]);
        if (!again)
            m_recent = std::size_t(std::upper_bound(m_lowest.begin(), m_lowest.end(), key) - m_lowest.begin()) - 1;
        return m_recent;
    }

    /// The newest page keeps nearly all it has, as what comes next is newer still; any other one is cut in halves.
    void cut(std::size_t index)
    {
        const bool is_newest = index + 1 == m_pages.size();
        const Uuid border = m_pages[index]->border(is_newest ? 15 : 8, 16);
        Page* high = newPage();
        m_pages[index]->cut(border, *high);
        m_pages.insert(m_pages.begin() + std::ptrdiff_t(index + 1), high);
        m_lowest.insert(m_lowest.begin() + std::ptrdiff_t(index + 1), border);
    }

    BlockArena& m_arena;
    std::vector<Page*> m_pages; ///< In order of their keys.
    std::vector<Uuid> m_lowest; ///< The lowest key that belongs on each page.
    std::size_t m_recent = 0;   ///< The page of the key before.
    std::size_t m_size = 0;
    std::vector<Page*> m_spare; ///< Of another index that was cleared.
    Uuid m_highest;
};

/// A set of Uuids, in the same way.
class UuidSet {
public:
    explicit UuidSet(BlockArena& arena) : m_index(arena) {}

    bool contains(const Uuid& key) { return m_index.contains(key); }
    /// False: it was there already.
    bool insert(const Uuid& key) { return m_index.insert(key, {}); }
    std::size_t size() const { return m_index.size(); }
    /// See UuidIndex.
    template <typename Take>
    void forEachKey(Take take) const
    {
        m_index.forEachKey(take);
    }
    /// See UuidIndex.
    void clearFor(UuidSet& next) { m_index.clearFor(next.m_index); }

private:
    struct Nothing {};
    UuidIndex<Nothing> m_index;
};

} // namespace orderlab
