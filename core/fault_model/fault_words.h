#pragma once
#include "fault_model/guarantees.h"
#include "fault_model/seam.h"

#include <optional>
#include <string>

namespace orderlab {

/// A fault that struck.
struct Strike {
    Seam seam;
    FaultAction action;
};
/// "gateway-call lose-answer", as journal entries say it; nothing for another text.
std::optional<Strike> strikeOf(std::string_view detail);
/// A few words beside the place where it struck: "answer lost", "killed".
std::string_view strikeWords(FaultAction action);

/// What a fault did, as a clause in the past tense: "the answer to the charge was lost". `worker`: who it struck; may
/// be empty.
std::string faultWords(Seam seam, FaultAction action, const std::string& worker);
/// "the payment key"
std::string_view guaranteeWords(Guarantee guarantee);

} // namespace orderlab
