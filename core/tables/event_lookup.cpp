#include "tables/event_lookup.h"

#include "base/json_tree.h"
#include "domain/event_codec.h"

#include <algorithm>

namespace orderlab {

namespace {

using Source = StoredEvent::Source;

std::string textOf(const SelectedRow& row, std::string_view column)
{
    return row.cell(column).value_or("");
}

std::int64_t numberOf(const Cell& cell)
{
    return cell ? std::atoll(cell->c_str()) : 0;
}

Uuid idOf(const SelectedRow& row, std::string_view column)
{
    const auto id = Uuid::parse(textOf(row, column));
    return id ? *id : Uuid();
}

/// [["name","value"],["name",null],…]; what is not so is left out.
std::vector<Header> headersOf(const Cell& cell)
{
    std::vector<Header> headers;
    JsonProblem problem;
    const auto tree = cell ? parseJsonTree(*cell, problem) : std::nullopt;
    for (const JsonNode& pair : tree ? tree->items : std::vector<JsonNode>()) {
        if (pair.items.size() != 2)
            continue;
        const JsonNode& value = pair.items[1];
        headers.emplace_back(pair.items[0].text,
                             value.type == JsonType::Null ? std::nullopt : std::optional(value.text));
    }
    return headers;
}

/// "\x0a42"
std::string bytesOf(const Cell& cell)
{
    std::string bytes;
    for (std::size_t i = 2; cell && i + 1 < cell->size(); i += 2)
        bytes += char(std::stoi(cell->substr(i, 2), nullptr, 16));
    return bytes;
}

void takeMoney(Event& event, const SelectedRow& row)
{
    event.data.user_id = textOf(row, "user_id");
    event.data.total.amount_minor = numberOf(row.cell("amount_minor"));
    if (const auto currency = Currency::parse(textOf(row, "currency")))
        event.data.total.currency = *currency;
}

void takeTime(StoredEvent& found, const Cell& cell)
{
    const auto time_us = microsOfMoment(cell);
    found.has_time = time_us.has_value();
    found.event.time = fromMicros(time_us.value_or(0));
}

StoredEvent fromOutbox(Event event, const SelectedRow& row)
{
    StoredEvent found{std::move(event), Source::Outbox, {}};
    Event& made = found.event;
    takeMoney(made, row);
    takeTime(found, row.cell("event_time"));
    const Uuid trace = idOf(row, "trace_id");
    made.trace = {trace.isNull() ? traceOf(made.order) : trace, std::uint64_t(numberOf(row.cell("span_id"))),
                  row.cell("trace_flags") != Cell("0")};
    made.extensions = headersOf(row.cell("extensions"));
    JsonNode details = JsonNode::object();
    JsonProblem problem;
    if (const Cell rest = row.cell("details")) {
        if (auto tree = parseJsonTree(*rest, problem))
            details = std::move(*tree);
    }
    for (const char* name : {"payment_id", "reason"}) {
        if (const Cell value = row.cell(name); value && !value->empty())
            details.add(name, JsonNode::string(*value));
    }
    found.is_complete = decodeDetails(made.data.details, details.toJson()).has_value();
    found.payload = encodeData(made.data);
    return found;
}

/// Of dead letters and parked events.
StoredEvent fromKept(Event event, const SelectedRow& row, Source source)
{
    StoredEvent found{std::move(event), source, {}};
    takeTime(found, row.cell("event_time"));
    if (const auto trace = TraceContext::parse(textOf(row, "traceparent")))
        found.event.trace = *trace;
    found.event.extensions = headersOf(row.cell("extensions"));
    const bool is_record = row.cell("is_record") == Cell("true");
    found.payload = is_record ? bytesOf(row.cell("raw_value")) : textOf(row, "data");
    if (auto data = decodeData(found.event.type, found.payload))
        found.event.data = std::move(*data);
    return found;
}

/// Which outcome of a payment an event tells of; empty: none.
std::string_view outcomeOf(EventType type)
{
    switch (type) {
    case EventType::PaymentSucceeded: return "succeeded";
    case EventType::PaymentFailed: return "declined";
    case EventType::PaymentRefunded: return "refunded";
    default: return {};
    }
}

class EventSearch {
public:
    EventSearch(Tables& tables, EventId id, EventType type, OrderId order)
        : m_tables(tables), m_id(id), m_type(type), m_order(order)
    {}

