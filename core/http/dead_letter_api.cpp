#include "http/dead_letter_api.h"

#include "http/dead_letter_json.h"
#include "http/dead_letter_request_parser.h"

namespace orderlab {

namespace {

HttpResponse jsonResponse(const JsonNode& node)
{
    HttpResponse response;
    response.body = node.toJson();
    return response;
}

/// The handlers. One object, shared by its routes.
class DeadLetterApi {
public:
    explicit DeadLetterApi(std::function<DeadLetterService*()> service) : m_service(std::move(service)) {}

    Task<HttpResponse> list(const HttpRequest& request);
    Task<HttpResponse> causes(const HttpRequest& request);
    Task<HttpResponse> find(const HttpRequest& request);
    Task<HttpResponse> replay(const HttpRequest& request);
    Task<HttpResponse> replayAll(const HttpRequest& request);
    Task<HttpResponse> discard(const HttpRequest& request);

private:
    Result<DeadLetterService*> service() const { return runningService(m_service); }

    const std::function<DeadLetterService*()> m_service;
};

/// What is no UUID names no dead letter.
Result<Uuid> idOf(const HttpRequest& request)
{
    const auto id = Uuid::parse(request.parameters.at(0));
    if (!id)
        return Error{ErrorCode::NotFound, Retry::Never, "there is no such dead letter: its id would be a UUID", {}};
    return *id;
}

HttpResponse letterResponse(const Result<DeadLetter>& letter)
{
    return letter ? jsonResponse(deadLetterJson(*letter)) : errorResponse(letter.error());
}
HttpResponse forecastResponse(const Result<DeadLetterForecast>& forecast)
{
    return forecast ? jsonResponse(forecastJson(*forecast)) : errorResponse(forecast.error());
}

Task<HttpResponse> DeadLetterApi::list(const HttpRequest& request)
{
    auto query = parseDeadLetterQuery(request.query);
    if (!query)
        co_return query.error().response();
    const auto service = this->service();
    if (!service)
        co_return errorResponse(service.error());
    const auto page = co_await (*service)->list(std::move(*query));
    co_return page ? jsonResponse(deadLetterPageJson(*page)) : errorResponse(page.error());
}

Task<HttpResponse> DeadLetterApi::causes(const HttpRequest& request)
{
    auto query = parseDeadLetterQuery(request.query);
    if (!query)
        co_return query.error().response();
    const auto service = this->service();
    if (!service)
        co_return errorResponse(service.error());
    const auto causes = co_await (*service)->causes(std::move(query->filter));
    co_return causes ? jsonResponse(deadLetterCausesJson(*causes)) : errorResponse(causes.error());
}

Task<HttpResponse> DeadLetterApi::find(const HttpRequest& request)
{
    const auto id = idOf(request);
    const auto service = this->service();
    if (!id || !service)
        co_return errorResponse(!id ? id.error() : service.error());
    const auto letter = co_await (*service)->find(*id);
    co_return letterResponse(letter);
}

Task<HttpResponse> DeadLetterApi::replay(const HttpRequest& request)
{
    auto body = parseReplayBody(request.body);
    if (!body)
        co_return body.error().response();
    const auto id = idOf(request);
    const auto service = this->service();
    if (!id || !service)
        co_return errorResponse(!id ? id.error() : service.error());
    if (body->dry_run) {
        const auto forecast = co_await (*service)->forecast(*id);
        co_return forecastResponse(forecast);
    }
    const auto letter = co_await (*service)->replay(*id, std::move(body->decision), std::move(body->data));
    co_return letterResponse(letter);
}

Task<HttpResponse> DeadLetterApi::replayAll(const HttpRequest& request)
{
    auto body = parseReplayAllBody(request.body);
    if (!body)
        co_return body.error().response();
    const auto service = this->service();
    if (!service)
        co_return errorResponse(service.error());
    if (body->dry_run) {
        const auto forecast = co_await (*service)->forecast(std::move(body->filter));
        co_return forecastResponse(forecast);
    }
    const ReplayLimits limits = body->limits;
    const auto report = co_await (*service)->replayAll(std::move(body->filter), std::move(body->decision), limits);
    co_return report ? jsonResponse(replayReportJson(*report)) : errorResponse(report.error());
}

Task<HttpResponse> DeadLetterApi::discard(const HttpRequest& request)
{
    auto decision = parseDecision(request.query);
    if (!decision)
        co_return decision.error().response();
    const auto id = idOf(request);
    const auto service = this->service();
    if (!id || !service)
        co_return errorResponse(!id ? id.error() : service.error());
    const auto letter = co_await (*service)->discard(*id, std::move(*decision));
    co_return letterResponse(letter);
}

} // namespace

void addDeadLetterApi(Router& router, std::function<DeadLetterService*()> service)
{
    const auto api = std::make_shared<DeadLetterApi>(std::move(service));
    using Handler = Task<HttpResponse> (DeadLetterApi::*)(const HttpRequest&);
    const auto to = [&api](Handler handler) -> HttpHandler {
        return [api, handler](const HttpRequest& request) { return ((*api).*handler)(request); };
    };
    router.add({"GET", "/dead-letters", to(&DeadLetterApi::list)});
    router.add({"GET", "/dead-letters/causes", to(&DeadLetterApi::causes)});
    router.add({"POST", "/dead-letters/replay", to(&DeadLetterApi::replayAll), BodyRule::Json});
    router.add({"GET", "/dead-letters/{id}", to(&DeadLetterApi::find)});
    router.add({"DELETE", "/dead-letters/{id}", to(&DeadLetterApi::discard)});
    router.add({"POST", "/dead-letters/{id}/replay", to(&DeadLetterApi::replay), BodyRule::Json});
}

} // namespace orderlab
