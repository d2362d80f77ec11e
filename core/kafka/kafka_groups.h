#pragma once
#include "kafka/kafka_topics.h"

#include <set>

namespace orderlab {

/// The consumer groups of a cluster: who reads what, how far they are, and moving them. Every call blocks, for seconds
/// when the cluster is away: one at a time, through KafkaContext::blocking().
class KafkaGroups {
public:
    /// `client`: any; all outlive this.
    KafkaGroups(KafkaContext& context, rd_kafka_t* client, KafkaTopics& topics, bool is_embedded);

    struct Readers {
        std::map<std::string, std::vector<TopicPartition>> members; ///< And what each has been given.
        bool has_unknown_members = false;                           ///< See GroupStatus.
        std::set<EventType> topics; ///< What the group certainly reads, also where nobody has been given it yet.
    };
    using Groups = std::map<std::string, Readers>; ///< By name.
    /// See EventBus::groups() and resetGroup(). `here`: who reads in this process; a group stays when its members
    /// leave.
    Result<std::vector<GroupStatus>> list(const Groups& here);
    Result<std::vector<OffsetChange>> reset(const GroupReset& reset, const Groups& here);

    /// See EventBus::takeOffsets().
    Result<OffsetsTaken> takeOffsets(const std::string& from, const std::string& to);

    struct Ends {
        std::int64_t earliest = 0;
        std::int64_t end = 0;
    };
    /// Of every partition. Error: Unavailable (Later).
    Result<std::map<TopicPartition, Ends>> ends();

    /// The clients that it asked with, to be ended; nothing may be asked any more.
    std::map<std::string, KafkaProbe> takeProbes() { return std::exchange(m_probes, {}); }

private:
    Result<Groups> groupsOfAll(const Groups& here);
    enum class Brokers : std::uint8_t { ThatAnswer, All };
    Result<std::map<std::string, rd_kafka_consumer_group_state_t>> listGroups(Brokers of = Brokers::ThatAnswer);
    Result<std::map<TopicPartition, std::int64_t>> offsetsAt(std::int64_t time_ms);
    Result<std::map<TopicPartition, std::int64_t>> findByReading(rd_kafka_t* probe, std::int64_t time_ms,
                                                                 const std::map<TopicPartition, Ends>& log_ends);
    Result<std::map<TopicPartition, std::int64_t>> committed(rd_kafka_t* probe);
    Result<std::map<TopicPartition, std::int64_t>> committedBy(const std::string& group);
    void findWaitingSince(rd_kafka_t* probe, std::vector<PartitionStatus>& partitions);
    Result<rd_kafka_t*> probeOf(const std::string& group);
    rd_kafka_resp_err_t commitAsNobody(rd_kafka_t* probe, const rd_kafka_topic_partition_list_t* offsets);
    rd_kafka_resp_err_t commitAsMember(const std::string& group, const rd_kafka_topic_partition_list_t* offsets);
    KafkaPartitions allPartitions(std::int64_t offset) const;

    KafkaContext& m_context;
    rd_kafka_t* const m_client;
    KafkaTopics& m_topics;
    const bool m_is_embedded;
    std::map<std::string, KafkaProbe> m_probes; ///< Clients that ask in a group's name without joining it.
};

} // namespace orderlab
