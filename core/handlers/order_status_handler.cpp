#include "domain/group_roles.h"
#include "handlers/group_registry.h"

namespace orderlab {

namespace {

constexpr EventType taken[] = {EventType::PaymentSucceeded, EventType::PaymentFailed, EventType::PaymentRefunded};

class OrderStatusHandler final : public GroupHandler {
public:
    using GroupHandler::GroupHandler;
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
        const OrderStatus next = event.type == EventType::PaymentSucceeded ? OrderStatus::Paid : OrderStatus::Failed;
        auto moved = (*order)->transitionTo(next, context.now);
        if (!moved)
            co_return moved.error();
        context.transaction.updateOrder(std::move(**order));
        co_return Result<void>{};
    }
};

} // namespace

extern const GroupKind order_status_group;
const GroupKind order_status_group = {
    .name = group_roles.moves_orders,
    .purpose = "moves orders to paid or failed",
    .topics = taken,
    .reads = ReadsOfHandler::Order,
    .settles_orders = true,
    .make = [](const HandlerResources&) -> std::unique_ptr<Handler> {
        return std::make_unique<OrderStatusHandler>(order_status_group);
    },
};

} // namespace orderlab
