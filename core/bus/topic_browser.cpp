#include "bus/topic_browser.h"

#include "domain/event_codec.h"

namespace orderlab {

std::size_t LogRecord::bytes() const
{
    const auto sizeOf = [](const std::optional<std::string>& text) { return text ? text->size() : 0; };
    std::size_t bytes = sizeOf(key) + sizeOf(value);
    for (const auto& [header, text] : headers)
        bytes += header.size() + sizeOf(text);
    return bytes;
}

LogRecord recordOf(const Event& event)
{
    LogRecord record;
    if (event.undecodable) {
        record.key = event.undecodable->key;
        record.headers = event.extensions;
        record.value = event.undecodable->value;
        return record;
    }
    record.key = event.order.toString();
    record.headers = encodeHeaders(event);
    record.value = encodeData(event.data);
    return record;
}

Result<Event> eventIn(const LogRecord& record, EventType topic)
{
    return eventIn(record.headers, record.value ? std::string_view(*record.value) : std::string_view(), topic);
}

Result<Event> eventIn(const std::vector<Header>& headers, std::string_view value, EventType topic)
{
    auto event = decodeEvent(headers, value);
    if (event && event->type != topic) {
        return Error{ErrorCode::Corrupt, Retry::Never,
                     "is " + std::string(cloudEventType(event->type)) + ", which is no event of this topic", "ce_type"};
    }
    return event;
}

Result<void> RecordQuery::validate() const
{
    if (from < 0)
        return invalidArgument("from", "must be 0 or more");
    if (records_max < 1 || records_max > records_limit)
        return invalidArgument("count", "must be from 1 to " + std::to_string(records_limit));
    if (bytes_max < 1 || bytes_max > bytes_limit)
        return invalidArgument("bytes", "must be from 1 to " + std::to_string(bytes_limit));
    return {};
}

Error noSuchTopic(const std::string& topic)
{
    return {ErrorCode::NotFound, Retry::Never, "there is no topic " + topic, "topic"};
}

Error noSuchPartition(const std::string& topic, std::size_t partition, std::size_t partitions)
{
    return {ErrorCode::NotFound, Retry::Never,
            "topic " + topic + " has no partition " + std::to_string(partition) + ": it has "
                + (partitions == 1 ? "only partition 0" : "0 to " + std::to_string(partitions - 1)),
            "partition"};
}

} // namespace orderlab
