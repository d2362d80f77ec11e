#pragma once
#include "base/json_fields.h"
#include "fault_model/guarantees.h"
#include "faults/fault.h"

namespace orderlab {

/// A fault as scenario files and the API spell it:
/// {"seam":"gateway-call","action":"lose-answer","probability":0.2,"count":3,"start_s":2,"duration_s":10,"delay_ms":500,
///  "event":"order-created","group":"payment","worker":"payment-1","order":"UUID","customer":"user-7"};
/// {"seam":"network","action":"throttle","bytes_per_s":20000}.
/// Only the seam is needed. `path` names it in problems: "faults[2]".
Fault readFault(const JsonNode& node, const std::string& path, std::vector<JsonProblem>& problems);
/// Without what is at its default.
JsonNode toJsonNode(const Fault& fault);

/// {"outbox":false,"inbox":true}: those that are absent stay as they are in `guarantees`.
void readGuarantees(const JsonNode& node, const std::string& path, std::vector<JsonProblem>& problems,
                    Guarantees& guarantees);
/// All of them.
JsonNode toJsonNode(const Guarantees& guarantees);

} // namespace orderlab
