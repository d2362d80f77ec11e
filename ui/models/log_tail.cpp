#include "ui/models/log_tail.h"

#include <algorithm>

namespace orderlab::ui {

void LogTail::apply(std::span<const Entry> entries, const JournalNames& names)
{
    for (const Entry& entry : entries) {
        if (entry.kind == EntryKind::BusSwitched) // Another log, with offsets of its own.
            m_partitions = {}, m_marks = {};
        if (entry.kind == EntryKind::LogReplaced) {
            const auto replaced = names.topic(entry.topic);
            if (replaced && entry.partition < m_partitions[std::size_t(*replaced)].size())
                m_partitions[std::size_t(*replaced)][entry.partition].clear();
        }
        if (entry.kind != EntryKind::EventPublished)
            continue;
        const auto topic = names.topic(entry.topic);
        if (!topic)
            continue;
        auto& partitions = m_partitions[std::size_t(*topic)];
        if (entry.partition >= partitions.size())
            partitions.resize(std::size_t(entry.partition) + 1);
        auto& marks = m_marks[std::size_t(*topic)];
        marks.resize(partitions.size());
        mark(marks[entry.partition], entry);
        auto& cells = partitions[entry.partition];
        const LogCell cell{entry.offset, entry.time_us, OrderId(entry.order), EventId(entry.event)};
        // Several relays may report slightly out of order.
        auto place = cells.end();
        while (place != cells.begin() && std::prev(place)->offset >= cell.offset)
            --place;
        if (place != cells.end() && place->offset == cell.offset)
            continue;
        cells.insert(place, cell);
        if (cells.size() > cells_max)
            cells.pop_front();
    }
}

void LogTail::mark(std::deque<Mark>& marks, const Entry& entry)
{
    constexpr std::int64_t second_us = 1'000'000;
    if (!marks.empty() && (entry.offset <= marks.back().offset || entry.time_us < marks.back().time_us + second_us))
        return;
    marks.push_back({entry.offset, entry.time_us});
    if (marks.size() > marks_max)
        marks.pop_front();
}

const std::deque<LogCell>& LogTail::cells(EventType topic, std::uint16_t partition) const
{
    static const std::deque<LogCell> none;
    const auto& partitions = m_partitions[std::size_t(topic)];
    return partition < partitions.size() ? partitions[partition] : none;
}

std::optional<std::int64_t> LogTail::publishedAt(EventType topic, std::uint16_t partition, std::int64_t offset) const
{
    const auto& kept = cells(topic, partition);
    const auto found = std::lower_bound(kept.begin(), kept.end(), offset,
                                        [](const LogCell& cell, std::int64_t wanted) { return cell.offset < wanted; });
    if (found != kept.end() && found->offset == offset)
        return found->time_us;
    const auto& marks = m_marks[std::size_t(topic)];
    if (partition >= marks.size())
        return std::nullopt;
    const auto later = std::upper_bound(marks[partition].begin(), marks[partition].end(), offset,
                                        [](std::int64_t wanted, const Mark& mark) { return wanted < mark.offset; });
    return later == marks[partition].begin() ? std::nullopt : std::optional(std::prev(later)->time_us);
}

} // namespace orderlab::ui
