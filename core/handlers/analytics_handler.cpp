#include "handlers/handlers.h"

namespace orderlab {

namespace {

class AnalyticsHandler final : public Handler {
public:
    std::string_view name() const override { return "analytics"; }
    std::span<const EventType> topics() const override { return all_event_types; }
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

std::unique_ptr<Handler> makeAnalyticsHandler()
{
    return std::make_unique<AnalyticsHandler>();
}

} // namespace orderlab
