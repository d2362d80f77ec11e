#pragma once
#include "worker/attempt.h"

namespace orderlab {

struct TimeoutOptions {
    Duration limit{std::chrono::seconds{2}}; ///< Longer than any healthy handler, shorter than a person's patience.
};

/// Cancels an attempt that takes longer than the limit; what it did late cannot commit. Error then: Timeout (Later).
Next withTimeoutPolicy(Runtime& runtime, TimeoutOptions options, Next next);

} // namespace orderlab
