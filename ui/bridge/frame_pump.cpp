#include "ui/bridge/frame_pump.h"

namespace orderlab::ui {

namespace {

constexpr std::size_t entries_per_frame_max = 65'536; ///< About 5 ms of folding; four million entries a second.
// Sixteen keyframes of at most 50,000 orders: about 150 MiB after a million entries, entries included.
constexpr std::size_t timeline_entries_max = 1'000'000;
constexpr std::size_t timeline_keyframe_interval = 65'536;
constexpr std::size_t timeline_orders_max = 50'000;

} // namespace

FramePump::FramePump(Journal& journal, std::string topic_prefix, std::string group_prefix, QObject* parent)
    : QObject(parent), m_reader(journal), m_names(journal.names(), std::move(topic_prefix), std::move(group_prefix)),
      m_timeline(journal.names(), timeline_entries_max, timeline_keyframe_interval, timeline_orders_max)
{}

bool FramePump::read()
{
    m_fresh.clear();
    m_reader.read(m_fresh, entries_per_frame_max);
    if (const std::uint64_t missed = m_reader.missed(); missed > m_missed) {
        Entry gap;
        gap.kind = EntryKind::EntriesMissed;
        gap.value = std::int32_t(std::min<std::uint64_t>(missed - m_missed, INT32_MAX));
        m_fresh.insert(m_fresh.begin(), gap);
        m_missed = missed;
    }
    if (m_fresh.empty())
        return false;
    m_timeline.append(m_fresh);
    m_tail.apply(m_fresh, m_names);
    return true;
}

void FramePump::show()
{
    Q_EMIT frame({m_fresh, world(), m_tail});
}

void FramePump::learn(const std::vector<Entry>& entries)
{
    m_timeline.append(entries);
    Q_EMIT ordersLearned(entries);
    Q_EMIT frame({{}, world(), m_tail}); // Totals have changed.
}

} // namespace orderlab::ui
