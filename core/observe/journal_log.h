#pragma once
#include "observe/entry_trace.h"
#include "observe/journal_follower.h"
#include "observe/log.h"

namespace orderlab {

/// What an entry of one kind is in the log.
struct JournalLogRow {
    EntryKind kind;
    LogLevel level;
    LogArea area;
    /// {topic}, {partition}, {offset}, {group}, {actor}, {detail} and {value} are the entry's; its other fields are the
    /// line's.
    std::string_view words;
};

/// All kinds that are worth a line. A new one is a row in journal_log.cpp.
std::span<const JournalLogRow> journalLogRows();
/// Null: it is not worth a line.
const JournalLogRow* journalLogRow(EntryKind kind);
/// The row's words with the entry's values. As they are: for a terminal see log_text.h.
std::string journalLogWords(const JournalLogRow& row, const Entry& entry, const Names& names);

/// Writes a line for what the journal says, by that table. At most lines_per_s_max; beyond, entries have no line, and a
/// line says how many. One thread at a time.
class JournalLog final : public JournalObserver {
public:
    static constexpr std::size_t lines_per_s_max = 2'000; ///< So that a log at debug costs a bounded part of a core.

    /// `runtime` tells the time. `traces`: nullptr: lines do not say to which trace they belong. It outlives this.
    JournalLog(Runtime& runtime, const Names& names, Log& log, const EntryTrace* traces = nullptr);

    void onEntries(std::span<const Entry> entries, std::uint64_t first) override;

private:
    void write(const JournalLogRow& row, const Entry& entry, std::uint64_t number);
    bool hasRoom();

    Runtime& m_runtime;
    const Names& m_names;
    Log& m_log;
    const EntryTrace* const m_traces;
    double m_room = lines_per_s_max;
    TimePoint m_filled;
    std::uint64_t m_untold = 0; ///< Entries without their line.
};

} // namespace orderlab
