#pragma once
#include "bus/event_bus.h"
#include "faults/fault_plan.h"

namespace orderlab {

/// `inner`, with the seams BusAppend, Delivery, Broker and Network on the way to and from it. Without such a fault calls
/// go straight through. Any thread.
///
/// On a bus with BrokerFaults, faults that last (Fault::lasts()) are left to who puts them in force there.
///
/// Duplicate: the batch is delivered once more by a later poll of the same member. Reorder: the batch is late by a random
/// part of the fault's delay, so that events of other partitions overtake it (within a partition a log has one order).
std::unique_ptr<EventBus> makeFaultyBus(Runtime& runtime, FaultPlan& faults, std::shared_ptr<EventBus> inner);

} // namespace orderlab
