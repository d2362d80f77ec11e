#pragma once
#include "bus/event_bus.h"
#include "faults/fault_plan.h"

namespace orderlab {

/// `inner`, with the seams BusAppend, Delivery, Broker and Network on the way to and from it. Without such a fault
/// calls go straight through. Any thread.
///
/// On a bus with BrokerFaults, faults that last (Fault::lasts()) are left to who puts them in force there, as far as
/// lastingFaultsOf() says that they can be.
///
/// Throttle: a call is late by what it carries there, each for itself; publishing by its events, others by a small
/// request. Duplicate: the batch is delivered once more by a later poll of the same member. Reorder: the batch is late
/// by a random part of the fault's delay, so that events of other partitions overtake it (within a partition a log has
/// one order).
std::unique_ptr<EventBus> makeFaultyBus(Runtime& runtime, FaultPlan& faults, std::shared_ptr<EventBus> inner);

/// What `brokers`, which may be null, can be made to do for real.
LastingFaults lastingFaultsOf(const BrokerFaults* brokers);

} // namespace orderlab
