#pragma once
#include "base/mutex.h"
#include "runtime/notifier.h"
#include "worker/attempt.h"
#include "worker/policies.h"

namespace orderlab {

/// The retry topic of one group: events that failed and wait, durably, for their next attempt while others pass. They are
/// rows of the store (Store::claimParked()), so they survive a crash; each member's RetryLane takes those that are due.
/// Any thread.
class RetryTopic {
public:
    explicit RetryTopic(WorkerDeps deps) : m_deps(deps) {}

    /// Success: the attempt's event is durable here and is due after `delay`; announce() it once the journal knows.
    /// `failed_at`: when the attempt failed, the same each time this is called for it: a repetition, as the answer of a commit
    /// may be lost, is known by it. Errors: those of Transaction::commit().
    Task<Result<void>> park(const Attempt& attempt, TimePoint failed_at, Duration delay);

    /// How often something happened here that a waiting lane may want to know of.
    std::uint64_t changes() const;
    /// There may be something to take: one lane that waits looks again. A lane that takes something up announces what may
    /// be left, so that there is always one that keeps watch, and never all at once.
    void announce();
    /// All lanes look again.
    void wakeAll();
    /// Resumes once changes() is not `seen` any more, at the latest at `until` where that is given.
    /// False: cancelled.
    Task<bool> waitForChange(std::uint64_t seen, std::optional<TimePoint> until);

private:
    Task<Result<void>> change(std::uint64_t seen);

    WorkerDeps m_deps;
    mutable Mutex m_mutex;
    std::uint64_t m_changes ORDERLAB_GUARDED_BY(m_mutex) = 0;
    Notifier m_changed;
};

} // namespace orderlab
