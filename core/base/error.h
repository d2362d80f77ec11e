#pragma once
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace orderlab {

/// What went wrong, in the words of the layer that noticed it.
enum class ErrorCode : std::uint8_t {
    InvalidArgument,   ///< The caller's input is wrong; `Error::field` names it where one field is to blame.
    NotFound,          ///< No such order, event, group…
    AlreadyExists,     ///< The same key with other content is there already.
    Conflict,          ///< Somebody else changed it in between; a new attempt may well succeed.
    IllegalTransition, ///< The order's state does not allow it.
    Unavailable,       ///< Our own infrastructure (database, broker) is away.
    PeerFailed,        ///< A party outside our system (the payment gateway) failed to answer.
    Timeout,           ///< It took longer than allowed. Whether it happened is unknown.
    Canceled,          ///< The caller, or shutdown, asked to stop.
    Closed,            ///< The object was closed; it will never succeed again.
    Exhausted,         ///< A bound was reached (queue, connections, retention).
    Corrupt,           ///< Stored or received bytes are not what they should be.
    Rejected,          ///< The other party understood and refused.
    Internal,          ///< A bug of ours.
};

/// What the caller should do about it. Workers and dead letters look at nothing else.
enum class Retry : std::uint8_t {
    Now,   ///< Try again at once: a conflict that is gone by now.
    Later, ///< Try again after a while: something is away or busy.
    Never, ///< The same call will never succeed.
};

/// The one error type. A value; no thread affinity.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    Retry retry = Retry::Never;
    std::string message;    ///< One sentence for a person; says what to do where something can be done.
    std::string field = {}; ///< The input field to blame; empty when there is none.

    bool operator==(const Error&) const = default;
};

std::string_view name(ErrorCode code);
std::string_view name(Retry retry);
/// Nothing for a name that is none.
std::optional<ErrorCode> errorCodeOf(std::string_view name);

/// Infrastructure failures pause the work and burn no attempt of an event.
inline bool isInfrastructure(const Error& error)
{
    return error.code == ErrorCode::Unavailable || error.code == ErrorCode::Closed || error.code == ErrorCode::Conflict;
}

inline Error invalidArgument(std::string field, std::string message)
{
    return {ErrorCode::InvalidArgument, Retry::Never, std::move(message), std::move(field)};
}
/// For a wait that was cancelled, where an exception would cost too much: see Task. What is awaited next throws.
inline Error canceledError()
{
    return {ErrorCode::Canceled, Retry::Never, "canceled", {}};
}
inline Error unavailable(std::string message)
{
    return {ErrorCode::Unavailable, Retry::Later, std::move(message), {}};
}
/// For bytes that are not what they should be; `what` is the field or part to blame.
inline Error corruptError(std::string_view what, std::string message)
{
    return {ErrorCode::Corrupt, Retry::Never, std::move(message), std::string(what)};
}
inline Error closedError(std::string what)
{
    return {ErrorCode::Closed, Retry::Never, std::move(what) + " is closed", {}};
}
inline Error internalError(std::string message)
{
    return {ErrorCode::Internal, Retry::Never, std::move(message), {}};
}

} // namespace orderlab
