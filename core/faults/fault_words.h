#pragma once
#include "faults/guarantees.h"
#include "faults/seam.h"

#include <string>

namespace orderlab {

/// What a fault did, as a clause in the past tense: "the answer to the charge was lost". `worker`: who it struck; may be
/// empty.
std::string faultWords(Seam seam, FaultAction action, const std::string& worker);
/// "the payment key"
std::string_view guaranteeWords(Guarantee guarantee);

} // namespace orderlab
