#include "worker/forgetful_inbox.h"

namespace orderlab {

namespace {
constexpr int samples = 5; ///< Redis' maxmemory-samples.
} // namespace

std::vector<bool> ForgetfulInbox::mark(std::span<const EventId> events)
{
    std::vector<bool> marked;
    marked.reserve(events.size());
    const MutexLock lock(m_mutex);
    for (const EventId& event : events) {
        const auto known = m_places.find(event);
        marked.push_back(known == m_places.end());
        if (known != m_places.end()) {
            m_keys[known->second].used = ++m_uses;
            continue;
        }
        if (m_keys.size() == keys_max)
            evictOne();
        m_places.emplace(event, m_keys.size());
        m_keys.push_back({event, ++m_uses});
    }
    return marked;
}

void ForgetfulInbox::unmark(std::span<const EventId> events, const std::vector<bool>& marked)
{
    const MutexLock lock(m_mutex);
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto known = m_places.find(events[i]);
        if (marked[i] && known != m_places.end())
            erase(known->second);
    }
}

void ForgetfulInbox::evictOne()
{
    std::size_t oldest = m_runtime.randomBelow(m_keys.size());
    for (int i = 1; i < samples; ++i) {
        const std::size_t other = m_runtime.randomBelow(m_keys.size());
        if (m_keys[other].used < m_keys[oldest].used)
            oldest = other;
    }
    erase(oldest);
}

void ForgetfulInbox::erase(std::size_t place)
{
    m_places.erase(m_keys[place].event);
    m_keys[place] = m_keys.back();
    m_keys.pop_back();
    if (place < m_keys.size())
        m_places[m_keys[place].event] = place;
}

} // namespace orderlab
