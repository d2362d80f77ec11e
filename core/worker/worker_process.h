#pragma once
#include "faults/fault_plan.h"
#include "runtime/task_group.h"

#include <optional>

namespace orderlab {

/// One member of a consumer group as the process it would be: its lanes run in it, and it can be killed or made to hang.
/// What was in memory is gone then: transactions roll back, deliveries that were not committed come again. Any thread.
class WorkerProcess {
public:
    WorkerProcess(Runtime& runtime, Journal& journal, NameId group, NameId member);

    /// Runs `lane` until it ends or the process is killed.
    void spawn(Task<void> lane) { m_lanes.spawn(std::move(lane)); }
    /// Cancels every lane at its next step. No effect on a process that was killed already.
    void kill(Duration restart_after);
    /// For a lane of this process: kills it, and returns once the lane is cancelled. It has nothing left to do but to end.
    Task<void> crash(Duration restart_after);
    /// Stands still at its next steps for `duration`; the broker may give its partitions away meanwhile.
    void hang(Duration duration);
    /// For lanes, between their steps: waits as long as the process hangs.
    Task<void> waitWhileHanging();
    bool isHanging() const { return m_runtime.now() < fromMicros(m_hangs_until_us); }

    /// It takes no new work: what waits for infrastructure need not wait for long. Once.
    void drain() { m_drains_since_us = toMicros(m_runtime.now()); }
    /// How long it has been draining; zero or less when it does not.
    Duration drainingFor() const;

    /// Ends the lanes at once, for good: no restart.
    void cancel() { m_lanes.cancel(); }
    /// Resumes when all lanes have ended.
    Task<void> join() { return m_lanes.join(); }
    /// The same, but false instead of the exception.
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
    std::atomic<std::int64_t> m_drains_since_us{-1}; ///< -1: it does not.
    std::atomic<std::int64_t> m_restart_after_us{-1}; ///< -1: not killed.
};

} // namespace orderlab
