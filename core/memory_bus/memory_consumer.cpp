#include "memory_bus/memory_group.h"

#include <algorithm>

namespace orderlab {

bool MemoryConsumer::reads(EventType topic) const
{
    return std::find(m_options.topics.begin(), m_options.topics.end(), topic) != m_options.topics.end();
}

/// What was delivered of it has to be committed first.
bool MemoryConsumer::isHeld(const MemoryGroup::Assignment& assignment) const
{
    return m_options.in_flight == InFlight::UntilCommitted && assignment.in_flight_end >= 0;
}

/// The next of this member's partitions that has events and may be delivered from.
MemoryGroup::Assignment* MemoryConsumer::nextReady()
{
    auto& assignments = m_group->m_assignments;
    for (std::size_t i = 0; i < assignments.size(); ++i) {
        const std::size_t index = (m_next_assignment + i) % assignments.size();
        MemoryGroup::Assignment& assignment = *assignments[index];
        if (assignment.owner.get() == this && !assignment.next_owner && !isHeld(assignment)
            && assignment.position < assignment.log->end()) {
            m_next_assignment = index + 1;
            return &assignment;
        }
    }
    return nullptr;
}

Error MemoryConsumer::lost(TopicPartition where) const
{
    return {ErrorCode::Conflict,
            Retry::Never,
            "partition " + std::to_string(where.partition) + " of " + std::string(topicName(where.topic))
                + " is no longer assigned to " + m_options.member,
            {}};
}

Task<Result<DeliveryBatch>> MemoryConsumer::poll(std::size_t max)
{
    if (max == 0)
        co_return invalidArgument("max", "must be at least 1");
    if (const Duration latency = m_group->m_runtime.hopLatency(Hop::BusDeliver); latency.count() > 0) {
        const bool slept = co_await m_group->m_runtime.sleepUnlessCancelled(latency);
        if (!slept)
            co_return canceledError();
    }
    for (;;) {
        MutexLock lock(m_group->m_mutex);
        if (m_closed || m_draining)
            co_return closedError("consumer " + m_options.member);
        m_last_sign = m_group->m_runtime.now();
        if (MemoryGroup::Assignment* assignment = nextReady()) {
            DeliveryBatch batch = assignment->log->read(assignment->position, max);
            assignment->position = batch.endOffset();
            assignment->in_flight_end = batch.endOffset();
            m_group->watch();
            co_return batch;
        }
        const bool woken = co_await m_wake.waitUnlessCancelled(lock);
        if (!woken)
            co_return canceledError();
    }
}

Result<MemoryGroup::Assignment*> MemoryConsumer::findOwned(const TopicPartition& where)
{
    if (m_closed && !m_put_out)
        return closedError("consumer " + m_options.member);
    MemoryGroup::Assignment* assignment = m_group->find(where);
    if (!assignment || assignment->owner.get() != this)
        return lost(where);
    m_last_sign = m_group->m_runtime.now();
    return assignment;
}

Task<Result<void>> MemoryConsumer::commit(TopicPartition where, std::int64_t next_offset)
{
    if (const Duration latency = m_group->m_runtime.hopLatency(Hop::BusCommit); latency.count() > 0) {
        const bool arrived = co_await m_group->m_runtime.sleepUnlessCancelled(latency);
        if (!arrived)
            co_return canceledError();
    }
    MemoryLog* log = nullptr;
    {
        const MutexLock guard(m_group->m_mutex);
        const auto owned = findOwned(where);
        if (!owned)
            co_return owned.error();
        MemoryGroup::Assignment* assignment = *owned;
        if (next_offset > assignment->log->end())
            co_return invalidArgument("offset", "is past the end of the partition");
        if (next_offset > assignment->committed.load()) {
            assignment->committed.store(next_offset, std::memory_order_seq_cst);
            m_group->record(EntryKind::OffsetCommitted, assignment, m_name_id, next_offset);
        }
        if (assignment->in_flight_end >= 0 && next_offset >= assignment->in_flight_end)
            m_group->settle(*assignment);
        log = assignment->log;
    }
    log->wakePublishers();
    co_return Result<void>{};
}

Task<Result<void>> MemoryConsumer::seek(TopicPartition where, std::int64_t offset)
{
    const MutexLock guard(m_group->m_mutex);
    const auto owned = findOwned(where);
    if (!owned)
        co_return owned.error();
    MemoryGroup::Assignment& assignment = **owned;
    assignment.position = std::clamp(offset, assignment.log->earliest(), assignment.log->end());
    m_group->settle(assignment);
    co_return Result<void>{};
}

void MemoryConsumer::keepAlive()
{
    const MutexLock guard(m_group->m_mutex);
    m_last_sign = m_group->m_runtime.now();
}

void MemoryConsumer::drain()
{
    const MutexLock guard(m_group->m_mutex);
    m_draining = true;
    m_wake.notifyAll();
}

Task<void> MemoryConsumer::close()
{
    const MutexLock guard(m_group->m_mutex);
    m_closed = true;
    m_wake.notifyAll();
    const auto self = shared_from_this();
    if (std::find(m_group->m_members.begin(), m_group->m_members.end(), self) != m_group->m_members.end())
        m_group->leave(self);
    co_return;
}

} // namespace orderlab
