#include "journal/events_in_work.h"

namespace orderlab {

std::uint64_t EventsInWork::hashOf(const Item& item)
{
    return hashValue(item.event) ^ ((std::uint64_t(item.member) << 1 | item.is_parked) * 0x9e3779b97f4a7c15ull);
}

std::uint32_t EventsInWork::find(const Item& item) const
{
    return m_index.find(hashOf(item), [&](std::uint32_t at) { return m_items[at] == item; });
}

void EventsInWork::add(const Item& item)
{
    if (m_items.size() == items_max || find(item) != PositionTable::npos)
        return;
    m_index.insert(hashOf(item), std::uint32_t(m_items.size()));
    m_items.push_back(item);
    m_parked += item.is_parked;
}

void EventsInWork::remove(const Item& item)
{
    if (const std::uint32_t at = find(item); at != PositionTable::npos)
        removeAt(at);
}

/// The last one takes its place.
void EventsInWork::removeAt(std::uint32_t at)
{
    const auto last = std::uint32_t(m_items.size() - 1);
    m_index.erase(hashOf(m_items[at]), at);
    m_parked -= m_items[at].is_parked;
    if (at != last) {
        m_index.erase(hashOf(m_items[last]), last);
        m_items[at] = m_items[last];
        m_index.insert(hashOf(m_items[at]), at);
    }
    m_items.pop_back();
}

void EventsInWork::apply(const Entry& entry, EventProgress progress)
{
    const Item in_hand{entry.event, entry.actor, false}, parked{entry.event, 0, true};
    switch (progress.hold) {
    case EventProgress::Hold::Same: break;
    case EventProgress::Hold::Taken:
    case EventProgress::Hold::Again:
    case EventProgress::Hold::Kept: add(in_hand); break;
    case EventProgress::Hold::Failed:
    case EventProgress::Hold::Released: remove(in_hand); break;
    }
    if (progress.outcome == EventProgress::Outcome::Parked)
        add(parked);
    else if (progress.isSettled() && m_parked > 0)
        remove(parked);
}

void EventsInWork::release(NameId member)
{
    for (std::uint32_t at = std::uint32_t(m_items.size()); at-- > 0;) {
        if (!m_items[at].is_parked && m_items[at].member == member)
            removeAt(at);
    }
}

} // namespace orderlab
