#include "journal/journal_merge.h"

#include <algorithm>

namespace orderlab {

JournalMerge::Process& JournalMerge::processOf(const JournalBatchHeader& header, TimePoint arrived)
{
    auto [found, is_new] = m_processes.try_emplace({header.process, header.run});
    found->second.heard = arrived;
    if (is_new && m_processes.size() > m_limits.processes_max) {
        const auto oldest = std::min_element(m_processes.begin(), m_processes.end(), [&](const auto& a, const auto& b) {
            const bool a_is_new = a.first == found->first, b_is_new = b.first == found->first;
            return a_is_new != b_is_new ? b_is_new : a.second.heard < b.second.heard;
        });
        m_processes.erase(oldest);
    }
    return found->second;
}

void JournalMerge::add(JournalBatch batch, TimePoint arrived)
{
    Process& process = processOf(batch.header, arrived);
    if (batch.header.sequence <= process.sequence) {
        ++m_counts.repeated_batches;
        return;
    }
    // Who comes later than the first batch has missed nothing that it could have.
    if (process.sequence != 0)
        m_counts.missing_batches += batch.header.sequence - process.sequence - 1;
    process.sequence = batch.header.sequence;
    for (const Entry& entry : batch.entries) {
        process.time_us = std::max(process.time_us, entry.time_us);
        m_counts.late += process.time_us < m_taken_us;
        m_waiting.push({process.time_us, m_number++, entry});
    }
    m_counts.entries += batch.entries.size();
    m_arrivals.push_back({arrived, process.time_us});
}

void JournalMerge::takeFirst(std::vector<Entry>& out)
{
    m_taken_us = std::max(m_taken_us, m_waiting.top().time_us);
    out.push_back(m_waiting.top().entry);
    m_waiting.pop();
}

void JournalMerge::takeUpTo(std::vector<Entry>& out, std::int64_t time_us)
{
    while (!m_waiting.empty() && m_waiting.top().time_us <= time_us)
        takeFirst(out);
}

void JournalMerge::take(std::vector<Entry>& out, TimePoint now)
{
    std::int64_t up_to_us = m_taken_us;
    while (!m_arrivals.empty() && m_arrivals.front().arrived + m_limits.hold <= now) {
        up_to_us = std::max(up_to_us, m_arrivals.front().time_us);
        m_arrivals.pop_front();
    }
    takeUpTo(out, up_to_us);
    while (m_waiting.size() > m_limits.entries_max)
        takeFirst(out);
}

void JournalMerge::takeAll(std::vector<Entry>& out)
{
    m_arrivals.clear();
    takeUpTo(out, INT64_MAX);
}

std::vector<std::string> JournalMerge::processes() const
{
    std::vector<std::string> names;
    for (const auto& [key, process] : m_processes) {
        if (names.empty() || names.back() != key.first)
            names.push_back(key.first);
    }
    return names;
}

} // namespace orderlab
