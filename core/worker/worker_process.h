#pragma once
#include "faults/fault_plan.h"
#include "runtime/task_group.h"

#include <optional>

namespace orderlab {

/// Plays the operating-system process of one member of a consumer group: its lanes run in it, and it can be killed or
/// made to hang. What it had in memory is lost when it is killed: transactions roll back, uncommitted deliveries come
/// again. Any thread.
class WorkerProcess {
public:
    WorkerProcess(Runtime& runtime, Journal& journal, NameId group, NameId member);

    /// Runs `lane` until it ends or the process is killed.
    void spawn(Task<void> lane) { m_lanes.spawn(std::move(lane)); }
    /// Cancels every lane at its next step; the process is to be started again after `restart_after`. No effect on a
    /// process that was killed already.
    void kill(Duration restart_after);
    /// For a lane of this process: kills the process, and returns once the lane itself is cancelled. The lane must then
    /// end.
    Task<void> crash(Duration restart_after);
    /// Its lanes stop at their next step for `duration`; the broker may assign its partitions to others meanwhile.
    void hang(Duration duration);
    /// For lanes, between two steps: waits as long as the process hangs.
    Task<void> waitWhileHanging();
    bool isHanging() const { return m_runtime.now() < fromMicros(m_hangs_until_us); }

    /// It takes no new work; waits for infrastructure are cut short (see drain_patience). Once.
    void drain() { m_drains_since_us = toMicros(m_runtime.now()); }
    /// How long it has been draining; zero or less when it does not.
    Duration drainingFor() const;

    /// Ends the lanes at once, for good: no restart.
    void cancel() { m_lanes.cancel(); }
    /// Resumes when all lanes have ended.
    Task<void> join() { return m_lanes.join(); }
    /// The same, but returns false when cancelled, instead of the exception.
    Task<bool> joinUnlessCancelled() { return m_lanes.joinUnlessCancelled(); }
    /// After join(): how long until it is to be started again; nothing when it was not killed.
    std::optional<Duration> restartAfter() const;

private:
    Runtime& m_runtime;
    Journal& m_journal;
    const NameId m_group;
    const NameId m_member;
    TaskGroup m_lanes;
    std::atomic<std::int64_t> m_hangs_until_us{0};
    std::atomic<std::int64_t> m_drains_since_us{-1};  ///< -1: it does not.
    std::atomic<std::int64_t> m_restart_after_us{-1}; ///< -1: not killed.
};

} // namespace orderlab
