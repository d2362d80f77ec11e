#pragma once
#include "worker/attempt.h"

namespace orderlab {

struct RetryOptions {
    int max_attempts = 5;                                  ///< The first one included; 1 to 100.
    Duration initial_delay{std::chrono::milliseconds{200}}; ///< Upper bound of the first wait; doubles each time.
    Duration max_delay{std::chrono::seconds{30}};
    Result<void> validate() const;
};

/// Tries again what failed, unless the error says never: after a random wait between zero and an exponentially growing
/// bound ("full jitter": M. Brooker, "Exponential Backoff and Jitter", 2015). Blocking: the partition waits, so that the
/// events of one order stay in order. For attempts of one event. Gives the last error back when it gives up.
Next withRetry(WorkerDeps deps, RetryOptions options, Next next);

} // namespace orderlab
