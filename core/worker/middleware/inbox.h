#pragma once
#include "handlers/handler.h"
#include "worker/attempt.h"

namespace orderlab {

struct InboxOptions {
    bool together = false;   ///< See WorkerOptions::handle_together.
    bool is_hopeful = false; ///< See WorkerOptions::is_hopeful.
};

/// The innermost step: runs the handler for every event that its group has not done yet, and commits the effects, the
/// inbox rows and the emitted events in one transaction. An event's effects happen exactly once, however often it is
/// delivered. (Transactional inbox, also known as idempotent consumer.)
/// With a first look, a handler that stays in its transaction runs at once where Redis has not seen the events; the
/// inbox's unique key then refuses at the commit what was done already, and the inbox is asked. With the guarantee
/// DurableInbox off, a ForgetfulInbox takes the store's place.
Next withInbox(WorkerDeps deps, Handler& handler, InboxOptions options = {});

} // namespace orderlab
