#pragma once
#include "worker/attempt.h"
#include "worker/policies.h"

namespace orderlab {

/// Takes `step` until it ends with success, an error of the event's own, or cancellation. What is not the event's fault
/// (isInfrastructure(): the database, the broker, an open circuit) is waited out: the partition pauses, stays this
/// member's, and the same attempt is made again; no attempt number is burned.
/// Journal: WorkPaused once, WorkResumed.
Task<Result<void>> waitOutInfrastructure(WorkerDeps deps, InfrastructurePauseOptions options, const Next& step,
                                         Attempt& attempt);

/// `next`, with infrastructure waited out.
Next withInfrastructurePause(WorkerDeps deps, const Live<Policies>& policies, Next next);

} // namespace orderlab
