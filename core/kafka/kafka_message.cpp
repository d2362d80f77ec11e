#include "kafka/kafka_message.h"

#include "domain/event_codec.h"

namespace orderlab {

namespace {

std::optional<std::string> bytesOrNull(const void* bytes, std::size_t size)
{
    return bytes ? std::optional(std::string(static_cast<const char*>(bytes), size)) : std::nullopt;
}

std::vector<Header> headersOf(const rd_kafka_message_t& message)
{
    std::vector<Header> headers;
    rd_kafka_headers_t* native = nullptr;
    if (rd_kafka_message_headers(&message, &native) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return headers;
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0; rd_kafka_header_get_all(native, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i)
        headers.emplace_back(name, bytesOrNull(value, size));
    return headers;
}

std::size_t sizeOf(const std::optional<std::string>& bytes)
{
    return bytes ? bytes->size() : 0;
}

std::string_view text(const void* bytes, std::size_t size)
{
    return {static_cast<const char*>(bytes), bytes ? size : 0};
}

/// The same for every delivery of the same record, so that it is given up once a group.
EventId idOfPlace(TopicPartition where, std::int64_t offset, std::int64_t time_ms)
{
    const std::string place = std::string(topicName(where.topic)) + '/' + std::to_string(where.partition) + '/'
                              + std::to_string(offset) + '/' + std::to_string(time_ms);
    std::uint64_t high = 0xcbf29ce484222325, low = 0x84222325cbf29ce4; // FNV-1a, twice.
    for (const char c : place) {
        high = (high ^ std::uint8_t(c)) * 0x100000001b3;
        low = (low ^ std::uint8_t(c) ^ 0x5a) * 0x100000001b3;
    }
    // Version 8 of RFC 9562: custom.
    return EventId{Uuid{(high & ~0xf000ULL) | 0x8000ULL, (low & ~(3ULL << 62)) | (2ULL << 62)}};
}

} // namespace

struct KafkaRecordWriter {
    static KafkaRecord write(std::optional<std::string> key, std::optional<std::string> value,
                             const std::vector<Header>& headers)
    {
        KafkaRecord record;
        record.key = std::move(key);
        record.value = std::move(value);
        record.headers.reset(rd_kafka_headers_new(headers.size()));
        record.m_bytes = sizeOf(record.key) + sizeOf(record.value) + 64;
        for (const auto& [header, text] : headers) {
            rd_kafka_header_add(record.headers.get(), header.data(), ssize_t(header.size()),
                                text ? text->data() : nullptr, ssize_t(sizeOf(text)));
            record.m_bytes += header.size() + sizeOf(text) + 4;
        }
        return record;
    }
};

KafkaRecord encodeRecord(const Event& event)
{
    LogRecord record = recordOf(event);
    return KafkaRecordWriter::write(std::move(record.key), std::move(record.value), record.headers);
}

KafkaRecord encodeRecord(const DeadLetterNotice& letter, const std::string& source_topic, DeadLetterParts parts)
{
    const Event& event = letter.event;
    const auto& foreign = event.undecodable;
    std::optional<std::string> key = foreign ? foreign->key : event.order.toString();
    std::optional<std::string> value = foreign ? foreign->value : encodeData(event.data);
    std::vector<Header> headers = foreign ? event.extensions : encodeHeaders(event);
    std::size_t omitted = 0;
    if (parts == DeadLetterParts::OnlyNotice) {
        omitted = sizeOf(key) + sizeOf(value);
        for (const auto& [header, text] : headers)
            omitted += header.size() + sizeOf(text);
        key.reset();
        value.reset();
        headers.clear();
    }
    const std::initializer_list<Header> ours{{"dead-letter-id", letter.id.toString()},
                                             {"dead-letter-group", letter.group},
                                             {"dead-letter-error", letter.error},
                                             {"dead-letter-code", std::string(name(letter.code))},
                                             {"dead-letter-attempts", std::to_string(letter.attempts)},
                                             {"dead-letter-topic", source_topic},
                                             {"dead-letter-partition", std::to_string(letter.source.where.partition)},
                                             {"dead-letter-offset", std::to_string(letter.source.offset)},
                                             {"dead-letter-time", toRfc3339(letter.given_up_at)}};
    headers.insert(headers.end(), ours);
    if (omitted > 0)
        headers.emplace_back("dead-letter-omitted", std::to_string(omitted));
    return KafkaRecordWriter::write(std::move(key), std::move(value), headers);
}

std::uint16_t kafkaPartitionOf(std::string_view key, std::uint16_t partitions)
{
    return std::uint16_t(
        rd_kafka_msg_partitioner_murmur2(nullptr, key.data(), key.size(), partitions, nullptr, nullptr));
}

LogRecord recordIn(const rd_kafka_message_t& message)
{
    LogRecord record;
    record.partition = std::uint16_t(message.partition);
    record.offset = message.offset;
    record.appended_at = fromMicros(std::max<std::int64_t>(0, rd_kafka_message_timestamp(&message, nullptr)) * 1'000);
    record.key = bytesOrNull(message.key, message.key_len);
    record.headers = headersOf(message);
    record.value = bytesOrNull(message.payload, message.len);
    return record;
}

Event decodeRecord(const rd_kafka_message_t& message, TopicPartition where)
{
    std::vector<Header> headers = headersOf(message);
    auto event = eventIn(headers, text(message.payload, message.len), where.topic);
    if (event)
        return std::move(*event);
    UndecodableRecord record;
    record.error = event.error();
    record.error.message = "the record is no event of ours: " + record.error.field + ' ' + record.error.message;
    record.key = bytesOrNull(message.key, message.key_len);
    record.value = bytesOrNull(message.payload, message.len);
    const std::int64_t time_ms = std::max<std::int64_t>(0, rd_kafka_message_timestamp(&message, nullptr));
    Event foreign;
    foreign.id = idOfPlace(where, message.offset, time_ms);
    foreign.type = where.topic;
    foreign.time = fromMicros(time_ms * 1'000);
    foreign.extensions = std::move(headers);
    foreign.undecodable = std::make_shared<const UndecodableRecord>(std::move(record));
    return foreign;
}

} // namespace orderlab
