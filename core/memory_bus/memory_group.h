#pragma once
#include "base/mutex.h"
#include "journal/journal.h"
#include "memory_bus/memory_log.h"
#include "runtime/runtime.h"
#include "runtime/task_group.h"

#include <array>
#include <optional>

namespace orderlab {

class MemoryConsumer;

/// A consumer group of the memory bus: its members, who has which partition, and how far it has come. Any thread.
class MemoryGroup : public std::enable_shared_from_this<MemoryGroup> {
public:
    /// `watchers`: the bus's; outlives every call of a member that is not closed.
    MemoryGroup(Runtime& runtime, Journal& journal, TaskGroup& watchers, std::string name);

    Result<std::shared_ptr<Consumer>> join(SubscribeOptions options, std::span<MemoryLog* const> logs);
    /// `log` has new events: wakes the member that has it. Does nothing for a log that the group does not read.
    void wakeReaderOf(const MemoryLog& log);
    void closeAll();
    GroupStatus status() const;
    /// See EventBus::resetGroup().
    Result<std::vector<OffsetChange>> reset(const GroupReset& reset);
    const std::string& name() const { return m_name; }

private:
    friend class MemoryConsumer;

    /// One partition, from this group's view. Guarded by the group's mutex, but for `committed`.
    struct Assignment {
        explicit Assignment(MemoryLog* l) : log(l) {}
        MemoryLog* log;
        MemoryLog::CommittedOffset committed{0};
        std::int64_t position = 0;       ///< Delivered next.
        std::int64_t in_flight_end = -1; ///< One past what the owner has in hand; -1: nothing.
        std::shared_ptr<MemoryConsumer> owner;
        std::shared_ptr<MemoryConsumer> next_owner; ///< Gets it once nothing is in flight.
        NameId topic_name = 0;
    };

    void leave(const std::shared_ptr<MemoryConsumer>& member) ORDERLAB_REQUIRES(m_mutex);
    void watch() ORDERLAB_REQUIRES(m_mutex);
    static Task<void> watchSessions(std::shared_ptr<MemoryGroup> self);
    std::optional<Duration> putOutSilentMembers();
    bool hasInHand(const MemoryConsumer& member) const ORDERLAB_REQUIRES(m_mutex);
    void rebalance() ORDERLAB_REQUIRES(m_mutex);
    void give(Assignment& assignment, std::shared_ptr<MemoryConsumer> owner) ORDERLAB_REQUIRES(m_mutex);
    void settle(Assignment& assignment) ORDERLAB_REQUIRES(m_mutex);
    Assignment* find(TopicPartition where) const ORDERLAB_REQUIRES(m_mutex);
    void countLoads() ORDERLAB_REQUIRES(m_mutex);
    static bool wouldBalance(EventType topic, const MemoryConsumer& from, const MemoryConsumer& to);
    MemoryConsumer* leastLoaded(EventType topic) const ORDERLAB_REQUIRES(m_mutex);
    static const std::shared_ptr<MemoryConsumer>& futureOwner(const Assignment& assignment);
    static std::int64_t targetOf(const GroupReset& reset, const MemoryLog& log);
    void record(EntryKind kind, const Assignment* assignment, NameId member, std::int64_t offset = -1);

    Runtime& m_runtime;
    Journal& m_journal;
    TaskGroup& m_watchers;
    const std::string m_name;
    const NameId m_name_id;
    mutable Mutex m_mutex; ///< Guards the members' state, too.
    std::vector<std::unique_ptr<Assignment>> m_assignments ORDERLAB_GUARDED_BY(m_mutex);
    /// By MemoryLog::index(); null: not read by this group.
    std::vector<Assignment*> m_assignment_of_log ORDERLAB_GUARDED_BY(m_mutex);
    std::vector<std::shared_ptr<MemoryConsumer>> m_members ORDERLAB_GUARDED_BY(m_mutex);
    /// watchSessions() runs: as long as a member has something in its hands.
    bool m_is_watched ORDERLAB_GUARDED_BY(m_mutex) = false;
};

/// One member; all its state belongs to its group.
class MemoryConsumer final : public Consumer, public std::enable_shared_from_this<MemoryConsumer> {
public:
    MemoryConsumer(std::shared_ptr<MemoryGroup> group, SubscribeOptions options, NameId name_id)
        : m_group(std::move(group)), m_options(std::move(options)), m_name_id(name_id)
    {}
    Task<Result<DeliveryBatch>> poll(std::size_t max) override;
    Task<Result<void>> commit(TopicPartition where, std::int64_t next_offset) override;
    Task<Result<void>> seek(TopicPartition where, std::int64_t offset) override;
    void keepAlive() override;
    void drain() override;
    Task<void> close() override;

private:
    friend class MemoryGroup;
    Error lost(TopicPartition where) const;
    /// A partition of this member, which gives a sign of life with it. Errors: Closed; NotFound when it has lost it.
    Result<MemoryGroup::Assignment*> findOwned(const TopicPartition& where) ORDERLAB_REQUIRES(m_group->m_mutex);
    MemoryGroup::Assignment* nextReady() ORDERLAB_REQUIRES(m_group->m_mutex);
    bool isHeld(const MemoryGroup::Assignment& assignment) const;
    bool reads(EventType topic) const;
    std::pair<std::size_t, std::size_t> load(EventType topic) const
    {
        return {m_topic_load[std::size_t(topic)], m_load};
    }
    void addLoad(EventType topic) { ++m_topic_load[std::size_t(topic)], ++m_load; }
    void takeLoad(EventType topic) { --m_topic_load[std::size_t(topic)], --m_load; }

    const std::shared_ptr<MemoryGroup> m_group;
    const SubscribeOptions m_options;
    const NameId m_name_id;
    bool m_draining = false;
    bool m_closed = false;
    bool m_put_out = false; ///< By the group, for being silent; m_closed too.
    TimePoint m_last_sign;  ///< Of life.
    /// How many partitions it has or will have, of each topic and of all; right while the group rebalances.
    std::array<std::size_t, event_type_count> m_topic_load{};
    std::size_t m_load = 0;
    std::size_t m_next_assignment = 0; ///< Where the next look for events begins, so that every partition has its turn.
    Notifier m_wake;
};

} // namespace orderlab
