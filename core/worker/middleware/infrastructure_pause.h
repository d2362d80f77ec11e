#pragma once
#include "worker/attempt.h"

namespace orderlab {

struct InfrastructurePauseOptions {
    Duration initial_pause{std::chrono::milliseconds{100}};
    Duration max_pause{std::chrono::seconds{5}}; ///< How late, at most, the end of an outage is noticed.
    int conflicts_max = 100; ///< Conflicts in a row that are tried again at once, before a pause as for an outage.
};

/// Waits out what is not the event's fault: while the database or the broker is away (isInfrastructure()) the partition
/// pauses and the same attempt is made again; no attempt number is burned. Ends with success, an error of the
/// event's own, or cancellation.
Next withInfrastructurePause(WorkerDeps deps, InfrastructurePauseOptions options, Next next);

} // namespace orderlab
