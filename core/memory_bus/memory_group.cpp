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
    if (!m_members.empty() && !mayHaveMembers(reset)) {
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

} // namespace orderlab
