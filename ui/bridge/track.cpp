#include "ui/bridge/track.h"

#include <algorithm>

namespace orderlab::ui {

namespace {

constexpr std::size_t entries_per_read_max = 65'536;       ///< About 5 ms of folding; four million entries a second.
constexpr std::size_t timeline_keyframe_interval = 16'384; ///< A jump folds at most so many: a millisecond.
constexpr std::size_t timeline_orders_max = 50'000;
constexpr std::uint64_t tail_interval = 32'768; ///< Entries between two copies of the tails, of 100 KiB each.
constexpr std::uint64_t step_back = 256;  ///< A state so far before the one asked for is kept, as more are asked for.
constexpr std::uint64_t near_max = 4'096; ///< Further on, a keyframe is as quick.

} // namespace

Track::Track(std::unique_ptr<EntrySource> source, const JournalNames& names)
    : m_source(std::move(source)), m_names(names),
      m_timeline(names.names(), m_source->keptMax(), timeline_keyframe_interval, timeline_orders_max)
{}

bool Track::read(std::vector<Entry>& fresh)
{
    fresh.clear();
    m_source->read(fresh, entries_per_read_max);
    if (const std::uint64_t missed = m_source->missed(); missed > m_missed) {
        Entry gap;
        gap.kind = EntryKind::EntriesMissed;
        gap.value = std::int32_t(std::min<std::uint64_t>(missed - m_missed, INT32_MAX));
        if (!fresh.empty())
            gap.time_us = fresh.front().time_us;
        fresh.insert(fresh.begin(), gap);
        m_missed = missed;
    }
    append(fresh);
    return !fresh.empty();
}

void Track::append(std::span<const Entry> entries)
{
    while (!entries.empty()) {
        const std::uint64_t end = m_timeline.endIndex();
        if (end % tail_interval == 0)
            m_tails.emplace_back(end, m_tail);
        const auto part = entries.first(std::min<std::size_t>(entries.size(), tail_interval - end % tail_interval));
        m_timeline.append(part);
        m_summary.append(part);
        m_tail.apply(part, m_names);
        entries = entries.subspan(part.size());
    }
    while (m_tails.size() > 1 && m_tails[1].first <= m_timeline.firstIndex())
        m_tails.pop_front();
}

WorldState Track::stateBefore(std::uint64_t index)
{
    if (index >= m_timeline.endIndex())
        return m_timeline.now();
    index = std::max(index, m_timeline.firstIndex());
    const bool is_near =
        m_near && m_near_index <= index && index - m_near_index <= near_max && m_near_index >= m_timeline.firstIndex();
    // A playhead that is dragged goes elsewhere each time: then a state that is kept is only in the way.
    const std::uint64_t asked = std::exchange(m_asked, index);
    const bool is_stepping = (asked > index ? asked - index : index - asked) <= step_back;
    if (!is_near && !is_stepping)
        return m_timeline.stateBefore(index);
    if (!is_near) {
        const std::uint64_t before = index - std::min(index - m_timeline.firstIndex(), step_back);
        m_near = m_timeline.stateBefore(before);
        m_near_index = before;
    }
    WorldState state = *m_near;
    std::vector<Entry> between;
    for (std::uint64_t i = m_near_index; i < index; ++i)
        between.push_back(m_timeline.at(i));
    state.apply(between);
    return state;
}

LogTail Track::tailBefore(std::uint64_t index) const
{
    if (index >= m_timeline.endIndex())
        return m_tail;
    const auto later = std::upper_bound(m_tails.begin(), m_tails.end(), index,
                                        [](std::uint64_t wanted, const auto& kept) { return wanted < kept.first; });
    LogTail tail;
    std::uint64_t from = m_timeline.firstIndex();
    if (later != m_tails.begin()) {
        tail = std::prev(later)->second;
        from = std::max(std::prev(later)->first, from);
    }
    std::vector<Entry> between;
    for (std::uint64_t i = from; i < index; ++i) {
        if (const Entry& entry = m_timeline.at(i); LogTail::counts(entry.kind))
            between.push_back(entry);
    }
    tail.apply(between, m_names);
    return tail;
}

std::optional<std::uint64_t> Track::indexOf(const Entry& entry) const
{
    const std::uint64_t end = m_timeline.indexAfter(entry.time_us);
    for (std::uint64_t i = end; i > m_timeline.firstIndex(); --i) {
        if (m_timeline.at(i - 1) == entry)
            return i - 1;
        if (end - i > near_max)
            break;
    }
    return std::nullopt;
}

} // namespace orderlab::ui
