#pragma once
#include "bus/event_bus.h"
#include "http/router.h"
#include "runtime/runtime.h"

namespace orderlab {

/// Adds GET /groups and POST /groups/{group}/reset: who reads what, how far behind, and from where to go on.
/// `bus` is called from any of the server's threads; null while services are coming up or going down: 503.
/// `group_prefix`: what a group's name begins with where a request names it without ("payment"). `runtime` has to
/// outlive the router.
void addGroupApi(Router& router, Runtime& runtime, std::function<EventBus*()> bus,
                 std::string group_prefix = "orderlab.");

} // namespace orderlab
