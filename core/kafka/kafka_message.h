#pragma once
#include "bus/event_bus.h"
#include "kafka/kafka_handles.h"

namespace orderlab {

/// A record as librdkafka takes it: the CloudEvents binary binding (CloudEvents Kafka binding 1.0.2, section 3.2), key
/// = the order's id.
struct KafkaRecord {
    std::optional<std::string> key;   ///< Nothing: null.
    std::optional<std::string> value; ///< Likewise.
    KafkaHeaders headers;

    /// About what the broker keeps of it.
    std::size_t bytes() const { return m_bytes; }

private:
    friend struct KafkaRecordWriter;
    std::size_t m_bytes = 0;
};
KafkaRecord encodeRecord(const Event& event);

/// How much of a dead letter goes into its record.
enum class DeadLetterParts : std::uint8_t {
    Whole,      ///< Key, value and headers of what was given up, then our headers.
    OnlyNotice, ///< Our headers alone, for what is too large for the topic; "dead-letter-omitted" says how many bytes
                ///< are missing.
};
/// Our headers come last and are named dead-letter-id, -group, -error, -code, -attempts, -topic, -partition, -offset,
/// -time; README.md tells what they say. `source_topic`: its full name.
KafkaRecord encodeRecord(const DeadLetterNotice& letter, const std::string& source_topic, DeadLetterParts parts);

/// The partition of a key among `partitions`: by murmur2, as Java's producers and all that follow them choose it.
std::uint16_t kafkaPartitionOf(std::string_view key, std::uint16_t partitions);

/// The record in `message`, as it is.
LogRecord recordIn(const rd_kafka_message_t& message);

/// The event in `message`. What is none of ours becomes one with Event::undecodable set; `where` gives it its identity.
Event decodeRecord(const rd_kafka_message_t& message, TopicPartition where);

} // namespace orderlab
