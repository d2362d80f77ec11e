#include "journal/packed_reader.h"

#include "base/utf8.h"
#include "journal/entry_pack.h"
#include "journal/packed_form.h"
#include "journal/recording_header.h"

#include <boost/json.hpp>

#include <cerrno>
#include <cstring>
#include <sys/stat.h>

namespace orderlab {

namespace {

constexpr std::size_t file_block_bytes = 1 << 20;
constexpr std::size_t entry_bytes_least =
    10; ///< Packed, of a run: how many entries a file may have, to reserve memory.

/// A file as a window that moves on.
class FileWindow {
public:
    explicit FileWindow(std::FILE* file) : m_file(file) {}

    /// Whether `size` bytes are there from here on; reads them.
    bool has(std::size_t size)
    {
        if (m_buffer.size() - m_begin >= size)
            return true;
        m_buffer.erase(0, m_begin);
        m_begin = 0;
        while (m_buffer.size() < size && !m_at_end) {
            const std::size_t kept = m_buffer.size(), wanted = std::max(size - kept, file_block_bytes);
            m_buffer.resize(kept + wanted);
            const std::size_t count = std::fread(m_buffer.data() + kept, 1, wanted, m_file);
            m_buffer.resize(kept + count);
            if (count < wanted) {
                m_at_end = true;
                m_error = std::feof(m_file) ? 0 : errno;
            }
        }
        return m_buffer.size() >= size;
    }
    std::string_view bytes(std::size_t size) const { return std::string_view(m_buffer).substr(m_begin, size); }
    void skip(std::size_t size)
    {
        m_begin += size;
        m_offset += size;
    }
    std::size_t left() const { return m_buffer.size() - m_begin; }
    std::uint64_t offset() const { return m_offset; } ///< In the file.
    int error() const { return m_error; }

private:
    std::FILE* m_file;
    std::string m_buffer;
    std::size_t m_begin = 0;
    std::uint64_t m_offset = 0;
    bool m_at_end = false;
    int m_error = 0;
};

/// One reading of a packed file.
class PackedReader {
public:
    PackedReader(std::FILE* file, const RecordingLimits& limits) : m_window(file), m_limits(limits)
    {
        m_recording.form = RecordingForm::Packed;
        struct stat about {};
        if (fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode)) {
            m_size = std::uint64_t(about.st_size);
            const std::uint64_t likely = m_size / entry_bytes_least;
            m_recording.entries.reserve(std::size_t(std::min<std::uint64_t>(likely, limits.entries_max)));
        }
    }

    /// The error's field says what is to blame.
    Result<void> read()
    {
        if (!m_window.has(packed_magic.size()) || m_window.bytes(packed_magic.size()) != packed_magic)
            return corruptError("format", "is not an Orderlab journal");
        m_window.skip(packed_magic.size());
        ORDERLAB_TRY(return, readHeader());
        PackedFrame frame;
        while (!m_has_end && nextFrame(frame)) {
            ORDERLAB_TRY(return, take(frame));
            if (m_limits.on_progress && m_size > 0)
                m_limits.on_progress(double(m_window.offset()) / double(m_size));
        }
        m_recording.is_cut_short = !m_has_end;
        return {};
    }
    Recording& recording() { return m_recording; }
    std::uint64_t offset() const { return m_window.offset(); }
    int error() const { return m_window.error(); }

private:
    /// The header of the next frame that is one; the payload is there, too. False at the end.
    bool nextFrame(PackedFrame& frame)
    {
        const std::uint64_t from = m_window.offset();
        bool is_damaged = false;
        while (m_window.has(frame_header_bytes)) {
            if (readFrameHeader(m_window.bytes(frame_header_bytes), frame)) {
                if (is_damaged)
                    noteDamage(from, m_window.offset() - from);
                return m_window.has(frame_header_bytes + frame.length);
            }
            is_damaged = true;
            const std::size_t marker = m_window.bytes(m_window.left()).find(packed_marker, 1);
            m_window.skip(marker != std::string_view::npos ? marker : m_window.left() - packed_marker.size() + 1);
        }
        if (is_damaged)
            noteDamage(from, m_window.offset() + m_window.left() - from);
        return false;
    }

    std::string_view payloadOf(const PackedFrame& frame) const
    {
        return m_window.bytes(frame_header_bytes + frame.length).substr(frame_header_bytes);
    }

    Result<void> readHeader()
    {
        PackedFrame frame;
        const bool is_whole =
            m_window.has(frame_header_bytes) && readFrameHeader(m_window.bytes(frame_header_bytes), frame)
            && frame.type == 'H' && frame.length <= m_limits.header_bytes_max
            && m_window.has(frame_header_bytes + frame.length) && crc32Of(payloadOf(frame)) == frame.payload_crc;
        if (!is_whole)
            return corruptError("header", "is damaged, so that nothing can be read");
        boost::json::parse_options options;
        options.max_depth = recording_depth_max;
        boost::system::error_code error;
        const boost::json::value header = boost::json::parse(payloadOf(frame), error, {}, options);
        if (error || !header.is_object())
            return corruptError("header", "must be a JSON object");
        auto read = recordingHeaderOf(header.get_object(), payloadOf(frame));
        if (!read)
            return read.error();
        m_recording.header = std::move(*read);
        m_is_newer = m_recording.header.version_minor > RecordingHeader{}.version_minor;
        m_window.skip(frame_header_bytes + frame.length);
        return {};
    }

