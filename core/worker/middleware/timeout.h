#pragma once
#include "worker/attempt.h"
#include "worker/policies.h"

namespace orderlab {

/// Cancels an attempt that takes longer than the limit; what it did late cannot commit, as its transaction is gone.
/// Error then: Timeout (Later).
Next withTimeoutPolicy(Runtime& runtime, const Live<Policies>& policies, Next next);

} // namespace orderlab
