#pragma once
#include "base/mutex.h"
#include "postgres/postgres_pool.h"
#include "runtime/task_group.h"
#include "store/store.h"

#include <atomic>

namespace orderlab {

struct PostgresOutboxOptions {
    Duration recheck{std::chrono::seconds{1}};              ///< Waiting relays look again this often, come what may.
    Duration notify_interval{std::chrono::milliseconds{5}}; ///< Commits within it share one NOTIFY.
    Duration walk_again{std::chrono::minutes{1}}; ///< At least; rows kept beyond their bound are looked at again then.
};

/// The outbox table from the relays' side: claims and wake-ups. Any thread.
///
/// Commits tell their own process at once and others by NOTIFY, which is sent after the commit and shared by the
/// commits of a few milliseconds: within the transaction it would take a lock on the whole server until the commit is
/// on disk (PostgreSQL, PreCommit_Notify), so that commits could not share disk writes any more. A notification that is
/// lost with its process is made good by `recheck`.
class PostgresOutbox : public std::enable_shared_from_this<PostgresOutbox> {
public:
    PostgresOutbox(Runtime& runtime, std::shared_ptr<PostgresPool> pool, PostgresOutboxOptions options);

    Task<Result<std::unique_ptr<OutboxClaim>>> claim(std::size_t max);
    Task<Result<void>> wait();
    Task<Result<std::int64_t>> republish(std::vector<Subscription> subscriptions, std::string log);
    /// See Store. Also for those after it.
    Task<Result<std::vector<std::int64_t>>> otherLogs();
    Task<Result<std::vector<LostEvent>>> republishLost(std::vector<Subscription> subscriptions, LostRows rows,
                                                       std::size_t max);
    Task<Result<std::vector<LogExtent>>> logExtents();
    Task<Result<void>> saveLogExtents(std::vector<LogExtent> extents);
    /// A transaction that emitted events is committed.
    void committed();
    struct CleanStep {
        std::int64_t deleted = 0;
        bool has_more = false; ///< The next step has rows to look at that are old.
        bool is_known = false; ///< It is known which groups there are; else nothing is done.
    };
    /// Deletes rows that were published before now - `keep` and that every group has done, looking at `rows_max` at
    /// most; of a bus that forgets as of any other only what every group has done.
    Task<Result<CleanStep>> clean(Duration keep, std::size_t rows_max);
    Task<void> close();

private:
    class Claim;
    void changed();
    void startTasks() ORDERLAB_REQUIRES(m_mutex);
    Task<void> listen();
    Task<void> listenOnce();
    Task<void> notifyOthers();
    Task<std::unique_ptr<PostgresConnection>> openToNotify();
    void useLog(const std::string& identity) ORDERLAB_REQUIRES(m_mutex);
    Task<void> recheck();
    static Task<void> rollBack(std::shared_ptr<PostgresOutbox> self, PostgresLease lease);

    Runtime& m_runtime;
    const std::shared_ptr<PostgresPool> m_pool;
    const PostgresOutboxOptions m_options;
    TaskGroup m_tasks;
    Notifier m_changed;                      ///< With m_generation and m_closed.
    Notifier m_to_tell;                      ///< With m_untold and m_unchecked.
    std::atomic<int> m_notifying_process{0}; ///< Whose notifications are our own.
    Mutex m_mutex;
    std::uint64_t m_generation ORDERLAB_GUARDED_BY(m_mutex) = 1; ///< Counts changes.
    std::uint64_t m_seen ORDERLAB_GUARDED_BY(m_mutex) = 0; ///< The generation up to which a claim found nothing free.
    int m_next_slot ORDERLAB_GUARDED_BY(m_mutex) = 0;      ///< Claims go round, so that no slot starves.
    bool m_untold ORDERLAB_GUARDED_BY(m_mutex) = false;
    /// Whether the connection that notifies, and holds the lock of our log, is still there.
    bool m_unchecked ORDERLAB_GUARDED_BY(m_mutex) = false;
    std::string m_log ORDERLAB_GUARDED_BY(m_mutex);          ///< The identity of the log in use.
    std::int32_t m_log_key ORDERLAB_GUARDED_BY(m_mutex) = 0; ///< Names it among processes; 0: none is in use.
    bool m_started ORDERLAB_GUARDED_BY(m_mutex) = false;
    bool m_closed ORDERLAB_GUARDED_BY(m_mutex) = false;
    std::int64_t m_walked ORDERLAB_GUARDED_BY(m_mutex) = 0; ///< The sequence up to which clean() has looked.
    TimePoint m_walk_began ORDERLAB_GUARDED_BY(m_mutex);
    /// Of a bus that forgets: what is not done by all of them is kept.
    std::vector<Subscription> m_subscriptions ORDERLAB_GUARDED_BY(m_mutex);
};

} // namespace orderlab