    Result<std::optional<StoredEvent>> find()
    {
        const Event event = eventFromEntry(m_id, m_type, m_order);
        for (const auto& [table, source] : {std::pair{"outbox", Source::Outbox},
                                            {"dead_letters", Source::DeadLetter},
                                            {"parked_events", Source::Parked}}) {
            const auto rows = rowsOf(table, "event_id", m_id);
            if (!rows)
                return rows.error();
            if (rows->rows.empty())
                continue;
            const SelectedRow row{rows->columns, rows->rows.front()};
            return std::optional(source == Source::Outbox ? fromOutbox(event, row) : fromKept(event, row, source));
        }
        return fromOtherRows(event);
    }

private:
    Result<Selected> rowsOf(std::string_view table, std::string_view column, const Uuid& id)
    {
        auto selected = m_tables.select("SELECT * FROM orderlab." + std::string(table) + " WHERE " + std::string(column)
                                        + " = '" + id.toString() + "' LIMIT 1");
        if (selected && selected->problem)
            return Error{ErrorCode::Exhausted, Retry::Later, selected->problem->message, {}};
        return selected;
    }

    Result<std::optional<StoredEvent>> fromOtherRows(const Event& event)
    {
        const auto orders = rowsOf("orders", "id", m_order);
        if (!orders)
            return orders.error();
        if (orders->rows.empty())
            return std::optional<StoredEvent>();
        StoredEvent found{event, Source::OtherRows, {}};
        const SelectedRow order{orders->columns, orders->rows.front()};
        takeMoney(found.event, order);
        const std::string_view outcome = outcomeOf(m_type);
        if (m_type == EventType::OrderCreated) {
            takeTime(found, order.cell("created_at"));
        } else if (m_type == EventType::OrderCanceled) {
            takeTime(found, order.cell("updated_at"));
            found.is_complete = false; // Why it was canceled stands in the event only.
        } else if (!outcome.empty()) {
            const auto payments = rowsOf("payments", "order_id", m_order);
            if (!payments)
                return payments.error();
            takePayment(found, *payments, outcome);
        } else {
            found.is_complete = found.has_time = false;
        }
        found.payload = encodeData(found.event.data);
        return std::optional(std::move(found));
    }

    static void takePayment(StoredEvent& found, const Selected& payments, std::string_view outcome)
    {
        auto* details = std::get_if<PaymentDetails>(&found.event.data.details);
        if (payments.rows.empty() || !details) {
            found.is_complete = found.has_time = false;
            return;
        }
        const SelectedRow payment{payments.columns, payments.rows.front()};
        details->payment = idOf(payment, "payment_id");
        const bool is_still_so = payment.cell("outcome") == Cell(std::string(outcome));
        found.has_time = false;
        if (is_still_so) {
            details->reason = textOf(payment, "reason");
            takeTime(found, payment.cell("updated_at"));
        }
        found.is_complete = is_still_so;
    }

    Tables& m_tables;
    const EventId m_id;
    const EventType m_type;
    const OrderId m_order;
};

} // namespace

Cell SelectedRow::cell(std::string_view column) const
{
    for (std::size_t i = 0; i < columns.size() && i < row.size(); ++i) {
        if (columns[i] == column)
            return row[i];
    }
    return {};
}

std::optional<std::int64_t> microsOfMoment(const Cell& cell)
{
    std::string text = cell.value_or("");
    if (text.size() < 20)
        return {};
    text[10] = 'T';
    if (const std::size_t zone = text.rfind('+'); zone != std::string::npos)
        text.resize(zone);
    const auto time = parseRfc3339(text + "Z");
    return time ? std::optional(toMicros(*time)) : std::nullopt;
}

Event eventFromEntry(EventId id, EventType type, OrderId order)
{
    Event event;
    event.id = id;
    event.order = order;
    event.type = type;
    event.trace = {traceOf(order), spanOf(id), true};
    event.data.details = noDetailsOf(type);
    return event;
}

Result<std::optional<StoredEvent>> findStoredEvent(Tables& tables, EventId id, EventType type, OrderId order)
{
    return EventSearch(tables, id, type, order).find();
}

} // namespace orderlab
