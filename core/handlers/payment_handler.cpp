#include "domain/group_roles.h"
#include "domain/trace_state.h"
#include "handlers/group_registry.h"

namespace orderlab {

namespace {

constexpr EventType charged_or_refunded[] = {EventType::OrderCreated, EventType::OrderCanceled};
constexpr EventType outcomes[] = {EventType::PaymentSucceeded, EventType::PaymentFailed, EventType::PaymentRefunded};

/// Charges new orders, refunds canceled ones. An order's payment key is its id: the same on every attempt, so that the
/// gateway charges once.
class PaymentHandler final : public GroupHandler {
public:
    PaymentHandler(const GroupKind& kind, PaymentGateway& gateway) : GroupHandler(kind), m_gateway(gateway) {}
    Task<Result<void>> handle(const Event& event, HandlerContext& context) override
    {
        return event.type == EventType::OrderCanceled ? cancel(event, context) : charge(event, context);
    }

private:
    Task<Result<void>> charge(const Event& event, HandlerContext& context);
    Task<Result<void>> cancel(const Event& event, HandlerContext& context);
    static Payment paymentOf(const Event& event, PaymentOutcome outcome, TimePoint now);
    static void emit(EventType type, const Event& cause, const Payment& payment, HandlerContext& context);

    PaymentGateway& m_gateway;
};

Payment PaymentHandler::paymentOf(const Event& event, PaymentOutcome outcome, TimePoint now)
{
    Payment payment;
    payment.order = event.order;
    payment.outcome = outcome;
    payment.total = event.data.total;
    payment.updated_at = now;
    return payment;
}

void PaymentHandler::emit(EventType type, const Event& cause, const Payment& payment, HandlerContext& context)
{
    Event event;
    event.id = EventId{context.new_uuid()};
    event.order = cause.order;
    event.type = type;
    event.time = context.now;
    (void)context.new_uuid(); // Was the span once: a seed's run stays what it was.
    event.trace = {cause.trace.trace.isNull() ? traceOf(cause.order) : cause.trace.trace, spanOf(event.id),
                   cause.trace.is_sampled};
    setTracestate(event, tracestateOf(cause));
    event.data = {cause.data.user_id, cause.data.total, PaymentDetails{payment.payment, payment.reason}};
    context.transaction.emit(std::move(event));
}

Task<Result<void>> PaymentHandler::charge(const Event& event, HandlerContext& context)
{
    auto known = co_await context.transaction.findPayment(event.order);
    if (!known)
        co_return known.error();
    if (*known) // Done, or canceled before we came: cancel() has seen to it that the gateway charges no more.
        co_return Result<void>{};
    ChargeRequest request{event.order, event.data.user_id, event.data.total, event.order, context.attempt};
    auto answer = co_await m_gateway.charge(std::move(request));
    if (!answer)
        co_return answer.error();
    Payment payment =
        paymentOf(event, answer->approved ? PaymentOutcome::Succeeded : PaymentOutcome::Declined, context.now);
    payment.payment = answer->payment;
    payment.reason = std::move(answer->reason);
    emit(answer->approved ? EventType::PaymentSucceeded : EventType::PaymentFailed, event, payment, context);
    context.transaction.insertPayment(std::move(payment));
    co_return Result<void>{};
}

/// Voids the payment key in any case: an attempt to charge may still be under way at the gateway.
Task<Result<void>> PaymentHandler::cancel(const Event& event, HandlerContext& context)
{
    auto known = co_await context.transaction.findPayment(event.order);
    if (!known)
        co_return known.error();
    if (*known && (*known)->outcome != PaymentOutcome::Succeeded)
        co_return Result<void>{};
    const auto returned = co_await m_gateway.refund(event.order, event.order);
    if (!returned)
        co_return returned.error();
    if (*known && !*returned) // The gateway knows of no charge under this key: nothing has changed.
        co_return Result<void>{};
    Payment payment = *known ? std::move(**known) : paymentOf(event, PaymentOutcome::Voided, context.now);
    if (*returned) {
        payment.outcome = PaymentOutcome::Refunded;
        payment.updated_at = context.now;
        payment.reason = "order canceled";
        emit(EventType::PaymentRefunded, event, payment, context);
    }
    if (*known)
        context.transaction.updatePayment(std::move(payment));
    else
        context.transaction.insertPayment(std::move(payment));
    co_return Result<void>{};
}

} // namespace

extern const GroupKind payment_group;
const GroupKind payment_group = {
    .name = group_roles.pays,
    .purpose = "charges new orders and refunds canceled ones",
    .topics = charged_or_refunded,
    .emits = outcomes,
    .reads = ReadsOfHandler::Payment,
    .calls_gateway = true,
    .settles_orders = true,
    .make = [](const HandlerResources& resources) -> std::unique_ptr<Handler> {
        return std::make_unique<PaymentHandler>(payment_group, resources.gateway);
    },
};

} // namespace orderlab
