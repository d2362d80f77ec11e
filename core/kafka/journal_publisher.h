#pragma once
#include "journal/journal.h"
#include "journal/journal_batch.h"
#include "kafka/kafka_options.h"
#include "runtime/task_group.h"

#include <atomic>
#include <map>
#include <memory>

namespace orderlab {

/// What sharing a journal may cost.
struct JournalShareOptions {
    Duration interval{std::chrono::milliseconds{100}}; ///< Between two batches.
    std::size_t entries_per_s_max = 20'000;            ///< Beyond, entries are left out.
    std::size_t batch_entries_max = 1'000;
    Duration retention{std::chrono::hours{1}};       ///< Of the topic, where it is made here.
    std::int64_t retention_bytes = 64 * 1024 * 1024; ///< Likewise.
};

/// The topic of a cluster that shared journals go to: "orders.journal".
std::string journalTopic(const KafkaOptions& options);

/// Publishes what a journal gets to Kafka, in batches (journal/journal_batch.h), for desktops and tools elsewhere. Best
/// effort: it waits for nothing and holds nothing up. What it has no room for, what the journal's ring has dropped
/// before it was read and what the broker did not take is left out, and said by an entry `entries-missed` in the next
/// batch. Any thread. start() once, then stop().
class JournalPublisher {
public:
    /// From all that `journal` still has. The process' workers get KafkaOptions::process into their names. Both outlive
    /// it.
    JournalPublisher(Runtime& runtime, Journal& journal, KafkaOptions options, JournalShareOptions share = {});
    ~JournalPublisher();

    /// Returns at once; a broker that is away is tried again every two seconds.
    void start();
    /// Sends what is there, for at most a second.
    Task<void> stop();

    struct Counts {
        std::uint64_t entries = 0; ///< Handed over to be sent.
        std::uint64_t missed = 0;  ///< Left out.
        bool operator==(const Counts&) const = default;
    };
    Counts counts() const;

private:
    struct Connection;
    Task<void> run();
    bool open(); ///< Blocks.
    void publishNew();
    void publishBatch(std::span<const Entry> entries);
    Entry unique(Entry entry);
    void miss(std::uint64_t entries);

    Runtime& m_runtime;
    Journal& m_journal;
    const JournalShareOptions m_share;
    JournalReader m_reader;
    const std::unique_ptr<Connection> m_connection;
    JournalBatchHeader m_header;
    std::map<NameId, NameId> m_unique; ///< Actors, with the process in their names.
    std::vector<Entry> m_fresh;
    double m_room; ///< Entries that may be published now.
    TimePoint m_filled;
    std::uint64_t m_ring_missed = 0;
    std::atomic<std::uint64_t> m_untold{0}; ///< Missed, and not said yet.
    std::atomic<std::uint64_t> m_missed{0};
    std::atomic<std::uint64_t> m_published{0};
    TaskGroup m_running;
};

} // namespace orderlab
