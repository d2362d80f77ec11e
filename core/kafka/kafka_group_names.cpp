#include "kafka/kafka_groups.h"

namespace orderlab {

/// As committed(), but by a question of the administration: nobody has to speak in the group's name.
Result<std::map<TopicPartition, std::int64_t>> KafkaGroups::committedBy(const std::string& group)
{
    using Request =
        std::unique_ptr<rd_kafka_ListConsumerGroupOffsets_t, KafkaDelete<rd_kafka_ListConsumerGroupOffsets_destroy>>;
    if (m_context.closing)
        return closedError("bus");
    const KafkaPartitions all = allPartitions(RD_KAFKA_OFFSET_INVALID);
    const Request request(rd_kafka_ListConsumerGroupOffsets_new(group.c_str(), all.get()));
    rd_kafka_ListConsumerGroupOffsets_t* raw[] = {request.get()};
    const KafkaQueue queue(rd_kafka_queue_new(m_client));
    rd_kafka_ListConsumerGroupOffsets(m_client, raw, 1, nullptr, queue.get());
    const std::string what = "asking for the offsets of group " + group;
    auto event = kafkaAnswer(queue.get(), kafka_answer_limit_ms, what);
    if (!event)
        return event.error();
    std::map<TopicPartition, std::int64_t> offsets;
    std::size_t count = 0;
    const auto* groups = rd_kafka_ListConsumerGroupOffsets_result_groups(
        rd_kafka_event_ListConsumerGroupOffsets_result(event->get()), &count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto refused = rd_kafka_error_code(rd_kafka_group_result_error(groups[i]));
        if (refused == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED)
            return offsets; // A group that this user may not read is none that he has read with.
        if (refused)
            return kafkaError(refused, what);
        const rd_kafka_topic_partition_list_t* partitions = rd_kafka_group_result_partitions(groups[i]);
        for (int p = 0; partitions && p < partitions->cnt; ++p) {
            const rd_kafka_topic_partition_t& answer = partitions->elems[p];
            const auto type = m_context.typeOfTopic(answer.topic);
            if (type && !answer.err && answer.offset >= 0)
                offsets[{*type, std::uint16_t(answer.partition)}] = answer.offset;
        }
    }
    return offsets;
}

Result<OffsetsTaken> KafkaGroups::takeOffsets(const std::string& from, const std::string& to)
{
    const auto groups = listGroups(Brokers::All);
    if (!groups)
        return groups.error();
    if (!groups->contains(from)) // Before its first group a cluster has nobody who could be asked for offsets.
        return OffsetsTaken{};
    const auto before = committedBy(from);
    if (!before)
        return before.error();
    if (before->empty())
        return OffsetsTaken{};
    const auto own = committedBy(to);
    if (!own)
        return own.error();
    if (!own->empty())
        return OffsetsTaken{};
    const KafkaPartitions offsets(rd_kafka_topic_partition_list_new(int(before->size())));
    for (const auto& [where, offset] : *before)
        rd_kafka_topic_partition_list_add(offsets.get(), m_context.topic(where.topic).c_str(), where.partition)
            ->offset = offset;
    auto probe = probeOf(to);
    if (!probe)
        return probe.error();
    const auto refused = commitAsNobody(*probe, offsets.get());
    if (refused == RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID)
        return OffsetsTaken{}; // Another process was quicker and has members already.
    if (refused)
        return kafkaError(refused, "taking over the offsets of group " + from);
    OffsetsTaken taken{before->size(), {}};
    auto all = groupsOfAll({});
    if (!all)
        return all.error();
    for (const auto& [member, places] : (*all)[from].members) {
        if (!places.empty()) // One of another installation reads other topics.
            taken.still_active.push_back(member);
    }
    if ((*all)[from].has_unknown_members)
        taken.still_active.push_back("(unknown)");
    return taken;
}

} // namespace orderlab
