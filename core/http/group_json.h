#pragma once
#include "base/json_tree.h"
#include "bus/event_bus.h"

namespace orderlab {

/// {"groups":[…]}, each partition with its lag: in events, and in seconds since its first event of these came.
JsonNode groupsJson(std::span<const GroupStatus> groups, TimePoint now);
/// What a reset did, or would do.
JsonNode groupResetJson(const GroupReset& reset, std::span<const OffsetChange> changes);

} // namespace orderlab
