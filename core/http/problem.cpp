#include "http/problem.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace orderlab {

namespace json = boost::json;

HttpResponse Problem::response() const
{
    json::object document{{"type", "urn:orderlab:problem:" + type},
                          {"title", std::string(reasonPhrase(status))},
                          {"status", status},
                          {"detail", detail}};
    if (!errors.empty()) {
        document["field"] = errors.front().field;
        json::array list;
        for (const FieldError& error : errors)
            list.push_back(json::object{{"field", error.field}, {"message", error.message}});
        document["errors"] = std::move(list);
    }
    HttpResponse response;
    response.status = status;
    response.content_type = "application/problem+json";
    response.body = json::serialize(document);
    return response;
}

Problem malformed(std::string detail)
{
    return {400, "malformed-request", std::move(detail)};
}

Problem invalidFields(std::vector<FieldError> errors)
{
    const FieldError& first = errors.front();
    std::string detail = first.field.empty() ? first.message : first.field + " " + first.message;
    return {422, "invalid-value", std::move(detail), std::move(errors)};
}

namespace {

Problem problemOf(const Error& error)
{
    switch (error.code) {
    case ErrorCode::InvalidArgument: return invalidFields({{error.field, error.message}});
    case ErrorCode::NotFound: return {404, "not-found", error.message};
    case ErrorCode::IllegalTransition: return {409, "illegal-transition", error.message};
    case ErrorCode::AlreadyExists:
        return {422, "idempotency-key-reused", error.message, {{"Idempotency-Key", error.message}}};
    case ErrorCode::Conflict: return {409, "conflict", error.message};
    case ErrorCode::Timeout: return {503, "timeout", error.message};
    case ErrorCode::Unavailable:
    case ErrorCode::Canceled:
    case ErrorCode::Closed:
    case ErrorCode::PeerFailed:
    case ErrorCode::Exhausted: return {503, "unavailable", error.message};
    case ErrorCode::Corrupt:
    case ErrorCode::Rejected:
    case ErrorCode::Internal: break;
    }
    return {500, "internal", error.message};
}

} // namespace

HttpResponse errorResponse(const Error& error)
{
    const Problem problem = problemOf(error);
    HttpResponse response = problem.response();
    if (problem.status == 503 || error.retry == Retry::Later)
        response.headers.emplace_back("Retry-After", "1"); // Seconds: reconnecting and failover take about that long.
    return response;
}

} // namespace orderlab
