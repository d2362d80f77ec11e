#include "http/fault_api.h"

#include "faults/fault_json.h"
#include "http/problem.h"

namespace orderlab {

namespace {

/// {"faults":[{…,"strikes":3}],"guarantees":{"outbox":true,…}}
HttpResponse current(const FaultPlan& plan)
{
    const std::vector<Fault> faults = plan.faults();
    const std::vector<std::uint64_t> strikes = plan.strikes();
    JsonNode list = JsonNode::array();
    for (std::size_t i = 0; i < faults.size(); ++i) {
        JsonNode fault = toJsonNode(faults[i]);
        fault.add("strikes", JsonNode::number(i < strikes.size() ? strikes[i] : 0)); // Replaced in between: none yet.
        list.items.push_back(std::move(fault));
    }
    HttpResponse response;
    response.body = JsonNode::object()
                        .add("faults", std::move(list))
                        .add("guarantees", toJsonNode(plan.guarantees()))
                        .toJson();
    return response;
}

Task<HttpResponse> get(FaultPlan& plan)
{
    co_return current(plan);
}

Task<HttpResponse> put(FaultPlan& plan, std::string_view body)
{
    auto settings = readFaultSettings(body, plan.guarantees());
    if (!settings && settings.error().code == ErrorCode::Corrupt)
        co_return malformed(settings.error().message).response();
    if (!settings)
        co_return errorResponse(settings.error());
    if (settings->faults) {
        const auto set = plan.setFaults(std::move(*settings->faults));
        if (!set)
            co_return errorResponse(set.error());
    }
    if (settings->guarantees)
        plan.setGuarantees(*settings->guarantees);
    co_return current(plan);
}

} // namespace

void addFaultApi(Router& router, FaultPlan& faults)
{
    router.add({"GET", "/faults", [&faults](const HttpRequest&) { return get(faults); }});
    router.add({"PUT", "/faults", [&faults](const HttpRequest& request) { return put(faults, request.body); },
                BodyRule::Json});
}

} // namespace orderlab
