#pragma once
#include "http/request_fields.h"
#include "service/order_service.h"

namespace orderlab {

// What requests of the order API have to say. Each reader is constant: any thread.

/// POST /orders: the headers Idempotency-Key, traceparent and tracestate, and
/// {"user_id","amount","currency","created_at"}.
struct NewOrder {
    CreateOrder order; ///< With the fingerprint of what is asked, where there is a key.
    TimePoint now;     ///< Bounds created_at.
};
RequestReader<NewOrder> newOrderReader();

/// SHA-256 of what is asked, however it was written: spaces, order of members and "5" or 5.00 make no difference.
std::string fingerprintOf(const CreateOrder& order);

/// GET /orders: `status`, `user_id`, `limit` and `cursor`.
RequestReader<OrderQuery> orderQueryReader();

/// POST /orders/{id}/cancel: the headers traceparent and tracestate.
struct CancelRequest {
    OrderId id;
    TraceContext parent;
    std::string tracestate;
};
RequestReader<CancelRequest> cancelReader();

/// The order that a path names; with an empty body or {} where there is one.
RequestReader<OrderId> orderIdReader(BodyRule body);

/// What list pages give as next_cursor.
std::string readCursor(const FieldValue& value, std::string& out);

} // namespace orderlab