    /// A frame whose content is not what it should be is left out, and told.
    Result<void> take(const PackedFrame& frame)
    {
        const std::string_view payload = payloadOf(frame);
        bool is_good = crc32Of(payload) == frame.payload_crc;
        Result<void> taken;
        if (is_good && frame.type == 'N')
            is_good = takeNames(frame, payload);
        else if (is_good && frame.type == 'E')
            taken = takeEntries(frame, payload, is_good);
        else if (is_good && frame.type == 'Z') {
            m_has_end = true;
            noteMissing(frame.first, m_recording.entries.empty() ? 0 : m_recording.entries.back().time_us);
        } else if (is_good && !m_is_newer)
            is_good = false;
        if (!is_good)
            noteDamage(m_window.offset(), frame_header_bytes + frame.length);
        m_window.skip(frame_header_bytes + frame.length);
        return taken;
    }

    bool takeNames(const PackedFrame& frame, std::string_view payload)
    {
        ByteReader reader(payload);
        if (frame.first == 0 || frame.first + frame.count > std::uint64_t(UINT16_MAX) + 1)
            return false;
        if (m_names.size() < frame.first) // A frame of names before this one is damaged.
            m_names.resize(std::size_t(frame.first), lost());
        for (std::uint64_t number = frame.first; number < frame.first + frame.count; ++number) {
            const std::uint8_t use = reader.byte();
            const std::uint64_t size = reader.varint();
            const std::string_view text = reader.text(size);
            if (!reader.isGood() || use >= name_use_count || !isUtf8(text))
                return false;
            m_names.resize(std::max<std::size_t>(m_names.size(), number + 1), 0);
            m_names[number] = m_recording.names->intern(text, NameUse(use));
        }
        return reader.left() == 0;
    }

    NameId lost() { return m_recording.names->intern("(a name that is lost)"); }

    bool renumber(NameId& name)
    {
        if (name >= m_names.size() && m_damages == 0)
            return false;
        name = name < m_names.size() ? m_names[name] : lost();
        return true;
    }

    Result<void> takeEntries(const PackedFrame& frame, std::string_view payload, bool& is_good)
    {
        std::vector<Entry>& entries = m_recording.entries;
        is_good = frame.count > 0 && frame.count <= block_entries_max && frame.first >= m_next;
        if (!is_good)
            return {};
        if (entries.size() + frame.count > m_limits.entries_max)
            return Error{ErrorCode::Exhausted, Retry::Never,
                         "there are more than " + std::to_string(m_limits.entries_max) + " entries", "entries"};
        m_block.resize(frame.count);
        is_good = m_unpacker.unpack(payload, m_block) && std::all_of(m_block.begin(), m_block.end(), [&](Entry& entry) {
                      return entry.time_us >= toMicros(rfc3339_min) && entry.time_us <= toMicros(rfc3339_max)
                             && entry.kind != EntryKind::None && (isKnown(entry.kind) || m_is_newer)
                             && renumber(entry.topic) && renumber(entry.group) && renumber(entry.actor)
                             && renumber(entry.detail);
                  });
        if (!is_good)
            return {};
        noteMissing(frame.first, m_block.front().time_us);
        m_next = frame.first + frame.count;
        for (const Entry& entry : m_block) {
            if (isKnown(entry.kind))
                entries.push_back(entry);
            else
                ++m_recording.unknown_kinds;
        }
        return {};
    }

    static bool isKnown(EntryKind kind) { return std::size_t(kind) < std::size_t(entry_kind_count); }

    /// Puts the gap where it is, as a recorder does that has missed something.
    void noteMissing(std::uint64_t first, std::int64_t time_us)
    {
        if (first <= m_next || m_recording.entries.size() >= m_limits.entries_max)
            return;
        Entry gap;
        gap.kind = EntryKind::EntriesMissed;
        gap.time_us = time_us;
        gap.value = std::int32_t(std::min<std::uint64_t>(first - m_next, INT32_MAX));
        m_recording.entries.push_back(gap);
        m_next = first;
    }

    void noteDamage(std::uint64_t offset, std::uint64_t bytes)
    {
        if (++m_damages <= RecordingLimits::damages_max)
            m_recording.damages.push_back({offset, bytes});
    }

    FileWindow m_window;
    const RecordingLimits& m_limits;
    Recording m_recording;
    EntryUnpacker m_unpacker;
    std::vector<Entry> m_block;
    std::vector<NameId> m_names{0}; ///< By the file's number.
    std::uint64_t m_next = 0;       ///< Number of the next entry.
    std::uint64_t m_damages = 0, m_size = 0;
    bool m_is_newer = false, m_has_end = false;
};

} // namespace

Result<Recording> readPackedRecording(std::FILE* file, const std::string& path, const RecordingLimits& limits)
{
    PackedReader reader(file, limits);
    const auto read = reader.read();
    if (reader.error() != 0)
        return Error{ErrorCode::Unavailable, Retry::Never, path + ": " + std::strerror(reader.error()), {}};
    if (!read) {
        Error error = read.error();
        error.message = path + ": byte " + std::to_string(reader.offset()) + ": " + error.field + ": " + error.message;
        error.field.clear();
        return error;
    }
    return std::move(reader.recording());
}

} // namespace orderlab
