#include "http/dead_letter_request_parser.h"

#include "base/json_fields.h"
#include "base/utf8.h"
#include "http/json_reader.h"

#include <algorithm>
#include <charconv>

namespace orderlab {

namespace {

constexpr std::size_t text_bytes_max = 1'000;
constexpr std::size_t cursor_bytes_max = 256;
constexpr std::size_t errors_max = 8; ///< Reported at once.
constexpr const char* by_default = "api";

using Query = std::vector<std::pair<std::string, std::string>>;

/// Takes one member of a filter; what is wrong with it, or nothing. `known`: whether it is one.
std::string takeFilter(DeadLetterFilter& filter, std::string_view name, const std::string& value, bool& known)
{
    known = true;
    if (name == "group") {
        filter.group = value;
    } else if (name == "error") {
        filter.error = value;
    } else if (name == "event") {
        const auto type = eventTypeOf(value);
        if (!type)
            return type.error().message;
        filter.event_type = *type;
    } else if (name == "order_id") {
        const auto id = Uuid::parse(value);
        if (!id)
            return "must be an order's id, a UUID";
        filter.order = OrderId{*id};
    } else if (name == "given_up_before") {
        const auto time = parseRfc3339(value);
        if (!time)
            return "must be a time such as 2026-01-31T12:00:00Z (RFC 3339)";
        filter.given_up_before = *time;
    } else {
        known = false;
    }
    return {};
}

std::string takeListParameter(DeadLetterQuery& query, const std::string& name, const std::string& value)
{
    bool known = false;
    if (std::string mistake = takeFilter(query.filter, name, value, known); known)
        return mistake;
    if (name == "state") {
        const auto state = deadLetterStateOf(value);
        if (!state)
            return state.error().message;
        query.filter.state = *state;
    } else if (name == "sort") {
        if (value != "newest" && value != "oldest")
            return "must be newest or oldest";
        query.oldest_first = value == "oldest";
    } else if (name == "limit") {
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), query.limit);
        if (error != std::errc{} || end != value.data() + value.size() || query.limit < 1 || query.limit > 500)
            return "must be a whole number from 1 to 500";
    } else if (name == "cursor") {
        if (value.size() > cursor_bytes_max || !printableLength(value))
            return "must be the next_cursor of an earlier page";
        query.cursor = value;
    } else {
        return "is not a parameter of this resource; there are group, error, event, order_id, given_up_before, state, "
               "sort, limit, cursor";
    }
    return {};
}

/// Calls `take(name, value)` for each parameter; it says what is wrong.
template <typename Take>
std::vector<FieldError> takeEach(const Query& query, Take take)
{
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < query.size() && errors.size() < errors_max; ++i) {
        const auto& [name, value] = query[i];
        const std::string label = isUtf8(name) ? shortName(name) : "(not UTF-8)";
        const bool repeated = std::any_of(query.begin(), query.begin() + std::ptrdiff_t(i),
                                          [&](const auto& earlier) { return earlier.first == name; });
        std::string mistake;
        if (repeated)
            mistake = "must be given once only";
        else if (value.empty())
            mistake = "must not be empty; leave it out instead";
        else if (!isUtf8(value) || value.size() > text_bytes_max)
            mistake = "must have at most 1000 bytes of UTF-8";
        else
            mistake = take(name, value);
        if (!mistake.empty())
            errors.push_back({label, std::move(mistake)});
    }
    return errors;
}

/// What is wrong, as a problem document; the first ones of many.
Problem problemOf(const std::vector<JsonProblem>& problems)
{
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < std::min(problems.size(), errors_max); ++i)
        errors.push_back({shortName(problems[i].field), problems[i].reason});
    return invalidFields(std::move(errors));
}

Parsed<JsonNode> objectOf(std::string_view body)
{
    if (body.empty())
        return JsonNode::object();
    JsonProblem problem;
    auto root = parseJsonTree(body, problem);
    if (!root)
        return malformed("the body " + problem.reason + ", at byte " + std::to_string(problem.offset));
    if (root->type != JsonType::Object)
        return Problem{422, "invalid-value", "the body must be a JSON object"};
    return std::move(*root);
}

/// An event that was received may have members that we do not know; a person who writes one has erred. The values are
/// checked with the event.
std::string editedData(const JsonNode& data, std::vector<JsonProblem>& problems)
{
    JsonFields fields(data, "data", problems);
    for (const char* name : {"user_id", "amount", "currency", "payment_id", "reason"})
        fields.take(name);
    fields.finish();
    return data.toJson();
}

void readDecision(JsonFields& fields, DeadLetterDecision& decision, bool& dry_run)
{
    decision.by = by_default;
    fields.string("by", decision.by, 1, text_bytes_max);
    fields.string("reason", decision.reason, 0, text_bytes_max);
    fields.boolean("dry_run", dry_run);
    if (const auto valid = decision.validate(); !valid)
        fields.note(valid.error().field, valid.error().message);
}

} // namespace

Parsed<DeadLetterQuery> parseDeadLetterQuery(const Query& query)
{
    DeadLetterQuery result;
    auto errors = takeEach(query, [&](const std::string& name, const std::string& value) {
        return takeListParameter(result, name, value);
    });
    if (!errors.empty())
        return invalidFields(std::move(errors));
    return result;
}

Parsed<DeadLetterDecision> parseDecision(const Query& query)
{
    DeadLetterDecision decision{by_default, {}};
    auto errors = takeEach(query, [&](const std::string& name, const std::string& value) -> std::string {
        if (name != "by" && name != "reason")
            return "is not a parameter of this resource; there are by, reason";
        (name == "by" ? decision.by : decision.reason) = value;
        const auto valid = decision.validate();
        return valid ? std::string() : valid.error().message;
    });
    if (!errors.empty())
        return invalidFields(std::move(errors));
    return decision;
}

Parsed<ReplayBody> parseReplayBody(std::string_view body)
{
    const auto root = objectOf(body);
    if (!root)
        return root.error();
    std::vector<JsonProblem> problems;
    ReplayBody result;
    JsonFields fields(*root, {}, problems);
    if (const JsonNode* data = fields.take("data")) {
        if (data->type != JsonType::Object)
            fields.note("data", "must be an object: the event's new data");
        else
            result.data = editedData(*data, problems);
    }
    readDecision(fields, result.decision, result.dry_run);
    fields.finish();
    if (!problems.empty())
        return problemOf(problems);
    return result;
}

Parsed<ReplayAllBody> parseReplayAllBody(std::string_view body)
{
    const auto root = objectOf(body);
    if (!root)
        return root.error();
    std::vector<JsonProblem> problems;
    ReplayAllBody result;
    JsonFields fields(*root, {}, problems);
    for (const char* name : {"group", "error", "event", "order_id", "given_up_before"}) {
        std::string value;
        bool known = false;
        fields.string(name, value, 1, text_bytes_max);
        if (value.empty())
            continue;
        if (std::string mistake = takeFilter(result.filter, name, value, known); !mistake.empty())
            fields.note(name, std::move(mistake));
    }
    fields.integer("limit", result.limits.letters_max, 1, 10'000);
    fields.number("rate", result.limits.rate_per_s, 0.1, 100'000);
    readDecision(fields, result.decision, result.dry_run);
    fields.finish();
    if (!problems.empty())
        return problemOf(problems);
    return result;
}

} // namespace orderlab
