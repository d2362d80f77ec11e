#pragma once
#include "runtime/runtime.h"
#include "runtime/task.h"

#include <functional>

namespace orderlab {

/// Ending a client of librdkafka may hang for ever: it joins threads of its own, which after an outage in the middle of
/// a rebalance may wait for a broker. So it is done on a thread of its own and given up after `limit`; then `call` goes
/// on or hangs until the program ends, and what it holds is never destroyed. It has to own all that it uses. False:
/// given up.
Task<bool> endWithin(Runtime& runtime, Duration limit, std::function<void()> call);

} // namespace orderlab
