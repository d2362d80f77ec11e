#pragma once
#include "store/records.h"

namespace orderlab {

/// A place in a list of rows by (created_at, id). Text for clients: "<microseconds>.<uuid>"; opaque to them.
struct RowCursor {
    TimePoint created_at = TimePoint::max();
    Uuid id;

    /// Checks the limit and reads the cursor; an empty one is the place before the newest row.
    /// Error: InvalidArgument, field "limit" or "cursor".
    static Result<RowCursor> check(std::size_t limit, const std::string& cursor);
    static RowCursor at(TimePoint created_at, const Uuid& id) { return {created_at, id}; }
    std::string toString() const { return std::to_string(toMicros(created_at)) + '.' + id.toString(); }
};

/// A place in the list of orders, newest first: what follows has a smaller (created_at, id).
struct OrderCursor : RowCursor {
    static Result<OrderCursor> check(const OrderQuery& query)
    {
        const auto row = RowCursor::check(query.limit, query.cursor);
        if (!row)
            return row.error();
        return OrderCursor{*row};
    }
    static OrderCursor behind(const Order& order) { return {{order.created_at, order.id}}; }
    /// Whether `order` comes after this place.
    bool isBefore(const Order& order) const
    {
        return order.created_at < created_at || (order.created_at == created_at && Uuid(order.id) < id);
    }
};

} // namespace orderlab
