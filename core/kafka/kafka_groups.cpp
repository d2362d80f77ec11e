#include "kafka/kafka_groups.h"

#include <algorithm>

namespace orderlab {

namespace {

constexpr std::size_t probes_max = 32;

} // namespace

KafkaGroups::KafkaGroups(KafkaContext& context, rd_kafka_t* client, KafkaTopics& topics, bool is_embedded)
    : m_context(context), m_client(client), m_topics(topics), m_is_embedded(is_embedded)
{}

KafkaPartitions KafkaGroups::allPartitions(std::int64_t offset) const
{
    KafkaPartitions all(rd_kafka_topic_partition_list_new(16));
    for (const EventType type : all_event_types) {
        for (int partition = 0; partition < m_context.partitions(type); ++partition)
            rd_kafka_topic_partition_list_add(all.get(), m_context.topic(type).c_str(), partition)->offset = offset;
    }
    return all;
}

/// For each partition the first offset at `time_ms` or later; also the protocol's -1 (end) and -2 (earliest).
Result<std::map<TopicPartition, std::int64_t>> KafkaGroups::offsetsAt(std::int64_t time_ms)
{
    const TimePoint give_up = m_context.runtime.now() + std::chrono::milliseconds{kafka_question_limit_ms};
    for (;;) {
        if (m_context.closing)
            return closedError("bus");
        const KafkaPartitions all = allPartitions(time_ms);
        rd_kafka_resp_err_t error = rd_kafka_offsets_for_times(m_client, all.get(), kafka_question_limit_ms);
        std::map<TopicPartition, std::int64_t> offsets;
        for (int i = 0; i < all->cnt && !error; ++i) {
            const rd_kafka_topic_partition_t& answer = all->elems[i];
            error = answer.err;
            offsets[{*m_context.typeOfTopic(answer.topic), std::uint16_t(answer.partition)}] = answer.offset;
        }
        if (!error)
            return offsets;
        if (m_context.runtime.now() > give_up)
            return kafkaError(error, "asking for offsets");
        // Leaders are being elected, or have moved.
        rd_kafka_poll(m_client, kafka_ask_again_ms);
        const auto topics = m_topics.list();
        if (!topics)
            return topics.error();
    }
}

Result<std::map<TopicPartition, KafkaGroups::Ends>> KafkaGroups::ends()
{
    auto earliest = offsetsAt(RD_KAFKA_OFFSET_BEGINNING);
    if (!earliest)
        return earliest.error();
    auto end = offsetsAt(RD_KAFKA_OFFSET_END);
    if (!end)
        return end.error();
    std::map<TopicPartition, Ends> ends;
    for (const auto& [where, offset] : *end)
        ends[where] = {(*earliest)[where], offset};
    return ends;
}

/// As offsetsAt() for a time, where the log cannot be asked, but is small: the mock cluster has no index by time.
Result<std::map<TopicPartition, std::int64_t>>
KafkaGroups::findByReading(rd_kafka_t* probe, std::int64_t time_ms, const std::map<TopicPartition, Ends>& log_ends)
{
    constexpr auto patience = std::chrono::seconds{30};
    std::map<TopicPartition, std::int64_t> found;
    const KafkaPartitions to_read(rd_kafka_topic_partition_list_new(int(log_ends.size())));
    for (const auto& [where, log] : log_ends) {
        found[where] = RD_KAFKA_OFFSET_END;
        if (log.earliest < log.end)
            rd_kafka_topic_partition_list_add(to_read.get(), m_context.topic(where.topic).c_str(), where.partition)
                ->offset = log.earliest;
    }
    if (const auto error = rd_kafka_assign(probe, to_read.get()))
        return kafkaError(error, "looking for a time");
    std::set<TopicPartition> done;
    const TimePoint give_up = m_context.runtime.now() + patience;
    while (done.size() < std::size_t(to_read->cnt) && m_context.runtime.now() < give_up && !m_context.closing) {
        const KafkaMessage message(rd_kafka_consumer_poll(probe, kafka_ask_again_ms));
        const auto type =
            message && !message->err ? m_context.typeOfTopic(rd_kafka_topic_name(message->rkt)) : std::nullopt;
        if (!type)
            continue;
        const TopicPartition where{*type, std::uint16_t(message->partition)};
        if (done.contains(where))
            continue;
        const bool is_young = rd_kafka_message_timestamp(message.get(), nullptr) >= time_ms;
        if (is_young)
            found[where] = message->offset;
        if (is_young || message->offset + 1 >= log_ends.at(where).end)
            done.insert(where);
    }
    rd_kafka_assign(probe, nullptr);
    if (done.size() < std::size_t(to_read->cnt))
        return unavailable(
            "the embedded cluster could not be read through in time for a time; try again, or name an offset");
    return found;
}

Result<rd_kafka_t*> KafkaGroups::probeOf(const std::string& group)
{
    if (m_probes.size() >= probes_max && !m_probes.contains(group))
        m_probes.clear();
    KafkaProbe& probe = m_probes[group];
    if (!probe) {
        const std::vector<KafkaProperty> properties{
            {"group.id", group}, {"enable.auto.commit", "false"}, {"fetch.wait.max.ms", "10"}};
        auto conf = m_context.conf("groups", properties);
        if (!conf)
            return conf.error();
        auto client = KafkaContext::client(RD_KAFKA_CONSUMER, std::move(*conf));
        if (!client)
            return client.error();
        probe.reset(client->release());
        rd_kafka_poll_set_consumer(probe.get());
    }
    return probe.get();
}

/// Partitions without a committed offset are not in the answer.
Result<std::map<TopicPartition, std::int64_t>> KafkaGroups::committed(rd_kafka_t* probe)
{
    const TimePoint give_up = m_context.runtime.now() + std::chrono::milliseconds{kafka_question_limit_ms};
    KafkaPartitions all;
    for (;;) {
        if (m_context.closing)
            return closedError("bus");
        all = allPartitions(RD_KAFKA_OFFSET_INVALID);
        const rd_kafka_resp_err_t error = rd_kafka_committed(probe, all.get(), kafka_question_limit_ms);
        if (!error)
            break;
        // A broker that has just become the group's coordinator, as at its start, or has just ceased to be it.
        const bool is_moving = error == RD_KAFKA_RESP_ERR_NOT_COORDINATOR
                               || error == RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS
                               || error == RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE;
        if (!is_moving || m_context.runtime.now() > give_up)
            return kafkaError(error, "asking for committed offsets");
        rd_kafka_poll(m_client, kafka_ask_again_ms);
    }
    std::map<TopicPartition, std::int64_t> offsets;
    for (int i = 0; i < all->cnt; ++i) {
        const rd_kafka_topic_partition_t& answer = all->elems[i];
        if (!answer.err && answer.offset >= 0)
            offsets[{*m_context.typeOfTopic(answer.topic), std::uint16_t(answer.partition)}] = answer.offset;
    }
    return offsets;
}

Result<std::map<std::string, rd_kafka_consumer_group_state_t>> KafkaGroups::listGroups(Brokers of)
{
    if (m_context.closing)
        return closedError("bus");
    const KafkaQueue queue(rd_kafka_queue_new(m_client));
    rd_kafka_ListConsumerGroups(m_client, nullptr, queue.get());
    auto event = kafkaAnswer(queue.get(), kafka_answer_limit_ms, "listing groups");
    if (!event)
        return event.error();
    std::size_t count = 0;
    const auto* result = rd_kafka_event_ListConsumerGroups_result(event->get());
    const auto* const failed = rd_kafka_ListConsumerGroups_result_errors(result, &count);
    if (of == Brokers::All && count > 0) // One that has just started may still be loading.
        return kafkaError(rd_kafka_error_code(failed[0]), "listing groups");
    const auto* listed = rd_kafka_ListConsumerGroups_result_valid(result, &count);
    std::map<std::string, rd_kafka_consumer_group_state_t> states;
    for (std::size_t i = 0; i < count; ++i)
        states[rd_kafka_ConsumerGroupListing_group_id(listed[i])] = rd_kafka_ConsumerGroupListing_state(listed[i]);
    return states;
}

/// Of all processes. The mock cluster cannot be asked, but nobody else is there.
Result<KafkaGroups::Groups> KafkaGroups::groupsOfAll(const Groups& here)
{
    if (m_is_embedded)
        return here;
    auto names = listGroups();
    if (!names)
        return names.error();
    Groups all;
    for (const auto& [group, readers] : here)
        all[group].topics = readers.topics; // The broker does not know it before its first member has joined.
    if (names->empty())
        return all;
    std::vector<const char*> raw;
    for (const auto& [name, state] : *names)
        raw.push_back(name.c_str());
    const KafkaQueue queue(rd_kafka_queue_new(m_client));
    rd_kafka_DescribeConsumerGroups(m_client, raw.data(), raw.size(), nullptr, queue.get());
    auto event = kafkaAnswer(queue.get(), kafka_answer_limit_ms, "describing groups");
    if (!event)
        return event.error();
    std::size_t count = 0;
    const auto* groups = rd_kafka_DescribeConsumerGroups_result_groups(
        rd_kafka_event_DescribeConsumerGroups_result(event->get()), &count);
    const std::string own = '@' + m_context.options.process;
    for (std::size_t i = 0; i < count; ++i) {
        if (rd_kafka_error_code(rd_kafka_ConsumerGroupDescription_error(groups[i])))
            continue; // Gone meanwhile, or not for us to see.
        const std::string group = rd_kafka_ConsumerGroupDescription_group_id(groups[i]);
        auto& members = all[group].members;
        // A group of the consumer protocol (KIP-848) is listed as what it is, and described to older clients as dead.
        const auto listed_as = (*names)[group];
        if (rd_kafka_ConsumerGroupDescription_state(groups[i]) == RD_KAFKA_CONSUMER_GROUP_STATE_DEAD
            && listed_as != RD_KAFKA_CONSUMER_GROUP_STATE_DEAD && listed_as != RD_KAFKA_CONSUMER_GROUP_STATE_EMPTY) {
            all[group].has_unknown_members = true;
            if (const auto ours = here.find(group); ours != here.end())
                members = ours->second.members;
            continue;
        }
        for (std::size_t m = 0; m < rd_kafka_ConsumerGroupDescription_member_count(groups[i]); ++m) {
            const auto* member = rd_kafka_ConsumerGroupDescription_member(groups[i], m);
            std::string name = rd_kafka_MemberDescription_client_id(member);
            if (own.size() > 1 && name.ends_with(own))
                name.resize(name.size() - own.size());
            auto& places = members[name];
            const auto* assignment = rd_kafka_MemberDescription_assignment(member);
            const auto* partitions = assignment ? rd_kafka_MemberAssignment_partitions(assignment) : nullptr;
            for (int p = 0; partitions && p < partitions->cnt; ++p) {
                if (const auto type = m_context.typeOfTopic(partitions->elems[p].topic))
                    places.push_back({*type, std::uint16_t(partitions->elems[p].partition)});
            }
        }
    }
    return all;
}

/// Reads one record of every partition that has a lag, for when the log got it.
void KafkaGroups::findWaitingSince(rd_kafka_t* probe, std::vector<PartitionStatus>& partitions)
{
    constexpr auto patience = std::chrono::milliseconds{1'500};
    const KafkaPartitions lagging(rd_kafka_topic_partition_list_new(4));
    for (const PartitionStatus& status : partitions) {
        if (status.lag() > 0) {
            rd_kafka_topic_partition_list_add(lagging.get(), m_context.topic(status.where.topic).c_str(),
                                              status.where.partition)
                ->offset = status.isBeyondEnd() ? status.earliest : std::max(status.committed, status.earliest);
        }
    }
    if (lagging->cnt == 0 || rd_kafka_assign(probe, lagging.get()) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    int missing = lagging->cnt;
    const TimePoint give_up = m_context.runtime.now() + patience;
    while (missing > 0 && m_context.runtime.now() < give_up) {
        const KafkaMessage message(rd_kafka_consumer_poll(probe, 50));
        if (!message || message->err)
            continue;
        const auto type = m_context.typeOfTopic(rd_kafka_topic_name(message->rkt));
        for (PartitionStatus& status : partitions) {
            if (!type || status.where != TopicPartition{*type, std::uint16_t(message->partition)}
                || status.waiting_since)
                continue;
            status.waiting_since = fromMicros(rd_kafka_message_timestamp(message.get(), nullptr) * 1'000);
            --missing;
        }
    }
    rd_kafka_assign(probe, nullptr);
}

Result<std::vector<GroupStatus>> KafkaGroups::list(const Groups& here)
{
    auto all = groupsOfAll(here);
    if (!all)
        return all.error();
    auto log_ends = ends();
    if (!log_ends)
        return log_ends.error();
    std::vector<GroupStatus> statuses;
    for (const auto& [group, readers] : *all) {
        auto probe = probeOf(group);
        if (!probe)
            return probe.error();
        const auto offsets = committed(*probe);
        if (!offsets)
            return offsets.error();
        const bool is_beyond = std::any_of(offsets->begin(), offsets->end(),
                                           [&](const auto& item) { return item.second > (*log_ends)[item.first].end; });
        if (is_beyond) { // The log has grown since it was asked, or it is another one.
            log_ends = ends();
            if (!log_ends)
                return log_ends.error();
        }
        GroupStatus status{group, {}, {}, readers.has_unknown_members};
        std::map<TopicPartition, PartitionStatus> partitions;
        for (const auto& [where, offset] : *offsets)
            partitions[where];
        for (const EventType topic : readers.topics) {
            for (std::uint16_t partition = 0; partition < m_context.partitions(topic); ++partition)
                partitions[{topic, partition}];
        }
        for (const auto& [member, places] : readers.members) {
            status.members.push_back(member);
            for (const TopicPartition& where : places)
                partitions[where].member = member;
        }
        if (partitions.empty())
            continue; // Another program's, or other topics'.
        for (auto& [where, partition] : partitions) {
            const Ends& log = (*log_ends)[where];
            const auto offset = offsets->find(where);
            partition.where = where;
            partition.earliest = log.earliest;
            partition.committed =
                offset == offsets->end() ? log.earliest : offset->second; // It begins with all there is.
            partition.end = log.end;
            status.partitions.push_back(partition);
        }
        findWaitingSince(*probe, status.partitions);
        statuses.push_back(std::move(status));
    }
    return statuses;
}

} // namespace orderlab
