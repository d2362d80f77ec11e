#include "kafka/kafka_back_pressure.h"

#include <algorithm>

namespace orderlab {

void KafkaBackPressure::addReader(const std::string& group, TopicPartition where, std::int64_t offset)
{
    const MutexLock guard(m_mutex);
    m_logs[where].committed.emplace(group, offset);
}

/// Drops the sizes of what all groups have committed.
void KafkaBackPressure::forget(Log& log)
{
    if (log.committed.empty())
        return; // Nobody has read anything: all of it may still be wanted.
    std::int64_t lowest = INT64_MAX;
    for (const auto& [group, offset] : log.committed)
        lowest = std::min(lowest, offset);
    for (; log.first < lowest && !log.sizes.empty(); ++log.first) {
        log.bytes -= log.sizes.front();
        log.sizes.pop_front();
    }
}

bool KafkaBackPressure::hasRoom(const Log& log, std::size_t bytes) const
{
    return log.sizes.empty() || (log.sizes.size() < m_limits.events && log.bytes + bytes <= m_limits.bytes);
}

Task<bool> KafkaBackPressure::reserve(TopicPartition where, std::size_t bytes)
{
    for (;;) {
        MutexLock lock(m_mutex);
        if (m_closed)
            co_return false;
        Log& log = m_logs[where];
        if (!hasRoom(log, bytes))
            forget(log);
        if (hasRoom(log, bytes)) {
            log.sizes.push_back(std::uint32_t(bytes));
            log.bytes += bytes;
            co_return true;
        }
        co_await m_changed.wait(lock);
    }
}

void KafkaBackPressure::committed(const std::string& group, TopicPartition where, std::int64_t next_offset)
{
    {
        const MutexLock guard(m_mutex);
        std::int64_t& offset = m_logs[where].committed[group];
        offset = std::max(offset, next_offset);
    }
    m_changed.notifyAll();
}

void KafkaBackPressure::close()
{
    {
        const MutexLock guard(m_mutex);
        m_closed = true;
    }
    m_changed.notifyAll();
}

} // namespace orderlab
