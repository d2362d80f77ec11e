#include "worker/middleware/retry.h"

#include "runtime/task_group.h"
#include "worker/middleware/infrastructure_pause.h"

namespace orderlab {

namespace {

Duration delayAfter(Runtime& runtime, const RetryOptions& options, int attempt)
{
    Duration bound = options.initial_delay;
    for (int i = 1; i < attempt && bound < options.max_delay; ++i)
        bound = std::min(bound * 2, options.max_delay);
    return Duration{std::int64_t(runtime.randomBelow(std::uint64_t(bound.count()) + 1))};
}

void record(WorkerDeps deps, const Attempt& attempt, EntryKind kind, const Error& error, Duration delay = {})
{
    Entry entry = attempt.entry(kind, deps.runtime.now());
    entry.detail = deps.journal.names().internError(error);
    entry.value = std::int32_t(delay.count() / 1000);
    deps.journal.append(entry);
}

Task<Result<void>> tryAgain(WorkerDeps deps, const Live<Policies>& policies, RetryTopic& topic, const Next& next,
                            Attempt& attempt)
{
    for (;;) {
        auto result = co_await next(attempt);
        if (result || isCanceled(result))
            co_return result;
        const Policies now = policies.get();
        record(deps, attempt, EntryKind::AttemptFailed, result.error());
        const TimePoint failed_at = deps.runtime.now();
        attempt.remember(result.error(), failed_at);
        if (result.error().retry == Retry::Never || attempt.number >= now.retry.max_attempts)
            co_return result;
        const Duration delay = delayAfter(deps.runtime, now.retry, attempt.number);
        if (now.retry.style == RetryStyle::Topic || attempt.is_parked) {
            const Next park = [&topic, failed_at, delay](Attempt& failed) {
                return topic.park(failed, failed_at, delay);
            };
            auto parked = co_await waitOutInfrastructure(deps, now.pause, park, attempt);
            if (parked) {
                record(deps, attempt, EntryKind::EventParked, result.error(), delay);
                topic.announce();
            }
            if (!parked && parked.error().code == ErrorCode::AlreadyExists)
                co_return Result<void>{}; // Somebody else has seen it through, as its lease was over.
            co_return parked;
        }
        record(deps, attempt, EntryKind::RetryScheduled, result.error(), delay);
        const bool goes_on = co_await attempt.pause(deps.runtime, delay);
        if (!goes_on)
            co_return canceledError();
        ++attempt.number;
        attempt.delivered_at = deps.runtime.now();
        deps.journal.append(attempt.entry(EntryKind::EventDelivered, attempt.delivered_at));
    }
}

} // namespace

Next withRetry(WorkerDeps deps, const Live<Policies>& policies, RetryTopic& topic, Next next)
{
    return [deps, &policies, &topic, next = std::move(next)](Attempt& attempt) {
        return tryAgain(deps, policies, topic, next, attempt);
    };
}

} // namespace orderlab
