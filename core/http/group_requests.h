#pragma once
#include "bus/event_bus.h"
#include "http/request_fields.h"

namespace orderlab {

/// POST /groups/{group}/reset:
/// {"target":"earliest"|"latest"|"offset"|"time","offset","time","topic","partition","dry_run"}; only "target" is
/// needed, and "offset" or "time" with the target of that name, and only then. GroupReset::group is as in the path.
/// Constant: any thread.
RequestReader<GroupReset> groupResetReader();

} // namespace orderlab
