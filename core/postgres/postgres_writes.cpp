#include "postgres/postgres_writes.h"

#include "postgres/postgres_dead_letters.h"
#include "postgres/postgres_parked.h"
#include "postgres/postgres_values.h"
#include "postgres/postgres_worker_state.h"

#include <algorithm>
#include <span>

namespace orderlab {

namespace {

using Statements = std::vector<PostgresStatement>;

void writeInbox(Statements& out, std::vector<InboxRow> rows)
{
    std::sort(rows.begin(), rows.end(), [](const InboxRow& a, const InboxRow& b) {
        return std::tie(a.group, a.event) < std::tie(b.group, b.event);
    });
    // Waits for a transaction that writes the same rows; a row that is there says that it has done them.
    for (std::size_t i = 0; i < rows.size();) {
        const std::string_view group = rows[i].group;
        PostgresArray events;
        for (; i < rows.size() && rows[i].group == group; ++i)
            events.add(rows[i].event);
        out.push_back({"INSERT INTO orderlab.inbox (event_id, processed_at, group_id)"
                       " SELECT e.id, (SELECT orderlab.to_inbox_time(now())), (SELECT orderlab.group_id($1::text))"
                       " FROM unnest($2::uuid[]) AS e(id)",
                       {std::string(group), events.take()},
                       {}});
    }
}

struct OrderColumns {
    PostgresArray id, user, amount, currency, status, created, updated, version;

    explicit OrderColumns(std::span<const Order> orders)
    {
        for (const Order& order : orders) {
            id.add(order.id);
            user.addText(storableText(order.user_id));
            amount.add(order.total.amount_minor);
            currency.addText(order.total.currency.code());
            status.addText(name(order.status));
            created.add(order.created_at);
            updated.add(order.updated_at);
            version.add(std::int64_t(order.version));
        }
    }
};

void insertOrders(Statements& out, std::span<const Order> orders)
{
    OrderColumns c(orders);
    out.push_back({"INSERT INTO orderlab.orders"
                   " (id, user_id, amount_minor, currency, status, created_at, updated_at, version)"
                   " SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::text[],"
                   " $6::timestamptz[], $7::timestamptz[], $8::bigint[])",
                   {c.id.take(), c.user.take(), c.amount.take(), c.currency.take(), c.status.take(), c.created.take(),
                    c.updated.take(), c.version.take()},
                   {}});
}

void updateOrders(Statements& out, std::vector<Order> orders)
{
    std::sort(orders.begin(), orders.end(), [](const Order& a, const Order& b) { return a.id < b.id; });
    OrderColumns c(orders);
    out.push_back({"WITH changed AS (UPDATE orderlab.orders o SET user_id = u.user_id, amount_minor = u.amount_minor,"
                   " currency = u.currency, status = u.status, updated_at = u.updated_at, version = u.version"
                   " FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::timestamptz[],"
                   " $7::bigint[]) AS u(id, user_id, amount_minor, currency, status, updated_at, version)"
                   " WHERE o.id = u.id AND o.version = u.version - 1 RETURNING 1)"
                   " SELECT orderlab.expect_rows(count(*), $8::bigint, 'order') FROM changed",
                   {c.id.take(), c.user.take(), c.amount.take(), c.currency.take(), c.status.take(), c.updated.take(),
                    c.version.take(), std::to_string(orders.size())},
                   {}});
}

struct PaymentColumns {
    PostgresArray order, payment, outcome, amount, currency, reason, updated;

