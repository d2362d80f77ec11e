#pragma once
#include "base/mutex.h"
#include "base/result.h"
#include "journal/journal.h"
#include "postgres/server_log.h"
#include "runtime/task_group.h"
#include "service/health_part.h"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>

namespace orderlab {

class Store;

struct HealthOptions {
    std::string group_prefix;
    std::vector<std::string> groups; ///< Groups that run here, without prefix.
    bool has_relay = true;
    std::function<std::string()> bus_trouble =
        {};                     ///< Why the bus cannot be reached; empty: it can. Any thread; see EventBus::trouble().
    std::filesystem::path disk; ///< Of a private PostgreSQL; empty: somebody else's.
    std::filesystem::path store_log = {}; ///< Of a private PostgreSQL: says why it is away. Empty: somebody else's.
    /// PostgreSQL stops when it cannot make another segment of its log, which has 16 MiB.
    std::uintmax_t disk_free_bytes_min = std::uintmax_t{16} << 20;
    Duration interval{std::chrono::seconds{1}};
    Duration pause_limit{std::chrono::seconds{2}}; ///< A group that waits longer for infrastructure is not ready.
    /// A part whose waiting work makes no progress for so long is not ready.
    Duration progress_limit{std::chrono::seconds{30}};
    /// `was`: how long the state before lasted.
    std::function<void(const HealthPart& part, Duration was)> on_change = {};
};

/// Whether an order would be accepted and processed now, for each part: asks the store and the bus, and follows relay
/// and groups in the journal. start(), then stop(); parts() on any thread at any time.
class HealthWatch {
public:
    HealthWatch(Runtime& runtime, const Journal& journal, HealthOptions options);

    void start(Store& store);
    Task<void> stop();
    std::vector<HealthPart> parts() const;
    /// Records how the store answered just now.
    void setStore(const Result<void>& answer);

private:
    struct Group {
        std::map<std::pair<NameId, std::uint16_t>, TimePoint> paused; ///< Partitions that wait, and since when.
        std::string pause_reason;
        std::map<std::pair<NameId, std::uint16_t>, std::int64_t>
            waiting;        ///< Delivered, not committed: the offset behind.
        TimePoint progress; ///< The last one, or when work began to wait.
    };
    Task<void> follow(Store& store);
    Task<void> look(Store& store);
    void forgive(TimePoint now);
    void apply(const Entry& entry);
    void judgeGroups(TimePoint now);
    void judgeRelay(TimePoint now, std::int64_t backlog);
    void set(const std::string& name, std::string reason);

    Runtime& m_runtime;
    const Journal& m_journal;
    const HealthOptions m_options;
    JournalReader m_reader;
    std::optional<ServerLog> m_store_log;
    std::vector<Entry> m_batch;
    std::uint64_t m_missed = 0;
    std::map<std::string, Group> m_groups;
    std::string m_publish_problem; ///< Since the last event that was published.
    TimePoint m_published_at;      ///< The last progress of the relay.
    TimePoint m_looked_at;
    mutable Mutex m_mutex;
    std::vector<HealthPart> m_parts ORDERLAB_GUARDED_BY(m_mutex);
    TaskGroup m_running;
};

} // namespace orderlab
