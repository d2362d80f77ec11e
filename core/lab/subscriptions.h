#pragma once
#include "domain/group_name.h"
#include "handlers/group_registry.h"
#include "store/store.h"

namespace orderlab {

/// The topics of every group of the registry, whether or not it runs here. `group_prefix`: of the groups' names on the
/// bus.
inline std::vector<Subscription> labSubscriptions(std::string_view group_prefix = stored_group_prefix)
{
    std::vector<Subscription> all;
    for (const GroupKind* kind : groupKinds()) {
        const std::string stored = std::string(stored_group_prefix).append(kind->name);
        all.push_back({stored, {kind->topics.begin(), kind->topics.end()}, groupNameOnBus(stored, group_prefix)});
    }
    return all;
}

} // namespace orderlab
