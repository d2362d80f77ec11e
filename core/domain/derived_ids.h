#pragma once
#include "domain/event.h"

namespace orderlab {

/// Another number for the same two, evenly spread; never 0.
std::uint64_t mixedSpan(std::uint64_t a, std::uint64_t b);

/// The trace of an order's cancellation whose request brought none. An order is canceled once, so that its id tells.
Uuid cancelTraceOf(OrderId id);
/// The span of the request that has canceled the order.
std::uint64_t cancelSpanOf(OrderId id);

} // namespace orderlab
