#pragma once
#include "handlers/handler.h"
#include "worker/attempt.h"

namespace orderlab {

/// The innermost step: runs the handler for every event that its group has not done yet, and commits the effects, the
/// inbox rows and the emitted events in one transaction. An event's effects happen exactly once, however often it is
/// delivered. (Transactional inbox, also known as idempotent consumer.) `together`: see WorkerOptions::handle_together.
Next withInbox(WorkerDeps deps, Handler& handler, bool together = false);

} // namespace orderlab
