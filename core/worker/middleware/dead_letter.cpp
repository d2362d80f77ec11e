#include "worker/middleware/dead_letter.h"

#include "runtime/task_group.h"
#include "worker/middleware/infrastructure_pause.h"

namespace orderlab {

namespace {

DeadLetter letterOf(const Attempt& attempt, const Error& error, Uuid id, TimePoint given_up)
{
    DeadLetter letter;
    letter.id = id;
    letter.group = attempt.stored_group;
    letter.event = attempt.events.front();
    letter.partition = attempt.where.partition;
    letter.offset = attempt.first_offset;
    letter.attempts = attempt.number;
    letter.error = error.message;
    letter.code = error.code;
    letter.attempts_made = attempt.failures;
    letter.created_at = given_up;
    return letter;
}

/// In the same transaction an event that came from the retry topic leaves it. `given_up` is the same each time this is
/// tried: the store knows by it that it has the letter already, where the answer of a commit was lost.
Task<Result<void>> keep(WorkerDeps deps, const Attempt& attempt, const Error& error, TimePoint given_up)
{
    const TimePoint now = deps.runtime.now();
    const auto transaction = deps.store.begin();
    transaction->insertDeadLetter(letterOf(attempt, error, deps.runtime.newUuid(now), given_up));
    transaction->unpark(attempt.stored_group, attempt.events.front().id);
    auto committed = co_await transaction->commit(now);
    if (committed) {
        Entry entry = attempt.entry(EntryKind::DeadLettered, deps.runtime.now());
        entry.detail = deps.journal.names().internError(error);
        deps.journal.append(entry);
    }
    co_return committed;
}

Task<Result<void>> orDeadLetter(WorkerDeps deps, const Live<Policies>& policies, const Next& next, Attempt& attempt)
{
    const auto result = co_await next(attempt);
    if (result || isCanceled(result))
        co_return result;
    const Error error = result.error();
    const Next keep_it = [deps, &error, given_up = deps.runtime.now()](Attempt& failed) {
        return keep(deps, failed, error, given_up);
    };
    co_return co_await waitOutInfrastructure(deps, policies.get().pause, keep_it, attempt);
}

} // namespace

Next withDeadLetter(WorkerDeps deps, const Live<Policies>& policies, Next next)
{
    return [deps, &policies, next = std::move(next)](Attempt& attempt) {
        return orDeadLetter(deps, policies, next, attempt);
    };
}

} // namespace orderlab
