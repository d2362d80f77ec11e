#pragma once
#include "base/result.h"
#include "base/time.h"
#include "journal/journal.h"

#include <cstdio>
#include <functional>
#include <optional>
#include <span>
#include <string>

namespace orderlab {

class PackedEncoder;

/// The first line of a journal file:
/// {"format":"orderlab-journal","version":"1.2","started_at":"2026-01-01T00:00:00.000000Z","program":"0.1.0"}
/// A simulated run also says how to make it again: "seed":7,"scenario":{…} (1.1; simulation/scenario.h). A live one
/// says how its system was set when the recording began: "system":{…} (1.2), a scenario without orders. A newer minor
/// version may add members and kinds of entries; a newer major version may change anything.
struct RecordingHeader {
    int version_major = 1;
    int version_minor = 2;
    TimePoint started_at;
    std::string program; ///< The version of the program that recorded.
    std::optional<std::uint64_t> seed = {};
    std::string scenario = {}; ///< One JSON object; empty: not a simulated run.
    std::string system = {};   ///< One JSON object; empty: not a live run, or not known.

    bool operator==(const RecordingHeader&) const = default;
};

/// The two forms of journal files. Whoever reads them sees from the first bytes which it is.
enum class RecordingForm : std::uint8_t {
    Lines,  ///< The header, then a line an entry (journal/entry_json.h), so that `jq` works on it.
    Packed, ///< A seventeenth of the size, read five times as fast (journal/packed_form.h).
};

/// Writes a journal file. Blocks on the file. One thread at a time.
///
/// After an error the file ends with the last whole line that had room, or the last whole block of a packed file, and
/// every further call gives the same error. A packed file gets a block for each 65,536 entries and the rest with
/// close().
class RecordingWriter {
public:
    static constexpr std::uint64_t bytes_max_default = std::uint64_t{8} << 30; ///< About 40 million entries.

    /// Makes or overwrites `path`. Error: Unavailable with the system's reason.
    static Result<std::unique_ptr<RecordingWriter>> create(const std::string& path, const RecordingHeader& header,
                                                           std::uint64_t bytes_max = bytes_max_default,
                                                           RecordingForm form = RecordingForm::Lines);
    ~RecordingWriter();

    /// Errors: Exhausted when the disk or `bytes_max` is full; InvalidArgument for a time that RFC 3339 cannot spell
    /// (the years 0 to 9999). `names` is the same table in every call.
    Result<void> write(std::span<const Entry> entries, const Names& names);
    /// Writes and closes; further calls do nothing. Errors as write().
    Result<void> close();
    std::uint64_t entriesWritten() const { return m_entries; }
    std::uint64_t bytesWritten() const { return m_bytes; }

private:
    RecordingWriter(std::FILE* file, std::string path, std::uint64_t bytes_max);
    Result<void> flush();
    void keep(std::size_t bytes);
    std::size_t wholeWithin(std::uint64_t bytes) const;
    Result<void> writeRest();
    Error fail(Error error);

    std::FILE* m_file;
    std::string m_path;
    std::uint64_t m_bytes_max;
    std::string m_buffer;
    std::uint64_t m_buffered = 0;            ///< Entries in m_buffer.
    std::unique_ptr<PackedEncoder> m_packed; ///< Where the form is that, until the end.
    bool m_has_lines = true;                 ///< It is the other form.
    std::uint64_t m_bytes = 0;               ///< In the file.
    std::uint64_t m_entries = 0;             ///< In the file.
    Error m_error;
    bool m_failed = false;
};

/// Records a running Journal. Somebody has to call record() often enough: entries the ring has dropped by then are in
/// the file as an entry `entries-missed`. One thread at a time; blocks on the file.
class JournalRecorder {
public:
    /// Records what is appended from now on, or all the ring still has; what it has no more of is then missed, too.
    JournalRecorder(std::unique_ptr<RecordingWriter> writer, const Journal& journal,
                    JournalReader::From from = JournalReader::From::Now);

    /// Writes what is new, at most 65,536 entries, and returns how many were. Errors as RecordingWriter::write().
    Result<std::size_t> record();
    /// Writes all that is new by now and closes the file.
    Result<void> close();
    std::uint64_t entriesWritten() const { return m_writer->entriesWritten(); }
    std::uint64_t bytesWritten() const { return m_writer->bytesWritten(); }
    std::uint64_t entriesMissed() const { return m_before + m_reader.missed(); }

private:
    void markMissed();

    std::unique_ptr<RecordingWriter> m_writer;
    const Journal& m_journal;
    JournalReader m_reader;
    const std::uint64_t m_before; ///< Entries that were gone before this began.
    std::vector<Entry> m_batch;
    std::uint64_t m_missed = 0; ///< Those of them that are in the file.
    std::int64_t m_time_us = 0; ///< Of the last entry written.
};

/// What a journal file holds.
struct Recording {
    RecordingHeader header;
    std::unique_ptr<Names> names = std::make_unique<Names>();
    std::vector<Entry> entries;
    std::uint64_t unknown_kinds = 0; ///< Lines left out as they are of kinds of a newer minor version.
    bool is_cut_short = false;       ///< The last line is not whole: the recorder was ended in the middle of it; of a
                                     ///< packed file: it has no end.
    /// What could not be read of a packed file: where, and how many bytes. In the place of the entries that were there
    /// is an entry `entries-missed`. At most damages_max.
    struct Damage {
        std::uint64_t offset = 0, bytes = 0;
    };
    std::vector<Damage> damages = {};
    RecordingForm form = RecordingForm::Lines;
};

struct RecordingLimits {
    std::size_t line_bytes_max = 256 * 1024;        ///< Of an entry.
    std::size_t header_bytes_max = 2 * 1024 * 1024; ///< A scenario may have 1 MiB.
    std::size_t entries_max = 20'000'000;           ///< 1.3 GB of memory.
    static constexpr std::size_t damages_max = 100; ///< Told of one file.
    /// Which share of a file of known size is read; often.
    std::function<void(double)> on_progress = {};
};

/// Reads a journal file. Blocks. Errors: Unavailable when it cannot be read; Corrupt with a message
/// `FILE:LINE: field: reason` (Error::field is empty) where a line is not what it should be; Exhausted past the limits.
/// Of a packed file it is `FILE: byte OFFSET: part: reason`, and only where the header cannot be read.
/// A file that was cut short is read as far as it goes.
Result<Recording> readRecording(const std::string& path, const RecordingLimits& limits = {});

} // namespace orderlab
