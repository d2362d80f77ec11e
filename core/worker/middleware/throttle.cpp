#include "worker/middleware/throttle.h"

#include "base/mutex.h"

namespace orderlab {

namespace {

constexpr Duration wait_max{std::chrono::seconds{1}}; ///< Then the rate is asked anew: it may have been changed.

class TokenBucket {
public:
    /// Takes `count` tokens and gives zero, or says how long to wait before asking again.
    Duration take(double rate, std::size_t count, TimePoint now)
    {
        const MutexLock guard(m_mutex);
        const double burst = std::max(rate, 1.0);
        m_tokens = std::min(burst, m_tokens + rate * std::chrono::duration<double>(now - m_counted_at).count());
        m_counted_at = now;
        if (m_tokens < 1) {
            const auto wait = std::chrono::duration<double>((1 - m_tokens) / rate);
            return std::max(std::chrono::duration_cast<Duration>(wait), Duration{1});
        }
        m_tokens -= double(count);
        return Duration{0};
    }

private:
    Mutex m_mutex;
    double m_tokens ORDERLAB_GUARDED_BY(m_mutex) = 0;    ///< Below zero: taken in advance.
    TimePoint m_counted_at ORDERLAB_GUARDED_BY(m_mutex); ///< So long ago at first that the bucket is full.
};

Task<Result<void>> keepTheRate(WorkerDeps deps, const Live<Policies>& policies, TokenBucket& bucket, const Next& next,
                               Attempt& attempt)
{
    for (bool first = true;; first = false) {
        const double rate = policies.get().throttle.events_per_second;
        const Duration wait = rate > 0 ? bucket.take(rate, attempt.events.size(), deps.runtime.now()) : Duration{0};
        if (wait.count() == 0)
            break;
        if (first) {
            Entry entry = attempt.partitionEntry(EntryKind::WorkThrottled, deps.runtime.now());
            entry.topic = entry.partition = 0;
            entry.value = std::int32_t(std::min<std::int64_t>(wait.count() / 1'000, INT32_MAX));
            deps.journal.append(entry);
        }
        const bool goes_on = co_await attempt.pause(deps.runtime, std::min(wait, wait_max));
        if (!goes_on)
            co_return canceledError();
    }
    co_return co_await next(attempt);
}

} // namespace

Next withThrottle(WorkerDeps deps, const Live<Policies>& policies, Next next)
{
    return [deps, &policies, bucket = std::make_shared<TokenBucket>(), next = std::move(next)](Attempt& attempt) {
        return keepTheRate(deps, policies, *bucket, next, attempt);
    };
}

} // namespace orderlab