    explicit PaymentColumns(std::span<const Payment> payments)
    {
        for (const Payment& row : payments) {
            order.add(row.order);
            payment.addOptional(row.payment);
            outcome.addText(name(row.outcome));
            amount.add(row.total.amount_minor);
            currency.addText(row.total.currency.code());
            reason.addText(storableText(row.reason));
            updated.add(row.updated_at);
        }
    }
};

void insertPayments(Statements& out, std::span<const Payment> payments)
{
    PaymentColumns c(payments);
    out.push_back(
        {"INSERT INTO orderlab.payments (order_id, payment_id, outcome, amount_minor, currency, reason, updated_at)"
         " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::text[],"
         " $7::timestamptz[])",
         {c.order.take(), c.payment.take(), c.outcome.take(), c.amount.take(), c.currency.take(), c.reason.take(),
          c.updated.take()},
         {}});
}

void updatePayments(Statements& out, std::vector<Payment> payments, const std::map<OrderId, std::int64_t>& versions)
{
    std::sort(payments.begin(), payments.end(), [](const Payment& a, const Payment& b) { return a.order < b.order; });
    PaymentColumns c(payments);
    PostgresArray read;
    for (const Payment& payment : payments) {
        const auto version = versions.find(payment.order);
        version == versions.end() ? read.addNull() : read.add(version->second);
    }
    out.push_back({"WITH changed AS (UPDATE orderlab.payments p SET payment_id = u.payment_id, outcome = u.outcome,"
                   " amount_minor = u.amount_minor, currency = u.currency, reason = u.reason,"
                   " updated_at = u.updated_at, version = p.version + 1"
                   " FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::text[],"
                   " $7::timestamptz[], $8::bigint[])"
                   " AS u(order_id, payment_id, outcome, amount_minor, currency, reason, updated_at, version)"
                   " WHERE p.order_id = u.order_id AND (u.version IS NULL OR p.version = u.version) RETURNING 1)"
                   " SELECT orderlab.expect_rows(count(*), $9::bigint, 'payment') FROM changed",
                   {c.order.take(), c.payment.take(), c.outcome.take(), c.amount.take(), c.currency.take(),
                    c.reason.take(), c.updated.take(), read.take(), std::to_string(payments.size())},
                   {}});
}

void insertRefunds(Statements& out, const WriteSet& writes)
{
    std::vector<Payment> refunded;
    for (const auto* payments : {&writes.inserted_payments, &writes.updated_payments})
        std::copy_if(payments->begin(), payments->end(), std::back_inserter(refunded),
                     [](const Payment& payment) { return payment.outcome == PaymentOutcome::Refunded; });
    if (refunded.empty())
        return;
    PaymentColumns c(refunded);
    out.push_back({"INSERT INTO orderlab.refunds (order_id, payment_id, amount_minor, currency, refunded_at)"
                   " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::timestamptz[])"
                   " ON CONFLICT DO NOTHING",
                   {c.order.take(), c.payment.take(), c.amount.take(), c.currency.take(), c.updated.take()},
                   {}});
}

void insertNotifications(Statements& out, std::span<const Notification> notifications)
{
    PostgresArray event, order, about, user, amount, currency, created;
    for (const Notification& row : notifications) {
        event.add(row.event);
        order.add(row.order);
        about.addText(topicName(row.about));
        user.addText(storableText(row.user_id));
        amount.add(row.total.amount_minor);
        currency.addText(row.total.currency.code());
        created.add(row.created_at);
    }
    out.push_back(
        {"INSERT INTO orderlab.notifications"
         " (event_id, order_id, about, user_id, amount_minor, currency, created_at)"
         " SELECT event_id, order_id, about::orderlab.event_type, user_id, amount_minor, currency, created_at"
         " FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::timestamptz[])"
         " AS u(event_id, order_id, about, user_id, amount_minor, currency, created_at)",
         {event.take(), order.take(), about.take(), user.take(), amount.take(), currency.take(), created.take()},
         {}});
}

void insertAnswers(Statements& out, std::span<const IdempotencyRecord> answers)
{
    PostgresArray key, fingerprint, order, created;
    for (const IdempotencyRecord& row : answers) {
        key.addText(row.key);
        fingerprint.addText(row.fingerprint);
        order.addOptional(row.order);
        created.add(row.created_at);
    }
    out.push_back({"INSERT INTO orderlab.idempotency_keys (key, fingerprint, order_id, created_at)"
                   " SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[], $4::timestamptz[])",
                   {key.take(), fingerprint.take(), order.take(), created.take()},
                   {}});
}

void insertOutbox(Statements& out, std::span<const Event> events)
{
    PostgresArray slot, id, order, type, time, trace, span, flags, user, amount, currency, extensions, target;
    DetailColumns details;
    const auto addText = [](PostgresArray& column, std::string_view text) {
        text.empty() ? column.addNull() : column.addText(text);
    };
    for (const Event& event : events) {
        slot.add(std::int64_t(outboxSlotOf(event.order)));
        id.add(event.id);
        order.add(event.order);
        type.addText(topicName(event.type));
        time.add(event.time);
        trace.add(event.trace.trace);
        span.add(std::int64_t(event.trace.span));
        event.trace.is_sampled ? flags.addNull() : flags.add(std::int64_t{0});
        user.addText(storableText(event.data.user_id));
        amount.add(event.data.total.amount_minor);
        currency.addText(event.data.total.currency.code());
        details.add(event.data.details);
        addExtensions(extensions, event);
        addText(target, targetGroupOf(event));
    }
    // Sequence numbers are given in the order of emission; transactions over the same order have met at its rows
    // before.
    out.push_back(
        {"INSERT INTO orderlab.outbox (slot, event_id, order_id, type, event_time, trace_id, span_id, user_id,"
         " amount_minor, currency, payment_id, reason, details, extensions, target_group, trace_flags)"
         " SELECT slot, event_id, order_id, type::orderlab.event_type, event_time, trace_id, span_id, user_id,"
         " amount_minor, currency, payment_id, reason, details, extensions, target_group, trace_flags"
         " FROM unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::uuid[], $7::bigint[],"
         " $8::text[], $9::bigint[], $10::text[], $11::uuid[], $12::text[], $13::jsonb[], $14::json[], $15::text[], "
         "$16::bigint[]) "
         "WITH ORDINALITY"
         " AS u(slot, event_id, order_id, type, event_time, trace_id, span_id, user_id, amount_minor, currency,"
         " payment_id, reason, details, extensions, target_group, trace_flags, position) ORDER BY position",
         {slot.take(), id.take(), order.take(), type.take(), time.take(), trace.take(), span.take(), user.take(),
          amount.take(), currency.take(), details.payment.take(), details.reason.take(), details.rest.take(),
          extensions.take(), target.take(), flags.take()},
         {}});
}

void addAnalyticsRows(Statements& out, std::vector<AnalyticsBucket> buckets)
{
    std::sort(buckets.begin(), buckets.end(), [](const AnalyticsBucket& a, const AnalyticsBucket& b) {
        return std::tie(a.minute, a.currency) < std::tie(b.minute, b.currency);
    });
    PostgresArray minute, currency, orders, paid, failed, canceled, revenue;
    for (const AnalyticsBucket& bucket : buckets) {
        minute.add(bucket.minute);
        currency.addText(bucket.currency.code());
        orders.add(bucket.orders);
        paid.add(bucket.paid);
        failed.add(bucket.failed);
        canceled.add(bucket.canceled);
        revenue.add(bucket.revenue_minor);
    }
    // Transactions of the same moment are on different connections, and so seldom in the same slot.
    out.push_back(
        {"INSERT INTO orderlab.analytics AS a (minute, currency, orders, paid, failed, canceled, revenue_minor, slot)"
         " SELECT u.*, pg_backend_pid() % 16 FROM unnest($1::timestamptz[], $2::text[], $3::bigint[], $4::bigint[],"
         " $5::bigint[], $6::bigint[], $7::bigint[]) AS u"
         " ON CONFLICT (minute, currency, slot) DO UPDATE SET orders = a.orders + excluded.orders,"
         " paid = a.paid + excluded.paid, failed = a.failed + excluded.failed,"
         " canceled = a.canceled + excluded.canceled,"
         " revenue_minor = a.revenue_minor + excluded.revenue_minor",
         {minute.take(), currency.take(), orders.take(), paid.take(), failed.take(), canceled.take(), revenue.take()},
         {}});
}

} // namespace

std::vector<PostgresStatement> statementsOf(const WriteSet& writes,
                                            const std::map<OrderId, std::int64_t>& payment_versions)
{
    Statements out;
    if (!writes.inbox.empty())
        writeInbox(out, writes.inbox);
    if (!writes.inserted_orders.empty())
        insertOrders(out, writes.inserted_orders);
    if (!writes.updated_orders.empty())
        updateOrders(out, writes.updated_orders);
    if (!writes.inserted_payments.empty())
        insertPayments(out, writes.inserted_payments);
    if (!writes.updated_payments.empty())
        updatePayments(out, writes.updated_payments, payment_versions);
    insertRefunds(out, writes);
    if (!writes.answers.empty())
        insertAnswers(out, writes.answers);
    if (!writes.notifications.empty())
        insertNotifications(out, writes.notifications);
    if (!writes.updated_dead_letters.empty())
        updateDeadLetters(out, writes.updated_dead_letters);
    if (!writes.dead_letters.empty())
        insertDeadLetters(out, writes.dead_letters);
    if (!writes.parked.empty())
        insertParked(out, writes.parked);
    if (!writes.unparked.empty())
        deleteParked(out, writes.unparked);
    if (!writes.worker_state.empty())
        writeWorkerState(out, writes.worker_state);
    if (!writes.outbox.empty())
        insertOutbox(out, writes.outbox);
    if (!writes.analytics.empty())
        addAnalyticsRows(out, writes.analytics);
    return out;
}

} // namespace orderlab
