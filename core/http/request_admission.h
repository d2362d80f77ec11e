#pragma once
#include "http/access_rules.h"
#include "http/router.h"

namespace orderlab {

/// What was decided about a request before its body is read: a route, or an answer.
struct Admission {
    const Route* route = nullptr;
    std::optional<HttpResponse> answer;
};

/// Decides in this order: well-formed target (400), Host and Origin (400, 403), token (401), path (404), OPTIONS (204),
/// method (405), media type (415), Expect (417). Fills in `request.parameters` and `request.query`. No body is needed,
/// so that 100 Continue is sent for what can succeed only. Any thread; does no I/O.
Admission admit(const AccessRules& access, const Router& router, HttpRequest& request);

} // namespace orderlab
