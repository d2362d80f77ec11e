#pragma once
#include "base/time.h"
#include "domain/event.h"
#include "runtime/task.h"

#include <memory>

namespace orderlab {

/// A topic of a log, as its list shows it. A value.
struct BrowsedTopic {
    std::string name;              ///< As the log calls it: on Kafka with the prefix.
    std::optional<EventType> type; ///< Of the events that Orderlab publishes there; nothing: another program's.
    bool is_dead_letters = false;  ///< Orderlab's topic of dead letters.
    std::uint16_t partitions = 0;

    bool isOurs() const { return type.has_value() || is_dead_letters; }
    bool operator==(const BrowsedTopic&) const = default;
};

/// What a partition retains: the first offset, and one past the last.
struct LogEnds {
    std::int64_t earliest = 0;
    std::int64_t end = 0;
    std::int64_t size() const { return end - earliest; }
    bool operator==(const LogEnds&) const = default;
};

/// A record as the log has it, whoever wrote it. A value.
struct LogRecord {
    std::uint16_t partition = 0;
    std::int64_t offset = 0;
    TimePoint appended_at;          ///< When the log got it, to the millisecond on Kafka.
    std::optional<std::string> key; ///< Bytes. Nothing: null, which is not an empty one.
    std::vector<Header> headers;
    std::optional<std::string> value; ///< Bytes, likewise.

    /// Of key, value and headers.
    std::size_t bytes() const;
    bool operator==(const LogRecord&) const = default;
};

/// The record that `event` is on a log: the CloudEvents binary binding, or as it was where it could not be decoded.
LogRecord recordOf(const Event& event);
/// The event in a record of the topic of `topic`, as workers read it. Error: Corrupt with the header or field to blame.
Result<Event> eventIn(const std::vector<Header>& headers, std::string_view value, EventType topic);
Result<Event> eventIn(const LogRecord& record, EventType topic);

/// Which records to read: those of one partition from an offset on.
struct RecordQuery {
    static constexpr std::size_t records_limit = 1'000;
    static constexpr std::size_t bytes_limit = 16 * 1024 * 1024;

    std::string topic; ///< BrowsedTopic::name.
    std::uint16_t partition = 0;
    std::int64_t from = 0;           ///< 0 or more; moved up to what is retained.
    std::size_t records_max = 100;   ///< 1 to records_limit.
    std::size_t bytes_max = 1 << 20; ///< 1 to bytes_limit, and at most a record more.

    /// Error: InvalidArgument with the field.
    Result<void> validate() const;
};

/// Consecutive records, oldest first. Offsets may have gaps: a log leaves out what it has compacted.
struct RecordPage {
    LogEnds ends;
    std::vector<LogRecord> records;
    std::int64_t next = 0; ///< The offset to go on from; at the end of the log ends.end.
};

/// Looks into a log without taking part: it joins no group, commits nothing, creates nothing, and reads no more than it
/// is asked for. Any thread; it may outlive its bus, and is then Closed, or as the bus was at its end.
/// Errors of all calls: NotFound (Never) for a topic or partition that is not there; Unavailable (Later), Closed.
class TopicBrowser {
public:
    virtual ~TopicBrowser() = default;

    /// All topics, also those of other programs, by name; ours first.
    virtual Task<Result<std::vector<BrowsedTopic>>> topics() = 0;
    /// Of each partition, in their order.
    virtual Task<Result<std::vector<LogEnds>>> ends(std::string topic) = 0;
    /// Other error: InvalidArgument with the field.
    virtual Task<Result<RecordPage>> records(RecordQuery query) = 0;
    /// For each partition the offset of the first record that the log got at `time` or later; its end where there is
    /// none.
    virtual Task<Result<std::vector<std::int64_t>>> offsetsAt(std::string topic, TimePoint time) = 0;
    /// What the log has now, to be looked at when it has changed or is gone. Null: it is not in this process's memory.
    virtual std::shared_ptr<TopicBrowser> snapshot() const { return nullptr; }
};

/// The errors that all browsers give in the same words.
Error noSuchTopic(const std::string& topic);
Error noSuchPartition(const std::string& topic, std::size_t partition, std::size_t partitions);

} // namespace orderlab
