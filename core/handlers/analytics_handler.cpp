#include "handlers/group_registry.h"

namespace orderlab {

namespace {

class AnalyticsHandler final : public GroupHandler {
public:
    using GroupHandler::GroupHandler;
    Task<Result<void>> handle(const Event& event, HandlerContext& context) override
    {
        AnalyticsBucket delta;
        delta.minute = std::chrono::floor<std::chrono::minutes>(event.time);
        delta.currency = event.data.total.currency;
        switch (event.type) {
        case EventType::OrderCreated: delta.orders = 1; break;
        case EventType::PaymentSucceeded:
            delta.paid = 1;
            delta.revenue_minor = event.data.total.amount_minor;
            break;
        case EventType::PaymentFailed: delta.failed = 1; break;
        case EventType::OrderCanceled: delta.canceled = 1; break;
        case EventType::PaymentRefunded: delta.revenue_minor = -event.data.total.amount_minor; break;
        }
        context.transaction.addAnalytics(delta);
        co_return Result<void>{};
    }
};

} // namespace

extern const GroupKind analytics_group;
const GroupKind analytics_group = {
    .name = "analytics",
    .purpose = "counts orders and revenue per minute and currency",
    .topics = all_event_types,
    .reads = ReadsOfHandler::Nothing,
    .make = [](const HandlerResources&) -> std::unique_ptr<Handler> {
        return std::make_unique<AnalyticsHandler>(analytics_group);
    },
};

} // namespace orderlab
