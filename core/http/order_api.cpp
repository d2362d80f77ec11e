#include "http/order_api.h"

#include "http/operations.h"
#include "http/order_json.h"
#include "http/order_requests.h"

namespace orderlab {

namespace {

/// Entries of a story at most: an order has about 40, one with every retry there is about 200.
constexpr std::size_t story_entries_max = 1'000;

/// An order and what the journal has about it.
struct OrderStory {
    Order order;
    std::vector<Entry> entries;
};

Task<Result<OrderStory>> findStory(OrderService& orders, OrderStorySource* source, OrderId id)
{
    auto order = co_await orders.find(id);
    if (!order)
        co_return order.error();
    OrderStory story{std::move(*order), {}};
    if (source)
        story.entries = source->story(id, story_entries_max);
    co_return story;
}

HttpResponse createdResponse(const CreatedOrder& created)
{
    HttpResponse response = jsonResponse(orderJson(created.order));
    response.status = 201;
    response.headers.emplace_back("Location", "/orders/" + created.order.id.toString());
    if (created.replayed)
        response.headers.emplace_back("Idempotent-Replayed", "true");
    return response;
}

/// What tells of the server itself: there whether or not the services are.
class ServerState {
public:
    explicit ServerState(HttpServices services) : m_services(std::move(services)) {}

    Task<Result<HttpResponse>> health(NoFields) { co_return jsonResponse(R"({"status":"ok"})"); }
    Task<Result<HttpResponse>> readiness(NoFields)
    {
        const Result<void> ready = co_await m_services.ready();
        HttpResponse response =
            jsonResponse(readinessJson(ready, m_services.parts ? m_services.parts() : std::vector<HealthPart>{}));
        if (!ready) {
            response.status = 503;
            response.headers.emplace_back("Retry-After", "1");
        }
        co_return response;
    }
    Task<Result<HttpResponse>> openApi(NoFields) { co_return jsonResponse(std::string(openApiDocument())); }

private:
    const HttpServices m_services;
};

HttpResponse asItIs(const HttpResponse& response)
{
    return response;
}

} // namespace

void addOrderApi(Router& router, Runtime& runtime, HttpServices services)
{
    const std::shared_ptr<OrderStorySource> story = services.story;
    const auto create = [](OrderService& orders, NewOrder asked) { return orders.create(std::move(asked.order)); };
    const auto cancel = [](OrderService& orders, CancelRequest asked) {
        return orders.cancel(asked.id, asked.parent, std::move(asked.tracestate));
    };
    const auto find_story = [story](OrderService& orders, OrderId id) { return findStory(orders, story.get(), id); };
    const auto write_story = [story](const OrderStory& found) {
        static const Names no_names;
        return orderStoryJson(found.order, found.entries, story ? story->names() : no_names);
    };
    const RequestReader<NoFields> nothing{BodyRule::Ignored, {}};

    Operations<OrderService> orders(router, services.orders);
    orders.add({"POST", "/orders", "createOrder", "Create an order", {201, 409}}, newOrderReader(), create,
               createdResponse, std::function([&runtime] {
                   return NewOrder{{}, runtime.now()};
               }));
    orders.add({"GET", "/orders", "listOrders", "List orders, newest first"}, orderQueryReader(), &OrderService::list,
               orderPageJson);
    orders.add({"GET", "/orders/{id}", "getOrder", "Read an order"}, orderIdReader(BodyRule::Ignored),
               &OrderService::find, orderJson);
    orders.add({"POST", "/orders/{id}/cancel", "cancelOrder", "Cancel an order that is not final", {200, 409}},
               cancelReader(), cancel, orderJson);
    orders.add({"GET", "/orders/{id}/story", "getOrderStory", "Everything that happened to an order"},
               orderIdReader(BodyRule::Ignored), find_story, write_story);

    const auto state = std::make_shared<ServerState>(std::move(services));
    Operations<ServerState> server(router, [state] { return state.get(); });
    constexpr auto everyone = RouteAccess::Everyone;
    server.add({"GET", "/healthz", "getHealth", "Whether the process answers", {200}, everyone}, nothing,
               &ServerState::health, asItIs);
    server.add({"GET",
                "/readyz",
                "getReadiness",
                "Whether an order would be accepted and worked off now, part by part",
                {200},
                everyone},
               nothing, &ServerState::readiness, asItIs);
    server.add({"GET", "/openapi.json", "getOpenApi", "This document"}, nothing, &ServerState::openApi, asItIs);
}

} // namespace orderlab
