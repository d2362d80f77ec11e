#include "handlers/handlers.h"

namespace orderlab {

namespace {

class NotificationHandler final : public Handler {
public:
    std::string_view name() const override { return "notification"; }
    std::span<const EventType> topics() const override { return all_event_types; }
    Task<Result<void>> handle(const Event& event, HandlerContext& context) override
    {
        context.transaction.insertNotification(
            {event.id, event.order, event.type, event.data.user_id, event.data.total, context.now});
        co_return Result<void>{};
    }
};

} // namespace

std::unique_ptr<Handler> makeNotificationHandler()
{
    return std::make_unique<NotificationHandler>();
}

} // namespace orderlab
