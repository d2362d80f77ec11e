#pragma once
#include "kafka/kafka_groups.h"
#include "kafka/kafka_producer.h"

namespace orderlab {

/// Notices that Kafka has become another log: a topic that was deleted and made anew, a log that lost its end.
/// librdkafka up to 2.2 tells no topic ids, so that it is known by what an append-only log never does: a topic is
/// missing, the first or the last offset goes back, a record that was published gets an offset that another had before.
class KafkaLog {
public:
    struct Look {
        std::vector<LogExtent> extents;
        std::vector<TopicPartition> renewed; ///< Another log since the last look.
    };
    /// All outlive this.
    KafkaLog(KafkaContext& context, KafkaTopics& topics, KafkaGroups& groups, KafkaProducer& producer)
        : m_context(context), m_topics(topics), m_groups(groups), m_producer(producer)
    {}
    /// See EventBus::lookAtLog(). Blocks, for seconds when the cluster is away: one at a time, through
    /// KafkaContext::blocking().
    Result<Look> look(const std::vector<LogExtent>& last);

private:
    using Extents = std::map<TopicPartition, LogExtent>;
    Extents bestKnown(const Extents& last);
    Result<std::map<TopicPartition, KafkaGroups::Ends>> settledEnds(const Extents& known);

    KafkaContext& m_context;
    KafkaTopics& m_topics;
    KafkaGroups& m_groups;
    KafkaProducer& m_producer;
    Extents m_seen; ///< By this process.
};

} // namespace orderlab
