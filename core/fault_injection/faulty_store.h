#pragma once
#include "faults/fault_plan.h"
#include "store/store.h"

namespace orderlab {

/// `inner`, with the seams Database and Network in front of every call: while a fault strikes, the call is late or
/// Unavailable (Later), and then it never reached the store. Without such a fault calls go straight through. The
/// gateway's ledger belongs to somebody else: it is never touched. Any thread.
std::shared_ptr<Store> makeFaultyStore(FaultPlan& faults, Journal& journal, std::shared_ptr<Store> inner);

} // namespace orderlab
