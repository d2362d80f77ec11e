#pragma once
#include "worker/attempt.h"
#include "worker/policies.h"

namespace orderlab {

/// Keeps the group's members in this process below a rate together: a token bucket that holds one second's worth. An
/// attempt waits until the bucket is not empty and takes one token an event; what it takes too many, those after it
/// wait for. Waiting costs no attempt and does not count against the handler's time limit. Off (a rate of 0): passes at
/// once. Journal: WorkThrottled, once a wait.
Next withThrottle(WorkerDeps deps, const Live<Policies>& policies, Next next);

} // namespace orderlab
