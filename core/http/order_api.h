#pragma once
#include "http/router.h"
#include "journal/names.h"
#include "service/health_part.h"
#include "service/order_service.h"

namespace orderlab {

/// What the journal has about one order. Called from any of the server's threads, several at once; must not block long.
class OrderStorySource {
public:
    virtual ~OrderStorySource() = default;
    /// Oldest first; at most `max`, the newest of them. With what explains the story (see collectStory()).
    virtual std::vector<Entry> story(OrderId order, std::size_t max) = 0;
    /// The table that the entries' names are in.
    virtual const Names& names() const = 0;
};

/// What the API stands on. Called from any of the server's threads.
struct HttpServices {
    /// Null while services are coming up or going down: 503. What it gave stays valid until the server has stopped.
    std::function<OrderService*()> orders;
    /// Whether an order would be accepted and worked off now, for /readyz. Error: what is away or stands still.
    std::function<Task<Result<void>>()> ready;
    /// The same part by part, asked after ready(). Null or empty: one part, the system, is what ready() says.
    std::function<std::vector<HealthPart>()> parts = {};
    /// Null: stories have no entries.
    std::shared_ptr<OrderStorySource> story;
};

/// Adds the routes of the order API: /orders…, /healthz, /readyz, /openapi.json. `runtime` has to outlive the router.
void addOrderApi(Router& router, Runtime& runtime, HttpServices services);

/// The OpenAPI 3.1 document of all routes.
std::string_view openApiDocument();

} // namespace orderlab
