#pragma once
#include "journal/timeline.h"
#include "ui/bridge/entry_source.h"
#include "ui/models/log_tail.h"
#include "ui/models/timeline_summary.h"

namespace orderlab::ui {

/// One world as far as it is known: its entries, what they add up to at any moment, and where more come from. GUI
/// thread.
class Track {
public:
    /// `names` outlive it.
    Track(std::unique_ptr<EntrySource> source, const JournalNames& names);

    /// Reads and folds what has come into `fresh`, at most `entries_per_read_max`. False when there was nothing.
    bool read(std::vector<Entry>& fresh);
    bool isOver() const { return m_source->isOver(); }
    void append(std::span<const Entry> entries);

    const Timeline& timeline() const { return m_timeline; }
    const TimelineSummary& summary() const { return m_summary; }
    /// Of all entries.
    const LogTail& tail() const { return m_tail; }
    /// The state after the entries before `index`. Cheap for one moment after the other, in both directions.
    WorldState stateBefore(std::uint64_t index);
    LogTail tailBefore(std::uint64_t index) const;
    /// The entry's place; nothing when it is not among those that are kept.
    std::optional<std::uint64_t> indexOf(const Entry& entry) const;

private:
    std::unique_ptr<EntrySource> m_source;
    const JournalNames& m_names;
    Timeline m_timeline;
    TimelineSummary m_summary;
    LogTail m_tail;
    std::deque<std::pair<std::uint64_t, LogTail>> m_tails; ///< As they were before entries of these indexes.
    std::uint64_t m_missed = 0;
    std::optional<WorldState> m_near; ///< A state that was asked for lately, or one a little before it.
    std::uint64_t m_near_index = 0;
    std::uint64_t m_asked = UINT64_MAX; ///< Of the last state that was asked for.
};

} // namespace orderlab::ui
