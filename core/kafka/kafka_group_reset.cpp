#include "bus/group_reset.h"
#include "kafka/kafka_groups.h"

#include <algorithm>

namespace orderlab {

/// The broker refuses it as long as it knows of a member, be it one that is just leaving.
rd_kafka_resp_err_t KafkaGroups::commitAsNobody(rd_kafka_t* probe, const rd_kafka_topic_partition_list_t* offsets)
{
    const TimePoint give_up = m_context.runtime.now() + std::chrono::milliseconds{kafka_question_limit_ms};
    rd_kafka_resp_err_t refused = rd_kafka_commit(probe, offsets, 0);
    while (refused == RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID && m_context.runtime.now() < give_up && !m_context.closing) {
        rd_kafka_poll(m_client, kafka_ask_again_ms);
        refused = rd_kafka_commit(probe, offsets, 0);
    }
    return refused;
}

/// The mock cluster takes offsets of a group that it knows from members only.
rd_kafka_resp_err_t KafkaGroups::commitAsMember(const std::string& group,
                                                const rd_kafka_topic_partition_list_t* offsets)
{
    const std::string session_ms = std::to_string(m_context.options.session_timeout.count() / 1'000);
    const std::vector<KafkaProperty> properties{{"group.id", group},
                                                {"enable.auto.commit", "false"},
                                                {"session.timeout.ms", session_ms},
                                                {"heartbeat.interval.ms", "200"}};
    auto conf = m_context.conf("reset", properties);
    if (!conf)
        return RD_KAFKA_RESP_ERR__INVALID_ARG;
    auto member = KafkaContext::client(RD_KAFKA_CONSUMER, std::move(*conf));
    if (!member)
        return RD_KAFKA_RESP_ERR__INVALID_ARG;
    rd_kafka_t* const client = member->get();
    rd_kafka_poll_set_consumer(client);
    const KafkaPartitions topics(rd_kafka_topic_partition_list_new(offsets->cnt));
    for (int i = 0; i < offsets->cnt; ++i) {
        if (!rd_kafka_topic_partition_list_find(topics.get(), offsets->elems[i].topic, RD_KAFKA_PARTITION_UA))
            rd_kafka_topic_partition_list_add(topics.get(), offsets->elems[i].topic, RD_KAFKA_PARTITION_UA);
    }
    rd_kafka_resp_err_t refused = rd_kafka_subscribe(client, topics.get());
    constexpr std::chrono::milliseconds patience{3 * kafka_question_limit_ms}; // It waits 3 s for more members.
    const TimePoint give_up = m_context.runtime.now() + patience;
    bool is_member = false;
    while (!refused && !is_member && m_context.runtime.now() < give_up && !m_context.closing) {
        KafkaMessage(rd_kafka_consumer_poll(client, kafka_ask_again_ms));
        rd_kafka_topic_partition_list_t* assigned = nullptr;
        if (rd_kafka_assignment(client, &assigned) == RD_KAFKA_RESP_ERR_NO_ERROR) {
            is_member = assigned->cnt > 0;
            rd_kafka_topic_partition_list_destroy(assigned);
        }
    }
    if (!refused)
        refused = is_member ? rd_kafka_commit(client, offsets, 0) : RD_KAFKA_RESP_ERR__TIMED_OUT;
    rd_kafka_consumer_close(client);
    return refused;
}

Result<std::vector<OffsetChange>> KafkaGroups::reset(const GroupReset& reset, const Groups& here)
{
    ORDERLAB_TRY(return, check(reset));
    auto all = groupsOfAll(here);
    if (!all)
        return all.error();
    if ((*all)[reset.group].has_unknown_members && !mayHaveMembers(reset)) {
        return Error{ErrorCode::Conflict, Retry::Later,
                     "group " + reset.group
                         + " is active: it has members of Kafka's consumer protocol, whose names are unknown here; "
                           "they must leave first",
                     "group"};
    }
    std::vector<std::string> active;
    for (const auto& [member, places] : (*all)[reset.group].members)
        active.push_back(member);
    if (!active.empty() && !mayHaveMembers(reset))
        return groupIsActive(reset.group, active);
    auto probe = probeOf(reset.group);
    if (!probe)
        return probe.error();
    auto before = committed(*probe);
    if (!before)
        return before.error();
    if (before->empty())
        return Error{ErrorCode::NotFound, Retry::Never, "there is no group " + reset.group, "group"};
    auto log_ends = ends();
    if (!log_ends)
        return log_ends.error();
    std::map<TopicPartition, std::int64_t> at_time;
    if (reset.target == OffsetTarget::Time) {
        const std::int64_t time_ms = std::max<std::int64_t>(0, toMicros(reset.time) / 1'000);
        auto found = m_is_embedded ? findByReading(*probe, time_ms, *log_ends) : offsetsAt(time_ms);
        if (!found)
            return found.error();
        at_time = std::move(*found);
    }
    std::vector<OffsetChange> changes;
    const KafkaPartitions targets(rd_kafka_topic_partition_list_new(int(before->size())));
    for (const auto& [where, from] : *before) {
        if (!isMeant(reset, where))
            continue;
        const Ends& log = (*log_ends)[where];
        std::int64_t to = log.end;
        if (reset.target == OffsetTarget::Earliest)
            to = log.earliest;
        else if (reset.target == OffsetTarget::Offset)
            to = std::clamp(reset.offset, log.earliest, log.end);
        else if (reset.target == OffsetTarget::Time && at_time[where] >= 0) // Negative: nothing is that young.
            to = at_time[where];
        changes.push_back({where, from, to, log.end});
        rd_kafka_topic_partition_list_add(targets.get(), m_context.topic(where.topic).c_str(), where.partition)
            ->offset = to;
    }
    if (changes.empty())
        return resetFoundNothing(reset);
    if (reset.dry_run)
        return changes;
    const rd_kafka_resp_err_t refused =
        m_is_embedded ? commitAsMember(reset.group, targets.get()) : commitAsNobody(*probe, targets.get());
    if (refused == RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID)
        return Error{ErrorCode::Conflict, Retry::Later,
                     "group " + reset.group + " has become active: its members must leave first", "group"};
    if (refused)
        return kafkaError(refused, "resetting offsets");
    auto after = committed(*probe);
    if (!after)
        return after.error();
    for (OffsetChange& change : changes) {
        change.to = (*after)[change.where];
        Entry entry;
        entry.time_us = toMicros(m_context.runtime.now());
        entry.kind = EntryKind::OffsetsReset;
        entry.group = m_context.journal.names().intern(reset.group);
        entry.topic = m_context.topicNameId(change.where.topic);
        entry.partition = change.where.partition;
        entry.offset = change.to;
        m_context.journal.append(entry);
    }
    return changes;
}

} // namespace orderlab
