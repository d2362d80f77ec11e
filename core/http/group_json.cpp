#include "http/group_json.h"

#include <algorithm>

namespace orderlab {

namespace {

/// How long the first of these events has waited. 0 where none waits, nothing where it is not known.
std::optional<Duration> waitOf(const PartitionStatus& partition, TimePoint now)
{
    if (partition.lag() <= 0)
        return Duration{0};
    if (!partition.waiting_since)
        return std::nullopt;
    return std::max(now - *partition.waiting_since, Duration{0}); // The log's clock may be another machine's.
}

JsonNode secondsJson(std::optional<Duration> wait)
{
    return wait ? JsonNode::number(std::chrono::duration<double>(*wait).count()) : JsonNode{};
}

/// What is unusual about a committed offset; null: nothing.
JsonNode noteOf(const PartitionStatus& partition)
{
    if (partition.isBeyondEnd())
        return JsonNode::string("the committed offset is beyond the end: the topic was deleted, or the log has lost "
                                "its end; the group begins "
                                "with what is there");
    if (partition.missed() > 0)
        return JsonNode::string(
            "the log dropped these before the group had committed them; what it had not handled is published again");
    return JsonNode{};
}

JsonNode partitionJson(const PartitionStatus& partition, std::optional<Duration> wait)
{
    return JsonNode::object()
        .add("topic", JsonNode::string(topicName(partition.where.topic)))
        .add("partition", JsonNode::number(partition.where.partition))
        .add("member", partition.member.empty() ? JsonNode{} : JsonNode::string(partition.member))
        .add("earliest", JsonNode::number(partition.earliest))
        .add("committed", JsonNode::number(partition.committed))
        .add("end", JsonNode::number(partition.end))
        .add("lag", JsonNode::number(partition.lag()))
        .add("lag_seconds", secondsJson(wait))
        .add("missed", JsonNode::number(partition.missed()))
        .add("note", noteOf(partition));
}

JsonNode groupJson(const GroupStatus& group, TimePoint now)
{
    JsonNode members = JsonNode::array();
    for (const std::string& member : group.members)
        members.items.push_back(JsonNode::string(member));
    JsonNode partitions = JsonNode::array();
    std::int64_t lag = 0;
    Duration longest{0};
    bool is_known = true; // One that is not known may be the longest.
    for (const PartitionStatus& partition : group.partitions) {
        const std::optional<Duration> wait = waitOf(partition, now);
        lag += partition.lag();
        is_known = is_known && wait.has_value();
        longest = std::max(longest, wait.value_or(Duration{0}));
        partitions.items.push_back(partitionJson(partition, wait));
    }
    return JsonNode::object()
        .add("group", JsonNode::string(group.group))
        .add("members", std::move(members))
        .add("members_unknown", JsonNode::boolean(group.has_unknown_members))
        .add("lag", JsonNode::number(lag))
        .add("lag_seconds", is_known ? secondsJson(longest) : JsonNode{})
        .add("partitions", std::move(partitions));
}

std::string counted(std::int64_t count)
{
    return std::to_string(count) + (count == 1 ? " event" : " events");
}

/// "12 events would be seen again, 3 events would never be seen."
std::string sentence(std::int64_t again, std::int64_t never, bool dry_run)
{
    const std::string will = dry_run ? " would " : " will ";
    if (again == 0 && never == 0)
        return dry_run ? "Nothing would change." : "Nothing has changed.";
    std::string text;
    if (again > 0)
        text = counted(again) + will + "be seen again";
    if (never > 0)
        text += (text.empty() ? "" : ", ") + counted(never) + will + "never be seen";
    return text + '.';
}

} // namespace

JsonNode groupsJson(std::span<const GroupStatus> groups, TimePoint now)
{
    JsonNode list = JsonNode::array();
    for (const GroupStatus& group : groups)
        list.items.push_back(groupJson(group, now));
    return JsonNode::object().add("groups", std::move(list));
}

JsonNode groupResetJson(const GroupReset& reset, std::span<const OffsetChange> changes)
{
    JsonNode partitions = JsonNode::array();
    std::int64_t again = 0, never = 0;
    for (const OffsetChange& change : changes) {
        const std::int64_t seen_again = std::max<std::int64_t>(change.seenAgain(), 0);
        const std::int64_t never_seen = std::max<std::int64_t>(-change.seenAgain(), 0);
        again += seen_again;
        never += never_seen;
        partitions.items.push_back(JsonNode::object()
                                       .add("topic", JsonNode::string(topicName(change.where.topic)))
                                       .add("partition", JsonNode::number(change.where.partition))
                                       .add("from", JsonNode::number(change.from))
                                       .add("to", JsonNode::number(change.to))
                                       .add("end", JsonNode::number(change.end))
                                       .add("seen_again", JsonNode::number(seen_again))
                                       .add("never_seen", JsonNode::number(never_seen)));
    }
    return JsonNode::object()
        .add("group", JsonNode::string(reset.group))
        .add("dry_run", JsonNode::boolean(reset.dry_run))
        .add("seen_again", JsonNode::number(again))
        .add("never_seen", JsonNode::number(never))
        .add("sentence", JsonNode::string(sentence(again, never, reset.dry_run)))
        .add("partitions", std::move(partitions));
}

} // namespace orderlab
