#include "observe/span_history.h"

#include <algorithm>

namespace orderlab {

void SpanHistory::add(const Entry& entry, std::uint64_t number)
{
    const std::uint64_t place = ++m_count;
    std::uint64_t& head = m_heads[hashValue(entry.order) % entries_max];
    m_slots[place % entries_max] = {{entry, number}, head};
    head = place;
}

std::vector<SpanHistory::Past> SpanHistory::of(const Uuid& order) const
{
    std::vector<Past> found;
    std::uint64_t place = m_heads[hashValue(order) % entries_max];
    while (place != 0 && place + entries_max > m_count) { // Else its slot has another one by now.
        const Slot& slot = m_slots[place % entries_max];
        if (slot.past.entry.order == order)
            found.push_back(slot.past);
        place = slot.before;
    }
    std::reverse(found.begin(), found.end());
    return found;
}

} // namespace orderlab
