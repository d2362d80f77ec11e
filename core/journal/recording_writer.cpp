#include "journal/entry_json.h"
#include "journal/packed_encoder.h"
#include "journal/recording_header.h"

#include <boost/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <limits>

namespace orderlab {

namespace {

constexpr std::size_t buffer_bytes = 256 * 1024;
constexpr std::size_t batch_max = 65'536;

Error systemError(ErrorCode code, const std::string& path, int error)
{
    return {code, Retry::Never, path + ": " + std::strerror(error), {}};
}

} // namespace

RecordingWriter::RecordingWriter(std::FILE* file, std::string path, std::uint64_t bytes_max)
    : m_file(file), m_path(std::move(path)), m_bytes_max(bytes_max)
{
    std::setvbuf(m_file, nullptr, _IONBF, 0); // m_buffer is the buffer
    m_buffer.reserve(buffer_bytes + 4096);
}

Result<std::unique_ptr<RecordingWriter>> RecordingWriter::create(const std::string& path, const RecordingHeader& header,
                                                                 std::uint64_t bytes_max, RecordingForm form)
{
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (!file)
        return systemError(ErrorCode::Unavailable, path, errno);
    std::unique_ptr<RecordingWriter> writer(new RecordingWriter(file, path, bytes_max));
    writer->m_buffer = recordingHeaderLine(header);
    if (form == RecordingForm::Packed) {
        const std::string line = std::exchange(writer->m_buffer, {});
        PackedEncoder::begin(line, writer->m_buffer);
        writer->m_packed = std::make_unique<PackedEncoder>();
        writer->m_has_lines = false;
    }
    ORDERLAB_TRY(return, writer->flush());
    return writer;
}

RecordingWriter::~RecordingWriter()
{
    (void)close(); // whoever wants to know of an error has called it before
}

Error RecordingWriter::fail(Error error)
{
    m_failed = true;
    m_error = std::move(error);
    m_buffer.clear();
    m_buffered = 0;
    return m_error;
}

/// How much of the buffer is whole in the file when only `bytes` of it get there.
std::size_t RecordingWriter::wholeWithin(std::uint64_t bytes) const
{
    if (bytes >= m_buffer.size())
        return m_buffer.size();
    const std::size_t end = m_has_lines && bytes > 0 ? m_buffer.rfind('\n', std::size_t(bytes) - 1) : std::string::npos;
    return end == std::string::npos ? 0 : end + 1;
}

/// Notes that the first `bytes` of the buffer are in the file.
void RecordingWriter::keep(std::size_t bytes)
{
    m_bytes += bytes;
    const std::uint64_t waiting = m_packed ? m_packed->waiting() : 0;
    const auto lines = std::uint64_t(std::count(m_buffer.begin(), m_buffer.begin() + std::ptrdiff_t(bytes), '\n'));
    m_entries += bytes == m_buffer.size() ? m_buffered - waiting : m_has_lines ? std::min(lines, m_buffered) : 0;
}

Result<void> RecordingWriter::flush()
{
    const std::size_t wanted = wholeWithin(m_bytes_max - std::min(m_bytes_max, m_bytes));
    const bool has_room = wanted == m_buffer.size();
    errno = 0;
    const std::size_t written = std::fwrite(m_buffer.data(), 1, wanted, m_file);
    if (written != wanted) {
        const Error error = systemError(ErrorCode::Exhausted, m_path, errno);
        keep(wholeWithin(written));
        std::error_code ignored; // nothing more can be done about a torn line
        std::filesystem::resize_file(m_path, m_bytes, ignored);
        return fail(error);
    }
    keep(wanted);
    if (!has_room)
        return fail({ErrorCode::Exhausted,
                     Retry::Never,
                     m_path + ": the recording has reached its bound of " + std::to_string(m_bytes_max) + " bytes",
                     {}});
    m_buffer.clear();
    m_buffered = m_packed ? m_packed->waiting() : 0;
    return {};
}

/// The end of a packed file.
Result<void> RecordingWriter::writeRest()
{
    if (!m_packed || m_failed)
        return {};
    m_packed->finish(m_buffer);
    const std::unique_ptr<PackedEncoder> done = std::move(m_packed);
    return flush();
}

Result<void> RecordingWriter::write(std::span<const Entry> entries, const Names& names)
{
    if (m_failed)
        return m_error;
    if (!m_file)
        return closedError("the recording");
    for (const Entry& entry : entries) {
        if (entry.time_us < toMicros(rfc3339_min) || entry.time_us > toMicros(rfc3339_max)) {
            if (m_packed)
                m_packed->flush(m_buffer);
            ORDERLAB_TRY(return, flush());
            return fail(invalidArgument("time", "an entry's time is outside the years 0 to 9999"));
        }
        ++m_buffered;
        if (m_packed) {
            m_packed->add(entry, names, m_buffer);
        } else {
            appendEntryJson(m_buffer, entry, names);
            m_buffer += '\n';
        }
        if (m_buffer.size() >= buffer_bytes)
            ORDERLAB_TRY(return, flush());
    }
    return flush();
}

Result<void> RecordingWriter::close()
{
    if (!m_file)
        return m_failed ? Result<void>(m_error) : Result<void>();
    const auto written = writeRest();
    const int closed = std::fclose(m_file);
    const int error = errno;
    m_file = nullptr;
    if (m_failed || !written)
        return m_error;
    if (closed != 0)
        return fail(systemError(ErrorCode::Exhausted, m_path, error));
    return {};
}

JournalRecorder::JournalRecorder(std::unique_ptr<RecordingWriter> writer, const Journal& journal,
                                 JournalReader::From from)
    : m_writer(std::move(writer)), m_journal(journal), m_reader(journal, from),
      m_before(from == JournalReader::From::Oldest ? m_reader.position() : 0)
{}

/// Puts the gap before the batch: the reader cannot tell where inside it lies.
void JournalRecorder::markMissed()
{
    std::uint64_t missing = entriesMissed() - m_missed;
    m_missed = entriesMissed();
    std::vector<Entry> gaps;
    while (missing > 0) {
        Entry gap;
        gap.kind = EntryKind::EntriesMissed;
        gap.time_us = m_batch.empty() ? m_time_us : m_batch.front().time_us;
        gap.value = std::int32_t(std::min<std::uint64_t>(missing, std::numeric_limits<std::int32_t>::max()));
        missing -= std::uint64_t(gap.value);
        gaps.push_back(gap);
    }
    m_batch.insert(m_batch.begin(), gaps.begin(), gaps.end());
}

Result<std::size_t> JournalRecorder::record()
{
    m_batch.clear();
    const std::size_t count = m_reader.read(m_batch, batch_max);
    if (entriesMissed() != m_missed)
        markMissed();
    if (m_batch.empty())
        return std::size_t(0);
    m_time_us = m_batch.back().time_us;
    ORDERLAB_TRY(return, m_writer->write(m_batch, m_journal.names()));
    return count;
}

Result<void> JournalRecorder::close()
{
    // Bounded: what is appended while this runs may stay out.
    for (std::uint64_t left = m_journal.size(), done = 0; done < left;) {
        const auto count = record();
        if (!count) {
            (void)m_writer->close(); // the first error is the one to tell
            return count.error();
        }
        if (*count == 0)
            break;
        done += *count;
    }
    return m_writer->close();
}

} // namespace orderlab
