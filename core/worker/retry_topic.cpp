#include "worker/retry_topic.h"

#include "runtime/with_timeout.h"

namespace orderlab {

Task<Result<void>> RetryTopic::park(const Attempt& attempt, TimePoint failed_at, Duration delay)
{
    const TimePoint now = m_deps.runtime.now();
    ParkedEvent parked;
    parked.group = attempt.stored_group;
    parked.event = attempt.events.front();
    parked.partition = attempt.where.partition;
    parked.offset = attempt.first_offset;
    parked.attempts = attempt.number;
    parked.attempts_made = attempt.failures;
    parked.parked_at = failed_at;
    parked.due_at = now + delay;
    parked.is_again = attempt.is_parked;
    const auto transaction = m_deps.store.begin();
    transaction->park(std::move(parked));
    co_return co_await transaction->commit(now);
}

std::uint64_t RetryTopic::changes() const
{
    const MutexLock guard(m_mutex);
    return m_changes;
}

void RetryTopic::announce()
{
    {
        const MutexLock guard(m_mutex);
        ++m_changes;
    }
    m_changed.notifyOne();
}

void RetryTopic::wakeAll()
{
    {
        const MutexLock guard(m_mutex);
        ++m_changes;
    }
    m_changed.notifyAll();
}

Task<Result<void>> RetryTopic::change(std::uint64_t seen)
{
    for (;;) {
        MutexLock lock(m_mutex);
        if (m_changes != seen)
            co_return Result<void>{};
        const bool woken = co_await m_changed.waitUnlessCancelled(lock);
        if (!woken)
            co_return canceledError();
    }
}

Task<bool> RetryTopic::waitForChange(std::uint64_t seen, std::optional<TimePoint> until)
{
    if (!until) {
        const auto changed = co_await change(seen);
        co_return changed.has_value();
    }
    const Duration limit = *until - m_deps.runtime.now();
    if (limit.count() <= 0)
        co_return true;
    const auto in_time = co_await withTimeout<void>(m_deps.runtime, limit, "the retry topic", change(seen));
    co_return in_time || in_time.error().code != ErrorCode::Canceled; // In time or not, there may be something.
}

} // namespace orderlab
