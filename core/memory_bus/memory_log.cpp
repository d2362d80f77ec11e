#include "memory_bus/memory_log.h"

#include <algorithm>

namespace orderlab {

MemoryLog::MemoryLog(TopicPartition where, std::size_t index, std::size_t retention_events)
    : m_where(where), m_index(index), m_retention_events(std::max(retention_events, std::size_t{1}))
{}

void MemoryLog::addGroup(const CommittedOffset* committed)
{
    const MutexLock guard(m_mutex);
    m_groups.push_back(committed);
}

std::int64_t MemoryLog::committedByAll() const
{
    if (m_groups.empty())
        return -1; // Nobody has read anything: all of it may still be wanted.
    std::int64_t lowest = INT64_MAX;
    for (const CommittedOffset* committed : m_groups)
        lowest = std::min(lowest, committed->load(std::memory_order_seq_cst));
    return lowest;
}

bool MemoryLog::hasRoom() const
{
    return std::size_t(m_end.load(std::memory_order_relaxed) - m_earliest.load(std::memory_order_relaxed))
           < m_retention_events;
}

/// Drops the oldest segment, or where one segment is all there is, its committed events' share of the bound.
bool MemoryLog::dropOldest()
{
    if (m_segments.empty())
        return false;
    const Segment& oldest = *m_segments.front();
    const std::int64_t segment_end = oldest.first_offset + std::int64_t(oldest.events.size());
    const std::int64_t committed = committedByAll();
    if (segment_end <= committed) {
        m_segments.pop_front();
        m_earliest.store(segment_end, std::memory_order_release);
        return true;
    }
    if (committed > m_earliest.load(std::memory_order_relaxed)) {
        m_earliest.store(committed, std::memory_order_release); // The rest of the segment goes with its end.
        return true;
    }
    return false;
}

MemoryLog::Appended MemoryLog::append(std::span<const Event* const> events, TimePoint now)
{
    const MutexLock guard(m_mutex);
    Appended appended{m_end.load(std::memory_order_relaxed), 0};
    for (const Event* event : events) {
        if (!hasRoom() && !dropOldest())
            break;
        if (m_segments.empty() || m_segments.back()->events.size() == Segment::capacity) {
            auto segment = std::make_shared<Segment>();
            segment->first_offset = appended.first_offset + std::int64_t(appended.count);
            segment->events.reserve(Segment::capacity);
            segment->got_at.reserve(Segment::capacity);
            m_segments.push_back(std::move(segment));
        }
        m_segments.back()->events.push_back(*event);
        m_segments.back()->got_at.push_back(now);
        ++appended.count;
        m_end.store(appended.first_offset + std::int64_t(appended.count), std::memory_order_release);
    }
    return appended;
}

Task<void> MemoryLog::waitForRoom()
{
    MutexLock lock(m_mutex);
    // Announced before the last look at the offsets, as committers look for it after moving them.
    m_waiting.fetch_add(1, std::memory_order_seq_cst);
    const bool room = hasRoom() || committedByAll() > m_earliest.load(std::memory_order_relaxed);
    struct Leave {
        std::atomic<int>& waiting;
        ~Leave() { waiting.fetch_sub(1, std::memory_order_seq_cst); }
    } leave{m_waiting};
    if (!room)
        co_await m_room.wait(lock);
}

void MemoryLog::wakePublishers()
{
    if (m_waiting.load(std::memory_order_seq_cst) == 0)
        return;
    {
        const MutexLock guard(m_mutex);
    } // A publisher that is about to wait is registered by now.
    m_room.notifyAll();
}

DeliveryBatch MemoryLog::read(std::int64_t offset, std::size_t max) const
{
    const MutexLock guard(m_mutex);
    DeliveryBatch batch;
    batch.where = m_where;
    batch.first_offset = std::max(offset, m_earliest.load(std::memory_order_relaxed));
    if (m_segments.empty() || batch.first_offset >= m_end.load(std::memory_order_relaxed))
        return batch;
    // All segments but the last are full.
    const std::int64_t first = m_segments.front()->first_offset;
    const auto& segment = m_segments[std::size_t(batch.first_offset - first) / Segment::capacity];
    const auto begin = std::size_t(batch.first_offset - segment->first_offset);
    batch.events =
        std::span<const Event>(segment->events.data() + begin, std::min(max, segment->events.size() - begin));
    batch.owner = segment;
    return batch;
}

MemoryLog::View MemoryLog::view() const
{
    const MutexLock guard(m_mutex);
    View view;
    view.earliest = m_earliest.load(std::memory_order_relaxed);
    view.end = m_end.load(std::memory_order_relaxed);
    if (!m_segments.empty())
        view.m_first = m_segments.front()->first_offset;
    view.m_segments.assign(m_segments.begin(), m_segments.end());
    return view;
}

std::optional<TimePoint> MemoryLog::timeAt(std::int64_t offset) const
{
    const MutexLock guard(m_mutex);
    const std::int64_t from = std::max(offset, m_earliest.load(std::memory_order_relaxed));
    if (m_segments.empty() || from >= m_end.load(std::memory_order_relaxed))
        return std::nullopt;
    const auto place = std::size_t(from - m_segments.front()->first_offset); // All segments but the last are full.
    return m_segments[place / Segment::capacity]->got_at[place % Segment::capacity];
}

std::int64_t MemoryLog::firstAt(TimePoint time) const
{
    const MutexLock guard(m_mutex);
    const std::int64_t earliest = m_earliest.load(std::memory_order_relaxed);
    for (const auto& segment : m_segments) {
        for (std::size_t i = 0; i < segment->got_at.size(); ++i) {
            const std::int64_t offset = segment->first_offset + std::int64_t(i);
            if (offset >= earliest && segment->got_at[i] >= time)
                return offset;
        }
    }
    return m_end.load(std::memory_order_relaxed);
}

} // namespace orderlab
