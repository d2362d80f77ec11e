#pragma once
#include "gated_store.h"
#include "http/dead_letter_api.h"
#include "http/fault_api.h"
#include "http/group_api.h"
#include "http/http_server.h"
#include "http/order_api.h"
#include "memory_bus/memory_bus.h"
#include "memory_store/memory_store.h"
#include "raw_http_client.h"
#include "runtime/real_runtime.h"

#include <boost/json.hpp>

#include <QTest>

#include <algorithm>

namespace orderlab {

/// A server on a free port of 127.0.0.1 in front of the real order service and a store in memory. No relay runs: what
/// was emitted stays in the outbox, where it can be counted.
class ApiFixture {
public:
    explicit ApiFixture(HttpOptions options = {}, std::shared_ptr<OrderStorySource> story = {})
    {
        options.port = 0;
        HttpServices services;
        services.orders = [this] { return is_up ? &service : nullptr; };
        services.ready = [this] { return store.ping(); };
        services.story = std::move(story);
        Router router;
        addOrderApi(router, runtime, std::move(services));
        addDeadLetterApi(router, [this] { return is_up ? &dead_letters : nullptr; });
        addGroupApi(router, runtime, [this] { return is_up ? bus.get() : nullptr; });
        addFaultApi(router, faults);
        router.add(
            {"GET", "/throws", [](const HttpRequest&) -> Task<HttpResponse> { throw std::runtime_error("oops"); }});
        Router checked;
        for (const Route& route : router.routes())
            checked.add(checkedRoute(route));
        server = std::make_unique<HttpServer>(runtime, std::move(options), std::move(checked));
        const Result<void> listening = runtime.run(server->listen());
        if (!listening)
            throw std::runtime_error(listening.error().message);
    }
    ~ApiFixture()
    {
        runtime.run(server->stop());
        runtime.run(bus->close());
        runtime.run(store.close());
    }

    std::uint16_t port() const { return server->port(); }
    StoreCounts counts() { return runtime.run(store.counts()).value(); }
    /// "0 orders, 0 in the outbox"
    std::string kept()
    {
        const StoreCounts c = counts();
        return std::to_string(c.orders) + " orders, " + std::to_string(c.outbox_unpublished) + " in the outbox";
    }

    RealRuntime runtime{2};
    Journal journal{1024};
    std::shared_ptr<Store> memory = makeMemoryStore(runtime, journal);
    GatedStore store{runtime, memory};
    FaultPlan faults{runtime, journal};
    std::unique_ptr<EventBus> bus = makeMemoryBus(runtime, journal, {});
    OrderService service{{runtime, journal, faults, store, *bus}};
    DeadLetterService dead_letters{{runtime, faults, store}};
    std::atomic<bool> is_up{true};
    std::unique_ptr<HttpServer> server;

private:
    /// Fails the test when the route answers a status that its row does not tell.
    static Route checkedRoute(Route route)
    {
        auto handler = [inner = std::make_shared<const Route>(route)](const HttpRequest& request) {
            return checked(*inner, request);
        };
        route.handler = std::move(handler);
        return route;
    }
    static Task<HttpResponse> checked(const Route& route, const HttpRequest& request)
    {
        HttpResponse response = co_await route.handler(request);
        const std::vector<int> told = statusesOf(route);
        if (std::find(told.begin(), told.end(), response.status) == told.end())
            QTest::qFail(
                (route.operation + " does not tell that it answers " + std::to_string(response.status)).c_str(),
                __FILE__, __LINE__);
        co_return response;
    }
};

/// A whole request. `headers`: further lines, each with its "\r\n".
inline std::string request(const std::string& method, const std::string& target, const std::string& headers = {},
                           const std::string& body = {})
{
    return method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers
           + (body.empty() ? std::string() : "Content-Length: " + std::to_string(body.size()) + "\r\n") + "\r\n" + body;
}
inline std::string postOrder(const std::string& body, const std::string& headers = {})
{
    return request("POST", "/orders", "Content-Type: application/json\r\n" + headers, body);
}
inline const std::string json_type = "Content-Type: application/json\r\n";
/// The text at "a.b.0.c" of a JSON document; "" where there is none.
inline std::string at(const RawReply& reply, const std::string& path)
{
    boost::system::error_code error;
    std::string pointer = '/' + path;
    std::replace(pointer.begin(), pointer.end(), '.', '/');
    const boost::json::value document = boost::json::parse(reply.body);
    const boost::json::value* value = document.find_pointer(pointer, error);
    return !value ? "" : value->is_string() ? std::string(value->get_string()) : boost::json::serialize(*value);
}
inline const std::string good_order = R"({"user_id":"ada","amount":"19.99"})";

} // namespace orderlab
