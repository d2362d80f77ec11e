#include "worker/middleware/dead_letter.h"

namespace orderlab {

namespace {

class DeadLetterPolicy {
public:
    DeadLetterPolicy(WorkerDeps deps, InfrastructurePauseOptions pause, Next next)
        : m_deps(deps), m_pause(pause), m_next(std::move(next))
    {
    }

    Task<Result<void>> run(Attempt& attempt)
    {
        const auto result = co_await m_next(attempt);
        if (result)
            co_return result;
        const Next keep_patiently =
            withInfrastructurePause(m_deps, m_pause, [this, error = result.error()](Attempt& failed) {
                return keep(failed, error);
            });
        co_return co_await keep_patiently(attempt);
    }

private:
    Task<Result<void>> keep(Attempt& attempt, Error error)
    {
        const TimePoint now = m_deps.runtime.now();
        DeadLetter letter;
        letter.id = m_deps.runtime.newUuid(now);
        letter.group = attempt.group;
        letter.event = attempt.events.front();
        letter.partition = attempt.where.partition;
        letter.offset = attempt.first_offset;
        letter.attempts = attempt.number;
        letter.error = error.message;
        letter.created_at = now;
        const auto transaction = m_deps.store.begin();
        transaction->insertDeadLetter(std::move(letter));
        auto committed = co_await transaction->commit(now);
        if (committed) {
            Entry entry = attempt.entry(EntryKind::DeadLettered, m_deps.runtime.now());
            entry.detail = m_deps.journal.names().intern(error.message);
            m_deps.journal.append(entry);
        }
        co_return committed;
    }

    WorkerDeps m_deps;
    const InfrastructurePauseOptions m_pause;
    const Next m_next;
};

} // namespace

Next withDeadLetter(WorkerDeps deps, InfrastructurePauseOptions pause, Next next)
{
    return [policy = std::make_shared<DeadLetterPolicy>(deps, pause, std::move(next))](Attempt& attempt) {
        return policy->run(attempt);
    };
}

} // namespace orderlab
