#include "ui/canvas/flow_gather.h"

#include <algorithm>

namespace orderlab::ui {

namespace {

/// The member that needs most attention speaks for its group.
void showMembers(const GroupState& group, const JournalNames& names, GroupCard& card)
{
    for (const MemberState& member : group.members) {
        // Paused asks for most attention, then Retrying, Busy, Idle: the order of the enumeration.
        if (member.activity > card.activity
            || (member.activity == MemberActivity::Retrying && member.next_attempt_us < card.next_attempt_us)) {
            card.activity = member.activity;
            card.attempt = member.attempt;
            card.next_attempt_us = member.next_attempt_us;
            card.error = names.text(member.error);
        }
    }
}

void gatherGroups(const FlowMoment& moment, SceneData& data)
{
    data.groups.assign(moment.groups.size(), {});
    data.committed.assign(moment.groups.size(), {});
    for (std::size_t g = 0; g < moment.groups.size(); ++g) {
        data.groups[g].name = moment.groups[g].name;
        data.groups[g].members = moment.groups[g].members;
        data.groups[g].rate = moment.rates.handled(g, moment.now_us);
    }
    const std::vector<int>& places = moment.rates.groupPlaces();
    for (const GroupState& group : moment.world.groups()) {
        const int place = group.name < places.size() ? places[group.name] : -1;
        if (place < 0)
            continue;
        GroupCard& card = data.groups[std::size_t(place)];
        card.handled = group.handled;
        card.parked = group.parked;
        showMembers(group, moment.names, card);
        for (const GroupPartitionState& partition : group.partitions) {
            const auto topic = moment.names.topic(partition.topic);
            if (!topic)
                continue;
            auto& offsets = data.committed[std::size_t(place)][std::size_t(*topic)];
            offsets.resize(std::max<std::size_t>(offsets.size(), std::size_t(moment.partitions)), 0);
            if (partition.partition < offsets.size())
                offsets[partition.partition] = partition.committed;
        }
    }
}

/// The lag of the group that is furthest behind.
std::int64_t lagOf(const TopicState& topic, EventType type, const SceneData& data)
{
    std::int64_t most = 0;
    for (const auto& group : data.committed) {
        const auto& offsets = group[std::size_t(type)];
        std::int64_t lag = 0;
        for (std::size_t p = 0; p < offsets.size() && p < topic.partitions.size(); ++p)
            lag += std::max<std::int64_t>(0, topic.partitions[p].end - offsets[p]);
        most = std::max(most, lag);
    }
    return most;
}

void gatherTopics(const FlowMoment& moment, SceneData& data)
{
    for (const EventType type : all_event_types)
        data.topics[std::size_t(type)] = {moment.rates.published(type, moment.now_us), 0, 0};
    for (const TopicState& topic : moment.world.topics()) {
        const auto type = moment.names.topic(topic.name);
        if (!type)
            continue;
        TopicLine& line = data.topics[std::size_t(*type)];
        line.published = topic.published;
        line.lag = lagOf(topic, *type, data);
    }
}

} // namespace

void gatherFlow(FlowMoment moment, SceneData& data)
{
    data.now_us = moment.now_us;
    data.partitions = moment.partitions;
    data.order_rate = moment.rates.orders(moment.now_us);
    gatherGroups(moment, data);
    gatherTopics(moment, data);
    data.redis = moment.world.redis();
    data.marks = failureMarks(moment.world, moment.names, moment.groups, moment.now_us);
}

} // namespace orderlab::ui
