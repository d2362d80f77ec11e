#pragma once
#include "base/mutex.h"
#include "bus/event_bus.h"
#include "runtime/notifier.h"

#include <atomic>
#include <deque>

namespace orderlab {

/// One partition of the memory bus: an append-only log in segments. Any thread.
class MemoryLog {
public:
    MemoryLog(TopicPartition where, std::size_t index, std::size_t retention_events);

    /// A group's committed offset in this log. Registered once, it holds back what it has not committed.
    using CommittedOffset = std::atomic<std::int64_t>;
    void addGroup(const CommittedOffset* committed);

    struct Appended {
        std::int64_t first_offset = 0;
        std::size_t count = 0;
    };
    /// Appends all of `events` that there is room for, in order and without a gap. `now`: when it gets them.
    Appended append(std::span<const Event* const> events, TimePoint now);
    /// Resumes when there may be room, or after wakePublishers().
    Task<void> waitForRoom();
    /// To be called after a commit and at close.
    void wakePublishers();

    /// Up to `max` events from `offset` on (moved up to what is retained); at least one when offset < end().
    DeliveryBatch read(std::int64_t offset, std::size_t max) const;
    /// When it got the event at `offset`, whatever time the event itself has; nothing where there is none.
    std::optional<TimePoint> timeAt(std::int64_t offset) const;
    /// The offset of the first event that it got at `time` or later; end() when there is none.
    std::int64_t firstAt(TimePoint time) const;
    /// What is retained now, to be read without the log: it stays as it is while the log grows and drops.
    struct View;
    View view() const;
    TopicPartition where() const { return m_where; }
    /// Among the logs of its bus.
    std::size_t index() const { return m_index; }
    std::int64_t earliest() const { return m_earliest.load(std::memory_order_acquire); }
    std::int64_t end() const { return m_end.load(std::memory_order_acquire); }

private:
    /// Never reallocated, so that readers keep pointing into it while it grows at its end.
    struct Segment {
        static constexpr std::size_t capacity = 256;
        std::int64_t first_offset;
        std::vector<Event> events;
        std::vector<TimePoint> got_at; ///< As many.
    };
    bool hasRoom() const ORDERLAB_REQUIRES(m_mutex);
    bool dropOldest() ORDERLAB_REQUIRES(m_mutex);
    std::int64_t committedByAll() const ORDERLAB_REQUIRES(m_mutex);

    const TopicPartition m_where;
    const std::size_t m_index;
    const std::size_t m_retention_events;

    mutable Mutex m_mutex;
    std::deque<std::shared_ptr<Segment>> m_segments ORDERLAB_GUARDED_BY(m_mutex);
    std::vector<const CommittedOffset*> m_groups ORDERLAB_GUARDED_BY(m_mutex);

    std::atomic<std::int64_t> m_earliest{0};
    std::atomic<std::int64_t> m_end{0};
    std::atomic<int> m_waiting{0}; ///< Publishers that wait, or are about to.
    Notifier m_room;
};

/// A value. Offsets from `earliest` to one before `end`; nothing is checked.
struct MemoryLog::View {
    const Event& event(std::int64_t offset) const { return segmentOf(offset).events.data()[indexOf(offset)]; }
    TimePoint gotAt(std::int64_t offset) const { return segmentOf(offset).got_at.data()[indexOf(offset)]; }

    std::int64_t earliest = 0;
    std::int64_t end = 0;

private:
    friend class MemoryLog;
    /// All segments but the last are full.
    const Segment& segmentOf(std::int64_t offset) const
    {
        return *m_segments[std::size_t(offset - m_first) / Segment::capacity];
    }
    std::size_t indexOf(std::int64_t offset) const { return std::size_t(offset - m_first) % Segment::capacity; }

    std::int64_t m_first = 0;
    std::vector<std::shared_ptr<const Segment>> m_segments;
};

} // namespace orderlab
