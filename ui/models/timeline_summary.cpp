#include "ui/models/timeline_summary.h"

#include <algorithm>

namespace orderlab::ui {

Outcome outcomeOf(EntryKind kind)
{
    switch (kind) {
    case EntryKind::EventHandled:
    case EntryKind::ClientAnswered: return Outcome::Done;
    case EntryKind::AttemptFailed:
    case EntryKind::RetryScheduled:
    case EntryKind::EventParked:
    case EntryKind::GatewayFailed:
    case EntryKind::WorkPaused:
    case EntryKind::PublishFailed:
    case EntryKind::DuplicateSkipped:
    case EntryKind::EntriesMissed:
    case EntryKind::FaultInjected:
    case EntryKind::ProcessCrashed:
    case EntryKind::CircuitOpened:
    case EntryKind::EventRepublished:
    case EntryKind::LogReplaced:
    case EntryKind::RedisAway: return Outcome::Trouble;
    case EntryKind::DeadLettered:
    case EntryKind::InvariantViolated: return Outcome::Lost;
    case EntryKind::None:
    case EntryKind::OrderAccepted:
    case EntryKind::StatusChanged:
    case EntryKind::EventEmitted:
    case EntryKind::EventPublished:
    case EntryKind::EventDelivered:
    case EntryKind::OffsetCommitted:
    case EntryKind::GatewayCharged:
    case EntryKind::GatewayDeclined:
    case EntryKind::GatewayRefunded:
    case EntryKind::PaymentRecorded:
    case EntryKind::NotificationWritten:
    case EntryKind::MemberJoined:
    case EntryKind::MemberLeft:
    case EntryKind::PartitionAssigned:
    case EntryKind::PartitionRevoked:
    case EntryKind::WorkResumed:
    case EntryKind::GuaranteeSwitched:
    case EntryKind::FaultsChanged:
    case EntryKind::ProcessRestarted:
    case EntryKind::ClientAsked:
    case EntryKind::DeadLetterReplayed:
    case EntryKind::DeadLetterDiscarded:
    case EntryKind::CircuitClosed:
    case EntryKind::WorkThrottled:
    case EntryKind::OffsetsReset:
    case EntryKind::BusSwitched:
    case EntryKind::RedisBack:
    case EntryKind::RedisLooked: break;
    }
    return Outcome::Progress;
}

std::optional<MarkKind> markOf(EntryKind kind)
{
    switch (kind) {
    case EntryKind::RetryScheduled:
    case EntryKind::EventParked: return MarkKind::Retry;
    case EntryKind::FaultInjected: return MarkKind::Fault;
    case EntryKind::ProcessCrashed: return MarkKind::Crash;
    case EntryKind::DeadLettered: return MarkKind::DeadLetter;
    case EntryKind::InvariantViolated: return MarkKind::Violation;
    case EntryKind::GuaranteeSwitched:
    case EntryKind::FaultsChanged:
    case EntryKind::BusSwitched:
    case EntryKind::OffsetsReset:
    case EntryKind::DeadLetterReplayed: return MarkKind::Change;
    default: return std::nullopt; // Most kinds have none.
    }
}

void TimelineSummary::append(std::span<const Entry> entries)
{
    for (const Entry& entry : entries) {
        if (m_entries == 0)
            m_first_us = m_last_us = m_now.latest_us = entry.time_us;
        m_last_us = m_now.latest_us = std::max(m_last_us, entry.time_us);
        ++m_now.counts[std::size_t(outcomeOf(entry.kind))];
        if (const auto mark = markOf(entry.kind); mark && m_marks.size() < marks_max)
            m_marks.push_back({m_entries, entry.time_us, *mark});
        if (++m_entries % m_stride != 0)
            continue;
        m_steps.push_back(m_now);
        if (m_steps.size() >= steps_max)
            halve();
    }
}

void TimelineSummary::halve()
{
    for (std::size_t i = 0; 2 * i + 1 < m_steps.size(); ++i)
        m_steps[i] = m_steps[2 * i + 1];
    m_steps.resize(m_steps.size() / 2);
    m_stride *= 2;
}

TimelineSummary::Counts TimelineSummary::countsBefore(std::int64_t time_us) const
{
    if (time_us > m_last_us)
        return m_now.counts;
    const auto later = std::lower_bound(m_steps.begin(), m_steps.end(), time_us,
                                        [](const Step& step, std::int64_t time) { return step.latest_us < time; });
    return later == m_steps.begin() ? Counts{} : std::prev(later)->counts;
}

std::vector<TimelineSummary::Counts> TimelineSummary::histogram(std::int64_t from_us, std::int64_t to_us,
                                                                std::size_t bins) const
{
    std::vector<Counts> histogram(bins);
    Counts before = countsBefore(from_us);
    for (std::size_t bin = 0; bin < bins; ++bin) {
        const auto part = double(bin + 1) / double(bins);
        const Counts after = countsBefore(from_us + std::int64_t(double(to_us - from_us) * part));
        for (std::size_t i = 0; i < outcome_count; ++i)
            histogram[bin][i] = after[i] - before[i];
        before = after;
    }
    return histogram;
}

} // namespace orderlab::ui
