#pragma once
#include "worker/attempt.h"
#include "worker/policies.h"

namespace orderlab {

/// The outermost step: an event that was given up is kept whole in dead letters, with every attempt that failed, and
/// the partition goes on. Waits out a store that is away, so that nothing drops silently. For attempts of one event.
Next withDeadLetter(WorkerDeps deps, const Live<Policies>& policies, Next next);

} // namespace orderlab
