#include "http/group_api.h"

#include "http/group_json.h"
#include "http/group_requests.h"
#include "http/operations.h"

namespace orderlab {

namespace {

struct ResetDone {
    GroupReset reset;
    std::vector<OffsetChange> changes;
};

Task<Result<ResetDone>> resetGroup(EventBus& bus, std::string_view prefix, GroupReset reset)
{
    if (reset.group.find('.') == std::string::npos && !reset.group.starts_with(prefix))
        reset.group.insert(0, prefix);
    auto changes = co_await bus.resetGroup(reset);
    if (!changes)
        co_return changes.error();
    co_return ResetDone{std::move(reset), std::move(*changes)};
}

} // namespace

void addGroupApi(Router& router, Runtime& runtime, std::function<EventBus*()> bus, std::string group_prefix)
{
    const RequestReader<NoFields> nothing{BodyRule::Ignored, {}};
    const auto list = [](EventBus& groups, NoFields) { return groups.groups(); };
    const auto write_list = [&runtime](const std::vector<GroupStatus>& groups) {
        return groupsJson(groups, runtime.now());
    };
    const auto reset = [prefix = std::move(group_prefix)](EventBus& groups, GroupReset asked) {
        return resetGroup(groups, prefix, std::move(asked));
    };
    const auto write_reset = [](const ResetDone& done) { return groupResetJson(done.reset, done.changes); };

    Operations<EventBus> groups(router, std::move(bus));
    groups.add({"GET", "/groups", "listGroups", "Who reads what, and how far behind"}, nothing, list, write_list);
    groups.add({"POST", "/groups/{group}/reset", "resetGroup", "Let a group go on from another place", {200, 409}},
               groupResetReader(), reset, write_reset);
}

} // namespace orderlab
