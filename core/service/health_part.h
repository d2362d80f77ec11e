#pragma once
#include "base/time.h"

#include <string>

namespace orderlab {

/// One part of the system that an order needs: the store, the bus, the relay, a consumer group; or Redis, which only
/// makes it faster. A value.
struct HealthPart {
    std::string name; ///< "store", "bus", "relay", "redis", or a group's name without prefix.
    bool is_ready = true;
    TimePoint since;       ///< When `is_ready` last changed.
    std::string reason;    ///< Why it is not ready, for people; empty when it is.
    bool is_needed = true; ///< False: orders are accepted and worked off without it.
};

} // namespace orderlab
