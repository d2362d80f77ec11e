#include "http/order_api.h"

#include "http/order_json.h"
#include "http/order_request_parser.h"

namespace orderlab {

namespace {

/// Entries of a story at most: an order has about 40, one with every retry there is about 200.
constexpr std::size_t story_entries_max = 1'000;

HttpResponse jsonResponse(int status, std::string body)
{
    HttpResponse response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

HttpResponse orderResponse(const Result<Order>& order)
{
    return order ? jsonResponse(200, orderJson(*order)) : errorResponse(order.error());
}

/// The handlers. One object, shared by its routes.
class OrderApi {
public:
    OrderApi(Runtime& runtime, HttpServices services) : m_runtime(runtime), m_services(std::move(services)) {}

    Task<HttpResponse> create(const HttpRequest& request);
    Task<HttpResponse> list(const HttpRequest& request);
    Task<HttpResponse> find(const HttpRequest& request);
    Task<HttpResponse> cancel(const HttpRequest& request);
    Task<HttpResponse> story(const HttpRequest& request);
    Task<HttpResponse> health(const HttpRequest& request);
    Task<HttpResponse> readiness(const HttpRequest& request);
    Task<HttpResponse> openApi(const HttpRequest& request);

private:
    /// The order that a path names, and who knows it.
    struct Asked {
        OrderService* service;
        OrderId id;
    };
    Result<OrderService*> service() const { return runningService(m_services.orders); }
    Result<Asked> asked(const HttpRequest& request) const;

    Runtime& m_runtime;
    HttpServices m_services;
};

/// What is no UUID names no order.
Result<OrderId> orderIdOf(const HttpRequest& request)
{
    const auto id = Uuid::parse(request.parameters.at(0));
    if (!id)
        return Error{ErrorCode::NotFound, Retry::Never, "there is no such order: its id would be a UUID", {}};
    return OrderId(*id);
}

/// W3C Trace Context, section 4.3: what is not valid, or there twice, is as if it were not there.
TraceContext traceParent(const HttpRequest& request)
{
    const auto header = request.header("traceparent");
    if (!header || request.headerCount("traceparent") > 1)
        return {};
    const auto parent = TraceContext::parse(*header);
    return parent ? *parent : TraceContext{};
}

Task<HttpResponse> OrderApi::create(const HttpRequest& request)
{
    auto key = parseIdempotencyKey(request);
    if (!key)
        co_return key.error().response();
    auto body = parseOrderBody(request.body, m_runtime.now());
    if (!body)
        co_return body.error().response();
    const auto orders = service();
    if (!orders)
        co_return errorResponse(orders.error());
    CreateOrder create;
    create.request = body->request;
    create.created_at = body->created_at;
    create.parent = traceParent(request);
    if (*key)
        create.idempotency = IdempotencyKey{std::move(**key), body->fingerprint()};
    const Result<CreatedOrder> created = co_await (*orders)->create(std::move(create));
    if (!created)
        co_return errorResponse(created.error());
    HttpResponse response = jsonResponse(201, orderJson(created->order));
    response.headers.emplace_back("Location", "/orders/" + created->order.id.toString());
    if (created->replayed)
        response.headers.emplace_back("Idempotent-Replayed", "true");
    co_return response;
}

Task<HttpResponse> OrderApi::list(const HttpRequest& request)
{
    auto query = parseOrderQuery(request.query);
    if (!query)
        co_return query.error().response();
    const auto orders = service();
    if (!orders)
        co_return errorResponse(orders.error());
    const Result<OrderPage> page = co_await (*orders)->list(std::move(*query));
    if (!page)
        co_return errorResponse(page.error());
    co_return jsonResponse(200, orderPageJson(*page));
}

Result<OrderApi::Asked> OrderApi::asked(const HttpRequest& request) const
{
    const auto id = orderIdOf(request);
    if (!id)
        return id.error();
    const auto orders = service();
    if (!orders)
        return orders.error();
    return Asked{*orders, *id};
}

Task<HttpResponse> OrderApi::find(const HttpRequest& request)
{
    const auto order = asked(request);
    if (!order)
        co_return errorResponse(order.error());
    const Result<Order> found = co_await order->service->find(order->id);
    co_return orderResponse(found);
}

Task<HttpResponse> OrderApi::cancel(const HttpRequest& request)
{
    if (const auto body = parseEmptyBody(request.body); !body)
        co_return body.error().response();
    const auto order = asked(request);
    if (!order)
        co_return errorResponse(order.error());
    const Result<Order> canceled = co_await order->service->cancel(order->id);
    co_return orderResponse(canceled);
}

Task<HttpResponse> OrderApi::story(const HttpRequest& request)
{
    const auto order = asked(request);
    if (!order)
        co_return errorResponse(order.error());
    const Result<Order> found = co_await order->service->find(order->id);
    if (!found)
        co_return errorResponse(found.error());
    static const Names no_names;
    if (!m_services.story)
        co_return jsonResponse(200, orderStoryJson(*found, {}, no_names));
    const std::vector<Entry> entries = m_services.story->story(order->id, story_entries_max);
    co_return jsonResponse(200, orderStoryJson(*found, entries, m_services.story->names()));
}

Task<HttpResponse> OrderApi::health(const HttpRequest&)
{
    co_return jsonResponse(200, R"({"status":"ok"})");
}

Task<HttpResponse> OrderApi::readiness(const HttpRequest&)
{
    const Result<void> ready = co_await m_services.ready();
    HttpResponse response = jsonResponse(ready ? 200 : 503, readinessJson(ready, m_services.parts ? m_services.parts() : std::vector<HealthPart>{}));
    if (!ready)
        response.headers.emplace_back("Retry-After", "1");
    co_return response;
}

Task<HttpResponse> OrderApi::openApi(const HttpRequest&)
{
    co_return jsonResponse(200, std::string(openApiDocument()));
}

} // namespace

void addOrderApi(Router& router, Runtime& runtime, HttpServices services)
{
    const auto api = std::make_shared<OrderApi>(runtime, std::move(services));
    using Handler = Task<HttpResponse> (OrderApi::*)(const HttpRequest&);
    const auto to = [&api](Handler handler) -> HttpHandler {
        return [api, handler](const HttpRequest& request) { return ((*api).*handler)(request); };
    };
    router.add({"POST", "/orders", to(&OrderApi::create), BodyRule::Json});
    router.add({"GET", "/orders", to(&OrderApi::list)});
    router.add({"GET", "/orders/{id}", to(&OrderApi::find)});
    router.add({"POST", "/orders/{id}/cancel", to(&OrderApi::cancel), BodyRule::Json});
    router.add({"GET", "/orders/{id}/story", to(&OrderApi::story)});
    router.add({"GET", "/healthz", to(&OrderApi::health), BodyRule::Ignored, RouteAccess::Everyone});
    router.add({"GET", "/readyz", to(&OrderApi::readiness), BodyRule::Ignored, RouteAccess::Everyone});
    router.add({"GET", "/openapi.json", to(&OrderApi::openApi)});
}

} // namespace orderlab
