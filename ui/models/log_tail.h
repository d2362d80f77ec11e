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

    void apply(std::span<const Entry> entries, const JournalNames& names);
    /// By offset, oldest first; empty when nothing was published there.
    const std::deque<LogCell>& cells(EventType topic, std::uint16_t partition) const;
    /// When `offset` was published; nothing when that is not kept any more.
    std::optional<std::int64_t> publishedAt(EventType topic, std::uint16_t partition, std::int64_t offset) const;

private:
    std::array<std::vector<std::deque<LogCell>>, event_type_count> m_partitions;
};

} // namespace orderlab::ui
