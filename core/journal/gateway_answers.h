#pragma once
#include <string_view>

namespace orderlab {

// What the details of gateway-failed say where the gateway did answer. Elsewhere nobody knows what it did.

/// It will never charge this customer, so nothing is retried.
inline constexpr std::string_view gateway_refuses_customer = "the gateway cannot process this customer";
/// It did nothing; later it may.
inline constexpr std::string_view gateway_answers_error = "the gateway answered 503";

} // namespace orderlab
