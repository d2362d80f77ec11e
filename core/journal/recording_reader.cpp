#include "journal/entry_json.h"
#include "journal/entry_line.h"
#include "journal/packed_form.h"
#include "journal/packed_reader.h"
#include "journal/recording_header.h"

#include <boost/json.hpp>

#include <cerrno>
#include <cstring>
#include <optional>
#include <sys/stat.h>

namespace orderlab {

namespace json = boost::json;

namespace {

constexpr std::size_t block_bytes = 256 * 1024;
constexpr std::size_t line_bytes_usual = 160; ///< At least, of a run: how many entries to reserve memory for.

struct FileCloser {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

/// Lines of a file, none of them longer than the bound.
class LineReader {
public:
    LineReader(std::FILE* file, const RecordingLimits& limits) : m_file(file), m_limits(limits)
    {
        struct stat about {};
        if (fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode))
            m_size = std::uint64_t(about.st_size);
    }

    /// False at the end, on a read error, and where a line is too long.
    bool next(std::string_view& line)
    {
        while (true) {
            const std::size_t end = m_buffer.find('\n', m_scanned);
            if (end != std::string::npos || (m_at_end && m_begin < m_buffer.size())) {
                m_is_whole = end != std::string::npos;
                const std::size_t stop = m_is_whole ? end : m_buffer.size();
                line = std::string_view(m_buffer).substr(m_begin, stop - m_begin);
                m_begin = m_scanned = stop + m_is_whole;
                ++m_number;
                m_is_too_long = line.size() > (m_number == 1 ? m_limits.header_bytes_max : m_limits.line_bytes_max);
                return !m_is_too_long;
            }
            m_scanned = m_buffer.size();
            if (m_scanned - m_begin > lineMax()) {
                ++m_number;
                m_is_too_long = true;
            }
            if (m_is_too_long || m_at_end || m_error != 0)
                return false;
            readBlock();
        }
    }

    std::uint64_t number() const { return m_number; }
    /// Of the next line.
    std::size_t lineMax() const { return m_number == 0 ? m_limits.header_bytes_max : m_limits.line_bytes_max; }
    /// Of the file: what was read, of a regular file.
    double share() const { return m_size > 0 ? double(m_read) / double(m_size) : 0; }
    std::uint64_t size() const { return m_size; } ///< Of the file; 0 where that is not known.
    bool isWhole() const { return m_is_whole; }   ///< The last line ended with a line end.
    bool isTooLong() const { return m_is_too_long; }
    int error() const { return m_error; }

private:
    void readBlock()
    {
        m_buffer.erase(0, m_begin);
        m_scanned -= m_begin;
        m_begin = 0;
        const std::size_t kept = m_buffer.size();
        m_buffer.resize(kept + block_bytes);
        const std::size_t count = std::fread(m_buffer.data() + kept, 1, block_bytes, m_file);
        m_buffer.resize(kept + count);
        m_read += count;
        if (count < block_bytes) {
            m_at_end = std::feof(m_file) != 0;
            m_error = m_at_end ? 0 : errno;
        }
    }

    std::FILE* m_file;
    int m_error = 0;
    std::uint64_t m_size = 0, m_read = 0;
    const RecordingLimits& m_limits;
    std::string m_buffer;
    std::size_t m_begin = 0;   ///< Of the next line.
    std::size_t m_scanned = 0; ///< There is no line end between m_begin and here.
    std::uint64_t m_number = 0;
    bool m_at_end = false, m_is_whole = true, m_is_too_long = false;
};

/// Parses lines with one parser and one block of memory.
class LineParser {
public:
    LineParser() : m_parser({}, options()) {}

    /// Null when the line is not a JSON object; reason() says why. Valid until the next call.
    const json::object* parse(std::string_view line)
    {
        m_value.reset(); // before the memory it lies in
        m_resource.release();
        m_parser.reset(&m_resource);
        boost::system::error_code error;
        m_parser.write(line, error);
        if (error) {
            m_reason = "is not JSON: " + error.message();
            return nullptr;
        }
        m_value.emplace(m_parser.release());
        m_reason = "must be a JSON object";
        return m_value->if_object();
    }
    const std::string& reason() const { return m_reason; }

private:
    static json::parse_options options()
    {
        json::parse_options options;
        options.max_depth = recording_depth_max;
        return options;
    }

