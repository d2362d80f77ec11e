#include "memory_store/memory_tables.h"

namespace orderlab {

void MemoryInbox::begin(TimePoint now)
{
    if (!generations.empty())
        generations.back().ended = now;
    generations.push_back({UuidSet(arena), {}});
    m_began = now;
}

std::size_t MemoryInbox::size() const
{
    std::size_t size = 0;
    for (const Generation& generation : generations)
        size += generation.events.size();
    return size;
}

std::int64_t MemoryInbox::clean(TimePoint now, Duration bound)
{
    if (m_began == TimePoint{})
        m_began = now;
    if (now - m_began >= bound / generations_in_bound && generations.back().events.size() > 0)
        begin(now);
    std::int64_t forgotten = 0;
    while (generations.size() > 1 && generations.front().ended <= now - bound) {
        forgotten += std::int64_t(generations.front().events.size());
        generations.front().events.clearFor(generations.back().events);
        generations.pop_front();
    }
    return forgotten;
}

void* SpareBlocks::do_allocate(std::size_t bytes, std::size_t alignment)
{
    const auto spare = m_spare.find(bytes);
    if (spare == m_spare.end() || spare->second.empty())
        return m_arena.allocate(bytes, alignment);
    void* block = spare->second.back();
    spare->second.pop_back();
    return block;
}

void SpareBlocks::do_deallocate(void* block, std::size_t bytes, std::size_t)
{
    m_spare[bytes].push_back(block);
}

Cleaned MemoryTables::clean(const StoreBounds& bounds, std::size_t rows_max, TimePoint now)
{
    Cleaned cleaned;
    {
        const MutexLock table(m_inboxes_mutex);
        for (const auto& [group, inbox] : m_inboxes) {
            const MutexLock guard(inbox->mutex);
            cleaned.inbox += inbox->clean(now, bounds.inbox);
        }
    }
    {
        const MutexLock guard(notifications.mutex);
        auto& rows = notifications.rows;
        while (cleaned.notifications < std::int64_t(rows_max) && !rows.empty()
               && rows.front().created_at < now - bounds.notifications) {
            rows.pop_front();
            ++cleaned.notifications;
        }
    }
    const MutexLock guard(effects.mutex);
    auto& times = effects.answer_times;
    while (cleaned.keys < std::int64_t(rows_max) && !times.empty() && times.front().first < now - bounds.keys) {
        effects.answers.erase(times.front().second);
        times.pop_front();
        ++cleaned.keys;
    }
    const TimePoint by_the_day = std::chrono::floor<std::chrono::days>(now - bounds.analytics);
    for (auto row = effects.analytics.begin(); cleaned.analytics < std::int64_t(rows_max)
                                               && row != effects.analytics.end() && row->first.first < by_the_day;) {
        const TimePoint day = std::chrono::floor<std::chrono::days>(row->first.first);
        if (row->first.first == day) {
            ++row;
            continue;
        }
        AnalyticsBucket& sum = effects.analytics[{day, row->first.second}];
        sum.minute = day;
        sum.currency = row->first.second;
        sum.add(row->second);
        row = effects.analytics.erase(row);
        ++cleaned.analytics;
    }
    cleaned.has_more = cleaned.analytics == std::int64_t(rows_max) || cleaned.notifications == std::int64_t(rows_max)
                       || cleaned.keys == std::int64_t(rows_max);
    return cleaned;
}

} // namespace orderlab
