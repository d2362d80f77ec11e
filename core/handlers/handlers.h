#pragma once
#include "gateway/payment_gateway.h"
#include "handlers/handler.h"

#include <memory>

namespace orderlab {

/// Charges new orders, refunds canceled ones. Topics: order-created, order-canceled.
std::unique_ptr<Handler> makePaymentHandler(PaymentGateway& gateway);
/// Writes what would be sent to the customer. All topics.
std::unique_ptr<Handler> makeNotificationHandler();
/// Counts orders and revenue per minute and currency. All topics.
std::unique_ptr<Handler> makeAnalyticsHandler();
/// Moves the order to paid or failed. Topics: payment-*.
std::unique_ptr<Handler> makeOrderStatusHandler();

} // namespace orderlab
