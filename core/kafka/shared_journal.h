#pragma once
#include "base/mutex.h"
#include "journal/journal.h"
#include "journal/journal_merge.h"
#include "kafka/kafka_options.h"
#include "runtime/task_group.h"

namespace orderlab {

/// Reads the journals that processes share on a Kafka cluster (bus/journal_publisher.h) and merges them, by time, into
/// one Journal here: first what the topic still has, then what comes. Records that are no batches, and batches' lines
/// that are no entries, are counted and left out. Joins no group and commits nothing: any number may read. Any thread.
/// open(), start(), then stop() before it is dropped.
class SharedJournal {
public:
    struct Counts {
        JournalMerge::Counts merged;
        std::uint64_t broken_records = 0; ///< Of the topic.
        std::uint64_t broken_lines = 0;
        std::uint64_t unknown_kinds = 0;
    };

    /// `into` outlives it. Makes the topic where it is missing. `options.process`: this reader's own name.
    /// Errors: Unavailable (Later) when no broker answers; InvalidArgument for a property.
    static Task<Result<std::unique_ptr<SharedJournal>>> open(Runtime& runtime, Journal& into, KafkaOptions options,
                                                             JournalMerge::Limits limits = {});

    ~SharedJournal();

    void start();
    Task<void> stop();

    Counts counts() const;
    /// "host/pid" of those heard of so far.
    std::vector<std::string> processes() const;
    /// "Kafka at localhost:9092, topic orders.journal".
    std::string description() const;

private:
    struct Connection;
    SharedJournal(Runtime& runtime, Journal& into, KafkaOptions options, JournalMerge::Limits limits);
    Result<void> connect(); ///< Blocks.
    Task<void> follow();
    std::size_t readSome(); ///< Bytes read.
    void takeRecord(std::string_view bytes);

    Runtime& m_runtime;
    Journal& m_into;
    const std::unique_ptr<Connection> m_connection;
    mutable Mutex m_mutex;
    JournalMerge m_merge ORDERLAB_GUARDED_BY(m_mutex);
    Counts m_counts ORDERLAB_GUARDED_BY(m_mutex);
    std::vector<Entry> m_ready;
    TaskGroup m_running;
};

} // namespace orderlab
