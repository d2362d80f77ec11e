#include "ui/worlds/equal_parts.h"

#include "domain/group_roles.h"
#include "ui/models/format.h"

namespace orderlab::ui {

namespace {

const GroupState* groupOf(const WorldState& world, const JournalNames& names, const std::string& name)
{
    const auto found = std::find_if(world.groups().begin(), world.groups().end(), [&](const GroupState& group) {
        return names.groupLabel(group.name) == toQt(name);
    });
    return found == world.groups().end() ? nullptr : &*found;
}

bool haveEqualRows(const Totals& a, const Totals& b)
{
    return a.accepted == b.accepted && a.paid == b.paid && a.failed == b.failed && a.canceled == b.canceled
           && a.dead_letters == b.dead_letters && a.emitted == b.emitted && a.published == b.published
           && a.handled == b.handled && a.charges == b.charges && a.refunds == b.refunds
           && a.notifications == b.notifications;
}

bool doEqualWork(const GroupState& a, const GroupState& b)
{
    const auto members = [](const MemberState& one, const MemberState& other) {
        return one.name == other.name && one.activity == other.activity && one.attempt == other.attempt
               && one.error == other.error && one.order == other.order;
    };
    return a.handled == b.handled && a.attempts_failed == b.attempts_failed
           && a.duplicates_skipped == b.duplicates_skipped && a.dead_letters == b.dead_letters && a.parked == b.parked
           && std::equal(a.members.begin(), a.members.end(), b.members.begin(), b.members.end(), members);
}

std::vector<GroupPartitionState> offsetsOf(const GroupState& group, NameId topic)
{
    std::vector<GroupPartitionState> offsets;
    for (const GroupPartitionState& partition : group.partitions) {
        if (partition.topic == topic) {
            offsets.push_back(partition);
            offsets.back().last_commit_us = 0; // When is not shown.
        }
    }
    return offsets;
}

bool haveEqualOffsets(const GroupState* a, const GroupState* b, NameId topic)
{
    return (a ? offsetsOf(*a, topic) : std::vector<GroupPartitionState>{})
           == (b ? offsetsOf(*b, topic) : std::vector<GroupPartitionState>{});
}

const TopicState* topicOf(const WorldState& world, const JournalNames& names, EventType type)
{
    const auto found = std::find_if(world.topics().begin(), world.topics().end(),
                                    [&](const TopicState& topic) { return names.topic(topic.name) == type; });
    return found == world.topics().end() ? nullptr : &*found;
}

} // namespace

EqualParts equalParts(const WorldState& one, const WorldState& other, const JournalNames& names,
                      const std::vector<std::string>& groups)
{
    EqualParts equal;
    equal.api = one.totals().accepted == other.totals().accepted && one.totals().canceled == other.totals().canceled;
    equal.store = haveEqualRows(one.totals(), other.totals());
    equal.dead_letters = one.deadLettersWaiting() == other.deadLettersWaiting();
    for (const std::string& name : groups) {
        const GroupState* const a = groupOf(one, names, name);
        const GroupState* const b = groupOf(other, names, name);
        const bool pays = name == group_roles.pays;
        const bool same_money =
            one.totals().charges == other.totals().charges && one.totals().refunds == other.totals().refunds;
        equal.groups.push_back((!a && !b) || (a && b && doEqualWork(*a, *b) && (!pays || same_money)));
    }
    for (const EventType type : all_event_types) {
        const TopicState* const a = topicOf(one, names, type);
        const TopicState* const b = topicOf(other, names, type);
        bool& is_equal = equal.topics[std::size_t(type)];
        is_equal = (!a && !b) || (a && b && *a == *b);
        for (const std::string& name : groups)
            is_equal =
                is_equal && (!a || haveEqualOffsets(groupOf(one, names, name), groupOf(other, names, name), a->name));
    }
    return equal;
}

EqualParts partsToDim(const EqualParts& equal)
{
    const auto all = [](const auto& parts) {
        return std::all_of(parts.begin(), parts.end(), [](bool one) { return one; });
    };
    const bool is_all = equal.api && equal.store && equal.dead_letters && all(equal.topics) && all(equal.groups);
    return is_all ? EqualParts() : equal;
}

} // namespace orderlab::ui
