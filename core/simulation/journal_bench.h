#pragma once
#include "base/result.h"

#include <string>

namespace orderlab {

struct JournalBenchOptions {
    std::uint64_t entries = 1'000'000;
    std::string folder; ///< Where the two files are made; they are removed.
    /// What it is doing, in one line.
    void (*on_progress)(const std::string&) = nullptr;
};

/// What a recording of a simulated run costs: in a Timeline (memory, jumps to 200 moments all over it), and in files of
/// both forms (size, time to write and to read). One JSON object: entries, simulated_s, timeline_append_s, timeline_mib
/// (by the process's resident memory), packed_mib_in_timeline, keyframes, jump_ms_p50, jump_ms_p99, jump_ms_max,
/// scrub_ms_p50 (to the next moment nearby), lines_mib, lines_write_s, lines_read_s, lines_read_mb_per_s, packed_mib,
/// packed_write_s, packed_read_s, peak_rss_mib. In real time; blocks. Errors: those of simulate() and of files;
/// Internal when a file does not hold what was written.
Result<std::string> benchJournal(const JournalBenchOptions& options);

} // namespace orderlab
