#include "journal/recording_header.h"

#include "base/json_tree.h"
#include "journal/format_version.h"

#include <boost/json.hpp>

namespace orderlab {

namespace json = boost::json;

namespace {

Result<std::string_view> headerText(const json::object& object, std::string_view name)
{
    const json::value* value = object.if_contains(name);
    if (!value || !value->is_string())
        return corruptError(name, "must be a string");
    return std::string_view(value->get_string());
}

Result<void> readVersion(std::string_view text, RecordingHeader& header)
{
    ORDERLAB_TRY(return, readFormatVersion(text, header.version_major, header.version_minor));
    const RecordingHeader known;
    if (header.version_major != known.version_major)
        return corruptError("version", std::string(text.substr(0, 20)) + " cannot be read by this program, only "
                                           + std::to_string(known.version_major) + ".x");
    return {};
}

/// What a simulated run says of itself.
Result<void> readOrigin(const json::object& object, std::string_view line, RecordingHeader& header)
{
    if (const json::value* seed = object.if_contains("seed")) {
        boost::system::error_code error;
        header.seed = seed->to_number<std::uint64_t>(error);
        if (error || seed->is_double())
            return corruptError("seed", "must be a whole number from 0 to 18446744073709551615");
    }
    for (const auto& [name, text] : {std::pair("scenario", &header.scenario), {"system", &header.system}}) {
        const json::value* member = object.if_contains(name);
        if (!member)
            continue;
        if (!member->is_object())
            return corruptError(name, "must be a JSON object");
        // A tree keeps numbers as they were written, so that the header can be written again as it was.
        JsonProblem problem;
        const auto tree = parseJsonTree(line, problem);
        *text = tree ? tree->find(name)->toJson() : json::serialize(*member);
    }
    return {};
}

} // namespace

Result<RecordingHeader> recordingHeaderOf(const json::object& object, std::string_view line)
{
    const auto format = headerText(object, "format"), version = headerText(object, "version");
    if (!format || *format != "orderlab-journal")
        return corruptError("format", "is not an Orderlab journal");
    if (!version)
        return version.error();
    RecordingHeader header;
    ORDERLAB_TRY(return, readVersion(*version, header));
    const auto started = headerText(object, "started_at"), program = headerText(object, "program");
    if (!started || !program)
        return started ? program.error() : started.error();
    const auto time = parseRfc3339(*started);
    if (!time)
        return corruptError("started_at", time.error().message);
    header.started_at = *time;
    header.program = std::string(*program);
    ORDERLAB_TRY(return, readOrigin(object, line, header));
    return header;
}

std::string recordingHeaderLine(const RecordingHeader& header)
{
    boost::json::object object{
        {"format", "orderlab-journal"},
        {"version", std::to_string(header.version_major) + '.' + std::to_string(header.version_minor)},
        {"started_at", toRfc3339(header.started_at)},
        {"program", header.program}};
    if (header.seed)
        object["seed"] = *header.seed;
    std::string line = boost::json::serialize(object);
    for (const auto& [name, text] : {std::pair("scenario", &header.scenario), {"system", &header.system}}) {
        if (text->empty())
            continue;
        line.pop_back();
        line.append(",\"").append(name).append("\":").append(*text).append("}");
    }
    return line + '\n';
}

} // namespace orderlab
