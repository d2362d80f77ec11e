#pragma once
#include "base/mutex.h"
#include "bus/event_bus.h"

#include <map>
#include <set>
#include <string>

namespace orderlab {

/// Which partitions have become another log while this process ran, and which groups go on there: an offset that a
/// group has committed in the log before says nothing of this one. Any thread.
class KafkaRenewals {
public:
    /// `where` is another log from here on.
    void renew(TopicPartition where)
    {
        const MutexLock guard(m_mutex);
        m_renewed[where].clear();
        std::erase_if(m_committed, [&](const auto& committed) { return committed.first.second == where; });
    }
    /// Whether the group has yet to commit anything in a log that is another one: it begins with its first record.
    bool startsAnew(const std::string& group, TopicPartition where) const
    {
        const MutexLock guard(m_mutex);
        const auto renewed = m_renewed.find(where);
        return renewed != m_renewed.end() && !renewed->second.contains(group);
    }
    /// A member has committed `offset`. True when that is less than what the group had here.
    bool committed(const std::string& group, TopicPartition where, std::int64_t offset)
    {
        const MutexLock guard(m_mutex);
        const auto renewed = m_renewed.find(where);
        if (renewed != m_renewed.end())
            renewed->second.insert(group);
        std::int64_t& before = m_committed[{group, where}];
        return std::exchange(before, offset) > offset;
    }

private:
    mutable Mutex m_mutex;
    /// And who has committed since.
    std::map<TopicPartition, std::set<std::string>> m_renewed ORDERLAB_GUARDED_BY(m_mutex);
    /// By members here.
    std::map<std::pair<std::string, TopicPartition>, std::int64_t> m_committed ORDERLAB_GUARDED_BY(m_mutex);
};

} // namespace orderlab
