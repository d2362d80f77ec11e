#pragma once
#include "base/mutex.h"
#include "bus/event_bus.h"
#include "runtime/notifier.h"

#include <deque>
#include <map>

namespace orderlab {

/// Keeps publishers of a log that drops its oldest records from overrunning its readers: what a group has not committed
/// has to stay. For the embedded cluster, whose only clients are in this process. Any thread.
class KafkaBackPressure {
public:
    struct Limits {
        std::size_t events = 50'000; ///< A partition; librdkafka's mock cluster drops beyond 100,000 …
        std::size_t bytes = 3 << 20; ///< … or 5 MiB.
    };
    explicit KafkaBackPressure(Limits limits) : m_limits(limits) {}

    /// A group that reads `where` from `offset` on.
    void addReader(const std::string& group, TopicPartition where, std::int64_t offset);
    /// Takes room for one record, waiting until there is some. False: closed.
    Task<bool> reserve(TopicPartition where, std::size_t bytes);
    void committed(const std::string& group, TopicPartition where, std::int64_t next_offset);
    /// Ends the waits. Idempotent.
    void close();

private:
    struct Log {
        std::int64_t first = 0; ///< Offset of the first record that somebody may still want.
        std::deque<std::uint32_t> sizes;
        std::size_t bytes = 0;
        std::map<std::string, std::int64_t> committed; ///< By group.
    };
    bool hasRoom(const Log& log, std::size_t bytes) const ORDERLAB_REQUIRES(m_mutex);
    static void forget(Log& log);

    const Limits m_limits;
    Mutex m_mutex;
    std::map<TopicPartition, Log> m_logs ORDERLAB_GUARDED_BY(m_mutex);
    bool m_closed ORDERLAB_GUARDED_BY(m_mutex) = false;
    Notifier m_changed;
};

} // namespace orderlab
