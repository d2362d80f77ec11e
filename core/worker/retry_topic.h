#pragma once
#include "base/mutex.h"
#include "runtime/notifier.h"
#include "worker/attempt.h"
#include "worker/policies.h"

namespace orderlab {

/// The retry topic of one group: events that failed and wait durably for their next attempt while other events pass.
/// They are rows of the store (Store::claimParked()), so they survive a crash; each member's RetryLane takes those that
/// are due. Any thread.
class RetryTopic {
public:
    explicit RetryTopic(WorkerDeps deps) : m_deps(deps) {}

    /// Success: the attempt's event is durable here and is due after `delay`; call announce() once the journal has it.
    /// `failed_at`: when the attempt failed. Use the same value when you repeat the call (the answer of a commit may
    /// have been lost): the repetition is recognised by it. Errors: those of Transaction::commit().
    Task<Result<void>> park(const Attempt& attempt, TimePoint failed_at, Duration delay);

    /// Counts the changes that a waiting lane should look at.
    std::uint64_t changes() const;
    /// There may be something to take: one waiting lane looks again. A lane that takes an event announces in turn,
    /// because more may be left; so there is always one lane that watches, and never all of them at once.
    void announce();
    /// All waiting lanes look again.
    void wakeAll();
    /// Resumes when changes() differs from `seen`, or at `until` if that is given.
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
