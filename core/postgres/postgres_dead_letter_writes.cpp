#include "postgres/postgres_dead_letters.h"
#include "postgres/postgres_values.h"

#include <algorithm>
#include <map>

namespace orderlab {

void insertDeadLetters(std::vector<PostgresStatement>& out, std::span<const DeadLetter> letters)
{
    // One statement cannot write a row twice.
    std::map<std::pair<std::string, EventId>, DeadLetter> rows;
    for (const DeadLetter& letter : letters) {
        const auto [row, is_new] = rows.try_emplace({letter.group, letter.event.id}, letter);
        if (!is_new && !letter.repeats(row->second))
            row->second.giveUpAgain(letter);
    }
    EventColumns events;
    PostgresArray id, group, partition, offset, attempts, error, created, code, made, audit, raw_key, raw_value,
        is_record;
    for (const auto& [key, letter] : rows) {
        events.add(letter.event);
        id.add(letter.id);
        group.addText(letter.group);
        partition.add(std::int64_t(letter.partition));
        offset.add(letter.offset);
        attempts.add(std::int64_t(letter.attempts));
        error.addText(storableText(letter.error));
        created.add(letter.created_at);
        code.addText(name(letter.code));
        made.addJsonb(attemptsText(letter.attempts_made));
        audit.addJsonb(auditText(letter.audit));
        if (const auto& record = letter.event.undecodable) {
            is_record.add(std::int64_t{1});
            record->key ? raw_key.addBytes(*record->key) : raw_key.addNull();
            record->value ? raw_value.addBytes(*record->value) : raw_value.addNull();
        } else {
            is_record.add(std::int64_t{0});
            raw_key.addNull();
            raw_value.addNull();
        }
    }
    out.push_back({"INSERT INTO orderlab.dead_letters AS d (id, consumer_group, event_id, order_id, type, event_time,"
                   " traceparent, extensions, data, partition, log_offset, attempts, error, created_at, code,"
                   " attempts_made, audit, raw_key, raw_value, is_record)"
                   " SELECT u.id, u.g, u.e, u.o, u.t, u.et, u.tp, u.x, u.d, u.p, u.lo, u.a, u.er, u.c, u.co, u.am, "
                   "u.au, u.k, u.v, u.r = 1"
                   " FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[],"
                   " $6::timestamptz[], $7::text[], $8::json[], $9::json[], $10::bigint[], $11::bigint[],"
                   " $12::bigint[], $13::text[], $14::timestamptz[], $15::text[], $16::jsonb[], $17::jsonb[],"
                   " $18::bytea[], $19::bytea[], $21::bigint[]) AS u(id, g, e, o, t, et, tp, x, d, p, lo, a, er, c, "
                   "co, am, au, k, v, r)"
                   " ON CONFLICT (consumer_group, event_id) DO UPDATE SET order_id = excluded.order_id,"
                   " type = excluded.type, event_time = excluded.event_time, traceparent = excluded.traceparent,"
                   " extensions = excluded.extensions, data = excluded.data, partition = excluded.partition,"
                   " log_offset = excluded.log_offset, attempts = d.attempts + excluded.attempts,"
                   " error = excluded.error, created_at = excluded.created_at, code = excluded.code, state = 'waiting',"
                   " raw_key = excluded.raw_key, raw_value = excluded.raw_value, is_record = excluded.is_record, "
                   "published_at = NULL,"
                   " attempts_made = orderlab.keep_last(d.attempts_made || excluded.attempts_made, $20::integer)"
                   // What is written already: DeadLetter::repeats().
                   " WHERE (d.created_at, d.partition, d.log_offset, d.error)"
                   " IS DISTINCT FROM (excluded.created_at, excluded.partition, excluded.log_offset, excluded.error)",
                   {id.take(),
                    group.take(),
                    events.id.take(),
                    events.order.take(),
                    events.type.take(),
                    events.time.take(),
                    events.traceparent.take(),
                    events.extensions.take(),
                    events.data.take(),
                    partition.take(),
                    offset.take(),
                    attempts.take(),
                    error.take(),
                    created.take(),
                    code.take(),
                    made.take(),
                    audit.take(),
                    raw_key.take(),
                    raw_value.take(),
                    std::to_string(DeadLetter::attempts_kept_max),
                    is_record.take()},
                   {}});
}

void updateDeadLetters(std::vector<PostgresStatement>& out, std::vector<DeadLetter> letters)
{
    std::sort(letters.begin(), letters.end(), [](const DeadLetter& a, const DeadLetter& b) { return a.id < b.id; });
    PostgresArray id, created, data, state, audit;
    for (const DeadLetter& letter : letters) {
        id.add(letter.id);
        created.add(letter.created_at);
        data.addJson(dataText(letter.event));
        state.addText(name(letter.state));
        audit.addJsonb(auditText(letter.audit));
    }
    out.push_back({"WITH changed AS (UPDATE orderlab.dead_letters d SET data = u.data, state = u.state, audit = u.audit"
                   " FROM unnest($1::uuid[], $2::timestamptz[], $3::json[], $4::text[], $5::jsonb[])"
                   " AS u(id, created_at, data, state, audit)"
                   " WHERE d.id = u.id AND d.state = 'waiting' AND d.created_at = u.created_at RETURNING 1)"
                   " SELECT orderlab.expect_rows(count(*), $6::bigint, 'dead letter') FROM changed",
                   {id.take(), created.take(), data.take(), state.take(), audit.take(), std::to_string(letters.size())},
                   {}});
}

} // namespace orderlab
