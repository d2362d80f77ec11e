#pragma once
#include "base/result.h"
#include "journal/entry.h"
#include "journal/names.h"

#include <span>
#include <string>
#include <vector>

namespace orderlab {

/// Whose entries they are, and which of its batches this is.
struct JournalBatchHeader {
    int version_major = 1;
    int version_minor = 0;
    std::string process;        ///< "host/pid".
    std::string run;            ///< When it started, RFC 3339: a process number may come again.
    std::uint64_t sequence = 0; ///< From 1, one more a batch; gaps are batches that were lost.
    std::string program = {};   ///< Version of the program.

    bool operator==(const JournalBatchHeader&) const = default;
};

/// A piece of one process' journal on its way to another process: text, a header line and then a line an entry as in
/// journal files (journal/entry_json.h), each ended by a line feed, so that Kafka's own tools and `jq` show it:
/// {"format":"orderlab-journal-batch","version":"1.0","process":"host/4711","run":"2026-01-01T00:00:00.000000Z","sequence":17,"program":"0.1.0"}
/// {"time":"2026-01-01T00:00:00.000012Z","kind":"event-delivered",…,"member":"payment-1@host/4711"}
/// Workers, relays and the like have the process in their names, as members of groups are called on Kafka.
/// A newer minor version may add members and kinds of entries; a newer major version may change anything.
struct JournalBatch {
    JournalBatchHeader header;
    std::vector<Entry> entries;
    std::uint64_t unknown_kinds = 0; ///< Lines left out, of kinds of a newer version.
    std::uint64_t broken_lines = 0;  ///< Lines left out that are none.
};

struct JournalBatchLimits {
    std::size_t bytes_max = 8 * 1024 * 1024;
    std::size_t line_bytes_max = 64 * 1024;
    std::size_t lines_max = 65'536;
};

std::string encodeJournalBatch(const JournalBatchHeader& header, std::span<const Entry> entries, const Names& names);

/// Names go to `names`. A line that cannot be read is counted and costs only itself.
/// Error: Corrupt with the field to blame, for a header that is none or of another major version, and past the limits.
Result<JournalBatch> decodeJournalBatch(std::string_view bytes, Names& names, const JournalBatchLimits& limits = {});

} // namespace orderlab
