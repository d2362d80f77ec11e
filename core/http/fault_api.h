#pragma once
#include "faults/fault_plan.h"
#include "http/router.h"

namespace orderlab {

/// Adds GET and PUT /faults: what fails on purpose, and which guarantees are on. `faults` has to outlive the router.
void addFaultApi(Router& router, FaultPlan& faults);

} // namespace orderlab
