#pragma once
#include "base/result.h"
#include "http/http_message.h"

#include <functional>

namespace orderlab {

struct FieldError {
    std::string field;
    std::string message;
    bool operator==(const FieldError&) const = default;
};

/// A problem document (RFC 9457): `type` (a URN of ours, stable, for programs), `title`, `status`, `detail`; with
/// `field` and `errors` where input is to blame: `field` is the first one's, `errors` has them all.
struct Problem {
    int status = 500;
    std::string type;   ///< What comes after "urn:orderlab:problem:".
    std::string detail; ///< One sentence for a person.
    std::vector<FieldError> errors = {};

    HttpResponse response() const;
};

/// 400: the bytes are not what they claim to be.
Problem malformed(std::string detail);
/// 422 for one or more fields; `errors` is not empty.
Problem invalidFields(std::vector<FieldError> errors);
/// What a handler answers when a service failed. Sets Retry-After where waiting helps.
HttpResponse errorResponse(const Error& error);
/// What `find()` gives. Error: Unavailable while it gives null: the system behind the server is starting or stopping.
template <typename Service>
Result<Service*> runningService(const std::function<Service*()>& find)
{
    if (Service* service = find())
        return service;
    return unavailable("the services behind this server are not up yet; see /readyz");
}

} // namespace orderlab
