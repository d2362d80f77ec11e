#include "worker/retry_lane.h"

#include "journal/trace_table.h"
#include "worker/worker_process.h"

namespace orderlab {

Task<void> RetryLane::run()
{
    for (;;) {
        const std::uint64_t seen = m_topic.changes(); // Before looking, so that nothing falls in between.
        if (m_draining)
            co_return;
        std::string group(m_like.stored_group);
        const Duration lease = std::max(lease_min, m_policies.get().timeout.limit * 2);
        const auto claim = co_await m_deps.store.claimParked(std::move(group), 1, lease);
        if (!claim && claim.error().code == ErrorCode::Closed)
            co_return;
        if (!claim) {
            const TimePoint again = m_deps.runtime.now() + m_policies.get().pause.max_pause;
            const bool goes_on = co_await m_topic.waitForChange(seen, again);
            if (!goes_on)
                co_return;
            continue;
        }
        if (claim->events.empty()) {
            const bool goes_on = co_await m_topic.waitForChange(seen, claim->look_again);
            if (!goes_on)
                co_return;
            continue;
        }
        m_topic.announce();
        const bool goes_on = co_await deliver(claim->events.front());
        if (!goes_on)
            co_return;
    }
}

/// False: the store is closed, or the lane was cancelled.
Task<bool> RetryLane::deliver(const ParkedEvent& parked)
{
    if (m_like.process && m_like.process->isHanging())
        co_await m_like.process->waitWhileHanging();
    Attempt attempt = m_like;
    attempt.topic_name = m_deps.journal.names().intern(topicName(parked.event.type));
    attempt.where = {parked.event.type, parked.partition};
    attempt.first_offset = parked.offset;
    attempt.events = std::span(&parked.event, 1);
    attempt.delivered_at = m_deps.runtime.now();
    attempt.number = std::uint8_t(std::min(parked.attempts + 1, 255));
    attempt.is_parked = true;
    attempt.failures = parked.attempts_made;
    m_deps.journal.traces().noteEvent(parked.event);
    Entry entry = attempt.entry(EntryKind::EventDelivered, attempt.delivered_at);
    entry.value = 1;
    m_deps.journal.append(entry);
    const auto seen_through = co_await m_see_through(attempt);
    co_return seen_through.has_value();
}

void RetryLane::drain()
{
    m_draining = true;
    m_topic.wakeAll();
}

} // namespace orderlab
