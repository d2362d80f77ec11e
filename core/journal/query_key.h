#pragma once
#include "journal/query_expression.h"

#include <array>
#include <list>
#include <unordered_map>

namespace orderlab {

/// The values of the fields that a relation wants to be the same.
using QueryKey = std::array<std::uint64_t, 6>;

struct QueryKeyHash {
    std::size_t operator()(const QueryKey& key) const
    {
        std::uint64_t hash = 0;
        for (const std::uint64_t part : key)
            hash = hashValue(Uuid{hash + 0x9e3779b97f4a7c15ull, part});
        return std::size_t(hash);
    }
};

/// Nothing where `entry` lacks one of the fields.
std::optional<QueryKey> keyOf(const Entry& entry, std::span<const QueryField> fields);

/// When such an entry was seen last, by key: what a preceded-by asks. Times must not step back. Holds at most `max`
/// keys; the one seen longest ago is forgotten first.
class SeenKeys {
public:
    void note(const QueryKey& key, std::int64_t time_us)
    {
        const auto [found, is_new] = m_places.try_emplace(key);
        if (!is_new)
            m_items.erase(found->second);
        found->second = m_items.insert(m_items.end(), {key, time_us});
    }
    /// INT64_MIN: never.
    std::int64_t lastAt(const QueryKey& key) const
    {
        const auto found = m_places.find(key);
        return found == m_places.end() ? INT64_MIN : found->second->time_us;
    }
    bool hasOlderThan(std::int64_t time_us) const { return !m_items.empty() && m_items.front().time_us < time_us; }
    void dropOldest()
    {
        m_places.erase(m_items.front().key);
        m_items.pop_front();
    }
    std::size_t size() const { return m_items.size(); }

private:
    struct Item {
        QueryKey key;
        std::int64_t time_us;
    };
    std::list<Item> m_items; ///< The oldest first.
    std::unordered_map<QueryKey, std::list<Item>::iterator, QueryKeyHash> m_places;
};

} // namespace orderlab
