#include "postgres/postgres_dead_letters.h"

#include "postgres/postgres_values.h"
#include "postgres/postgres_where.h"

#include <boost/json.hpp>

#include <algorithm>

namespace orderlab {

namespace json = boost::json;

namespace {

constexpr const char* columns =
    "event_id, order_id, type, orderlab.to_micros(event_time), traceparent, extensions, data, id, consumer_group,"
    " partition, log_offset, attempts, error, orderlab.to_micros(created_at), code, attempts_made, state, audit,"
    " raw_key, raw_value, is_record";

Error corrupt(std::string_view what)
{
    return {ErrorCode::Corrupt, Retry::Never, "the database holds a dead letter with " + std::string(what), {}};
}

PostgresWhere whereOf(const DeadLetterFilter& filter)
{
    PostgresWhere where;
    if (!filter.group.empty())
        where.add("consumer_group = ?::text", storableText(filter.group));
    if (!filter.error.empty())
        where.add("error = ?::text", storableText(filter.error));
    if (filter.event_type)
        where.add("type = ?::text", std::string(topicName(*filter.event_type)));
    if (filter.order)
        where.add("order_id = ?::uuid", filter.order->toString());
    if (filter.state)
        where.add("state = ?::text", std::string(name(*filter.state)));
    if (filter.undecodable)
        where.add("is_record = ?::boolean", *filter.undecodable ? "true" : "false");
    if (filter.given_up_before)
        where.add("created_at < ?::timestamptz", toRfc3339(storableTime(*filter.given_up_before)));
    return where;
}

std::string_view textIn(const json::object& object, std::string_view name)
{
    const json::value* value = object.if_contains(name);
    return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}
std::int64_t numberIn(const json::object& object, std::string_view name)
{
    const json::value* value = object.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : 0;
}

/// Calls `take` with each object of the list. False: it is none, or `take` said so.
template <typename Take>
bool eachObject(std::string_view text, Take take)
{
    boost::system::error_code error;
    const json::value list = json::parse(text, error);
    if (error || !list.is_array())
        return false;
    return std::all_of(list.get_array().begin(), list.get_array().end(),
                       [&](const json::value& item) { return item.is_object() && take(item.get_object()); });
}

bool readAttempts(std::string_view text, std::vector<FailedAttempt>& out)
{
    return eachObject(text, [&](const json::object& item) {
        const auto code = errorCodeOf(textIn(item, "code"));
        out.push_back({fromMicros(numberIn(item, "at")), std::uint8_t(numberIn(item, "number")),
                       std::string(textIn(item, "error")), code.value_or(ErrorCode::Internal)});
        return code.has_value();
    });
}

bool readAudit(std::string_view text, std::vector<DeadLetterAct>& out)
{
    return eachObject(text, [&](const json::object& item) {
        for (const auto kind :
             {DeadLetterAct::Kind::Replayed, DeadLetterAct::Kind::Edited, DeadLetterAct::Kind::Discarded}) {
            if (name(kind) == textIn(item, "kind")) {
                out.push_back({kind, fromMicros(numberIn(item, "at")), std::string(textIn(item, "by")),
                               std::string(textIn(item, "reason"))});
                return true;
            }
        }
        return false;
    });
}

} // namespace

TimePoint storableTime(TimePoint time)
{
    const TimePoint first{std::chrono::sys_days{std::chrono::year{1} / 1 / 1}};
    const TimePoint last{std::chrono::sys_days{std::chrono::year{9999} / 12 / 31}};
    return std::clamp(time, first, last);
}

std::string attemptsText(std::span<const FailedAttempt> attempts)
{
    json::array list;
    for (const FailedAttempt& attempt : attempts) {
        list.push_back(json::object{{"at", toMicros(attempt.at)},
                                    {"number", attempt.number},
                                    {"code", name(attempt.code)},
                                    {"error", storableText(attempt.error)}});
    }
    return json::serialize(list);
}

Result<std::vector<FailedAttempt>> attemptsOf(std::string_view text)
{
    std::vector<FailedAttempt> attempts;
    if (!readAttempts(text, attempts))
        return Error{ErrorCode::Corrupt, Retry::Never, "the database holds failed attempts that cannot be read", {}};
    return attempts;
}

std::string auditText(std::span<const DeadLetterAct> acts)
{
    json::array list;
    for (const DeadLetterAct& act : acts) {
        list.push_back(json::object{{"kind", name(act.kind)},
                                    {"at", toMicros(act.at)},
                                    {"by", storableText(act.by)},
                                    {"reason", storableText(act.reason)}});
    }
    return json::serialize(list);
}

PostgresStatement deadLetterStatement(const Uuid& id)
{
    PostgresWhere where;
    where.add("id = ?::uuid", id.toString());
    return where.take("SELECT " + std::string(columns) + " FROM orderlab.dead_letters", {});
}

PostgresStatement deadLetterPageStatement(const DeadLetterQuery& query, const RowCursor& cursor)
{
    PostgresWhere where = whereOf(query.filter);
    if (!query.cursor.empty()) {
        const std::string time = where.parameter(toRfc3339(storableTime(cursor.created_at)));
        std::string condition = query.oldest_first ? "(created_at, id) > (" : "(created_at, id) < (";
        condition += time;
        condition += "::timestamptz, ?::uuid)";
        where.add(condition, cursor.id.toString());
    }
    const std::string direction = query.oldest_first ? "" : " DESC";
    return where.take("SELECT " + std::string(columns) + " FROM orderlab.dead_letters",
                      " ORDER BY created_at" + direction + ", id" + direction + " LIMIT "
                          + std::to_string(query.limit + 1));
}

PostgresStatement deadLetterCausesStatement(const DeadLetterFilter& filter)
{
    return whereOf(filter).take(
        "SELECT consumer_group, type, code, error, count(*), orderlab.to_micros(min(created_at)),"
        " orderlab.to_micros(max(created_at)) FROM orderlab.dead_letters",
        " GROUP BY consumer_group, type, code, error"
        " ORDER BY count(*) DESC, consumer_group COLLATE \"C\", error COLLATE \"C\" LIMIT "
            + std::to_string(dead_letter_causes_max));
}

// An advisory lock: it is tried, never waited for, and is gone with the transaction or its connection.
PostgresStatement lockDeadLetterOutboxStatement()
{
    return {"SELECT set_config('orderlab.holds_dead_letters',"
            " pg_try_advisory_xact_lock(hashtextextended('orderlab dead letters', 0))::text, true)",
            {},
            {}};
}

// A statement of its own: its snapshot is taken under the lock, and so sees what the holder before us has published.
PostgresStatement unpublishedDeadLettersStatement(std::size_t max)
{
    return {nullptr,
            {},
            "SELECT " + std::string(columns)
                + " FROM orderlab.dead_letters WHERE published_at IS NULL"
                  " AND current_setting('orderlab.holds_dead_letters')::boolean ORDER BY created_at, id LIMIT "
                + std::to_string(max)};
}

PostgresStatement markDeadLettersStatement(std::span<const DeadLetter> letters, TimePoint now)
{
    PostgresArray id, created;
    for (const DeadLetter& letter : letters) {
        id.add(letter.id);
        created.add(letter.created_at);
    }
    return {"UPDATE orderlab.dead_letters d SET published_at = $3::timestamptz"
            " FROM unnest($1::uuid[], $2::timestamptz[]) AS u(id, created_at)"
            " WHERE d.id = u.id AND d.created_at = u.created_at",
            {id.take(), created.take(), toRfc3339(now)},
            {}};
}

Result<DeadLetter> deadLetterOf(const PostgresResult& rows, int row)
{
    auto event = eventOf(rows, row, 0);
    const auto id = uuidOf(rows, row, 7);
    const auto code = errorCodeOf(rows.text(row, 14));
    const auto state = deadLetterStateOf(rows.text(row, 16));
    if (!event || !id)
        return event ? id.error() : event.error();
    if (!code || !state)
        return corrupt("an unknown code or state");
    DeadLetter letter;
    letter.id = *id;
    letter.group = rows.text(row, 8);
    letter.event = std::move(*event);
    letter.partition = std::uint16_t(rows.number(row, 9));
    letter.offset = rows.number(row, 10);
    letter.attempts = std::int32_t(rows.number(row, 11));
    letter.error = rows.text(row, 12);
    letter.created_at = timeOf(rows, row, 13);
    letter.code = *code;
    letter.state = *state;
    if (!readAttempts(rows.text(row, 15), letter.attempts_made) || !readAudit(rows.text(row, 17), letter.audit))
        return corrupt("attempts or an audit that cannot be read");
    if (rows.text(row, 20) == "t") {
        UndecodableRecord record{{letter.code, Retry::Never, letter.error, {}}, {}, {}};
        for (const auto& [member, column] : {std::pair(&record.key, 18), std::pair(&record.value, 19)}) {
            if (rows.isNull(row, column))
                continue;
            auto bytes = bytesOf(rows, row, column);
            if (!bytes)
                return bytes.error();
            *member = std::move(*bytes);
        }
        letter.event.undecodable = std::make_shared<UndecodableRecord>(std::move(record));
    }
    return letter;
}

Result<std::vector<DeadLetterCause>> deadLetterCausesOf(const PostgresResult& rows)
{
    std::vector<DeadLetterCause> causes;
    for (int row = 0; row < rows.rows(); ++row) {
        const auto type = eventTypeOf(rows.text(row, 1));
        const auto code = errorCodeOf(rows.text(row, 2));
        if (!type || !code)
            return corrupt("an unknown type or code");
        causes.push_back({std::string(rows.text(row, 0)), *type, *code, std::string(rows.text(row, 3)),
                          rows.number(row, 4), timeOf(rows, row, 5), timeOf(rows, row, 6)});
    }
    return causes;
}

} // namespace orderlab
