#pragma once
#include "base/error.h"
#include "http/http_message.h"

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

} // namespace orderlab
