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
template <typename Row>
using Rows = std::vector<const Row*>;

/// The rows of one kind that all `sets` write, in their order.
template <typename Row>
Rows<Row> writtenRows(std::span<const WritesToSend> sets, std::vector<Row> WriteSet::*kind)
{
    std::size_t count = 0;
    for (const WritesToSend& set : sets)
        count += (set.writes->*kind).size();
    Rows<Row> rows;
    rows.reserve(count);
    for (const WritesToSend& set : sets) {
        for (const Row& row : set.writes->*kind)
            rows.push_back(&row);
    }
    return rows;
}

void writeInbox(Statements& out, Rows<InboxRow> rows)
{
    std::sort(rows.begin(), rows.end(), [](const InboxRow* a, const InboxRow* b) {
        return std::tie(a->group, a->event) < std::tie(b->group, b->event);
    });
    // Waits for a transaction that writes the same rows; a row that is there says that it has done them.
    for (std::size_t i = 0; i < rows.size();) {
        const std::string_view group = rows[i]->group;
        PostgresArray events;
        for (; i < rows.size() && rows[i]->group == group; ++i)
            events.add(rows[i]->event);
        out.push_back({"INSERT INTO orderlab.inbox (event_id, processed_at, group_id)"
                       " SELECT e.id, (SELECT orderlab.to_inbox_time(now())), (SELECT orderlab.group_id($1::text))"
                       " FROM unnest($2::uuid[]) AS e(id)",
                       {std::string(group), events.take()},
                       {}});
    }
}

struct OrderColumns {
    PostgresArray id, user, amount, currency, status, created, updated, version;

    explicit OrderColumns(const Rows<Order>& orders)
    {
        for (const Order* row : orders) {
            const Order& order = *row;
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

void insertOrders(Statements& out, const Rows<Order>& orders)
{
    OrderColumns c(orders);
    out.push_back({"INSERT INTO orderlab.orders"
                   " (id, user_id, amount_minor, currency, status, created_at, updated_at, version, filed_status)"
                   " SELECT u.*, CASE WHEN u.status <> 'created' THEN nullif(u.status, 'paid')"
                   " WHEN u.created_at < clock_timestamp() - interval '30 s' THEN u.status END" // See PostgresFiling.
                   " FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::text[],"
                   " $6::timestamptz[], $7::timestamptz[], $8::bigint[])"
                   " AS u(id, user_id, amount_minor, currency, status, created_at, updated_at, version)",
                   {c.id.take(), c.user.take(), c.amount.take(), c.currency.take(), c.status.take(), c.created.take(),
                    c.updated.take(), c.version.take()},
                   {}});
}

void updateOrders(Statements& out, Rows<Order> orders)
{
    std::sort(orders.begin(), orders.end(), [](const Order* a, const Order* b) { return a->id < b->id; });
    OrderColumns c(orders);
    out.push_back(
        {"WITH changed AS (UPDATE orderlab.orders o SET user_id = u.user_id, amount_minor = u.amount_minor,"
         " currency = u.currency, status = u.status, updated_at = u.updated_at, version = u.version,"
         " filed_status = CASE WHEN u.status = 'created' THEN o.filed_status ELSE nullif(u.status, 'paid') END"
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

    explicit PaymentColumns(const Rows<Payment>& payments)
    {
        for (const Payment* payment_row : payments) {
            const Payment& row = *payment_row;
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

void insertPayments(Statements& out, const Rows<Payment>& payments)
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

void updatePayments(Statements& out, std::span<const WritesToSend> sets)
{
    struct Update {
        const Payment* payment;
        std::optional<std::int64_t> version; ///< As it was read; nothing: it was not.
    };
    std::vector<Update> updates;
    for (const WritesToSend& set : sets) {
        for (const Payment& payment : set.writes->updated_payments) {
            const auto version = set.payment_versions->find(payment.order);
            updates.push_back(
                {&payment, version == set.payment_versions->end() ? std::nullopt : std::optional(version->second)});
        }
    }
    if (updates.empty())
        return;
    std::sort(updates.begin(), updates.end(),
              [](const Update& a, const Update& b) { return a.payment->order < b.payment->order; });
    Rows<Payment> payments;
    PostgresArray read;
    for (const Update& update : updates) {
        payments.push_back(update.payment);
        update.version ? read.add(*update.version) : read.addNull();
    }
    PaymentColumns c(payments);
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

void insertRefunds(Statements& out, std::span<const WritesToSend> sets)
{
    Rows<Payment> refunded;
    for (const WritesToSend& set : sets) {
        for (const auto* payments : {&set.writes->inserted_payments, &set.writes->updated_payments}) {
            for (const Payment& payment : *payments) {
                if (payment.outcome == PaymentOutcome::Refunded)
                    refunded.push_back(&payment);
            }
        }
    }
    if (refunded.empty())
        return;
    PaymentColumns c(refunded);
    out.push_back({"INSERT INTO orderlab.refunds (order_id, payment_id, amount_minor, currency, refunded_at)"
                   " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::timestamptz[])"
                   " ON CONFLICT DO NOTHING",
                   {c.order.take(), c.payment.take(), c.amount.take(), c.currency.take(), c.updated.take()},
                   {}});
}

void insertNotifications(Statements& out, const Rows<Notification>& notifications)
{
    PostgresArray event, order, about, user, amount, currency, created;
    for (const Notification* notification : notifications) {
        const Notification& row = *notification;
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

void insertAnswers(Statements& out, const Rows<IdempotencyRecord>& answers)
{
    PostgresArray key, fingerprint, order, created;
    for (const IdempotencyRecord* answer : answers) {
        const IdempotencyRecord& row = *answer;
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

void insertOutbox(Statements& out, const Rows<Event>& events)
{
    PostgresArray slot, id, order, type, time, trace, span, flags, user, amount, currency, extensions, target;
    DetailColumns details;
    const auto addText = [](PostgresArray& column, std::string_view text) {
        text.empty() ? column.addNull() : column.addText(text);
    };
    for (const Event* row : events) {
        const Event& event = *row;
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

void addAnalyticsRows(Statements& out, const Rows<AnalyticsBucket>& deltas)
{
    std::vector<AnalyticsBucket> buckets; // A few: one statement may change a row only once.
    for (const AnalyticsBucket* delta : deltas) {
        const auto same = std::find_if(buckets.begin(), buckets.end(), [delta](const AnalyticsBucket& bucket) {
            return bucket.minute == delta->minute && bucket.currency == delta->currency;
        });
        same == buckets.end() ? buckets.push_back(*delta) : same->add(*delta);
    }
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

std::vector<PostgresStatement> statementsOf(std::span<const WritesToSend> sets)
{
    Statements out;
    const auto write = [&out, sets](auto kind, auto statement) {
        if (auto rows = writtenRows(sets, kind); !rows.empty())
            statement(out, std::move(rows));
    };
    write(&WriteSet::inbox, writeInbox);
    write(&WriteSet::inserted_orders, insertOrders);
    write(&WriteSet::updated_orders, updateOrders);
    write(&WriteSet::inserted_payments, insertPayments);
    updatePayments(out, sets);
    insertRefunds(out, sets);
    write(&WriteSet::answers, insertAnswers);
    write(&WriteSet::notifications, insertNotifications);
    for (const WritesToSend& set : sets) {
        const WriteSet& writes = *set.writes;
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
    }
    write(&WriteSet::outbox, insertOutbox);
    write(&WriteSet::analytics, addAnalyticsRows);
    return out;
}

} // namespace orderlab
