#pragma once
#include "worker/middleware/infrastructure_pause.h"

namespace orderlab {

/// The outermost step: an event that was given up is kept whole in dead letters, and the partition goes on. Waits out a
/// store that is away, so that nothing drops silently. For attempts of one event.
Next withDeadLetter(WorkerDeps deps, InfrastructurePauseOptions pause, Next next);

} // namespace orderlab
