#pragma once
#include "base/json_fields.h"
#include "worker/policies.h"

namespace orderlab {

/// Policies as scenario files spell them: {"retry_style":"topic","max_attempts":3,"handler_timeout_ms":500,…}. What is
/// absent stays as it is in `policies`.
void readPolicies(const JsonNode& node, const std::string& path, std::vector<JsonProblem>& problems,
                  Policies& policies);
/// Without what is at its default.
JsonNode toJsonNode(const Policies& policies);

/// Sets one policy as people spell it: retry-style=topic, max-attempts=3, handler-timeout=500ms, throttle=50,
/// breaker=off. Errors: NotFound for another name; InvalidArgument for a wrong value.
Result<void> setPolicy(Policies& policies, std::string_view name, std::string_view value);

} // namespace orderlab
