#include "http/group_request_parser.h"

#include "base/json_fields.h"
#include "http/json_reader.h"

#include <algorithm>
#include <limits>

namespace orderlab {

namespace {

constexpr std::size_t errors_max = 8; ///< Reported at once.
constexpr std::size_t text_bytes_max = 100;

std::optional<OffsetTarget> targetOf(std::string_view name)
{
    constexpr std::pair<std::string_view, OffsetTarget> all[] = {{"earliest", OffsetTarget::Earliest},
                                                                 {"latest", OffsetTarget::Latest},
                                                                 {"offset", OffsetTarget::Offset},
                                                                 {"time", OffsetTarget::Time}};
    for (const auto& [known, target] : all) {
        if (name == known)
            return target;
    }
    return std::nullopt;
}

/// False: it is not known what is wanted.
bool readTarget(JsonFields& fields, GroupReset& reset)
{
    const JsonNode* node = fields.require("target");
    const auto target = node && node->type == JsonType::String ? targetOf(node->text) : std::nullopt;
    if (node && !target)
        fields.note("target", "must be earliest, latest, offset or time");
    reset.target = target.value_or(OffsetTarget::Earliest);
    return target.has_value();
}

/// A member that belongs to one target: needed with it, and out of place with another.
bool isDue(JsonFields& fields, const char* name, bool is_target)
{
    const bool is_given = fields.take(name) != nullptr;
    if (is_given && !is_target)
        fields.note(name, std::string("goes with the target \"") + name + "\" only");
    if (!is_given && is_target)
        fields.note(name, std::string("is needed with the target \"") + name + '"');
    return is_given && is_target;
}

void readPlace(JsonFields& fields, GroupReset& reset)
{
    if (isDue(fields, "offset", reset.target == OffsetTarget::Offset)) {
        std::uint64_t offset = 0;
        fields.integer("offset", offset, 0, std::numeric_limits<std::int64_t>::max());
        reset.offset = std::int64_t(offset);
    }
    if (isDue(fields, "time", reset.target == OffsetTarget::Time)) {
        const auto time = parseRfc3339(fields.take("time")->text);
        if (!time)
            fields.note("time", "must be a time such as 2026-01-31T12:00:00Z (RFC 3339)");
        else
            reset.time = *time;
    }
}

void readPartitions(JsonFields& fields, GroupReset& reset)
{
    std::string topic;
    fields.string("topic", topic, 1, text_bytes_max);
    if (!topic.empty()) {
        const auto type = eventTypeOf(topic);
        if (!type)
            fields.note("topic", type.error().message);
        else
            reset.topic = *type;
    }
    if (fields.take("partition")) {
        std::uint16_t partition = 0;
        fields.integer("partition", partition, 0, std::numeric_limits<std::uint16_t>::max());
        reset.partition = partition;
    }
}

} // namespace

Parsed<GroupReset> parseGroupReset(std::string_view body)
{
    JsonProblem problem;
    const auto root = parseJsonTree(body, problem);
    if (!root)
        return malformed("the body " + problem.reason + ", at byte " + std::to_string(problem.offset));
    if (root->type != JsonType::Object)
        return Problem{422, "invalid-value", "the body must be a JSON object"};
    std::vector<JsonProblem> problems;
    GroupReset reset;
    JsonFields fields(*root, {}, problems);
    if (readTarget(fields, reset)) {
        readPlace(fields, reset);
    } else {
        fields.take("offset");
        fields.take("time");
    }
    readPartitions(fields, reset);
    fields.boolean("dry_run", reset.dry_run);
    fields.finish();
    if (problems.empty())
        return reset;
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < std::min(problems.size(), errors_max); ++i)
        errors.push_back({shortName(problems[i].field), problems[i].reason});
    return invalidFields(std::move(errors));
}

} // namespace orderlab
