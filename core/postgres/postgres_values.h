#pragma once
#include "postgres/postgres_array.h"
#include "store/records.h"

namespace orderlab {

/// Outbox rows are spread over this many slots by their order's id; a relay holds whole slots. Fixed: the numbers are
/// in the tables.
inline constexpr int outbox_slot_count = 16;
inline int outboxSlotOf(OrderId order)
{
    return int(hashValue(order) % outbox_slot_count);
}

/// Valid UTF-8 without NUL, as a text column needs it: what is neither becomes U+FFFD.
std::string storableText(std::string_view text);

/// An event's data, as in the column data: `null` for what is no event.
std::string dataText(const Event& event);
/// What a column of bytes holds. Error: Corrupt.
Result<std::string> bytesOf(const PostgresResult& rows, int row, int column);

/// The columns of an event, as parameters of one INSERT … SELECT FROM unnest(…).
struct EventColumns {
    PostgresArray id, order, type, time, traceparent, extensions, data;
    void add(const Event& event);
};
/// The columns of an outbox row for the details of its event: payment_id and reason, which most have, and the rest as
/// JSON.
struct DetailColumns {
    PostgresArray payment, reason, rest;
    void add(const EventDetails& details);
};
/// Null where the event has none.
void addExtensions(PostgresArray& column, const Event& event);

// Rows to records. `column`: the first of the columns each list names. Error: Corrupt.
inline constexpr const char* order_columns = "id, user_id, amount_minor, currency, status, "
                                             "orderlab.to_micros(created_at), orderlab.to_micros(updated_at), version";
Result<Order> orderOf(const PostgresResult& rows, int row);
/// event_id, order_id, type, to_micros(event_time), traceparent, extensions, data
/// Without data where the row has none: it is no event, see DeadLetter.
Result<Event> eventOf(const PostgresResult& rows, int row, int column);
// Of outbox rows; a statement's text has to be a literal.
#define ORDERLAB_OUTBOX_EVENT                                                                                          \
    "o.event_id, o.order_id, o.type, orderlab.to_micros(o.event_time), o.trace_id, o.span_id, o.user_id, "             \
    "o.amount_minor,"                                                                                                  \
    " o.currency, o.payment_id, o.reason, o.details, o.extensions, o.trace_flags"
/// Columns of ORDERLAB_OUTBOX_EVENT: the next one is the statement's own.
inline constexpr int outbox_event_columns = 14;
Result<Event> outboxEventOf(const PostgresResult& rows, int row);
Result<Uuid> uuidOf(const PostgresResult& rows, int row, int column);   ///< Null becomes the null id.
Result<Money> moneyOf(const PostgresResult& rows, int row, int column); ///< amount_minor, currency
inline TimePoint timeOf(const PostgresResult& rows, int row, int column)
{
    return fromMicros(rows.number(row, column));
}

} // namespace orderlab
