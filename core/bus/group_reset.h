#pragma once
#include "bus/event_bus.h"

namespace orderlab {

// Checks and errors of EventBus::resetGroup() that are the same for every bus.

inline Result<void> check(const GroupReset& reset)
{
    if (reset.target == OffsetTarget::Offset && reset.offset < 0)
        return invalidArgument("offset", "must be 0 or more");
    return {};
}

/// Whether members that the group has are no reason to refuse it.
inline bool mayHaveMembers(const GroupReset& reset)
{
    return reset.dry_run && reset.while_active;
}

inline bool isMeant(const GroupReset& reset, TopicPartition where)
{
    return (!reset.topic || *reset.topic == where.topic) && (!reset.partition || *reset.partition == where.partition);
}

inline Error groupIsActive(const std::string& group, const std::vector<std::string>& members)
{
    std::string names;
    for (const std::string& member : members)
        names += (names.empty() ? "" : ", ") + member;
    return {ErrorCode::Conflict, Retry::Later, "group " + group + " is active: " + names + " must leave first",
            "group"};
}

inline Error resetFoundNothing(const GroupReset& reset)
{
    return {ErrorCode::NotFound, Retry::Never, "group " + reset.group + " has read no such partition", "partition"};
}

} // namespace orderlab
