#include "domain/group_roles.h"
#include "handlers/group_registry.h"

namespace orderlab {

namespace {

class NotificationHandler final : public GroupHandler {
public:
    using GroupHandler::GroupHandler;
    Task<Result<void>> handle(const Event& event, HandlerContext& context) override
    {
        context.transaction.insertNotification(
            {event.id, event.order, event.type, event.data.user_id, event.data.total, context.now});
        co_return Result<void>{};
    }
};

} // namespace

extern const GroupKind notification_group;
const GroupKind notification_group = {
    .name = group_roles.notifies,
    .purpose = "writes what would be sent to the customer",
    .topics = all_event_types,
    .reads = ReadsOfHandler::Nothing,
    .make = [](const HandlerResources&) -> std::unique_ptr<Handler> {
        return std::make_unique<NotificationHandler>(notification_group);
    },
};

} // namespace orderlab
