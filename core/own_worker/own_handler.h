#pragma once
#include "gateway/payment_gateway.h"
#include "handlers/handler.h"
#include "own_worker/own_worker.h"
#include "runtime/runtime.h"

#include <memory>

namespace orderlab {

/// What handlers that are programs need. All of it outlives them.
struct OwnHandlerDeps {
    Runtime& runtime;
    PaymentGateway& gateway;
    OwnWorkerOptions options;
};

/// The handler of a group whose members are processes of `worker`'s program, one each, started for their first event.
/// What they ask for goes into the transaction of the event, as with any handler. The destructor ends the processes; it
/// may wait two seconds for them.
std::unique_ptr<Handler> makeOwnHandler(OwnHandlerDeps deps, const OwnWorker& worker);

} // namespace orderlab
