#include "memory_bus/memory_group.h"

#include "bus/group_reset.h"

#include <algorithm>

namespace orderlab {

MemoryGroup::MemoryGroup(Runtime& runtime, Journal& journal, TaskGroup& watchers, std::string name)
    : m_runtime(runtime), m_journal(journal), m_watchers(watchers), m_name(std::move(name)),
      m_name_id(journal.names().intern(m_name))
{}

Result<std::shared_ptr<Consumer>> MemoryGroup::join(SubscribeOptions options, std::span<MemoryLog* const> logs)
{
    const MutexLock guard(m_mutex);
    for (const auto& member : m_members) {
        if (member->m_options.member == options.member) {
            return Error{ErrorCode::AlreadyExists, Retry::Never,
                         "group " + m_name + " has a member " + options.member + " already", "member"};
        }
    }
    const NameId name_id = m_journal.names().intern(options.member);
    auto member = std::make_shared<MemoryConsumer>(shared_from_this(), std::move(options), name_id);
    for (MemoryLog* log : logs) {
        if (!member->reads(log->where().topic) || find(log->where()))
            continue;
        auto assignment = std::make_unique<Assignment>(log);
        assignment->topic_name = m_journal.names().intern(topicName(log->where().topic));
        assignment->committed.store(log->earliest());
        assignment->position = log->earliest();
        log->addGroup(&assignment->committed);
        m_assignment_of_log.resize(std::max(m_assignment_of_log.size(), log->index() + 1));
        m_assignment_of_log[log->index()] = assignment.get();
        m_assignments.push_back(std::move(assignment));
    }
    m_members.push_back(member);
    record(EntryKind::MemberJoined, nullptr, name_id);
    rebalance();
    return std::shared_ptr<Consumer>(member);
}

void MemoryGroup::leave(const std::shared_ptr<MemoryConsumer>& member)
{
    std::erase(m_members, member);
    for (auto& assignment : m_assignments) {
        if (assignment->next_owner == member)
            assignment->next_owner = nullptr;
        if (assignment->owner == member) {
            record(EntryKind::PartitionRevoked, assignment.get(), member->m_name_id);
            assignment->owner = nullptr;
            assignment->in_flight_end = -1;
            assignment->position = assignment->committed.load(); // What it had not committed is delivered again.
            if (assignment->next_owner)
                settle(*assignment);
        }
    }
    record(EntryKind::MemberLeft, nullptr, member->m_name_id);
    rebalance();
}

bool MemoryGroup::hasInHand(const MemoryConsumer& member) const
{
    return std::any_of(m_assignments.begin(), m_assignments.end(), [&](const auto& assignment) {
        return assignment->owner.get() == &member && assignment->in_flight_end >= 0;
    });
}

/// From now on somebody has something in hand.
void MemoryGroup::watch()
{
    if (!std::exchange(m_is_watched, true))
        m_watchers.spawn(watchSessions(shared_from_this()));
}

Task<void> MemoryGroup::watchSessions(std::shared_ptr<MemoryGroup> self)
{
    for (;;) {
        const std::optional<Duration> wait = self->putOutSilentMembers();
        if (!wait)
            co_return;
        const bool goes_on = co_await self->m_runtime.sleepUnlessCancelled(*wait);
        if (!goes_on)
            co_return;
    }
}

/// When to look again; nothing: nobody has anything in hand.
std::optional<Duration> MemoryGroup::putOutSilentMembers()
{
    const MutexLock guard(m_mutex);
    const TimePoint now = m_runtime.now();
    std::optional<Duration> wait;
    const auto members = m_members; // Those that are put out leave the list.
    for (const auto& member : members) {
        if (!hasInHand(*member))
            continue;
        const Duration left = member->m_last_sign + member->m_options.session_timeout - now;
        if (left.count() > 0) {
            wait = std::min(wait.value_or(left), left);
            continue;
        }
        member->m_put_out = member->m_closed = true;
        member->m_wake.notifyAll();
        leave(member);
    }
    if (!wait)
        m_is_watched = false;
    return wait;
}

const std::shared_ptr<MemoryConsumer>& MemoryGroup::futureOwner(const Assignment& assignment)
{
    return assignment.next_owner ? assignment.next_owner : assignment.owner;
}

void MemoryGroup::countLoads()
{
    for (const auto& member : m_members) {
        member->m_topic_load = {};
        member->m_load = 0;
    }
    for (const auto& assignment : m_assignments) {
        if (const auto& owner = futureOwner(*assignment))
            owner->addLoad(assignment->log->where().topic);
    }
}

MemoryConsumer* MemoryGroup::leastLoaded(EventType topic) const
{
    MemoryConsumer* best = nullptr;
    for (const auto& member : m_members) {
        if (member->reads(topic) && (!best || member->load(topic) < best->load(topic)))
            best = member.get();
    }
    return best;
}

bool MemoryGroup::wouldBalance(EventType topic, const MemoryConsumer& from, const MemoryConsumer& to)
{
    const auto [from_topic, from_all] = from.load(topic);
    const auto [to_topic, to_all] = to.load(topic);
    if (from_topic != to_topic + 1)
        return from_topic > to_topic + 1;
    return from_all > to_all + 1;
}

/// Sticky: moves as few partitions as give every member its fair part, first of each topic, then of all.
void MemoryGroup::rebalance()
{
    countLoads();
    for (auto& assignment : m_assignments) {
        const EventType topic = assignment->log->where().topic;
        MemoryConsumer* member = !assignment->owner && !assignment->next_owner ? leastLoaded(topic) : nullptr;
        if (!member)
            continue;
        give(*assignment, member->shared_from_this());
        member->addLoad(topic);
    }
    // Every move makes the loads more even, so this ends; the bound is there for the reader.
    for (std::size_t round = 0; round < m_assignments.size() * m_assignments.size() + 1; ++round) {
        const auto uneven = std::find_if(m_assignments.begin(), m_assignments.end(),
                                         [&](const auto& assignment) ORDERLAB_REQUIRES(m_mutex) {
                                             const MemoryConsumer* owner = futureOwner(*assignment).get();
                                             const EventType topic = assignment->log->where().topic;
                                             const MemoryConsumer* target = owner ? leastLoaded(topic) : nullptr;
                                             return target && target != owner && wouldBalance(topic, *owner, *target);
                                         });
        if (uneven == m_assignments.end())
            break;
        Assignment& assignment = **uneven;
        const EventType topic = assignment.log->where().topic;
        MemoryConsumer* target = leastLoaded(topic);
        futureOwner(assignment)->takeLoad(topic);
        target->addLoad(topic);
        assignment.next_owner = target->shared_from_this();
        if (assignment.in_flight_end < 0)
            settle(assignment);
    }
    for (auto& member : m_members)
        member->m_wake.notifyAll();
}

void MemoryGroup::give(Assignment& assignment, std::shared_ptr<MemoryConsumer> owner)
{
    assignment.owner = std::move(owner);
    assignment.position = assignment.committed.load();
    record(EntryKind::PartitionAssigned, &assignment, assignment.owner->m_name_id);
}

/// Nothing is in flight any more: hands the partition over if that was due, and wakes whoever can go on with it.
void MemoryGroup::settle(Assignment& assignment)
{
    assignment.in_flight_end = -1;
    if (assignment.next_owner) {
        if (assignment.owner == assignment.next_owner) {
            assignment.next_owner = nullptr;
        } else {
            if (assignment.owner)
                record(EntryKind::PartitionRevoked, &assignment, assignment.owner->m_name_id);
            give(assignment, std::move(assignment.next_owner));
            assignment.next_owner = nullptr;
        }
    }
    if (assignment.owner && assignment.position < assignment.log->end())
        assignment.owner->m_wake.notifyOne();
}

MemoryGroup::Assignment* MemoryGroup::find(TopicPartition where) const
{
    for (const auto& assignment : m_assignments) {
        if (assignment->log->where() == where)
            return assignment.get();
    }
    return nullptr;
}

void MemoryGroup::wakeReaderOf(const MemoryLog& log)
{
    std::shared_ptr<MemoryConsumer> owner;
    {
        const MutexLock guard(m_mutex);
        const Assignment* assignment =
            log.index() < m_assignment_of_log.size() ? m_assignment_of_log[log.index()] : nullptr;
        if (!assignment || !assignment->owner || assignment->owner->isHeld(*assignment))
            return; // settle() wakes once what is in flight is done.
        owner = assignment->owner;
    }
    owner->m_wake.notifyOne(); // Outside the lock, as it is the first thing the woken one wants.
}

void MemoryGroup::closeAll()
{
    const MutexLock guard(m_mutex);
    for (auto& member : m_members) {
        member->m_closed = true;
        member->m_wake.notifyAll();
    }
    for (auto& assignment : m_assignments)
        assignment->owner = assignment->next_owner = nullptr;
    m_members.clear();
}

GroupStatus MemoryGroup::status() const
{
    const MutexLock guard(m_mutex);
    GroupStatus status{m_name, {}, {}};
    for (const auto& member : m_members)
        status.members.push_back(member->m_options.member);
    for (const auto& assignment : m_assignments) {
        const std::int64_t committed = assignment->committed.load();
        status.partitions.push_back(
            {assignment->log->where(), assignment->owner ? assignment->owner->m_options.member : std::string(),
             committed, assignment->log->end(), assignment->log->earliest(), assignment->log->timeAt(committed)});
    }
    std::sort(status.partitions.begin(), status.partitions.end(),
              [](const auto& a, const auto& b) { return a.where < b.where; });
    return status;
}

std::int64_t MemoryGroup::targetOf(const GroupReset& reset, const MemoryLog& log)
{
    switch (reset.target) {
    case OffsetTarget::Earliest: return log.earliest();
    case OffsetTarget::Latest: return log.end();
    case OffsetTarget::Offset: return std::clamp(reset.offset, log.earliest(), log.end());
    case OffsetTarget::Time: return log.firstAt(reset.time);
    }
    return log.end();
}

Result<std::vector<OffsetChange>> MemoryGroup::reset(const GroupReset& reset)
{
    ORDERLAB_TRY(return, check(reset));
    const MutexLock guard(m_mutex);
    if (!m_members.empty()) {
        std::vector<std::string> names;
        for (const auto& member : m_members)
            names.push_back(member->m_options.member);
        return groupIsActive(m_name, names);
    }
    std::vector<OffsetChange> changes;
    for (auto& assignment : m_assignments) {
        const TopicPartition where = assignment->log->where();
        if (!isMeant(reset, where))
            continue;
        const std::int64_t to = targetOf(reset, *assignment->log);
        changes.push_back({where, assignment->committed.load(), to, assignment->log->end()});
        if (reset.dry_run || to == assignment->committed.load())
            continue;
        assignment->committed.store(to, std::memory_order_seq_cst);
        record(EntryKind::OffsetsReset, assignment.get(), 0, to);
    }
    if (changes.empty())
        return resetFoundNothing(reset);
    std::sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.where < b.where; });
    return changes;
}

void MemoryGroup::record(EntryKind kind, const Assignment* assignment, NameId member, std::int64_t offset)
{
    Entry entry;
    entry.time_us = toMicros(m_runtime.now());
    entry.kind = kind;
    entry.group = m_name_id;
    entry.actor = member;
    entry.offset = offset;
    if (assignment) {
        entry.topic = assignment->topic_name;
        entry.partition = assignment->log->where().partition;
    }
    m_journal.append(entry);
}

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
        MemoryGroup::Assignment* assignment = m_group->find(where);
        if (m_closed && !m_put_out)
            co_return closedError("consumer " + m_options.member);
        if (!assignment || assignment->owner.get() != this)
            co_return lost(where);
        m_last_sign = m_group->m_runtime.now();
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
    MemoryGroup::Assignment* assignment = m_group->find(where);
    if (m_closed && !m_put_out)
        co_return closedError("consumer " + m_options.member);
    if (!assignment || assignment->owner.get() != this)
        co_return lost(where);
    m_last_sign = m_group->m_runtime.now();
    assignment->position = std::clamp(offset, assignment->log->earliest(), assignment->log->end());
    m_group->settle(*assignment);
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
