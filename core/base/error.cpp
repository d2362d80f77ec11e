#include "base/error.h"
#include "base/result.h"

namespace orderlab {

std::string_view name(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument: return "invalid-argument";
    case ErrorCode::NotFound: return "not-found";
    case ErrorCode::AlreadyExists: return "already-exists";
    case ErrorCode::Conflict: return "conflict";
    case ErrorCode::IllegalTransition: return "illegal-transition";
    case ErrorCode::Unavailable: return "unavailable";
    case ErrorCode::PeerFailed: return "peer-failed";
    case ErrorCode::Timeout: return "timeout";
    case ErrorCode::Canceled: return "canceled";
    case ErrorCode::Closed: return "closed";
    case ErrorCode::Exhausted: return "exhausted";
    case ErrorCode::Corrupt: return "corrupt";
    case ErrorCode::Rejected: return "rejected";
    case ErrorCode::Internal: return "internal";
    }
    return "unknown";
}

std::string_view name(Retry retry)
{
    switch (retry) {
    case Retry::Now: return "now";
    case Retry::Later: return "later";
    case Retry::Never: return "never";
    }
    return "unknown";
}

std::optional<ErrorCode> errorCodeOf(std::string_view text)
{
    for (int code = 0; code <= int(ErrorCode::Internal); ++code) {
        if (name(ErrorCode(code)) == text)
            return ErrorCode(code);
    }
    return std::nullopt;
}

void throw_exception_from_error(const Error& error, const boost::source_location& location)
{
    throw std::logic_error("value() of an error at " + location.to_string() + ": " + error.message);
}

} // namespace orderlab
