#pragma once
#include "journal/entry.h"
#include "ui/bridge/journal_names.h"

#include <deque>
#include <span>

namespace orderlab::ui {

/// One event in a partition's log, as the canvas shows it.
struct LogCell {
    std::int64_t offset = 0;
    std::int64_t time_us = 0; ///< When it was published.
    OrderId order;
    EventId event;
};

/// The newest events of every partition, from EventPublished entries. GUI thread. Bounded at `cells_max` a partition.
class LogTail {
public:
    static constexpr std::size_t cells_max = 256;
    static constexpr std::size_t marks_max = 3'600;

    void apply(std::span<const Entry> entries, const JournalNames& names);
    /// Whether entries of this kind make a difference.
    static bool counts(EntryKind kind)
    {
        return kind == EntryKind::EventPublished || kind == EntryKind::BusSwitched || kind == EntryKind::LogReplaced;
    }
    /// By offset, oldest first; empty when nothing was published there.
    const std::deque<LogCell>& cells(EventType topic, std::uint16_t partition) const;
    /// When `offset` was published: to the second for events that are not kept any more, of which one a second is
    /// remembered, for `marks_max` seconds with events. Nothing before that.
    std::optional<std::int64_t> publishedAt(EventType topic, std::uint16_t partition, std::int64_t offset) const;

private:
    struct Mark {
        std::int64_t offset = 0;
        std::int64_t time_us = 0;
    };
    static void mark(std::deque<Mark>& marks, const Entry& entry);

    std::array<std::vector<std::deque<LogCell>>, event_type_count> m_partitions;
    std::array<std::vector<std::deque<Mark>>, event_type_count>
        m_marks; ///< The first event of each second, oldest first.
};

} // namespace orderlab::ui
