#include "handlers/group_registry.h"

#include <algorithm>

namespace orderlab {

extern const GroupKind payment_group, notification_group, analytics_group, order_status_group;

std::span<const GroupKind* const> groupKinds()
{
    static constexpr const GroupKind* all[] = {
        &payment_group,
        &notification_group,
        &analytics_group,
        &order_status_group,
    };
    return all;
}

const GroupKind* findGroupKind(std::string_view name)
{
    const auto kinds = groupKinds();
    const auto found =
        std::find_if(kinds.begin(), kinds.end(), [name](const GroupKind* kind) { return kind->name == name; });
    return found == kinds.end() ? nullptr : *found;
}

std::vector<std::string> groupNames()
{
    std::vector<std::string> names;
    for (const GroupKind* kind : groupKinds())
        names.emplace_back(kind->name);
    return names;
}

std::string groupNamesText()
{
    std::string text;
    for (const GroupKind* kind : groupKinds())
        text.append(text.empty() ? "" : ", ").append(kind->name);
    return text;
}

} // namespace orderlab
