#include "worker/middleware/infrastructure_pause.h"

#include "runtime/task_group.h"

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

} // namespace

Task<Result<void>> waitOutInfrastructure(WorkerDeps deps, InfrastructurePauseOptions options, const Next& step,
                                         Attempt& attempt)
{
    int conflicts = 0;
    Duration pause{0};
    for (;;) {
        auto result = co_await step(attempt);
        if (result || !isInfrastructure(result.error())) {
            if (pause.count() > 0 && !isCanceled(result))
                record(deps, attempt, EntryKind::WorkResumed, {});
            co_return result;
        }
        if (result.error().code == ErrorCode::Conflict && ++conflicts <= options.conflicts_max)
            continue;
        if (pause.count() == 0)
            record(deps, attempt, EntryKind::WorkPaused, result.error().message);
        pause = std::min(std::max(pause * 2, options.initial_pause), options.max_pause);
        const bool goes_on = co_await attempt.pause(deps.runtime, pause);
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
