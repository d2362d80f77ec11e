#pragma once
#include "base/time.h"

#include <string>

namespace orderlab {

/// One of the parts that an order needs to be accepted and worked off: the store, the bus, the relay, a consumer group.
struct HealthPart {
    std::string name; ///< "store", "bus", "relay", or a group's name without prefix.
    bool is_ready = true;
    TimePoint since;    ///< When it became so.
    std::string reason; ///< Why it is not ready, for people; empty when it is.
};

} // namespace orderlab