    unsigned char m_memory[64 * 1024];
    json::monotonic_resource m_resource{m_memory};
    json::parser m_parser;
    std::optional<json::value> m_value;
    std::string m_reason;
};

/// Reads one line after the header.
Result<void> readEntry(const json::object& object, Recording& recording, std::size_t entries_max)
{
    const bool is_newer = recording.header.version_minor > RecordingHeader{}.version_minor;
    const json::value* kind = object.if_contains("kind");
    if (is_newer && kind && kind->is_string() && entryKindOf(std::string_view(kind->get_string())) == EntryKind::None) {
        ++recording.unknown_kinds;
        return {};
    }
    if (recording.entries.size() == entries_max)
        return Error{ErrorCode::Exhausted, Retry::Never,
                     "there are more than " + std::to_string(entries_max) + " entries", "entries"};
    const auto entry =
        entryOfJson(object, *recording.names, is_newer ? UnknownMembers::Ignored : UnknownMembers::Refused);
    if (!entry)
        return entry.error();
    recording.entries.push_back(*entry);
    return {};
}

Error atLine(const std::string& path, std::uint64_t line, Error error)
{
    error.message = path + ':' + std::to_string(line) + ": " + error.field + ": " + error.message;
    error.field.clear(); // It is the file that is to blame, no option.
    return error;
}

Result<void> readLines(LineReader& lines, Recording& recording, const RecordingLimits& limits)
{
    const auto parser = std::make_unique<LineParser>();
    std::string_view line;
    double share = 0;
    while (lines.next(line)) {
        if (limits.on_progress && lines.share() > share)
            limits.on_progress(share = lines.share());
        if (Entry entry; lines.number() > 1 && recording.entries.size() < limits.entries_max
                         && readEntryLine(line, entry, *recording.names)) {
            recording.entries.push_back(entry);
            continue;
        }
        const json::object* object = parser->parse(line);
        if (!object && !lines.isWhole() && lines.number() > 1) {
            recording.is_cut_short = true;
            return {};
        }
        if (!object)
            return corruptError("line", parser->reason());
        if (lines.number() > 1) {
            ORDERLAB_TRY(return, readEntry(*object, recording, limits.entries_max));
            continue;
        }
        auto header = recordingHeaderOf(*object, line);
        if (!header)
            return header.error();
        recording.header = std::move(*header);
    }
    if (lines.isTooLong())
        return corruptError("line",
                            "is longer than "
                                + std::to_string(lines.number() == 1 ? limits.header_bytes_max : limits.line_bytes_max)
                                + " bytes");
    return {};
}

} // namespace

Result<Recording> readRecording(const std::string& path, const RecordingLimits& limits)
{
    const std::unique_ptr<std::FILE, FileCloser> file(std::fopen(path.c_str(), "rb"));
    if (!file)
        return Error{ErrorCode::Unavailable, Retry::Never, path + ": " + std::strerror(errno), {}};
    const int first = std::fgetc(file.get());
    if (first != EOF)
        std::ungetc(first, file.get());
    if (first == std::uint8_t(packed_magic[0]))
        return readPackedRecording(file.get(), path, limits);
    LineReader lines(file.get(), limits);
    Recording recording;
    recording.entries.reserve(
        std::size_t(std::min<std::uint64_t>(lines.size() / line_bytes_usual, limits.entries_max)));
    const auto read = readLines(lines, recording, limits);
    if (lines.error() != 0)
        return Error{ErrorCode::Unavailable, Retry::Never, path + ": " + std::strerror(lines.error()), {}};
    if (!read)
        return atLine(path, lines.number(), read.error());
    if (lines.number() == 0)
        return atLine(path, 1, corruptError("format", "is not an Orderlab journal: the file is empty"));
    return recording;
}

} // namespace orderlab
