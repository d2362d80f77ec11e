#include "worker/middleware/retry.h"

namespace orderlab {

namespace {

class RetryPolicy {
public:
    RetryPolicy(WorkerDeps deps, RetryOptions options, Next next)
        : m_deps(deps), m_options(options), m_next(std::move(next))
    {
    }

    Task<Result<void>> run(Attempt& attempt)
    {
        Duration bound = m_options.initial_delay;
        for (int number = 1;; ++number) {
            attempt.number = std::uint8_t(number);
            auto result = co_await m_next(attempt);
            if (result)
                co_return result;
            record(attempt, EntryKind::AttemptFailed, result.error());
            if (result.error().retry == Retry::Never || number == m_options.max_attempts)
                co_return result;
            const Duration delay{std::int64_t(m_deps.runtime.randomBelow(std::uint64_t(bound.count()) + 1))};
            record(attempt, EntryKind::RetryScheduled, result.error(), delay);
            co_await m_deps.runtime.sleep(delay);
            bound = std::min(bound * 2, m_options.max_delay);
            attempt.number = std::uint8_t(number + 1);
            attempt.delivered_at = m_deps.runtime.now();
            m_deps.journal.append(attempt.entry(EntryKind::EventDelivered, attempt.delivered_at));
        }
    }

private:
    void record(const Attempt& attempt, EntryKind kind, const Error& error, Duration delay = {})
    {
        Entry entry = attempt.entry(kind, m_deps.runtime.now());
        entry.detail = m_deps.journal.names().intern(error.message);
        entry.value = std::int32_t(delay.count() / 1000);
        m_deps.journal.append(entry);
    }

    WorkerDeps m_deps;
    const RetryOptions m_options;
    const Next m_next;
};

} // namespace

Result<void> RetryOptions::validate() const
{
    if (max_attempts < 1 || max_attempts > 100)
        return invalidArgument("max_attempts", "must be from 1 to 100");
    if (initial_delay.count() < 0 || max_delay < initial_delay)
        return invalidArgument("initial_delay", "must not be negative, nor above the longest delay");
    return {};
}

Next withRetry(WorkerDeps deps, RetryOptions options, Next next)
{
    return [policy = std::make_shared<RetryPolicy>(deps, options, std::move(next))](Attempt& attempt) {
        return policy->run(attempt);
    };
}

} // namespace orderlab
