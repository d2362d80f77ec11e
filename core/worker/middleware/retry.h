#pragma once
#include "worker/retry_topic.h"

namespace orderlab {

/// Tries again what failed, unless the error says never: after a random wait between zero and an exponentially growing
/// bound ("full jitter": M. Brooker, "Exponential Backoff and Jitter", 2015). For attempts of one event.
/// Gives the last error back when it gives up.
///
/// RetryStyle::Blocking: waits here. The partition waits too, and stays this member's; so the events of one order stay
/// in order, at the price of everything behind the event. Journal: RetryScheduled. RetryStyle::Topic: parks the event
/// in `topic` and succeeds, so that its offset is committed, once it is durable there. Others pass it, its own order's
/// later events too. Attempts go on counting. Journal: EventParked. An event from the retry topic goes back there in
/// either style.
Next withRetry(WorkerDeps deps, const Live<Policies>& policies, RetryTopic& topic, Next next);

} // namespace orderlab
