#include "http/group_api.h"

#include "http/group_json.h"
#include "http/group_request_parser.h"

namespace orderlab {

namespace {

/// The handlers. One object, shared by its routes.
class GroupApi {
public:
    GroupApi(Runtime& runtime, std::function<EventBus*()> bus, std::string group_prefix)
        : m_runtime(runtime), m_bus(std::move(bus)), m_group_prefix(std::move(group_prefix))
    {
    }

    Task<HttpResponse> list();
    Task<HttpResponse> reset(const HttpRequest& request);

private:
    Runtime& m_runtime;
    const std::function<EventBus*()> m_bus;
    const std::string m_group_prefix;
};

HttpResponse jsonResponse(const JsonNode& node)
{
    HttpResponse response;
    response.body = node.toJson();
    return response;
}

Task<HttpResponse> GroupApi::list()
{
    const auto bus = runningService(m_bus);
    if (!bus)
        co_return errorResponse(bus.error());
    const auto groups = co_await (*bus)->groups();
    co_return groups ? jsonResponse(groupsJson(*groups, m_runtime.now())) : errorResponse(groups.error());
}

Task<HttpResponse> GroupApi::reset(const HttpRequest& request)
{
    auto reset = parseGroupReset(request.body);
    if (!reset)
        co_return reset.error().response();
    reset->group = request.parameters.at(0);
    if (reset->group.find('.') == std::string::npos && !reset->group.starts_with(m_group_prefix))
        reset->group.insert(0, m_group_prefix);
    const auto bus = runningService(m_bus);
    if (!bus)
        co_return errorResponse(bus.error());
    const auto changes = co_await (*bus)->resetGroup(*reset);
    co_return changes ? jsonResponse(groupResetJson(*reset, *changes)) : errorResponse(changes.error());
}

} // namespace

void addGroupApi(Router& router, Runtime& runtime, std::function<EventBus*()> bus, std::string group_prefix)
{
    const auto api = std::make_shared<GroupApi>(runtime, std::move(bus), std::move(group_prefix));
    router.add({"GET", "/groups", [api](const HttpRequest&) { return api->list(); }});
    router.add({"POST", "/groups/{group}/reset", [api](const HttpRequest& request) { return api->reset(request); },
                BodyRule::Json});
}

} // namespace orderlab
