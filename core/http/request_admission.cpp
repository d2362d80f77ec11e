#include "http/request_admission.h"

#include "http/request_target.h"

namespace orderlab {

namespace {

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// application/json, with no parameter but charset=utf-8 (RFC 8259, section 11, defines none).
bool isJsonMediaType(std::string_view value)
{
    const auto semicolon = value.find(';');
    if (!equalsIgnoringCase(trimmed(value.substr(0, semicolon)), "application/json"))
        return false;
    if (semicolon == std::string_view::npos)
        return true;
    const std::string_view parameter = trimmed(value.substr(semicolon + 1));
    return parameter.empty() || equalsIgnoringCase(parameter, "charset=utf-8")
           || equalsIgnoringCase(parameter, "charset=\"utf-8\"");
}

bool hasBody(const HttpRequest& request)
{
    return request.header("Transfer-Encoding") || request.header("Content-Length").value_or("0") != "0";
}

std::optional<HttpResponse> checkBodyHeaders(const Route& route, const HttpRequest& request)
{
    if (const auto expect = request.header("Expect"); expect && !equalsIgnoringCase(*expect, "100-continue"))
        return Problem{417, "expectation-failed", "the only known expectation is 100-continue"}.response();
    if (route.reads.body == BodyRule::Ignored || !hasBody(request))
        return {};
    const bool json = request.headerCount("Content-Type") == 1 && isJsonMediaType(*request.header("Content-Type"));
    const bool plain = equalsIgnoringCase(request.header("Content-Encoding").value_or("identity"), "identity");
    if (json && plain)
        return {};
    HttpResponse response =
        Problem{415, "unsupported-media-type", "the body must be application/json, in UTF-8 and not compressed"}
            .response();
    response.headers.emplace_back("Accept-Post", "application/json");
    return response;
}

HttpResponse allowedMethods(std::string methods)
{
    HttpResponse response;
    response.status = 204;
    response.headers.emplace_back("Allow", std::move(methods));
    return response;
}

} // namespace

Admission admit(const AccessRules& access, const Router& router, HttpRequest& request)
{
    const bool whole_server = request.method == "OPTIONS" && request.target == "*";
    auto target = whole_server ? Result<RequestTarget>(RequestTarget{}) : parseRequestTarget(request.target);
    if (!target)
        return {nullptr, malformed(target.error().message).response()};
    if (auto refusal = access.checkOrigin(request, target->authority))
        return {nullptr, std::move(refusal)};
    Router::Match match = router.match(request.method, target->segments);
    if (!match.route || match.route->access == RouteAccess::Token) {
        if (auto refusal = access.checkToken(request))
            return {nullptr, std::move(refusal)};
    }
    if (whole_server)
        return {nullptr, allowedMethods(router.methods())};
    if (match.allow.empty())
        return {nullptr, Problem{404, "not-found", "there is nothing at this path; see /openapi.json"}.response()};
    if (!match.route && request.method == "OPTIONS")
        return {nullptr, allowedMethods(std::move(match.allow))};
    if (!match.route) {
        HttpResponse response =
            Problem{405, "method-not-allowed", "this path allows " + match.allow + " only"}.response();
        response.headers.emplace_back("Allow", std::move(match.allow));
        return {nullptr, std::move(response)};
    }
    if (auto refusal = checkBodyHeaders(*match.route, request))
        return {nullptr, std::move(refusal)};
    request.parameters = std::move(match.parameters);
    request.query = std::move(target->query);
    return {match.route, {}};
}

} // namespace orderlab
