#pragma once
#include "worker/attempt.h"
#include "worker/policies.h"

namespace orderlab {

/// So long a database may take to fail over while a member drains.
inline constexpr Duration drain_patience{std::chrono::seconds{2}};

/// Takes `step` until it ends with success, an error of the event's own, or cancellation. What is not the event's fault
/// (isInfrastructure(): the database, the broker, an open circuit) is waited out: the partition pauses, stays this
/// member's, and the same attempt is made again; no attempt number is burned. A member that drains waits only
/// `drain_patience` more: it answers canceledError(), and the event is delivered again at the next start. Journal:
/// WorkPaused once, WorkResumed.
Task<Result<void>> waitOutInfrastructure(WorkerDeps deps, InfrastructurePauseOptions options, const Next& step,
                                         Attempt& attempt);

/// `next`, with infrastructure waited out.
Next withInfrastructurePause(WorkerDeps deps, const Live<Policies>& policies, Next next);

} // namespace orderlab
