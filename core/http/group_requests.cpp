#include "http/group_requests.h"

#include <limits>

namespace orderlab {

namespace {

std::string takeTarget(GroupReset& out, const FieldValue& value)
{
    constexpr std::pair<std::string_view, OffsetTarget> all[] = {{"earliest", OffsetTarget::Earliest},
                                                                 {"latest", OffsetTarget::Latest},
                                                                 {"offset", OffsetTarget::Offset},
                                                                 {"time", OffsetTarget::Time}};
    for (const auto& [name, target] : all) {
        if (value.isString() && value.text == name) {
            out.target = target;
            return {};
        }
    }
    return "must be earliest, latest, offset or time";
}

std::string takeOffset(GroupReset& out, const FieldValue& value)
{
    std::uint64_t offset = 0;
    std::string mistake = readInteger(value, offset, 0, std::numeric_limits<std::int64_t>::max());
    out.offset = std::int64_t(offset);
    return mistake;
}

std::string takePartition(GroupReset& out, const FieldValue& value)
{
    std::uint16_t partition = 0;
    std::string mistake = readInteger(value, partition, 0, std::numeric_limits<std::uint16_t>::max());
    out.partition = partition;
    return mistake;
}

/// A member that belongs to one target: needed with it, and out of place with another.
void checkPlace(RequestMistakes& mistakes, std::string_view name, bool is_target)
{
    const bool is_given = mistakes.isGiven(name);
    if (is_given && !is_target)
        mistakes.note(name, "goes with the target \"" + std::string(name) + "\" only");
    if (!is_given && is_target)
        mistakes.note(name, "is needed with the target \"" + std::string(name) + '"');
}

/// A target that is wrong or missing says nothing of the others.
void checkReset(GroupReset& out, RequestMistakes& mistakes)
{
    if (!mistakes.isEmpty())
        return;
    checkPlace(mistakes, "offset", out.target == OffsetTarget::Offset);
    checkPlace(mistakes, "time", out.target == OffsetTarget::Time);
}

} // namespace

RequestReader<GroupReset> groupResetReader()
{
    using Value = const FieldValue&;
    return {
        BodyRule::Json,
        {{FieldPlace::Path, "group",
          [](GroupReset& out, Value value) {
              out.group = value.text;
              return std::string();
          }},
         {FieldPlace::Body, "target", takeTarget, true},
         {FieldPlace::Body, "offset", takeOffset},
         {FieldPlace::Body, "time", [](GroupReset& out, Value value) { return readTime(value, out.time); }},
         {FieldPlace::Body, "topic",
          [](GroupReset& out, Value value) { return readName(value, out.topic, eventTypeOf); }},
         {FieldPlace::Body, "partition", takePartition},
         {FieldPlace::Body, "dry_run", [](GroupReset& out, Value value) { return readBoolean(value, out.dry_run); }}},
        checkReset};
}

} // namespace orderlab
