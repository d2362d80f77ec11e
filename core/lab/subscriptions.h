#pragma once
#include "domain/group_name.h"
#include "handlers/group_registry.h"
#include "own_worker/own_worker.h"
#include "store/store.h"

namespace orderlab {

/// The topics of every group of the registry, whether or not it runs here, and of further groups that are programs.
/// `group_prefix`: of the groups' names on the bus.
inline std::vector<Subscription> labSubscriptions(std::string_view group_prefix = stored_group_prefix,
                                                  std::span<const OwnWorker> own_workers = {})
{
    std::vector<Subscription> all;
    for (const GroupKind* kind : groupKinds()) {
        const std::string stored = std::string(stored_group_prefix).append(kind->name);
        all.push_back({stored, {kind->topics.begin(), kind->topics.end()}, groupNameOnBus(stored, group_prefix)});
    }
    for (const OwnWorker& own : own_workers) {
        if (findGroupKind(own.group))
            continue;
        const std::string stored = std::string(stored_group_prefix) + own.group;
        all.push_back({stored, own.topics, groupNameOnBus(stored, group_prefix)});
    }
    return all;
}

} // namespace orderlab
