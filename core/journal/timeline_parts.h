#pragma once
#include "journal/world_state.h"

#include <array>
#include <bitset>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

/// What a Timeline is made of. For timeline.cpp only. Values; one thread at a time.
namespace orderlab::timeline_parts {

/// Which orders a chunk may speak of (a Bloom filter with two bits an order), so that a story need not read them all.
class OrderFilter {
public:
    void add(const Uuid& order)
    {
        const std::uint64_t hash = hashValue(order);
        m_bits.set(hash % bits);
        m_bits.set((hash >> 32) % bits);
    }
    bool mayHave(const Uuid& order) const
    {
        const std::uint64_t hash = hashValue(order);
        return m_bits.test(hash % bits) && m_bits.test((hash >> 32) % bits);
    }

private:
    static constexpr std::size_t bits = 65'536;
    std::bitset<bits> m_bits;
};

/// A state in little room.
class Keyframe {
public:
    /// `scratch` keeps its room from keyframe to keyframe.
    Keyframe(WorldState& state, std::string& scratch) : m_rest(packInto(scratch, state)), m_packed(scratch) {}
    WorldState state() const
    {
        WorldState state = m_rest;
        if (!state.unpack(m_packed))
            throw std::logic_error("a keyframe of the timeline is damaged");
        return state;
    }
    /// Groups, partitions and what is in work take some kilobytes.
    std::size_t bytes() const { return m_packed.size() + 64 * 1024; }

private:
    static WorldState packInto(std::string& scratch, WorldState& state)
    {
        scratch.clear();
        return state.packed(scratch);
    }

    WorldState m_rest;
    std::string m_packed;
};

/// An interval of entries. All but the last are packed.
struct Chunk {
    std::unique_ptr<Keyframe> before = {}; ///< Null where it was left out. The first chunk has one.
    std::string packed = {};
    std::int64_t latest_us = INT64_MIN; ///< Of all entries up to the last one here.
    OrderFilter orders = {};
};

/// What was unpacked or folded lately, by the number of its chunk.
template <typename Value, std::size_t count>
class Recent {
public:
    const Value* find(std::uint64_t number) const
    {
        for (const auto& [at, value] : m_items) {
            if (value && at == number)
                return &*value;
        }
        return nullptr;
    }
    const Value& keep(std::uint64_t number, Value value)
    {
        auto& item = m_items[m_next];
        m_next = (m_next + 1) % m_items.size();
        item = {number, std::move(value)};
        return *item.second;
    }
    void clear() { m_items = {}; }

private:
    std::array<std::pair<std::uint64_t, std::optional<Value>>, count> m_items;
    std::size_t m_next = 0;
};

} // namespace orderlab::timeline_parts
