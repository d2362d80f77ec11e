#include "http/fault_api.h"

#include "faults/fault_json.h"
#include "http/operations.h"

namespace orderlab {

namespace {

/// {"faults":[{…,"strikes":3}],"guarantees":{"outbox":true,…}}
JsonNode current(const FaultPlan& plan)
{
    const std::vector<Fault> faults = plan.faults();
    const std::vector<std::uint64_t> strikes = plan.strikes();
    JsonNode list = JsonNode::array();
    for (std::size_t i = 0; i < faults.size(); ++i) {
        JsonNode fault = toJsonNode(faults[i]);
        fault.add("strikes", JsonNode::number(i < strikes.size() ? strikes[i] : 0)); // Replaced in between: none yet.
        list.items.push_back(std::move(fault));
    }
    return JsonNode::object().add("faults", std::move(list)).add("guarantees", toJsonNode(plan.guarantees()));
}

/// PUT /faults: what it is to be changed to.
struct FaultChange {
    std::optional<std::vector<Fault>> faults;
    Guarantees guarantees; ///< Over those that it is read with.
    bool has_guarantees = false;
};

std::string takeFaults(FaultChange& out, const FieldValue& value)
{
    if (value.node->type != JsonType::Array)
        return "must be a list";
    if (value.node->items.size() > FaultPlan::faults_max)
        return "can have at most " + std::to_string(FaultPlan::faults_max) + " items";
    out.faults.emplace();
    for (const JsonNode& item : value.node->items)
        out.faults->push_back(
            readFault(item, "faults[" + std::to_string(out.faults->size()) + ']', value.mistakes.nested()));
    return {};
}

std::string takeGuarantees(FaultChange& out, const FieldValue& value)
{
    out.has_guarantees = true;
    readGuarantees(*value.node, "guarantees", value.mistakes.nested(), out.guarantees);
    return {};
}

RequestReader<FaultChange> faultChangeReader()
{
    return {BodyRule::Json,
            {{FieldPlace::Body, "faults", takeFaults}, {FieldPlace::Body, "guarantees", takeGuarantees}}};
}

Task<Result<FaultPlan*>> get(FaultPlan& plan, NoFields)
{
    co_return &plan;
}

Task<Result<FaultPlan*>> put(FaultPlan& plan, FaultChange change)
{
    if (change.faults)
        ORDERLAB_TRY(co_return, plan.setFaults(std::move(*change.faults)));
    if (change.has_guarantees)
        plan.setGuarantees(change.guarantees);
    co_return &plan;
}

} // namespace

void addFaultApi(Router& router, FaultPlan& faults)
{
    const RequestReader<NoFields> nothing{BodyRule::Ignored, {}};
    const auto write = [](FaultPlan* plan) { return current(*plan); };

    Operations<FaultPlan> plan(router, [&faults] { return &faults; });
    plan.add({"GET", "/faults", "getFaults", "What fails on purpose, and which guarantees are on"}, nothing, get,
             write);
    plan.add({"PUT", "/faults", "setFaults", "Replace the faults, switch guarantees"}, faultChangeReader(), put, write,
             std::function([&faults] {
                 return FaultChange{{}, faults.guarantees(), false};
             }));
}

} // namespace orderlab
