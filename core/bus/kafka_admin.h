#pragma once
#include "bus/kafka_context.h"

#include <map>

namespace orderlab {

class EmbeddedKafka;

/// Questions to the cluster, and changes of it. Every call blocks, for seconds when the cluster is away: one at a time,
/// through KafkaContext::blocking().
class KafkaAdmin {
public:
    /// `client`: any; outlives this. `embedded`: null for a cluster that somebody else runs.
    KafkaAdmin(KafkaContext& context, rd_kafka_t* client, std::shared_ptr<EmbeddedKafka> embedded);

    /// Sees to it that every topic is there with the partitions asked for; more are taken as they are. Replicated three
    /// times where there are three brokers. With KafkaOptions::creates_topics off, takes what is there.
    /// Errors: Unavailable (Later) when no broker answers; InvalidArgument for a topic with too few partitions; NotFound.
    Result<void> ensureTopics();
    /// Sees to it that `topic` is there; where it is made here it has one partition, and keeps records for `retention` and
    /// about `bytes_max` at most. Error: Unavailable (Later) when no broker answers.
    Result<void> ensureBoundedTopic(const std::string& topic, Duration retention, std::int64_t bytes_max);
    /// Error: Unavailable (Later) when no broker answers, or it has no such topic.
    Result<int> partitionsOf(const std::string& topic);
    /// The cluster's own name, or nothing when it tells none in time.
    std::string clusterId() const;

    /// Who reads, as far as this process knows. A group that has read here stays, without members.
    using Members = std::map<std::string, std::map<std::string, std::vector<TopicPartition>>>; ///< By group, then member.
    /// See EventBus::groups() and resetGroup().
    Result<std::vector<GroupStatus>> groups(const Members& here);
    Result<std::vector<OffsetChange>> reset(const GroupReset& reset, const Members& here);

private:
    struct Ends {
        std::int64_t earliest = 0;
        std::int64_t end = 0;
    };
    Result<std::map<std::string, std::uint16_t>> existingTopics(); ///< With their partitions, where all are led.
    std::vector<std::string> missingFrom(const std::map<std::string, std::uint16_t>& existing) const;
    Result<void> createTopics(const std::vector<std::string>& names, int partitions, const std::vector<KafkaProperty>& settings = {});
    Result<Members> members(const Members& here);
    Result<std::vector<std::string>> listGroups();
    Result<std::map<TopicPartition, Ends>> ends();
    Result<std::map<TopicPartition, std::int64_t>> offsetsAt(std::int64_t time_ms);
    Result<std::map<TopicPartition, std::int64_t>> findByReading(rd_kafka_t* probe, std::int64_t time_ms,
                                                                 const std::map<TopicPartition, Ends>& log_ends);
    Result<std::map<TopicPartition, std::int64_t>> committed(rd_kafka_t* probe);
    void findWaitingSince(rd_kafka_t* probe, std::vector<PartitionStatus>& partitions);
    Result<rd_kafka_t*> probeOf(const std::string& group);
    rd_kafka_resp_err_t commitAsNobody(rd_kafka_t* probe, const rd_kafka_topic_partition_list_t* offsets);
    rd_kafka_resp_err_t commitAsMember(const std::string& group, const rd_kafka_topic_partition_list_t* offsets);
    KafkaPartitions allPartitions(std::int64_t offset) const;

    KafkaContext& m_context;
    rd_kafka_t* const m_client;
    const std::shared_ptr<EmbeddedKafka> m_embedded;
    int m_brokers = 1;
    std::map<std::string, KafkaHandle> m_probes; ///< Clients that ask in a group's name without joining it.
};

} // namespace orderlab
