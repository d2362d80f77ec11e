#include "tables/row_cells.h"

#include "domain/event_codec.h"
#include "postgres/postgres_dead_letters.h"
#include "postgres/postgres_values.h"
#include "tables/table_kinds.h"

#include <boost/json.hpp>

#include <array>

namespace orderlab {

namespace {

Cell cellOf(const Uuid& id)
{
    return id.isNull() ? Cell() : Cell(id.toString());
}
std::string numberOf(std::int64_t number)
{
    return std::to_string(number);
}
Cell cellOf(std::string_view text)
{
    return text.empty() ? Cell() : Cell(storableText(text));
}
std::string textOf(std::string_view text)
{
    return storableText(text);
}
std::string currencyOf(const Money& money)
{
    return std::string(money.currency.code());
}

Cell extensionsOf(const Event& event)
{
    if (event.extensions.empty())
        return {};
    boost::json::array list;
    for (const auto& [name, value] : event.extensions) {
        boost::json::value text;
        if (value)
            text = storableText(*value);
        list.push_back(boost::json::array{storableText(name), text});
    }
    return boost::json::serialize(list);
}

Cell bytesCell(const std::optional<std::string>& bytes)
{
    if (!bytes)
        return {};
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "\\x";
    for (const char c : *bytes) {
        text += digits[std::uint8_t(c) >> 4];
        text += digits[std::uint8_t(c) & 15];
    }
    return text;
}

/// Those of orders that are created are filed later, if ever.
bool isFiled(OrderStatus status)
{
    return status == OrderStatus::Failed || status == OrderStatus::Canceled;
}

CellRow orderRow(const Order& order)
{
    return {cellOf(order.id),
            textOf(order.user_id),
            numberOf(order.total.amount_minor),
            currencyOf(order.total),
            textOf(name(order.status)),
            momentText(order.created_at),
            momentText(order.updated_at),
            numberOf(order.version),
            isFiled(order.status) ? textOf(name(order.status)) : Cell()};
}

CellRow outboxRow(const Event& event)
{
    Cell payment, reason; // Columns of their own; the rest is JSON, as in PostgreSQL.
    boost::json::object details = boost::json::parse(encodeDetails(event.data.details)).as_object();
    for (const auto& [column, name] :
         std::array<std::pair<Cell*, const char*>, 2>{{{&payment, "payment_id"}, {&reason, "reason"}}}) {
        if (const boost::json::value* value = details.if_contains(name); value && value->is_string())
            *column = std::string(value->get_string());
        details.erase(name);
    }
    return {{}, // sequence
            momentText(event.time),
            numberOf(event.data.total.amount_minor),
            numberOf(std::int64_t(event.trace.span)),
            {}, // published_at
            {}, // log_offset
            cellOf(event.id),
            cellOf(event.order),
            event.trace.trace.toString(),
            {}, // log_partition
            textOf(topicName(event.type)),
            numberOf(outboxSlotOf(event.order)),
            "0", // kept
            currencyOf(event.data.total),
            textOf(event.data.user_id),
            payment,
            reason,
            cellOf(targetGroupOf(event)),
            extensionsOf(event),
            details.empty() ? Cell() : Cell(boost::json::serialize(details)),
            event.trace.is_sampled ? Cell() : Cell("0")};
}

CellRow paymentRow(const Payment& payment)
{
    return {cellOf(payment.order),          cellOf(payment.payment),
            textOf(name(payment.outcome)),  numberOf(payment.total.amount_minor),
            currencyOf(payment.total),      textOf(payment.reason),
            momentText(payment.updated_at), {}};
}

CellRow refundRow(const Payment& payment)
{
    return {cellOf(payment.order), cellOf(payment.payment), numberOf(payment.total.amount_minor),
            currencyOf(payment.total), momentText(payment.updated_at)};
}

CellRow notificationRow(const Notification& row, std::int64_t id)
{
    return {numberOf(id),      momentText(row.created_at), numberOf(row.total.amount_minor), cellOf(row.event),
            cellOf(row.order), currencyOf(row.total),      textOf(topicName(row.about)),     textOf(row.user_id)};
}

CellRow analyticsRow(const AnalyticsBucket& row)
{
    return {momentText(row.minute), std::string(row.currency.code()), numberOf(row.orders),        numberOf(row.paid),
            numberOf(row.failed),   numberOf(row.canceled),           numberOf(row.revenue_minor), "0"};
}

CellRow deadLetterRow(const DeadLetter& letter)
{
    const auto& record = letter.event.undecodable;
    return {cellOf(letter.id),
            textOf(letter.group),
            cellOf(letter.event.id),
            letter.event.order.toString(),
            textOf(topicName(letter.event.type)),
            momentText(letter.event.time),
            letter.event.trace.traceparent(),
            extensionsOf(letter.event),
            dataText(letter.event),
            numberOf(letter.partition),
            numberOf(letter.offset),
            numberOf(letter.attempts),
            textOf(letter.error),
            momentText(letter.created_at),
            textOf(name(letter.code)),
            attemptsText(letter.attempts_made),
            textOf(name(letter.state)),
            auditText(letter.audit),
            record ? bytesCell(record->key) : Cell(),
            record ? bytesCell(record->value) : Cell(),
            {}, // published_at
            record ? "1" : "0"};
}

CellRow parkedRow(const ParkedEvent& parked)
{
    return {textOf(parked.group),          cellOf(parked.event.id),
            parked.event.order.toString(), textOf(topicName(parked.event.type)),
            momentText(parked.event.time), parked.event.trace.traceparent(),
            extensionsOf(parked.event),    dataText(parked.event),
            numberOf(parked.partition),    numberOf(parked.offset),
            numberOf(parked.attempts),     attemptsText(parked.attempts_made),
            momentText(parked.parked_at),  momentText(parked.due_at)};
}

CellRow answerRow(const IdempotencyRecord& answer)
{
    return {textOf(answer.key), textOf(answer.fingerprint), cellOf(answer.order), momentText(answer.created_at)};
}

CellRow stateRow(const StoreRows::State& state)
{
    return {textOf(state.group), textOf(state.key), textOf(state.value), momentText(state.updated_at)};
}

CellRow ledgerRow(const LedgerEntry& entry, std::int64_t sequence)
{
    return {numberOf(sequence),      entry.kind == LedgerEntry::Kind::Charge ? "charge" : "refund",
            cellOf(entry.payment),   cellOf(entry.payment_key),
            cellOf(entry.order),     numberOf(entry.total.amount_minor),
            currencyOf(entry.total), momentText(entry.created_at)};
}

} // namespace

std::string momentText(TimePoint time)
{
    std::string text = toRfc3339(time); // 2026-01-01T00:00:00.250000Z
    text.pop_back();
    text[10] = ' ';
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
        text.pop_back();
    return text + "+00";
}

void eachRow(const StoreRows& rows, GroupNumbers& groups,
             const std::function<void(std::string_view table, const CellRow& row)>& take)
{
    for (const Order& order : rows.orders)
        take("orders", orderRow(order));
    for (const Event& event : rows.outbox)
        take("outbox", outboxRow(event));
    GroupNumbers in_use;
    for (const StoreRows::Done& done : rows.inbox) {
        const auto group = groups.try_emplace(done.group, int(groups.size()) + 1).first;
        in_use.insert(*group);
        take("inbox", {cellOf(done.event), {}, numberOf(group->second)});
    }
    for (const auto& [name, id] : in_use)
        take("consumer_groups", {numberOf(id), name});
    for (const Payment& payment : rows.payments) {
        take("payments", paymentRow(payment));
        if (payment.outcome == PaymentOutcome::Refunded)
            take("refunds", refundRow(payment));
    }
    std::int64_t number = 0;
    for (const Notification& notification : rows.notifications)
        take("notifications", notificationRow(notification, ++number));
    for (const AnalyticsBucket& bucket : rows.analytics)
        take(tableIn("orderlab.analytics"), analyticsRow(bucket));
    for (const DeadLetter& letter : rows.dead_letters)
        take("dead_letters", deadLetterRow(letter));
    for (const ParkedEvent& parked : rows.parked)
        take("parked_events", parkedRow(parked));
    for (const IdempotencyRecord& answer : rows.answers)
        take("idempotency_keys", answerRow(answer));
    number = 0;
    for (const LedgerEntry& entry : rows.ledger)
        take("gateway_ledger", ledgerRow(entry, ++number));
    for (const StoreRows::State& state : rows.worker_state)
        take("worker_state", stateRow(state));
}

} // namespace orderlab
