#pragma once
#include "journal/event_progress.h"
#include "journal/position_table.h"

#include <vector>

namespace orderlab {

/// Which events a group has in work: in the hands of its members, or parked in the retry topic. The one fold of that;
/// others ask it (GroupState::parked, WorldState::isQuiet()). A value. One thread at a time.
///
/// Each event counts by itself, whatever its offset: a copy of an event that was given up may still be tried, though
/// its offset is committed. One that is tried from the retry topic counts as parked, too: a worker that is killed
/// meanwhile leaves it there. A constant time an entry. At most `items_max`; what goes beyond is not known of.
class EventsInWork {
public:
    /// As many orders as a scenario may have, 48 bytes each.
    static constexpr std::size_t items_max = 1'000'000;

    /// `entry` is about this group; `progress` is progressOf(entry).
    void apply(const Entry& entry, EventProgress progress);
    /// What the member has in hand is gone with it.
    void release(NameId member);

    std::size_t parked() const { return m_parked; }
    std::size_t inHand() const { return m_items.size() - m_parked; }
    bool isEmpty() const { return m_items.empty(); }
    bool operator==(const EventsInWork& other) const { return m_items == other.m_items; }

private:
    struct Item {
        Uuid event;
        NameId member = 0;      ///< Whoever has it in hand; 0 where it is parked, or where nobody is named.
        bool is_parked = false; ///< Else in hand.
        bool operator==(const Item&) const = default;
    };

    static std::uint64_t hashOf(const Item& item);
    std::uint32_t find(const Item& item) const;
    void add(const Item& item);
    void remove(const Item& item);
    void removeAt(std::uint32_t at);

    std::vector<Item> m_items; ///< In no order.
    PositionTable m_index;
    std::size_t m_parked = 0;
};

} // namespace orderlab
