#include "worker/middleware/infrastructure_pause.h"

#include "runtime/task_group.h"
#include "worker/worker_process.h"

namespace orderlab {

namespace {

void record(WorkerDeps deps, const Attempt& attempt, EntryKind kind, std::string_view error)
{
    Entry entry = attempt.partitionEntry(kind, deps.runtime.now());
    if (attempt.is_parked) // Its partition goes on.
        entry.topic = entry.partition = 0;
    entry.detail = deps.journal.names().intern(error, NameUse::Text);
    deps.journal.append(entry);
}

/// False: cancelled, or the member drains and has waited for long enough.
Task<bool> pause(WorkerDeps deps, const Attempt& attempt, Duration duration, TimePoint away_since)
{
    constexpr Duration look_every{std::chrono::seconds{1}};
    while (duration.count() > 0) {
        const Duration slice = std::min(duration, look_every);
        const bool goes_on = co_await attempt.pause(deps.runtime, slice);
        if (!goes_on)
            co_return false;
        if (attempt.process && attempt.process->drainingFor() >= drain_patience
            && deps.runtime.now() - away_since >= drain_patience)
            co_return false;
        duration -= slice;
    }
    co_return true;
}

} // namespace

Task<Result<void>> waitOutInfrastructure(WorkerDeps deps, InfrastructurePauseOptions options, const Next& step,
                                         Attempt& attempt)
{
    int conflicts = 0;
    Duration delay{0};
    TimePoint away_since{};
    for (;;) {
        auto result = co_await step(attempt);
        if (result || !isInfrastructure(result.error())) {
            if (delay.count() > 0 && !isCanceled(result))
                record(deps, attempt, EntryKind::WorkResumed, {});
            co_return result;
        }
        if (result.error().code == ErrorCode::Conflict && ++conflicts <= options.conflicts_max)
            continue;
        if (delay.count() == 0) {
            away_since = deps.runtime.now();
            record(deps, attempt, EntryKind::WorkPaused, result.error().message);
        }
        delay = std::min(std::max(delay * 2, options.initial_pause), options.max_pause);
        const bool goes_on = co_await pause(deps, attempt, delay, away_since);
        if (!goes_on)
            co_return canceledError();
    }
}

Next withInfrastructurePause(WorkerDeps deps, const Live<Policies>& policies, Next next)
{
    return [deps, &policies, next = std::move(next)](Attempt& attempt) {
        return waitOutInfrastructure(deps, policies.get().pause, next, attempt);
    };
}

} // namespace orderlab
