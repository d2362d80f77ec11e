#include "journal/journal_batch.h"

#include "base/time.h"
#include "journal/entry_json.h"
#include "journal/format_version.h"

#include <boost/json.hpp>

#include <optional>

namespace orderlab {

namespace json = boost::json;

namespace {

constexpr int batch_depth_max = 4;
constexpr std::size_t process_bytes_max = 300;

/// The line's JSON object; nothing when it is none.
std::optional<json::object> objectOf(std::string_view line)
{
    json::parse_options options;
    options.max_depth = batch_depth_max;
    boost::system::error_code error;
    json::value value = json::parse(line, error, {}, options);
    if (error || !value.is_object())
        return std::nullopt;
    return std::move(value.get_object());
}

Result<std::string> textOf(const json::object& object, std::string_view name)
{
    const json::value* value = object.if_contains(name);
    if (!value || !value->is_string() || value->get_string().size() > process_bytes_max)
        return corruptError(name, "must be a string of at most 300 bytes");
    return std::string(value->get_string());
}

Result<void> readVersion(std::string_view text, JournalBatchHeader& header)
{
    ORDERLAB_TRY(return, readFormatVersion(text, header.version_major, header.version_minor));
    if (header.version_major != JournalBatchHeader{}.version_major)
        return corruptError("version", "is not one that this program reads (1.x)");
    return {};
}

Result<JournalBatchHeader> headerOf(std::string_view line)
{
    const auto object = objectOf(line);
    if (!object)
        return corruptError("format", "is no batch of a journal");
    const auto format = textOf(*object, "format"), version = textOf(*object, "version");
    if (!format || *format != "orderlab-journal-batch")
        return corruptError("format", "is no batch of a journal");
    if (!version)
        return version.error();
    JournalBatchHeader header;
    ORDERLAB_TRY(return, readVersion(*version, header));
    auto process = textOf(*object, "process"), run = textOf(*object, "run"), program = textOf(*object, "program");
    for (const auto* text : {&process, &run, &program}) {
        if (!*text)
            return text->error();
    }
    if (process->empty())
        return corruptError("process", "must not be empty");
    boost::system::error_code error;
    const json::value* sequence = object->if_contains("sequence");
    header.sequence = sequence ? sequence->to_number<std::uint64_t>(error) : 0;
    if (error || header.sequence == 0)
        return corruptError("sequence", "must be a whole number from 1 on");
    header.process = std::move(*process);
    header.run = std::move(*run);
    header.program = std::move(*program);
    return header;
}

void readLine(std::string_view line, JournalBatch& batch, Names& names)
{
    const auto object = objectOf(line);
    const json::value* kind = object ? object->if_contains("kind") : nullptr;
    if (!kind || !kind->is_string()) {
        ++batch.broken_lines;
        return;
    }
    if (entryKindOf(std::string_view(kind->get_string())) == EntryKind::None) {
        ++batch.unknown_kinds;
        return;
    }
    const bool is_newer = batch.header.version_minor > JournalBatchHeader{}.version_minor;
    const auto entry = entryOfJson(*object, names, is_newer ? UnknownMembers::Ignored : UnknownMembers::Refused);
    if (entry)
        batch.entries.push_back(*entry);
    else
        ++batch.broken_lines;
}

/// Takes the first line off `rest`.
std::string_view nextLine(std::string_view& rest)
{
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return line;
}

} // namespace

std::string encodeJournalBatch(const JournalBatchHeader& header, std::span<const Entry> entries, const Names& names)
{
    const json::object object{
        {"format", "orderlab-journal-batch"},
        {"version", std::to_string(header.version_major) + '.' + std::to_string(header.version_minor)},
        {"process", header.process},
        {"run", header.run},
        {"sequence", header.sequence},
        {"program", header.program}};
    std::string text = json::serialize(object) + '\n';
    for (const Entry& entry : entries) {
        appendEntryJson(text, entry, names);
        text += '\n';
    }
    return text;
}

Result<JournalBatch> decodeJournalBatch(std::string_view bytes, Names& names, const JournalBatchLimits& limits)
{
    if (bytes.size() > limits.bytes_max)
        return corruptError("batch", "is longer than " + std::to_string(limits.bytes_max) + " bytes");
    auto header = headerOf(nextLine(bytes).substr(0, limits.line_bytes_max));
    if (!header)
        return header.error();
    JournalBatch batch{std::move(*header), {}};
    for (std::size_t lines = 0; !bytes.empty(); ++lines) {
        if (lines == limits.lines_max)
            return corruptError("batch", "has more than " + std::to_string(limits.lines_max) + " lines");
        const std::string_view line = nextLine(bytes);
        if (line.size() > limits.line_bytes_max)
            ++batch.broken_lines;
        else
            readLine(line, batch, names);
    }
    return batch;
}

} // namespace orderlab
