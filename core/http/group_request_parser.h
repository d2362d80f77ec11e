#pragma once
#include "bus/event_bus.h"
#include "http/order_request_parser.h"

namespace orderlab {

/// The body of POST /groups/{group}/reset: {"target":"earliest"|"latest"|"offset"|"time", "offset", "time", "topic",
/// "partition", "dry_run"}; only "target" is needed, and "offset" or "time" with the target of that name, and only then.
/// GroupReset::group stays empty. 400 for what is no JSON, 422 naming every member that is wrong.
Parsed<GroupReset> parseGroupReset(std::string_view body);

} // namespace orderlab
