#include "handlers/handlers.h"

namespace orderlab {

namespace {

class OrderStatusHandler final : public Handler {
public:
    std::string_view name() const override { return "order-status"; }
    std::span<const EventType> topics() const override
    {
        static constexpr EventType topics[] = {EventType::PaymentSucceeded, EventType::PaymentFailed,
                                               EventType::PaymentRefunded};
        return topics;
    }
    Task<Result<void>> handle(const Event& event, HandlerContext& context) override
    {
        auto order = co_await context.transaction.findOrder(event.order);
        if (!order)
            co_return order.error();
        if (!*order)
            co_return Error{ErrorCode::NotFound, Retry::Later, "the event's order is not in the store", "order"};
        // A final order stays as it is: canceled in time, and its payment is refunded by the payment group.
        if (isFinal((*order)->status) || event.type == EventType::PaymentRefunded)
            co_return Result<void>{};
        const OrderStatus next =
            event.type == EventType::PaymentSucceeded ? OrderStatus::Paid : OrderStatus::Failed;
        auto moved = (*order)->transitionTo(next, context.now);
        if (!moved)
            co_return moved.error();
        context.transaction.updateOrder(std::move(**order));
        co_return Result<void>{};
    }
};

} // namespace

std::unique_ptr<Handler> makeOrderStatusHandler()
{
    return std::make_unique<OrderStatusHandler>();
}

} // namespace orderlab
