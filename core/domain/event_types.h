#pragma once
#include "domain/event_data.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace orderlab {

/// The kinds of events; each has a topic of its own, so this is also how code names a topic.
enum class EventType : std::uint8_t { OrderCreated, PaymentSucceeded, PaymentFailed, OrderCanceled, PaymentRefunded };

struct EventTypeInfo {
    EventType type;
    std::string_view topic;       ///< Without prefix.
    std::string_view cloud_event; ///< The CloudEvents type.
    std::string_view title;       ///< For people.
    EventDetails (*details)();    ///< detailsOf<the struct of event_data.h that its data have>
    std::string_view notice;      ///< What the customer is told, with {user}, {order} and {amount}.
};

template <typename Details>
EventDetails detailsOf()
{
    return Details{};
}

/// A row each, in the order of the enum. A new event is a value above, a row here and a face in
/// ui/theme/event_faces.cpp; handlers say who emits and who takes it, and http/openapi.json and scenario.schema.json
/// name its topic (tested).
inline constexpr EventTypeInfo event_types[] = {
    {EventType::OrderCreated, "order-created", "orders.order-created.v1", "order created", detailsOf<NoDetails>,
     "Thank you, {user}. We have your order {order} over {amount}."},
    {EventType::PaymentSucceeded, "payment-succeeded", "orders.payment-succeeded.v1", "payment succeeded",
     detailsOf<PaymentDetails>, "Your payment of {amount} for order {order} has arrived."},
    {EventType::PaymentFailed, "payment-failed", "orders.payment-failed.v1", "payment failed",
     detailsOf<PaymentDetails>, "Your payment of {amount} for order {order} was declined."},
    {EventType::OrderCanceled, "order-canceled", "orders.order-canceled.v1", "order canceled",
     detailsOf<CancellationDetails>, "Your order {order} over {amount} is canceled."},
    {EventType::PaymentRefunded, "payment-refunded", "orders.payment-refunded.v1", "payment refunded",
     detailsOf<PaymentDetails>, "We have returned {amount} for your canceled order {order}."},
};
inline constexpr std::size_t event_type_count = std::size(event_types);

inline constexpr std::array<EventType, event_type_count> all_event_types = [] {
    std::array<EventType, event_type_count> all{};
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = event_types[i].type;
    return all;
}();
static_assert(
    [] {
        for (std::size_t i = 0; i < event_type_count; ++i) {
            if (event_types[i].type != EventType(i))
                return false;
        }
        return true;
    }(),
    "the rows are in the order of the enum");

} // namespace orderlab
