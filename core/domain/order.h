#pragma once
#include "base/money.h"
#include "base/time.h"
#include "base/uuid.h"

namespace orderlab {

/// Where an order stands. Legal moves: created → paid, created → failed, created → canceled. Paid, failed and canceled
/// are final.
enum class OrderStatus : std::uint8_t {
    Created,  ///< Accepted; its payment is not settled yet.
    Paid,     ///< The gateway took the money and the order's row says so.
    Failed,   ///< The gateway declined.
    Canceled, ///< The customer canceled in time; a payment that was under way is refunded.
};

std::string_view name(OrderStatus status);
/// Error: InvalidArgument, field "status".
Result<OrderStatus> orderStatusOf(std::string_view name);
inline bool isFinal(OrderStatus status)
{
    return status != OrderStatus::Created;
}

inline constexpr std::int64_t amount_minor_max = 100'000'000; ///< 1,000,000.00
inline constexpr std::size_t user_id_length_max = 64;         ///< characters (Unicode code points)

/// An order as its row has it. A value.
struct Order {
    OrderId id;
    std::string user_id;
    Money total;
    OrderStatus status = OrderStatus::Created;
    TimePoint created_at;
    TimePoint updated_at;
    std::int32_t version = 1; ///< Counts the row's changes; an update expects the one it read.

    bool operator==(const Order&) const = default;

    /// Moves to `next`. Error: IllegalTransition; the order is unchanged then.
    Result<void> transitionTo(OrderStatus next, TimePoint now);
};

/// What a customer may ask for: user_id of 1 to 64 printable characters, amount above 0 up to amount_minor_max.
struct OrderRequest {
    std::string user_id;
    Money total;

    /// Error: InvalidArgument with the field to blame.
    Result<void> validate() const;
};

} // namespace orderlab
