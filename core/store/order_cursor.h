#pragma once
#include "store/records.h"

namespace orderlab {

/// A place in the list of orders, newest first: what follows has a smaller (created_at, id). Text for clients:
/// "<microseconds>.<uuid>"; opaque to them.
struct OrderCursor {
    TimePoint created_at = TimePoint::max();
    Uuid id;

    /// Checks `query` and reads its cursor. Error: InvalidArgument, field "limit" or "cursor".
    static Result<OrderCursor> check(const OrderQuery& query);
    static OrderCursor behind(const Order& order) { return {order.created_at, order.id}; }
    /// Whether `order` comes after this place.
    bool isBefore(const Order& order) const
    {
        return order.created_at < created_at || (order.created_at == created_at && Uuid(order.id) < id);
    }
    std::string toString() const { return std::to_string(toMicros(created_at)) + '.' + id.toString(); }
};

} // namespace orderlab
