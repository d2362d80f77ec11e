#include "journal/world_state.h"

#include <limits>

namespace orderlab {

namespace {
constexpr std::size_t members_max = 1'024;
constexpr std::size_t partitions_max = 4'096;
constexpr std::uint32_t npos = PositionTable::npos;

std::uint64_t mixed(std::uint64_t key)
{
    key *= 0x9e3779b97f4a7c15ull;
    return key ^ (key >> 32);
}

std::uint64_t partitionHash(NameId topic, std::uint16_t partition)
{
    return mixed((std::uint64_t(topic) << 16 | partition) + 1);
}
} // namespace

bool GroupWork::operator==(const GroupWork& other) const
{
    return m_works == other.m_works && m_members == other.m_members && m_in_work == other.m_in_work;
}

std::uint32_t GroupWork::findMember(const GroupState& group, NameId name) const
{
    return m_member_index.find(mixed(name), [&](std::uint32_t at) { return group.members[at].name == name; });
}

std::uint32_t GroupWork::memberAt(GroupState& group, NameId name)
{
    if (name == 0)
        return npos;
    const std::uint32_t found = findMember(group, name);
    if (found != npos || group.members.size() == members_max)
        return found;
    MemberState member;
    member.name = name;
    group.members.push_back(member);
    m_members.emplace_back();
    m_member_index.insert(mixed(name), std::uint32_t(group.members.size() - 1));
    return std::uint32_t(group.members.size() - 1);
}

std::uint32_t GroupWork::partitionAt(GroupState& group, const Entry& entry, const Names& names)
{
    if (entry.topic == 0)
        return npos;
    const std::uint32_t found =
        m_partition_index.find(partitionHash(entry.topic, entry.partition), [&](std::uint32_t at) {
            const GroupPartitionState& state = group.partitions[at];
            return state.topic == entry.topic && state.partition == entry.partition;
        });
    if (found != npos || group.partitions.size() == partitions_max)
        return found;
    return insertPartition(group, entry, names);
}

/// Keeps the partitions in order of topic name and number: rare, so the index is simply made anew.
std::uint32_t GroupWork::insertPartition(GroupState& group, const Entry& entry, const Names& names)
{
    GroupPartitionState state;
    state.topic = entry.topic;
    state.partition = entry.partition;
    const auto place = std::upper_bound(group.partitions.begin(), group.partitions.end(), state,
                                        [&](const GroupPartitionState& a, const GroupPartitionState& b) {
                                            const auto order = names.text(a.topic).compare(names.text(b.topic));
                                            return order != 0 ? order < 0 : a.partition < b.partition;
                                        });
    const auto at = std::uint32_t(place - group.partitions.begin());
    group.partitions.insert(place, state);
    m_works.insert(m_works.begin() + at, Work{});
    for (Member& member : m_members) {
        if (member.shown != npos && member.shown >= at)
            ++member.shown;
    }
    m_partition_index.clear();
    for (std::uint32_t i = 0; i < group.partitions.size(); ++i)
        m_partition_index.insert(partitionHash(group.partitions[i].topic, group.partitions[i].partition), i);
    return at;
}

/// Copies what the member's shown partition has in hand to where it is seen.
void GroupWork::show(GroupState& group, std::uint32_t member, std::int64_t now_us)
{
    MemberState& state = group.members[member];
    Member& mine = m_members[member];
    if (mine.active == 0) {
        mine.shown = npos;
    } else if (mine.shown == npos || m_works[mine.shown].activity == MemberActivity::Idle
               || m_works[mine.shown].member != state.name) {
        const auto busy = std::find_if(m_works.begin(), m_works.end(), [&](const Work& work) {
            return work.activity != MemberActivity::Idle && work.member == state.name;
        });
        mine.shown = busy == m_works.end() ? npos : std::uint32_t(busy - m_works.begin());
    }
    const Work idle;
    const Work& work = mine.shown == npos ? idle : m_works[mine.shown];
    if (state.activity != work.activity || !(state.order == work.order))
        state.since_us = now_us;
    state.activity = work.activity;
    state.attempt = work.attempt;
    state.topic = mine.shown == npos ? NameId(0) : group.partitions[mine.shown].topic;
    state.order = work.order;
    state.next_attempt_us = work.activity == MemberActivity::Retrying ? work.next_attempt_us : 0;
}

void GroupWork::setActivity(GroupState& group, std::uint32_t partition, MemberActivity activity, std::int64_t now_us)
{
    Work& work = m_works[partition];
    const bool was_active = work.activity != MemberActivity::Idle, is_active = activity != MemberActivity::Idle;
    work.activity = activity;
    const std::uint32_t member = findMember(group, work.member);
    if (!is_active) {
        const NameId owner = work.member;
        work = Work{};
        work.member = owner;
    }
    if (member == npos)
        return;
    Member& mine = m_members[member];
    if (is_active && !was_active)
        ++mine.active;
    else if (was_active && !is_active && mine.active > 0)
        --mine.active;
    if (is_active)
        mine.shown = partition; // the latest news
    show(group, member, now_us);
}

void GroupWork::deliver(GroupState& group, std::uint32_t partition, const Entry& entry)
{
    if (entry.value == 1)
        return; // From the retry topic: the partition goes on meanwhile, whoever has it.
    Work& work = m_works[partition];
    if (entry.actor != 0 && work.member != entry.actor) {
        setActivity(group, partition, MemberActivity::Idle, entry.time_us);
        work.member = entry.actor;
        group.partitions[partition].member = entry.actor;
    }
    std::int64_t& delivered = group.partitions[partition].delivered;
    // A log that was there before begins where the group has come to.
    if (delivered == 0 && group.partitions[partition].committed == 0)
        group.partitions[partition].committed = entry.offset;
    // A further attempt at one event of a batch says nothing about those behind it.
    const bool is_retry = entry.attempt > 1 && entry.offset < delivered;
    if (!is_retry && entry.offset >= 0 && entry.offset < std::numeric_limits<std::int64_t>::max())
        delivered = entry.offset + 1;
    memberAt(group, work.member);
    work.is_open = true;
    work.attempt = entry.attempt;
    work.order = OrderId{entry.order};
    setActivity(group, partition, MemberActivity::Busy, entry.time_us);
}

void GroupWork::fail(GroupState& group, const Entry& entry)
{
    ++group.attempts_failed;
    if (const std::uint32_t member = findMember(group, entry.actor); member != npos)
        group.members[member].error = entry.detail;
}

void GroupWork::keep(GroupState& group, std::uint32_t partition, const Entry& entry)
{
    Work& work = m_works[partition];
    if (work.member != entry.actor && entry.actor != 0)
        deliver(group, partition, entry); // its delivery is not in the recording
    work.attempt = std::uint8_t(std::min(entry.attempt + 1, 255));
    work.order = OrderId{entry.order};
    work.is_open = true;
    if (__builtin_add_overflow(entry.time_us, std::int64_t(std::max(entry.value, 0)) * 1'000, &work.next_attempt_us))
        work.next_attempt_us = entry.time_us;
    setActivity(group, partition, MemberActivity::Retrying, entry.time_us);
}

/// Handled, skipped, parked or given up: nothing of the partition is in hand any more, unless a later event was
/// delivered.
void GroupWork::settle(GroupState& group, std::uint32_t partition, const Entry& entry, EventProgress::Outcome outcome)
{
    const std::uint32_t member = findMember(group, entry.actor);
    switch (outcome) {
    case EventProgress::Outcome::Handled:
        ++group.handled;
        if (member != npos)
            ++group.members[member].handled;
        break;
    case EventProgress::Outcome::Skipped:
    case EventProgress::Outcome::NotOurs: ++group.duplicates_skipped; break;
    case EventProgress::Outcome::GivenUp:
        ++group.dead_letters;
        if (member != npos)
            group.members[member].error = entry.detail;
        break;
    case EventProgress::Outcome::Parked:
    case EventProgress::Outcome::Replayed:
    case EventProgress::Outcome::None: break;
    }
    if (partition == npos || (entry.actor != 0 && m_works[partition].member != entry.actor))
        return; // somebody else has the partition by now
    if (entry.offset < 0 || entry.offset >= group.partitions[partition].delivered - 1)
        setActivity(group, partition, MemberActivity::Idle, entry.time_us);
    else if (m_works[partition].activity == MemberActivity::Retrying)
        setActivity(group, partition, MemberActivity::Busy, entry.time_us); // with the rest of the batch
}

/// What it had in hand is gone; the broker does not know yet, so that its partitions are still its own.
void GroupWork::crash(GroupState& group, const Entry& entry)
{
    m_in_work.release(entry.actor);
    for (std::uint32_t i = 0; i < m_works.size(); ++i) {
        if (m_works[i].member == entry.actor && m_works[i].activity != MemberActivity::Idle)
            setActivity(group, i, MemberActivity::Idle, entry.time_us);
    }
}

void GroupWork::pauseOrResume(GroupState& group, std::uint32_t partition, const Entry& entry)
{
    Work& work = m_works[partition];
    if (work.member == 0 && work.activity == MemberActivity::Idle)
        work.member = entry.actor != 0 ? entry.actor : group.partitions[partition].member;
    if (entry.kind == EntryKind::WorkPaused) {
        if (const std::uint32_t member = findMember(group, work.member); member != npos)
            group.members[member].error = entry.detail;
        setActivity(group, partition, MemberActivity::Paused, entry.time_us);
    } else if (work.activity == MemberActivity::Paused) {
        setActivity(group, partition, work.is_open ? MemberActivity::Busy : MemberActivity::Idle, entry.time_us);
    }
}

void GroupWork::leave(GroupState& group, const Entry& entry)
{
    m_in_work.release(entry.actor);
    const auto gone = std::find_if(group.members.begin(), group.members.end(),
                                   [&](const MemberState& member) { return member.name == entry.actor; });
    for (std::uint32_t i = 0; i < group.partitions.size(); ++i) {
        if (group.partitions[i].member == entry.actor)
            group.partitions[i].member = 0;
        if (m_works[i].member == entry.actor)
            m_works[i] = Work{};
    }
    if (gone == group.members.end())
        return;
    m_members.erase(m_members.begin() + (gone - group.members.begin()));
    group.members.erase(gone);
    m_member_index.clear();
    for (std::uint32_t i = 0; i < group.members.size(); ++i)
        m_member_index.insert(mixed(group.members[i].name), i);
}

void GroupWork::apply(GroupState& group, const Entry& entry, const Names& names)
{
    if (entry.kind == EntryKind::MemberJoined) {
        memberAt(group, entry.actor);
        return;
    }
    if (entry.kind == EntryKind::MemberLeft) {
        leave(group, entry);
        return;
    }
    if (entry.kind == EntryKind::ProcessCrashed) {
        crash(group, entry);
        return;
    }
    const std::uint32_t partition = partitionAt(group, entry, names);
    const EventProgress progress = progressOf(entry);
    m_in_work.apply(entry, progress);
    group.parked = std::int64_t(m_in_work.parked());
    switch (progress.hold) {
    case EventProgress::Hold::Failed: fail(group, entry); return;
    case EventProgress::Hold::Released: settle(group, partition, entry, progress.outcome); return;
    case EventProgress::Hold::Kept:
        if (partition != npos)
            keep(group, partition, entry);
        return;
    case EventProgress::Hold::Taken:
    case EventProgress::Hold::Again:
        if (partition != npos)
            deliver(group, partition, entry);
        return;
    case EventProgress::Hold::Same: break;
    }
    if (partition == npos)
        return;
    GroupPartitionState& state = group.partitions[partition];
    switch (entry.kind) {
    case EntryKind::OffsetCommitted:
        state.committed = std::max<std::int64_t>(entry.offset, 0);
        state.last_commit_us = entry.time_us;
        break;
    case EntryKind::OffsetsReset: state.committed = state.delivered = std::max<std::int64_t>(entry.offset, 0); break;
    case EntryKind::PartitionAssigned:
        memberAt(group, entry.actor);
        if (m_works[partition].member != entry.actor) {
            setActivity(group, partition, MemberActivity::Idle, entry.time_us);
            m_works[partition].member = entry.actor;
        }
        state.member = entry.actor;
        break;
    case EntryKind::PartitionRevoked:
        if (entry.actor != 0 && state.member != entry.actor)
            break; // already somebody else's
        setActivity(group, partition, MemberActivity::Idle, entry.time_us);
        m_works[partition].member = 0;
        state.member = 0;
        break;
    case EntryKind::WorkPaused:
    case EntryKind::WorkResumed: pauseOrResume(group, partition, entry); break;
    default: break;
    }
}

} // namespace orderlab
