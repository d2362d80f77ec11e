#include "fault_model/seam.h"

#include <array>
#include <string>

namespace orderlab {

namespace {

constexpr std::array<std::string_view, seam_count> seam_names = {
    "client-request", "client-answer", "order-store",   "order-committed", "relay-claim", "bus-append",
    "published",      "delivery",      "handler-entry", "gateway-call",    "before-commit", "after-commit",
    "ack",            "worker",        "database",      "broker",          "network",     "clock"};
constexpr std::array<std::string_view, fault_action_count> action_names = {
    "none", "fail", "delay", "crash", "hang", "lose", "duplicate", "reorder", "lose-answer", "decline", "timeout", "away",
    "jump", "throttle"};

template <std::size_t size>
std::string listed(const std::array<std::string_view, size>& names)
{
    std::string list;
    for (std::string_view name : names) {
        if (name != "none")
            (list += list.empty() ? "" : ", ") += name;
    }
    return list;
}

} // namespace

std::string_view name(Seam seam)
{
    return seam_names[std::size_t(seam)];
}

std::string_view name(FaultAction action)
{
    return action_names[std::size_t(action)];
}

Result<Seam> seamOf(std::string_view name)
{
    for (std::size_t i = 0; i < seam_names.size(); ++i) {
        if (seam_names[i] == name)
            return Seam(i);
    }
    return invalidArgument("seam", "must be one of " + listed(seam_names));
}

Result<FaultAction> faultActionOf(std::string_view name)
{
    for (std::size_t i = 1; i < action_names.size(); ++i) {
        if (action_names[i] == name)
            return FaultAction(i);
    }
    return invalidArgument("action", "must be one of " + listed(action_names));
}

Result<FaultAction> faultActionAt(Seam seam, std::string_view text)
{
    std::string list;
    for (const FaultAction action : actionsAt(seam)) {
        if (name(action) == text)
            return action;
        (list += list.empty() ? "" : ", ") += name(action);
    }
    return invalidArgument("action", "at " + std::string(name(seam)) + " must be one of " + list);
}

std::span<const FaultAction> actionsAt(Seam seam)
{
    using enum FaultAction;
    static constexpr FaultAction client_request[] = {Lose, Duplicate, Delay};
    static constexpr FaultAction client_answer[] = {Lose, Delay};
    static constexpr FaultAction step[] = {Fail, Delay};
    static constexpr FaultAction process_step[] = {Crash, Delay};
    static constexpr FaultAction relay_claim[] = {Fail, Crash, Delay};
    static constexpr FaultAction bus_append[] = {Fail, LoseAnswer, Delay};
    static constexpr FaultAction delivery[] = {Duplicate, Reorder, Delay};
    static constexpr FaultAction handler_entry[] = {Fail, Hang, Crash, Delay};
    static constexpr FaultAction gateway_call[] = {LoseAnswer, Fail, Timeout, Decline, Delay};
    static constexpr FaultAction before_commit[] = {Fail, Crash, Delay};
    static constexpr FaultAction ack[] = {Lose, Crash, Delay};
    static constexpr FaultAction worker[] = {Crash, Hang};
    static constexpr FaultAction service[] = {Away, Delay};
    static constexpr FaultAction network[] = {Delay, Throttle};
    static constexpr FaultAction clock[] = {Jump};
    switch (seam) {
    case Seam::ClientRequest: return client_request;
    case Seam::ClientAnswer: return client_answer;
    case Seam::OrderStore: return step;
    case Seam::OrderCommitted:
    case Seam::Published:
    case Seam::AfterCommit: return process_step;
    case Seam::RelayClaim: return relay_claim;
    case Seam::BusAppend: return bus_append;
    case Seam::Delivery: return delivery;
    case Seam::HandlerEntry: return handler_entry;
    case Seam::GatewayCall: return gateway_call;
    case Seam::BeforeCommit: return before_commit;
    case Seam::Ack: return ack;
    case Seam::Worker: return worker;
    case Seam::Database:
    case Seam::Broker: return service;
    case Seam::Network: return network;
    case Seam::Clock: return clock;
    }
    return {};
}

} // namespace orderlab
