#include "postgres/postgres_parked.h"

#include "postgres/postgres_dead_letters.h"
#include "postgres/postgres_values.h"

#include <map>

namespace orderlab {

// A statement's text has to be a literal.
#define ORDERLAB_PARKED_COLUMNS                                                                                        \
    "event_id, order_id, type, orderlab.to_micros(event_time), traceparent, extensions, data, consumer_group,"         \
    " partition, log_offset, attempts, attempts_made, orderlab.to_micros(parked_at)"

PostgresStatement parkAgain(const ParkedEvent& parked)
{
    // A row that is parked as wanted already is left as it is: somebody may have claimed it since.
    return {"UPDATE orderlab.parked_events SET attempts = $3::bigint, attempts_made = $4::jsonb, parked_at = "
            "$5::timestamptz,"
            " due_at = CASE WHEN attempts < $3::bigint THEN $6::timestamptz ELSE due_at END"
            " WHERE consumer_group = $1::text AND event_id = $2::uuid"
            " AND (attempts < $3::bigint OR (attempts = $3::bigint AND parked_at = $5::timestamptz))",
            {parked.group, parked.event.id.toString(), std::to_string(parked.attempts),
             attemptsText(parked.attempts_made), toRfc3339(parked.parked_at), toRfc3339(parked.due_at)},
            {}};
}

void insertParked(std::vector<PostgresStatement>& out, std::span<const ParkedEvent> parked)
{
    // One statement cannot write a row twice.
    std::map<std::pair<std::string_view, EventId>, const ParkedEvent*> rows;
    for (const ParkedEvent& row : parked) {
        const ParkedEvent*& kept = rows[{row.group, row.event.id}];
        if (!kept || kept->attempts < row.attempts)
            kept = &row;
    }
    EventColumns events;
    PostgresArray group, partition, offset, attempts, attempts_made, parked_at, due;
    for (const auto& [key, row] : rows) {
        events.add(row->event);
        group.addText(row->group);
        partition.add(std::int64_t(row->partition));
        offset.add(row->offset);
        attempts.add(std::int64_t(row->attempts));
        attempts_made.addJsonb(attemptsText(row->attempts_made));
        parked_at.add(row->parked_at);
        due.add(row->due_at);
    }
    out.push_back(
        {"INSERT INTO orderlab.parked_events AS p (consumer_group, event_id, order_id, type, event_time,"
         " traceparent, extensions, data, partition, log_offset, attempts, attempts_made, parked_at, due_at)"
         " SELECT * FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[],"
         " $7::json[], $8::json[], $9::bigint[], $10::bigint[], $11::bigint[], $12::jsonb[],"
         " $13::timestamptz[], $14::timestamptz[])"
         " ON CONFLICT (consumer_group, event_id) DO UPDATE SET attempts = excluded.attempts,"
         " attempts_made = excluded.attempts_made, parked_at = excluded.parked_at, due_at = excluded.due_at"
         " WHERE p.attempts < excluded.attempts",
         {group.take(), events.id.take(), events.order.take(), events.type.take(), events.time.take(),
          events.traceparent.take(), events.extensions.take(), events.data.take(), partition.take(), offset.take(),
          attempts.take(), attempts_made.take(), parked_at.take(), due.take()},
         {}});
}

void deleteParked(std::vector<PostgresStatement>& out, std::span<const InboxRow> rows)
{
    PostgresArray groups, events;
    for (const InboxRow& row : rows) {
        groups.addText(row.group);
        events.add(row.event);
    }
    out.push_back(
        {"DELETE FROM orderlab.parked_events p USING unnest($1::text[], $2::uuid[]) AS u(consumer_group, event_id)"
         " WHERE p.consumer_group = u.consumer_group AND p.event_id = u.event_id",
         {groups.take(), events.take()},
         {}});
}

PostgresStatement claimParkedStatement(const std::string& group, std::size_t max, TimePoint now, Duration lease)
{
    return {"WITH due AS (SELECT event_id, due_at AS was_due FROM orderlab.parked_events"
            " WHERE consumer_group = $1::text AND due_at <= $2::timestamptz"
            " ORDER BY due_at, event_id LIMIT $3::bigint FOR UPDATE SKIP LOCKED),"
            " taken AS (UPDATE orderlab.parked_events p SET due_at = $4::timestamptz FROM due"
            " WHERE p.consumer_group = $1::text AND p.event_id = due.event_id RETURNING p.*, due.was_due)"
            " SELECT " ORDERLAB_PARKED_COLUMNS ", orderlab.to_micros(was_due) FROM taken ORDER BY was_due, event_id",
            {group, toRfc3339(now), std::to_string(max), toRfc3339(now + lease)},
            {}};
}

PostgresStatement nextParkedStatement(const std::string& group)
{
    return {"SELECT orderlab.to_micros(min(due_at)) FROM orderlab.parked_events WHERE consumer_group = $1::text",
            {group},
            {}};
}

PostgresStatement findParkedStatement(std::size_t limit)
{
    return {"SELECT " ORDERLAB_PARKED_COLUMNS ", orderlab.to_micros(due_at) FROM orderlab.parked_events"
            " ORDER BY due_at, event_id LIMIT $1::bigint",
            {std::to_string(limit)},
            {}};
}

Result<std::vector<ParkedEvent>> parkedOf(const PostgresResult& rows)
{
    std::vector<ParkedEvent> all;
    for (int row = 0; row < rows.rows(); ++row) {
        auto event = eventOf(rows, row, 0);
        auto attempts_made = attemptsOf(rows.text(row, 11));
        if (!event || !attempts_made)
            return event ? attempts_made.error() : event.error();
        ParkedEvent parked;
        parked.event = std::move(*event);
        parked.group = rows.text(row, 7);
        parked.partition = std::uint16_t(rows.number(row, 8));
        parked.offset = rows.number(row, 9);
        parked.attempts = std::int32_t(rows.number(row, 10));
        parked.attempts_made = std::move(*attempts_made);
        parked.parked_at = timeOf(rows, row, 12);
        parked.due_at = timeOf(rows, row, 13);
        all.push_back(std::move(parked));
    }
    return all;
}

} // namespace orderlab
